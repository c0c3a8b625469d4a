//! What holds for a scenario as a whole: pace, deadlines, baseline, patterns, spending.

use super::{numbers, patterns};
use crate::scenario::finding::Findings;
use crate::scenario::place::Spot;
use crate::scenario::{Budget, Environment, ScenarioFile, ThresholdEntry};

/// The fastest pace; beyond it customers do nothing but send.
const FASTEST_PACE: f64 = 1_000.0;

pub(super) fn check(file: &ScenarioFile, at: &Spot, findings: &mut Findings) {
    if !(file.pace > 0.0 && file.pace <= FASTEST_PACE) {
        let message = format!(
            "expected a factor above 0 and at most {FASTEST_PACE}, found `{}`",
            file.pace
        );
        findings.add(&at.key("pace"), message);
    }
    numbers::span(file.deadline.reply, &at.key("deadline").key("reply"), findings);
    patterns(&file.holding, &at.key("holding"), findings);
    patterns(&file.fallbacks, &at.key("fallbacks"), findings);
    spending(file, at, findings);
    baseline(file, at, findings);
    let that = at.key("thresholds").key("that");
    for (place, entry) in file.thresholds.that.iter().enumerate() {
        after(entry, &that.item(place), findings);
    }
}

fn spending(file: &ScenarioFile, at: &Spot, findings: &mut Findings) {
    if file.budget == Some(Budget::Turns(0)) {
        findings.add(&at.key("budget").key("turns"), "expected at least one turn, found `0`");
    }
    if file.environment == Environment::Production && file.max_rate.is_none() && file.workload.is_open() {
        let message = "expected `max_rate` beside `production`, found none";
        findings
            .add(&at.key("environment"), message)
            .hint("say the most conversations that may start: `max_rate: 5/s`");
    }
}

fn baseline(file: &ScenarioFile, at: &Spot, findings: &mut Findings) {
    let Some(name) = &file.baseline else {
        return;
    };
    let at = at.key("baseline");
    let phases = &file.traffic.phases;
    super::exists(
        name,
        "phase",
        phases.iter().map(crate::scenario::Phase::name),
        &at,
        findings,
    );
    if phases.iter().any(|phase| phase.name() == name && phase.is_warm_up()) {
        findings.add(
            &at,
            format!("expected a phase that counts, found `{name}`, which is a warm-up"),
        );
    }
}

fn after(entry: &ThresholdEntry, at: &Spot, findings: &mut Findings) {
    if !entry.abort && !entry.after.get().is_zero() {
        let message = "expected `abort: true` beside `after`, found none";
        findings
            .add(&at.key("after"), message)
            .hint("what comes before `after` is left out only when a run is aborted");
    }
}
