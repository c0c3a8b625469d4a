//! A model that plays customers: where it is, how much of it, and what it may cost.

use super::numbers;
use crate::scenario::finding::Findings;
use crate::scenario::place::Spot;
use crate::scenario::{ModelBudget, PlayedBy, is_loopback};

/// The most questions at once.
const MOST_AT_ONCE: u16 = 256;

pub(super) fn check(played: &PlayedBy, at: &Spot, findings: &mut Findings) {
    let endpoint = at.key("endpoint");
    let url = url::Url::parse(&played.endpoint).ok();
    let url = url.filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    if url.is_none() {
        let message = format!(
            "expected a URL such as `http://127.0.0.1:11434/v1`, found `{}`",
            played.endpoint
        );
        findings.add(&endpoint, message);
    }
    if played.model.trim().is_empty() {
        findings.add(
            &at.key("model"),
            "expected the model's name at the endpoint, found nothing",
        );
    }
    numbers::chance(played.share, &at.key("share"), findings);
    numbers::within(played.temperature, 0.0, 2.0, &at.key("temperature"), findings);
    numbers::span(played.timeout, &at.key("timeout"), findings);
    if !(1..=MOST_AT_ONCE).contains(&played.at_once) {
        let message = format!("expected a number from 1 to {MOST_AT_ONCE}, found `{}`", played.at_once);
        findings.add(&at.key("at_once"), message);
    }
    if let Some(price) = played.price {
        let at = at.key("price");
        numbers::at_least_zero(price.input, &at.key("input"), findings);
        numbers::at_least_zero(price.output, &at.key("output"), findings);
    }
    let is_far = url.is_some() && !is_loopback(&played.endpoint);
    budget(played, is_far, at, findings);
}

fn budget(played: &PlayedBy, is_far: bool, at: &Spot, findings: &mut Findings) {
    match played.budget {
        None if is_far => {
            findings
                .add(
                    &at.key("endpoint"),
                    "expected `budget` beside an endpoint that is not on this machine, found none",
                )
                .hint("say what it may cost: `budget: {tokens: 200000}`, or `budget: unlimited`");
        }
        Some(ModelBudget::Money(money)) => {
            numbers::above_zero(money, &at.key("budget").key("money"), findings);
            if played.price.is_none() {
                findings
                    .add_key(
                        &at.key("budget"),
                        "expected `price` beside a budget in money, found none",
                    )
                    .hint("say what a million tokens cost: `price: {input: 0.5, output: 1.5}`");
            }
        }
        Some(ModelBudget::Tokens(0)) => {
            findings.add(
                &at.key("budget").key("tokens"),
                "expected at least one token, found `0`",
            );
        }
        _ => {}
    }
}
