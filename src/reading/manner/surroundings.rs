//! What stands around a place in a text, as runs of words and characters that know on which side of it they are and how near.

use std::ops::Range;

use super::tokens::{BEGUN, END, GAP, LONG, MARKS, START, tokens};
use super::weights::{joined, key, run};

/// So much of a text is looked at on each side of the place. Unit: bytes.
const NEARBY: usize = 480;
/// So many of its words and characters make runs.
const REACH: usize = 14;
/// The most of them that make a run.
const RUN: usize = 3;
/// Of runs that begin so near to the place it counts where.
const NEAR: usize = 3;
/// Clauses that go on for so many and for more are alike.
const LONGEST: usize = 5;

/// What a run is of.
const BEFORE: u64 = 11;
const BEHIND: u64 = 12;
const PLACE: u64 = 13;
const ACROSS: u64 = 14;
/// The same of no more than its own clause.
const CLAUSE: u64 = 16;

/// What stands around a place, and in it.
pub(super) struct Surroundings(Vec<u32>);

impl Surroundings {
    /// Those of a place in a normalised text.
    pub(super) fn of(text: &str, place: &Range<usize>) -> Surroundings {
        // A text may be full of such places: each looks at no more than what is near to it.
        let start = text.ceil_char_boundary(place.start.saturating_sub(NEARBY));
        let end = text.floor_char_boundary(text.len().min(place.end.saturating_add(NEARBY)));
        let (before, behind) = (&text[start..place.start], &text[place.end..end]);
        let mut outwards: Vec<u64> = [START].into_iter().chain(tokens(before)).collect();
        outwards.reverse();
        let onwards: Vec<u64> = tokens(behind).chain([END]).collect();
        let words: Vec<u64> = tokens(&text[place.clone()]).collect();
        let clause_before: Vec<u64> = tokens(before.rsplit(MARKS).next().unwrap_or_default()).collect();
        let clause_behind: Vec<u64> = tokens(behind.split(MARKS).next().unwrap_or_default()).collect();

        let mut all = Vec::new();
        all.extend(side(&outwards, BEFORE));
        all.extend(side(&onwards, BEHIND));
        all.extend(clause(&clause_before, CLAUSE + BEFORE));
        all.extend(clause(&clause_behind, CLAUSE + BEHIND));
        all.extend(runs(&words, PLACE, 2).map(|(_, run)| run));
        all.extend(growing(joined(run(PLACE), outwards[0]), &words).take(1));
        for before in growing(run(ACROSS), &outwards).take(2) {
            all.extend(growing(joined(before, GAP), &onwards).take(2));
        }
        Surroundings(all.into_iter().map(key).collect())
    }

    pub(super) fn keys(&self) -> &[u32] {
        &self.0
    }
}

/// The runs on one side of the place, what is nearest first, and for those near to it also where they begin.
fn side(words: &[u64], side: u64) -> impl Iterator<Item = u64> {
    runs(&words[..words.len().min(REACH)], side, RUN).flat_map(|(at, run)| {
        let placed = (at < NEAR).then(|| joined(joined(run, BEGUN), at as u64));
        [run].into_iter().chain(placed)
    })
}

/// What of the clause of the place is on one side: its words, each with the next one too, and how many they are.
fn clause(words: &[u64], side: u64) -> impl Iterator<Item = u64> {
    let long = joined(joined(run(side), LONG), words.len().min(LONGEST) as u64);
    runs(words, side, 2).map(|(_, run)| run).chain([long])
}

/// All runs of one to so many words, each with the place where it begins.
fn runs(words: &[u64], of: u64, most: usize) -> impl Iterator<Item = (usize, u64)> {
    (0..words.len()).flat_map(move |at| growing(run(of), &words[at..]).take(most).map(move |run| (at, run)))
}

/// What has begun with one more word, and one more.
fn growing(begun: u64, words: &[u64]) -> impl Iterator<Item = u64> {
    words.iter().scan(begun, |whole, word| {
        *whole = joined(*whole, *word);
        Some(*whole)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_looked_at_however_long_the_text_is() {
        let keys = |count: usize| {
            let (before, claim, behind) = ("不说".repeat(count), "微信", "好的".repeat(count));
            let text = [before.as_str(), claim, &behind].concat();
            let place = before.len()..before.len() + claim.len();
            Surroundings::of(&text, &place).keys().to_vec()
        };
        assert_eq!(keys(1_000), keys(10_000));
    }
}
