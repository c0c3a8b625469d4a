//! What shows that a check failed: words for people, and the place in what the bot said.

use std::ops::Range;

use crate::conversation::Turn;
use crate::scenario::PerLanguage;

/// The longest words, in characters.
const LONGEST: usize = 200;

/// So many bytes of a sentence are shown before and behind the place in it.
const AROUND: usize = 240;

/// What shows that a check failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// In words, in each language that reports are in; at most 200 characters.
    pub words: PerLanguage<String>,
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

    /// The sentence in which they stand, at most 240 bytes more on either side; nothing when the turn is another one.
    pub fn sentence<'a>(&self, turn: &'a Turn) -> Option<&'a str> {
        let text = &turn.replies.get(usize::from(self.reply))?.text;
        let (before, behind) = (text.get(..self.span.start)?, text.get(self.span.end..)?);
        let first = before.ceil_char_boundary(before.len().saturating_sub(AROUND));
        let last = behind.floor_char_boundary(AROUND);
        let start = ends(&before[first..]).last().map_or(first, |(_, end)| first + end);
        let end = ends(&behind[..last]).next().map_or(last, |(mark, _)| mark);
        Some(text[start..self.span.end + end].trim())
    }
}

impl Evidence {
    /// Words without a place, in Chinese and in English, cut to their longest length. Boxed: few checks of few turns have any.
    pub(super) fn words(zh: impl AsRef<str>, en: impl AsRef<str>) -> Box<Evidence> {
        Box::new(Evidence {
            words: PerLanguage {
                zh: cut(zh.as_ref()),
                en: cut(en.as_ref()),
            },
            quote: None,
        })
    }

    /// What was said is the evidence.
    pub(super) fn said(text: &str) -> Box<Evidence> {
        Evidence::words(text, text)
    }

    /// The same evidence with its place.
    pub(super) fn at(mut self: Box<Self>, quote: Option<Quote>) -> Box<Evidence> {
        self.quote = quote;
        self
    }

    /// What it takes in memory. Unit: bytes.
    pub(super) fn bytes(&self) -> usize {
        size_of::<Evidence>() + self.words.zh.capacity() + self.words.en.capacity()
    }
}

/// Where sentences end in a text as the bot wrote it: before the mark, and behind it. A full stop within a number or a link ends none.
fn ends(text: &str) -> impl Iterator<Item = (usize, usize)> {
    text.char_indices().filter_map(|(at, mark)| {
        let behind = at + mark.len_utf8();
        let is_end = match mark {
            '。' | '！' | '？' | '；' | '!' | '?' | ';' | '\n' => true,
            '.' => text[behind..].starts_with(char::is_whitespace),
            _ => false,
        };
        is_end.then_some((at, behind))
    })
}

fn cut(words: &str) -> String {
    if words.chars().nth(LONGEST).is_none() {
        return words.to_owned();
    }
    words.chars().take(LONGEST - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::answered;
    use super::*;

    #[test]
    fn a_quote_knows_the_sentence_it_stands_in() {
        for (text, words, sentence) in [
            ("您好！满300减60，今晚有效。谢谢", "300减60", "满300减60，今晚有效"),
            ("It is 9.9 yuan. We ship in 72 hours", "72 hours", "We ship in 72 hours"),
            ("It is 9.9 yuan. We ship", "9.9 yuan", "It is 9.9 yuan"),
            ("不支持", "不支持", "不支持"),
        ] {
            let turn = answered(0, 0, text);
            let start = text.find(words).unwrap();
            let quote = |span| Quote { reply: 0, span };
            assert_eq!(quote(start..start + words.len()).sentence(&turn), Some(sentence));
            assert_eq!(quote(start..text.len() + 1).sentence(&turn), None);
        }
    }

    #[test]
    fn a_sentence_without_an_end_is_cut_between_characters() {
        let turn = answered(0, 0, &"长".repeat(1_000));
        let quote = Quote {
            reply: 0,
            span: 1_500..1_503,
        };
        assert_eq!(quote.sentence(&turn).unwrap().chars().count(), 161);
    }

    #[test]
    fn words_are_never_longer_than_two_hundred_characters() {
        let words = Evidence::words("短", "long".repeat(500)).words;
        assert_eq!((words.zh.as_str(), words.en.chars().count()), ("短", LONGEST));
    }
}
