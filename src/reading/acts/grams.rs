//! A text as the runs of words and characters that stand in it.

use crate::conversation::{scramble, scramble_text};

/// The most words and characters of a text that is looked at.
const LONGEST: usize = 96;

/// The most of them that make a run.
const RUN: usize = 4;

/// The key of what every text has; no run has it but by a chance of one in 2³².
pub(super) const BIAS: u32 = 0;

/// Stands in a text for what it is about.
pub(super) const SUBJECT: char = '\u{fffc}';

/// Which token stands between those of a pair with a gap; no text has it.
const GAP: u64 = 1;
const START: u64 = 2;
const END: u64 = 3;
const NUMBER: u64 = 4;

/// Runs of one to four neighbours, and pairs with any one between them. Words are of Latin letters, every other letter stands for itself,
/// all numbers are alike.
pub(super) struct Grams(Vec<u32>);

impl Grams {
    /// Those of a normalised text; nothing of one that is long, or that says nothing.
    pub(super) fn of(text: &str) -> Option<Grams> {
        let tokens = tokens(text)?;
        let mut keys = Vec::with_capacity(tokens.len() * (RUN + 1));
        for (at, first) in tokens.iter().enumerate() {
            let mut run = scramble(*first);
            keys.push(key(run));
            for next in tokens[at + 1..].iter().take(RUN - 1) {
                run = joined(run, *next);
                keys.push(key(run));
            }
            if let Some(last) = tokens.get(at + 2) {
                keys.push(key(joined(joined(scramble(*first), GAP), *last)));
            }
        }
        Some(Grams(keys))
    }

    pub(super) fn keys(&self) -> &[u32] {
        &self.0
    }

    /// What each counts for: so much that a text of many is no longer than one of few.
    pub(super) fn share(&self) -> f64 {
        1.0 / (self.0.len() as f64).sqrt()
    }
}

fn joined(run: u64, next: u64) -> u64 {
    scramble(run.wrapping_add(next))
}

fn key(run: u64) -> u32 {
    (run >> 32) as u32
}

fn tokens(text: &str) -> Option<Vec<u64>> {
    let mut tokens = vec![START];
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let length = match character {
            'a'..='z' => rest
                .find(|c: char| !c.is_ascii_lowercase() && c != '\'')
                .unwrap_or(rest.len()),
            '0'..='9' => rest
                .find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')
                .unwrap_or(rest.len()),
            other => other.len_utf8(),
        };
        let token = &rest[..length];
        match character {
            '0'..='9' => tokens.push(NUMBER),
            _ if character.is_alphabetic() || character == SUBJECT || "?.!,;:~。".contains(character) => {
                tokens.push(scramble_text(token))
            }
            _ => {}
        }
        if tokens.len() > LONGEST {
            return None;
        }
        rest = &rest[length..];
    }
    tokens.push(END);
    (tokens.len() > 2).then_some(tokens)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_alike_and_order_counts() {
        let keys = |text: &str| Grams::of(text).map(|grams| grams.keys().to_vec());
        assert_eq!(keys("满300减50"), keys("满 200 减20"));
        assert_ne!(keys("can you help"), keys("you can help"));
        assert_eq!(keys("ab").map(|keys| keys.len()), Some(7));
        assert_eq!([keys(""), keys(" （） "), keys(&"人".repeat(96))], [None, None, None]);
    }
}
