//! Sockets that throng dials.

use std::future::Future;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use throng::channel::{Finish, Line, Outgoing, Signal, SocketCounts, SocketTally, Wiring};
use throng::conversation::MessageId;
use throng::scenario::Profile;
use tokio::task::LocalSet;

use crate::bot::{Act, Bot, status};
use crate::lines::{ask, channel, impatient, message, profile, replies, short};
use crate::profiles::shipped;
use crate::socket_server::{Do, Server, say};

/// Sockets are held by tasks that stay on their thread.
async fn on_one_thread<T>(test: impl Future<Output = T>) -> T {
    LocalSet::new().run_until(test).await
}

/// A line of this profile to `url`, and what is counted of its sockets.
fn line(profile: Profile, url: &str) -> (Line, Arc<SocketCounts>) {
    let counts = Arc::new(SocketCounts::default());
    let wiring = Wiring {
        target: url.to_owned(),
        allowed_hosts: Vec::new(),
        loopback_sources: 0,
        office: None,
        sockets: Arc::clone(&counts),
    };
    let channel = channel(
        profile,
        json!({"key": "sk-secret", "authorization": "Bearer sk-secret"}),
    );
    (Line::open(&channel, &wiring).unwrap(), counts)
}

/// The shipped generic profile with a short idle limit.
fn generic() -> Profile {
    let mut profile = shipped("generic-websocket");
    profile.limits = serde_json::from_value(json!({"idle": "400ms"})).unwrap();
    profile
}

/// A profile whose frames name no message, with these keys of its socket changed.
fn unnamed(changes: &Value) -> Profile {
    let mut socket =
        json!({"url": "{{ target }}", "message": {"json": {"say": "{{ message.text }}"}}, "settle": "100ms"});
    for (key, value) in changes.as_object().unwrap() {
        socket[key] = value.clone();
    }
    let changed = json!({"send": null, "socket": socket, "reply": {"response": {"format": "json", "text": "$.text"}}});
    profile(&changed)
}

fn fragment(turn: u16, fragment: u16, milliseconds: u64) -> Outgoing {
    let outgoing = impatient(milliseconds);
    Outgoing {
        id: MessageId {
            turn,
            fragment,
            ..outgoing.id
        },
        ..outgoing
    }
}

/// The id that a frame of the generic profile carries.
fn id(frame: &str) -> Value {
    serde_json::from_str::<Value>(frame).map_or(Value::Null, |frame| frame["id"].clone())
}

/// Answers every message by its name.
fn answering(frame: &str) -> Vec<Do> {
    match id(frame) {
        Value::Null => Vec::new(),
        to => vec![
            say(json!({"type": "reply", "to": to, "text": "好的"})),
            say(json!({"type": "done", "to": to})),
        ],
    }
}

#[tokio::test]
async fn a_conversation_has_one_socket_until_its_customer_leaves() {
    on_one_thread(async {
        let server = Server::start(answering).await;
        let (line, counts) = line(generic(), &format!("{}/chat", server.url));
        for (customer, turn) in [(7, 1), (8, 1), (7, 2), (8, 2), (7, 3)] {
            let mut asking = message(customer);
            asking.id.turn = turn;
            let (signals, finish) = ask(&line, asking).await;
            assert_eq!(
                (replies(&signals), short(&finish.ended).as_str()),
                (vec!["好的"], "complete")
            );
            assert_eq!((finish.deliveries, finish.may_be_answered), (1, false));
        }
        assert_eq!(server.sockets(), 2);
        line.hang_up(7);
        server.until(|seen| seen.closed == 1).await;
        let seen = server.seen.lock().unwrap();
        let on: Vec<usize> = seen.frames.iter().map(|(on, _)| *on).collect();
        assert_eq!(on, [1, 2, 1, 2, 1]);
        let sent: Value = serde_json::from_str(&seen.frames[0].1).unwrap();
        let expected = json!({
            "type": "message", "id": message(7).id.to_string(), "text": "到哪了?",
            "customer": {"id": "throng-1-7", "name": "小明"},
        });
        assert_eq!(sent, expected);
        let (path, headers) = &seen.openings[0];
        assert_eq!(
            (path.as_str(), headers["authorization"].to_str().unwrap()),
            ("/chat", "Bearer sk-secret")
        );
        assert!(!headers.contains_key("sec-websocket-protocol"));
        assert_eq!(
            counts.tally(),
            SocketTally {
                opened: 2,
                ..SocketTally::default()
            }
        );
    })
    .await;
}

#[tokio::test]
async fn a_reply_in_pieces_is_told_as_it_grows_and_several_may_come() {
    on_one_thread(async {
        let server = Server::always(vec![
            say(json!({"type": "heard"})),
            say(json!({"type": "piece", "text": "您"})),
            Do::Take(30),
            say(json!({"type": "reply", "text": "好"})),
            Do::Take(30),
            say(json!({"type": "piece", "text": "再见"})),
            say(json!({"type": "done"})),
        ])
        .await;
        let (line, _) = line(generic(), &server.url);
        let (signals, finish) = ask(&line, impatient(5_000)).await;
        assert_eq!(
            (replies(&signals), short(&finish.ended).as_str()),
            (vec!["您好", "再见"], "complete")
        );
        let kinds: Vec<&str> = signals
            .iter()
            .map(|signal| match signal {
                Signal::FirstEvent(_) => "event",
                Signal::FirstText(_) => "text",
                Signal::Reply { .. } => "reply",
                Signal::Gaps(gaps) if gaps.len() == 1 => "one gap",
                _ => "other",
            })
            .collect();
        assert_eq!(kinds, ["event", "text", "reply", "text", "reply", "one gap"]);
    })
    .await;
}

async fn outcome(acts: Vec<Do>) -> String {
    on_one_thread(async {
        let server = Server::always(acts).await;
        let (line, _) = line(generic(), &server.url);
        short(&ask(&line, impatient(1_500)).await.1.ended)
    })
    .await
}

#[tokio::test]
async fn every_way_to_fail_counts_as_what_it_is() {
    let piece = || say(json!({"type": "piece", "text": "您"}));
    let done = || say(json!({"type": "done"}));
    // A text frame of a server with these bytes: not masked.
    let raw = |bytes: &[u8]| Do::Raw([&[0x81, bytes.len() as u8], bytes].concat());
    let long = Do::Raw(
        [
            vec![0x81, 127],
            (2_u64 << 20).to_be_bytes().to_vec(),
            vec![b'x'; 1 << 16],
        ]
        .concat(),
    );
    for (acts, expected) in [
        (vec![piece(), done()], "complete"),
        (vec![done()], "empty"),
        (vec![say(json!({"type": "heard"}))], "empty"),
        (vec![], "silent"),
        (vec![Do::Sleep], "silent"),
        (vec![piece()], "truncated: 您"),
        (vec![piece(), Do::Close(1000, "")], "truncated: 您"),
        (vec![piece(), Do::Close(1013, "")], "truncated: 您"),
        (vec![piece(), Do::Drop], "truncated: 您"),
        (
            vec![Do::Close(1000, "")],
            "connection lost: the bot closed the socket with 1000",
        ),
        (
            vec![Do::Close(1001, "bye")],
            "connection lost: the bot closed the socket with 1001: bye",
        ),
        (
            vec![Do::Close(1013, "busy")],
            "refused: the bot closed the socket with 1013: busy",
        ),
        (
            vec![Do::Close(1011, "")],
            "http error: the bot closed the socket with 1011",
        ),
        (
            vec![Do::Close(4001, "who are you")],
            "http error: the bot closed the socket with 4001: who are you",
        ),
        (vec![Do::Drop], "connection lost: the socket was closed without a word"),
        (
            vec![say(json!({"type": "error", "text": "overloaded"}))],
            "bot error: overloaded",
        ),
        (vec![piece(), Do::Binary], "truncated: 您"),
        (vec![Do::Binary], "http error: answer is a binary frame"),
        (vec![raw(b"\xff\xfe")], "http error: answer is not UTF-8"),
        (
            vec![raw(b"{\"type\"")],
            "http error: answer is not JSON in one of its events: EOF while parsing an object at line 1 column 7",
        ),
        (
            vec![Do::Raw(vec![0xc1, 0])],
            "http error: answer is no WebSocket: WebSocket protocol error: Reserved bits are non-zero",
        ),
        (vec![long], "http error: answer is too long: a frame over 1 MiB"),
        (
            vec![say(json!({"type": "piece", "text": "a".repeat(33 << 10)}))],
            "http error: answer is too long: over 32 KiB of text",
        ),
    ] {
        let told = format!("{acts:?}");
        assert_eq!(
            outcome(acts).await,
            expected,
            "{}",
            told.chars().take(200).collect::<String>()
        );
    }
}

#[tokio::test]
async fn a_socket_that_is_not_opened_tells_why() {
    on_one_thread(async {
        for (act, expected) in [
            (status("503 Busy", "", ""), "refused: HTTP 503"),
            (status("429 Slow", "", ""), "refused: HTTP 429"),
            (status("403 No", "", "no"), "http error: HTTP 403"),
            (
                status("302 There", "location: ws://10.0.0.1/\r\n", ""),
                "http error: HTTP 302 to ws://10.0.0.1/: redirects are not followed",
            ),
            (
                status("200 OK", "", "<html>"),
                "http error: HTTP 200 instead of an upgrade",
            ),
            (Act::Close, "connection lost: the socket was closed without a word"),
            (Act::Hold, "connection lost: no socket at"),
        ] {
            let bot = Bot::always(vec![act.clone()]).await;
            let (line, counts) = line(generic(), &bot.url);
            let told = short(&ask(&line, impatient(700)).await.1.ended);
            assert!(told.starts_with(expected), "{act:?}: {told}");
            assert_eq!(counts.tally(), SocketTally::default());
        }
        let (line, _) = line(generic(), "ws://127.0.0.1:1");
        let told = short(&ask(&line, impatient(700)).await.1.ended);
        assert!(told.starts_with("connection lost: no connection: "), "{told}");
    })
    .await;
}

#[tokio::test]
async fn frames_that_name_their_message_go_to_it_in_any_order() {
    on_one_thread(async {
        let held = Arc::new(Mutex::new(Vec::new()));
        let server = Server::start(move |frame| {
            let mut held = held.lock().unwrap();
            held.extend(Some(id(frame)).filter(Value::is_string));
            if held.len() < 2 {
                return Vec::new();
            }
            let answer = |to: &Value, text: &str| {
                [
                    json!({"type": "reply", "to": to, "text": text}),
                    json!({"type": "done", "to": to}),
                ]
            };
            [answer(&held[1], "二"), answer(&held[0], "一")]
                .concat()
                .into_iter()
                .map(say)
                .collect()
        })
        .await;
        let (line, _) = line(generic(), &server.url);
        let second = async {
            server.until(|seen| seen.frames.len() == 1).await;
            ask(&line, fragment(1, 2, 5_000)).await
        };
        let ((first, one), (second, two)) = tokio::join!(ask(&line, fragment(1, 1, 5_000)), second);
        assert_eq!((replies(&first), replies(&second)), (vec!["一"], vec!["二"]));
        assert_eq!(
            (short(&one.ended), short(&two.ended)),
            ("complete".to_owned(), "complete".to_owned())
        );
        assert_eq!(
            server.sockets(),
            1,
            "the second message waits for the first one's socket"
        );
    })
    .await;
}

#[tokio::test]
async fn a_reply_that_names_nothing_answers_all_that_was_said_before_it() {
    on_one_thread(async {
        let server = Server::start(|frame| match frame.contains("到哪了") {
            true => vec![
                Do::Take(50),
                say(json!({"text": "在路上"})),
                Do::Take(20),
                say(json!({"text": "明天到"})),
            ],
            false => Vec::new(),
        })
        .await;
        let (line, _) = line(unnamed(&json!({})), &server.url);
        let mut greeting = fragment(1, 1, 60_000);
        greeting.text = "在吗".to_owned();
        let asking = async {
            server.until(|seen| seen.frames.len() == 1).await;
            ask(&line, fragment(1, 2, 60_000)).await
        };
        let ((first, one), (second, two)) = tokio::join!(ask(&line, greeting), asking);
        assert_eq!(
            (replies(&first), short(&one.ended).as_str()),
            (vec!["在路上", "明天到"], "complete")
        );
        assert_eq!(
            (replies(&second), short(&two.ended).as_str()),
            (vec![], "empty"),
            "nobody waits a minute for it"
        );
    })
    .await;
}

/// What comes for a customer although no message waits for it.
fn attend(line: &Line, customer: u64) -> Arc<Mutex<Vec<(Option<(u16, u16)>, String)>>> {
    let called = Arc::new(Mutex::new(Vec::new()));
    let shared = Arc::clone(&called);
    line.attend(customer, move |reply| {
        shared.lock().unwrap().push((reply.answers, reply.text));
        true
    });
    called
}

async fn until(is_so: impl Fn() -> bool) {
    let waiting = async {
        while !is_so() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), waiting)
        .await
        .expect("it never happened");
}

#[tokio::test]
async fn a_reply_that_nobody_waits_for_goes_to_the_customer_and_nothing_else_is_lost() {
    on_one_thread(async {
        let late = |frame: &str| match id(frame) {
            Value::Null => Vec::new(),
            to => vec![
                say(json!({"type": "done", "to": to})),
                Do::Take(20),
                say(json!({"type": "piece", "to": to, "text": "您的密钥是 "})),
                say(json!({"type": "reply", "to": to, "text": "Bearer sk-secret"})),
                say(json!({"type": "reply", "text": "还在吗"})),
                Do::Binary,
                Do::Say("{".to_owned()),
                Do::Close(1000, ""),
            ],
        };
        let server = Server::start(late).await;
        let (line, counts) = line(generic(), &server.url);
        let called = attend(&line, 7);
        assert_eq!(short(&ask(&line, fragment(3, 2, 5_000)).await.1.ended), "empty");
        until(|| counts.tally().closed_by_the_bot == 1).await;
        let called = called.lock().unwrap();
        assert_eq!(
            *called,
            [(Some((3, 2)), "您的密钥是 ***".to_owned()), (None, "还在吗".to_owned())]
        );
        let expected = SocketTally {
            opened: 1,
            reopened: 0,
            closed_by_the_bot: 1,
            unreadable: 2,
        };
        assert_eq!(counts.tally(), expected);
    })
    .await;
}

#[tokio::test]
async fn a_message_that_finds_its_socket_closed_does_as_the_profile_says() {
    for (reconnect, expected, sockets) in [
        ("never", ["complete", "connection lost", "connection lost"], 1),
        ("once", ["complete", "complete", "connection lost"], 2),
        ("always", ["complete", "complete", "complete"], 3),
    ] {
        on_one_thread(async {
            let server = Server::always(vec![say(json!({"text": "好"})), Do::Take(200), Do::Close(1001, "")]).await;
            let (line, counts) = line(unnamed(&json!({"reconnect": reconnect})), &server.url);
            for (round, expected) in expected.iter().enumerate() {
                let ended = ask(&line, fragment(1 + round as u16, 1, 5_000)).await.1.ended;
                assert!(short(&ended).starts_with(expected), "{reconnect} {round}: {ended:?}");
                let closed = (round as u64 + 1).min(sockets);
                until(|| counts.tally().closed_by_the_bot == closed).await;
            }
            assert_eq!(
                (counts.tally().opened, counts.tally().reopened),
                (sockets, sockets - 1),
                "{reconnect}"
            );
        })
        .await;
    }
}

#[tokio::test]
async fn what_is_said_and_awaited_comes_before_the_first_message() {
    on_one_thread(async {
        let server = Server::start(|frame| match frame {
            "" => vec![say(json!({"type": "news"}))],
            frame if frame.contains("hello") => vec![say(json!({"type": "welcome", "session": "s-9"}))],
            frame if frame.contains("到哪了") => vec![say(json!({"text": "好", "ask": 4}))],
            _ => Vec::new(),
        })
        .await;
        let opened = unnamed(&json!({
            "query": {"key": "{{ settings.key }}"}, "protocols": ["chat.{{ customer.number }}"],
            "on_connect": [
                {"say": {"json": {"hello": "{{ customer.id }}"}}},
                {"await": {"when": "$.type", "is": "welcome", "capture": {"session": "$.session"}}},
            ],
            "message": {"body": "{{ conversation.session }}: {{ message.text }}"},
            "acknowledge": [{"when": "$.ask", "say": {"json": {"got": "{{ frame.ask }}"}}}],
        }));
        let (line, _) = line(opened, &server.url);
        let (signals, finish) = ask(&line, impatient(5_000)).await;
        assert_eq!(
            (replies(&signals), short(&finish.ended).as_str()),
            (vec!["好"], "complete")
        );
        assert!(format!("{signals:?}").contains("Captured { name: \"session\", value: String(\"s-9\") }"));
        server.until(|seen| seen.frames.len() == 3).await;
        assert_eq!(
            server.frames(),
            ["{\"hello\":\"throng-1-7\"}", "s-9: 到哪了?", "{\"got\":4}"]
        );
        let seen = server.seen.lock().unwrap();
        assert_eq!(seen.openings[0].0, "/?key=sk-secret");
        assert_eq!(seen.openings[0].1["sec-websocket-protocol"], "chat.7");
    })
    .await;
}

#[tokio::test]
async fn pings_are_answered_and_a_bot_that_answers_none_is_lost() {
    on_one_thread(async {
        let server = Server::always(vec![Do::Ping, Do::Take(50), say(json!({"text": "好"}))]).await;
        let (line, _) = line(
            unnamed(&json!({"ping": {"every": "50ms", "within": "5s"}})),
            &server.url,
        );
        assert_eq!(short(&ask(&line, impatient(5_000)).await.1.ended), "complete");
        // The customer thinks, and the socket lives on.
        server.until(|seen| seen.pongs == 1 && seen.pings >= 3).await;
        assert_eq!(server.sockets(), 1);
    })
    .await;
    on_one_thread(async {
        let asking =
            json!({"ping": {"every": "50ms", "within": "100ms", "say": {"json": {"ping": "{{ customer.number }}"}}}});
        let answering = Server::start(|frame| {
            if frame.contains("ping") {
                vec![say(json!({"pong": 1}))]
            } else {
                Vec::new()
            }
        })
        .await;
        let (line_of_living, _) = line(unnamed(&asking), &answering.url);
        assert_eq!(short(&ask(&line_of_living, impatient(600)).await.1.ended), "silent");
        assert!(
            answering
                .frames()
                .iter()
                .filter(|frame| *frame == "{\"ping\":7}")
                .count()
                >= 3
        );
        let deaf = Server::always(vec![Do::Sleep]).await;
        let (line_of_deaf, _) = line(unnamed(&asking), &deaf.url);
        let ended = ask(&line_of_deaf, impatient(5_000)).await.1.ended;
        assert_eq!(short(&ended), "connection lost: no answer to a ping within 0.1 s");
    })
    .await;
}

/// A stand-in for a server of Socket.IO: opens, lets into `/`, confirms the session, answers each message twice and then
/// acknowledges it.
fn socket_io(frame: &str) -> Vec<Do> {
    let text = |text: &str| Do::Say(text.to_owned());
    let number: String = frame.chars().skip(2).take_while(char::is_ascii_digit).collect();
    match frame {
        "" => vec![text(
            r#"0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":20000,"maxPayload":1000000}"#,
        )],
        "40{}" => vec![text(r#"40{"sid":"b"}"#), text("2")],
        frame if frame.contains("session_request") => vec![text(r#"42["session_confirm","throng-1-7"]"#)],
        frame if frame.contains("user_uttered") => vec![
            text(r#"42["bot_uttered",{"text":"您好"}]"#),
            text(r#"42["typing",{"text":"..."}]"#),
            text(r#"421["bot_uttered",{"text":"明天到"}]"#),
            Do::Say(format!("43{number}[]")),
        ],
        _ => Vec::new(),
    }
}

#[tokio::test]
async fn rasa_is_spoken_to_over_socket_io() {
    on_one_thread(async {
        let server = Server::start(socket_io).await;
        let (line, _) = line(shipped("rasa-socketio"), &server.url.replace("ws:", "http:"));
        for turn in 1..=2 {
            let (signals, finish) = ask(&line, fragment(turn, 1, 60_000)).await;
            assert_eq!(
                (replies(&signals), short(&finish.ended).as_str()),
                (vec!["您好", "明天到"], "complete")
            );
        }
        server.until(|seen| seen.frames.len() == 7).await;
        let uttered =
            |number: u16| format!(r#"42{number}["user_uttered",{{"message":"到哪了?","session_id":"throng-1-7"}}]"#);
        let expected = [
            "40{}",
            r#"42["session_request",{"session_id":"throng-1-7"}]"#,
            "3",
            &uttered(257),
            "431[]",
            &uttered(513),
            "431[]",
        ];
        assert_eq!(server.frames(), expected);
        assert_eq!(
            server.seen.lock().unwrap().openings[0].0,
            "/socket.io/?EIO=4&transport=websocket"
        );
        line.hang_up(7);
        server
            .until(|seen| seen.frames.last().is_some_and(|(_, frame)| frame == "41"))
            .await;
    })
    .await;
}

#[tokio::test]
async fn what_goes_wrong_on_socket_io_is_told() {
    let open = r#"0{"sid":"a","upgrades":[],"pingInterval":200,"pingTimeout":100}"#;
    let welcome = |act: Do| {
        move |frame: &str| match frame {
            "" => vec![Do::Say(open.to_owned())],
            "40{}" => vec![Do::Say("40{\"sid\":\"b\"}".to_owned())],
            frame if frame.contains("session_request") => vec![Do::Say(r#"42["session_confirm","x"]"#.to_owned())],
            _ => vec![act.clone()],
        }
    };
    async fn ended(script: impl Fn(&str) -> Vec<Do> + Send + Sync + 'static) -> String {
        on_one_thread(async {
            let server = Server::start(script).await;
            let (line, _) = line(shipped("rasa-socketio"), &server.url);
            short(&ask(&line, impatient(1_500)).await.1.ended)
        })
        .await
    }
    let told = ended(|frame| match frame {
        "" => vec![Do::Say(open.to_owned())],
        _ => vec![Do::Say(r#"44{"message":"who are you"}"#.to_owned())],
    });
    assert_eq!(told.await, "refused: the namespace is not open to us: who are you");
    assert_eq!(
        ended(|_| vec![Do::Say("hello".to_owned())]).await,
        "http error: answer is no packet of Engine.IO: hello"
    );
    let text = |text: &str| Do::Say(text.to_owned());
    assert_eq!(
        ended(welcome(text("41"))).await,
        "connection lost: the bot closed the socket"
    );
    assert_eq!(ended(welcome(text("43257[]"))).await, "empty");
    assert_eq!(
        ended(welcome(text("451-[\"x\"]"))).await,
        "http error: answer is a packet with binary attachments"
    );
    assert_eq!(
        ended(welcome(Do::Take(0))).await,
        "connection lost: no ping of the bot within 0.3 s"
    );
}

#[tokio::test]
async fn a_thousand_messages_over_a_hundred_sockets_are_all_answered() {
    on_one_thread(async {
        let server = Server::start(answering).await;
        let (line, counts) = line(generic(), &server.url);
        let customers = (0..100).map(|customer| {
            let line = &line;
            async move {
                let mut ended: Vec<Finish> = Vec::new();
                for turn in 1..=10 {
                    let mut asking = message(customer);
                    asking.id.turn = turn;
                    ended.push(ask(line, asking).await.1);
                }
                line.hang_up(customer);
                ended
            }
        });
        let ended = futures_util::future::join_all(customers).await.concat();
        assert_eq!(
            ended.iter().filter(|finish| short(&finish.ended) == "complete").count(),
            1_000
        );
        server.until(|seen| seen.closed == 100).await;
        assert_eq!(server.frames().len(), 1_000);
        assert_eq!(
            counts.tally(),
            SocketTally {
                opened: 100,
                ..SocketTally::default()
            }
        );
    })
    .await;
}
