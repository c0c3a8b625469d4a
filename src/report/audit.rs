//! The claims that are false or must not be said: for people, and as CSV and JSON for everybody else.

mod table;

use schemars::JsonSchema;
use serde::Serialize;

use super::format;
use super::layout::Layout;
use super::terminal::Style;
use super::words::{Words, fill};
use crate::conversation::Language;
use crate::verdict::{Audit, ClaimNumbers, KeptClaim, Run};

pub use table::audit_csv;
pub(super) use table::{Row, rows};

/// The longest text of a bot or a scenario that is shown, in columns.
const LONGEST: usize = 160;

/// All claims of an audit for people; lines fit the width, down to 40 columns.
pub fn audit_text(run: &Run, audit: &Audit, language: Language, style: Style) -> String {
    let words = Words::of(language);
    let mut page = Layout::new(style);
    page.bold(words.audit);
    page.text(&whole(run, words), "");
    page.text(&kept(run, audit, words), "");
    if audit.claims.is_empty() {
        page.text(words.audit_none, "");
    }
    for row in rows(&audit.claims, words) {
        page.gap();
        page.text(&format!("{} · {}", row.state, row.fact), "");
        page.text(&fill(words.claim_said, &[("said", &row.said)]), "  ");
        if let Some(sentence) = &row.sentence {
            page.text(&fill(words.claim_in, &[("sentence", sentence)]), "  ");
        }
        if let Some(truth) = &row.truth {
            page.text(&fill(words.claim_true, &[("truth", truth)]), "  ");
        }
        page.dim(&row.place);
    }
    page.finish()
}

/// What the whole run's answers claimed, kept or not.
pub(super) fn whole(run: &Run, words: &Words) -> String {
    let claims = run.facts.claims;
    let count = format::count;
    fill(
        words.audit_whole,
        &[
            ("contradicted", &count(claims.contradicted)),
            ("stale", &count(claims.stale)),
            ("forbidden", &count(claims.forbidden)),
            ("unsupported", &count(claims.unsupported)),
            ("supported", &count(claims.supported)),
        ],
    )
}

/// How much of it the list can show.
pub(super) fn kept(run: &Run, audit: &Audit, words: &Words) -> String {
    let count = format::count;
    fill(
        words.audit_kept,
        &[
            ("shown", &count(audit.claims.len() as u64)),
            ("found", &count(audit.found)),
            ("conversations", &count(audit.conversations)),
            ("all", &count(run.generator.started)),
        ],
    )
}

/// The claims of a run that are false or must not be said: `throng audit --format json`. Every key present; no data is
/// `null`.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Audit")]
struct AuditFile<'a> {
    /// `throng.audit/1`.
    schema: &'static str,
    /// The scenario's name.
    scenario: &'a str,
    /// Every claim of every answer of the whole run.
    claims_in_run: ClaimNumbers,
    /// Conversations that began.
    conversations_in_run: u64,
    /// Those that were kept, whose claims are listed.
    conversations_kept: u64,
    /// Claims in the kept conversations that pass the filters.
    found: u64,
    /// The same, one by one, in the order of time.
    claims: &'a [KeptClaim],
}

/// The JSON Schema of [`audit_json`], as it is written: every key is required.
pub fn audit_schema() -> serde_json::Value {
    let settings = schemars::generate::SchemaSettings::default().for_serialize();
    let generator = settings.into_generator();
    generator.into_root_schema_for::<AuditFile<'static>>().to_value()
}

/// The same as JSON: the counts of the whole run, and every claim. No data is `null`.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn audit_json(run: &Run, audit: &Audit) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(&AuditFile {
        schema: "throng.audit/1",
        scenario: &run.scenario,
        claims_in_run: run.facts.claims,
        conversations_in_run: run.generator.started,
        conversations_kept: audit.conversations,
        found: audit.found,
        claims: &audit.claims,
    })
}

#[cfg(test)]
mod tests;
