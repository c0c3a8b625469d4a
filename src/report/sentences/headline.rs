//! What became worse when the peak came, and by what; and why that cannot be told.

use super::super::findings::{self, Extent, Findings, MainCause, Unserved};
use super::super::words::{Words, fill};
use super::super::{against, format};
use super::{closing, name};
use crate::conversation::Language;
use crate::verdict::{Evidence, Run, Verdict};

/// The first line of every report: that hardly anybody was served; else what became worse when the peak came, and by what; where
/// nothing did, the threshold that is broken all the same; where nothing can be compared, how many customers' questions got no answer
/// in time.
pub fn headline(run: &Run, language: Language) -> String {
    let evidence = Evidence::default();
    first(run, &findings::find(run, &evidence), Words::of(language))
}

/// The same of what was found already.
pub(super) fn first(run: &Run, found: &Findings<'_>, words: &Words) -> String {
    let hardly_any = found
        .unserved
        .as_ref()
        .map(|unserved| hardly_any(unserved, found, words));
    hardly_any
        .or_else(|| broken_all_the_same(run, found, words))
        .or_else(|| beside_calm(found, words))
        .unwrap_or_else(|| unanswered(run, words))
}

/// That nothing became worse says little where it was bad before.
fn broken_all_the_same(run: &Run, found: &Findings<'_>, words: &Words) -> Option<String> {
    let fell = found.served.as_ref()?.change.is_fall();
    (run.verdict == Verdict::Broken && !fell).then(|| closing::because(run, words).replace('`', ""))
}

/// How few were served, and that it was so without a peak.
fn hardly_any(unserved: &Unserved<'_>, found: &Findings<'_>, words: &Words) -> String {
    let (served, all) = (found.fates.served, found.fates.all());
    let phrase = match unserved.extent {
        Extent::Nobody => words.headline_nobody,
        Extent::AlmostNobody => words.headline_almost_nobody,
        Extent::Few => words.headline_few,
    };
    let share = format::percent(served as f64 / all as f64).unwrap_or_default();
    let sentence = fill(
        phrase,
        &[
            ("served", &format::count(served)),
            ("asked", &format::count(all)),
            ("share", &share),
        ],
    );
    let calm = unserved.calm.filter(|_| unserved.extent != Extent::Nobody);
    let told = calm.and_then(|(calm, share)| Some((name(calm), format::percent(share)?)));
    told.map_or(sentence.clone(), |(calm, share)| {
        fill(
            words.headline_already,
            &[("sentence", &sentence), ("calm", &calm), ("share", &share)],
        )
    })
}

/// How many questions got no answer in time; without a stop.
pub(super) fn unanswered(run: &Run, words: &Words) -> String {
    let fates = findings::Fates::of(&run.totals);
    let asked = format::count(fates.all());
    match (fates.all(), fates.missed()) {
        (0, _) => words.headline_nothing.to_owned(),
        (_, 0) => fill(words.headline_all, &[("asked", &asked)]),
        (all, missed) => {
            let share = format::percent(missed as f64 / all as f64).unwrap_or_default();
            fill(
                words.headline_missed,
                &[("missed", &format::count(missed)), ("asked", &asked), ("share", &share)],
            )
        }
    }
}

/// The phase that stands out beside the calm one, with what most of its loss was; without a stop.
pub(super) fn beside_calm(found: &Findings<'_>, words: &Words) -> Option<String> {
    let beside = found.served.as_ref()?;
    let change = &beside.change;
    let (phrase, low, high) = match (change.is_fall(), change.is_rise()) {
        (true, _) => (
            words.headline_worse,
            format::points(change.high),
            format::points(change.low),
        ),
        (_, true) => (
            words.headline_better,
            format::points(change.low),
            format::points(change.high),
        ),
        _ => (
            words.headline_same,
            against::points(change.low),
            against::points(change.high),
        ),
    };
    let sentence = fill(
        phrase,
        &[
            ("phase", &name(beside.phase)),
            ("calm", &name(beside.calm_phase)),
            ("points", &format::points(change.change)?),
            ("change", &against::points(change.change)?),
            ("low", &low?),
            ("high", &high?),
        ],
    );
    Some(
        found
            .fall_cause()
            .map_or(sentence.clone(), |cause| with_cause(&sentence, cause, words)),
    )
}

fn with_cause(sentence: &str, cause: &MainCause<'_>, words: &Words) -> String {
    let part = if cause.part > 0.5 {
        words.most_of_it
    } else {
        words.part_of_it
    };
    let phrase = if cause.channel.is_some() {
        words.headline_cause_on_channel
    } else {
        words.headline_cause
    };
    fill(
        phrase,
        &[
            ("sentence", sentence),
            ("part", part),
            ("cause", &against::cause(cause.cause, words)),
            ("channel", &name(cause.channel.unwrap_or_default())),
        ],
    )
}

/// Why a phase, or every phase, does not stand beside the calm one.
pub(super) fn not_compared(run: &Run, found: &Findings<'_>, words: &Words) -> Option<String> {
    if found.fates.all() == 0 {
        return None;
    }
    if run.against_calm.is_empty() {
        return Some(words.nothing_compared.to_owned());
    }
    let (phase, why) = found.not_compared?;
    let calm = run.baseline.as_deref().unwrap_or_default();
    Some(fill(
        words.not_compared,
        &[
            ("phase", &name(phase)),
            ("calm", &name(calm)),
            ("reason", against::reason(why, words)),
        ],
    ))
}
