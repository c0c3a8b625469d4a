//! Knowledge: every fact has exactly one value that makes sense.

use super::{name, numbers, patterns, unique};
use crate::scenario::finding::Findings;
use crate::scenario::place::Spot;
use crate::scenario::{Fact, FactValue, Knowledge, Tier};

/// The value keys of a fact.
const VALUES: &str = "`money`, `percent`, `duration`, `date`, `identifier`, `text`, `tiers`, `holds`";

pub(super) fn check(knowledge: &Knowledge, at: &Spot, findings: &mut Findings) {
    for (topic_name, topic) in &knowledge.topics {
        let at = at.key("topics").key(topic_name);
        name(topic_name, &at, findings);
        for (fact_name, one) in &topic.facts {
            let at = at.key("facts").key(fact_name);
            name(fact_name, &at, findings);
            fact(one, &at, findings);
        }
    }
    let forbidden = at.key("forbidden");
    let names = knowledge.forbidden.iter().enumerate();
    unique(
        names.map(|(place, one)| (one.name.as_str(), forbidden.item(place).key("name"))),
        findings,
    );
    for (place, one) in knowledge.forbidden.iter().enumerate() {
        let at = forbidden.item(place);
        name(&one.name, &at.key("name"), findings);
        patterns(&one.patterns, &at.key("patterns"), findings);
        if one.patterns.zh.is_empty() && one.patterns.en.is_empty() {
            findings.add(&at.key("patterns"), "expected at least one pattern, found none");
        }
    }
}

fn fact(fact: &Fact, at: &Spot, findings: &mut Findings) {
    match fact.value() {
        None => {
            let set = [
                fact.money.is_some(),
                fact.percent.is_some(),
                fact.duration.is_some(),
                fact.date.is_some(),
                fact.identifier.is_some(),
                fact.text.is_some(),
                fact.tiers.is_some(),
                fact.holds.is_some(),
            ];
            let found = set.iter().filter(|is_set| **is_set).count();
            findings.add_key(at, format!("expected exactly one of {VALUES}, found {found}"));
        }
        Some(FactValue::Money(amount)) => numbers::at_least_zero(amount, &at.key("money"), findings),
        Some(FactValue::Percent(percent)) => numbers::at_least_zero(percent, &at.key("percent"), findings),
        Some(FactValue::Identifier(text)) if text.trim().is_empty() => {
            findings.add(&at.key("identifier"), "expected a text, found nothing");
        }
        Some(FactValue::Text(wordings)) => {
            let texts: Vec<&String> = wordings.zh.iter().chain(&wordings.en).collect();
            if texts.is_empty() || texts.iter().any(|text| text.trim().is_empty()) {
                findings.add(
                    &at.key("text"),
                    "expected at least one wording and none empty, found otherwise",
                );
            }
        }
        Some(FactValue::Tiers(steps)) => tiers(&steps, &at.key("tiers"), findings),
        Some(FactValue::Holds { subject, .. }) => {
            if subject.zh.iter().chain(&subject.en).all(|word| word.trim().is_empty()) {
                findings.add(
                    &at.key("holds"),
                    "expected words in `subject` that say what holds, found none",
                );
            }
        }
        Some(FactValue::Identifier(_) | FactValue::Duration(_) | FactValue::Date(_)) => {}
    }
}

/// Steps of a discount: each takes off less than is spent, and who spends more gets more.
fn tiers(steps: &[Tier], at: &Spot, findings: &mut Findings) {
    if steps.is_empty() {
        findings.add(at, "expected at least one step, found none");
    }
    for (place, step) in steps.iter().enumerate() {
        let at = at.item(place);
        numbers::above_zero(step.spend, &at.key("spend"), findings);
        numbers::above_zero(step.off, &at.key("off"), findings);
        if step.off >= step.spend {
            findings.add(
                &at.key("off"),
                format!(
                    "expected less than the {} that must be spent, found `{}`",
                    step.spend, step.off
                ),
            );
        }
        let before = place.checked_sub(1).map(|before| steps[before]);
        if before.is_some_and(|before| before.spend >= step.spend || before.off >= step.off) {
            findings.add(
                &at,
                "expected more to be spent and taken off than in the step before, found otherwise",
            );
        }
    }
}
