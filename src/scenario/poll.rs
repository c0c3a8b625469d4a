//! Replies that throng asks for until they are there, and what is asked once per conversation, as data.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ErrorMark, Extract, Format, Request, Span};

/// A reply that is not in the response to the message: throng asks for it again and again, as the platform's clients do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Poll {
    /// What the response to the message itself tells.
    #[serde(default)]
    pub accepted: Receipt,
    /// Waits before the 1st, 2nd, ... time of asking; the last one holds for the rest.
    pub every: Vec<Span>,
    /// The most times of asking for one message; 1 to 1,000.
    #[serde(default = "Poll::default_most")]
    pub most: u16,
    /// How it is asked. Templates see what was captured on the way as `conversation.NAME`.
    pub ask: Request,
    /// What an answer to that tells beside the reply.
    #[serde(default)]
    pub status: Receipt,
    /// What it looks like when the reply is there. Without it, replies are told as they come, and all are there when the next
    /// time of asking brings no more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub done: Vec<ErrorMark>,
    /// A further request, for a reply that is not in the answer that says it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fetch: Option<Request>,
    /// Where the reply is, in the answer to the last request.
    pub read: Extract,
    /// Of what `read.each` selects only those in which each of these selectors finds this value, a template:
    /// `{"$.replyToId": "{{ conversation.activity }}"}`.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub only: IndexMap<String, String>,
}

impl Poll {
    /// The most times of asking that a profile may allow.
    pub const MOST: u16 = 1_000;

    fn default_most() -> u16 {
        100
    }
}

/// What is read of a response that holds no reply.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Receipt {
    /// How the body is written.
    pub format: Format,
    /// What an error looks like.
    pub error: Vec<ErrorMark>,
    /// Values to keep for what comes later in the conversation.
    pub capture: IndexMap<String, String>,
}

impl Default for Receipt {
    fn default() -> Receipt {
        Receipt {
            format: Format::Json,
            error: Vec::new(),
            capture: IndexMap::new(),
        }
    }
}

/// A request that opens a conversation, before its first message. What it tells is no reply.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The request.
    pub request: Request,
    /// What is read of the response.
    #[serde(default)]
    pub read: Receipt,
}
