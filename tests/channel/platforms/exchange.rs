//! One message to a scripted bot, and what it came to.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha1::Sha1;
use throng::channel::{ChannelError, Line, Signal};
use url::{Url, form_urlencoded};

use crate::bot::{Act, Bot, chunk, chunked, last_chunk};
use crate::lines::{ask, channel, message, open, replies, short};
use crate::profiles::shipped;

/// What one message came to: replies, the ending, the request as it came, and what was kept for the conversation.
pub(super) struct Exchange {
    pub(super) told: Vec<String>,
    pub(super) ended: String,
    pub(super) request: String,
    pub(super) captured: BTreeMap<String, Value>,
}

pub(crate) fn opened(name: &str, settings: Value, url: &str) -> Result<Line, ChannelError> {
    open(&channel(shipped(name), settings), url)
}

/// Asks a bot at `path` that does this.
pub(super) async fn exchange(name: &str, settings: Value, path: &str, acts: Vec<Act>) -> Exchange {
    let bot = Bot::always(acts).await;
    let line = opened(name, settings, &format!("{}{path}", bot.url)).unwrap();
    let (signals, finish) = ask(&line, message(7)).await;
    let captured = signals.iter().filter_map(|signal| match signal {
        Signal::Captured { name, value } => Some((name.clone(), value.clone())),
        _ => None,
    });
    let requests = bot.seen.lock().unwrap().requests.clone();
    Exchange {
        told: replies(&signals).into_iter().map(str::to_owned).collect(),
        ended: short(&finish.ended),
        request: requests.last().unwrap().clone(),
        captured: captured.collect(),
    }
}

/// A request's first line, headers in small letters, and body.
pub(crate) fn parts(request: &str) -> (&str, BTreeMap<String, &str>, &str) {
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let (first, headers) = head.split_once("\r\n").unwrap();
    let headers = headers.lines().filter_map(|line| line.split_once(": "));
    (
        first,
        headers.map(|(name, value)| (name.to_lowercase(), value)).collect(),
        body,
    )
}

pub(crate) fn json_of(request: &str) -> Value {
    serde_json::from_str(parts(request).2).unwrap()
}

pub(crate) fn form_of(request: &str) -> BTreeMap<String, String> {
    form_urlencoded::parse(parts(request).2.as_bytes())
        .into_owned()
        .collect()
}

pub(crate) fn query_of(request: &str) -> BTreeMap<String, String> {
    let path = parts(request).0.split(' ').nth(1).unwrap();
    let url = Url::parse(&format!("http://bot{path}")).unwrap();
    url.query_pairs().into_owned().collect()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn hmac_sha1(key: &str, data: &str) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(data.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

pub(crate) fn events(data: &[&str]) -> Vec<Act> {
    let body: String = data.iter().map(|data| format!("data: {data}\n\n")).collect();
    vec![chunked(), chunk(body), last_chunk()]
}
