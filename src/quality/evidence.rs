//! What shows that a check failed: words for people, and the place in what the bot said.

use std::ops::Range;

use crate::conversation::Turn;

/// The longest words, in characters.
const LONGEST: usize = 200;

/// What shows that a check failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// In words, at most 200 characters.
    pub words: String,
    /// Where it stands; absent when the fault is that something is missing, or lies in more than one place.
    pub quote: Option<Quote>,
}

/// A place in what the bot said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// Place of the reply in the turn's replies.
    pub reply: u16,
    /// Bytes of that reply's text, as the bot wrote it; on character boundaries.
    pub span: Range<usize>,
}

impl Quote {
    /// The quoted words; nothing when the turn is another one.
    pub fn of<'a>(&self, turn: &'a Turn) -> Option<&'a str> {
        turn.replies.get(usize::from(self.reply))?.text.get(self.span.clone())
    }
}

impl Evidence {
    /// Words without a place, cut to their longest length.
    pub(super) fn words(words: impl AsRef<str>) -> Evidence {
        Evidence {
            words: cut(words.as_ref()),
            quote: None,
        }
    }

    /// The same evidence with its place.
    pub(super) fn at(self, quote: Option<Quote>) -> Evidence {
        Evidence { quote, ..self }
    }

    /// What it takes in memory beyond its own size. Unit: bytes.
    pub(super) fn bytes(&self) -> usize {
        self.words.capacity()
    }
}

fn cut(words: &str) -> String {
    if words.chars().nth(LONGEST).is_none() {
        return words.to_owned();
    }
    words.chars().take(LONGEST - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_never_longer_than_two_hundred_characters() {
        assert_eq!(Evidence::words("短").words, "短");
        assert_eq!(Evidence::words("长".repeat(500)).words.chars().count(), LONGEST);
    }
}
