//! What a reply does, by its words or else by its manner: what has the words for it does it wherever they stand; what has none of them may do
//! it all the same, and then [`acts`](super::super::manner::acts) knows it by what like replies have in common. Words that say that a bot
//! cannot help stand in other replies too (`we have no gym, can't help that`): a manner that speaks against it is believed.

use std::ops::Range;

use super::super::manner::acts::Act;
use super::super::passage::Passage;
use super::{fallback, handoff, media, slots};
use crate::conversation::Slot;

impl Passage {
    /// True for the reply of a bot that did not understand or cannot help.
    pub(in crate::reading) fn is_fallback(&self) -> bool {
        let in_words = || fallback::in_words(self.text());
        self.does_by_manner(Act::FallsBack).unwrap_or_else(in_words)
    }

    /// True when it hands the customer over to a person, now and not only if asked.
    pub(in crate::reading) fn is_handoff(&self) -> bool {
        self.has_manner_of(Act::HandsOver) || handoff::in_words(self.text())
    }

    /// What it asks for, in the order of [`Slot`].
    pub(in crate::reading) fn asked_slots(&self) -> Vec<Slot> {
        let mut asked = slots::in_words(self.text());
        if !asked.contains(&Slot::OrderNumber) && self.has_manner_of(Act::AsksOrderNumber) {
            asked.insert(0, Slot::OrderNumber);
        }
        asked
    }

    /// Where it asks for this slot first.
    pub fn asked_at(&self, slot: Slot) -> Option<Range<usize>> {
        let by_manner = || slot == Slot::OrderNumber && self.has_manner_of(Act::AsksOrderNumber);
        slots::first_in_words(self.text(), slot).or_else(|| by_manner().then_some(0..self.text().len()))
    }

    /// Where it says that it cannot deal with a picture, voice message or video, or wants words instead. To be asked only of an answer to
    /// one.
    pub fn refuses_media_at(&self) -> Option<Range<usize>> {
        let by_manner = || self.has_manner_of(Act::RefusesMedia);
        media::refused_in_words(self.text()).or_else(|| by_manner().then_some(0..self.text().len()))
    }

    fn has_manner_of(&self, act: Act) -> bool {
        self.does_by_manner(act) == Some(true)
    }
}

/// Whether the words alone say it.
#[cfg(test)]
pub(in crate::reading) fn by_words(text: &str, act: Act) -> bool {
    match act {
        Act::FallsBack => fallback::in_words(text),
        Act::HandsOver => handoff::in_words(text),
        Act::AsksOrderNumber => slots::in_words(text).contains(&Slot::OrderNumber),
        Act::RefusesMedia => media::refused_in_words(text).is_some(),
        Act::TakesAStance => false,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::tests::hold;
    use super::*;

    #[test]
    fn what_bots_say_is_known_for_what_it_does() {
        let passage = |text: &str| Passage::new(text, date(2025, 11, 11));
        hold(include_str!("said/fallback.txt"), |text| passage(text).is_fallback());
        hold(include_str!("said/handoff.txt"), |text| passage(text).is_handoff());
        hold(include_str!("said/order_number.txt"), |text| {
            passage(text).asked_at(Slot::OrderNumber).is_some()
        });
        hold(include_str!("said/media_refused.txt"), |text| {
            passage(text).refuses_media_at().is_some()
        });
    }
}
