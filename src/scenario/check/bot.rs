//! The built-in bot's capacity and faults.

use super::numbers;
use crate::scenario::finding::Findings;
use crate::scenario::place::Spot;
use crate::scenario::{BotSettings, FaultRates};

pub(super) fn check(bot: &BotSettings, at: &Spot, findings: &mut Findings) {
    if bot.workers == 0 {
        findings.add(&at.key("workers"), "expected at least 1, found `0`");
    }
    if bot.chunk_chars == 0 {
        findings.add(&at.key("chunk_chars"), "expected at least 1, found `0`");
    }
    numbers::sigma(&bot.service_time, &at.key("service_time"), findings);
    chances(&bot.faults, &at.key("faults"), findings);
    let overload = at.key("overload");
    numbers::chance(bot.overload.strained_at, &overload.key("strained_at"), findings);
    chances(&bot.overload.strained, &overload.key("strained"), findings);
    let then = overload.key("then");
    let weights = spots(&bot.overload.then, &then).into_iter();
    numbers::weights(weights, &then, findings);
    for (place, freeze) in bot.freezes.iter().enumerate() {
        numbers::span(freeze.r#for, &at.key("freezes").item(place).key("for"), findings);
    }
}

/// Each is a chance, and so is their sum: a message has one fault at most.
fn chances(rates: &FaultRates, at: &Spot, findings: &mut Findings) {
    let before = findings.0.len();
    for (chance, at) in spots(rates, at) {
        numbers::chance(chance, &at, findings);
    }
    let sum: f64 = rates.0.values().sum();
    if findings.0.len() == before && sum > 1.0 + 1e-9 {
        findings.add_key(at, format!("expected chances that add up to at most 1, found {sum}"));
    }
}

fn spots(rates: &FaultRates, at: &Spot) -> Vec<(f64, Spot)> {
    let spot = |(fault, rate): (&crate::scenario::Fault, &f64)| {
        let name = serde_json::to_value(fault).ok();
        let key = name
            .as_ref()
            .and_then(serde_json::Value::as_str)
            .unwrap_or_default()
            .to_owned();
        (*rate, at.key(&key))
    };
    rates.0.iter().map(spot).collect()
}
