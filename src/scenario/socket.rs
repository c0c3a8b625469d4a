//! A WebSocket to the bot, as data: how it is opened, what a message looks like on it, and whose answer a frame is. The
//! frames' replies are found by `reply`.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{SocketFrame, SocketPing, Span};

/// A WebSocket to the bot, one for each conversation: opened with its first message, closed when its customer leaves.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Socket {
    /// Where it is opened: `ws:` or `http:`, `wss:` or `https:`, without its query. This and all that opens it see the
    /// conversation's first message.
    pub url: String,
    /// Query parameters, in order.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub query: IndexMap<String, String>,
    /// Headers of the request that opens it.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub headers: IndexMap<String, String>,
    /// Subprotocols to offer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub protocols: Vec<String>,
    /// What a text frame is.
    #[serde(default)]
    pub framing: SocketFraming,
    /// What is said and awaited, in order, before the first message.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub on_connect: Vec<SocketStep>,
    /// The frame that carries a customer's message.
    pub message: SocketFrame,
    /// Where a frame says which message it answers: its `message.id`, `message.number` or `message.place`. Frames that do not
    /// say so are taken for the message that waits longest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<String>,
    /// Frames that only say that the bot has the message.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub heard: Vec<FrameMark>,
    /// Frames after which nothing more comes for the message. Without any, an answer is over when nothing was added to it for
    /// the `settle` time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub end: Vec<FrameMark>,
    /// How long further replies join an answer, unless `end` marks its end.
    #[serde(default = "Socket::default_settle")]
    pub settle: Span,
    /// What is said in return to certain frames, at any time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acknowledge: Vec<Acknowledge>,
    /// Asks now and then whether the bot is still there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ping: Option<SocketPing>,
    /// What a message does that finds the conversation's socket closed.
    #[serde(default)]
    pub reconnect: Reconnect,
}

impl Socket {
    fn default_settle() -> Span {
        Span::seconds(0.3)
    }
}

/// What a text frame is.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SocketFraming {
    /// What the profile's templates and selectors say.
    #[default]
    Text,
    /// A packet of Engine.IO (version 4) with Socket.IO (protocol 5) in it.
    SocketIo(SocketIo),
}

/// Socket.IO: a message is an event, `[name, argument, ...]`. Selectors see an event as `{"event": name, "args": [...]}` and
/// an acknowledgement of a message as `{"ack": number, "args": [...]}`, with the `message.place` of the message as its number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SocketIo {
    /// The namespace.
    #[serde(default = "SocketIo::default_namespace")]
    pub namespace: String,
    /// What is shown when connecting to the namespace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auth: Option<Value>,
    /// Ask the bot to acknowledge each message, which most servers do once its handler is done.
    #[serde(default)]
    pub ask_acknowledgement: bool,
}

impl SocketIo {
    fn default_namespace() -> String {
        "/".to_owned()
    }
}

/// One step of opening a socket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SocketStep {
    /// Sends a frame.
    Say(SocketFrame),
    /// Waits for a frame; others that come meanwhile are passed over.
    Await(Awaited),
}

/// A frame that must come before the first message is sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Awaited {
    /// A selector: it is the frame in which this selects something other than null, false and empty text.
    pub when: String,
    /// The value that it must select instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<Value>,
    /// Values to keep for the conversation's messages (`conversation.NAME` in templates).
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub capture: IndexMap<String, String>,
}

/// What marks a frame: `when` selects something, and `is` (if set) equals it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FrameMark {
    /// A selector into the frame's JSON.
    pub when: String,
    /// The value it must have; without it, anything but null, false and empty text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<Value>,
}

/// What is said in return to frames with this mark.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Acknowledge {
    /// A selector into the frame's JSON.
    pub when: String,
    /// The value it must have; without it, anything but null, false and empty text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<Value>,
    /// The frame to send; its templates also see `frame`, the JSON that came.
    pub say: SocketFrame,
}

/// What a message does that finds the conversation's socket closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reconnect {
    /// It is lost.
    #[default]
    Never,
    /// It opens another socket, once in a conversation; after that it is lost.
    Once,
    /// It opens another socket, every time.
    Always,
}
