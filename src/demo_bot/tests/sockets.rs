//! The bot on a WebSocket, as a client sees it.

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};

use super::client::Served;
use super::{always, swift};
use crate::demo_bot::{Protocol, Truth};
use crate::scenario::Fault;

async fn socket(bot: &Served) -> WebSocketStream<TcpStream> {
    let stream = TcpStream::connect(bot.address).await.unwrap();
    let url = format!("ws://{}/socket", bot.address);
    client_async(url, stream).await.unwrap().0
}

async fn send(socket: &mut WebSocketStream<TcpStream>, id: &str, text: &str) {
    let customer = json!({"id": "throng-48213-17"});
    let message = json!({"type": "message", "id": id, "customer": customer, "text": text});
    socket.send(Message::text(message.to_string())).await.unwrap();
}

/// All that comes for one message, up to `done` or the end of the socket.
async fn heard(socket: &mut WebSocketStream<TcpStream>) -> (Vec<Value>, Option<Result<Message, Error>>) {
    let mut frames = Vec::new();
    loop {
        match socket.next().await {
            Some(Ok(Message::Text(text))) => {
                frames.push(serde_json::from_str::<Value>(text.as_str()).unwrap());
                if frames.last().is_some_and(|frame| frame["type"] == "done") {
                    return (frames, None);
                }
            }
            end => return (frames, end),
        }
    }
}

fn kinds(frames: &[Value]) -> Vec<&str> {
    let mut kinds: Vec<&str> = frames.iter().filter_map(|frame| frame["type"].as_str()).collect();
    kinds.dedup();
    kinds
}

#[tokio::test]
async fn messages_of_one_socket_are_each_answered_by_name() {
    let bot = Served::new(&swift()).await;
    let mut socket = socket(&bot).await;
    for (id, text) in [("48213-17-1-1", "优惠券"), ("48213-17-2-1", "哪家公司")] {
        send(&mut socket, id, text).await;
        let (frames, _) = heard(&mut socket).await;
        assert!(frames.iter().all(|frame| frame["to"] == id));
        assert_eq!(kinds(&frames), ["piece", "reply", "done"]);
        let text: String = frames.iter().filter_map(|frame| frame["text"].as_str()).collect();
        assert!(
            ["花店满300元减50元。", "我们用SF-EXPRESS。"].contains(&text.as_str()),
            "{text}"
        );
    }
    socket.send(Message::text("{")).await.unwrap();
    let told = socket.next().await.unwrap().unwrap().into_text().unwrap();
    assert!(told.as_str().contains("\"type\":\"error\""), "{told}");
    let truth = bot.truth().await;
    assert_eq!((truth.messages, truth.open, truth.cut, truth.rejected), (2, 0, 0, 1));
    assert_eq!(truth.turns[0].protocol, Some(Protocol::WebSocket));
}

#[tokio::test]
async fn each_fault_is_told_as_a_socket_can() {
    for (fault, expected, close) in [
        (Fault::Empty, vec!["done"], None),
        (Fault::BotError, vec!["error"], None),
        (Fault::Truncated, vec!["piece"], None),
        (Fault::ConnectionLost, vec![], None),
        (Fault::Refused, vec![], Some(CloseCode::Again)),
        (Fault::HttpError, vec![], Some(CloseCode::Error)),
        (Fault::Duplicate, vec!["piece", "reply", "piece", "reply", "done"], None),
    ] {
        let bot = Served::new(&always(fault)).await;
        let mut socket = socket(&bot).await;
        send(&mut socket, "48213-17-1-1", "优惠券").await;
        let (frames, end) = match fault {
            // Nothing follows, and the socket stays open.
            Fault::BotError => (
                vec![serde_json::from_str(socket.next().await.unwrap().unwrap().to_text().unwrap()).unwrap()],
                None,
            ),
            _ => heard(&mut socket).await,
        };
        assert_eq!(kinds(&frames), expected, "{fault:?}");
        match (end, close) {
            (Some(Ok(Message::Close(Some(frame)))), Some(code)) => assert_eq!(frame.code, code, "{fault:?}"),
            (end, None) => assert!(end.is_none_or(|end| end.is_err()), "{fault:?}"),
            (end, Some(_)) => panic!("{fault:?}: {end:?}"),
        }
        let truth = bot.truth().await;
        assert_eq!((truth.counts[&fault], truth.cut), (1, 0), "{fault:?}");
    }
}

#[tokio::test]
async fn a_client_that_leaves_a_silent_bot_is_written_down_as_cut() {
    let bot = Served::new(&always(Fault::Silent)).await;
    let mut socket = socket(&bot).await;
    send(&mut socket, "48213-17-1-1", "优惠券").await;
    while bot.get("/truth").await.json::<Truth>().open == 0 {}
    drop(socket);
    assert_eq!(bot.truth().await.cut, 1);
}
