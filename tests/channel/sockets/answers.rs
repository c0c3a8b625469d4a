//! What comes for a message, and for a customer who asked nothing.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use throng::channel::{CustomerSocketTally, Finish, Signal};
use throng::conversation::MediaKind;

use super::server::{Do, Server, say};
use super::{answering, attend, fragment, generic, id, line, on_one_thread, unnamed, until};
use crate::lines::{ask, impatient, message, replies, short};

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
            CustomerSocketTally {
                opened: 2,
                ..CustomerSocketTally::default()
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
        let expected = CustomerSocketTally {
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
async fn a_picture_that_nobody_waits_for_stays_a_picture() {
    on_one_thread(async {
        let server = Server::start(|frame| match frame.is_empty() {
            true => Vec::new(),
            false => vec![
                say(json!({"text": "在路上"})),
                Do::Take(300),
                say(json!({"image": "http://127.0.0.1/cup.png"})),
            ],
        })
        .await;
        let mut profile = unnamed(&json!({}));
        profile.reply = serde_json::from_value(json!({"response": {
            "format": "json", "text": "$.text", "shows": {"image": "$.image"},
        }}))
        .unwrap();
        let (line, _) = line(profile, &server.url);
        let shown = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&shown);
        line.attend(7, move |called| {
            heard.lock().unwrap().push(called.said.media);
            true
        });
        assert_eq!(replies(&ask(&line, fragment(1, 1, 60_000)).await.0), ["在路上"]);
        until(|| !shown.lock().unwrap().is_empty()).await;
        assert_eq!(*shown.lock().unwrap(), [Some(MediaKind::Image)]);
    })
    .await;
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
            CustomerSocketTally {
                opened: 100,
                ..CustomerSocketTally::default()
            }
        );
    })
    .await;
}
