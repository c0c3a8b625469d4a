//! One connection of a bot: its CONNECT, then TLS as the platform's host, then calls as at the platform's own API.

use std::convert::Infallible;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Incoming as Body;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::upgrade::OnUpgrade;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::rustls::Error as TlsError;

use super::{Door, Switchboard};
use crate::channel::platform::server;

/// A bot has so long for its CONNECT, and for the TLS in it.
const PATIENCE: Duration = Duration::from_secs(10);
/// A CONNECT has no reason to be longer.
const LONGEST_HEAD: usize = 16 << 10;

/// What a CONNECT leads to, once the connection has been answered.
type Opened = Mutex<Option<(OnUpgrade, Arc<Door>)>>;

/// Serves one connection until either side closes it.
pub(super) async fn attend(stream: TcpStream, switchboard: Arc<Switchboard>) {
    let opened = Arc::new(Opened::default());
    let service = service_fn(|request: Request<Body>| {
        let answer = answer(request, &switchboard, &opened);
        async move { Ok::<_, Infallible>(answer) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .max_buf_size(LONGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    // How it ends is the bot's affair; what it asked for was answered and counted.
    connection.await.unwrap_or_default();
    let taken = opened.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let Some((upgrade, door)) = taken {
        enter(upgrade, &door, &switchboard).await;
    }
}

/// Opens a tunnel to a host that throng plays, and refuses all else in words.
fn answer(request: Request<Body>, switchboard: &Switchboard, opened: &Opened) -> Response<Full<Bytes>> {
    if request.method() != Method::CONNECT {
        switchboard.count(|counts| counts.not_connect += 1);
        let words = "throng takes only CONNECT here, for https; plain http never leaves this machine\n";
        return refusal(StatusCode::METHOD_NOT_ALLOWED, words.to_owned());
    }
    let host = request.uri().host().unwrap_or_default().to_ascii_lowercase();
    let Some(door) = switchboard.door(&host) else {
        switchboard.count(|counts| counts.refuse(&host));
        let words = format!("no channel of this rehearsal plays {host}, and throng lets nothing out\n");
        return refusal(StatusCode::FORBIDDEN, words);
    };
    switchboard.count(|counts| *counts.tunnels.entry(host).or_default() += 1);
    let upgrade = hyper::upgrade::on(request);
    *opened.lock().unwrap_or_else(PoisonError::into_inner) = Some((upgrade, door));
    Response::new(Full::default())
}

fn refusal(status: StatusCode, words: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(words));
    *response.status_mut() = status;
    if status == StatusCode::METHOD_NOT_ALLOWED {
        let allowed = http::HeaderValue::from_static("CONNECT");
        response.headers_mut().insert(http::header::ALLOW, allowed);
    }
    response
}

/// Speaks TLS inside the tunnel, and answers the calls that come through it.
async fn enter(upgrade: OnUpgrade, door: &Door, switchboard: &Switchboard) {
    let Ok(tunnel) = upgrade.await else {
        switchboard.count(|counts| counts.broken += 1);
        return;
    };
    match timeout(PATIENCE, door.acceptor.accept(TokioIo::new(tunnel))).await {
        Ok(Ok(stream)) => server::talk(stream, Arc::clone(&door.offices)).await,
        Ok(Err(error)) if is_distrust(&error) => switchboard.count(|counts| counts.untrusted += 1),
        Ok(Err(_)) | Err(_) => switchboard.count(|counts| counts.broken += 1),
    }
}

/// True when the bot broke the handshake off with an alert: what it dislikes is our certificate (unknown authority, or a
/// signature that does not fit that of an earlier run), since we offer all else that TLS has.
fn is_distrust(error: &io::Error) -> bool {
    let cause = error.get_ref().and_then(|cause| cause.downcast_ref::<TlsError>());
    matches!(cause, Some(TlsError::AlertReceived(_)))
}
