//! How a channel speaks on the wire, as data: a request to send, where the reply is found, retries and limits.
//!
//! Strings with `{{ ... }}` are Jinja. One that is a single `{{ ... }}` is an expression and keeps its type; where it
//! gives `none`, the header, query parameter or JSON key is left out. They see `target` (the URL without a trailing
//! slash), `settings`, `customer` (`id`, `name`, `number`), `message` (`id`, `number`, `text`), `conversation` (captured
//! values) and the profile's `vars`; pure functions are listed in `docs/CHANNELS.md`.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{BuiltInBot, Carries, DialIn, Form, Mailbox, Opening, PerLanguage, Phone, Poll, Serve, Socket, Span};
use crate::conversation::MediaKind;

/// How a channel speaks on the wire.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The name that scenarios use.
    pub profile: String,
    /// One line for people.
    #[serde(default)]
    pub description: String,
    /// How far it is proven.
    pub proven: Proven,
    /// What a target URL means here, for people: "the base URL with /v1, as in OPENAI_BASE_URL".
    pub target: String,
    /// How the built-in bot speaks this profile: the path that it serves (`/chat`), or what it does of its own accord
    /// (`telegram-get-updates`); without it, `demo` is no target for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub built_in_bot: Option<BuiltInBot>,
    /// What must be done at the bot's side before a rehearsal, for people.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub at_the_bot: Vec<String>,
    /// What a scenario may or must set.
    #[serde(default)]
    pub settings: IndexMap<String, Setting>,
    /// Values made once per message, in order; redeliveries reuse them unless `retry.refresh` names them.
    #[serde(default)]
    pub vars: IndexMap<String, String>,
    /// Where the memory of a conversation lives.
    #[serde(default)]
    pub conversation: ConversationState,
    /// An exchange to be held once before the load.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handshake: Option<Handshake>,
    /// A request that opens each conversation, before its first message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opening: Option<Opening>,
    /// How a customer's message is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub send: Option<Request>,
    /// Where it waits for a bot that asks for its messages; `send`, if there is one, then only tells that something waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mailbox: Option<Mailbox>,
    /// The sockets on which it is sent instead, to a bot that dials in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dial_in: Option<DialIn>,
    /// The WebSocket on which it is sent instead, one for each conversation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub socket: Option<Socket>,
    /// What makes a call of it instead, on a telephone line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    /// When and how the platform delivers a message again.
    #[serde(default)]
    pub retry: Retry,
    /// The protocol's own limits. They may never loosen a scenario's deadline.
    #[serde(default)]
    pub limits: Limits,
    /// Where the reply is found.
    pub reply: ReplyRule,
    /// The platform's API, for bots that reply by calling it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serve: Option<Serve>,
    /// What the channel takes and shows of a reply.
    #[serde(default, skip_serializing_if = "Form::is_unknown")]
    pub form: Form,
    /// What customers can send on it beside words.
    #[serde(default, skip_serializing_if = "Carries::is_nothing")]
    pub media: Carries,
    /// Holding replies that are typical of this channel, as regular expressions, beside those that throng knows.
    #[serde(default)]
    pub holding: PerLanguage<Vec<String>>,
}

/// How far a profile is proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Proven {
    /// Accepted by software that others wrote.
    Proven,
    /// Written from the vendor's documentation.
    Documented,
    /// A start.
    Sketch,
}

/// Something that a scenario may or must set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// One line for people.
    #[serde(default)]
    pub description: String,
    /// True when there is no usable default.
    #[serde(default)]
    pub required: bool,
    /// True for what must never be shown or written.
    #[serde(default)]
    pub secret: bool,
    /// Used when the scenario sets nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
}

/// Where the memory of a conversation lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConversationState {
    /// The bot keeps it under the customer's id, or under values captured from its replies.
    #[default]
    Server,
    /// The client sends what was said before with every message (`history()` in templates): the last 20 messages and
    /// replies.
    Client,
}

/// An exchange before the load.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Handshake {
    /// What is sent.
    pub request: Request,
    /// What must come back.
    pub expect: Expect,
}

/// What must come back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Expect {
    /// This status.
    #[serde(default = "Expect::default_status")]
    pub status: u16,
    /// This body, a template; JSON may be written in any way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

impl Expect {
    fn default_status() -> u16 {
        200
    }
}

/// A templated HTTP request. At most one of `json`, `form`, `body` is set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// GET, POST or PUT.
    pub method: String,
    /// The whole URL without the query.
    pub url: String,
    /// Query parameters, in order.
    #[serde(default)]
    pub query: IndexMap<String, String>,
    /// Headers. `Content-Type` follows from the body unless it is set.
    #[serde(default)]
    pub headers: IndexMap<String, String>,
    /// A JSON body, serialised once, with non-ASCII text as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub json: Option<Value>,
    /// A form body (`application/x-www-form-urlencoded`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<IndexMap<String, String>>,
    /// Any other body, a template.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// A signature over the exact bytes sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign: Option<Sign>,
}

/// A signature header; its template also sees `raw_body`, the exact bytes sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sign {
    /// The header's name; a template may depend on `settings` only.
    pub header: String,
    /// Its value.
    pub value: String,
}

/// When and how the platform delivers a message again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Retry {
    /// What makes it deliver again.
    pub on: Vec<RetryOn>,
    /// Deliveries in all, the first included; 1 to 20.
    pub attempts: u16,
    /// Waits before the 2nd, 3rd, ... delivery; the last one holds for the rest; none: at once.
    pub delay: Vec<Span>,
    /// Vars that are made anew for each delivery.
    pub refresh: Vec<String>,
}

impl Default for Retry {
    fn default() -> Self {
        Retry {
            on: Vec::new(),
            attempts: 1,
            delay: Vec::new(),
            refresh: Vec::new(),
        }
    }
}

/// What makes a platform deliver again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RetryOn {
    /// Nothing within `limits.acknowledge`.
    Timeout,
    /// No connection, or one that broke.
    Connection,
    /// A status other than 2xx.
    Status,
}

/// A protocol's own limits.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// The platform gives up on this delivery when the response is not complete by then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acknowledge: Option<Span>,
    /// The first byte of the response must come by then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_byte: Option<Span>,
    /// The longest silence within a stream.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idle: Option<Span>,
}

/// Where the reply is found. Framing is declared, never sniffed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReplyRule {
    /// In the response's body; on a socket, in each frame.
    Response(Extract),
    /// In the response's body, piece by piece; on a socket, each frame is a piece.
    Stream(StreamRule),
    /// In the answers to requests that are repeated until it is there.
    Poll(Box<Poll>),
    /// Nowhere in the response, whatever its body: a 2xx only acknowledges, and replies come as calls to what `serve` says, or
    /// in frames that `dial_in` knows.
    Call,
    /// Nothing is said: the answer is that somebody picks up (`phone`).
    PickUp,
}

/// Selectors into a body. JSON: JSONPath (RFC 9535), `$.choices[0].text`. XML: `/xml/Content`, an attribute as `/a/b/@href`,
/// several with ` | ` between them. Form and multipart: the field's name. Text: the body is the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Extract {
    /// How the body is written.
    pub format: Format,
    /// A template that makes of the body (`body`, a text) the one that is read: `{{ wechat_decrypt(body, ...) }}`. It also sees
    /// `target` and `settings`. Bodies that only acknowledge are not decoded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decode: Option<String>,
    /// Each thing that it selects is a reply of its own; `when` and `text` then start from it (`$` is the item, an XML path
    /// begins with its name), `error` and `capture` still from the whole body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub each: Option<String>,
    /// Only a body (or item) in which this selects something other than null, false or empty text is a reply.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// The visible text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Where a reply has something beside words, by kind: `{image: "$.image"}`. One that selects something other than null, false or
    /// empty text makes a reply without words one that shows this.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub shows: IndexMap<MediaKind, String>,
    /// What an error looks like.
    #[serde(default)]
    pub error: Vec<ErrorMark>,
    /// Values to keep for later messages of the conversation (`conversation.NAME` in templates).
    #[serde(default)]
    pub capture: IndexMap<String, String>,
    /// Bodies that only acknowledge, compared after trimming: `success`.
    #[serde(default)]
    pub acknowledges: Vec<String>,
}

/// How a body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// JSON.
    Json,
    /// XML.
    Xml,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`.
    Multipart,
    /// The body is the text.
    Text,
}

/// What an error looks like: `when` selects something, and `is` (if set) equals it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ErrorMark {
    /// A selector.
    pub when: String,
    /// The value it must have; without it, anything but null, false, 0 and empty text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is: Option<Value>,
    /// Where the error's words are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// How to read a reply that comes in pieces of JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StreamRule {
    /// How the pieces are framed.
    pub framing: Framing,
    /// Selects the piece's kind inside its JSON, for `pick.kind` and `end_kinds`; without it, the SSE event's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Raw data that marks the end: `[DONE]`.
    #[serde(default)]
    pub end_data: Vec<String>,
    /// Kinds of piece that mark the end: `message_end`.
    #[serde(default)]
    pub end_kinds: Vec<String>,
    /// Where visible text is; the first that applies is taken.
    pub pick: Vec<Pick>,
    /// What an error looks like.
    #[serde(default)]
    pub error: Vec<ErrorMark>,
    /// Values to keep for later messages of the conversation.
    #[serde(default)]
    pub capture: IndexMap<String, String>,
}

/// How pieces are framed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Framing {
    /// Server-sent events.
    Sse,
    /// One JSON text a line.
    Ndjson,
    /// One JSON text a frame, on a socket.
    Frames,
}

/// Where visible text is in a piece.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pick {
    /// Only pieces of this kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Only pieces in which each of these selectors finds this value: `{"$.type": answer}`.
    #[serde(default, rename = "where", skip_serializing_if = "IndexMap::is_empty")]
    pub conditions: IndexMap<String, Value>,
    /// The selector.
    pub text: String,
    /// What is done with it.
    #[serde(default)]
    pub mode: PickMode,
}

/// What is done with a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PickMode {
    /// Put behind what came before.
    #[default]
    Append,
    /// The same, but a piece equal to all that came before is dropped (some agents repeat the whole answer at the end).
    AppendUnlessWhole,
    /// It replaces what came before (moderation).
    Replace,
}
