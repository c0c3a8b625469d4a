//! The audit as a section of the page: the false and forbidden claims of the conversations that were kept.

use serde::Serialize;

use super::super::audit::{self, Row};
use super::super::format;
use super::super::words::{Words, fill};
use crate::verdict::{Evidence, Run};

/// So many claims are shown.
const MOST: usize = 300;

/// The section.
#[derive(Serialize)]
pub(super) struct Section {
    whole: String,
    /// What could be listed; that nothing was, or that it was not written down.
    kept: String,
    rows: Vec<Row>,
    more: Option<String>,
}

pub(super) fn section(run: &Run, evidence: &Evidence, words: &Words) -> Section {
    let whole = audit::whole(run, words);
    let Some(found) = &evidence.audit else {
        return Section {
            whole,
            kept: words.audit_missing.to_owned(),
            rows: Vec::new(),
            more: None,
        };
    };
    let shown = &found.claims[..found.claims.len().min(MOST)];
    let rows = audit::rows(shown, words).into_iter();
    let left_out = found.found.saturating_sub(shown.len() as u64);
    Section {
        whole,
        kept: match found.found {
            0 => words.audit_none.to_owned(),
            _ => audit::kept(run, found, words),
        },
        rows: rows.map(|row| labelled(row, words)).collect(),
        more: (left_out > 0).then(|| fill(words.audit_more, &[("count", &format::count(left_out))])),
    }
}

/// A row whose cells say what they are: `said: 60`.
fn labelled(row: Row, words: &Words) -> Row {
    Row {
        said: fill(words.claim_said, &[("said", &row.said)]),
        sentence: row
            .sentence
            .map(|sentence| fill(words.claim_in, &[("sentence", &sentence)])),
        truth: row.truth.map(|truth| fill(words.claim_true, &[("truth", &truth)])),
        ..row
    }
}
