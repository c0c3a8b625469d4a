//! The bot of the comparison: it answers at once, or streams on an absolute schedule, and keeps count of what it did.
//!
//! ```text
//! POST /chat                  200, one JSON reply, always the same
//! POST /chat/varied           200, the same with other words each time
//! POST /v1/chat/completions   200, server-sent events: first text after 200 ms, then one piece every 20 ms, 32 in all
//! GET  /truth                 {"requests": 12, "first_text_ms": {"count": 9, "mean": 200.4, "p99": 201.8}}
//! ```
//!
//! Prints its address, and ends when its standard input closes. One thread, so that it fits one core.

use std::cell::RefCell;
use std::convert::Infallible;
use std::io::Read;
use std::rc::Rc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::header::CONTENT_TYPE;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use serde_json::json;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::LocalSet;
use tokio::time::sleep_until;

/// States the facts that the scenario's question asks for.
const REPLY: &str = r#"{"replies":[{"text":"Spend 300 yuan or more and you get 50 yuan off."}]}"#;
/// The same facts; what stands for the blank is another word each time, as from a bot that never says the same twice.
const VARIED: &str = r#"{"replies":[{"text":"Spend 300 yuan or more and you get 50 yuan off, _."}]}"#;
const FIRST_TEXT: Duration = Duration::from_millis(200);
const GAP: Duration = Duration::from_millis(20);
const PIECES: u32 = 32;
/// Longer than the burst in which a client opens its connections.
const BACKLOG: u32 = 4096;

type Body = UnsyncBoxBody<Bytes, Infallible>;

/// What the server did since it started.
#[derive(Debug, Default)]
struct Truth {
    requests: u64,
    /// From the end of a request's head to when the first text was handed to the connection.
    first_texts: Vec<Duration>,
}

type Shared = Rc<RefCell<Truth>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    std::thread::spawn(|| {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    let socket = TcpSocket::new_v4()?;
    socket.bind(([127, 0, 0, 1], 0).into())?;
    let listener = socket.listen(BACKLOG)?;
    println!("http://{}", listener.local_addr()?);
    LocalSet::new().run_until(serve(listener, Shared::default())).await
}

async fn serve(listener: TcpListener, truth: Shared) -> std::io::Result<()> {
    loop {
        let (connection, _) = listener.accept().await?;
        connection.set_nodelay(true)?;
        tokio::task::spawn_local(attend(connection, truth.clone()));
    }
}

async fn attend(connection: TcpStream, truth: Shared) {
    let service = service_fn(move |request| answer(request, truth.clone()));
    // A client that goes away mid-request is the client's business: its own count tells.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .pipeline_flush(true)
        .serve_connection(TokioIo::new(connection), service)
        .await;
}

async fn answer(request: Request<Incoming>, truth: Shared) -> Result<Response<Body>, hyper::Error> {
    let since = Instant::now();
    let path = request.uri().path().to_owned();
    if path == "/truth" {
        return Ok(whole(told(&truth.borrow())));
    }
    request.into_body().collect().await?;
    truth.borrow_mut().requests += 1;
    let number = truth.borrow().requests;
    Ok(match path.as_str() {
        "/chat" => whole(Bytes::from_static(REPLY.as_bytes())),
        "/chat/varied" => whole(VARIED.replace('_', &word(number)).into()),
        _ => stream(since, truth),
    })
}

fn whole(body: Bytes) -> Response<Body> {
    let mut response = Response::new(Full::new(body).boxed_unsync());
    response
        .headers_mut()
        .insert(CONTENT_TYPE, "application/json".parse().expect("a valid header"));
    response
}

/// Pieces are due at fixed times after the request, so that lateness does not add up.
fn stream(since: Instant, truth: Shared) -> Response<Body> {
    let (sender, receiver) = tokio::sync::mpsc::unbounded_channel();
    tokio::task::spawn_local(async move {
        for place in 0..PIECES {
            sleep_until((since + FIRST_TEXT + GAP * place).into()).await;
            if place == 0 {
                truth.borrow_mut().first_texts.push(since.elapsed());
            }
            if sender.send(piece(place)).is_err() {
                return;
            }
        }
        let _ = sender.send(last());
    });
    let frames = futures_util::stream::unfold(receiver, |mut receiver| async {
        let data = receiver.recv().await?;
        Some((Ok(Frame::data(data)), receiver))
    });
    let mut response = Response::new(StreamBody::new(frames).boxed_unsync());
    response
        .headers_mut()
        .insert(CONTENT_TYPE, "text/event-stream".parse().expect("a valid header"));
    response
}

/// Another word for each number.
fn word(mut number: u64) -> String {
    let mut word = String::new();
    while number > 0 {
        word.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
    }
    word
}

fn piece(place: u32) -> Bytes {
    let chunk = json!({"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "mock",
        "choices": [{"index": 0, "delta": {"content": format!("word{place} ")}, "finish_reason": null}]});
    format!("data: {chunk}\n\n").into()
}

fn last() -> Bytes {
    let finish = json!({"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "mock",
        "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]});
    let usage = json!({"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "mock", "choices": [],
        "usage": {"prompt_tokens": 16, "completion_tokens": PIECES, "total_tokens": 16 + PIECES}});
    format!("data: {finish}\n\ndata: {usage}\n\ndata: [DONE]\n\n").into()
}

fn told(truth: &Truth) -> Bytes {
    let mut sorted: Vec<f64> = truth.first_texts.iter().map(|time| time.as_secs_f64() * 1e3).collect();
    sorted.sort_by(f64::total_cmp);
    let p99 = sorted.get((sorted.len() * 99).div_ceil(100).saturating_sub(1));
    let mean = (!sorted.is_empty()).then(|| sorted.iter().sum::<f64>() / sorted.len() as f64);
    json!({"requests": truth.requests, "first_text_ms": {"count": sorted.len(), "mean": mean, "p99": p99}})
        .to_string()
        .into()
}
