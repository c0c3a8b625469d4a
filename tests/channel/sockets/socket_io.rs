//! Socket.IO over Engine.IO, as Rasa speaks it.

use super::server::{Do, Server};
use super::{fragment, line, on_one_thread};
use crate::lines::{ask, impatient, replies, short};
use crate::profiles::shipped;

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
