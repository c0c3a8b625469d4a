//! How those fared who wanted the same, and what the bot took it for.

use std::collections::BTreeMap;

use super::super::words::Words;
use super::super::{clean, format, parts};
use super::tables::Table;
use crate::verdict::Run;

/// So many intents are shown; of more, those that were wanted most.
const MOST: usize = 50;

/// A row by what customers wanted; absent where no goal says it.
pub(super) fn table(run: &Run, words: &Words) -> Option<Table> {
    let mut wanted: Vec<_> = run.by_intent.iter().collect();
    wanted.sort_by_key(|(_, block)| std::cmp::Reverse(block.turns));
    wanted.truncate(MOST);
    let confusion = &run.totals.quality.intents.confusion;
    let rows: Vec<Vec<String>> = wanted
        .into_iter()
        .map(|(name, block)| {
            let taken = confusion.get(name);
            vec![
                parts::short_name(name),
                format::count(block.turns),
                parts::rate(block.served),
                block.quality.mean.and_then(format::score).unwrap_or_else(parts::none),
                taken
                    .and_then(|taken| understood(name, taken))
                    .unwrap_or_else(parts::none),
                taken
                    .and_then(|taken| mistaken(name, taken))
                    .unwrap_or_else(parts::none),
            ]
        })
        .collect();
    let headers = [
        words.wanted,
        words.questions,
        words.served,
        words.quality,
        words.understood,
        words.taken_for,
    ];
    (!rows.is_empty()).then(|| Table::new("", &headers, rows))
}

/// The share of those of which it could be told that were taken for what they were.
fn understood(name: &str, taken: &BTreeMap<String, u64>) -> Option<String> {
    let all: u64 = taken.values().sum();
    let right = taken.get(name).copied().unwrap_or(0);
    (all > 0).then(|| format::percent(right as f64 / all as f64))?
}

/// What they were taken for most often when they were not understood, and how often.
fn mistaken(name: &str, taken: &BTreeMap<String, u64>) -> Option<String> {
    let others = taken.iter().filter(|(other, _)| *other != name);
    let (other, count) = others.max_by_key(|(other, count)| (**count, std::cmp::Reverse(*other)))?;
    Some(format!("{} ({})", clean::short(other, 60, "…"), format::count(*count)))
}
