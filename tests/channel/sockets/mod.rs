//! Sockets that throng dials.

mod answers;
mod failures;
mod server;
mod socket_io;

use std::future::Future;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use throng::channel::{CustomerSocketCounts, Line, Outgoing, Wiring};
use throng::conversation::MessageId;
use throng::scenario::Profile;
use tokio::task::LocalSet;

use crate::lines::{channel, impatient, profile};
use crate::profiles::shipped;
use server::{Do, say};

/// Sockets are held by tasks that stay on their thread.
pub(super) async fn on_one_thread<T>(test: impl Future<Output = T>) -> T {
    LocalSet::new().run_until(test).await
}

/// A line of this profile to `url`, and what is counted of its sockets.
pub(super) fn line(profile: Profile, url: &str) -> (Line, Arc<CustomerSocketCounts>) {
    let counts = Arc::new(CustomerSocketCounts::default());
    let wiring = Wiring {
        target: url.to_owned(),
        allowed_hosts: Vec::new(),
        loopback_sources: 0,
        office: None,
        sockets: Arc::clone(&counts),
        hang_ups: Default::default(),
    };
    let channel = channel(
        profile,
        json!({"key": "sk-secret", "authorization": "Bearer sk-secret"}),
    );
    (Line::open(&channel, &wiring).unwrap(), counts)
}

/// The shipped generic profile with a short idle limit.
pub(super) fn generic() -> Profile {
    let mut profile = shipped("generic-websocket");
    profile.limits = serde_json::from_value(json!({"idle": "400ms"})).unwrap();
    profile
}

/// A profile whose frames name no message, with these keys of its socket changed.
pub(super) fn unnamed(changes: &Value) -> Profile {
    let mut socket =
        json!({"url": "{{ target }}", "message": {"json": {"say": "{{ message.text }}"}}, "settle": "100ms"});
    for (key, value) in changes.as_object().unwrap() {
        socket[key] = value.clone();
    }
    let changed = json!({"send": null, "socket": socket, "reply": {"response": {"format": "json", "text": "$.text"}}});
    profile(&changed)
}

pub(super) fn fragment(turn: u16, fragment: u16, milliseconds: u64) -> Outgoing {
    let outgoing = impatient(milliseconds);
    Outgoing {
        id: MessageId {
            turn,
            fragment,
            ..outgoing.id
        },
        ..outgoing
    }
}

/// The id that a frame of the generic profile carries.
pub(super) fn id(frame: &str) -> Value {
    serde_json::from_str::<Value>(frame).map_or(Value::Null, |frame| frame["id"].clone())
}

/// Answers every message by its name.
pub(super) fn answering(frame: &str) -> Vec<Do> {
    match id(frame) {
        Value::Null => Vec::new(),
        to => vec![
            say(json!({"type": "reply", "to": to, "text": "好的"})),
            say(json!({"type": "done", "to": to})),
        ],
    }
}

/// Replies that no message waited for: the message that each names, and its text.
pub(super) type Called = Arc<Mutex<Vec<(Option<(u16, u16)>, String)>>>;

/// What comes for a customer although no message waits for it.
pub(super) fn attend(line: &Line, customer: u64) -> Called {
    let called = Arc::new(Mutex::new(Vec::new()));
    let shared = Arc::clone(&called);
    line.attend(customer, move |reply| {
        shared.lock().unwrap().push((reply.answers, reply.said.text));
        true
    });
    called
}

pub(super) async fn until(is_so: impl Fn() -> bool) {
    let waiting = async {
        while !is_so() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), waiting)
        .await
        .expect("it never happened");
}
