//! OpenAI-compatible chat completions, whole or streamed. The customer's message is the last one of role `user`.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{JSON, Protocol, header_id, in_chunks, unix_time_s};
use crate::conversation::MediaKind;
use crate::demo_bot::bot::Bot;
use crate::demo_bot::delivery::{Delivery, Piece};
use crate::demo_bot::exchange::{Pace, Speech, answer, reject};
use crate::demo_bot::message::Inbound;

#[derive(Debug, Deserialize)]
struct Request {
    #[serde(default)]
    model: String,
    messages: Vec<Message>,
    #[serde(default)]
    stream: bool,
    stream_options: Option<StreamOptions>,
    user: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Message {
    role: String,
    #[serde(default)]
    content: Value,
}

#[derive(Debug, Deserialize)]
struct StreamOptions {
    #[serde(default)]
    include_usage: bool,
}

/// What all parts of one completion share.
struct Completion {
    id: String,
    created_s: u64,
    model: String,
    prompt_tokens: usize,
    includes_usage: bool,
}

/// `POST /v1/chat/completions`.
pub(in crate::demo_bot) async fn complete(
    State(bot): State<Arc<Bot>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let request: Request = match serde_json::from_slice(&body) {
        Ok(request) => request,
        Err(error) => return reject(&bot, StatusCode::BAD_REQUEST, &error.to_string()),
    };
    let Some(last) = request.messages.iter().rfind(|message| message.role == "user") else {
        return reject(
            &bot,
            StatusCode::BAD_REQUEST,
            "expected a message of role `user` in `messages`",
        );
    };
    let named = || headers.get("x-customer-id").and_then(|value| value.to_str().ok());
    let message = Inbound {
        id: header_id(&headers),
        customer: request.user.clone().or_else(|| named().map(str::to_owned)),
        text: text_of(&last.content),
        media: media_in(&last.content),
        protocol: Protocol::OpenAi,
    };
    let completion = Completion {
        id: format!("chatcmpl-{:032x}", bot.conversation_number(&message)),
        created_s: unix_time_s(),
        prompt_tokens: request
            .messages
            .iter()
            .map(|message| tokens(&text_of(&message.content)))
            .sum(),
        model: request.model,
        includes_usage: request.stream_options.is_some_and(|options| options.include_usage),
    };
    let is_streamed = request.stream;
    answer(bot, message, move |speech, pace| {
        if is_streamed {
            completion.streamed(speech, pace)
        } else {
            completion.whole(speech, pace)
        }
    })
    .await
}

impl Completion {
    fn whole(&self, speech: &Speech, pace: &Pace) -> Delivery {
        let Some(text) = told(speech) else {
            return Delivery::whole(JSON, error().to_string(), pace.pause);
        };
        let body = json!({
            "id": self.id, "object": "chat.completion", "created": self.created_s, "model": self.model,
            "choices": [{"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}],
            "usage": self.usage(&text),
        });
        let delivery = Delivery::whole(JSON, body.to_string(), pace.pause);
        if text.is_empty() {
            delivery
        } else {
            delivery.with_text()
        }
    }

    /// The role, then the text piece by piece, the finish reason, the usage if asked for, and the end mark.
    fn streamed(&self, speech: &Speech, pace: &Pace) -> Delivery {
        let Some(text) = told(speech) else {
            return Delivery::events(vec![event(&error().to_string(), false, Duration::ZERO)], pace.pause);
        };
        let part = |delta: Value, finish: Value| {
            self.chunk(
                json!([{"index": 0, "delta": delta, "finish_reason": finish}]),
                Value::Null,
            )
        };
        let role = part(json!({"role": "assistant", "content": ""}), Value::Null);
        let mut pieces = vec![event(&role, false, Duration::ZERO)];
        for (index, chunk) in in_chunks(&text, pace.chunk_chars).iter().enumerate() {
            let gap = if index == 0 { Duration::ZERO } else { pace.chunk_gap };
            pieces.push(event(&part(json!({"content": chunk}), Value::Null), true, gap));
        }
        pieces.push(event(&part(json!({}), json!("stop")), false, Duration::ZERO));
        if self.includes_usage {
            pieces.push(event(&self.chunk(json!([]), self.usage(&text)), false, Duration::ZERO));
        }
        pieces.push(event("[DONE]", false, Duration::ZERO));
        Delivery::events(pieces, pace.pause)
    }

    fn chunk(&self, choices: Value, usage: Value) -> String {
        let mut chunk = json!({
            "id": self.id, "object": "chat.completion.chunk", "created": self.created_s, "model": self.model,
            "choices": choices,
        });
        if self.includes_usage {
            chunk["usage"] = usage;
        }
        chunk.to_string()
    }

    fn usage(&self, text: &str) -> Value {
        let (prompt, completion) = (self.prompt_tokens, tokens(text));
        json!({"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion})
    }
}

/// The text to be told; none for an error.
fn told(speech: &Speech) -> Option<String> {
    match speech {
        Speech::Say { texts, .. } => Some(texts.join("\n")),
        Speech::Acknowledge { aloud } => Some(aloud.clone()),
        Speech::Nothing => Some(String::new()),
        Speech::Error => None,
    }
}

fn error() -> Value {
    json!({"error": {"message": "the model failed to answer", "type": "server_error", "code": "internal_error"}})
}

/// A text, or the texts of a list of parts.
fn text_of(content: &Value) -> String {
    match content {
        Value::String(text) => text.clone(),
        Value::Array(parts) => parts.iter().filter_map(|part| part["text"].as_str()).collect(),
        _ => String::new(),
    }
}

/// What a list of parts holds beside texts.
fn media_in(content: &Value) -> Option<MediaKind> {
    let parts = content.as_array()?;
    parts.iter().find_map(|part| match part["type"].as_str()? {
        "image_url" => Some(MediaKind::Image),
        "input_audio" => Some(MediaKind::Voice),
        "video_url" => Some(MediaKind::Video),
        _ => None,
    })
}

/// Roughly: one for a Chinese character, one for four others.
fn tokens(text: &str) -> usize {
    let ascii = text.chars().filter(char::is_ascii).count();
    text.chars().count() - ascii + ascii.div_ceil(4)
}

fn event(data: &str, is_text: bool, after: Duration) -> Piece {
    Piece {
        after,
        bytes: Bytes::from(format!("data: {data}\n\n")),
        is_text,
    }
}
