//! A bot that does what a test's script says.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

/// What the bot does after it has read a request.
#[derive(Debug, Clone)]
pub(crate) enum Act {
    /// Writes these bytes.
    Say(Vec<u8>),
    /// Takes this long.
    Take(Duration),
    /// Waits until the test has heard one more thing of it.
    UntilHeard,
    /// Says no more, and waits until the other side closes.
    Hold,
    /// Closes in good order.
    Close,
    /// Resets the connection.
    Reset,
}

/// Bytes to say.
pub(crate) fn say(bytes: impl AsRef<[u8]>) -> Act {
    Act::Say(bytes.as_ref().to_vec())
}

/// Takes this many milliseconds.
pub(crate) fn take(milliseconds: u64) -> Act {
    Act::Take(Duration::from_millis(milliseconds))
}

/// A whole response with a length.
pub(crate) fn ok(body: &str) -> Act {
    status("200 OK", "", body)
}

/// A whole response with this status line and more headers.
pub(crate) fn status(line: &str, headers: &str, body: &str) -> Act {
    say(format!(
        "HTTP/1.1 {line}\r\n{headers}content-length: {}\r\n\r\n{body}",
        body.len()
    ))
}

/// The head of a response in chunks.
pub(crate) fn chunked() -> Act {
    say("HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n")
}

/// One chunk.
pub(crate) fn chunk(bytes: impl AsRef<[u8]>) -> Act {
    let bytes = bytes.as_ref();
    say([format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat())
}

/// The end of the chunks.
pub(crate) fn last_chunk() -> Act {
    say("0\r\n\r\n")
}

/// What the bot saw.
#[derive(Debug)]
pub(crate) struct Seen {
    /// Requests as they came.
    pub(crate) requests: Vec<String>,
    /// The connection that each came on, from 1.
    pub(crate) on: Vec<usize>,
    /// Connections so far.
    pub(crate) connections: usize,
    /// Connections that the other side closed.
    pub(crate) closed: usize,
    /// One permit for each thing that the test has heard.
    pub(crate) heard: Arc<Semaphore>,
}

/// A running bot.
pub(crate) struct Bot {
    /// `http://127.0.0.1:PORT`.
    pub(crate) url: String,
    /// What it saw.
    pub(crate) seen: Arc<Mutex<Seen>>,
}

impl Bot {
    /// A bot that does `script(n)` for its n-th request, from 1.
    pub(crate) async fn start(script: impl Fn(usize) -> Vec<Act> + Send + Sync + 'static) -> Bot {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Seen {
            requests: Vec::new(),
            on: Vec::new(),
            connections: 0,
            closed: 0,
            heard: Arc::new(Semaphore::new(0)),
        }));
        let (shared, script) = (seen.clone(), Arc::new(script));
        tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                shared.lock().unwrap().connections += 1;
                tokio::spawn(serve(socket, shared.clone(), script.clone()));
            }
        });
        Bot { url, seen }
    }

    /// A bot that always does the same.
    pub(crate) async fn always(acts: Vec<Act>) -> Bot {
        Bot::start(move |_| acts.clone()).await
    }

    /// Waits until what it saw is as `expected`.
    pub(crate) async fn until(&self, expected: impl Fn(&Seen) -> bool) {
        let is_so = async {
            while !expected(&self.seen.lock().unwrap()) {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), is_so)
            .await
            .expect("the bot never saw it");
    }
}

async fn serve(mut socket: TcpStream, seen: Arc<Mutex<Seen>>, script: Arc<impl Fn(usize) -> Vec<Act>>) {
    let connection = seen.lock().unwrap().connections;
    while let Some(request) = read_request(&mut socket).await {
        let number = {
            let mut seen = seen.lock().unwrap();
            seen.requests.push(request);
            seen.on.push(connection);
            seen.requests.len()
        };
        for act in script(number) {
            match act {
                Act::Say(bytes) => {
                    if socket.write_all(&bytes).await.is_err() {
                        break;
                    }
                }
                Act::UntilHeard => {
                    let heard = seen.lock().unwrap().heard.clone();
                    heard.acquire().await.unwrap().forget();
                }
                Act::Take(time) => tokio::time::sleep(time).await,
                Act::Hold => {
                    let mut rest = Vec::new();
                    socket.read_to_end(&mut rest).await.unwrap_or_default();
                }
                Act::Close => return,
                Act::Reset => {
                    socket.set_zero_linger().unwrap();
                    return;
                }
            }
        }
    }
    seen.lock().unwrap().closed += 1;
}

/// A request with the length it announces; nothing when the other side has closed.
async fn read_request(socket: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            let length: usize = length.map_or(0, |length| length.parse().unwrap());
            if bytes.len() >= end + 4 + length {
                return Some(String::from_utf8(bytes).unwrap());
            }
        }
        if socket.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
}
