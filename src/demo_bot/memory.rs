//! What the bot remembers of its customers, and what it therefore takes a message to mean.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::conversation::{Language, MediaKind};
use crate::scenario::Knowledge;

use super::message::Inbound;
use super::mood::{asks_for_a_person, is_upset};
use super::protocol::Protocol;
use super::recent::Recent;
use super::small_talk::{is_courtesy, is_hello, is_whole, language_of, order_number_in};
use super::things::{Rows, Things};
use super::topic::Keywords;

/// Customers remembered at most. An entry takes about 150 bytes.
const CUSTOMERS: usize = 1_000_000;
/// Order numbers of others that cross-talk is taken from.
const ORDER_NUMBERS: usize = 256;
/// Characters of a message, and of all pieces of a turn, that are looked at.
const CHARACTERS: usize = 2_000;
/// Characters of a message that are echoed.
const ECHO: usize = 40;

/// What a message means to the bot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A question about the topic with this place.
    Question(usize),
    /// The same, but the order number is needed first.
    NeedsOrderNumber(usize),
    /// The same, but it is not known which thing (product) is meant.
    NeedsThing(usize),
    /// A greeting, or a nudge with nothing to be done.
    Hello,
    /// A nudge while the customer's question is being worked on.
    Nudge,
    /// Thanks and the like, which close a matter.
    Courtesy,
    /// A wish to talk to a person.
    WantsPerson,
    /// A question that the bot does not understand.
    Unknown,
    /// A picture, voice message or video without a word, nor anything that it could be about.
    Media,
    /// A piece of something that needs no answer of its own.
    Piece,
    /// Anything, to a bot that knows no topics; with the text to be echoed.
    Anything(String),
}

/// A message, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Understood {
    /// What it means.
    pub(super) meaning: Meaning,
    /// The customer's language.
    pub(super) language: Language,
    /// The customer's order number, if they ever gave it.
    pub(super) order_number: Option<u64>,
    /// An order number that another customer gave, if any has.
    pub(super) strangers_number: Option<u64>,
    /// The things that they named last.
    pub(super) rows: Rows,
    /// The moment whose facts the bot tells, from the load's beginning.
    pub(super) knows_as_of: Duration,
    /// The topic, by its place, that they asked about before another one.
    pub(super) earlier_topic: Option<usize>,
    /// They asked for a person, now or before.
    pub(super) wants_person: bool,
    /// They are upset in this turn.
    pub(super) is_upset: bool,
    /// What they sent in this turn beside words.
    pub(super) media: Option<MediaKind>,
}

/// All that the bot remembers.
#[derive(Debug)]
pub(super) struct Memory {
    keywords: Keywords,
    things: Things,
    remembered: Mutex<Remembered>,
}

#[derive(Debug)]
struct Remembered {
    customers: Recent<u64, Customer>,
    /// (customer, order number), the newest first.
    order_numbers: VecDeque<(u64, u64)>,
}

#[derive(Debug, Default)]
struct Customer {
    language: Option<Language>,
    order_number: Option<u64>,
    /// The things that they named last.
    rows: Rows,
    /// What they asked about last.
    topic: Option<usize>,
    /// The topic for which they were asked which thing they mean.
    asked_which: Option<usize>,
    /// What they asked about before that.
    earlier_topic: Option<usize>,
    wants_person: bool,
    turn: Turn,
    /// Messages of theirs being worked on.
    in_work: u16,
}

#[derive(Debug, Default)]
struct Turn {
    number: Option<u16>,
    is_upset: bool,
    media: Option<MediaKind>,
    /// What was said in it so far, as long as its topic is not known.
    said: String,
    /// The fragment that made the topic known, and the topic.
    known_by: Option<(u16, usize)>,
}

/// A message being worked on, until this is dropped.
#[derive(Debug)]
pub(super) struct InWork {
    memory: Arc<Memory>,
    customer: u64,
}

impl Memory {
    /// An empty memory of a bot with this knowledge.
    pub(super) fn new(knowledge: &Knowledge) -> Memory {
        Memory {
            keywords: Keywords::of(knowledge),
            things: Things::of(knowledge),
            remembered: Mutex::new(Remembered {
                customers: Recent::new(CUSTOMERS),
                order_numbers: VecDeque::new(),
            }),
        }
    }

    /// Takes a message in. `needs_order_number` tells of each topic whether it does.
    pub(super) fn hear(&self, message: &Inbound, needs_order_number: impl Fn(usize) -> bool) -> Understood {
        let text: String = message.text.chars().take(CHARACTERS).collect();
        let key = message.customer_key();
        let given = order_number_in(&text);
        let mut remembered = self.lock();
        if let Some(number) = given {
            remembered.note_order_number(key, number);
        }
        let strangers_number = remembered.strangers_number(key);
        let customer = remembered.customers.entry(key);
        customer.order_number = given.or(customer.order_number);
        customer.language = language_of(&text).or(customer.language);
        let language = customer.language.unwrap_or(Language::Zh);
        let (named, rest) = self.things.named_in(&text);
        let names_thing = !named.is_empty();
        customer.rows.extend(named);
        let topic = self.topic_of(message, &rest, language, customer);
        customer.turn.is_upset |= is_upset(&text, language);
        customer.turn.media = message.media.or(customer.turn.media);
        let wants_person = !self.keywords.is_empty() && asks_for_a_person(&text, language);
        customer.wants_person |= wants_person;
        // Whoever was asked which thing they mean only names it.
        let topic = topic.or(customer.asked_which.filter(|_| names_thing));
        let meaning = match topic {
            _ if wants_person => Meaning::WantsPerson,
            Some(topic) => self.asks(customer, topic, needs_order_number),
            None if message.media.is_some() && text.trim().is_empty() => {
                self.shows(customer, message.protocol, needs_order_number)
            }
            None => self.without_topic(&text, given.is_some(), language, customer, needs_order_number),
        };
        customer.asked_which = match meaning {
            Meaning::NeedsThing(topic) => Some(topic),
            Meaning::Question(_) => None,
            _ => customer.asked_which,
        };
        Understood {
            meaning,
            language,
            order_number: customer.order_number,
            strangers_number,
            rows: customer.rows.clone(),
            knows_as_of: Duration::ZERO,
            earlier_topic: customer.earlier_topic,
            wants_person: customer.wants_person,
            is_upset: customer.turn.is_upset,
            media: customer.turn.media,
        }
    }

    /// Notes that a message of this customer is being worked on.
    pub(super) fn in_work(self: &Arc<Self>, customer: u64) -> InWork {
        let mut remembered = self.lock();
        let entry = remembered.customers.entry(customer);
        entry.in_work = entry.in_work.saturating_add(1);
        InWork {
            memory: Arc::clone(self),
            customer,
        }
    }

    /// The topic of the message, or of the pieces of its turn so far, as long as no earlier one had it.
    fn topic_of(&self, message: &Inbound, text: &str, language: Language, customer: &mut Customer) -> Option<usize> {
        let place = message.place();
        let Customer { turn, rows, .. } = customer;
        let nearness = |topic: usize| self.things.nearness(topic, rows);
        if place.is_none() || turn.number != place.map(|place| place.turn) {
            *turn = Turn {
                number: place.map(|place| place.turn),
                ..Turn::default()
            };
        }
        let fragment = place.map_or(1, |place| place.fragment);
        let found = self
            .keywords
            .topic_of(text, language, nearness)
            .or_else(|| match turn.known_by {
                Some((by, topic)) => (by == fragment).then_some(topic),
                None => {
                    turn.add(text, language);
                    self.keywords.topic_of(&turn.said, language, nearness)
                }
            });
        if let Some(topic) = found {
            turn.known_by = Some((fragment, topic));
            turn.said = String::new();
        }
        found
    }

    fn without_topic(
        &self,
        text: &str,
        gives_order_number: bool,
        language: Language,
        customer: &Customer,
        needs_order_number: impl Fn(usize) -> bool,
    ) -> Meaning {
        let is_known = customer.turn.known_by.is_some();
        match customer.topic {
            Some(topic) if gives_order_number && needs_order_number(topic) => Meaning::Question(topic),
            _ if gives_order_number && is_known => Meaning::Piece,
            _ if gives_order_number && !self.keywords.is_empty() => Meaning::Hello,
            _ if is_hello(text, language) && customer.in_work > 0 => Meaning::Nudge,
            _ if is_hello(text, language) => Meaning::Hello,
            _ if is_courtesy(text, language) && !is_known => Meaning::Courtesy,
            _ if self.keywords.is_empty() => Meaning::Anything(text.chars().take(ECHO).collect()),
            _ if !is_known && is_whole(text, language) => Meaning::Unknown,
            _ => Meaning::Piece,
        }
    }

    /// What a picture without a word is about: what was asked before. Where no words can come with it, some may follow.
    fn shows(
        &self,
        customer: &mut Customer,
        protocol: Protocol,
        needs_order_number: impl Fn(usize) -> bool,
    ) -> Meaning {
        match customer.topic.filter(|_| customer.turn.known_by.is_none()) {
            Some(topic) => self.asks(customer, topic, needs_order_number),
            None if protocol.has_captions() && customer.turn.known_by.is_none() => Meaning::Media,
            None => Meaning::Piece,
        }
    }

    fn asks(&self, customer: &mut Customer, topic: usize, needs_order_number: impl Fn(usize) -> bool) -> Meaning {
        let before = customer.topic.replace(topic);
        if before != Some(topic) {
            customer.earlier_topic = before;
        }
        if needs_order_number(topic) && customer.order_number.is_none() {
            Meaning::NeedsOrderNumber(topic)
        } else if !self.things.are_known(topic, &customer.rows) {
            Meaning::NeedsThing(topic)
        } else {
            Meaning::Question(topic)
        }
    }

    fn lock(&self) -> MutexGuard<'_, Remembered> {
        self.remembered.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Remembered {
    fn note_order_number(&mut self, customer: u64, number: u64) {
        if self.order_numbers.contains(&(customer, number)) {
            return;
        }
        self.order_numbers.truncate(ORDER_NUMBERS - 1);
        self.order_numbers.push_front((customer, number));
    }

    /// The newest that someone else gave.
    fn strangers_number(&mut self, customer: u64) -> Option<u64> {
        let own = self
            .customers
            .get_mut(customer)
            .and_then(|customer| customer.order_number);
        self.order_numbers
            .iter()
            .find(|(other, number)| *other != customer && Some(*number) != own)
            .map(|(_, number)| *number)
    }
}

impl Turn {
    fn add(&mut self, text: &str, language: Language) {
        if language == Language::En && !self.said.is_empty() {
            self.said.push(' ');
        }
        let room = CHARACTERS.saturating_sub(self.said.chars().count());
        self.said.extend(text.chars().take(room));
    }
}

impl Drop for InWork {
    fn drop(&mut self) {
        let mut remembered = self.memory.lock();
        if let Some(customer) = remembered.customers.get_mut(self.customer) {
            customer.in_work = customer.in_work.saturating_sub(1);
        }
    }
}

#[cfg(test)]
#[path = "tests/memory.rs"]
mod tests;
