//! What a language model said of the answers, as a section of the page.

use serde::Serialize;

use super::super::judged::{self, GateRow};
use super::super::words::Words;
use super::tables::Table;
use crate::verdict::Evidence;

/// The section.
#[derive(Serialize)]
pub(super) struct Section {
    about: String,
    /// That judging ended early, then what must be known before a share is believed.
    cautions: Vec<String>,
    table: Table,
    notes: Vec<String>,
    gates: Vec<Gate>,
}

/// What became of a gate.
#[derive(Serialize)]
struct Gate {
    key: &'static str,
    name: &'static str,
    because: String,
}

impl From<GateRow> for Gate {
    fn from(row: GateRow) -> Gate {
        Gate {
            key: row.verdict.key,
            name: row.verdict.name,
            because: row.because,
        }
    }
}

/// None when nobody was asked.
pub(super) fn section(evidence: &Evidence, words: &Words) -> Option<Section> {
    let said = judged::Section::of(evidence.judged.as_ref()?, words);
    let (headers, rows) = said.rows();
    let rows = rows
        .into_iter()
        .map(|row| row.into_iter().map(str::to_owned).collect())
        .collect();
    Some(Section {
        table: Table::new("", &headers, rows),
        about: said.about,
        cautions: said.stopped.into_iter().chain(said.cautions).collect(),
        notes: said.notes,
        gates: said.gates.into_iter().map(Gate::from).collect(),
    })
}
