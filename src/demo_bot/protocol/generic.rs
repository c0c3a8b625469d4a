//! Generic JSON, as a provider's gateway might speak: `{id, customer: {id, name}, text, media: {kind, url}}` in, `{replies: [{text}], intent}` out.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{JSON, Protocol, header_id};
use crate::conversation::MediaKind;
use crate::demo_bot::bot::Bot;
use crate::demo_bot::delivery::Delivery;
use crate::demo_bot::exchange::{Pace, Speech, answer, reject};
use crate::demo_bot::message::{Id, Inbound};

/// A message, as generic-json and generic-websocket have it.
#[derive(Debug, Deserialize)]
#[serde(expecting = "a message such as `{\"id\": \"1\", \"customer\": {\"id\": \"c1\"}, \"text\": \"hello\"}`")]
pub(super) struct Incoming {
    pub(super) id: Option<String>,
    pub(super) customer: Option<Customer>,
    #[serde(default)]
    pub(super) text: String,
    pub(super) media: Option<Media>,
}

#[derive(Debug, Deserialize)]
#[serde(expecting = "an object such as `{\"kind\": \"image\"}` as `media`")]
pub(super) struct Media {
    pub(super) kind: MediaKind,
}

#[derive(Debug, Deserialize)]
#[serde(expecting = "an object such as `{\"id\": \"c1\"}` as `customer`")]
pub(super) struct Customer {
    pub(super) id: String,
}

/// `POST /chat`.
pub(in crate::demo_bot) async fn chat(State(bot): State<Arc<Bot>>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    let request: Incoming = match serde_json::from_slice(&body) {
        Ok(request) => request,
        Err(error) => return reject(&bot, StatusCode::BAD_REQUEST, &error.to_string()),
    };
    let message = Inbound {
        id: request.id.map(|id| Id::from_text(&id)).or_else(|| header_id(&headers)),
        customer: request.customer.map(|customer| customer.id),
        text: request.text,
        media: request.media.map(|media| media.kind),
        protocol: Protocol::Generic,
    };
    answer(bot, message, render).await
}

fn render(speech: &Speech, pace: &Pace) -> Delivery {
    let body = match speech {
        Speech::Say { texts, intent } => {
            let replies: Vec<Value> = texts.iter().map(|text| json!({"text": text})).collect();
            let mut body = json!({"replies": replies});
            if let Some(intent) = intent {
                body["intent"] = json!(intent);
            }
            return Delivery::whole(JSON, body.to_string(), pace.pause).with_text();
        }
        Speech::Acknowledge { .. } | Speech::Nothing => json!({"replies": []}),
        Speech::Error => json!({"error": {"message": "the bot failed to answer"}}),
    };
    Delivery::whole(JSON, body.to_string(), pace.pause)
}
