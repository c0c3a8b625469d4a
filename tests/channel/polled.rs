//! Replies that throng asks for until they are there, and conversations that are opened before their first message.

use std::time::Duration;

use serde_json::{Value, json};
use throng::channel::{Ended, Line, Signal};
use tokio::time::Instant;

use crate::bot::{Act, Bot, ok, status};
use crate::lines::{ask, impatient, line, message, profile, replies, short};
use crate::platforms::exchange::{opened, parts, query_of};

/// A small profile that polls `/ask`, with these keys of `reply.poll` changed.
fn polling(changes: &Value) -> Value {
    let mut poll = json!({
        "accepted": {"error": [{"when": "$.error"}], "capture": {"job": "$.job"}},
        "every": ["10ms", "30ms"],
        "ask": {"method": "GET", "url": "{{ target }}/ask/{{ conversation.job }}"},
        "status": {"error": [{"when": "$.state", "is": "failed", "text": "$.why"}]},
        "done": [{"when": "$.state", "is": "done"}],
        "read": {"format": "json", "each": "$.replies[*]", "text": "$.text"},
    });
    for (key, value) in changes.as_object().unwrap() {
        poll[key] = value.clone();
    }
    json!({"reply": {"poll": poll}})
}

/// A bot that accepts the first request as job 5 and then says these, the last one for ever.
async fn bot(then: Vec<Vec<Act>>) -> Bot {
    Bot::start(move |number| match number {
        1 => vec![ok(r#"{"job": 5}"#)],
        _ => then[(number - 2).min(then.len() - 1)].clone(),
    })
    .await
}

fn lines_of(bot: &Bot) -> Vec<String> {
    let seen = bot.seen.lock().unwrap();
    seen.requests
        .iter()
        .map(|request| parts(request).0.replace(" HTTP/1.1", ""))
        .collect()
}

const WORKING: &str = r#"{"state": "working"}"#;
const DONE: &str = r#"{"state": "done", "replies": [{"text": "a"}, {"text": "b"}]}"#;

#[tokio::test]
async fn a_reply_is_asked_for_until_it_is_there() {
    let bot = bot(vec![vec![ok(WORKING)], vec![ok(WORKING)], vec![ok(DONE)]]).await;
    let started = Instant::now();
    let (signals, finish) = ask(&line(profile(&polling(&json!({}))), &bot.url), message(7)).await;
    assert_eq!((replies(&signals), &finish.ended), (vec!["a", "b"], &Ended::Complete));
    assert_eq!((finish.deliveries, finish.polls, finish.may_be_answered), (1, 3, false));
    assert_eq!(lines_of(&bot), ["POST /chat", "GET /ask/5", "GET /ask/5", "GET /ask/5"]);
    assert!(
        started.elapsed() >= Duration::from_millis(70),
        "10 ms, then 30 ms each time"
    );
    assert_eq!(bot.seen.lock().unwrap().connections, 1, "all on one connection");
}

#[tokio::test]
async fn a_reply_may_have_to_be_fetched_once_it_is_there() {
    let fetch =
        json!({"fetch": {"method": "GET", "url": "{{ target }}/fetch", "query": {"job": "{{ conversation.job }}"}}});
    let bot = bot(vec![
        vec![ok(r#"{"state": "done"}"#)],
        vec![ok(r#"{"replies": [{"text": "c"}]}"#)],
    ])
    .await;
    let (signals, finish) = ask(&line(profile(&polling(&fetch)), &bot.url), message(7)).await;
    assert_eq!(
        (replies(&signals), finish.ended, finish.polls),
        (vec!["c"], Ended::Complete, 1)
    );
    assert_eq!(lines_of(&bot), ["POST /chat", "GET /ask/5", "GET /fetch?job=5"]);
}

#[tokio::test]
async fn what_the_read_captures_is_kept_beside_the_reply() {
    let read = json!({"read": {
        "format": "json", "each": "$.replies[*]", "text": "$.text", "capture": {"intent": "$.state"},
    }});
    let bot = bot(vec![vec![ok(DONE)]]).await;
    let (signals, finish) = ask(&line(profile(&polling(&read)), &bot.url), message(7)).await;
    assert_eq!((replies(&signals), finish.ended), (vec!["a", "b"], Ended::Complete));
    let kept = signals.iter().find_map(|signal| match signal {
        Signal::Captured { name, value } if name == "intent" => Some(value),
        _ => None,
    });
    assert_eq!(kept, Some(&json!("done")));
}

#[tokio::test]
async fn what_goes_wrong_on_the_way_is_told_apart() {
    let failed = r#"{"state": "failed", "why": "no quota"}"#;
    let cut = Act::Say(b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{\"state\"".to_vec());
    for (then, expected) in [
        (vec![ok(failed)], "bot error: no quota"),
        (vec![status("503 Service Unavailable", "", "")], "refused: HTTP 503"),
        (vec![status("500 Oops", "", "")], "http error: HTTP 500"),
        (
            vec![ok("<html>")],
            "http error: answer is not JSON: expected value at line 1 column 1",
        ),
        (vec![Act::Close], "connection lost: closed with nothing said"),
        (vec![cut, Act::Close], "truncated: "),
        (vec![ok(r#"{"state": "done", "replies": []}"#)], "empty"),
    ] {
        let bot = bot(vec![then]).await;
        let (_, finish) = ask(&line(profile(&polling(&json!({}))), &bot.url), message(7)).await;
        assert_eq!((short(&finish.ended).as_str(), finish.polls), (expected, 1));
    }
    let refused = Bot::always(vec![ok(r#"{"error": "who are you"}"#)]).await;
    let (_, finish) = ask(&line(profile(&polling(&json!({}))), &refused.url), message(7)).await;
    assert_eq!(
        (short(&finish.ended).as_str(), finish.polls),
        ("bot error: who are you", 0)
    );
    let without_id = Bot::always(vec![ok("{}")]).await;
    let (_, finish) = ask(&line(profile(&polling(&json!({}))), &without_id.url), message(7)).await;
    assert!(short(&finish.ended).contains("reply.poll.ask.url"), "{finish:?}");
}

#[tokio::test]
async fn asking_ends_with_its_count_or_with_whoever_waits() {
    let working = bot(vec![vec![ok(WORKING)]]).await;
    let three = line(profile(&polling(&json!({"most": 3}))), &working.url);
    let (_, finish) = ask(&three, message(7)).await;
    assert_eq!((finish.ended, finish.polls), (Ended::Silent, 3));
    assert_eq!(lines_of(&working).len(), 4);

    let stuck = bot(vec![vec![ok(WORKING)], vec![Act::Hold]]).await;
    let patient = line(profile(&polling(&json!({}))), &stuck.url);
    let (_, finish) = ask(&patient, impatient(300)).await;
    assert_eq!(
        (finish.ended, finish.polls),
        (Ended::Silent, 2),
        "the last one is not waited for beyond the end"
    );
}

#[tokio::test]
async fn a_time_of_asking_that_fails_as_retry_says_is_one_that_brought_nothing() {
    let mut changes = polling(&json!({}));
    changes["retry"] = json!({"on": ["status"], "attempts": 2});
    let bot = bot(vec![vec![status("502 Bad Gateway", "", "")], vec![ok(DONE)]]).await;
    let (signals, finish) = ask(&line(profile(&changes), &bot.url), message(7)).await;
    assert_eq!(
        (replies(&signals).len(), finish.ended, finish.polls),
        (2, Ended::Complete, 2)
    );
}

const STARTED: &str = r#"{"conversationId": "c|1", "token": "t"}"#;

fn activities(watermark: &str, said: &[(&str, &str)]) -> String {
    let said: Vec<Value> = said
        .iter()
        .map(|(to, text)| json!({"type": "message", "from": {"id": "bot"}, "text": text, "replyToId": to}))
        .collect();
    json!({"activities": said, "watermark": watermark}).to_string()
}

fn direct_line(url: &str) -> Line {
    opened("direct-line", json!({"secret": "throng-secret"}), url).unwrap()
}

#[tokio::test]
async fn direct_line_tells_replies_by_the_activity_that_they_answer() {
    let bot = Bot::start(|number| match number {
        1 => vec![ok(STARTED)],
        2 => vec![ok(r#"{"id": "c|1|0000001"}"#)],
        3 => vec![ok(&activities("1", &[("c|1|0000000", "您好")]))],
        4 => vec![ok(&activities(
            "3",
            &[("c|1|0000001", "查到了"), ("c|1|0000001", "明天送达")],
        ))],
        _ => vec![ok(&activities("3", &[]))],
    })
    .await;
    let line = direct_line(&bot.url);
    let (signals, finish) = ask(&line, message(7)).await;
    assert_eq!(replies(&signals), ["查到了", "明天送达"]);
    assert_eq!((finish.ended, finish.polls), (Ended::Complete, 3));
    let requests = bot.seen.lock().unwrap().requests.clone();
    let first: Vec<&str> = requests.iter().map(|request| parts(request).0).collect();
    let path = "/v3/directline/conversations/c%7C1/activities";
    assert_eq!(first[0], "POST /v3/directline/conversations HTTP/1.1");
    assert_eq!(first[1], format!("POST {path} HTTP/1.1"));
    assert_eq!(first[2], format!("GET {path} HTTP/1.1"));
    assert_eq!(query_of(&requests[4])["watermark"], "3", "only what is new");
    assert!(
        requests
            .iter()
            .all(|request| parts(request).1["authorization"] == "Bearer throng-secret")
    );
}

#[tokio::test]
async fn the_messages_of_a_burst_open_their_conversation_once_and_another_customer_has_their_own() {
    let bot = Bot::start(|number| match number {
        1 => vec![Act::Take(Duration::from_millis(100)), ok(STARTED)],
        _ => vec![status("500 Oops", "", "")],
    })
    .await;
    let line = direct_line(&bot.url);
    let mut second = message(7);
    second.id.fragment = 2;
    tokio::join!(ask(&line, message(7)), ask(&line, second));
    let opened = |bot: &Bot| {
        lines_of(bot)
            .iter()
            .filter(|line| line.ends_with("/conversations"))
            .count()
    };
    assert_eq!(opened(&bot), 1);
    ask(&line, message(8)).await;
    assert_eq!(opened(&bot), 2);
    line.hang_up(7);
    let (_, finish) = ask(&line, message(7)).await;
    assert_eq!(opened(&bot), 3, "who comes again begins anew");
    assert_eq!(
        (short(&finish.ended).as_str(), finish.deliveries),
        ("http error: HTTP 500", 1)
    );
}

#[tokio::test]
async fn an_opening_that_fails_is_tried_again_by_the_next_message() {
    let bot = Bot::start(|number| match number {
        1 => vec![ok(r#"{"error": {"code": "BadArgument", "message": "no such bot"}}"#)],
        2 => vec![ok(STARTED)],
        _ => vec![status("502 Bad Gateway", "", "")],
    })
    .await;
    let line = direct_line(&bot.url);
    let (_, finish) = ask(&line, message(7)).await;
    assert_eq!(short(&finish.ended), "bot error: no such bot");
    let (_, finish) = ask(&line, message(7)).await;
    assert_eq!(short(&finish.ended), "http error: HTTP 502");
    assert_eq!(lines_of(&bot).len(), 3);
}

#[tokio::test]
async fn coze_is_asked_for_its_chat_and_then_for_its_messages() {
    let bot = Bot::start(|number| match number {
        1 => vec![ok(r#"{"code": 0, "data": {"id": "9", "conversation_id": "8", "status": "created"}}"#)],
        2 => vec![ok(r#"{"code": 0, "data": {"id": "9", "status": "completed", "last_error": {"code": 0}}}"#)],
        _ => vec![ok(
            r#"{"code": 0, "data": [{"type": "verbose", "content": "{}"}, {"type": "answer", "content": "明天送达"}, {"type": "follow_up", "content": "?"}]}"#,
        )],
    })
    .await;
    let line = opened("coze-polling", json!({"api_key": "pat-secret"}), &bot.url).unwrap();
    let (signals, finish) = ask(&line, message(7)).await;
    assert_eq!(
        (replies(&signals), finish.ended, finish.polls),
        (vec!["明天送达"], Ended::Complete, 1)
    );
    assert_eq!(
        lines_of(&bot),
        [
            "POST /v3/chat",
            "GET /v3/chat/retrieve?conversation_id=8&chat_id=9",
            "GET /v3/chat/message/list?conversation_id=8&chat_id=9"
        ]
    );
}
