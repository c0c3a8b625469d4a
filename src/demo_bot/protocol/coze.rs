//! Coze's chat interface (v3) without a stream, below `/coze`: a chat is created, asked for until it is completed, and its messages
//! are then fetched. What goes wrong shows when it is asked for.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Response, StatusCode};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::Instant;

use super::{JSON, Protocol, header_id, unix_time_s};
use crate::demo_bot::bot::{Act, Bot};
use crate::demo_bot::delivery::Delivery;
use crate::demo_bot::exchange::{Speech, fail, note_length, reject};
use crate::demo_bot::message::Inbound;
use crate::demo_bot::recent::Recent;
use crate::demo_bot::truth::Entry;

/// Chats that can be asked for; those not asked for longest are forgotten.
const CHATS: usize = 100_000;

/// The chats that were created.
#[derive(Debug)]
pub(in crate::demo_bot) struct Chats(Mutex<Recent<u64, Option<Chat>>>);

impl Default for Chats {
    fn default() -> Chats {
        Chats(Mutex::new(Recent::new(CHATS)))
    }
}

/// How far a chat is.
#[derive(Debug)]
enum Chat {
    Working,
    /// What is done about it, from this moment on, and what is written down.
    Decided(Box<(Act, Entry)>, Instant),
    /// Nothing more comes of it.
    Over(&'static str),
}

impl Chats {
    fn put(&self, id: u64, chat: Chat) {
        *self.lock().entry(id) = Some(chat);
    }

    /// Takes out a chat whose fate is decided and due and for which this holds.
    fn take_if(&self, id: u64, holds: impl FnOnce(&Act) -> bool) -> Option<(Act, Entry)> {
        let mut chats = self.lock();
        let place = chats.get_mut(id)?;
        match place.take() {
            Some(Chat::Decided(decided, due_at)) if due_at <= Instant::now() && holds(&decided.0) => Some(*decided),
            other => {
                *place = other;
                None
            }
        }
    }

    /// The status as Coze words it; nothing for a chat that is not known.
    fn status(&self, id: u64) -> Option<&'static str> {
        let mut chats = self.lock();
        Some(match chats.get_mut(id)?.as_ref()? {
            Chat::Over(status) => status,
            Chat::Decided(_, due_at) if *due_at <= Instant::now() => "completed",
            Chat::Working | Chat::Decided(..) => "in_progress",
        })
    }

    fn lock(&self) -> MutexGuard<'_, Recent<u64, Option<Chat>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Debug, Deserialize)]
struct Request {
    user_id: String,
    additional_messages: Vec<Said>,
}

#[derive(Debug, Deserialize)]
struct Said {
    content: String,
}

/// Which conversation a chat is to belong to.
#[derive(Debug, Deserialize)]
pub(in crate::demo_bot) struct Wanted {
    conversation_id: Option<String>,
}

/// Which chat is asked for.
#[derive(Debug, Clone, Deserialize)]
pub(in crate::demo_bot) struct Named {
    conversation_id: String,
    chat_id: u64,
}

/// `POST /coze/v3/chat`: takes a message on.
pub(in crate::demo_bot) async fn create(
    State(bot): State<Arc<Bot>>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let request: Request = match serde_json::from_slice(&body) {
        Ok(request) => request,
        Err(error) => return reject(&bot, StatusCode::BAD_REQUEST, &error.to_string()),
    };
    let texts: Vec<String> = request
        .additional_messages
        .into_iter()
        .map(|said| said.content)
        .collect();
    let message = Inbound {
        id: header_id(&headers),
        customer: Some(request.user_id),
        text: texts.join("\n"),
        media: None,
        protocol: Protocol::Coze,
    };
    let minted = bot.conversation_number(&message);
    // Below 2^63, as ids of Coze are.
    let (first, second) = ((minted >> 65) as u64, minted as u64 >> 1);
    let named = Named {
        conversation_id: wanted.conversation_id.unwrap_or_else(|| first.to_string()),
        chat_id: second,
    };
    let mut entry = bot.book().open(&message);
    bot.chats().put(named.chat_id, Chat::Working);
    let id = named.chat_id;
    let deciding = Arc::clone(&bot);
    tokio::spawn(async move {
        let act = Arc::clone(&deciding).decide(message, &mut entry).await;
        deciding.chats().put(id, decided(act, entry));
    });
    shown(&bot, &named, "created").await
}

fn decided(act: Act, mut entry: Entry) -> Chat {
    let pause = match act {
        Act::KeepSilent => {
            entry.complete();
            return Chat::Over("in_progress");
        }
        Act::Speak { pause, .. } => pause,
        Act::Refuse | Act::Fail | Act::HangUp => Duration::ZERO,
    };
    Chat::Decided(Box::new((act, entry)), Instant::now() + pause)
}

/// `GET /coze/v3/chat/retrieve`: how far a chat is.
pub(in crate::demo_bot) async fn retrieve(State(bot): State<Arc<Bot>>, Query(named): Query<Named>) -> Response<Body> {
    let is_trouble = |act: &Act| !matches!(act, Act::Speak { speech, .. } if *speech != Speech::Error);
    let Some((act, entry)) = bot.chats().take_if(named.chat_id, is_trouble) else {
        let Some(status) = bot.chats().status(named.chat_id) else {
            return unknown(&named);
        };
        return shown(&bot, &named, status).await;
    };
    bot.chats().put(named.chat_id, Chat::Over("failed"));
    match act {
        Act::Speak { .. } => {
            let error = json!({"code": 5000, "msg": "the model failed to answer"});
            let body = json!({"code": 0, "msg": "", "data": chat(&named, "failed", &error)});
            let delivery = Delivery::whole(JSON, body.to_string(), Duration::ZERO);
            delivery.send(entry, Arc::clone(bot.freezes())).await
        }
        trouble => fail(&bot, trouble, entry).await,
    }
}

/// `GET /coze/v3/chat/message/list`: what was said in a chat.
pub(in crate::demo_bot) async fn list(State(bot): State<Arc<Bot>>, Query(named): Query<Named>) -> Response<Body> {
    let Some((act, mut entry)) = bot.chats().take_if(named.chat_id, |_| true) else {
        return unknown(&named);
    };
    bot.chats().put(named.chat_id, Chat::Over("completed"));
    let Act::Speak {
        speech, is_truncated, ..
    } = act
    else {
        return fail(&bot, act, entry).await;
    };
    note_length(&speech, &mut entry);
    let texts = match speech {
        Speech::Say { texts, .. } => texts,
        Speech::Acknowledge { aloud } => vec![aloud],
        Speech::Nothing | Speech::Error => Vec::new(),
    };
    let message = |kind: &str, content: &str| json!({"role": "assistant", "type": kind, "content": content, "content_type": "text", "conversation_id": named.conversation_id, "chat_id": named.chat_id.to_string()});
    let mut data: Vec<Value> = texts.iter().map(|text| message("answer", text)).collect();
    data.push(message(
        "verbose",
        r#"{"msg_type":"generate_answer_finish","data":"{}"}"#,
    ));
    let body = json!({"code": 0, "msg": "", "data": data}).to_string();
    let delivery = Delivery::whole(JSON, body, Duration::ZERO).with_text();
    let delivery = if is_truncated { delivery.truncated() } else { delivery };
    delivery.send(entry, Arc::clone(bot.freezes())).await
}

async fn shown(bot: &Bot, named: &Named, status: &str) -> Response<Body> {
    bot.freezes().thaw().await;
    let body = json!({"code": 0, "msg": "", "data": chat(named, status, &json!({"code": 0, "msg": ""}))});
    Delivery::whole(JSON, body.to_string(), Duration::ZERO).unrecorded()
}

fn chat(named: &Named, status: &str, last_error: &Value) -> Value {
    json!({"id": named.chat_id.to_string(), "conversation_id": named.conversation_id, "status": status, "created_at": unix_time_s(), "last_error": last_error})
}

fn unknown(named: &Named) -> Response<Body> {
    let body = json!({"code": 4200, "msg": format!("no chat {} in progress", named.chat_id)});
    Delivery::whole(JSON, body.to_string(), Duration::ZERO).unrecorded()
}
