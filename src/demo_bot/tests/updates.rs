//! A Telegram bot that asks for its messages, before a Telegram that says what it was told to say.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::client::Served;
use super::{always, knowledge, swift};
use crate::demo_bot::{Bot, Protocol, TelegramMailbox, Truth};
use crate::scenario::{BotSettings, Fault};

const ANSWER: &str = "50 yuan off at 300 yuan.";

/// What the platform was asked for.
#[derive(Debug, PartialEq)]
enum Heard {
    /// `getUpdates` from this offset on.
    Asked(u64),
    /// `sendMessage` with this chat and text, in answer to a message.
    Said(u64, String, u64),
    /// Whoever waited for messages is gone.
    Gone,
}

/// Answers `getUpdates` one by one with what it was given, and then lets the bot wait.
#[derive(Clone)]
struct Telegram {
    answers: Arc<Mutex<VecDeque<(StatusCode, String)>>>,
    says: StatusCode,
    heard: UnboundedSender<Heard>,
}

/// A bot at a platform that answers thus.
struct Scene {
    bot: Served,
    heard: UnboundedReceiver<Heard>,
}

/// Tells when it is dropped.
struct Waiting(UnboundedSender<Heard>);

impl Drop for Waiting {
    fn drop(&mut self) {
        // The scene may be over.
        self.0.send(Heard::Gone).unwrap_or_default();
    }
}

async fn call(
    State(telegram): State<Telegram>,
    Path((token, method)): Path<(String, String)>,
    body: Bytes,
) -> Response {
    assert_eq!(token, "bot1:secret");
    let call: Value = serde_json::from_slice(&body).unwrap();
    let number = |value: &Value| value.as_u64().unwrap();
    if method == "sendMessage" {
        let text = call["text"].as_str().unwrap().to_owned();
        let answered = number(&call["reply_parameters"]["message_id"]);
        let said = Heard::Said(number(&call["chat_id"]), text, answered);
        telegram.heard.send(said).unwrap();
        return (telegram.says, "{}").into_response();
    }
    assert_eq!(method, "getUpdates");
    telegram.heard.send(Heard::Asked(number(&call["offset"]))).unwrap();
    let next = telegram.answers.lock().unwrap().pop_front();
    let Some(answer) = next else {
        let _waiting = Waiting(telegram.heard.clone());
        return std::future::pending().await;
    };
    answer.into_response()
}

impl Scene {
    async fn open(settings: &BotSettings, answers: Vec<(StatusCode, String)>) -> Scene {
        Scene::where_replies_are(StatusCode::OK, settings, answers).await
    }

    async fn where_replies_are(says: StatusCode, settings: &BotSettings, answers: Vec<(StatusCode, String)>) -> Scene {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let api = format!("http://{}/web", listener.local_addr().unwrap());
        let (sender, heard) = unbounded_channel();
        let telegram = Telegram {
            answers: Arc::new(Mutex::new(answers.into())),
            says,
            heard: sender,
        };
        let routes = Router::new()
            .route("/web/{token}/{method}", post(call))
            .with_state(telegram);
        tokio::spawn(async move { axum::serve(listener, routes).await });
        let token = "1:secret".to_owned();
        let bot = Bot::new(&knowledge(), settings, 1, None).with_mailboxes(vec![TelegramMailbox { api, token }]);
        Scene {
            bot: Served::with(bot).await,
            heard,
        }
    }

    /// The next so many things that the platform heard.
    async fn heard(&mut self, count: usize) -> Vec<Heard> {
        let mut heard = Vec::new();
        while heard.len() < count {
            heard.push(self.heard.recv().await.unwrap());
        }
        heard
    }

    /// The truth when so many messages have been dealt with.
    async fn truth_of(&self, messages: u64) -> Truth {
        loop {
            let truth = self.bot.truth().await;
            if truth.messages == messages {
                return truth;
            }
        }
    }
}

fn updates(updates: &[Value]) -> (StatusCode, String) {
    (StatusCode::OK, json!({"ok": true, "result": updates}).to_string())
}

/// An update in which customer 17 asks for a coupon, with the place 1-`fragment`.
fn asking(update: u64, fragment: u64) -> Value {
    let chat = json!({"id": 48_213_000_000_017_u64, "type": "private"});
    json!({"update_id": update, "message": {"message_id": 256 + fragment, "chat": chat, "text": "coupon?"}})
}

fn said(fragment: u64) -> Heard {
    Heard::Said(48_213_000_000_017, ANSWER.to_owned(), 256 + fragment)
}

#[tokio::test]
async fn what_was_handed_out_is_confirmed_and_answered_by_calls() {
    let mut scene = Scene::open(&swift(), vec![updates(&[asking(7, 1), asking(8, 2)])]).await;
    let heard = scene.heard(4).await;
    assert_eq!(heard[0], Heard::Asked(0));
    for expected in [Heard::Asked(9), said(1), said(2)] {
        assert!(heard.contains(&expected), "{heard:?}");
    }
    let truth = scene.truth_of(2).await;
    let record = &truth.turns[0];
    assert_eq!(record.protocol, Some(Protocol::TelegramGetUpdates));
    assert_eq!(
        (record.customer, record.turn, record.status, record.cut),
        (Some(17), Some(1), Some(200), false)
    );
    assert_eq!(record.reply_chars, ANSWER.chars().count() as u64);
}

#[tokio::test]
async fn a_platform_in_trouble_is_asked_again_from_the_same_place() {
    let refused = |status| (status, json!({"ok": false}).to_string());
    let answers = vec![
        updates(&[asking(41, 1)]),
        refused(StatusCode::UNAUTHORIZED),
        refused(StatusCode::INTERNAL_SERVER_ERROR),
        (StatusCode::OK, "<html>".to_owned()),
        updates(&[]),
        updates(&[asking(42, 2)]),
    ];
    let mut scene = Scene::open(&swift(), answers).await;
    let heard = scene.heard(9).await;
    let asked: Vec<u64> = heard
        .iter()
        .filter_map(|heard| match heard {
            Heard::Asked(offset) => Some(*offset),
            _ => None,
        })
        .collect();
    assert_eq!(asked, [0, 42, 42, 42, 42, 42, 43]);
    assert!(heard.contains(&said(1)) && heard.contains(&said(2)), "{heard:?}");
}

#[tokio::test]
async fn what_is_no_message_is_passed_and_a_platform_that_begins_anew_is_followed() {
    let other = json!({"update_id": 900, "edited_message": {}});
    let broken = json!({"update_id": 901, "message": {"message_id": "x"}});
    let answers = vec![updates(&[other, broken]), updates(&[asking(1, 1)])];
    let mut scene = Scene::open(&swift(), answers).await;
    let heard = scene.heard(4).await;
    assert_eq!(heard[..2], [Heard::Asked(0), Heard::Asked(902)]);
    assert!(
        heard.contains(&Heard::Asked(2)) && heard.contains(&said(1)),
        "{heard:?}"
    );
    let truth = scene.truth_of(1).await;
    assert_eq!((truth.rejected, truth.messages), (2, 1));
}

#[tokio::test]
async fn nobody_hears_of_a_message_that_the_bot_turns_away_or_fails_at() {
    for fault in [
        Fault::Refused,
        Fault::HttpError,
        Fault::ConnectionLost,
        Fault::Silent,
        Fault::Empty,
    ] {
        let mut scene = Scene::open(&always(fault), vec![updates(&[asking(1, 1)])]).await;
        assert_eq!(scene.heard(2).await, [Heard::Asked(0), Heard::Asked(2)], "{fault:?}");
        let truth = scene.truth_of(1).await;
        assert_eq!((truth.counts[&fault], truth.cut), (1, 0), "{fault:?}");
        assert_eq!((truth.turns[0].status, truth.turns[0].bytes), (None, 0), "{fault:?}");
        assert!(scene.heard.try_recv().is_err(), "{fault:?}: it said something");
    }
}

#[tokio::test]
async fn errors_in_words_and_broken_answers_have_no_place_in_calls() {
    for fault in [Fault::BotError, Fault::Truncated] {
        let mut scene = Scene::open(&always(fault), vec![updates(&[asking(1, 1)])]).await;
        assert!(scene.heard(3).await.contains(&said(1)), "{fault:?}");
        let truth = scene.truth_of(1).await;
        assert_eq!((truth.counts[&fault], truth.not_applied[&fault]), (0, 1), "{fault:?}");
    }
}

#[tokio::test]
async fn an_answer_told_twice_is_two_calls_and_a_reply_that_is_refused_is_written_down() {
    let mut scene = Scene::open(&always(Fault::Duplicate), vec![updates(&[asking(1, 1)])]).await;
    let heard = scene.heard(4).await;
    assert_eq!(heard.iter().filter(|heard| **heard == said(1)).count(), 2, "{heard:?}");
    let mut refusing =
        Scene::where_replies_are(StatusCode::UNAUTHORIZED, &swift(), vec![updates(&[asking(1, 1)])]).await;
    assert!(refusing.heard(3).await.contains(&said(1)));
    let record = &refusing.truth_of(1).await.turns[0];
    assert_eq!((record.status, record.cut), (Some(401), false));
}

#[tokio::test]
async fn a_bot_that_stops_asks_no_more() {
    let mut scene = Scene::open(&swift(), Vec::new()).await;
    assert_eq!(scene.heard(1).await, [Heard::Asked(0)]);
    drop(scene.bot);
    assert_eq!(scene.heard.recv().await, Some(Heard::Gone));
}
