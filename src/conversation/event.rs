//! What the engine tells while a run goes on.

use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Ending, Labels, Turn};

/// Why a planned conversation was never started.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NotSent {
    /// The user, a spent budget, an aborting threshold or the transport guard stopped the run first.
    Stopped,
    /// The generator fell so far behind that starting would have been a different experiment.
    TooLate,
    /// Messages on the same channel had just found no descriptor, port or memory on this machine.
    NoResources,
}

impl NotSent {
    /// Every reason.
    pub const ALL: [NotSent; 3] = [NotSent::Stopped, NotSent::TooLate, NotSent::NoResources];

    /// The word as reports spell it.
    pub fn word(self) -> &'static str {
        match self {
            NotSent::Stopped => "stopped",
            NotSent::TooLate => "too_late",
            NotSent::NoResources => "no_resources",
        }
    }
}

/// One thing that happened. The engine emits them in the order in which they happened on its shard.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A conversation began.
    Started {
        /// The customer's number.
        customer: u64,
        /// `phase` is that of the arrival.
        labels: Labels,
        /// When.
        at: Duration,
    },
    /// A planned conversation will never begin.
    NotSent {
        /// `phase` is that of the arrival.
        labels: Labels,
        /// Why.
        reason: NotSent,
    },
    /// A turn's last message was handed to the channel: the turn is open from here on.
    TurnSent {
        /// What the turn is counted under.
        labels: Labels,
        /// When it was due.
        due_at: Duration,
        /// When it was handed over.
        sent_at: Duration,
    },
    /// A turn got its outcome. Each `TurnSent` is followed by exactly one of these.
    TurnClosed(Box<Turn>),
    /// Text came that no open turn asked for.
    Unsolicited {
        /// Those of the conversation.
        labels: Labels,
        /// When.
        at: Duration,
    },
    /// A customer who got nowhere on one channel has gone on on another: what they said first there was handed over.
    Switched {
        /// Those of the conversation, but `channel` is the one that they left.
        labels: Labels,
        /// Place of the channel on which they go on.
        to: u16,
        /// When.
        at: Duration,
    },
    /// A conversation is over and all its turns are closed.
    Ended {
        /// The customer's number.
        customer: u64,
        /// `phase` is that of the arrival.
        labels: Labels,
        /// Why it ended.
        ending: Ending,
        /// When the conversation began.
        started_at: Duration,
        /// When the customer was gone and the last turn closed.
        at: Duration,
        /// How many turns were sent.
        turns: u16,
    },
}
