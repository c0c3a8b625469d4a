//! Changes: a fact that exists, one moment, one new value of its type.

use super::{exists, knowledge::known_facts};
use crate::scenario::finding::Findings;
use crate::scenario::parts::Parts;
use crate::scenario::place::Spot;
use crate::scenario::suggest::{did_you_mean, listed};
use crate::scenario::values::zoned;
use crate::scenario::{Change, FactRef, Knowledge, Phase, ScenarioFile};

/// The changes of the knowledge itself, which is at `at`; phases and clock are those of the scenario `file`.
pub(super) fn of_knowledge(knowledge: &Knowledge, at: &Spot, file: &ScenarioFile, findings: &mut Findings) {
    check(&knowledge.changes, knowledge, (&at.key("changes"), file), findings);
}

/// The changes of the scenario, to the knowledge that it names.
pub(super) fn of_scenario(parts: &Parts, findings: &mut Findings) {
    let (file, at) = (&parts.file, parts.at.key("changes"));
    match parts.knowledge_in_use() {
        Some(knowledge) => check(&file.changes, knowledge, (&at, file), findings),
        // A name that nothing bears is told where it is written.
        None if file.changes.is_empty() || file.knowledge.is_some() => {}
        None => {
            findings
                .add_key(&at, "expected a scenario with `knowledge` to change, found none")
                .hint("name what is true in the shop: `knowledge: beauty-shop`");
        }
    }
}

fn check(changes: &[Change], knowledge: &Knowledge, (at, file): (&Spot, &ScenarioFile), findings: &mut Findings) {
    for (place, change) in changes.iter().enumerate() {
        let at = at.item(place);
        moment(change, &at, file, findings);
        let Some(kind) = kind_of(&change.fact, knowledge) else {
            unknown(&change.fact, knowledge, &at.key("fact"), findings);
            continue;
        };
        row(change, knowledge, &at, findings);
        value(change, kind, knowledge, &at, findings);
    }
}

fn moment(change: &Change, at: &Spot, file: &ScenarioFile, findings: &mut Findings) {
    let given = [change.at.is_some(), change.phase.is_some(), change.on.is_some()];
    let count = given.iter().filter(|is_given| **is_given).count();
    if count != 1 {
        let message = format!("expected exactly one of `at`, `phase` and `on`, found {count}");
        findings.add(at, message);
    }
    if let Some(phase) = &change.phase {
        let known = file.traffic.phases.iter().map(Phase::name);
        exists(phase, "phase", known, &at.key("phase"), findings);
    }
    if let Some(on) = &change.on {
        let at = at.key("on");
        if zoned(on).is_none() {
            let wanted = "expected a date and time with its offset, such as `2026-11-11T00:00+08:00`";
            findings.add(&at, format!("{wanted}, found `{on}`"));
        } else if file.clock.is_none() {
            findings
                .add(&at, "expected a scenario with a `clock` to count from, found none")
                .hint("name the shop's time in the scenario: `clock: 2026-11-10T23:50+08:00`");
        }
    }
}

/// The type of what a reference names, by its key.
fn kind_of(reference: &FactRef, knowledge: &Knowledge) -> Option<&'static str> {
    let of_fact = || knowledge.fact(reference)?.value().map(|value| value.key());
    let column = knowledge.column(reference).map(|column| column.r#type.key());
    column.or_else(of_fact)
}

fn unknown(reference: &FactRef, knowledge: &Knowledge, at: &Spot, findings: &mut Findings) {
    if knowledge.fact(reference).is_some() {
        // A fact without a value is told where it is written.
        return;
    }
    let known = known_facts(knowledge);
    let names = || known.iter().map(String::as_str);
    let text = reference.to_string();
    let message = format!("no fact is called `{text}`; there are {}", listed(names()));
    findings.add(at, message).maybe_hint(did_you_mean(&text, names()));
}

fn row(change: &Change, knowledge: &Knowledge, at: &Spot, findings: &mut Findings) {
    let FactRef::Fact { topic, fact } = &change.fact else {
        return;
    };
    let record = knowledge.records.get(topic);
    if record.is_some_and(|record| record.found_by.as_ref() == Some(fact)) {
        let message = format!("expected a fact, found `{}`, by which rows are found", change.fact);
        findings.add(&at.key("fact"), message);
    }
    let Some(row) = &change.row else {
        return;
    };
    let at = at.key("row");
    match record {
        Some(record) if record.found_by.is_some() => {
            if record.place_of(row).is_none() {
                findings.add(&at, format!("no row of `{topic}` goes by the name `{row}`"));
            }
        }
        _ => {
            let message = format!("expected a fact of a record with `found_by`, found `{}`", change.fact);
            findings.add(&at, message);
        }
    }
}

fn value(change: &Change, kind: &str, knowledge: &Knowledge, at: &Spot, findings: &mut Findings) {
    match (&change.to, &change.to_column) {
        (Some(_), Some(_)) => {
            findings.add(at, "expected either `to` or `to_column`, found both");
        }
        (None, None) => {
            findings.add(at, "expected the new value in `to` or `to_column`, found neither");
        }
        (Some(to), None) => {
            let at = at.key("to");
            super::knowledge::fact(to, &at, findings);
            match to.value().map(|value| value.key()) {
                Some(found) if found != kind => {
                    findings.add(
                        &at,
                        format!("expected `{kind}` as `{}` is, found `{found}`", change.fact),
                    );
                }
                _ => {}
            }
        }
        (None, Some(column)) => to_column(change, column, kind, (knowledge, &at.key("to_column")), findings),
    }
}

fn to_column(change: &Change, column: &str, kind: &str, (knowledge, at): (&Knowledge, &Spot), findings: &mut Findings) {
    let record = match &change.fact {
        FactRef::Fact { topic, .. } => knowledge.records.get(topic),
        FactRef::OrderNumber => None,
    };
    let Some(record) = record else {
        findings.add(
            at,
            format!("expected a column of a record in `fact`, found `{}`", change.fact),
        );
        return;
    };
    match record.columns.get(column) {
        None => exists(
            column,
            "column",
            record.columns.keys().map(String::as_str),
            at,
            findings,
        ),
        Some(other) if other.r#type.key() != kind => {
            let found = other.r#type.key();
            findings.add(
                at,
                format!("expected a column of type `{kind}`, found `{column}` of type `{found}`"),
            );
        }
        Some(_) => {}
    }
}
