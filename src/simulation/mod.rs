//! Who comes when, and what they say. Pure and seeded: no clock, no network, no shared stream of chance.
//!
//! All random choices derive from (run seed, customer number, turn, purpose), so that the same customers say the same
//! things at the same times on any machine and with any number of shards, given the same replies.
//!
//! ```text
//!  traffic --intensity--> arrivals --> Customer --Say--> typing: bursts, slips, times
//!                                       |    ^            wording: templates over the person's own facts
//!                               patience     +-- reaction: branches, then what people do by themselves
//! ```

use std::time::Duration;

use crate::conversation::{Ending, MediaKind, MessageKind};

mod arrivals;
mod branches;
mod cast;
mod chinese;
mod customer;
mod intensity;
mod newcomers;
mod paper;
mod patience;
mod person;
mod phrases;
mod seed;
mod speaker;
#[cfg(test)]
mod stage;
mod typing;
mod wording;

pub use arrivals::{arrivals, expected, rate_at};
pub use cast::{Cast, CastError};
pub use customer::{Customer, Misread, Role, Told, read_told};
pub use newcomers::Newcomers;
pub use paper::{OnPaper, on_paper};

/// One planned conversation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Arrival {
    /// The customer's number, from 0 in order of arrival.
    pub customer: u64,
    /// When the conversation starts, from the run's start.
    pub due_at: Duration,
    /// Place in [`Scenario::mix`](crate::scenario::Scenario::mix).
    pub mix: u16,
    /// Place of the phase in which they arrive.
    pub phase: u16,
}

/// What a customer notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard<'a> {
    /// Their conversation begins.
    Arrived,
    /// A complete substantive answer.
    Answer(&'a str),
    /// Something that only buys time.
    Holding,
    /// The same, with the promise that the answer comes with the next message, whatever it says.
    Prompt(&'a str),
    /// The moment that they waited for has come.
    Time,
}

/// One message that a customer is going to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Utterance {
    /// What they write.
    pub text: String,
    /// What they send beside words.
    pub media: Option<MediaKind>,
    /// When it is due, from the run's start. Never before the moment at which the customer decided it.
    pub due_at: Duration,
}

/// A customer on their way from one channel to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelSwitch {
    /// Why they leave the old channel; the conversation's ending if they should never write on the new one.
    pub ending: Ending,
    /// The last word on the old channel, due now.
    pub farewell: Option<String>,
    /// Place of the new channel.
    pub to: u16,
    /// The bot sees the same customer id there.
    pub keeps_id: bool,
    /// What opens a turn there; at least one, in order of `due_at`.
    pub messages: Vec<Utterance>,
    /// The agenda step that the turn serves.
    pub step: u16,
}

/// What a customer does next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Move {
    /// Says one or more messages, in order of `due_at`. With `MessageKind::Utterance` this opens a turn; with `Nudge` it
    /// belongs to the open one.
    Say {
        /// At least one.
        messages: Vec<Utterance>,
        /// Opens a turn or not.
        kind: MessageKind,
        /// The agenda step that the turn serves.
        step: u16,
    },
    /// Leaves this channel and goes on with the same need on another: what `Say` is, there.
    Switch(Box<ChannelSwitch>),
    /// Waits for an answer until this moment, from the run's start; then wants to hear [`Heard::Time`].
    WaitUntil(Duration),
    /// Leaves, perhaps with a last word.
    Leave {
        /// Why.
        ending: Ending,
        /// The last word, due now.
        farewell: Option<String>,
    },
}
