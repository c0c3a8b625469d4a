//! Sockets that are not opened, break, or are closed.

use serde_json::json;
use throng::channel::CustomerSocketTally;

use super::server::{Do, Server, say};
use super::{fragment, generic, line, on_one_thread, unnamed, until};
use crate::bot::{Act, Bot, status};
use crate::lines::{ask, impatient, short};

async fn outcome(acts: Vec<Do>) -> String {
    on_one_thread(async {
        let server = Server::always(acts).await;
        let (line, _) = line(generic(), &server.url);
        short(&ask(&line, impatient(1_500)).await.1.ended)
    })
    .await
}

fn piece() -> Do {
    say(json!({"type": "piece", "text": "您"}))
}

async fn assert_outcomes<const N: usize>(cases: [(Vec<Do>, &str); N]) {
    for (acts, expected) in cases {
        let told: String = format!("{acts:?}").chars().take(200).collect();
        assert_eq!(outcome(acts).await, expected, "{told}");
    }
}

#[tokio::test]
async fn every_way_to_end_counts_as_what_it_is() {
    let done = || say(json!({"type": "done"}));
    assert_outcomes([
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
    ])
    .await;
}

#[tokio::test]
async fn frames_that_break_the_protocol_say_how() {
    // A text frame of a server with these bytes: not masked.
    let raw = |bytes: &[u8]| Do::Raw([&[0x81, bytes.len() as u8], bytes].concat());
    let length = (2_u64 << 20).to_be_bytes().to_vec();
    let long = Do::Raw([vec![0x81, 127], length, vec![b'x'; 1 << 16]].concat());
    assert_outcomes([
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
    ])
    .await;
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
            assert_eq!(counts.tally(), CustomerSocketTally::default());
        }
        let (line, _) = line(generic(), "ws://127.0.0.1:1");
        let told = short(&ask(&line, impatient(700)).await.1.ended);
        assert!(told.starts_with("connection lost: no connection: "), "{told}");
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
