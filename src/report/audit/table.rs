//! Claims as rows of text: for the page, the summary and spreadsheets.

use serde::Serialize;

use super::super::words::{Words, fill};
use super::super::{clean, format};
use super::LONGEST;
use crate::quality::Claim;
use crate::verdict::KeptClaim;

/// A claim in words, cleaned; not yet escaped for any format.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(in crate::report) struct Row {
    pub(in crate::report) state: String,
    pub(in crate::report) fact: String,
    pub(in crate::report) said: String,
    /// The sentence in which it was said, where that is more than what was said.
    pub(in crate::report) sentence: Option<String>,
    pub(in crate::report) truth: Option<String>,
    /// When, where, under what load.
    pub(in crate::report) place: String,
}

/// All of them, in their order.
pub(in crate::report) fn rows(claims: &[KeptClaim], words: &Words) -> Vec<Row> {
    claims.iter().map(|claim| row(claim, words)).collect()
}

fn row(claim: &KeptClaim, words: &Words) -> Row {
    let short = |text: &str| clean::short(text, 40, "…");
    let state = match claim.state.as_str() {
        "contradicted" => words.claim_contradicted,
        "stale" => words.claim_stale,
        "forbidden" => words.claim_forbidden,
        "unsupported" => words.claim_unsupported,
        _ => words.none,
    };
    let changed = claim.stale_for_s.and_then(|ago| format::length(ago * 1_000.0, words));
    let state = match changed {
        Some(time) => fill(words.claim_stale_for, &[("time", &time)]),
        None => state.to_owned(),
    };
    let sentence = claim.sentence.as_deref().filter(|sentence| *sentence != claim.said);
    Row {
        state,
        fact: claim.fact.as_deref().map_or(words.claim_of_no_fact.to_owned(), short),
        said: clean::short(&claim.said, LONGEST, "…"),
        sentence: sentence.map(|sentence| clean::short(sentence, LONGEST, "…")),
        truth: claim.truth.as_deref().map(|truth| in_words(truth, words)),
        place: fill(
            words.claim_place,
            &[
                ("clock", &format::clock(claim.at_s)),
                ("phase", &short(&claim.phase)),
                ("channel", &short(&claim.channel)),
                ("open", &format::count(claim.open_conversations)),
                ("conversation", &claim.customer.to_string()),
                ("turn", &claim.turn.to_string()),
            ],
        ),
    }
}

/// What is true: a value as it stands, or that something holds or does not.
fn in_words(truth: &str, words: &Words) -> String {
    match truth {
        Claim::HOLDS => words.claim_holds.to_owned(),
        Claim::DOES_NOT_HOLD => words.claim_does_not_hold.to_owned(),
        value => match steps(value, words) {
            Some(steps) => clean::short(&steps, LONGEST, "…"),
            None => clean::short(value, LONGEST, "…"),
        },
    }
}

/// The steps of a discount, which are recorded as `200-20, 500-60`, as people say them.
fn steps(value: &str, words: &Words) -> Option<String> {
    let is_amount = |text: &str| text.parse::<f64>().is_ok();
    let step = |step: &str| {
        let (spend, off) = step
            .split_once('-')
            .filter(|(spend, off)| is_amount(spend) && is_amount(off))?;
        Some(fill(words.claim_step, &[("spend", spend), ("off", off)]))
    };
    let steps: Option<Vec<String>> = value.split(", ").map(step).collect();
    Some(steps?.join(words.list_separator))
}

const HEADER: [&str; 12] = [
    "state",
    "fact",
    "said",
    "sentence",
    "truth",
    "stale_for_s",
    "conversation",
    "turn",
    "phase",
    "channel",
    "at_s",
    "open_conversations",
];

/// As CSV (RFC 4180), one claim a line below a line of names; nothing in it is a formula to a spreadsheet.
///
/// # Errors
/// When it cannot be written as CSV.
pub fn audit_csv(claims: &[KeptClaim]) -> Result<String, csv::Error> {
    let mut file = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    file.write_record(HEADER)?;
    for claim in claims {
        file.write_record(cells(claim))?;
    }
    let bytes = file.into_inner().map_err(|error| error.into_error())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn cells(claim: &KeptClaim) -> [String; HEADER.len()] {
    let optional = |text: &Option<String>| text.as_deref().map(cell).unwrap_or_default();
    [
        cell(&claim.state),
        optional(&claim.fact),
        cell(&claim.said),
        optional(&claim.sentence),
        optional(&claim.truth),
        claim.stale_for_s.map(|ago| format!("{ago:.3}")).unwrap_or_default(),
        claim.customer.to_string(),
        claim.turn.to_string(),
        cell(&claim.phase),
        cell(&claim.channel),
        format!("{:.3}", claim.at_s),
        claim.open_conversations.to_string(),
    ]
}

/// A text as a cell. What a spreadsheet would take for a formula gets an apostrophe before it.
fn cell(text: &str) -> String {
    let clean = clean::line(text);
    let is_formula = clean.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let guard = if is_formula { "'" } else { "" };
    format!("{guard}{clean}")
}
