//! A cell as it goes when nothing is wrong, for tests to doctor.

use std::time::Duration;

use crate::demo_bot::{Record, Truth};
use crate::scenario::Workload;
use crate::verdict::{Block, GeneratorNumbers, LagNumbers, Provenance, Run, TimeNumbers, Turns, Verdict};

use super::cell::Cell;
use super::hold::Witnessed;
use super::matrix::{CellFault, CellPlan};

/// A hundred customers in a second (a freeze: five), all answered after 20 ms.
pub(super) fn held_cell(fault: CellFault) -> Witnessed {
    let seconds = if fault == CellFault::Freeze { 5 } else { 1 };
    let plan = CellPlan {
        protocol: "generic-json",
        rate_per_s: 100.0,
        open: 0,
        fault,
        traffic: Duration::from_secs(seconds),
        is_climb: false,
    };
    let turns: Vec<Record> = (0..100 * seconds).map(|customer| record(customer, fault)).collect();
    let late = if fault == CellFault::Freeze { 150 } else { 0 };
    Witnessed {
        run: run(&turns, late),
        plan,
        truth: Truth {
            turns,
            ..Truth::default()
        },
        cpu_s: Some(0.01),
        bot_cpu_s: Some(0.1),
    }
}

/// What it says.
pub(super) fn judged(held: &Witnessed) -> Cell {
    held.judge()
}

/// Every 10 ms a customer; the freeze lasts from 1.5 s to 3.5 s.
fn record(customer: u64, fault: CellFault) -> Record {
    let received_at_ms = customer as f64 * 10.0 + 5.0;
    let frozen = fault == CellFault::Freeze && (1_500.0..3_500.0).contains(&received_at_ms);
    Record {
        id: Some(format!("1-{customer}-1-1")),
        customer: Some(customer),
        turn: Some(1),
        received_at_ms,
        delay_ms: if frozen { 3_500.0 - received_at_ms } else { 20.0 },
        first_text_ms: None,
        ..Record::default()
    }
}

fn numbers(turns: &[Record]) -> TimeNumbers {
    let mut times: Vec<f64> = turns.iter().map(|turn| turn.delay_ms).collect();
    times.sort_by(f64::total_cmp);
    let at = |quantile: f64| Some(times[(times.len() as f64 * quantile).ceil() as usize - 1]);
    TimeNumbers {
        count: times.len() as u64,
        mean: Some(times.iter().sum::<f64>() / times.len() as f64),
        p50: at(0.5),
        p90: at(0.9),
        p95: at(0.95),
        p99: at(0.99),
        ..TimeNumbers::default()
    }
}

fn provenance() -> Provenance {
    Provenance {
        throng: "0.1.0+abc".to_owned(),
        scenario_hash: String::new(),
        profile_hashes: std::collections::BTreeMap::new(),
        target_host: String::new(),
        overrides: Vec::new(),
        machine: String::new(),
    }
}

fn run(turns: &[Record], late: u64) -> Run {
    let numbers = numbers(turns);
    let sent = turns.len() as u64;
    Run {
        against_calm: [].into(),
        warm_up: Vec::new(),
        workload: Workload::Open,
        population: None,
        schema: String::new(),
        scenario: "self-test".to_owned(),
        seed: 7,
        started_at: String::new(),
        duration_s: 1.0,
        pace: 1.0,
        scale: 1.0,
        provenance: provenance(),
        verdict: Verdict::Held,
        stopped: None,
        tasks: Vec::new(),
        thresholds: Vec::new(),
        generator: GeneratorNumbers {
            planned: sent,
            started: sent,
            schedule_lag_ms: LagNumbers {
                p50: Some(0.1),
                p99: Some(0.5),
                max: Some(1.0),
            },
            ..GeneratorNumbers::default()
        },
        totals: Block {
            turns: Turns {
                sent,
                answered: sent - late,
                late,
                ..Turns::default()
            },
            reply_time_ms: numbers.clone(),
            wire_time_ms: numbers,
            ..Block::default()
        },
        by_phase: indexmap::IndexMap::new(),
        by_channel: indexmap::IndexMap::new(),
        by_persona: indexmap::IndexMap::new(),
        by_goal: indexmap::IndexMap::new(),
        by_intent: Default::default(),
        by_language: indexmap::IndexMap::new(),
        baseline: None,
        facts: Default::default(),
        played_by: None,
        failures: Default::default(),
        platforms: std::collections::BTreeMap::new(),
        intercepted: None,
        sockets: std::collections::BTreeMap::new(),
        hang_ups: std::collections::BTreeMap::new(),
        channel_spread_ms: None,
    }
}
