//! Facts that were always wrong, and changes that answers did not follow.

use super::super::words::{Words, fill};
use super::super::{clean, format};
use crate::verdict::{ChangeNumbers, Run};

/// So many facts and changes are named; of more, the count.
const NAMED: usize = 5;

/// The facts that failed in the calm phase already, so that the peak is not to blame.
pub(in crate::report) fn always_wrong(run: &Run, words: &Words) -> Option<String> {
    let facts = &run.facts.always_wrong;
    if facts.is_empty() {
        return None;
    }
    Some(fill(
        words.always_wrong,
        &[
            ("count", &format::count(facts.len() as u64)),
            (
                "facts",
                &named(facts.iter().map(|fact| clean::short(fact, 40, "…")), facts.len(), words),
            ),
        ],
    ))
}

/// How many answers told what was true before a change, and for how long.
pub(super) fn stale(run: &Run, words: &Words) -> Option<String> {
    let stale: Vec<&ChangeNumbers> = run.facts.changes.iter().filter(|change| change.stale > 0).collect();
    if stale.is_empty() {
        return None;
    }
    let one = |change: &&ChangeNumbers| {
        let last = change
            .last_stale_after_s
            .and_then(|after| format::length(after * 1_000.0, words));
        fill(
            words.stale_change,
            &[
                ("fact", &clean::short(&change.fact, 40, "…")),
                ("clock", &format::clock(change.at_s)),
                ("count", &format::count(change.stale)),
                ("time", last.as_deref().unwrap_or("–")),
            ],
        )
    };
    let changes = named(stale.iter().map(one), stale.len(), words);
    Some(fill(words.stale_answers, &[("changes", &changes)]))
}

fn named(all: impl Iterator<Item = String>, count: usize, words: &Words) -> String {
    let separator = words.clause_separator;
    let mut named = all.take(NAMED).collect::<Vec<_>>().join(separator);
    if count > NAMED {
        named.push_str(&format!("{separator}… +{}", count - NAMED));
    }
    named
}
