//! Knowledge: every fact has exactly one value that makes sense.

use super::{changes, name, numbers, patterns, records, unique};
use crate::conversation::Language;
use crate::scenario::finding::Findings;
use crate::scenario::place::Spot;
use crate::scenario::suggest::{did_you_mean, listed};
use crate::scenario::{Fact, FactRef, FactValue, Knowledge, PerLanguage, ScenarioFile, Tier, Topic};

/// The value keys of a fact.
const VALUES: &str = "`money`, `percent`, `duration`, `date`, `identifier`, `text`, `tiers`, `holds`";

pub(super) fn check(knowledge: &Knowledge, at: &Spot, file: &ScenarioFile, findings: &mut Findings) {
    records::check(knowledge, at, findings);
    changes::of_knowledge(knowledge, at, file, findings);
    for (topic_name, topic) in &knowledge.topics {
        let at = at.key("topics").key(topic_name);
        name(topic_name, &at, findings);
        for (fact_name, one) in &topic.facts {
            let at = at.key("facts").key(fact_name);
            name(fact_name, &at, findings);
            fact(one, &at, findings);
        }
        for (key, templates) in [("answers", &topic.answers), ("wrong_answers", &topic.wrong_answers)] {
            for (answer, at) in each(templates, &at.key(key)) {
                columns_in(answer, knowledge, &at, findings);
                names_of_topic(answer, topic, knowledge, &at, findings);
            }
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

/// All that a goal may expect and a change may alter: `TOPIC.FACT` and `RECORD.COLUMN`.
pub(super) fn known_facts(knowledge: &Knowledge) -> Vec<String> {
    let of_topics = knowledge
        .topics
        .iter()
        .flat_map(|(name, topic)| topic.facts.keys().map(move |fact| format!("{name}.{fact}")));
    let of_records = knowledge
        .records
        .iter()
        .flat_map(|(name, record)| record.columns.keys().map(move |column| format!("{name}.{column}")));
    of_topics.chain(of_records).collect()
}

/// Columns of records that templates name exist.
pub(super) fn columns_in(text: &str, knowledge: &Knowledge, at: &Spot, findings: &mut Findings) {
    for name in names_in(text) {
        let Some((record_name, column)) = name.split_once('.') else {
            continue;
        };
        // Of other names whoever fills in the template knows more (`loop.index`).
        let Some(record) = knowledge.records.get(record_name) else {
            continue;
        };
        if knowledge.column(&FactRef::of(record_name, column)).is_none() {
            let known = || record.columns.keys().map(String::as_str);
            let message = format!(
                "`{record_name}` has no column `{column}`; there are {}",
                listed(known())
            );
            findings.add(at, message).maybe_hint(did_you_mean(column, known()));
        }
    }
}

/// The plain names (`coupon`, `product.price`) that stand alone in `{{ }}`.
fn names_in(text: &str) -> impl Iterator<Item = &str> {
    let places = text.split("{{").skip(1).filter_map(|rest| rest.split_once("}}"));
    let names = places.map(|(inside, _)| trimmed(inside));
    names.filter(|name| {
        name.chars()
            .all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.'))
    })
}

/// Every text of a list by language, with its place.
fn each<'a>(texts: &'a PerLanguage<Vec<String>>, at: &Spot) -> impl Iterator<Item = (&'a String, Spot)> {
    Language::ALL.into_iter().flat_map(move |language| {
        let at = at.key(language.code());
        let texts = texts.get(language).iter().enumerate();
        texts.map(move |(place, text)| (text, at.item(place)))
    })
}

/// What stands in `{{ }}` of a topic's answer is something that the built-in bot can fill in; anything else it says as it is written.
fn names_of_topic(text: &str, topic: &Topic, knowledge: &Knowledge, at: &Spot, findings: &mut Findings) {
    for rest in text.split("{{").skip(1) {
        let Some((inside, _)) = rest.split_once("}}") else {
            findings.add(at, "expected `}}` after `{{`, found none");
            continue;
        };
        let name = trimmed(inside);
        let known = || topic.facts.keys().map(String::as_str).chain(["order_number", "shop"]);
        let record = name.split_once('.').map(|(record, _)| record);
        if known().any(|known| known == name) || record.is_some_and(|record| knowledge.records.contains_key(record)) {
            continue;
        }
        let records = || knowledge.records.keys().map(String::as_str);
        let (message, hint) = match record {
            Some(record) => (
                format!(
                    "there is no record `{record}` for `{name}`; there are {}",
                    listed(records())
                ),
                did_you_mean(record, records()),
            ),
            None => (
                format!("the topic has no fact `{name}`; answers may name {}", listed(known())),
                did_you_mean(name, known()),
            ),
        };
        findings.add(at, message).maybe_hint(hint);
    }
}

fn trimmed(inside: &str) -> &str {
    inside.trim_matches(|letter: char| letter.is_whitespace() || letter == '-')
}

pub(super) fn fact(fact: &Fact, at: &Spot, findings: &mut Findings) {
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
