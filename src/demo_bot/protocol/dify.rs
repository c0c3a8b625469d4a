//! Dify's chat application: `POST /v1/chat-messages`, streamed or blocking, below `/dify`. The server keeps the
//! conversation: an empty `conversation_id` begins one, and every answer tells its id.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{JSON, Protocol, header_id, in_chunks, unix_time_s};
use crate::demo_bot::bot::Bot;
use crate::demo_bot::delivery::{Delivery, Piece};
use crate::demo_bot::exchange::{Pace, Speech, answer, reject};
use crate::demo_bot::message::Inbound;

/// A stream that has nothing to say yet pings this often.
const PING_EVERY: Duration = Duration::from_secs(10);

#[derive(Debug, Deserialize)]
struct Request {
    query: String,
    user: String,
    #[serde(default)]
    response_mode: Mode,
    conversation_id: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Mode {
    Streaming,
    #[default]
    Blocking,
}

/// What all events of one answer share.
struct Answer {
    conversation_id: String,
    message_id: String,
    created_s: u64,
}

/// `POST /dify/v1/chat-messages`.
pub(in crate::demo_bot) async fn chat(State(bot): State<Arc<Bot>>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    let request: Request = match serde_json::from_slice(&body) {
        Ok(request) => request,
        Err(error) => return reject(&bot, StatusCode::BAD_REQUEST, &error.to_string()),
    };
    let message = Inbound {
        id: header_id(&headers),
        customer: Some(request.user),
        text: request.query,
        media: None,
        protocol: Protocol::Dify,
    };
    let minted = bot.conversation_number(&message);
    let parts = Answer {
        conversation_id: request
            .conversation_id
            .filter(|id| !id.is_empty())
            .unwrap_or_else(|| uuid(minted)),
        message_id: uuid(minted.rotate_left(64)),
        created_s: unix_time_s(),
    };
    answer(bot, message, move |speech, pace| match request.response_mode {
        Mode::Streaming => parts.streamed(speech, pace),
        Mode::Blocking => parts.blocking(speech, pace),
    })
    .await
}

impl Answer {
    fn blocking(&self, speech: &Speech, pace: &Pace) -> Delivery {
        let Some(text) = told(speech) else {
            let body =
                json!({"code": "completion_request_error", "message": "the model failed to answer", "status": 500});
            return Delivery::whole(JSON, body.to_string(), pace.pause);
        };
        let metadata = json!({"usage": usage(text), "retriever_resources": []});
        let body = self.event("message", json!({"mode": "chat", "answer": text, "metadata": metadata}));
        let delivery = Delivery::whole(JSON, body, pace.pause);
        if text.is_empty() {
            delivery
        } else {
            delivery.with_text()
        }
    }

    /// A ping at once and every ten seconds of a pause, the text piece by piece, and the end mark with the usage.
    fn streamed(&self, speech: &Speech, pace: &Pace) -> Delivery {
        let mut pieces = vec![ping(Duration::ZERO)];
        let mut left = pace.pause;
        while left > PING_EVERY {
            pieces.push(ping(PING_EVERY));
            left -= PING_EVERY;
        }
        let Some(text) = told(speech) else {
            let values =
                json!({"status": 500, "code": "completion_request_error", "message": "the model failed to answer"});
            pieces.push(data(&self.event("error", values), false, left));
            return Delivery::events(pieces, Duration::ZERO);
        };
        for chunk in in_chunks(text, pace.chunk_chars) {
            pieces.push(data(&self.event("message", json!({"answer": chunk})), true, left));
            left = pace.chunk_gap;
        }
        let metadata = json!({"usage": usage(text), "retriever_resources": []});
        let end = self.event("message_end", json!({"metadata": metadata}));
        pieces.push(data(&end, false, Duration::ZERO));
        Delivery::events(pieces, Duration::ZERO)
    }

    fn event(&self, name: &str, values: Value) -> String {
        let mut event = json!({
            "event": name, "task_id": self.message_id, "id": self.message_id, "message_id": self.message_id,
            "conversation_id": self.conversation_id, "created_at": self.created_s,
        });
        if let (Some(event), Value::Object(values)) = (event.as_object_mut(), values) {
            event.extend(values);
        }
        event.to_string()
    }
}

/// The text to be told; none for an error.
fn told(speech: &Speech) -> Option<&str> {
    match speech {
        Speech::Say { texts, .. } => Some(texts.first().map_or("", String::as_str)),
        Speech::Acknowledge { aloud } => Some(aloud),
        Speech::Nothing => Some(""),
        Speech::Error => None,
    }
}

fn usage(text: &str) -> Value {
    json!({"completion_tokens": text.chars().count()})
}

fn ping(after: Duration) -> Piece {
    Piece {
        after,
        bytes: Bytes::from_static(b"event: ping\n\n"),
        is_text: false,
    }
}

fn data(json: &str, is_text: bool, after: Duration) -> Piece {
    Piece {
        after,
        bytes: Bytes::from(format!("data: {json}\n\n")),
        is_text,
    }
}

/// A number in the form of a UUID.
fn uuid(number: u128) -> String {
    let hex = format!("{number:032x}");
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_held_back_for_long_pings_every_ten_seconds() {
        let answer = Answer {
            conversation_id: uuid(1),
            message_id: uuid(2),
            created_s: 0,
        };
        let pace = Pace {
            pause: Duration::from_secs(25),
            chunk_gap: Duration::from_millis(20),
            chunk_chars: 2,
        };
        let delivery = answer.streamed(&Speech::say("abcd".to_owned()), &pace);
        let pieces: Vec<_> = delivery
            .pieces
            .iter()
            .map(|piece| {
                (
                    piece.bytes.starts_with(b"event: ping"),
                    piece.is_text,
                    piece.after.as_millis(),
                )
            })
            .collect();
        assert_eq!(
            pieces,
            [
                (true, false, 0),
                (true, false, 10_000),
                (true, false, 10_000),
                (false, true, 5_000),
                (false, true, 20),
                (false, false, 0),
            ]
        );
    }

    #[test]
    fn numbers_take_the_form_of_a_uuid() {
        assert_eq!(uuid(0x1234), "00000000-0000-0000-0000-000000001234");
    }
}
