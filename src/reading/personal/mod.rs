//! Personal data in a text: phone, card and identity numbers, e-mail and postal addresses. For whoever hides it and for whoever
//! judges it.
//!
//! ```text
//!  text --as plain--> half-width --find--> spans of personal data
//! ```
//!
//! The run's own order numbers are none: they are made up, and have a check of their own. Neither are amounts, dates, times and
//! service hotlines (400 and 800 numbers), nor numbers that are masked already (138****0000).

mod accounts;
mod keys;
mod numbers;
mod owner;
mod places;
mod plain;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::conversation::RunKey;
#[cfg(test)]
pub(super) use places::PATTERNS;
use places::Places;
use plain::Plain;

pub use keys::personal_keys;
pub use owner::Owner;

/// A kind of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PersonalKind {
    /// A Chinese mobile number: a person's.
    Mobile,
    /// Any other phone number: a person's or a company's.
    Phone,
    /// The number of a bank card.
    Card,
    /// The international number of a bank account (IBAN).
    Account,
    /// A Chinese identity number or an American social security number.
    Identity,
    /// An e-mail address.
    Email,
    /// A postal address.
    Address,
}

/// A piece of personal data in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonalDatum {
    /// What it is.
    pub kind: PersonalKind,
    /// Its place. Unit: bytes of the text as written.
    pub span: Range<usize>,
}

/// The personal data in a text, in its order; pieces do not overlap. Order numbers of the run `key` are none.
pub fn personal_data(text: &str, key: RunKey) -> Vec<PersonalDatum> {
    let plain = Plain::of(text);
    let mut spans = Spans::default();
    let text = plain.text();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let runs = numbers::runs(text, digits);
    numbers::own_orders(key, text, &runs, &mut spans);
    let places = Places::of(text);
    places.emails(&mut spans);
    if digits > 0 {
        accounts::ibans(text, &mut spans);
    }
    numbers::personal(text, &runs, &mut spans);
    if digits >= *places::PHONE_DIGITS.start() {
        places.phones(&mut spans);
    }
    // Their house numbers may be Chinese numerals.
    places.chinese_addresses(&mut spans);
    if digits > 0 {
        places.english_addresses(&mut spans);
    }
    let found = spans.taken().map(|(span, kind)| PersonalDatum {
        kind,
        span: plain.origin(span),
    });
    found.collect()
}

/// Parts of a text that do not overlap: the first to claim a part has it.
#[derive(Debug, Default)]
struct Spans {
    /// By start: the end, and what it is; nothing for what is not personal.
    by_start: BTreeMap<usize, (usize, Option<PersonalKind>)>,
}

impl Spans {
    fn take(&mut self, span: Range<usize>, kind: PersonalKind) {
        self.claim(span, Some(kind));
    }

    fn protect(&mut self, span: Range<usize>) {
        self.claim(span, None);
    }

    fn claim(&mut self, span: Range<usize>, kind: Option<PersonalKind>) {
        if !self.touches(&span) {
            self.by_start.insert(span.start, (span.end, kind));
        }
    }

    fn touches(&self, span: &Range<usize>) -> bool {
        let before = self.by_start.range(..span.end).next_back();
        before.is_some_and(|(_, (end, _))| *end > span.start)
    }

    fn taken(&self) -> impl Iterator<Item = (Range<usize>, PersonalKind)> {
        let taken = self.by_start.iter();
        taken.filter_map(|(start, (end, kind))| Some((*start..*end, (*kind)?)))
    }
}
