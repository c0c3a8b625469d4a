//! Whether a claim is only denied, warned of or laid at others' doors, told by what stands around it.

use std::ops::Range;
use std::sync::LazyLock;

use super::tokens::{BEGUN, END, GAP, LONG, MARKS, START, tokens};
use super::weights::{Weights, joined, key, run};

/// From where on a claim is taken to be denied. High enough that of the promises of an author that nothing was learnt of few are taken
/// (docs/QUALITY.md).
const LEAST: f64 = 0.3;

/// So much of a text is looked at on each side of a claim. Unit: bytes.
const NEARBY: usize = 480;
/// So many of its words and characters make runs.
const REACH: usize = 14;
/// The most of them that make a run.
const RUN: usize = 3;
/// Of runs that begin so near to the claim it counts where.
const NEAR: usize = 3;
/// Clauses that go on for so many and for more are alike.
const LONGEST: usize = 5;

/// What a run is of.
const BEFORE: u64 = 11;
const BEHIND: u64 = 12;
const CLAIM: u64 = 13;
const ACROSS: u64 = 14;
/// The same of no more than the claim's own clause.
const CLAUSE: u64 = 16;

static WEIGHTS: LazyLock<Weights<1>> = LazyLock::new(|| Weights::read(include_bytes!("denials.bin").as_slice()));

/// True when the claim at a place of a normalised text is no claim of who says it.
pub(in crate::reading) fn is_denied(text: &str, claim: &Range<usize>) -> bool {
    Surroundings::of(text, claim).is_denied_by(&WEIGHTS)
}

/// What stands around a claim, and in it.
pub(super) struct Surroundings(Vec<u32>);

impl Surroundings {
    /// Those of a claim in a normalised text.
    pub(super) fn of(text: &str, claim: &Range<usize>) -> Surroundings {
        // A text may be all claims: each looks at no more than what is near to it.
        let start = text.ceil_char_boundary(claim.start.saturating_sub(NEARBY));
        let end = text.floor_char_boundary(text.len().min(claim.end.saturating_add(NEARBY)));
        let (before, behind) = (&text[start..claim.start], &text[claim.end..end]);
        let mut outwards: Vec<u64> = [START].into_iter().chain(tokens(before)).collect();
        outwards.reverse();
        let onwards: Vec<u64> = tokens(behind).chain([END]).collect();
        let words: Vec<u64> = tokens(&text[claim.clone()]).collect();
        let clause_before: Vec<u64> = tokens(before.rsplit(MARKS).next().unwrap_or_default()).collect();
        let clause_behind: Vec<u64> = tokens(behind.split(MARKS).next().unwrap_or_default()).collect();

        let mut all = Vec::new();
        all.extend(side(&outwards, BEFORE));
        all.extend(side(&onwards, BEHIND));
        all.extend(clause(&clause_before, CLAUSE + BEFORE));
        all.extend(clause(&clause_behind, CLAUSE + BEHIND));
        all.extend(runs(&words, CLAIM, 2).map(|(_, run)| run));
        all.extend(growing(joined(run(CLAIM), outwards[0]), &words).take(1));
        for before in growing(run(ACROSS), &outwards).take(2) {
            all.extend(growing(joined(before, GAP), &onwards).take(2));
        }
        Surroundings(all.into_iter().map(key).collect())
    }

    pub(super) fn keys(&self) -> &[u32] {
        &self.0
    }

    pub(super) fn is_denied_by(&self, weights: &Weights<1>) -> bool {
        weights.scores(self.keys()) > [LEAST]
    }
}

/// The runs on one side of a claim, what is nearest first, and for those near to it also where they begin.
fn side(words: &[u64], side: u64) -> impl Iterator<Item = u64> {
    runs(&words[..words.len().min(REACH)], side, RUN).flat_map(|(at, run)| {
        let placed = (at < NEAR).then(|| joined(joined(run, BEGUN), at as u64));
        [run].into_iter().chain(placed)
    })
}

/// What of the claim's clause is on one side: its words, each with the next one too, and how many they are.
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
    use crate::reading::normalise;

    #[test]
    fn denials_are_known_in_words_that_no_table_has() {
        for (said, is_expected) in [
            ("跟您讲实话，「最低价」我可真不好意思往外说", true),
            ("群里喊「转账」的那位不在我们这儿上班，您留个心眼", true),
            ("Sadly the days of the 「lowest price」 badge are behind us.", true),
            ("Whoever asked you to 「pay in cash」 does not work here.", true),
            ("早餐没有，房型也不能挑，但「最低价」您放心", false),
            ("别的不敢说，「最低价」就在我们家", false),
            ("We don't do refunds, though the 「lowest price」 is ours.", false),
            ("「WhatsApp」 me tonight and it will be sorted.", false),
        ] {
            let claim = said.split(['「', '」']).nth(1).map(normalise).unwrap();
            let text = normalise(&said.replace(['「', '」'], ""));
            let start = text.find(&claim).unwrap();
            assert_eq!(is_denied(&text, &(start..start + claim.len())), is_expected, "{said}");
        }
    }

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

    #[test]
    fn a_claim_may_be_all_of_a_text_or_none_of_it() {
        for text in ["", "wechat", "微信"] {
            assert!(!is_denied(text, &(0..text.len())), "{text}");
        }
    }
}
