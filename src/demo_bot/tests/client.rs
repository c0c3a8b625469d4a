//! A client that writes HTTP by hand and keeps what comes back as it came.

use std::net::SocketAddr;

use serde_json::Value;
use sha1::{Digest, Sha1};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::{CancellationToken, DropGuard};

use super::knowledge;
use crate::conversation::RunKey;
use crate::demo_bot::{Bot, Truth, WeChatAccount, serve};
use crate::scenario::BotSettings;

/// A bot that is served until this is dropped.
pub(super) struct Served {
    pub(super) address: SocketAddr,
    _stop: DropGuard,
}

/// A response, as it came.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) head: String,
    pub(super) body: Vec<u8>,
    /// False when the connection closed before the body's end.
    pub(super) is_whole: bool,
}

impl Served {
    pub(super) async fn new(settings: &BotSettings) -> Served {
        Served::with(Bot::new(&knowledge(), settings, 1, None)).await
    }

    pub(super) async fn with(bot: Bot) -> Served {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let stop = CancellationToken::new();
        tokio::spawn(serve(listener, bot, stop.clone()));
        Served {
            address,
            _stop: stop.drop_guard(),
        }
    }

    /// Sends a request on a connection of its own, which stays open.
    pub(super) async fn send(&self, method: &str, path: &str, headers: &str, body: &[u8]) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: bot\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        // A server that turns a request away by its head may close before it has read the body.
        stream.write_all(body).await.ok();
        stream
    }

    /// The response; none when the connection closed with nothing said.
    pub(super) async fn request(&self, method: &str, path: &str, headers: &str, body: &[u8]) -> Option<Answer> {
        let mut stream = self.send(method, path, headers, body).await;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).await.ok();
        Answer::parse(&bytes)
    }

    /// The response to JSON with this message id.
    pub(super) async fn post(&self, path: &str, id: &str, body: &Value) -> Option<Answer> {
        let headers = format!("Content-Type: application/json\r\nX-Request-Id: {id}\r\n");
        self.request("POST", path, &headers, body.to_string().as_bytes()).await
    }

    /// The response to a message in generic JSON.
    pub(super) async fn chat(&self, customer: u64, place: &str, text: &str) -> Option<Answer> {
        let body = serde_json::json!({
            "id": format!("48213-{customer}-{place}"),
            "customer": {"id": format!("throng-48213-{customer}"), "name": "小明"},
            "text": text,
        });
        self.post("/chat", "", &body).await
    }

    /// The response to a message on WeChat.
    pub(super) async fn wechat(&self, message_id: u64, text: &str) -> Option<Answer> {
        let path = format!("/wechat?{}", signed(&WeChatAccount::default().token));
        let body = wechat_xml(message_id, text);
        self.request("POST", &path, "Content-Type: text/xml\r\n", body.as_bytes())
            .await
    }

    /// The truth once nothing is open any more.
    pub(super) async fn truth(&self) -> Truth {
        loop {
            let truth: Truth = self.get("/truth").await.json();
            if truth.open == 0 {
                return truth;
            }
        }
    }

    pub(super) async fn get(&self, path: &str) -> Answer {
        self.request("GET", path, "", b"").await.unwrap()
    }
}

impl Answer {
    fn parse(bytes: &[u8]) -> Option<Answer> {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap().to_lowercase();
        let rest = &bytes[end + 4..];
        let (body, is_whole) = if head.contains("transfer-encoding: chunked") {
            unchunked(rest)
        } else {
            let length = head
                .split("content-length: ")
                .nth(1)
                .and_then(|text| text.lines().next()?.parse().ok());
            (rest.to_vec(), length == Some(rest.len()))
        };
        Some(Answer {
            status: head.split(' ').nth(1)?.parse().ok()?,
            head,
            body,
            is_whole,
        })
    }

    pub(super) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub(super) fn json<T: serde::de::DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// The data of server-sent events, one by one.
    pub(super) fn events(&self) -> Vec<String> {
        let text = self.text();
        let events = text.split("\n\n").filter_map(|event| event.strip_prefix("data: "));
        events.map(str::to_owned).collect()
    }

    /// The replies of generic JSON.
    pub(super) fn replies(&self) -> Vec<String> {
        let body: Value = self.json();
        let replies = body["replies"].as_array().unwrap();
        replies
            .iter()
            .map(|reply| reply["text"].as_str().unwrap().to_owned())
            .collect()
    }
}

/// The address part that WeChat would add.
pub(super) fn signed(token: &str) -> String {
    let (timestamp, nonce) = ("1795219433", "288917963");
    let mut parts = [token, timestamp, nonce];
    parts.sort_unstable();
    let digest = Sha1::digest(parts.concat());
    let signature: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("signature={signature}&timestamp={timestamp}&nonce={nonce}&openid=throng-48213-17")
}

pub(super) fn wechat_xml(message_id: u64, text: &str) -> String {
    format!(
        "<xml><ToUserName><![CDATA[gh_shop]]></ToUserName><FromUserName><![CDATA[throng-48213-17]]></FromUserName>\
         <CreateTime>1795219433</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{text}]]></Content>\
         <MsgId>{message_id}</MsgId></xml>"
    )
}

/// The number form of the id of a message of customer 17.
pub(super) fn wechat_id(run: RunKey, turn: u16, fragment: u16) -> u64 {
    crate::conversation::MessageId {
        run,
        customer: 17,
        turn,
        fragment,
    }
    .number()
}

fn unchunked(mut rest: &[u8]) -> (Vec<u8>, bool) {
    let mut body = Vec::new();
    loop {
        let Some(end) = rest.windows(2).position(|window| window == b"\r\n") else {
            return (body, false);
        };
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..end]).unwrap(), 16).unwrap();
        if size == 0 {
            return (body, true);
        }
        let Some(chunk) = rest.get(end + 2..end + 2 + size) else {
            return (body, false);
        };
        body.extend_from_slice(chunk);
        rest = &rest[(end + 4 + size).min(rest.len())..];
    }
}
