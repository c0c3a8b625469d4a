//! The HTTP server of all platforms and the ground of the interceptor, each on a thread of its own, so that a call is stamped when it comes and not when a shard
//! has time.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONNECTION, CONTENT_TYPE, HeaderValue, SEC_WEBSOCKET_ACCEPT, UPGRADE};
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming as Body;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout};
use tokio_util::sync::CancellationToken;

use super::office::{Incoming, Intake, Office, Reaction};
use super::socket::{self, Upgrade};
use super::sockets::Seat;
use crate::wire::{Answered, FileSieve};

/// Longest body of a call, in bytes: a reply of the greatest length, percent-encoded.
const LONGEST_CALL: usize = 128 << 10;
/// So much of an upload is read and forgotten, in bytes; whoever sends more is hung up on.
const MOST_UPLOADED: u64 = 80 << 20;
/// Longest head, in bytes.
const LONGEST_HEAD: usize = 64 << 10;
/// Connections at once; others wait to be accepted. With the longest calls on each they take 256 MiB.
const MOST_CONNECTIONS: usize = 2_048;
/// Connections that may wait to be accepted; the system may allow fewer. With the usual 128 a peak's calls would wait a whole
/// second for the kernel, and the bot would look slow.
const BACKLOG: u32 = 4_096;
/// A body must come within this time.
const PATIENCE: Duration = Duration::from_secs(10);
/// A connection without a call is closed after this time, as platforms do; bots that keep theirs expect no less.
const IDLE: Duration = Duration::from_secs(75);
/// After a failed accept (no descriptors, say) the next is tried after this long.
const ACCEPT_AGAIN_AFTER: Duration = Duration::from_millis(50);

/// A running server, which ends when this is dropped.
#[derive(Debug)]
pub(super) struct Server {
    stop: CancellationToken,
    thread: Option<JoinHandle<()>>,
}

/// A server that does not accept yet.
pub(super) struct Listening {
    runtime: Runtime,
    listener: TcpListener,
}

impl Listening {
    /// Listens on `address`.
    pub(super) fn on(address: SocketAddr) -> io::Result<Listening> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let inside = runtime.enter();
        let socket = match address {
            SocketAddr::V4(_) => TcpSocket::new_v4()?,
            SocketAddr::V6(_) => TcpSocket::new_v6()?,
        };
        // A port whose last connections are still dying away is free. On Windows that option would let two share a port.
        #[cfg(not(windows))]
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        let listener = socket.listen(BACKLOG)?;
        drop(inside);
        Ok(Listening { runtime, listener })
    }

    pub(super) fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves each connection with `attend`, on a thread with this name.
    pub(super) fn serve<T>(self, name: &str, attend: impl Fn(TcpStream) -> T + Send + 'static) -> io::Result<Server>
    where
        T: Future<Output = ()> + Send + 'static,
    {
        let Listening { runtime, listener } = self;
        let stop = CancellationToken::new();
        let stopped = stop.clone();
        let thread = std::thread::Builder::new().name(name.to_owned()).spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    () = stopped.cancelled() => {}
                    () = accept(listener, attend) => {}
                }
            });
        })?;
        Ok(Server {
            stop,
            thread: Some(thread),
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.cancel();
        if let Some(thread) = self.thread.take() {
            // One that panicked has nothing more to say.
            thread.join().unwrap_or_default();
        }
    }
}

async fn accept<T>(listener: TcpListener, attend: impl Fn(TcpStream) -> T)
where
    T: Future<Output = ()> + Send + 'static,
{
    let room = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    while let Ok(permit) = Arc::clone(&room).acquire_owned().await {
        match listener.accept().await {
            Ok((stream, _)) => {
                // A socket that refuses this still works.
                stream.set_nodelay(true).unwrap_or_default();
                let attending = attend(stream);
                tokio::spawn(async move {
                    attending.await;
                    drop(permit);
                });
            }
            Err(_) => tokio::time::sleep(ACCEPT_AGAIN_AFTER).await,
        }
    }
}

/// One connection on which calls come for these offices, until either side closes it.
pub(super) async fn talk<T>(stream: T, offices: Arc<[Arc<Office>]>)
where
    T: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let service = service_fn(|request: Request<Body>| {
        let offices = Arc::clone(&offices);
        async move { Ok::<_, Infallible>(respond(request, &offices).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(IDLE)
        .max_buf_size(LONGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    // How a connection ends is the bot's affair; each call on it was answered or counted.
    connection.await.unwrap_or_default();
}

async fn respond(mut request: Request<Body>, offices: &[Arc<Office>]) -> Response<Full<Bytes>> {
    let upgrade = Upgrade::wanted_by(&mut request);
    let (head, body) = request.into_parts();
    let path = head.uri.path();
    let named = offices.iter().find(|office| office.is_named_in(path));
    let taking = || offices.iter().find(|office| office.takes(&head.method, path));
    let Some(office) = named.or_else(taking).or(offices.first()) else {
        return response(StatusCode::NOT_FOUND, "", Bytes::new());
    };
    let reading = async {
        match office.intake(&head, LONGEST_CALL) {
            Intake::Whole => called(body).await,
            Intake::Upload(largest) => uploaded(body, largest, None).await,
            Intake::Files(largest, sieve) => uploaded(body, largest, Some(sieve)).await,
        }
    };
    // It broke off, or never ended: nobody waits for an answer.
    let Ok(Some(Received { body, length })) = timeout(PATIENCE, reading).await else {
        return response(StatusCode::REQUEST_TIMEOUT, "", Bytes::new());
    };
    let incoming = Incoming {
        method: &head.method,
        path,
        query: head.uri.query().unwrap_or_default(),
        headers: &head.headers,
        body: body.as_deref().map_err(|error| *error),
        length,
        wants_socket: upgrade.is_some(),
        at: Instant::now(),
    };
    let Answered {
        status,
        content_type,
        body,
    } = match (office.answer(incoming).await, upgrade) {
        (Reaction::Answer(answered), _) => answered,
        (Reaction::Socket(seat), Some(upgrade)) => return switch(upgrade, Arc::clone(office), seat),
        // Nobody gets a seat who did not ask for a socket.
        (Reaction::Socket(_), None) => return response(StatusCode::UPGRADE_REQUIRED, "", Bytes::new()),
    };
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response(status, content_type, body.into())
}

/// What came of a call's body.
struct Received {
    /// The error of one that is too long; of an upload, empty.
    body: Result<Bytes, &'static str>,
    length: u64,
}

/// Reads a call; absent when it breaks off.
async fn called(body: Body) -> Option<Received> {
    let body = match Limited::new(body, LONGEST_CALL).collect().await {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<http_body_util::LengthLimitError>() => Err("too_large"),
        Err(_) => return None,
    };
    let length = body.as_ref().map_or(0, |body| body.len() as u64);
    Some(Received { body, length })
}

/// Counts an upload and keeps of it what passes the sieve, also when it is beyond `largest`: an answer to whoever is still sending
/// would be lost. Absent when it breaks off.
async fn uploaded(mut body: Body, largest: u64, mut sieve: Option<FileSieve>) -> Option<Received> {
    let mut length = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.ok()?;
        let Some(data) = frame.data_ref() else { continue };
        length += data.len() as u64;
        if length > MOST_UPLOADED {
            break;
        }
        if let Some(sieve) = sieve.as_mut().filter(|_| length <= largest) {
            sieve.push(data);
        }
    }
    let kept = match (length <= largest, sieve) {
        (false, _) => Err("upload_too_large"),
        (true, None) => Ok(Bytes::new()),
        (true, Some(sieve)) => sieve.finish().map(Bytes::from).ok_or("too_large"),
    };
    Some(Received { body: kept, length })
}

/// The answer with which a call becomes a socket.
fn switch(upgrade: Upgrade, office: Arc<Office>, seat: Seat) -> Response<Full<Bytes>> {
    let mut answer = response(StatusCode::SWITCHING_PROTOCOLS, "", Bytes::new());
    let headers = answer.headers_mut();
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(CONNECTION, HeaderValue::from_static("Upgrade"));
    match HeaderValue::from_str(&upgrade.accept) {
        Ok(accept) => headers.insert(SEC_WEBSOCKET_ACCEPT, accept),
        Err(_) => return response(StatusCode::BAD_REQUEST, "", Bytes::new()),
    };
    tokio::spawn(socket::talk(upgrade, office, seat));
    answer
}

fn response(status: StatusCode, content_type: &'static str, body: Bytes) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(body));
    *response.status_mut() = status;
    if !content_type.is_empty() {
        let kind = HeaderValue::from_static(content_type);
        response.headers_mut().insert(CONTENT_TYPE, kind);
    }
    response
}
