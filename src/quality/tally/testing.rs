//! Turns and scores made by hand.

use std::time::Duration;

use serde_json::json;

use crate::conversation::{Given, Labels, Outcome, Turn};
use crate::quality::{Finding, Served, TurnScore};
use crate::scenario::{Mix, Scenario};

pub(in crate::quality) fn turn(second: u64, labels: Labels, outcome: Outcome) -> Turn {
    Turn {
        customer: 0,
        number: 1,
        labels,
        step: 0,
        given: Given::default(),
        messages: Vec::new(),
        replies: Vec::new(),
        due_at: Duration::from_secs(second),
        sent_at: None,
        first_event_at: None,
        first_text_at: None,
        answered_at: None,
        polls: 0,
        chunk_gaps: Vec::new(),
        outcome,
        duplicates: 0,
        intent: None,
        trouble: None,
        failure: None,
        open_conversations: 0,
    }
}

pub(in crate::quality) fn score(served: Served, quality: Option<f64>, finding: Finding, cross_talk: u16) -> TurnScore {
    TurnScore {
        findings: std::array::from_fn(|_| finding.clone()),
        served,
        quality,
        cross_talk,
        claims: Vec::new(),
        fates: Vec::new(),
        wanted: None,
        understood: None,
    }
}

/// Phases of these lengths in seconds, the first one calm; nine kinds of customers.
pub(super) fn scenario(phases: &[u32]) -> Scenario {
    let hold = |(place, seconds): (usize, &u32)| json!({"hold": {"name": format!("phase-{place}"), "for": format!("{seconds}s"), "rate": "10/s"}});
    let phases: Vec<_> = phases.iter().enumerate().map(hold).collect();
    let file = json!({"scenario": "test", "channels": [], "customers": [], "traffic": {"phases": phases}});
    let mix = |place: u16| Mix {
        persona: place / 3,
        goal: place % 3,
        channel: 0,
        share: 1.0,
    };
    Scenario {
        file: serde_json::from_value(file).unwrap(),
        channels: Vec::new(),
        personas: Vec::new(),
        goals: Vec::new(),
        mix: (0..9).map(mix).collect(),
        knowledge: serde_json::from_value(json!({"knowledge": "none", "topics": {}})).unwrap(),
        phase_shares: Vec::new(),
        switches: Vec::new(),
        thresholds: Vec::new(),
        baseline: 0,
        drain: Duration::ZERO,
        clock: jiff::Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::UTC),
        scale: 1.0,
        overrides: Vec::new(),
    }
}
