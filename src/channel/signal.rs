//! What goes into an exchange and what is heard of it.

use std::time::Duration;

use indexmap::IndexMap;
use serde_json::Value;
use tokio::time::Instant;

use crate::conversation::{Hindrance, MediaKind, MessageId};
use crate::wire::Speaker;

/// A message on its way out.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// Its id; redeliveries keep it.
    pub id: MessageId,
    /// The customer as the bot sees them, run mark included: `throng-48213-17`.
    pub customer_id: String,
    /// The customer's name.
    pub customer_name: String,
    /// What they write.
    pub text: String,
    /// What they send beside words.
    pub media: Option<MediaKind>,
    /// Values captured from earlier replies.
    pub captured: IndexMap<String, Value>,
    /// What was said before, for profiles that keep the conversation at the client: (by the bot?, text), oldest first.
    pub history: Vec<(Speaker, String)>,
    /// When nobody listens any more: the turn's deadline and grace.
    pub give_up_at: Instant,
}

/// Something noticed while an exchange goes on, in the order of time.
///
/// Instants are those at which this machine received the bytes, so all that came in one read has one instant.
#[derive(Debug, Clone, PartialEq)]
pub enum Signal {
    /// The message left, where the line [tells](super::Line::tells_when_sent) that: once, and before anything else.
    Sent(Instant),
    /// The first sign of life: a status line, a role chunk, a keep-alive.
    FirstEvent(Instant),
    /// The first visible text of a stream.
    FirstText(Instant),
    /// How long the visible text of a stream did not grow, from one growth to the next; told once, when the stream is over.
    Gaps(Vec<Duration>),
    /// A complete reply.
    Reply {
        /// What the customer sees, or what stands for it.
        text: String,
        /// What it is where it has no words.
        media: Option<MediaKind>,
        /// When its first visible text came; for a reply that comes in one piece, when that was complete.
        first_text_at: Instant,
        /// When it was complete.
        complete_at: Instant,
    },
    /// A value for later messages of the conversation.
    Captured {
        /// Its name.
        name: String,
        /// The value.
        value: Value,
    },
}

/// How an exchange ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Finish {
    /// How often the platform delivered the message; 0 when it never left.
    pub deliveries: u16,
    /// How it ended.
    pub ended: Ended,
    /// The bot may still reply by a call to the platform.
    pub may_be_answered: bool,
    /// How often it was asked whether a reply is there, where the profile polls.
    pub polls: u16,
}

/// How an exchange ended. Texts are short (at most 200 characters) and printable; only what came of a truncated answer
/// is whole.
#[derive(Debug, Clone, PartialEq)]
pub enum Ended {
    /// All replies were told.
    Complete,
    /// The bot acknowledged and said nothing.
    Empty,
    /// The same, but its answer holds something else where the profile reads replies.
    Unread(String),
    /// Text began and ended without its end mark, or stalled beyond the idle limit.
    Truncated {
        /// What came; empty when half a body cannot be read.
        text: String,
        /// When its first visible text (of a body: its first byte) came.
        first_text_at: Instant,
        /// When it broke off.
        at: Instant,
    },
    /// An error told inside the protocol.
    BotError(String),
    /// 429, 503, a quota.
    Refused(String),
    /// Any other failing status or a body that breaks the protocol.
    HttpError(String),
    /// No connection, reset, closed with nothing said.
    ConnectionLost(String),
    /// Nothing came until the platform, or we, gave up.
    Silent,
    /// Not the bot's doing: the message never left this machine.
    Hindered {
        /// What kept it.
        by: Hindrance,
        /// How that was noticed.
        words: String,
    },
}

impl Finish {
    /// A message that never left.
    pub(crate) fn failure(words: String) -> Finish {
        Finish {
            deliveries: 0,
            ended: Ended::failure(words),
            may_be_answered: false,
            polls: 0,
        }
    }
}

impl Ended {
    /// The end of a message that could not be put together.
    pub(crate) fn failure(words: String) -> Ended {
        Ended::Hindered {
            by: Hindrance::Failure,
            words,
        }
    }
}
