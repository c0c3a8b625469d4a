//! One test for each row of the table in `src/channel/mod.rs`.

use serde_json::{Value, json};
use throng::channel::Signal;
use tokio::net::TcpListener;

use crate::bot::{Act, Bot, chunk, chunked, last_chunk, ok, say, status, take};
use crate::lines::{ask, impatient, line, message, profile, replies, short};

async fn outcome(acts: Vec<Act>) -> String {
    outcome_of(&json!({}), acts).await
}

async fn outcome_of(changes: &Value, acts: Vec<Act>) -> String {
    let bot = Bot::always(acts).await;
    let line = line(profile(changes), &bot.url);
    let (_, finish) = ask(&line, impatient(2_000)).await;
    assert_eq!(finish.deliveries, 1);
    short(&finish.ended)
}

#[tokio::test]
async fn replies_are_told_with_their_times_and_values() {
    let bot = Bot::always(vec![ok(
        "{\"replies\": [{\"text\": \"您好\"}, {\"text\": \"在\"}], \"session\": 3}",
    )])
    .await;
    let line = line(profile(&json!({})), &bot.url);
    let (signals, finish) = ask(&line, message(7)).await;
    assert_eq!(short(&finish.ended), "complete");
    assert_eq!(replies(&signals), ["您好", "在"]);
    let [
        Signal::FirstEvent(first),
        Signal::Captured { name, value },
        Signal::Reply { complete_at, .. },
        _,
    ] = &signals[..]
    else {
        panic!("{signals:?}")
    };
    assert!(first <= complete_at);
    assert_eq!((name.as_str(), value), ("session", &json!(3)));
    let request = bot.seen.lock().unwrap().requests[0].clone();
    assert!(request.starts_with("POST /chat HTTP/1.1\r\n"), "{request}");
    assert!(
        request.contains(&format!("host: {}\r\n", bot.url.replace("http://", ""))),
        "{request}"
    );
    assert!(request.ends_with("\r\n\r\n{\"text\":\"到哪了?\"}"), "{request}");
}

#[tokio::test]
async fn statuses_say_refused_failed_or_empty() {
    for (line, headers, expected) in [
        ("429 Too Many Requests", "retry-after: 1\r\n", "refused: HTTP 429"),
        ("503 Service Unavailable", "", "refused: HTTP 503"),
        ("500 Internal Server Error", "", "http error: HTTP 500"),
        ("404 Not Found", "", "http error: HTTP 404"),
        (
            "302 Found",
            "location: http://10.0.0.1/\r\n",
            "http error: HTTP 302 to http://10.0.0.1/: redirects are not followed",
        ),
    ] {
        assert_eq!(outcome(vec![status(line, headers, "{}")]).await, expected);
    }
    assert_eq!(outcome(vec![say("HTTP/1.1 204 No Content\r\n\r\n")]).await, "empty");
}

#[tokio::test]
async fn bodies_say_error_empty_or_break_the_protocol() {
    for (body, expected) in [
        ("{\"error\": \"no\\u0000 quota\"}", "bot error: no  quota"),
        ("{\"replies\": []}", "empty"),
        ("", "empty"),
        (
            "oops",
            "http error: answer is not JSON: expected value at line 1 column 1",
        ),
        (
            "<html>",
            "http error: answer is an HTML page, not what the profile declares",
        ),
    ] {
        assert_eq!(outcome(vec![ok(body)]).await, expected, "{body}");
    }
}

#[tokio::test]
async fn a_body_beyond_its_bounds_is_not_kept() {
    let flood: Vec<Act> = [chunked()]
        .into_iter()
        .chain((0..20).map(|_| chunk(vec![b'x'; 64 * 1024])))
        .collect();
    assert_eq!(
        outcome(flood).await,
        "http error: answer is too long: a body over 1 MiB"
    );
}

#[tokio::test]
async fn a_body_that_breaks_off_is_truncated_once_some_of_it_came() {
    let head = || say("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n");
    let half = || say("{\"replies\": [{\"text\": \"您");
    assert_eq!(outcome(vec![head(), half(), Act::Close]).await, "truncated: ");
    assert_eq!(
        outcome(vec![chunked(), chunk("{\"rep"), Act::Close]).await,
        "truncated: "
    );
    assert_eq!(
        outcome(vec![chunked(), chunk("{\"rep"), say("zz\r\n")]).await,
        "truncated: "
    );
    let no_chunks = outcome(vec![chunked(), say("zz\r\n")]).await;
    assert!(no_chunks.starts_with("http error: answer is not HTTP: "), "{no_chunks}");
    let lost = "connection lost: closed before the answer was complete";
    assert_eq!(outcome(vec![head(), take(20), Act::Close]).await, lost);
    let stalled = json!({"limits": {"idle": "300ms"}});
    assert_eq!(
        outcome_of(&stalled, vec![head(), half(), Act::Hold]).await,
        "truncated: "
    );
    assert_eq!(outcome_of(&stalled, vec![head(), Act::Hold]).await, "silent");
}

#[tokio::test]
async fn connections_are_lost_in_words() {
    assert_eq!(
        outcome(vec![Act::Close]).await,
        "connection lost: closed with nothing said"
    );
    let reset = outcome(vec![Act::Reset]).await;
    assert!(
        reset.starts_with("connection lost: ") && reset.contains("reset"),
        "{reset}"
    );
    let noise = outcome(vec![say("SSH-2.0-OpenSSH\r\n\r\n"), Act::Close]).await;
    assert!(noise.starts_with("http error: answer is not HTTP: "), "{noise}");
    let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let line = line(profile(&json!({})), &format!("http://{nobody}"));
    let (signals, finish) = ask(&line, message(7)).await;
    let refused = short(&finish.ended);
    assert!(
        refused.starts_with("connection lost: no connection: Connection refused"),
        "{refused}"
    );
    assert_eq!(signals, []);
}

#[tokio::test]
async fn a_bot_that_never_answers_is_silent() {
    let bot = Bot::always(vec![Act::Hold]).await;
    let waiting = line(profile(&json!({})), &bot.url);
    let (signals, finish) = ask(&waiting, impatient(50)).await;
    assert_eq!((signals, short(&finish.ended).as_str()), (vec![], "silent"));
    let limited = line(profile(&json!({"limits": {"first_byte": "50ms"}})), &bot.url);
    assert_eq!(short(&ask(&limited, message(7)).await.1.ended), "silent");
    bot.until(|seen| seen.closed == 2).await;
}

#[tokio::test]
async fn an_answer_after_the_platform_hung_up_does_not_count() {
    let limits = json!({"limits": {"acknowledge": "300ms"}});
    let late = vec![
        chunked(),
        chunk("{\"replies\": [{\"text\": \"您好\"}]"),
        take(900),
        chunk("}"),
        last_chunk(),
    ];
    let bot = Bot::always(late).await;
    let line = line(profile(&limits), &bot.url);
    let (signals, finish) = ask(&line, message(7)).await;
    assert_eq!(short(&finish.ended), "silent");
    assert!(matches!(signals[..], [Signal::FirstEvent(_)]), "{signals:?}");
}

#[tokio::test]
async fn a_message_that_cannot_be_rendered_is_not_the_bots_failure() {
    let breaks_lines =
        json!({"send": {"method": "POST", "url": "{{ target }}", "headers": {"X-Text": "{{ message.text }}"}}});
    let line = line(profile(&breaks_lines), "http://127.0.0.1:1");
    let mut breaking = message(7);
    breaking.text = "two\nlines".to_owned();
    assert_eq!(
        short(&ask(&line, breaking).await.1.ended),
        "hindered by Failure: send.headers.X-Text: a header's value cannot have line breaks"
    );
}
