//! A Telegram bot on a webhook: updates in, an empty 200 out, and replies by `sendMessage`.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Protocol;
use crate::conversation::MediaKind;
use crate::demo_bot::bot::Bot;
use crate::demo_bot::exchange::{Outcall, Speech, answer_by_calls, reject};
use crate::demo_bot::message::{Id, Inbound};

/// Customers of a run below this; what is above is the run's mark.
const CUSTOMERS: u64 = 1_000_000_000;

#[derive(Debug, Deserialize)]
struct Update {
    message: Message,
}

/// A customer's message, as Telegram hands it on.
#[derive(Debug, Deserialize)]
pub(super) struct Message {
    message_id: u64,
    chat: Chat,
    text: Option<String>,
    caption: Option<String>,
    photo: Option<Vec<Value>>,
    voice: Option<Value>,
    video: Option<Value>,
}

#[derive(Debug, Deserialize)]
struct Chat {
    id: u64,
}

impl Message {
    /// The message as the bot works on it.
    pub(super) fn inbound(self, protocol: Protocol) -> Inbound {
        Inbound {
            id: Some(id(self.chat.id, self.message_id)),
            customer: Some(self.chat.id.to_string()),
            media: self.media(),
            text: self.text.or(self.caption).unwrap_or_default(),
            protocol,
        }
    }

    fn media(&self) -> Option<MediaKind> {
        let photo = self.photo.as_ref().map(|_| MediaKind::Image);
        let voice = self.voice.as_ref().map(|_| MediaKind::Voice);
        photo.or(voice).or(self.video.as_ref().map(|_| MediaKind::Video))
    }

    /// The calls that say something in answer to it, by the bot with this token.
    pub(super) fn replies(&self, token: &str) -> impl FnOnce(&Speech) -> Vec<Outcall> + use<> {
        let path = format!("/bot{token}/sendMessage");
        let (chat, number) = (self.chat.id, self.message_id);
        move |speech| {
            let texts = match speech {
                Speech::Say { texts, .. } => texts.as_slice(),
                Speech::Acknowledge { .. } | Speech::Nothing | Speech::Error => &[],
            };
            let call = |text: &String| {
                let reply = json!({"chat_id": chat, "text": text, "reply_parameters": {"message_id": number}});
                Outcall {
                    path: path.clone(),
                    json: reply.to_string(),
                }
            };
            texts.iter().map(call).collect()
        }
    }
}

/// `POST /telegram`: an update.
pub(in crate::demo_bot) async fn webhook(
    State(bot): State<Arc<Bot>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let shown = headers.get("x-telegram-bot-api-secret-token");
    let shown = shown.and_then(|shown| shown.to_str().ok());
    if bot
        .telegram()
        .secret
        .as_deref()
        .is_some_and(|secret| shown != Some(secret))
    {
        return reject(&bot, StatusCode::FORBIDDEN, "the secret token is wrong");
    }
    let Update { message } = match serde_json::from_slice(&body) {
        Ok(update) => update,
        Err(error) => return reject(&bot, StatusCode::BAD_REQUEST, &error.to_string()),
    };
    let calls = message.replies(&bot.telegram().token);
    let inbound = message.inbound(Protocol::Telegram);
    answer_by_calls(bot, inbound, calls).await
}

/// A chat's id is the run's mark and the customer; a message's place in it is its turn and fragment.
fn id(chat: u64, number: u64) -> Id {
    let (run, customer) = (chat / CUSTOMERS, chat % CUSTOMERS);
    Id::from_text(&format!("{run}-{customer}-{}-{}", number >> 8, number & 0xff))
}
