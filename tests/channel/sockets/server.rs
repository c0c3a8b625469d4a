//! A server of WebSockets that does what a test's script says.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::Value;
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::handshake::server::{Request, Response};
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::{WebSocketStream, accept_hdr_async};

/// What the server does after it has read a frame, or once a socket is open.
#[derive(Debug, Clone)]
pub(crate) enum Do {
    /// Sends a text frame.
    Say(String),
    /// Sends a binary frame.
    Binary,
    /// Sends a ping.
    Ping,
    /// Writes these bytes as they are.
    Raw(Vec<u8>),
    /// Takes this many milliseconds.
    Take(u64),
    /// Closes in good order.
    Close(u16, &'static str),
    /// Drops the connection.
    Drop,
    /// Reads nothing any more.
    Sleep,
}

/// A text frame with this JSON.
pub(crate) fn say(json: Value) -> Do {
    Do::Say(json.to_string())
}

/// What the server saw.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// Text frames, with the socket that each came on, from 1.
    pub(crate) frames: Vec<(usize, String)>,
    /// Requests for an upgrade: path, and headers.
    pub(crate) openings: Vec<(String, http::HeaderMap)>,
    /// Sockets that the other side closed in good order.
    pub(crate) closed: usize,
    pub(crate) pings: usize,
    pub(crate) pongs: usize,
}

/// A running server.
pub(crate) struct Server {
    /// `ws://127.0.0.1:PORT`.
    pub(crate) url: String,
    pub(crate) seen: Arc<Mutex<Seen>>,
}

impl Server {
    /// A server that does `script(frame)` for each frame; the first of every socket is the empty text, when it opens.
    pub(crate) async fn start(script: impl Fn(&str) -> Vec<Do> + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("ws://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Seen::default()));
        let (shared, script) = (Arc::clone(&seen), Arc::new(script));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&shared), Arc::clone(&script)));
            }
        });
        Server { url, seen }
    }

    /// A server that does the same for every message, and nothing when a socket opens.
    pub(crate) async fn always(acts: Vec<Do>) -> Server {
        Server::start(move |frame| if frame.is_empty() { Vec::new() } else { acts.clone() }).await
    }

    /// Waits until what it saw is as `expected`.
    pub(crate) async fn until(&self, expected: impl Fn(&Seen) -> bool) {
        let is_so = async {
            while !expected(&self.seen.lock().unwrap()) {
                tokio::task::yield_now().await;
            }
        };
        let waited = tokio::time::timeout(Duration::from_secs(10), is_so).await;
        waited.unwrap_or_else(|_| panic!("the server never saw it: {:?}", self.seen.lock().unwrap()));
    }

    /// All text frames so far.
    pub(crate) fn frames(&self) -> Vec<String> {
        let seen = self.seen.lock().unwrap();
        seen.frames.iter().map(|(_, frame)| frame.clone()).collect()
    }

    pub(crate) fn sockets(&self) -> usize {
        self.seen.lock().unwrap().openings.len()
    }
}

#[expect(clippy::result_large_err, reason = "the library's callback wants it so")]
async fn serve(stream: TcpStream, seen: Arc<Mutex<Seen>>, script: Arc<impl Fn(&str) -> Vec<Do>>) {
    stream.set_nodelay(true).unwrap();
    let opening = Arc::clone(&seen);
    let upgraded = accept_hdr_async(stream, |request: &Request, mut response: Response| {
        let mut seen = opening.lock().unwrap();
        seen.openings
            .push((request.uri().to_string(), request.headers().clone()));
        if let Some(offered) = request.headers().get("sec-websocket-protocol") {
            response.headers_mut().insert("sec-websocket-protocol", offered.clone());
        }
        Ok(response)
    });
    let Ok(mut socket) = upgraded.await else { return };
    let number = seen.lock().unwrap().openings.len();
    if !act(&mut socket, script("")).await {
        return;
    }
    while let Some(Ok(message)) = socket.next().await {
        match message {
            Message::Text(text) => {
                seen.lock().unwrap().frames.push((number, text.as_str().to_owned()));
                if !act(&mut socket, script(text.as_str())).await {
                    return;
                }
            }
            Message::Ping(_) => seen.lock().unwrap().pings += 1,
            Message::Pong(_) => seen.lock().unwrap().pongs += 1,
            Message::Close(_) => seen.lock().unwrap().closed += 1,
            _ => {}
        }
    }
}

/// False when the connection is to be dropped.
async fn act(socket: &mut WebSocketStream<TcpStream>, acts: Vec<Do>) -> bool {
    for act in acts {
        let done = match act {
            Do::Say(text) => socket.send(Message::text(text)).await.is_ok(),
            Do::Binary => socket.send(Message::binary(vec![0, 159, 146])).await.is_ok(),
            Do::Ping => socket.send(Message::Ping(Default::default())).await.is_ok(),
            Do::Raw(bytes) => socket.get_mut().write_all(&bytes).await.is_ok(),
            Do::Take(milliseconds) => {
                tokio::time::sleep(Duration::from_millis(milliseconds)).await;
                true
            }
            Do::Close(code, reason) => {
                let frame = CloseFrame {
                    code: code.into(),
                    reason: reason.into(),
                };
                socket.close(Some(frame)).await.is_ok()
            }
            Do::Drop => false,
            Do::Sleep => std::future::pending().await,
        };
        if !done {
            return false;
        }
    }
    true
}
