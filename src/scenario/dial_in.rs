//! A bot that dials in, as data: it opens WebSockets to the platform, and customers' messages come to it there.
//!
//! Where a socket is opened, and what opens it, are routes of `serve` (`is: ticket`, `is: socket`). What the bot says on it is
//! JSON, a frame at a time; selectors are JSONPaths into it.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{ErrorMark, SocketFrame, SocketPing, Span};

/// The sockets on which messages go to a bot that dials in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DialIn {
    /// The most sockets at once, 1 to 100; a further one is refused with `too_many_sockets`.
    #[serde(default = "DialIn::default_most")]
    pub most: u16,
    /// Which of several sockets a message takes.
    #[serde(default)]
    pub share: Sharing,
    /// How long a ticket can be used, each for one socket; without it, to the end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket_lasts: Option<Span>,
    /// How long a delivery that finds no open socket waits for one; without it, it has failed at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waits: Option<Span>,
    /// What is said first on each socket; also sees `sockets`, how many are open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hello: Option<SocketFrame>,
    /// The frame that carries a customer's message.
    pub message: SocketFrame,
    /// What the bot may say, by name; the first that applies to a frame takes it.
    pub frames: IndexMap<String, BotFrame>,
    /// Asks now and then whether the bot is still there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ping: Option<SocketPing>,
    /// Sockets do not last for ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh: Option<Refresh>,
}

impl DialIn {
    fn default_most() -> u16 {
        10
    }
}

/// Which of several sockets a message takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Sharing {
    /// The one after that of the message before it.
    #[default]
    InTurn,
    /// Any; a rerun draws the same.
    AtRandom,
}

/// Something that the bot may say on a socket: that it has a message, a reply, both, or neither.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct BotFrame {
    /// Applies only to frames in which each of these selectors finds this value: `{"$.type": pong}`.
    #[serde(rename = "where", skip_serializing_if = "IndexMap::is_empty")]
    pub conditions: IndexMap<String, Value>,
    /// The message that the bot has, by an id that throng gave out; applies only to frames that have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acknowledges: Option<String>,
    /// What in an acknowledgement tells that the bot failed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub error: Vec<ErrorMark>,
    /// A reply: the customer whom it is for. Without it, `message` tells, or `acknowledges`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    /// A reply: the message that it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// A reply: the visible text. A frame without it is no reply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// A reply: what `text` selects is itself JSON, and the visible text is what this selects in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text_in_json: Option<String>,
    /// What is said in return; also sees `frame`, the bot's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<SocketFrame>,
}

/// The platform closes each socket after a while; a bot opens another one in time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Refresh {
    /// How long a socket lasts until the bot is told.
    pub every: Span,
    /// How it is told.
    pub say: SocketFrame,
    /// How long the socket stays open after that. Messages take it only while there is no other.
    pub closes_after: Span,
}
