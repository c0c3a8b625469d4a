//! Compares what throng says of a cell with what the bot says of itself. Pure.

use std::collections::BTreeMap;
use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::conversation::Outcome;
use crate::demo_bot::Truth;
use crate::verdict::{Run, Turns};

use super::cell::{Cell, CellVerdict, Count, Finding, FreezeWaits, TimeError};
use super::freeze::{self, Waits};
use super::matrix::{CellFault, CellPlan};
use super::times;
use super::truth::{last_deliveries, outcomes};

/// What may be off by how much.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Tolerance {
    /// Turns counted otherwise than the bot treated them.
    pub miscounted: u64,
    /// Of a median, milliseconds.
    pub p50_ms: f64,
    /// Of a 99th percentile, milliseconds.
    pub p99_ms: f64,
    /// Of the mean and the percentiles under a freeze, milliseconds.
    pub freeze_ms: f64,
    /// Of the turns that a freeze delays by more than 500 ms, as a part of them.
    pub freeze_turns: f64,
    /// Beyond this 99th percentile of the schedule lag a cell does not judge throng's times, milliseconds.
    pub lag_p99_ms: f64,
}

/// What throng is measured by.
pub const TOLERANCE: Tolerance = Tolerance {
    miscounted: 0,
    p50_ms: 5.0,
    p99_ms: 25.0,
    freeze_ms: 50.0,
    freeze_turns: 0.05,
    lag_p99_ms: 25.0,
};

/// Faults lie so far from every deadline, so counts are exact as long as nothing stands still for longer.
pub(super) const MARGIN: Duration = Duration::from_millis(500);
/// Above this part of the core that it has, the bot's own record is late.
const BOT_IS_BUSY: f64 = 0.9;
/// Above this part of a core, one of throng's threads may have been out of breath.
const GENERATOR_IS_BUSY: f64 = 0.8;

/// A cell that was held.
#[derive(Debug, Clone, Copy)]
pub struct Held<'a> {
    /// What was to be done.
    pub plan: &'a CellPlan,
    /// What throng says.
    pub run: &'a Run,
    /// What the bot says.
    pub truth: &'a Truth,
    /// Reply deadline and grace.
    pub deadline: (Duration, Duration),
    /// Processor time of throng, seconds.
    pub cpu_s: Option<f64>,
    /// Processor time of the bot, seconds.
    pub bot_cpu_s: Option<f64>,
}

/// Compares.
pub fn judge(held: &Held<'_>) -> Cell {
    let Held { plan, run, truth, .. } = *held;
    let turns = run.totals.turns.sent;
    let records = last_deliveries(truth);
    let counts = counts(&run.totals.turns, truth, plan.fault);
    let cores = |cpu_s: Option<f64>| cpu_s.map(|cpu_s| cpu_s / plan.traffic.as_secs_f64());
    let mut cell = Cell {
        protocol: plan.protocol.to_owned(),
        rate_per_s: plan.rate_per_s,
        open_conversations: run.generator.peak_open_conversations,
        fault: plan.fault,
        is_climb: plan.is_climb,
        tries: 1,
        turns,
        miscounted: miscounted(&counts),
        counts,
        times: times::compare(&run.totals, &records, plan.rate_per_s),
        schedule_lag_ms: run.generator.schedule_lag_ms.clone(),
        cpu_us_per_turn: held.cpu_s.filter(|_| turns > 0).map(|cpu_s| cpu_s * 1e6 / turns as f64),
        cpu_cores: cores(held.cpu_s),
        bot_cpu_cores: cores(held.bot_cpu_s),
        freeze: (plan.fault == CellFault::Freeze).then(|| freeze_waits(plan, run)),
        findings: Vec::new(),
        verdict: CellVerdict::InTolerance,
    };
    let is_disturbed = is_disturbed(held);
    cell.findings = findings(&cell, run, is_disturbed);
    cell.verdict = verdict(&cell);
    cell
}

/// What throng counted beside what the bot did. Under a freeze nobody but the deadline tells a late answer from one in
/// time, so there both are answers.
fn counts(turns: &Turns, truth: &Truth, fault: CellFault) -> Vec<Count> {
    let told = outcomes(truth);
    let mut reported: BTreeMap<Outcome, u64> = Outcome::ALL
        .iter()
        .map(|outcome| (*outcome, of(turns, *outcome)))
        .collect();
    if fault == CellFault::Freeze {
        let late = reported.insert(Outcome::Late, 0).unwrap_or_default();
        *reported.entry(Outcome::Answered).or_default() += late;
    }
    let all = Count {
        of: "sent".to_owned(),
        reported: turns.sent,
        truth: told.values().sum(),
    };
    let each = reported.into_iter().map(|(outcome, reported)| Count {
        of: outcome.word().to_owned(),
        reported,
        truth: told.get(&outcome).copied().unwrap_or_default(),
    });
    let counted = each.filter(|count| count.reported + count.truth > 0);
    std::iter::once(all).chain(counted).collect()
}

fn of(turns: &Turns, outcome: Outcome) -> u64 {
    match outcome {
        Outcome::Answered => turns.answered,
        Outcome::Late => turns.late,
        Outcome::Truncated => turns.truncated,
        Outcome::BotError => turns.bot_error,
        Outcome::Refused => turns.refused,
        Outcome::HttpError => turns.http_error,
        Outcome::ConnectionLost => turns.connection_lost,
        Outcome::PlaceholderOnly => turns.placeholder_only,
        Outcome::Empty => turns.empty,
        Outcome::Silent => turns.silent,
        Outcome::CutShort => turns.cut_short,
    }
}

/// The largest of: turns that one side lacks, and turns that one side has too many of an outcome.
fn miscounted(counts: &[Count]) -> u64 {
    let (sent, outcomes) = counts.split_at(counts.len().min(1));
    let missing: u64 = sent.iter().map(|count| count.reported.abs_diff(count.truth)).sum();
    let too_many: u64 = outcomes
        .iter()
        .map(|count| count.reported.saturating_sub(count.truth))
        .sum();
    let too_few: u64 = outcomes
        .iter()
        .map(|count| count.truth.saturating_sub(count.reported))
        .sum();
    missing.max(too_many).max(too_few)
}

fn freeze_waits(plan: &CellPlan, run: &Run) -> FreezeWaits {
    let (traffic, frozen) = (plan.traffic.as_secs_f64(), freeze::LENGTH.as_secs_f64());
    let reply = &run.totals.reply_time_ms;
    let never = f64::MAX;
    FreezeWaits {
        reported: Waits {
            // The cell's deadline is that limit.
            over_500_ms: run.totals.turns.late as f64,
            mean: reply.mean.unwrap_or(never),
            p90: reply.p90.unwrap_or(never),
            p95: reply.p95.unwrap_or(never),
            p99: reply.p99.unwrap_or(never),
        },
        on_paper: freeze::on_paper(plan.rate_per_s, traffic, frozen),
        one_at_a_time: freeze::one_at_a_time(plan.rate_per_s, traffic, frozen),
    }
}

/// True when something, here or at the bot, stood still for so long that faults no longer lie far from the deadlines.
fn is_disturbed(held: &Held<'_>) -> bool {
    let (reply, grace) = held.deadline;
    let lag = held.run.generator.schedule_lag_ms.max.unwrap_or_default();
    let is_near = |record| times::is_near_a_deadline(record, reply, grace, MARGIN);
    let stood_still = lag > MARGIN.as_secs_f64() * 1_000.0;
    stood_still || held.plan.fault != CellFault::Freeze && last_deliveries(held.truth).into_iter().any(is_near)
}

fn findings(cell: &Cell, run: &Run, is_disturbed: bool) -> Vec<Finding> {
    let is_late = cell.schedule_lag_ms.p99.is_some_and(|lag| lag > TOLERANCE.lag_p99_ms);
    let is_short = run.generator.not_sent.total > 0 || run.generator.started < run.generator.planned;
    let is_busy = cell.cpu_cores.is_some_and(|cores| cores > GENERATOR_IS_BUSY);
    let bot_is_busy = cell.bot_cpu_cores.is_some_and(|cores| cores > BOT_IS_BUSY);
    let can_tell = !(is_late || bot_is_busy || is_disturbed);
    let freeze_is_off = cell.freeze.as_ref().is_some_and(is_off_paper);
    let found = [
        (cell.miscounted > TOLERANCE.miscounted, Finding::Miscounted),
        (can_tell && are_off(cell), Finding::TimesOff),
        (can_tell && freeze_is_off, Finding::FreezeOff),
        (is_short, Finding::NotSent),
        (is_late && is_busy, Finding::GeneratorCpu),
        (is_late && !is_busy, Finding::GeneratorLag),
        (bot_is_busy, Finding::BotCpu),
        (is_disturbed, Finding::Disturbed),
    ];
    found
        .into_iter()
        .filter_map(|(is_so, finding)| is_so.then_some(finding))
        .collect()
}

fn are_off(cell: &Cell) -> bool {
    let times = [
        cell.times.wire_time_ms,
        cell.times.first_text_ms,
        cell.times.reply_time_ms,
    ];
    let is_off = |time: &TimeError| {
        let figures = [(time.p50, TOLERANCE.p50_ms), (time.p99, TOLERANCE.p99_ms)];
        figures.iter().any(|(compared, tolerated)| match compared.error {
            Some(error) => error.abs() > *tolerated,
            None => compared.reported.is_some() != compared.truth.is_some(),
        })
    };
    times.iter().flatten().any(is_off)
}

fn is_off_paper(waits: &FreezeWaits) -> bool {
    let (reported, paper) = (waits.reported, waits.on_paper);
    let turns = (reported.over_500_ms - paper.over_500_ms).abs();
    let times = [
        reported.mean - paper.mean,
        reported.p90 - paper.p90,
        reported.p95 - paper.p95,
        reported.p99 - paper.p99,
    ];
    turns > paper.over_500_ms * TOLERANCE.freeze_turns || times.iter().any(|error| error.abs() > TOLERANCE.freeze_ms)
}

/// Unequal counts are a mistake wherever nothing stood still; times that are off are one where the rate is not the machine's
/// limit that a climb looks for.
fn verdict(cell: &Cell) -> CellVerdict {
    let has = |finding| cell.findings.contains(&finding);
    let is_wrong = has(Finding::Miscounted) && !has(Finding::Disturbed);
    let is_off = has(Finding::TimesOff) || has(Finding::FreezeOff);
    if is_wrong || is_off && !cell.is_climb {
        CellVerdict::OutOfTolerance
    } else if cell.findings.is_empty() {
        CellVerdict::InTolerance
    } else {
        CellVerdict::Saturated
    }
}

#[cfg(test)]
mod tests;
