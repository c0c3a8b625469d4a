//! Records: tables whose every cell holds a value of its column's type, and whose rows can be told apart.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::{exists, name, not_empty};
use crate::conversation::Language;
use crate::scenario::finding::Findings;
use crate::scenario::place::Spot;
use crate::scenario::suggest::{did_you_mean, listed, nearest};
use crate::scenario::{CUSTOMER_FACTS, Column, FactType, Knowledge, Record};

/// The most rows of a record.
const MOST_ROWS: usize = 10_000;

/// `at` is where the knowledge is.
pub(super) fn check(knowledge: &Knowledge, at: &Spot, findings: &mut Findings) {
    for (record_name, record) in &knowledge.records {
        let at = at.key("records").key(record_name);
        name(record_name, &at, findings);
        if knowledge.topics.contains_key(record_name) {
            let message = format!("expected a name that no topic has, found `{record_name}`");
            findings.add_key(&at, message);
        }
        if CUSTOMER_FACTS.contains(&record_name.as_str()) || record_name == "shop" {
            let message = format!("expected another name than `{record_name}`, which templates use for something else");
            findings.add_key(&at, message);
        }
        columns(record, &at, findings);
        rows(record, &at, findings);
    }
}

fn columns(record: &Record, at: &Spot, findings: &mut Findings) {
    not_empty(record.columns.len(), &at.key("columns"), "column", findings);
    for column in record.columns.keys() {
        name(column, &at.key("columns").key(column), findings);
    }
    let Some(found_by) = &record.found_by else {
        return;
    };
    let at = at.key("found_by");
    match record.columns.get(found_by) {
        None => exists(
            found_by,
            "column",
            record.columns.keys().map(String::as_str),
            &at,
            findings,
        ),
        Some(column) if !is_name(column) => {
            let message = format!("expected a column of type `text` or `identifier`, found `{found_by}`");
            findings.add(&at, message);
        }
        Some(_) => {}
    }
}

fn is_name(column: &Column) -> bool {
    matches!(column.r#type, FactType::Text | FactType::Identifier)
}

fn rows(record: &Record, at: &Spot, findings: &mut Findings) {
    let at = at.key("rows");
    // A file that could not be read is told elsewhere.
    if record.from.is_none() {
        not_empty(record.rows.len(), &at, "row", findings);
    }
    if record.rows.len() > MOST_ROWS {
        findings.add_key(
            &at,
            format!("expected at most {MOST_ROWS} rows, found {}", record.rows.len()),
        );
        return;
    }
    let known = cells(record);
    let present: HashSet<&str> = record
        .rows
        .iter()
        .flat_map(|row| row.keys().map(String::as_str))
        .collect();
    let slips = present.iter().filter(|cell| !known.iter().any(|known| known == *cell));
    let meant: Vec<&str> = slips
        .filter_map(|cell| nearest(cell, known.iter().map(String::as_str)))
        .collect();
    let is_meant = |cell: &str| meant.iter().any(|meant| meant.split('.').next() == Some(cell));
    for (place, row) in record.rows.iter().enumerate() {
        let at = at.item(place);
        // All rows of a file share its header, so one of them says it.
        let is_said = |cell: &String| place > 0 && record.rows[0].contains_key(cell);
        for cell in row.keys().filter(|cell| !known.contains(cell) && !is_said(cell)) {
            let names = || known.iter().map(String::as_str);
            let message = format!("no column is called `{cell}`; there are {}", listed(names()));
            findings
                .add_key(&at.key(cell), message)
                .maybe_hint(did_you_mean(cell, names()));
        }
        for (column_name, column) in &record.columns {
            if let Err(wrong) = column.read(column_name, row) {
                // A column that no row has is told once, and not at all where its name is misspelt.
                let is_said = !present.contains(wrong.cell.as_str()) && (place > 0 || is_meant(&wrong.cell));
                if row.contains_key(&wrong.cell) {
                    findings.add(&at.key(&wrong.cell), wrong.message);
                } else if !is_said {
                    findings.add(&at, format!("`{}`: {}", wrong.cell, wrong.message));
                }
            }
        }
    }
    told_apart(record, &at, findings);
}

/// What the cells of a row may be called.
fn cells(record: &Record) -> Vec<String> {
    let of_column = |(name, column): (&String, &Column)| {
        let by_language = Language::ALL
            .into_iter()
            .map(move |language| format!("{name}.{}", language.code()));
        let by_language: Vec<String> = match column.r#type {
            FactType::Text => by_language.collect(),
            _ => Vec::new(),
        };
        std::iter::once(name.clone()).chain(by_language)
    };
    record.columns.iter().flat_map(of_column).collect()
}

/// No two rows go by the same words.
fn told_apart(record: &Record, at: &Spot, findings: &mut Findings) {
    let Some((column_name, column)) = record
        .found_by
        .as_ref()
        .and_then(|name| Some((name, record.columns.get(name).filter(|column| is_name(column))?)))
    else {
        return;
    };
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (place, row) in record.rows.iter().enumerate() {
        let Ok(fact) = column.read(column_name, row) else {
            continue;
        };
        for word in fact.names() {
            let other = *seen.entry(word.to_lowercase()).or_insert(place);
            if other != place {
                let cell = cell_with(column_name, word, row);
                let message = format!(
                    "expected a name of its own, found `{word}` again (as in row {})",
                    other + 1
                );
                findings.add(&at.item(place).key(&cell), message);
            }
        }
    }
}

/// The cell of a row that holds this wording.
fn cell_with(column: &str, word: &str, row: &IndexMap<String, String>) -> String {
    let holds = |(cell, text): &(&String, &String)| cell.split('.').next() == Some(column) && text.contains(word);
    row.iter()
        .find(holds)
        .map_or_else(|| column.to_owned(), |(cell, _)| cell.clone())
}
