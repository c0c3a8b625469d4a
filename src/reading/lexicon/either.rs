//! What a reply does, by its words or else by its manner: what has the words for it does it wherever they stand; what has none of them may do
//! it all the same, and then [`acts`](super::super::acts) knows it by what like replies have in common.

use std::ops::Range;

use super::super::acts::{Act, does};
use super::{fallback, handoff, media, slots};
use crate::conversation::Slot;

/// True when a normalised text is the reply of a bot that did not understand or cannot help.
pub(crate) fn is_fallback(text: &str) -> bool {
    fallback::in_words(text) || does(text, Act::FallsBack)
}

/// True when a normalised text hands the customer over to a person, now and not only if asked.
pub(crate) fn is_handoff(text: &str) -> bool {
    handoff::in_words(text) || does(text, Act::HandsOver)
}

/// What a normalised text asks for, in the order of [`Slot`].
pub(crate) fn asked_slots(text: &str) -> Vec<Slot> {
    let mut asked = slots::in_words(text);
    if !asked.contains(&Slot::OrderNumber) && does(text, Act::AsksOrderNumber) {
        asked.insert(0, Slot::OrderNumber);
    }
    asked
}

/// Where a normalised text asks for this slot first.
pub fn asked_at(text: &str, slot: Slot) -> Option<Range<usize>> {
    let whole = || (slot == Slot::OrderNumber && does(text, Act::AsksOrderNumber)).then_some(0..text.len());
    slots::first_in_words(text, slot).or_else(whole)
}

/// Where a bot's normalised text says that it cannot deal with a picture, voice message or video, or wants words instead. To be asked
/// only of an answer to one.
pub fn refuses_media_at(text: &str) -> Option<Range<usize>> {
    let whole = || does(text, Act::RefusesMedia).then_some(0..text.len());
    media::refused_in_words(text).or_else(whole)
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
    use super::super::tests::hold;
    use super::*;

    #[test]
    fn what_bots_say_is_known_for_what_it_does() {
        hold(include_str!("said/fallback.txt"), is_fallback);
        hold(include_str!("said/handoff.txt"), is_handoff);
        let asks = |text: &str| asked_at(text, Slot::OrderNumber).is_some();
        hold(include_str!("said/order_number.txt"), asks);
        hold(include_str!("said/media_refused.txt"), |text| {
            refuses_media_at(text).is_some()
        });
    }
}
