//! A reply as the runs of words and characters that stand in it.

use super::super::tokens::{END, GAP, START, tokens};
use super::super::weights::{joined, key, run};

/// The most words and characters of a text that is looked at.
const LONGEST: usize = 96;

/// The most of them that make a run.
const RUN: usize = 4;

/// Runs of one to four neighbours, and pairs with any one between them.
pub(in crate::reading::manner) struct Grams(Vec<u32>);

impl Grams {
    /// Those of a normalised text; nothing of one that is long, or that says nothing.
    pub(in crate::reading::manner) fn of(text: &str) -> Option<Grams> {
        let tokens = ends_too(text)?;
        let mut keys = Vec::with_capacity(tokens.len() * (RUN + 1));
        for (at, first) in tokens.iter().enumerate() {
            let mut gram = run(*first);
            keys.push(key(gram));
            for next in tokens[at + 1..].iter().take(RUN - 1) {
                gram = joined(gram, *next);
                keys.push(key(gram));
            }
            if let Some(last) = tokens.get(at + 2) {
                keys.push(key(joined(joined(run(*first), GAP), *last)));
            }
        }
        Some(Grams(keys))
    }

    pub(in crate::reading::manner) fn keys(&self) -> &[u32] {
        &self.0
    }
}

/// The words and characters of a text between its start and its end.
fn ends_too(text: &str) -> Option<Vec<u64>> {
    let mut all = vec![START];
    all.extend(tokens(text).take(LONGEST));
    if all.len() > LONGEST || all.len() == 1 {
        return None;
    }
    all.push(END);
    Some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_counts_and_long_texts_are_left_alone() {
        let keys = |text: &str| Grams::of(text).map(|grams| grams.keys().to_vec());
        assert_ne!(keys("can you help"), keys("you can help"));
        assert_eq!(keys("ab").map(|keys| keys.len()), Some(7));
        assert!(keys(&"人".repeat(95)).is_some());
        assert_eq!([keys(""), keys(" （） "), keys(&"人".repeat(96))], [None, None, None]);
    }
}
