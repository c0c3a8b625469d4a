//! The platform as a bot sees it, over real sockets.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc::{Receiver, channel};

use serde_json::{Value, json};
use throng::channel::{Line, Platform, PlatformCounts, Wiring};
use throng::conversation::{MessageId, RunKey};
use throng::scenario::{self, LoadOptions, Scenario};

const SCENARIO: &str = "
scenario: platform
seed: 5
target: http://127.0.0.1:9
goals: beauty-shop
knowledge: beauty-shop
channels:
  - chat: {profile: telegram, share: 1, platform_faults: FAULTS}
customers: [{persona: weekday-regular, goal: check-coupon, share: 1}]
traffic: {phases: [{quiet: {name: calm, for: 1s}}]}
";

/// A channel whose replies come by calls, with customer 7 there; `heard` gets turn and text of what comes for them.
pub(crate) struct Desk {
    pub(crate) platform: Platform,
    line: Line,
    pub(crate) run: RunKey,
    heard: Receiver<(Option<(u16, u16)>, String)>,
}

fn scenario(text: &str) -> Scenario {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("platform.yaml");
    std::fs::write(&file, text).unwrap();
    scenario::load(file.to_str().unwrap(), &LoadOptions::default()).unwrap()
}

pub(crate) fn desk(faults: &str, change: impl FnOnce(&mut Scenario)) -> Desk {
    let mut scenario = scenario(&SCENARIO.replace("FAULTS", faults));
    change(&mut scenario);
    let address = SocketAddr::from(([127, 0, 0, 1], 0));
    let platform = Platform::open(&scenario, address).unwrap().unwrap();
    let wiring = Wiring {
        target: "http://127.0.0.1:9".to_owned(),
        allowed_hosts: Vec::new(),
        loopback_sources: 0,
        office: platform.office(0).cloned(),
        sockets: Default::default(),
        hang_ups: Default::default(),
    };
    let line = Line::open(&scenario.channels[0], &wiring).unwrap();
    let (tell, heard) = channel();
    line.attend(7, move |called| tell.send((called.answers, called.said.text)).is_ok());
    Desk {
        platform,
        line,
        run: scenario.run_key(),
        heard,
    }
}

impl Desk {
    fn send(&self, customer: u64, text: &str) -> (u16, Value) {
        self.call("/bot123456:throng/sendMessage", &self.reply(customer, text).to_string())
    }

    fn reply(&self, customer: u64, text: &str) -> Value {
        json!({"chat_id": self.run.numeric_id(customer), "text": text})
    }

    fn call(&self, path: &str, body: &str) -> (u16, Value) {
        let head = format!("POST {path} HTTP/1.1\r\nHost: p\r\nContent-Type: application/json\r\n");
        let request = format!(
            "{head}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        self.raw(request.as_bytes())
    }

    /// The status and the JSON that these bytes are answered with; status 0 without an answer.
    fn raw(&self, bytes: &[u8]) -> (u16, Value) {
        let mut stream = TcpStream::connect(self.platform.url().strip_prefix("http://").unwrap()).unwrap();
        stream
            .set_read_timeout(Some(std::time::Duration::from_secs(20)))
            .unwrap();
        let mut answer = Vec::new();
        // A server that refuses what is too long may close while it is still being written.
        let _is_cut = stream.write_all(bytes).is_err() || stream.read_to_end(&mut answer).is_err();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok())
            .unwrap_or(0);
        let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        (status, serde_json::from_str(body).unwrap_or(Value::Null))
    }

    pub(crate) fn counts(&self) -> PlatformCounts {
        self.platform.office(0).unwrap().counts()
    }

    pub(crate) fn texts(&self) -> Vec<String> {
        self.heard.try_iter().map(|(_, text)| text).collect()
    }
}

fn refused(counts: &PlatformCounts) -> Vec<(&str, u64)> {
    counts
        .refused
        .iter()
        .map(|(name, count)| (name.as_str(), *count))
        .collect()
}

#[test]
fn a_reply_reaches_its_customer_and_is_answered_as_the_platform_does() {
    let desk = desk("{}", |_| {});
    let (status, answer) = desk.send(7, "您的订单明天送达。");
    assert_eq!(
        (status, &answer["ok"], &answer["result"]["text"]),
        (200, &json!(true), &json!("您的订单明天送达。"))
    );
    assert_eq!(answer["result"]["chat"]["id"], desk.run.numeric_id(7));
    let place = MessageId {
        run: desk.run,
        customer: 7,
        turn: 2,
        fragment: 1,
    }
    .place();
    let mut reply = desk.reply(7, "second");
    reply["reply_parameters"] = json!({"message_id": place});
    assert_eq!(
        desk.call("/chat/bot123456%3Athrong/sendMessage", &reply.to_string()).0,
        200
    );
    let heard: Vec<_> = desk.heard.try_iter().collect();
    assert_eq!(
        heard,
        [
            (None, "您的订单明天送达。".to_owned()),
            (Some((2, 1)), "second".to_owned())
        ]
    );
    assert_eq!((desk.counts().calls, desk.counts().replies), (2, 2));
}

#[test]
fn what_goes_wrong_is_answered_and_counted_and_loses_nothing() {
    let desk = desk("{}", |_| {});
    let wrong_token = desk.call("/bot1:stolen/sendMessage", &desk.reply(7, "x").to_string());
    assert_eq!((wrong_token.0, &wrong_token.1["error_code"]), (401, &json!(401)));
    assert_eq!(desk.call("/bot123456:throng/sendSticker", "{}").0, 404);
    assert_eq!(desk.call("/nonsense\u{1b}", "{}").0, 400, "not a path of HTTP");
    let (status, answer) = desk.send(8_000_000_000, "for somebody of another run");
    assert_eq!(
        (status, answer["ok"].clone()),
        (200, json!(true)),
        "numbers repeat; nobody of that number is there"
    );
    assert_eq!(
        desk.call("/bot123456:throng/sendMessage", r#"{"chat_id": 12, "text": "x"}"#)
            .0,
        400
    );
    assert_eq!(desk.call("/bot123456:throng/sendMessage", "{\"chat_id\"").0, 400);
    assert_eq!(
        desk.call("/bot123456:throng/sendMessage", &"x".repeat(200 << 10)).0,
        413
    );
    let too_long = desk.reply(7, &"x".repeat(40 << 10)).to_string();
    assert_eq!(desk.call("/bot123456:throng/sendMessage", &too_long).0, 413);
    assert_eq!(desk.send(7, " ").0, 200);
    assert_eq!(desk.raw(b"\x00\x01\x02\r\n\r\n").0, 400);
    assert_eq!(desk.send(7, "still there").0, 200);
    assert_eq!(desk.texts(), ["still there"]);
    let counts = desk.counts();
    let wanted = [
        ("too_large", 2),
        ("unauthorized", 1),
        ("unknown_customer", 1),
        ("unknown_route", 1),
        ("unreadable", 1),
    ];
    assert_eq!(refused(&counts), wanted);
    assert_eq!((counts.replies, counts.without_text, counts.to_nobody), (1, 1, 1));
    assert_eq!(counts.unknown_routes, ["POST /bot***/sendSticker"], "without the token");
}

#[test]
fn a_quota_and_faults_of_the_platform_refuse_replies_with_its_errors() {
    let quota = |scenario: &mut Scenario| {
        let serve = scenario.channels[0].profile.serve.as_mut().unwrap();
        serve.quota = serde_json::from_value(json!({"replies": 5, "within": "48h", "error": "flood"})).unwrap();
    };
    let desk = desk("{}", quota);
    let statuses: Vec<u16> = (0..7).map(|_| desk.send(7, "x").0).collect();
    assert_eq!(statuses, [200, 200, 200, 200, 200, 429, 429]);
    // With each message of the customer the bot may say as much again.
    desk.line.attend(7, |_| false);
    assert_eq!(desk.send(7, "x").0, 200);
    assert_eq!(refused(&desk.counts()), [("flood", 2)]);
    let statuses = || {
        let desk = self::desk("{flood: 0.3, server_error: 0.2}", |_| {});
        let statuses: Vec<u16> = (0..200).map(|_| desk.send(7, "x").0).collect();
        assert_eq!(
            desk.texts().len(),
            statuses.iter().filter(|status| **status == 200).count()
        );
        // What the scenario wanted is not held against the bot.
        let counts = desk.counts();
        let of = |wanted| statuses.iter().filter(|status| **status == wanted).count() as u64;
        assert_eq!(
            (counts.faults["flood"], counts.faults["server_error"]),
            (of(429), of(500))
        );
        assert!(counts.refused.is_empty(), "{counts:?}");
        statuses
    };
    let first = statuses();
    let count = |wanted| first.iter().filter(|status| **status == wanted).count();
    assert!(
        (40..80).contains(&count(429)) && (20..60).contains(&count(500)),
        "{first:?}"
    );
    assert_eq!(first, statuses(), "the same in a rerun");
}

#[test]
fn a_token_that_is_not_the_channels_is_not_shown_either() {
    let desk = desk("{}", |_| {});
    desk.call("/bot987654321:AAF-live-token-of-thirty-five-chars/sendSticker", "{}");
    desk.call("/bot123456%3Athrong/sendDice", "{}");
    assert_eq!(
        desk.counts().unknown_routes,
        ["POST /bot***/sendSticker", "POST /bot***/sendDice"]
    );
}

#[test]
fn a_customer_who_has_left_is_nobody() {
    let desk = desk("{}", |_| {});
    desk.line.hang_up(7);
    assert_eq!(desk.send(7, "too late").0, 200);
    assert_eq!((desk.counts().to_nobody, desk.texts().len()), (1, 0));
}

#[test]
fn a_flood_of_replies_is_handed_on_whole_and_in_order_on_each_connection() {
    let desk = desk("{}", |_| {});
    let (address, chat) = (
        desk.platform.url().strip_prefix("http://").unwrap(),
        desk.run.numeric_id(7),
    );
    std::thread::scope(|scope| {
        for sender in 0..8 {
            scope.spawn(move || {
                let mut stream = TcpStream::connect(address).unwrap();
                for number in 0..250 {
                    let body = json!({"chat_id": chat, "text": format!("{sender} {number}")}).to_string();
                    write!(
                        stream,
                        "POST /bot123456:throng/sendMessage HTTP/1.1\r\nHost: p\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
                        body.len()
                    )
                    .unwrap();
                    let mut buffer = [0; 4096];
                    assert!(stream.read(&mut buffer).unwrap() > 0);
                }
            });
        }
    });
    let texts = desk.texts();
    assert_eq!((texts.len(), desk.counts().replies), (2_000, 2_000));
    for sender in 0..8 {
        let of_sender: Vec<&String> = texts
            .iter()
            .filter(|text| text.starts_with(&format!("{sender} ")))
            .collect();
        let wanted: Vec<String> = (0..250).map(|number| format!("{sender} {number}")).collect();
        assert!(of_sender.into_iter().eq(wanted.iter()));
    }
}

#[test]
fn a_fault_may_be_one_of_a_route() {
    let statuses = || {
        let desk = desk("{get_me.server_error: 0.3, get_me.flood: 0.2, flood: 0.0}", |_| {});
        assert_eq!(desk.send(7, "x").0, 200, "others are spared");
        let calls = (0..200).map(|_| desk.call("/bot123456:throng/getMe", "{}").0);
        let statuses: Vec<u16> = calls.collect();
        let of = |wanted| statuses.iter().filter(|status| **status == wanted).count() as u64;
        let faults = desk.counts().faults;
        assert_eq!((faults["flood"], faults["server_error"]), (of(429), of(500)));
        assert!((40..80).contains(&of(500)) && (20..60).contains(&of(429)), "{faults:?}");
        assert_eq!(
            desk.call("/bot1:stolen/getMe", "{}").0,
            401,
            "a stranger is told that first"
        );
        statuses
    };
    assert_eq!(statuses(), statuses(), "the same in a rerun");
}

/// A photo of so many bytes for customer 7, as libraries send it.
fn photo(desk: &Desk, bytes: usize) -> Vec<u8> {
    let part = |name: &str, rest: &str, content: &[u8]| {
        let head = format!("--xYz\r\nContent-Disposition: form-data; name=\"{name}\"{rest}\r\n\r\n");
        [head.as_bytes(), content, b"\r\n"].concat()
    };
    let chat = desk.run.numeric_id(7).to_string();
    let body = [
        part(
            "photo",
            "; filename=\"a.png\"\r\nContent-Type: image/png",
            &vec![b'\r'; bytes],
        ),
        part("chat_id", "", chat.as_bytes()),
        b"--xYz--\r\n".to_vec(),
    ];
    let body = body.concat();
    let head = format!(
        "POST /bot123456:throng/sendPhoto HTTP/1.1\r\nHost: p\r\nContent-Type: multipart/form-data; boundary=xYz\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), &body].concat()
}

#[test]
fn a_photo_may_be_as_large_as_the_platform_takes_and_no_larger() {
    let desk = desk("{}", |_| {});
    for bytes in [1, 200 << 10, 9 << 20] {
        let (status, answer) = desk.raw(&photo(&desk, bytes));
        assert_eq!((status, &answer["ok"]), (200, &json!(true)), "{bytes} bytes");
    }
    assert_eq!(desk.texts(), ["[image]", "[image]", "[image]"]);
    assert_eq!(desk.raw(&photo(&desk, 11 << 20)).0, 413);
    assert_eq!(
        desk.call("/bot123456:throng/sendPhoto", &"x".repeat(200 << 10)).0,
        413,
        "what is no file is no longer than any call"
    );
    assert!(desk.texts().is_empty());
    let counts = desk.counts();
    assert_eq!(refused(&counts), [("too_large", 1), ("upload_too_large", 1)]);
    assert_eq!(counts.replies, 3);
}
