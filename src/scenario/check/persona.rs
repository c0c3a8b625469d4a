//! Personas: numbers that can be drawn from.

use super::numbers;
use crate::scenario::Persona;
use crate::scenario::finding::Findings;
use crate::scenario::place::Spot;

/// The most messages in a burst.
const LONGEST_BURST: usize = 20;

pub(super) fn check(persona: &Persona, at: &Spot, findings: &mut Findings) {
    numbers::above_zero(persona.reads_chars_per_s, &at.key("reads_chars_per_s"), findings);
    numbers::sigma(&persona.think, &at.key("think"), findings);
    typing(persona, &at.key("typing"), findings);
    patience(persona, &at.key("patience"), findings);
}

fn typing(persona: &Persona, at: &Spot, findings: &mut Findings) {
    let typing = &persona.typing;
    numbers::above_zero(typing.chars_per_s, &at.key("chars_per_s"), findings);
    numbers::sigma(&typing.gap, &at.key("gap"), findings);
    numbers::chance(typing.typos, &at.key("typos"), findings);
    let burst = at.key("burst");
    let weights = typing
        .burst
        .iter()
        .enumerate()
        .map(|(place, weight)| (*weight, burst.item(place)));
    numbers::weights(weights, &burst, findings);
    if typing.burst.len() > LONGEST_BURST {
        findings.add_key(
            &burst,
            format!("expected at most {LONGEST_BURST} weights, found {}", typing.burst.len()),
        );
    }
}

fn patience(persona: &Persona, at: &Spot, findings: &mut Findings) {
    let patience = &persona.patience;
    numbers::spread(&patience.leave_after, &at.key("leave_after"), findings);
    numbers::chance(patience.leaves_silently, &at.key("leaves_silently"), findings);
    if patience.max_nudges > 0 {
        numbers::spread(&patience.nudge_after, &at.key("nudge_after"), findings);
    }
}
