//! Parts of a run as rows of text: one row per phase, channel or group, the same figures everywhere.

use indexmap::IndexMap;
use serde::Serialize;

use super::findings::{calm_phase, counted};
use super::words::{Words, fill};
use super::{clean, format};
use crate::verdict::{Block, Change, Interval, Run, TimeNumbers};

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Part {
    /// The name, cleaned; not yet escaped for any format.
    pub(super) name: String,
    /// True for the phase that the others are compared with.
    pub(super) is_calm: bool,
    /// Questions in the denominator of the rates.
    pub(super) questions: String,
    pub(super) served: String,
    pub(super) missed: String,
    pub(super) dropped: String,
    pub(super) reply_p50: String,
    pub(super) reply_p95: String,
    /// With the difference from the calm phase in brackets, but for the calm phase itself.
    pub(super) quality: String,
}

/// The phases in the scenario's order.
pub(super) fn phases(run: &Run, words: &Words) -> Vec<Part> {
    let calm = calm_phase(run);
    let row = |(name, block): (&String, &Block)| {
        let is_calm = calm.is_some_and(|(calm, _)| calm == name);
        Part {
            name: phase_name(run, name, words),
            is_calm,
            ..part(
                name,
                block,
                run.against_calm.get(name).and_then(|against| against.quality),
                words,
            )
        }
    };
    run.by_phase.iter().map(row).collect()
}

/// A name of the scenario, cleaned.
pub(super) fn short_name(name: &str) -> String {
    clean::short(name, 60, "…")
}

/// A phase's name, cleaned, with a mark when it is in no total.
pub(super) fn phase_name(run: &Run, name: &str, words: &Words) -> String {
    let clean = clean::short(name, 60, "…");
    match run.warm_up.iter().any(|warm_up| warm_up == name) {
        true => fill(words.warm_up, &[("phase", &clean)]),
        false => clean,
    }
}

/// Parts that are not compared with the calm phase: channels, personas, goals, languages.
pub(super) fn groups(blocks: &IndexMap<String, Block>, words: &Words) -> Vec<Part> {
    blocks
        .iter()
        .map(|(name, block)| part(name, block, None, words))
        .collect()
}

/// The run as a whole.
pub(super) fn total(run: &Run, words: &Words) -> Part {
    part(words.all_phases, &run.totals, None, words)
}

fn part(name: &str, block: &Block, change: Option<Change>, words: &Words) -> Part {
    Part {
        name: clean::short(name, 60, "…"),
        is_calm: false,
        questions: format::count(counted(&block.turns)),
        served: rate(block.served),
        missed: rate(block.missed),
        dropped: rate(block.dropped),
        reply_p50: time(block.reply_time_ms.p50, &block.reply_time_ms, words),
        reply_p95: time(block.reply_time_ms.p95, &block.reply_time_ms, words),
        quality: quality(block, change),
    }
}

/// A rate, or the mark for none.
pub(super) fn rate(interval: Option<Interval>) -> String {
    interval
        .and_then(|interval| format::percent(interval.rate))
        .unwrap_or_else(none)
}

/// A percentile: `never` where it falls among the unanswered, the mark for none where there is no data.
pub(super) fn time(milliseconds: Option<f64>, of: &TimeNumbers, words: &Words) -> String {
    match milliseconds.and_then(format::duration) {
        Some(duration) => duration,
        None if of.censored > 0 => words.never.to_owned(),
        None => none(),
    }
}

fn quality(block: &Block, change: Option<Change>) -> String {
    let Some(mean) = block.quality.mean.and_then(format::score) else {
        return none();
    };
    let change = change.and_then(|change| format::score_change(change.change));
    change.map_or(mean.clone(), |change| format!("{mean} ({change})"))
}

/// The mark for no data, in every format.
pub(super) fn none() -> String {
    "–".to_owned()
}

/// The places of the `limit` blocks that served least, in their own order; all of them when they are not more.
pub(super) fn least_served(blocks: &IndexMap<String, Block>, always: Option<&str>, limit: usize) -> Vec<usize> {
    let mut places: Vec<usize> = (0..blocks.len()).collect();
    let key = |place: &usize| {
        let (name, block) = blocks
            .get_index(*place)
            .map_or((None, None), |(name, block)| (Some(name), Some(block)));
        let is_first = always.is_some() && name.map(String::as_str) == always;
        let served = block
            .and_then(|block| block.served)
            .map_or(f64::INFINITY, |served| served.rate);
        (!is_first, served)
    };
    places.sort_by(|one, other| {
        let (one, other) = (key(one), key(other));
        one.0.cmp(&other.0).then(one.1.total_cmp(&other.1))
    });
    places.truncate(limit);
    places.sort_unstable();
    places
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;
    use crate::conversation::Language;

    #[test]
    fn a_phase_shows_its_quality_beside_the_calm_one() {
        let (run, _) = fixture::singles_day();
        let rows = phases(&run, Words::of(Language::En));
        assert!(rows[0].is_calm && !rows[0].quality.contains('('), "{:?}", rows[0]);
        assert!(rows[3].quality.contains("(-"), "{:?}", rows[2]);
    }

    #[test]
    fn a_warm_up_phase_is_marked_in_both_languages() {
        let (mut run, _) = fixture::singles_day();
        let named = "midnight".to_owned();
        run.warm_up = vec![named.clone()];
        for (language, mark) in [
            (Language::En, " (warm-up, in no total)"),
            (Language::Zh, "（预热，不计入合计）"),
        ] {
            let rows = phases(&run, Words::of(language));
            let marked: Vec<&str> = rows
                .iter()
                .map(|row| row.name.as_str())
                .filter(|name| name.ends_with(mark))
                .collect();
            assert_eq!(marked, [format!("{named}{mark}")]);
        }
    }

    #[test]
    fn nothing_measured_is_a_dash_and_an_unanswered_percentile_is_never() {
        let words = Words::of(Language::En);
        let silent = TimeNumbers {
            count: 4,
            censored: 4,
            ..TimeNumbers::default()
        };
        assert_eq!(time(None, &silent, words), "never");
        assert_eq!(time(None, &TimeNumbers::default(), words), "–");
        assert_eq!(part("x", &Block::default(), None, words).quality, "–");
    }

    #[test]
    fn of_many_phases_the_least_served_are_kept_in_their_order_with_the_calm_one() {
        let (run, _) = fixture::singles_day();
        let kept = least_served(&run.by_phase, Some("calm"), 3);
        assert_eq!(kept.len(), 3);
        assert!(kept.contains(&0) && kept.contains(&3) && kept.is_sorted());
        assert_eq!(least_served(&run.by_phase, None, 99).len(), run.by_phase.len());
    }
}
