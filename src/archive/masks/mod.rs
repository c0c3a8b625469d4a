//! Hides personal data in what is written: phone, card and identity numbers, e-mail and postal addresses. Pure.
//!
//! ```text
//!  text --as plain--> half-width --find--> spans of personal data --cut--> "请打 [phone]"
//! ```
//!
//! The run's own order numbers stay: they are made up, and whoever looks into a case of cross-talk must see them. So do
//! amounts, dates, times and service hotlines (400 and 800 numbers): a mask that eats them hides the very answers
//! which the transcript is kept for.

mod numbers;
mod places;
mod plain;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use crate::conversation::RunKey;
use plain::Plain;

/// What stands for what was hidden.
const PHONE: &str = "[phone]";
const CARD: &str = "[card]";
const IDENTITY: &str = "[id]";
const EMAIL: &str = "[email]";
const ADDRESS: &str = "[address]";

/// What one mask takes away may let its neighbour read as personal data, so a text is masked until nothing changes; this
/// bounds the work on hostile ones.
const MOST_PASSES: usize = 8;

/// Hides personal data, except the order numbers of one run.
#[derive(Debug, Clone, Copy)]
pub struct Masks {
    key: RunKey,
}

impl Masks {
    /// Masks that let the order numbers of this run through.
    pub fn new(key: RunKey) -> Masks {
        Masks { key }
    }

    /// The text with `[phone]`, `[card]`, `[id]`, `[email]` and `[address]` in the place of personal data. Masking a
    /// masked text changes nothing.
    pub fn mask<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let mut masked = Cow::Borrowed(text);
        for _ in 0..MOST_PASSES {
            match self.pass(&masked) {
                Some(next) => masked = Cow::Owned(next),
                None => break,
            }
        }
        masked
    }

    /// None when there is nothing to hide.
    fn pass(&self, text: &str) -> Option<String> {
        let plain = Plain::of(text);
        let mut spans = Spans::default();
        numbers::own_orders(self.key, plain.text(), &mut spans);
        places::emails(plain.text(), &mut spans);
        numbers::personal(plain.text(), &mut spans);
        places::phones(plain.text(), &mut spans);
        places::addresses(plain.text(), &mut spans);
        let mut masked = String::new();
        let mut done = 0;
        for (span, mask) in spans.to_hide() {
            let span = plain.origin(span);
            masked.push_str(&text[done..span.start]);
            masked.push_str(mask);
            done = span.end;
        }
        if done == 0 {
            return None;
        }
        masked.push_str(&text[done..]);
        Some(masked)
    }
}

/// Parts of a text that do not overlap: the first to claim a part has it.
#[derive(Debug, Default)]
struct Spans {
    /// By start: the end, and what takes its place; nothing for what must stay.
    by_start: BTreeMap<usize, (usize, Option<&'static str>)>,
}

impl Spans {
    fn hide(&mut self, span: Range<usize>, mask: &'static str) {
        self.claim(span, Some(mask));
    }

    fn protect(&mut self, span: Range<usize>) {
        self.claim(span, None);
    }

    fn claim(&mut self, span: Range<usize>, mask: Option<&'static str>) {
        if !self.touches(&span) {
            self.by_start.insert(span.start, (span.end, mask));
        }
    }

    fn touches(&self, span: &Range<usize>) -> bool {
        let before = self.by_start.range(..span.end).next_back();
        before.is_some_and(|(_, (end, _))| *end > span.start)
    }

    fn to_hide(&self) -> impl Iterator<Item = (Range<usize>, &'static str)> {
        let hidden = self.by_start.iter();
        hidden.filter_map(|(start, (end, mask))| Some((*start..*end, (*mask)?)))
    }
}

#[cfg(test)]
mod tests;
