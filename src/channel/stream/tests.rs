//! Streams over a connection within this process, in paused time: what is measured is what was waited, to the millisecond.

use std::time::Duration;

use bytes::Bytes;
use http::Request;
use http_body_util::Full;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::time::{Instant, sleep};

use super::*;
use crate::channel::body::Patience;
use crate::channel::read_clock::Stamped;
use crate::channel::secrets::Secrets;
use crate::channel::tcp::Receiver;
use crate::wire::StreamPlan;

const HEAD: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// One chunk of a body.
fn chunk(bytes: &str) -> String {
    format!("{:x}\r\n{bytes}\r\n", bytes.len())
}

/// A chunk with pieces of these texts.
fn pieces(texts: &[&str]) -> String {
    let events = texts.iter().map(|text| format!("data: {}\n\n", json!({"t": text})));
    chunk(&events.collect::<String>())
}

fn done() -> String {
    chunk("data: [DONE]\n\n") + &chunk("")
}

impl Receiver for DuplexStream {}

/// Writes each text, all after their pauses in milliseconds; then holds the connection open.
async fn bot(mut socket: DuplexStream, acts: Vec<(u64, String)>) {
    let mut request = vec![0; 4_096];
    let count = socket.read(&mut request).await.unwrap();
    assert!(request[..count].ends_with(b"\r\n\r\n"), "the request came in pieces");
    for (pause, bytes) in acts {
        sleep(ms(pause)).await;
        socket.write_all(bytes.as_bytes()).await.unwrap();
    }
    // Until the other side closes.
    socket.read(&mut request).await.unwrap_or_default();
}

/// What is heard of a bot that acts like this, the moments as milliseconds from the request.
async fn hear(limits: serde_json::Value, acts: Vec<(u64, String)>) -> (Vec<String>, Ended, u128) {
    let rule = json!({"framing": "sse", "end_data": ["[DONE]"], "pick": [{"text": "$.t", "mode": "append"}]});
    let plan = StreamPlan::compile("reply.stream", &serde_json::from_value(rule).unwrap()).unwrap();
    let (ours, theirs) = duplex(1 << 16);
    tokio::spawn(bot(theirs, acts));
    let (stamped, read_clock, _) = Stamped::new(ours);
    let (mut sender, connection) = http1::handshake(TokioIo::new(stamped)).await.unwrap();
    tokio::spawn(connection);
    let start = Instant::now();
    let patience = Patience::start(&serde_json::from_value(limits).unwrap(), start + ms(60_000));
    let response = sender
        .send_request(Request::new(Full::<Bytes>::default()))
        .await
        .unwrap();
    let mut heard = Vec::new();
    let mut hear = |signal| {
        heard.push(match signal {
            Signal::FirstText(at) => format!("first text {}", (at - start).as_millis()),
            Signal::Gaps(gaps) => format!("gaps {:?}", gaps.iter().map(Duration::as_millis).collect::<Vec<_>>()),
            Signal::Reply { text, complete_at, .. } => format!("{text} {}", (complete_at - start).as_millis()),
            other => format!("{other:?}"),
        });
    };
    let secrets = Secrets::default();
    let body = Body::new(response.into_body(), read_clock, patience);
    let read = read(&plan, body, &mut Ear::new(&mut hear, &secrets)).await;
    let took = start.elapsed().as_millis();
    (heard, read.delivered.ended, took)
}

#[tokio::test(start_paused = true)]
async fn a_stall_is_a_gap_of_its_length_and_what_came_together_has_none() {
    let acts = vec![
        (0, HEAD.to_owned()),
        (150, pieces(&[""])),
        (50, pieces(&["a"])),
        (20, pieces(&["b"])),
        (2_000, pieces(&["c"])),
        (20, pieces(&["d", "e", "f"])),
        (5, chunk(": ping\n\n")),
        (15, pieces(&["g"])),
        (20, done()),
    ];
    let (heard, ended, _) = hear(json!({"idle": "30s"}), acts).await;
    assert_eq!(ended, Ended::Complete);
    assert_eq!(heard, ["first text 200", "abcdefg 2280", "gaps [20, 2000, 20, 20]"]);
}

#[tokio::test(start_paused = true)]
async fn patience_counts_from_the_latest_bytes() {
    let mut acts = vec![(0, HEAD.to_owned())];
    acts.extend((0..10).map(|_| (300, pieces(&["a"]))));
    acts.push((10_000, done()));
    let (heard, ended, took) = hear(json!({"idle": "400ms"}), acts).await;
    assert!(matches!(ended, Ended::Truncated { text, .. } if text == "a".repeat(10)));
    assert_eq!(
        heard,
        ["first text 300", "gaps [300, 300, 300, 300, 300, 300, 300, 300, 300]"]
    );
    assert_eq!(took, 3_400, "it was given up 400 ms after its last piece");
}

#[tokio::test(start_paused = true)]
async fn a_stall_without_end_is_cut_off_and_no_gap() {
    let acts = vec![(0, HEAD.to_owned()), (100, pieces(&["a"])), (100, pieces(&["b"]))];
    let (heard, ended, took) = hear(json!({}), acts).await;
    assert!(matches!(ended, Ended::Truncated { text, .. } if text == "ab"));
    assert_eq!(heard, ["first text 100", "gaps [100]"]);
    assert_eq!(took, 60_000);
}
