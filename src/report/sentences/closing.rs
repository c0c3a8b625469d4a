//! The last words: why the verdict is what it is, and what to do about it.

use super::super::findings::Findings;
use super::super::format;
use super::super::threshold::ThresholdRow;
use super::super::words::{Words, fill};
use crate::conversation::Outcome;
use crate::verdict::{Run, ThresholdVerdict, Verdict};

/// Why the verdict is what it is, without a stop at the end.
pub(super) fn because(run: &Run, words: &Words) -> String {
    let count = format::count(run.thresholds.len() as u64);
    let with = |verdict| run.thresholds.iter().filter(move |result| result.verdict == verdict);
    let first = |verdict| {
        let row = with(verdict).next().map(|result| ThresholdRow::of(result, words));
        row.map(|row| (row.that, row.observed)).unwrap_or_default()
    };
    let told = |phrase, place, verdict| {
        if with(verdict).next().is_none() {
            return words
                .verdict_term(run.verdict)
                .meaning
                .trim_end_matches(['.', '。'])
                .to_owned();
        }
        let (that, observed) = first(verdict);
        let number = format::count(with(verdict).count() as u64);
        fill(
            phrase,
            &[
                (place, &number),
                ("count", &count),
                ("that", &that),
                ("observed", &observed),
            ],
        )
    };
    match run.verdict {
        Verdict::Held if run.thresholds.is_empty() => words.verdict_held_nothing_asked.to_owned(),
        Verdict::Held => held(run.thresholds.iter().map(|result| &result.verdict), words),
        Verdict::Broken => told(words.verdict_broken, "broken", ThresholdVerdict::Broken),
        Verdict::Unsure => told(words.verdict_unsure, "unsure", ThresholdVerdict::Unsure),
        Verdict::NoData => told(words.verdict_no_data, "empty", ThresholdVerdict::NoData),
        Verdict::GeneratorSaturated if run.lacks_population() => {
            let open = format::count(run.generator.peak_open_conversations);
            let population = format::count(run.population.unwrap_or_default());
            fill(
                words.verdict_saturated_population,
                &[("open", &open), ("population", &population)],
            )
        }
        Verdict::GeneratorSaturated => {
            let lag = run.generator.schedule_lag_ms.p99.and_then(format::duration);
            let not_sent = format::count(run.generator.not_sent.total);
            let lag = lag.unwrap_or_else(|| words.lag_never.to_owned());
            fill(words.verdict_saturated, &[("lag", &lag), ("not_sent", &not_sent)])
        }
        Verdict::Interrupted => words.verdict_interrupted.to_owned(),
    }
}

/// How far thresholds that let a run pass were proven to hold.
pub(in crate::report) fn held<'a>(thresholds: impl IntoIterator<Item = &'a ThresholdVerdict>, words: &Words) -> String {
    let verdicts: Vec<_> = thresholds.into_iter().collect();
    let unsure = verdicts
        .iter()
        .filter(|verdict| ***verdict == ThresholdVerdict::Unsure)
        .count();
    let [count, unsure] = [verdicts.len(), unsure].map(|count| format::count(count as u64));
    match unsure.as_str() {
        "0" => fill(words.verdict_held, &[("count", &count)]),
        _ => fill(words.verdict_held_unproven, &[("count", &count), ("unsure", &unsure)]),
    }
}

/// What to do about it.
pub(super) fn advice(run: &Run, found: &Findings<'_>, words: &Words) -> &'static str {
    match run.verdict {
        // Whoever serves hardly anybody has more to mend than what the thresholds ask.
        Verdict::Held | Verdict::Unsure | Verdict::NoData if found.unserved.is_some() => advice_for_all(found, words),
        Verdict::Held if run.thresholds.is_empty() => words.advice_held_nothing_asked,
        Verdict::Held => words.advice_held,
        Verdict::Unsure => words.advice_unsure,
        Verdict::NoData => words.advice_no_data,
        Verdict::GeneratorSaturated if run.population.is_some() => words.advice_saturated_closed,
        Verdict::GeneratorSaturated => words.advice_saturated,
        Verdict::Interrupted => words.advice_interrupted,
        Verdict::Broken => found.fall_cause().map_or_else(
            || advice_for_all(found, words),
            |cause| advice_against_cause(cause.cause, words),
        ),
    }
}

/// Against what was lost most in the whole run.
fn advice_for_all(found: &Findings<'_>, words: &Words) -> &'static str {
    match &found.loss {
        _ if found.fates.wrong > found.fates.missed() => words.advice_wrong,
        // A bot that never said a word is not slow.
        Some(loss) if loss.outcome == Outcome::Silent && found.fates.dropped == found.fates.all() => {
            words.advice_silent
        }
        Some(loss) if loss.is_of_failures() => words.advice_http_error,
        Some(loss) => advice_against(loss.outcome, words),
        None => words.advice_read,
    }
}

/// Against what the peak lost most to: an outcome, or a check that answers failed.
fn advice_against_cause(cause: &str, words: &Words) -> &'static str {
    match (Outcome::named(cause), cause) {
        (Some(outcome), _) => advice_against(outcome, words),
        (None, "unscored") => words.advice_read,
        (None, _) => words.advice_wrong,
    }
}

fn advice_against(outcome: Outcome, words: &Words) -> &'static str {
    match outcome {
        Outcome::Refused => words.advice_refused,
        Outcome::Late | Outcome::Silent => words.advice_slow,
        Outcome::Empty => words.advice_empty,
        Outcome::PlaceholderOnly => words.advice_placeholder,
        Outcome::Truncated => words.advice_truncated,
        Outcome::BotError => words.advice_bot_error,
        Outcome::HttpError => words.advice_http_error,
        Outcome::ConnectionLost => words.advice_connection,
        Outcome::Answered | Outcome::CutShort => words.advice_read,
    }
}
