//! The bot's HTTP server: accepts connections and hands each request to its protocol.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Query, State};
use axum::routing::{get, post};
use axum::{Json, Router};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use serde::Deserialize;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio_util::sync::CancellationToken;

use super::bot::Bot;
use super::delivery::unless_hung_up;
use super::protocol::{coze, dify, generic, get_updates, openai, rasa, telegram, websocket, wechat};
use super::truth::Truth;

/// Connections that may wait to be accepted; the system may allow fewer. With the usual 128 a peak's first moment would
/// make customers wait a whole second, until their system tries again: for the kernel's queue, not for the bot.
const BACKLOG: u32 = 4_096;
/// Larger bodies are refused with 413.
const BODY_LIMIT: usize = 1 << 20;
/// After a failed accept (no descriptors, say) the next is tried after this long.
const ACCEPT_AGAIN_AFTER: Duration = Duration::from_millis(50);
/// That many failures one after the other (10 s) are final.
const ACCEPT_TRIES: u32 = 200;

/// Listens on `address`.
///
/// # Errors
/// When the system does not allow it.
pub fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = match address {
        SocketAddr::V4(_) => TcpSocket::new_v4()?,
        SocketAddr::V6(_) => TcpSocket::new_v6()?,
    };
    // As the standard library does: a port whose last connections are still dying away is free. On Windows that option
    // would let two bots share a port.
    #[cfg(not(windows))]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Serves `bot` on `listener` until `stop` is cancelled; connections that are then open are closed.
///
/// `POST /chat` (generic JSON), `/v1/chat/completions` (OpenAI), `/dify/v1/chat-messages`,
/// `/rasa/webhooks/rest/webhook`, `/telegram`, `/coze/v3/chat`, `GET` and `POST /wechat`, `GET /socket` (a WebSocket); `GET /truth` tells what was really done, `GET /health` that
/// the bot is there. As long as it is served it also asks for messages at its mailboxes.
///
/// # Errors
/// When the listener has failed for ten seconds on end.
pub async fn serve(listener: TcpListener, bot: Bot, stop: CancellationToken) -> io::Result<()> {
    let bot = Arc::new(bot);
    for mailbox in bot.mailboxes() {
        let asking = get_updates::ask_for_ever(Arc::clone(&bot), mailbox.clone());
        tokio::spawn(stop.clone().run_until_cancelled_owned(asking));
    }
    let service = TowerToHyperService::new(routes(bot));
    let mut failures = 0;
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => return Ok(()),
        };
        match accepted {
            Ok((stream, _)) => {
                failures = 0;
                tokio::spawn(talk(stream, service.clone(), stop.clone()));
            }
            Err(error) if failures >= ACCEPT_TRIES => return Err(error),
            Err(_) => {
                failures += 1;
                tokio::time::sleep(ACCEPT_AGAIN_AFTER).await;
            }
        }
    }
}

/// Everything the bot answers to.
fn routes(bot: Arc<Bot>) -> Router {
    Router::new()
        .route("/chat", post(generic::chat))
        .route("/v1/chat/completions", post(openai::complete))
        .route("/dify/v1/chat-messages", post(dify::chat))
        .route("/rasa/webhooks/rest/webhook", post(rasa::webhook))
        .route("/telegram", post(telegram::webhook))
        .route("/coze/v3/chat", post(coze::create))
        .route("/coze/v3/chat/retrieve", get(coze::retrieve))
        .route("/coze/v3/chat/message/list", get(coze::list))
        .route("/wechat", get(wechat::verify).post(wechat::push))
        .route("/socket", get(websocket::open))
        .route("/truth", get(truth))
        .route("/health", get(|| async { "ok" }))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .with_state(bot)
}

/// One connection, until either side closes it. What fails here is the client's leaving or the bot's hanging up, and
/// both are in the records.
async fn talk(stream: TcpStream, service: TowerToHyperService<Router>, stop: CancellationToken) {
    // Pieces of a stream must leave at once; a socket that refuses this still works.
    stream.set_nodelay(true).ok();
    let answer = service_fn(|request: hyper::Request<Incoming>| {
        let answered = service.call(request);
        async { unless_hung_up(answered.await) }
    });
    let connection = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), answer)
        .with_upgrades();
    tokio::select! {
        ended = connection => drop(ended),
        () = stop.cancelled() => {}
    }
}

/// Which records are wanted.
#[derive(Debug, Deserialize)]
struct Wanted {
    /// Those of the customer with this number.
    customer: Option<u64>,
}

async fn truth(State(bot): State<Arc<Bot>>, Query(wanted): Query<Wanted>) -> Json<Truth> {
    Json(bot.truth(wanted.customer))
}
