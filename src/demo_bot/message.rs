//! A message as it reaches the bot, whatever the protocol, and what its id says.

use crate::conversation::{MediaKind, RunKey, scramble};

use super::chance::key_of;
use super::protocol::Protocol;

/// Longer ids are cut in the records.
const LONGEST_ID: usize = 64;

/// A message as it reaches the bot.
#[derive(Debug, Clone)]
pub(super) struct Inbound {
    /// Its id, if it carries one.
    pub(super) id: Option<Id>,
    /// Who wrote it, as the protocol says.
    pub(super) customer: Option<String>,
    /// What they wrote.
    pub(super) text: String,
    /// What they sent beside words.
    pub(super) media: Option<MediaKind>,
    /// How it came.
    pub(super) protocol: Protocol,
}

impl Inbound {
    /// What the bot knows the customer by. Messages that name nobody are one customer's.
    pub(super) fn customer_key(&self) -> u64 {
        match (&self.customer, self.place()) {
            (Some(customer), _) => key_of(customer),
            (None, Some(place)) => scramble(place.customer),
            (None, None) => 0,
        }
    }

    /// Where it stands in the run, if its id says so.
    pub(super) fn place(&self) -> Option<Place> {
        self.id.as_ref().and_then(|id| id.place)
    }
}

/// The id of a message. Redeliveries keep it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Id {
    /// As records show it.
    pub(super) text: String,
    /// Where the message stands in the run, if the id is one of throng's.
    pub(super) place: Option<Place>,
    /// What chance is drawn from and redeliveries are recognised by.
    pub(super) key: u64,
}

/// Where a message stands in the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// The customer's number.
    pub(super) customer: u64,
    /// The turn's position in the conversation, from 1.
    pub(super) turn: u16,
    /// The message's position in the turn, from 1.
    pub(super) fragment: u16,
}

impl Id {
    /// The id in its string form, `RUN-CUSTOMER-TURN-FRAGMENT`. Any other text is an id too, but says nothing.
    pub(super) fn from_text(text: &str) -> Id {
        let text: String = text.chars().take(LONGEST_ID).collect();
        Id {
            place: place_in(&text),
            key: key_of(&text),
            text,
        }
    }

    /// The id in its number form (see [`MessageId::number`](crate::conversation::MessageId::number)), which has only 13
    /// bits of the run key: it is shown in its string form when `run` is known and has these bits, else as the number.
    pub(super) fn from_number(number: u64, run: Option<RunKey>) -> Id {
        let place = Place {
            customer: number >> 18 & 0xffff_ffff,
            turn: (number >> 8 & 0x3ff) as u16,
            fragment: (number & 0xff) as u16,
        };
        match run.filter(|run| u64::from(run.digits() & 0x1fff) == number >> 50) {
            Some(run) => Id::from_text(&format!("{run}-{}-{}-{}", place.customer, place.turn, place.fragment)),
            None => Id {
                text: number.to_string(),
                place: Some(place),
                key: scramble(number),
            },
        }
    }
}

fn place_in(text: &str) -> Option<Place> {
    let mut parts = text.split('-');
    let run = parts.next()?;
    let place = Place {
        customer: parts.next()?.parse().ok()?,
        turn: parts.next()?.parse().ok()?,
        fragment: parts.next()?.parse().ok()?,
    };
    let is_whole = parts.next().is_none() && run.len() == 5 && run.bytes().all(|byte| byte.is_ascii_digit());
    is_whole.then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::MessageId;

    fn message() -> MessageId {
        MessageId {
            run: RunKey::of_seed(3),
            customer: 4_000_000_017,
            turn: 2,
            fragment: 3,
        }
    }

    #[test]
    fn both_forms_of_an_id_name_the_same_place() {
        let place = Place {
            customer: 4_000_000_017,
            turn: 2,
            fragment: 3,
        };
        let text = Id::from_text(&message().to_string());
        assert_eq!(text.place, Some(place));
        assert_eq!(Id::from_number(message().number(), Some(RunKey::of_seed(3))), text);
        assert_eq!(Id::from_number(message().number(), None).place, Some(place));
    }

    #[test]
    fn a_number_of_an_unknown_run_is_shown_as_it_is() {
        let number = message().number();
        assert_eq!(Id::from_number(number, None).text, number.to_string());
        assert_eq!(
            Id::from_number(number, Some(RunKey::of_seed(4))).text,
            number.to_string()
        );
    }

    #[test]
    fn other_ids_say_nothing_about_the_place() {
        for text in [
            "",
            "abc",
            "1-2-3-4",
            "48213-17-2",
            "48213-17-2-1-1",
            "48213-x-2-1",
            "48213-1-70000-1",
            "💥",
        ] {
            assert_eq!(Id::from_text(text).place, None, "{text}");
        }
    }
}
