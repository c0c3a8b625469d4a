//! One message from its reception to the last byte of its answer.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Response, StatusCode};
use serde_json::json;

use super::bot::{Act, Bot};
use super::delivery::{Delivery, hang_up};
use super::message::Inbound;

/// A silent bot holds a connection no longer than this.
const SILENCE: Duration = Duration::from_secs(600);
/// What the bot asks those to wait whom it turns away.
const RETRY_AFTER_S: u16 = 1;

/// What the bot says, whatever the protocol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Speech {
    /// These replies; more than one only where the protocol has lists.
    Say(Vec<String>),
    /// A message was taken note of and needs no answer. Protocols that must answer say `aloud`.
    Acknowledge {
        /// A holding reply.
        aloud: String,
    },
    /// Acknowledged without content, where content was due.
    Nothing,
    /// An error told inside the protocol.
    Error,
}

/// How fast a reply is told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pace {
    /// Held back by this before the first text.
    pub(super) pause: Duration,
    /// Streams: the time between pieces.
    pub(super) chunk_gap: Duration,
    /// Streams: characters in a piece; at least 1.
    pub(super) chunk_chars: usize,
}

/// Answers `message`; `render` puts the bot's speech into the protocol's form.
pub(super) async fn answer(
    bot: Arc<Bot>,
    message: Inbound,
    render: impl FnOnce(&Speech, &Pace) -> Delivery,
) -> Response<Body> {
    let mut entry = bot.book().open(&message);
    let act = Arc::clone(&bot).decide(message, &mut entry).await;
    let delivery = match act {
        Act::Speak {
            speech,
            pause,
            is_truncated,
        } => {
            entry.record.reply_chars = characters(&speech);
            let delivery = render(&speech, &bot.pace(pause));
            if is_truncated { delivery.truncated() } else { delivery }
        }
        Act::Refuse => Delivery {
            retry_after_s: Some(RETRY_AFTER_S),
            ..failure(StatusCode::SERVICE_UNAVAILABLE, "too many messages, try again later")
        },
        Act::Fail => failure(StatusCode::INTERNAL_SERVER_ERROR, "internal error"),
        Act::HangUp => {
            bot.freezes().thaw().await;
            entry.complete();
            return hang_up();
        }
        Act::KeepSilent => {
            tokio::time::sleep(SILENCE).await;
            entry.complete();
            return hang_up();
        }
    };
    delivery.send(entry, Arc::clone(bot.freezes())).await
}

/// Turns away a request that holds no message.
pub(super) fn reject(bot: &Bot, status: StatusCode, why: &str) -> Response<Body> {
    bot.book().reject();
    failure(status, why).unrecorded()
}

fn failure(status: StatusCode, message: &str) -> Delivery {
    let body = json!({"error": {"message": message, "type": "error", "code": status.as_u16()}}).to_string();
    Delivery::whole("application/json", body, Duration::ZERO).with_status(status)
}

fn characters(speech: &Speech) -> u64 {
    match speech {
        Speech::Say(texts) => texts.iter().map(|text| text.chars().count() as u64).sum(),
        Speech::Acknowledge { .. } | Speech::Nothing | Speech::Error => 0,
    }
}
