//! What is said on a WebSocket, whoever opens it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Span;

/// A text frame to send: one of `json` and `body`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SocketFrame {
    /// As JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub json: Option<Value>,
    /// As any other text, a template.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
}

/// Asks now and then whether the bot is still there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SocketPing {
    /// How often.
    pub every: Span,
    /// The frame that asks; without it, WebSocket's own ping.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub say: Option<SocketFrame>,
    /// Anything must come from the bot within this time after it was asked, or the socket counts as lost.
    #[serde(default = "SocketPing::default_within")]
    pub within: Span,
}

impl SocketPing {
    fn default_within() -> Span {
        Span::seconds(10.0)
    }
}
