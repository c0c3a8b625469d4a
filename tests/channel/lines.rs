//! Channels and messages for tests.

use std::time::Duration;

use serde_json::{Value, json};
use throng::channel::{ChannelError, Ended, Finish, Line, Outgoing, Signal, Wiring};
use throng::conversation::{MessageId, RunKey};
use throng::scenario::{Channel, Connection, Deadline, Form, Profile, Span};
use tokio::time::Instant;

/// The settings that a channel of this profile has.
pub(crate) fn channel(profile: Profile, settings: Value) -> Channel {
    let mut all = serde_json::Map::new();
    for (name, setting) in &profile.settings {
        all.extend(setting.default.clone().map(|default| (name.clone(), default)));
    }
    all.extend(settings.as_object().unwrap().clone());
    Channel {
        name: "web".to_owned(),
        profile,
        share: 1.0,
        target: String::new(),
        deadline: Deadline {
            reply: Span::seconds(5.0),
            grace: Span::seconds(5.0),
        },
        settings: all.into_iter().collect(),
        connection: Connection::Pooled,
        form: Form::default(),
        source_addresses: Vec::new(),
        platform_faults: indexmap::IndexMap::new(),
    }
}

/// A small JSON profile with these keys changed.
pub(crate) fn profile(changes: &Value) -> Profile {
    let mut profile = json!({
        "profile": "small", "proven": "sketch", "target": "the URL",
        "settings": {"key": {"secret": true}},
        "send": {"method": "POST", "url": "{{ target }}/chat", "json": {"text": "{{ message.text }}"}},
        "reply": {"response": {"format": "json", "each": "$.replies[*]", "text": "$.text", "error": [{"when": "$.error"}],
                               "capture": {"session": "$.session"}}},
    });
    for (key, value) in changes.as_object().unwrap() {
        profile[key] = value.clone();
    }
    serde_json::from_value(profile).unwrap()
}

/// The same with a stream of server-sent events.
pub(crate) fn stream_profile(limits: &Value) -> Profile {
    profile(&json!({"limits": limits, "reply": {"stream": {
        "framing": "sse", "end_data": ["[DONE]"], "pick": [{"text": "$.t"}], "error": [{"when": "$.error"}],
    }}}))
}

/// The way to `url`.
pub(crate) fn wiring(url: &str) -> Wiring {
    Wiring {
        target: url.to_owned(),
        allowed_hosts: Vec::new(),
        loopback_sources: 0,
        office: None,
        sockets: Default::default(),
        hang_ups: Default::default(),
    }
}

/// A line to `url`.
pub(crate) fn open(channel: &Channel, url: &str) -> Result<Line, ChannelError> {
    Line::open(channel, &wiring(url))
}

/// A line of this profile to `url`.
pub(crate) fn line(profile: Profile, url: &str) -> Line {
    open(&channel(profile, json!({"key": "sk-secret"})), url).unwrap()
}

/// A message of this customer, listened for 10 s.
pub(crate) fn message(customer: u64) -> Outgoing {
    Outgoing {
        id: MessageId {
            run: RunKey::of_seed(1),
            customer,
            turn: 1,
            fragment: 1,
        },
        customer_id: format!("throng-1-{customer}"),
        customer_name: "小明".to_owned(),
        text: "到哪了?".to_owned(),
        media: None,
        captured: Default::default(),
        history: Vec::new(),
        give_up_at: Instant::now() + Duration::from_secs(10),
    }
}

/// The same, listened for this long.
pub(crate) fn impatient(milliseconds: u64) -> Outgoing {
    Outgoing {
        give_up_at: Instant::now() + Duration::from_millis(milliseconds),
        ..message(7)
    }
}

/// What one exchange tells.
pub(crate) async fn ask(line: &Line, message: Outgoing) -> (Vec<Signal>, Finish) {
    let mut signals = Vec::new();
    let finish = line.exchange(message, |signal| signals.push(signal)).await;
    (signals, finish)
}

/// The replies among `signals`.
pub(crate) fn replies(signals: &[Signal]) -> Vec<&str> {
    let told = signals.iter().filter_map(|signal| match signal {
        Signal::Reply { text, .. } => Some(text.as_str()),
        _ => None,
    });
    told.collect()
}

/// The gaps between growths of visible text; they are told at most once.
pub(crate) fn gaps(signals: &[Signal]) -> &[Duration] {
    let mut told = signals.iter().filter_map(|signal| match signal {
        Signal::Gaps(gaps) => Some(gaps.as_slice()),
        _ => None,
    });
    let gaps = told.next().unwrap_or_default();
    assert_eq!(told.next(), None, "gaps are told once");
    gaps
}

/// The outcome in short: its name and its words.
pub(crate) fn short(ended: &Ended) -> String {
    match ended {
        Ended::Complete => "complete".to_owned(),
        Ended::Empty => "empty".to_owned(),
        Ended::Unread(words) => format!("unread: {words}"),
        Ended::Silent => "silent".to_owned(),
        Ended::Truncated { text, .. } => format!("truncated: {text}"),
        Ended::BotError(words) => format!("bot error: {words}"),
        Ended::Refused(words) => format!("refused: {words}"),
        Ended::HttpError(words) => format!("http error: {words}"),
        Ended::ConnectionLost(words) => format!("connection lost: {words}"),
        Ended::Hindered { by, words } => format!("hindered by {by:?}: {words}"),
    }
}
