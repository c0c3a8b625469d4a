//! One message from its reception to the last byte of its answer.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Response, StatusCode};
use serde_json::json;

use super::bot::{Act, Bot};
use super::caller::Caller;
use super::delivery::{Delivery, hang_up};
use super::message::Inbound;
use super::truth::Entry;

/// A silent bot holds a connection no longer than this.
pub(super) const SILENCE: Duration = Duration::from_secs(600);
/// What the bot asks those to wait whom it turns away.
const RETRY_AFTER_S: u16 = 1;

/// What the bot says, whatever the protocol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Speech {
    /// These replies.
    Say {
        /// More than one only where the protocol has lists.
        texts: Vec<String>,
        /// What the bot took the customer to want, for protocols that tell it.
        intent: Option<String>,
    },
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

impl Speech {
    /// This reply, with nothing told of what the customer wants.
    pub(super) fn say(text: String) -> Speech {
        Speech::Say {
            texts: vec![text],
            intent: None,
        }
    }

    /// The same beside this intent, if it is a reply.
    #[must_use]
    pub(super) fn with_intent(self, intent: Option<String>) -> Speech {
        match self {
            Speech::Say { texts, .. } => Speech::Say { texts, intent },
            other => other,
        }
    }

    /// What it tells of what the customer wants.
    pub(super) fn intent(&self) -> Option<&str> {
        match self {
            Speech::Say { intent, .. } => intent.as_deref(),
            Speech::Acknowledge { .. } | Speech::Nothing | Speech::Error => None,
        }
    }
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
    match act {
        Act::Speak {
            speech,
            pause,
            is_truncated,
        } => {
            note_length(&speech, &mut entry);
            let delivery = render(&speech, &bot.pace(pause));
            let delivery = if is_truncated { delivery.truncated() } else { delivery };
            delivery.send(entry, Arc::clone(bot.freezes())).await
        }
        fault => fail(&bot, fault, entry).await,
    }
}

/// A call to the platform's API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Outcall {
    pub(super) path: String,
    pub(super) json: String,
}

/// Acknowledges `message` and answers it by calls; `calls` puts the bot's speech into the protocol's form. The record's
/// status is that of the last call, or of the acknowledgement.
pub(super) async fn answer_by_calls(
    bot: Arc<Bot>,
    message: Inbound,
    calls: impl FnOnce(&Speech) -> Vec<Outcall>,
) -> Response<Body> {
    let mut entry = bot.book().open(&message);
    match Arc::clone(&bot).decide(message, &mut entry).await {
        Act::Speak { speech, pause, .. } => {
            note_length(&speech, &mut entry);
            entry.record.status = Some(StatusCode::OK.as_u16());
            let calls = calls(&speech);
            tokio::spawn(async move {
                tokio::time::sleep(pause).await;
                make(&bot, bot.caller(), calls, &mut entry).await;
            });
            Response::new(Body::empty())
        }
        fault => fail(&bot, fault, entry).await,
    }
}

/// Answers by calls a `message` that the bot asked for. There is no response in which it could push back or fail: what is no speech
/// is silence. The record's status is that of the last call; null when there was none.
pub(super) async fn answer_what_was_asked_for(
    bot: Arc<Bot>,
    message: Inbound,
    caller: Arc<Caller>,
    calls: impl FnOnce(&Speech) -> Vec<Outcall>,
) {
    let mut entry = bot.book().open(&message);
    match Arc::clone(&bot).decide(message, &mut entry).await {
        Act::Speak { speech, pause, .. } => {
            note_length(&speech, &mut entry);
            tokio::time::sleep(pause).await;
            make(&bot, Some(&caller), calls(&speech), &mut entry).await;
        }
        Act::Refuse | Act::Fail | Act::HangUp | Act::KeepSilent => entry.complete(),
    }
}

/// Makes the calls, one after the other; a platform that is not there ends them.
async fn make(bot: &Bot, caller: Option<&Caller>, calls: Vec<Outcall>, entry: &mut Entry) {
    for call in calls {
        bot.freezes().thaw().await;
        let Some(caller) = caller else { return };
        match caller.post(&call.path, &call.json).await {
            Ok(status) => entry.record.status = Some(status.as_u16()),
            Err(_) => {
                entry.record.status = None;
                return;
            }
        }
        entry.hand(call.json.len(), true);
    }
    entry.complete();
}

/// Does what is no speech.
pub(super) async fn fail(bot: &Bot, act: Act, mut entry: Entry) -> Response<Body> {
    let delivery = match act {
        Act::Refuse => Delivery {
            retry_after_s: Some(RETRY_AFTER_S),
            ..failure(StatusCode::SERVICE_UNAVAILABLE, "too many messages, try again later")
        },
        Act::Fail | Act::Speak { .. } => failure(StatusCode::INTERNAL_SERVER_ERROR, "internal error"),
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

/// Notes how much is said.
pub(super) fn note_length(speech: &Speech, entry: &mut Entry) {
    entry.record.reply_chars = match speech {
        Speech::Say { texts, .. } => texts.iter().map(|text| text.chars().count() as u64).sum(),
        Speech::Acknowledge { .. } | Speech::Nothing | Speech::Error => 0,
    };
}
