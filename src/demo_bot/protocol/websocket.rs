//! JSON over a WebSocket, as a shop's own page might speak (channels/generic-websocket.yaml):
//! `{type: message, id, customer: {id}, text, media: {kind, url}}` in; `piece`, `reply`, `done` and `error` out, each with the message's id in `to`.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CONNECTION, HeaderValue, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, UPGRADE};
use axum::http::{HeaderMap, Response, StatusCode};
use futures_util::{SinkExt, StreamExt};
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error, Message};

use super::generic::Incoming;
use super::{Protocol, in_chunks};
use crate::demo_bot::bot::{Act, Bot};
use crate::demo_bot::exchange::{Pace, SILENCE, Speech, note_length, reject};
use crate::demo_bot::message::{Id, Inbound};
use crate::demo_bot::truth::Entry;

/// Nobody writes longer messages.
const LONGEST_MESSAGE: usize = 64 << 10;
/// Frames of all answers of one socket that wait to be written.
const UNWRITTEN: usize = 16;

/// What an answer wants of its socket.
enum Said {
    Frame(Value),
    /// Closes it with this code.
    Close(CloseCode),
    /// Drops it without a word.
    Drop,
}

/// `GET /socket`: opens a socket.
pub(in crate::demo_bot) async fn open(State(bot): State<Arc<Bot>>, mut request: Request) -> Response<Body> {
    let Some(accepted) = accepted(request.headers()) else {
        return reject(&bot, StatusCode::UPGRADE_REQUIRED, "this address is a WebSocket's");
    };
    let upgrading = hyper::upgrade::on(&mut request);
    tokio::spawn(async move {
        if let Ok(upgraded) = upgrading.await {
            let config = WebSocketConfig::default()
                .read_buffer_size(2 << 10)
                .write_buffer_size(0)
                .max_message_size(Some(LONGEST_MESSAGE))
                .max_frame_size(Some(LONGEST_MESSAGE));
            let socket = WebSocketStream::from_raw_socket(TokioIo::new(upgraded), Role::Server, Some(config)).await;
            // How it broke is in the records of the messages that waited.
            talk(bot, socket).await.unwrap_or_default();
        }
    });
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = response.headers_mut();
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(CONNECTION, HeaderValue::from_static("Upgrade"));
    headers.insert(SEC_WEBSOCKET_ACCEPT, accepted);
    response
}

/// What proves that the upgrade was understood; nothing if none was asked for.
fn accepted(headers: &HeaderMap) -> Option<HeaderValue> {
    let upgrade = headers.get(UPGRADE)?.to_str().ok()?;
    let key = headers.get(SEC_WEBSOCKET_KEY)?;
    let is_asked = upgrade.eq_ignore_ascii_case("websocket");
    is_asked.then(|| HeaderValue::from_str(&derive_accept_key(key.as_bytes())).ok())?
}

/// One socket, until either side closes it. Its messages are answered beside each other.
async fn talk(bot: Arc<Bot>, mut socket: WebSocketStream<TokioIo<Upgraded>>) -> Result<(), Error> {
    let (sayer, mut said) = mpsc::channel(UNWRITTEN);
    loop {
        tokio::select! {
            frame = socket.next() => match frame {
                None | Some(Ok(Message::Close(_))) => return Ok(()),
                Some(Err(error)) => return Err(error),
                Some(Ok(Message::Text(text))) => match serde_json::from_str::<Incoming>(text.as_str()) {
                    Ok(incoming) => drop(tokio::spawn(answer(Arc::clone(&bot), incoming, sayer.clone()))),
                    Err(error) => {
                        bot.book().reject();
                        let told = json!({"type": "error", "text": error.to_string()});
                        socket.send(Message::text(told.to_string())).await?;
                    }
                },
                Some(Ok(_)) => {}
            },
            Some(saying) = said.recv() => match saying {
                Said::Frame(frame) => socket.send(Message::text(frame.to_string())).await?,
                Said::Drop => return Ok(()),
                Said::Close(code) => {
                    let frame = CloseFrame { code, reason: Default::default() };
                    return socket.close(Some(frame)).await;
                }
            },
        }
    }
}

/// Answers one message. A client that leaves leaves the record cut.
async fn answer(bot: Arc<Bot>, incoming: Incoming, socket: mpsc::Sender<Said>) {
    let message = Inbound {
        id: incoming.id.as_deref().map(Id::from_text),
        customer: incoming.customer.map(|customer| customer.id),
        text: incoming.text,
        media: incoming.media.map(|media| media.kind),
        protocol: Protocol::WebSocket,
    };
    let mut entry = bot.book().open(&message);
    let telling = Telling {
        to: incoming.id,
        socket,
        bot: Arc::clone(&bot),
    };
    let last = match bot.decide(message, &mut entry).await {
        Act::Speak {
            speech,
            pause,
            is_truncated,
        } => {
            note_length(&speech, &mut entry);
            return telling.tell(&speech, pause, is_truncated, entry).await;
        }
        Act::Refuse => Said::Close(CloseCode::Again),
        Act::Fail => Said::Close(CloseCode::Error),
        Act::HangUp => Said::Drop,
        Act::KeepSilent => {
            tokio::select! {
                () = tokio::time::sleep(SILENCE) => entry.complete(),
                () = telling.socket.closed() => {}
            }
            return;
        }
    };
    telling.bot.freezes().thaw().await;
    if telling.socket.send(last).await.is_ok() {
        entry.complete();
    }
}

/// An answer on its way.
struct Telling {
    to: Option<String>,
    socket: mpsc::Sender<Said>,
    bot: Arc<Bot>,
}

impl Telling {
    async fn tell(&self, speech: &Speech, pause: Duration, is_truncated: bool, mut entry: Entry) {
        let pace = self.bot.pace(pause);
        let frames = match is_truncated {
            true => half(self.frames(speech, &pace)),
            false => self.frames(speech, &pace),
        };
        tokio::time::sleep(pause).await;
        let mut is_first = true;
        for frame in frames {
            let is_text = frame.get("text").is_some() && frame["type"] != "error";
            if is_text && !std::mem::take(&mut is_first) {
                tokio::time::sleep(pace.chunk_gap).await;
            }
            self.bot.freezes().thaw().await;
            let bytes = frame.to_string().len();
            if self.socket.send(Said::Frame(frame)).await.is_err() {
                return;
            }
            entry.hand(bytes, is_text);
        }
        if is_truncated && self.socket.send(Said::Drop).await.is_err() {
            return;
        }
        entry.complete();
    }

    /// Each text in pieces, the last of which completes it, and the end of all.
    fn frames(&self, speech: &Speech, pace: &Pace) -> Vec<Value> {
        let mut frames = Vec::new();
        match speech {
            Speech::Say { texts, .. } => {
                for text in texts {
                    let chunks = in_chunks(text, pace.chunk_chars);
                    let last = chunks.len().saturating_sub(1);
                    let kind = |at| if at == last { "reply" } else { "piece" };
                    let pieces = chunks.iter().enumerate();
                    frames.extend(pieces.map(|(at, chunk)| self.frame(kind(at), Some(chunk))));
                }
            }
            Speech::Acknowledge { .. } | Speech::Nothing => {}
            Speech::Error => return vec![self.frame("error", Some("the bot failed to answer"))],
        }
        frames.push(self.frame("done", None));
        frames
    }

    fn frame(&self, kind: &str, text: Option<&str>) -> Value {
        let mut frame = json!({"type": kind});
        if let Some(to) = &self.to {
            frame["to"] = json!(to);
        }
        if let Some(text) = text {
            frame["text"] = json!(text);
        }
        frame
    }
}

/// The first half of the text, with nothing that completes it.
fn half(mut frames: Vec<Value>) -> Vec<Value> {
    frames.retain(|frame| frame["type"] != "done");
    frames.truncate(frames.len().div_ceil(2));
    for frame in frames.iter_mut().filter(|frame| frame["type"] == "reply") {
        frame["type"] = json!("piece");
    }
    frames
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_an_answer_completes_nothing() {
        let frame = |kind: &str| json!({"type": kind, "text": "a"});
        let kinds = |frames: Vec<Value>| -> Vec<String> {
            frames
                .iter()
                .map(|frame| frame["type"].as_str().unwrap().to_owned())
                .collect()
        };
        let done = json!({"type": "done"});
        assert_eq!(
            kinds(half(vec![frame("piece"), frame("piece"), frame("reply"), done.clone()])),
            ["piece", "piece"]
        );
        assert_eq!(kinds(half(vec![frame("reply"), done.clone()])), ["piece"]);
        assert!(half(vec![done]).is_empty());
    }

    #[test]
    fn only_an_upgrade_to_a_websocket_is_accepted() {
        let headers = |pairs: &[(&'static str, &'static str)]| -> HeaderMap {
            pairs
                .iter()
                .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)))
                .collect()
        };
        // The example of RFC 6455, section 1.3.
        let asking = headers(&[
            ("upgrade", "WebSocket"),
            ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ]);
        assert_eq!(accepted(&asking).unwrap(), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        assert_eq!(
            accepted(&headers(&[("upgrade", "h2c"), ("sec-websocket-key", "x")])),
            None
        );
        assert_eq!(accepted(&headers(&[("upgrade", "websocket")])), None);
    }
}
