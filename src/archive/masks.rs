//! Hides personal data in what is written. Pure.
//!
//! The run's own order numbers stay: they are made up, and whoever looks into a case of cross-talk must see them. So do
//! amounts, dates, times and service hotlines: a mask that eats them hides the very answers which the transcript is kept for.

use std::borrow::Cow;
use std::cell::RefCell;

use crate::conversation::RunKey;
use crate::reading::{PersonalKind, Recent, personal_data};

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

    /// The text with `[phone]`, `[card]`, `[account]`, `[id]`, `[email]` and `[address]` in the place of personal data. Masking a
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
        let mut masked = String::new();
        let mut done = 0;
        for datum in personal_data(text, self.key) {
            masked.push_str(&text[done..datum.span.start]);
            masked.push_str(mask_of(datum.kind));
            done = datum.span.end;
        }
        if done == 0 {
            return None;
        }
        masked.push_str(&text[done..]);
        Some(masked)
    }
}

/// Masks for what is written again and again: what a bot says, and what is found of it. What they made of the last texts they remember.
pub(super) struct RepeatedMasks {
    masks: Masks,
    /// Nothing where there is nothing to hide.
    recent: RefCell<Recent<Option<String>>>,
}

impl RepeatedMasks {
    pub(super) fn new(masks: Masks) -> RepeatedMasks {
        RepeatedMasks {
            masks,
            recent: RefCell::default(),
        }
    }

    /// As [`Masks::mask`].
    pub(super) fn mask<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let mut recent = self.recent.borrow_mut();
        let changed = recent.of(text, || match self.masks.mask(text) {
            Cow::Borrowed(_) => None,
            Cow::Owned(changed) => Some(changed),
        });
        changed.clone().map_or(Cow::Borrowed(text), Cow::Owned)
    }
}

/// What stands for what was hidden.
fn mask_of(kind: PersonalKind) -> &'static str {
    match kind {
        PersonalKind::Mobile | PersonalKind::Phone => "[phone]",
        PersonalKind::Card => "[card]",
        PersonalKind::Account => "[account]",
        PersonalKind::Identity => "[id]",
        PersonalKind::Email => "[email]",
        PersonalKind::Address => "[address]",
    }
}

#[cfg(test)]
mod tests;
