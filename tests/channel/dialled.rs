//! Bots that dial in, as the platform sees them: sockets, acknowledgements, redeliveries, and all that a bot can do wrong.

use std::net::SocketAddr;
use std::rc::Rc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use throng::channel::{Ended, Finish, Line, Outgoing, Platform, SocketCounts, Wiring};
use throng::scenario::{self, LoadOptions, Scenario, Span};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

use crate::lines::{ask, message};

const SCENARIO: &str = "
scenario: dialled
seed: 1
target: http://127.0.0.1:9
goals: beauty-shop
knowledge: beauty-shop
channels: [{chat: {profile: PROFILE, share: 1}}]
customers: [{persona: weekday-regular, goal: check-coupon, share: 1}]
traffic: {phases: [{quiet: {name: calm, for: 1s}}]}
";

/// A channel whose bot dials in, with customer 7 there.
struct Desk {
    platform: Platform,
    line: Rc<Line>,
    heard: Receiver<(Option<(u16, u16)>, String)>,
}

fn scenario(profile: &str) -> Scenario {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("dialled.yaml");
    std::fs::write(&file, SCENARIO.replace("PROFILE", profile)).unwrap();
    scenario::load(file.to_str().unwrap(), &LoadOptions::default()).unwrap()
}

fn desk(profile: &str, change: impl FnOnce(&mut scenario::Profile)) -> Desk {
    let mut scenario = scenario(profile);
    change(&mut scenario.channels[0].profile);
    let platform = Platform::open(&scenario, SocketAddr::from(([127, 0, 0, 1], 0)));
    let platform = platform.unwrap().unwrap();
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
        line: Rc::new(line),
        heard,
    }
}

fn slack(change: impl FnOnce(&mut scenario::Profile)) -> Desk {
    desk("slack-socket-mode", change)
}

/// A socket as a bot holds it.
struct Socket(WebSocketStream<TcpStream>);

impl Socket {
    async fn frame(&mut self) -> Value {
        loop {
            match self.0.next().await.unwrap().unwrap() {
                Message::Text(text) => return serde_json::from_str(&text).unwrap(),
                Message::Close(_) => panic!("closed"),
                _ => {}
            }
        }
    }

    async fn say(&mut self, frame: impl Into<Message>) {
        self.0.send(frame.into()).await.unwrap();
    }

    async fn acknowledge(&mut self, envelope: &Value) {
        self.say(json!({"envelope_id": envelope["envelope_id"]}).to_string())
            .await;
    }

    /// True once the platform has closed it.
    async fn is_closed(&mut self) -> bool {
        while let Some(Ok(frame)) = self.0.next().await {
            if matches!(frame, Message::Close(_)) {
                return true;
            }
        }
        true
    }
}

impl Desk {
    /// Calls the platform's API; gives status and body.
    async fn call(&self, call: &str, headers: &str, body: &Value) -> (u16, Value) {
        let address = self.platform.url().strip_prefix("http://").unwrap();
        let mut stream = TcpStream::connect(address).await.unwrap();
        let body = body.to_string();
        let head =
            format!("{call} HTTP/1.1\r\nHost: p\r\nConnection: close\r\nContent-Type: application/json\r\n{headers}");
        let request = format!("{head}Content-Length: {}\r\n\r\n{body}", body.len());
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
        let body = answer.split_once("\r\n\r\n").unwrap().1;
        (status, serde_json::from_str(body).unwrap_or(Value::Null))
    }

    /// The address that the platform hands out.
    async fn address(&self) -> String {
        let shown = "Authorization: Bearer xapp-throng\r\n";
        let (_, opened) = self.call("POST /api/apps.connections.open", shown, &json!({})).await;
        opened["url"].as_str().unwrap_or_else(|| panic!("{opened}")).to_owned()
    }

    async fn dial(&self, url: &str) -> Result<Socket, u16> {
        let address = self.platform.url().strip_prefix("http://").unwrap();
        let stream = TcpStream::connect(address).await.unwrap();
        match tokio_tungstenite::client_async(url, stream).await {
            Ok((socket, _)) => Ok(Socket(socket)),
            Err(tokio_tungstenite::tungstenite::Error::Http(refused)) => Err(refused.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    /// A Slack app's socket, greeted.
    async fn socket(&self) -> Socket {
        let mut socket = self.dial(&self.address().await).await.unwrap();
        assert_eq!(socket.frame().await["type"], "hello");
        socket
    }

    /// Sends a message of customer 7 as a task of its own.
    fn send(&self, fragment: u16, patience: u64) -> tokio::task::JoinHandle<Finish> {
        let line = Rc::clone(&self.line);
        let message = asking(fragment, patience);
        tokio::task::spawn_local(async move { ask(&line, message).await.1 })
    }

    fn counts(&self) -> SocketCounts {
        self.platform.office(0).unwrap().counts().sockets.unwrap()
    }

    fn refused(&self) -> Vec<(String, u64)> {
        self.platform.office(0).unwrap().counts().refused.into_iter().collect()
    }

    /// Waits until the platform has refused something for this reason.
    async fn until_refused(&self, why: &str) {
        for _ in 0..500 {
            if self.refused().iter().any(|(name, _)| name == why) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("never refused with {why}: {:?}", self.refused());
    }

    async fn until_lost(&self, sockets: u64) {
        for _ in 0..500 {
            if self.counts().lost == sockets {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{:?}", self.counts());
    }
}

fn asking(fragment: u16, seconds: u64) -> Outgoing {
    let mut message = message(7);
    message.customer_id = format!("throng-{}-7", message.id.run);
    message.id.fragment = fragment;
    message.give_up_at = tokio::time::Instant::now() + Duration::from_secs(seconds);
    message
}

/// Runs with room for tasks of this thread.
async fn at(test: impl Future<Output = ()>) {
    tokio::task::LocalSet::new().run_until(test).await;
}

#[tokio::test]
async fn a_message_goes_to_the_socket_and_its_acknowledgement_ends_it() {
    at(async {
        let desk = slack(|_| {});
        let mut socket = desk.socket().await;
        let sending = desk.send(1, 10);
        let envelope = socket.frame().await;
        let event = &envelope["payload"]["event"];
        assert_eq!(
            (&envelope["type"], &event["text"]),
            (&json!("events_api"), &json!("到哪了?"))
        );
        assert_eq!(
            (&envelope["retry_attempt"], &envelope["retry_reason"]),
            (&json!(0), &json!(""))
        );
        let reply = json!({"channel": event["channel"], "text": "在路上"});
        let shown = "Authorization: Bearer xoxb-throng\r\n";
        assert_eq!(
            desk.call("POST /api/chat.postMessage", shown, &reply).await.1["ok"],
            true
        );
        socket.acknowledge(&envelope).await;
        let finish = sending.await.unwrap();
        assert_eq!(
            (finish.ended, finish.deliveries, finish.may_be_answered),
            (Ended::Empty, 1, true)
        );
        assert_eq!(desk.heard.try_iter().collect::<Vec<_>>(), [(None, "在路上".to_owned())]);
        assert_eq!((desk.counts().opened, desk.counts().acknowledged), (1, 1));
        assert!(desk.refused().is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_address_opens_one_socket_and_a_platform_allows_so_many() {
    at(async {
        let desk = slack(|profile| profile.dial_in.as_mut().unwrap().most = 2);
        let address = desk.address().await;
        let _first = desk.dial(&address).await.unwrap();
        assert_eq!(desk.dial(&address).await.err(), Some(403));
        let second = desk.socket().await;
        assert_eq!(desk.dial(&desk.address().await).await.err(), Some(429));
        drop(second);
        desk.until_lost(1).await;
        let _third = desk.socket().await;
        let (status, _) = desk.call("GET /link/?ticket=x", "", &json!({})).await;
        assert_eq!(status, 426);
        let wrong = "Authorization: Bearer xapp-stolen\r\n";
        let (_, refused) = desk.call("POST /api/apps.connections.open", wrong, &json!({})).await;
        assert_eq!(refused["error"], "invalid_auth");
        let names: Vec<String> = desk.refused().into_iter().map(|(name, _)| name).collect();
        assert_eq!(
            names,
            ["invalid_auth", "invalid_ticket", "not_a_socket", "too_many_sockets"]
        );
    })
    .await;
}

#[tokio::test]
async fn several_sockets_share_the_messages_in_turn() {
    at(async {
        let desk = slack(|_| {});
        let mut sockets = [desk.socket().await, desk.socket().await, desk.socket().await];
        let mut taken = Vec::new();
        for fragment in 1..=6_u16 {
            let sending = desk.send(fragment, 10);
            let place = usize::from(fragment - 1) % 3;
            let envelope = sockets[place].frame().await;
            sockets[place].acknowledge(&envelope).await;
            assert_eq!(sending.await.unwrap().ended, Ended::Empty);
            taken.push(envelope["payload"]["event"]["client_msg_id"].clone());
        }
        taken.dedup();
        assert_eq!(taken.len(), 6);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_acknowledged_comes_again_and_says_why() {
    at(async {
        let desk = slack(|profile| profile.limits.acknowledge = Some(Span::seconds(0.2)));
        let mut socket = desk.socket().await;
        let sending = desk.send(1, 3);
        let first = socket.frame().await;
        let second = socket.frame().await;
        assert_eq!(
            (&second["retry_attempt"], &second["retry_reason"]),
            (&json!(1), &json!("timeout"))
        );
        assert_eq!(first["payload"]["event_id"], second["payload"]["event_id"]);
        assert_ne!(first["envelope_id"], second["envelope_id"]);
        let finish = sending.await.unwrap();
        assert_eq!(
            (finish.ended, finish.deliveries, finish.may_be_answered),
            (Ended::Silent, 2, true)
        );
        assert_eq!(desk.counts().unacknowledged, 2);
        socket.acknowledge(&first).await;
        desk.until_refused("late_acknowledgement").await;
    })
    .await;
}

#[tokio::test]
async fn without_a_socket_a_message_is_lost_or_waits_as_long_as_the_profile_says() {
    at(async {
        let desk = slack(|_| {});
        let finish = desk.send(1, 5).await.unwrap();
        assert!(
            matches!(&finish.ended, Ended::ConnectionLost(words) if words.contains("no socket")),
            "{finish:?}"
        );
        assert_eq!(
            (finish.deliveries, finish.may_be_answered, desk.counts().without_socket),
            (2, false, 2)
        );
        let desk = slack(|profile| profile.dial_in.as_mut().unwrap().waits = Some(Span::seconds(2.0)));
        let sending = desk.send(1, 5);
        tokio::time::sleep(Duration::from_millis(100)).await;
        let mut socket = desk.socket().await;
        let envelope = socket.frame().await;
        socket.acknowledge(&envelope).await;
        assert_eq!(sending.await.unwrap().ended, Ended::Empty);
        assert_eq!(desk.counts().without_socket, 0);
    })
    .await;
}

#[tokio::test]
async fn a_socket_that_closes_in_the_middle_loses_its_message_and_the_next_one_gets_it() {
    at(async {
        let desk = slack(|_| {});
        let mut first = desk.socket().await;
        let sending = desk.send(1, 5);
        first.frame().await;
        let mut second = desk.socket().await;
        drop(first);
        let again = second.frame().await;
        assert_eq!(
            (&again["retry_attempt"], &again["retry_reason"]),
            (&json!(1), &json!("connection_failed"))
        );
        second.acknowledge(&again).await;
        let finish = sending.await.unwrap();
        assert_eq!((finish.ended, finish.deliveries), (Ended::Empty, 2));
        assert_eq!((desk.counts().cut_off, desk.counts().lost), (1, 1));
        let sending = desk.send(2, 1);
        second.frame().await;
        drop(second);
        let finish = sending.await.unwrap();
        assert!(matches!(finish.ended, Ended::ConnectionLost(_)), "{finish:?}");
        assert!(finish.may_be_answered, "the bot had it");
    })
    .await;
}

#[tokio::test]
async fn whatever_a_bot_says_is_counted_and_breaks_nothing() {
    at(async {
        let desk = slack(|_| {});
        let mut socket = desk.socket().await;
        socket.say("{not json").await;
        socket.say(Message::binary(vec![0, 159, 146, 150])).await;
        socket.say("{\"type\": \"ping\"}").await;
        socket.say("[".repeat(100_000)).await;
        socket.say("{\"envelope_id\": \"57d12c34-somebody\"}").await;
        socket.say("{\"envelope_id\": {\"a\": 1}}").await;
        socket.say(Message::Ping(vec![1, 2, 3].into())).await;
        desk.until_refused("unknown_acknowledgement").await;
        let sending = desk.send(1, 5);
        let envelope = socket.frame().await;
        socket.acknowledge(&envelope).await;
        assert_eq!(sending.await.unwrap().ended, Ended::Empty, "the socket still works");
        // The rest of it may meet a closed door.
        let _is_cut = socket.0.send(Message::text("x".repeat(200 << 10))).await.is_err();
        desk.until_refused("frame_too_large").await;
        let refused: Vec<(String, u64)> = desk.refused();
        let wanted = [
            ("frame_too_large", 1),
            ("unknown_acknowledgement", 1),
            ("unknown_frame", 2),
            ("unreadable_frame", 3),
        ];
        assert_eq!(refused, wanted.map(|(name, count)| (name.to_owned(), count)));
        desk.until_lost(1).await;
    })
    .await;
}

#[tokio::test]
async fn replies_may_stand_in_the_acknowledgement_or_in_frames_of_their_own() {
    at(async {
        let desk = slack(|profile| {
            let frames = &mut profile.dial_in.as_mut().unwrap().frames;
            frames.insert_before(
                0,
                "said".to_owned(),
                scenario::BotFrame {
                    conditions: [("$.type".to_owned(), json!("say"))].into_iter().collect(),
                    customer: Some("$.to".to_owned()),
                    text: Some("$.text".to_owned()),
                    answer: Some(scenario::SocketFrame {
                        json: Some(json!({"type": "said", "to": "{{ frame.to }}"})),
                        body: None,
                    }),
                    ..Default::default()
                },
            );
            frames["acknowledgement"].text = Some("$.payload.text".to_owned());
        });
        let mut socket = desk.socket().await;
        let sending = desk.send(1, 5);
        let envelope = socket.frame().await;
        let say = json!({"type": "say", "to": envelope["payload"]["event"]["channel"], "text": "稍等"});
        socket.say(say.to_string()).await;
        assert_eq!(socket.frame().await["type"], "said");
        socket
            .say(json!({"type": "say", "to": "D0NOBODY", "text": "x"}).to_string())
            .await;
        assert_eq!(socket.frame().await["to"], "D0NOBODY");
        let reply = json!({"envelope_id": envelope["envelope_id"], "payload": {"text": "在路上"}});
        socket.say(reply.to_string()).await;
        assert_eq!(sending.await.unwrap().ended, Ended::Empty);
        let place = Some((1, 1));
        assert_eq!(
            desk.heard.try_iter().collect::<Vec<_>>(),
            [(None, "稍等".to_owned()), (place, "在路上".to_owned())]
        );
        assert_eq!(desk.refused(), [("unknown_customer".to_owned(), 1)]);
    })
    .await;
}

#[tokio::test]
async fn a_socket_that_is_refreshed_serves_until_there_is_another() {
    at(async {
        let desk = slack(|profile| {
            let refresh = profile.dial_in.as_mut().unwrap().refresh.as_mut().unwrap();
            (refresh.every, refresh.closes_after) = (Span::seconds(2.0), Span::seconds(2.0));
        });
        let mut old = desk.socket().await;
        assert_eq!(old.frame().await["reason"], "refresh_requested");
        let sending = desk.send(1, 5);
        let envelope = old.frame().await;
        old.acknowledge(&envelope).await;
        assert_eq!(sending.await.unwrap().ended, Ended::Empty);
        let mut new = desk.socket().await;
        for fragment in 2..4 {
            let sending = desk.send(fragment, 5);
            let envelope = new.frame().await;
            new.acknowledge(&envelope).await;
            assert_eq!(sending.await.unwrap().ended, Ended::Empty);
        }
        assert!(old.is_closed().await);
        assert_eq!(desk.counts().lost, 0, "the platform closed it");
    })
    .await;
}

#[tokio::test]
async fn a_bot_that_does_not_say_that_it_is_there_loses_its_socket() {
    at(async {
        let desk = slack(|profile| {
            let ping = profile.dial_in.as_mut().unwrap().ping.as_mut().unwrap();
            (ping.every, ping.within) = (Span::seconds(0.2), Span::seconds(0.2));
        });
        let mut alive = desk.socket().await;
        let _still = desk.socket().await;
        tokio::select! {
            _ = alive.frame() => panic!("nobody writes"),
            () = desk.until_lost(1) => {}
        }
        assert_eq!(desk.counts().opened, 2);
    })
    .await;
}

#[tokio::test]
async fn dingtalk_in_stream_mode() {
    at(async {
        let desk = desk("dingtalk-stream", |_| {});
        let subscription = json!({"clientId": "dingthrong", "clientSecret": "throng-secret", "subscriptions": []});
        let open = "POST /v1.0/gateway/connections/open";
        let (_, opened) = desk.call(open, "", &subscription).await;
        let url = format!("{}?ticket={}", opened["endpoint"].as_str().unwrap(), opened["ticket"].as_str().unwrap());
        let mut socket = desk.dial(&url).await.unwrap();
        let sending = desk.send(1, 5);
        let frame = socket.frame().await;
        assert_eq!(frame["headers"]["topic"], "/v1.0/im/bot/messages/get");
        let data: Value = serde_json::from_str(frame["data"].as_str().unwrap()).unwrap();
        assert_eq!(data["text"]["content"], "到哪了?");
        let webhook = data["sessionWebhook"].as_str().unwrap();
        let path = &webhook[webhook.find("/robot").unwrap()..];
        let reply = json!({"msgtype": "text", "text": {"content": "明天送达"}});
        assert_eq!(desk.call(&format!("POST {path}"), "", &reply).await.1["errcode"], 0);
        let taken = |code: u16| json!({"code": code, "headers": {"messageId": frame["headers"]["messageId"]}, "message": "OK", "data": "{}"});
        socket.say(taken(200).to_string()).await;
        assert_eq!(sending.await.unwrap().ended, Ended::Empty);
        assert_eq!(desk.heard.try_iter().collect::<Vec<_>>(), [(Some((1, 1)), "明天送达".to_owned())]);
        let sending = desk.send(2, 5);
        let frame = socket.frame().await;
        let failed = json!({"code": 500, "headers": {"messageId": frame["headers"]["messageId"]}, "message": "broken", "data": "{}"});
        socket.say(failed.to_string()).await;
        assert_eq!(sending.await.unwrap().ended, Ended::BotError("broken".to_owned()));
        let (status, _) = desk.call(open, "", &json!({"clientSecret": "stolen"})).await;
        assert_eq!(status, 401);
    })
    .await;
}
