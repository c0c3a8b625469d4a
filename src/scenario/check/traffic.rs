//! Phases and rates.

use std::time::Duration;

use super::{name, not_empty, numbers, unique};
use crate::scenario::finding::Findings;
use crate::scenario::place::Spot;
use crate::scenario::{Phase, Rate, ScenarioFile, Span};

/// The most conversations in a run.
const MOST_CONVERSATIONS: f64 = 100e6;
/// The longest traffic: everything is told second by second.
const LONGEST: Duration = Duration::from_secs(31 * 86_400);

pub(super) fn check(file: &ScenarioFile, at: &Spot, scale: f64, findings: &mut Findings) {
    let at = at.key("traffic").key("phases");
    let phases = &file.traffic.phases;
    not_empty(phases.len(), &at, "phase", findings);
    let spots = || {
        phases
            .iter()
            .enumerate()
            .map(|(place, phase)| (phase, at.item(place).key(kind(phase))))
    };
    for (phase, at) in spots() {
        name(phase.name(), &at.key("name"), findings);
        numbers::span(Span::from(phase.length()), &at.key("for"), findings);
    }
    unique(spots().map(|(phase, at)| (phase.name(), at.key("name"))), findings);
    if !phases.is_empty() && phases.iter().all(Phase::is_warm_up) {
        findings.add_key(&at, "expected a phase that counts, found only warm-ups");
    }
    let planned = file.traffic.planned() * scale;
    if planned > MOST_CONVERSATIONS {
        let message = format!("expected at most {MOST_CONVERSATIONS} conversations in a run, found {planned:.0}");
        findings.add_key(&at, message);
    }
    let length: Duration = phases.iter().map(Phase::length).sum();
    if length > LONGEST {
        let message = format!(
            "expected at most 31d in all phases together, found {:.1}d",
            length.as_secs_f64() / 86_400.0
        );
        findings.add_key(&at, message);
    }
    if let Some(most) = file.max_rate {
        for (phase, at) in spots() {
            highest(phase, most, scale, &at, findings);
        }
    }
}

fn highest(phase: &Phase, most: Rate, scale: f64, at: &Spot, findings: &mut Findings) {
    let (key, rate) = match phase {
        Phase::Hold(hold) => ("rate", hold.rate.get()),
        Phase::Ramp(ramp) => ("to", ramp.to.get()),
        Phase::Spike(spike) => ("peak", spike.peak.get()),
        Phase::Burst(burst) => ("at_once", burst.at_once as f64 / burst.r#for.get().as_secs_f64()),
        Phase::Quiet(_) | Phase::Keep(_) | Phase::Shift(_) => return,
    };
    // A rate in other units than `max_rate` may differ from it in the last bit.
    if rate * scale > most.get() * (1.0 + 1e-9) {
        let scaled = Rate::per_second(rate * scale);
        let with_scale = if scale == 1.0 {
            String::new()
        } else {
            format!(" (with --scale {scale})")
        };
        findings.add(
            &at.key(key),
            format!("expected at most `max_rate`, {most}, found {scaled}{with_scale}"),
        );
    }
}

pub(super) fn kind(phase: &Phase) -> &'static str {
    match phase {
        Phase::Hold(_) => "hold",
        Phase::Ramp(_) => "ramp",
        Phase::Spike(_) => "spike",
        Phase::Burst(_) => "burst",
        Phase::Quiet(_) => "quiet",
        Phase::Keep(_) => "keep",
        Phase::Shift(_) => "shift",
    }
}
