//! What a bot may ask a customer for, and what a customer has told.

/// Something that a bot may ask a customer for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Slot {
    /// The order number.
    OrderNumber,
    /// The phone number.
    Phone,
    /// The address.
    Address,
    /// The name.
    Name,
}

impl Slot {
    /// Every one.
    pub const ALL: [Slot; 4] = [Slot::OrderNumber, Slot::Phone, Slot::Address, Slot::Name];

    /// The word as scenarios and reports spell it.
    pub fn word(self) -> &'static str {
        match self {
            Slot::OrderNumber => "order_number",
            Slot::Phone => "phone",
            Slot::Address => "address",
            Slot::Name => "name",
        }
    }

    /// The one that `word` names, if any.
    pub fn named(word: &str) -> Option<Slot> {
        Slot::ALL.into_iter().find(|slot| slot.word() == word)
    }
}

/// A set of slots: what a customer has told the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Slots(u8);

impl Slots {
    /// True when the slot is in the set.
    pub fn has(self, slot: Slot) -> bool {
        self.0 & (1 << slot as u8) != 0
    }

    /// Puts a slot in.
    pub fn add(&mut self, slot: Slot) {
        self.0 |= 1 << slot as u8;
    }

    /// Those of the set, in the order of [`Slot::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Slot> {
        Slot::ALL.into_iter().filter(move |slot| self.has(*slot))
    }
}

/// What a customer has told the bot, and in which turn on which channel they told each thing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Given([Option<Mention>; Slot::ALL.len()]);

/// Where a customer said something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Mention {
    /// The turn's position in the conversation, from 1.
    pub turn: u16,
    /// The channel's place.
    pub channel: u16,
}

impl Given {
    /// True when the customer has told it.
    pub fn has(&self, slot: Slot) -> bool {
        self.first(slot).is_some()
    }

    /// Where they told it first.
    pub fn first(&self, slot: Slot) -> Option<Mention> {
        self.0[slot as usize]
    }

    /// The customer tells it here; the first time stays.
    pub fn add(&mut self, slot: Slot, mention: Mention) {
        self.0[slot as usize].get_or_insert(mention);
    }

    /// All that was told.
    pub fn slots(&self) -> Slots {
        Slot::ALL.into_iter().filter(|slot| self.has(*slot)).collect()
    }
}

impl FromIterator<Slot> for Slots {
    fn from_iter<I: IntoIterator<Item = Slot>>(slots: I) -> Slots {
        let mut set = Slots::default();
        for slot in slots {
            set.add(slot);
        }
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_given_stays_where_it_was_given_first() {
        let (there, here) = (Mention { turn: 1, channel: 0 }, Mention { turn: 3, channel: 1 });
        let mut given = Given::default();
        given.add(Slot::Phone, there);
        given.add(Slot::Phone, here);
        given.add(Slot::Name, here);
        assert_eq!(
            [Slot::Phone, Slot::Name, Slot::Address].map(|slot| given.first(slot)),
            [Some(there), Some(here), None]
        );
        assert_eq!(given.slots(), [Slot::Phone, Slot::Name].into_iter().collect());
    }

    #[test]
    fn a_set_holds_what_was_put_in_and_nothing_else() {
        let slots: Slots = [Slot::Name, Slot::OrderNumber, Slot::Name].into_iter().collect();
        assert_eq!(slots.iter().collect::<Vec<_>>(), [Slot::OrderNumber, Slot::Name]);
        assert_eq!(Slots::default().iter().count(), 0);
        for slot in Slot::ALL {
            assert_eq!(Slot::named(slot.word()), Some(slot));
        }
    }
}
