//! What the scorer remembers of a conversation between its turns.

use super::{Served, TurnScore};
use crate::conversation::{RunKey, Turn};
use crate::reading::personal_keys;

/// The most pieces of their own data that are remembered of a customer.
const MOST_KEYS: usize = 16;

/// What the scorer remembers of a conversation between its turns. Small, since there is one for every open conversation; whoever
/// scores drops it when the conversation ends.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    turns: u16,
    served: u16,
    /// The customer's own phone, address and the like, as [`personal_keys`] writes them.
    own: Vec<String>,
}

impl Memory {
    /// True when every turn so far served, and there was one.
    pub fn served_throughout(&self) -> bool {
        self.turns > 0 && self.served == self.turns
    }

    /// True when the customer wrote this piece of personal data.
    pub(super) fn wrote(&self, key: &String) -> bool {
        self.own.contains(key)
    }

    /// Takes note of what the customer wrote in a turn, before its score.
    pub(super) fn hear(&mut self, turn: &Turn, key: RunKey) {
        let mut hear = |text: &str| {
            for own in personal_keys(text, key) {
                if self.own.len() < MOST_KEYS && !self.own.contains(&own) {
                    self.own.push(own);
                }
            }
        };
        turn.messages.iter().for_each(|message| hear(&message.text));
        if turn.messages.len() > 1 {
            // An address may be written in several messages.
            let whole: String = turn.messages.iter().map(|message| message.text.as_str()).collect();
            hear(&whole);
        }
    }

    /// Takes note of a turn that was scored.
    pub(super) fn note(&mut self, score: &TurnScore) {
        self.turns = self.turns.saturating_add(1);
        self.served = self.served.saturating_add(u16::from(score.served == Served::Yes));
    }
}
