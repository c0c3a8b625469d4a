//! What the scorer remembers of a conversation between its turns.

use super::{Served, TurnScore};

/// What the scorer remembers of a conversation between its turns. Small, since there is one for every open conversation; whoever
/// scores drops it when the conversation ends.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    turns: u16,
    served: u16,
}

impl Memory {
    /// True when every turn so far served, and there was one.
    pub fn served_throughout(&self) -> bool {
        self.turns > 0 && self.served == self.turns
    }

    /// Takes note of a turn that was scored.
    pub(super) fn note(&mut self, score: &TurnScore) {
        self.turns = self.turns.saturating_add(1);
        self.served = self.served.saturating_add(u16::from(score.served == Served::Yes));
    }
}
