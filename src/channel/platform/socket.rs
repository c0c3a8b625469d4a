//! One socket that a bot opened, from the upgrade to its end.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use http::header::{CONNECTION, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION, UPGRADE};
use http::{HeaderMap, Request};
use hyper::body::Incoming as Body;
use hyper::upgrade::{OnUpgrade, Upgraded};
use hyper_util::rt::TokioIo;
use tokio::time::{Instant, sleep_until, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::frame::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{Message, Role};
use tokio_tungstenite::tungstenite::{self, Utf8Bytes};

use super::office::Office;
use super::sockets::{Link, Seat, lock};
use crate::channel::socket::config;

/// Longest frame of a bot, in bytes: as long as a call.
const LONGEST_FRAME: usize = 128 << 10;
/// A connection must become a socket, and a frame must leave, within this time.
const PATIENCE: Duration = Duration::from_secs(10);

type Stream = WebSocketStream<TokioIo<Upgraded>>;

/// A request that wants to become a socket.
pub(super) struct Upgrade {
    upgraded: OnUpgrade,
    /// What proves that the request was understood (RFC 6455, section 4.2.2).
    pub(super) accept: String,
}

/// Why a socket ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// The bot closed it, or it broke.
    Closed,
    /// The bot does not say that it is there, or takes nothing.
    Still,
    /// The bot sent more than anybody reads.
    TooLong,
    /// It has lasted as long as sockets do.
    Refreshed,
}

impl Upgrade {
    /// The upgrade that a request asks for, if it asks for one to a WebSocket.
    pub(super) fn wanted_by(request: &mut Request<Body>) -> Option<Upgrade> {
        let headers = request.headers();
        let is_wanted = names(headers, &UPGRADE, "websocket")
            && names(headers, &CONNECTION, "upgrade")
            && names(headers, &SEC_WEBSOCKET_VERSION, "13");
        let key = headers.get(SEC_WEBSOCKET_KEY).filter(|_| is_wanted)?;
        let accept = derive_accept_key(key.as_bytes());
        Some(Upgrade {
            upgraded: hyper::upgrade::on(request),
            accept,
        })
    }
}

/// True when one of the values of a header is `wanted`.
fn names(headers: &HeaderMap, name: &http::HeaderName, wanted: &str) -> bool {
    let values = headers.get_all(name).into_iter();
    let mut values = values
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    values.any(|value| value.trim().eq_ignore_ascii_case(wanted))
}

/// The conversation on one socket. What is on its way to the bot when it ends is told to those who wait, and none is lost.
pub(super) async fn talk(upgrade: Upgrade, office: Arc<Office>, mut seat: Seat) {
    let Ok(Ok(upgraded)) = timeout(PATIENCE, upgrade.upgraded).await else {
        return;
    };
    let io = TokioIo::new(upgraded);
    let stream = WebSocketStream::from_raw_socket(io, Role::Server, Some(config(LONGEST_FRAME))).await;
    let (mut sink, mut stream) = stream.split();
    let hello = office.hello(seat.sockets.open() + 1);
    // Open before the bot knows of it: a bot that has been greeted is never passed over. Messages wait until the greeting has left.
    seat.opens();
    let link = Arc::clone(&seat.link);
    let end = match greet(&mut sink, hello).await {
        Err(()) => End::Closed,
        Ok(()) => tokio::select! {
            end = read(&mut stream, &office, &link) => end,
            end = write(&mut sink, &office, &mut seat) => end,
        },
    };
    if end != End::Refreshed {
        lock(&seat.sockets.counts).lost += 1;
    }
    let (code, reason) = match end {
        End::Closed => return,
        End::TooLong => (CloseCode::Size, "the frame is too long"),
        End::Still => (CloseCode::Away, "nothing came in time"),
        End::Refreshed => (CloseCode::Normal, "open another one"),
    };
    let goodbye = Message::Close(Some(CloseFrame {
        code,
        reason: Utf8Bytes::from_static(reason),
    }));
    // A bot that does not take it is gone all the same.
    send(&mut sink, goodbye).await.unwrap_or_default();
}

async fn greet(sink: &mut SplitSink<Stream, Message>, hello: Option<String>) -> Result<(), ()> {
    match hello {
        Some(hello) => send(sink, Message::Text(hello.into())).await,
        None => Ok(()),
    }
}

async fn read(stream: &mut SplitStream<Stream>, office: &Office, link: &Link) -> End {
    loop {
        let frame = match stream.next().await {
            None => return End::Closed,
            Some(Err(tungstenite::Error::Capacity(_))) => {
                office.refuse_frame("frame_too_large");
                return End::TooLong;
            }
            Some(Err(error)) => {
                if matches!(error, tungstenite::Error::Utf8(_)) {
                    office.refuse_frame("unreadable_frame");
                }
                return End::Closed;
            }
            Some(Ok(frame)) => frame,
        };
        link.hear();
        let answer = match frame {
            Message::Text(text) => office.hear(&text, Instant::now()).await,
            Message::Binary(_) => {
                office.refuse_frame("unreadable_frame");
                None
            }
            // The library answers these by itself.
            Message::Ping(_) | Message::Pong(_) | Message::Close(_) | Message::Frame(_) => None,
        };
        if let Some(answer) = answer {
            // It ends only with the socket.
            link.frames.send(answer).await.unwrap_or_default();
        }
    }
}

/// When something other than a message is due on a socket.
struct Due {
    ping: Option<Instant>,
    /// When anything must have come since the last ping.
    answer: Option<(Instant, Instant)>,
    refresh: Option<Instant>,
    close: Option<Instant>,
}

async fn write(sink: &mut SplitSink<Stream, Message>, office: &Office, seat: &mut Seat) -> End {
    let rules = seat.sockets.rules.clone();
    let (ping, refresh) = (rules.ping.as_ref(), rules.refresh.as_ref());
    let start = Instant::now();
    let mut due = Due {
        ping: ping.map(|ping| start + ping.every.get()),
        answer: None,
        refresh: refresh.map(|refresh| start + refresh.every.get()),
        close: None,
    };
    loop {
        let message = tokio::select! {
            frame = seat.frames.recv() => frame.map(|frame| Message::Text(frame.into())),
            () = moment(due.ping) => {
                let asked_at = Instant::now();
                due.ping = ping.map(|ping| asked_at + ping.every.get());
                due.answer = due.answer.or(ping.map(|ping| (asked_at, asked_at + ping.within.get())));
                Some(office.ping().map_or(Message::Ping(Bytes::new()), |ping| Message::Text(ping.into())))
            }
            () = moment(due.answer.map(|(_, by)| by)) => {
                let asked_at = due.answer.take().map(|(asked_at, _)| asked_at);
                if asked_at.is_some_and(|asked_at| *lock(&seat.link.heard_at) < asked_at) {
                    return End::Still;
                }
                continue;
            }
            () = moment(due.refresh) => {
                due.refresh = None;
                due.close = refresh.map(|refresh| Instant::now() + refresh.closes_after.get());
                seat.link.leaves();
                office.refresh().map(|frame| Message::Text(frame.into()))
            }
            () = moment(due.close) => return End::Refreshed,
        };
        let Some(message) = message else { continue };
        match timeout(PATIENCE, sink.send(message)).await {
            Err(_) => return End::Still,
            Ok(Err(_)) => return End::Closed,
            Ok(Ok(())) => {}
        }
    }
}

/// Passes at this moment; without one, never.
async fn moment(at: Option<Instant>) {
    match at {
        Some(at) => sleep_until(at).await,
        None => std::future::pending().await,
    }
}

async fn send(sink: &mut SplitSink<Stream, Message>, message: Message) -> Result<(), ()> {
    match timeout(PATIENCE, sink.send(message)).await {
        Ok(Ok(())) => Ok(()),
        _ => Err(()),
    }
}
