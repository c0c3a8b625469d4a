//! How the bot's speech looks on the wire: one file per protocol. Each reads a request into an
//! [`Inbound`](super::message::Inbound) and renders what the bot says; none decides anything.

pub(super) mod coze;
pub(super) mod dify;
pub(super) mod generic;
pub(super) mod get_updates;
pub(super) mod openai;
pub(super) mod rasa;
pub(super) mod telegram;
pub(super) mod websocket;
pub(super) mod wechat;

pub use get_updates::TelegramMailbox;
pub use wechat::WeChatAccount;

use std::time::{SystemTime, UNIX_EPOCH};

use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};

use super::message::Id;

const JSON: &str = "application/json";

/// A way to speak with the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Protocol {
    /// `POST /chat`.
    Generic,
    /// `POST /v1/chat/completions`.
    #[serde(rename = "openai")]
    OpenAi,
    /// `POST /dify/v1/chat-messages`.
    Dify,
    /// `POST /rasa/webhooks/rest/webhook`.
    Rasa,
    /// `POST /wechat`, plain or encrypted.
    #[serde(rename = "wechat")]
    WeChat,
    /// `POST /telegram`, replies by `sendMessage`.
    Telegram,
    /// `getUpdates` at Telegram, which the bot calls, replies by `sendMessage`.
    TelegramGetUpdates,
    /// `POST /coze/v3/chat`, asked for its answer.
    Coze,
    /// `GET /socket`, a WebSocket.
    #[serde(rename = "websocket")]
    WebSocket,
}

impl Protocol {
    /// True when one answer may hold several replies.
    pub(super) fn has_lists(self) -> bool {
        matches!(
            self,
            Protocol::Generic
                | Protocol::Rasa
                | Protocol::Telegram
                | Protocol::TelegramGetUpdates
                | Protocol::Coze
                | Protocol::WebSocket
        )
    }

    /// True when a picture and its words are one message.
    pub(super) fn has_captions(self) -> bool {
        self != Protocol::WeChat
    }

    /// True when the bot tells what it took the customer to want.
    pub(super) fn tells_intents(self) -> bool {
        self == Protocol::Generic
    }

    /// True when the answer comes the way the message went, where it can tell an error or break off.
    pub(super) fn answers_in_the_response(self) -> bool {
        !matches!(self, Protocol::Telegram | Protocol::TelegramGetUpdates)
    }

    /// True when the bot asks for its messages, so that nobody hears of one that it turns away or fails at.
    pub fn asks_for_messages(self) -> bool {
        self == Protocol::TelegramGetUpdates
    }
}

/// The message id in `X-Request-Id`.
fn header_id(headers: &HeaderMap) -> Option<Id> {
    let text = headers.get("x-request-id")?.to_str().ok()?;
    (!text.is_empty()).then(|| Id::from_text(text))
}

/// Seconds since 1970, as protocols stamp their answers.
fn unix_time_s() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs())
}

/// `text` in pieces of `size` characters.
fn in_chunks(text: &str, size: usize) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    characters.chunks(size).map(|chunk| chunk.iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_between_characters() {
        assert_eq!(in_chunks("满300减50", 3), ["满30", "0减5", "0"]);
        assert!(in_chunks("", 3).is_empty());
    }
}
