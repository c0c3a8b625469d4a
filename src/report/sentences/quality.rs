//! What the answers were worth.

use super::super::findings::{Beside, Findings};
use super::super::words::{Words, fill};
use super::super::{clean, format};
use super::name;
use crate::verdict::Run;

/// The phases' own quality, as in the tables, and its change like with like.
pub(super) fn quality(run: &Run, beside: &Beside<'_>, words: &Words) -> Option<String> {
    let change = &beside.change;
    let own = |phase: &str| run.by_phase.get(phase)?.quality.mean.and_then(format::score);
    let phrase = if change.is_fall() {
        words.quality_worse
    } else {
        words.quality_same
    };
    Some(fill(
        phrase,
        &[
            ("phase", &name(beside.phase)),
            ("quality", &own(beside.phase)?),
            ("calm", &name(beside.calm_phase)),
            ("calm_quality", &own(beside.calm_phase)?),
            ("change", &format::score_change(change.change)?),
            ("low", &format::score_change(change.low)?),
            ("high", &format::score_change(change.high)?),
        ],
    ))
}

pub(super) fn worst_channel(found: &Findings<'_>, words: &Words) -> Option<String> {
    let worst = found.worst_channel.as_ref()?;
    Some(fill(
        words.worst_channel,
        &[
            ("channel", &name(worst.name)),
            ("missed", &format::percent(worst.missed)?),
            ("best", &name(worst.best)),
            ("best_missed", &format::percent(worst.best_missed)?),
        ],
    ))
}

pub(super) fn failing_check(found: &Findings<'_>, words: &Words) -> Option<String> {
    let (check, counts) = found.failing_check?;
    let check = clean::short(&Words::name_of(&words.checks, check), 60, "…");
    let scored = format::count(counts.pass + counts.fail);
    Some(fill(
        words.failing_check,
        &[
            ("check", &check),
            ("fail", &format::count(counts.fail)),
            ("scored", &scored),
        ],
    ))
}

pub(super) fn intents(run: &Run, words: &Words) -> Option<String> {
    let intents = &run.totals.quality.intents;
    let all = fill(
        words.intents,
        &[
            ("f1", &format::score(intents.macro_f1?)?),
            ("kinds", &format::count(intents.confusion.len() as u64)),
            ("turns", &format::count(intents.turns)),
        ],
    );
    match intents.out_of_scope_recall.and_then(format::percent) {
        Some(recall) => Some(format!("{all}{}", fill(words.out_of_scope, &[("recall", &recall)]))),
        None => Some(all),
    }
}
