//! Rasa's REST channel: `{sender, message}` in, a list of `{recipient_id, text}` out.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{JSON, Protocol, header_id};
use crate::demo_bot::bot::Bot;
use crate::demo_bot::delivery::Delivery;
use crate::demo_bot::exchange::{Pace, Speech, answer, reject};
use crate::demo_bot::message::Inbound;

#[derive(Debug, Deserialize)]
struct Request {
    sender: Option<String>,
    message: String,
}

/// `POST /rasa/webhooks/rest/webhook`.
pub(in crate::demo_bot) async fn webhook(
    State(bot): State<Arc<Bot>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let request: Request = match serde_json::from_slice(&body) {
        Ok(request) => request,
        Err(error) => return reject(&bot, StatusCode::BAD_REQUEST, &error.to_string()),
    };
    let message = Inbound {
        id: header_id(&headers),
        customer: request.sender.clone(),
        text: request.message,
        media: None,
        protocol: Protocol::Rasa,
    };
    let recipient = request.sender.unwrap_or_else(|| "default".to_owned());
    answer(bot, message, move |speech, pace| render(&recipient, speech, pace)).await
}

fn render(recipient: &str, speech: &Speech, pace: &Pace) -> Delivery {
    let body = match speech {
        Speech::Say { texts, .. } => {
            let reply = |text| json!({"recipient_id": recipient, "text": text});
            let replies: Vec<Value> = texts.iter().map(reply).collect();
            return Delivery::whole(JSON, Value::from(replies).to_string(), pace.pause).with_text();
        }
        Speech::Acknowledge { .. } | Speech::Nothing => json!([]),
        // As Rasa words a failure; Rasa itself would say 500.
        Speech::Error => json!({
            "status": "failure", "reason": "ConversationError", "code": 500,
            "message": "An unexpected error occurred. Error: the bot failed to answer",
        }),
    };
    Delivery::whole(JSON, body.to_string(), pace.pause)
}
