//! What a bot says once its platform has hung up.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use throng::channel::{HangUpCounts, HangUpTally, Line};

use crate::bot::{Act, Bot, ok, say, status};
use crate::lines::{ask, channel, impatient, message, profile, replies, short, wiring};

/// A platform that waits 200 ms and tries three times in all, and its counts.
fn platform(url: &str, reply: Option<&Value>) -> (Line, Arc<HangUpCounts>) {
    let mut changes = json!({
        "retry": {"on": ["timeout"], "attempts": 3},
        "limits": {"acknowledge": "200ms"},
    });
    if let Some(reply) = reply {
        changes["reply"] = reply.clone();
    }
    let wiring = wiring(url);
    let channel = channel(profile(&changes), json!({"key": "sk-secret"}));
    (Line::open(&channel, &wiring).unwrap(), wiring.hang_ups)
}

fn reply() -> Act {
    ok("{\"replies\": [{\"text\": \"明天到\"}]}")
}

async fn until(counts: &HangUpCounts, is_so: impl Fn(HangUpTally) -> bool) {
    let waited = async {
        while !is_so(counts.tally()) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), waited)
        .await
        .unwrap_or_else(|_| panic!("{:?}", counts.tally()));
}

#[tokio::test]
async fn a_bot_that_answers_after_the_platform_hung_up_is_counted_and_nobody_sees_it() {
    // It answers only when it has seen that the other side closed.
    let bot = Bot::always(vec![Act::Hold, reply()]).await;
    let (line, counts) = platform(&bot.url, None);
    let (signals, finish) = ask(&line, message(7)).await;
    assert_eq!((short(&finish.ended).as_str(), finish.deliveries), ("silent", 3));
    assert_eq!(replies(&signals), Vec::<&str>::new());
    until(&counts, |tally| tally.answered_after == 3).await;
    let expected = HangUpTally {
        messages: 1,
        answered: 0,
        hung_up: 3,
        answered_after: 3,
        unheard: 0,
    };
    assert_eq!(counts.tally(), expected);
}

#[tokio::test]
async fn an_answer_in_time_to_a_later_delivery_counts_beside_the_one_that_came_too_late() {
    let bot = Bot::start(|number| match number {
        1 => vec![Act::Hold, reply()],
        _ => vec![reply()],
    });
    let bot = bot.await;
    let (line, counts) = platform(&bot.url, None);
    let (signals, finish) = ask(&line, message(7)).await;
    assert_eq!((replies(&signals), finish.deliveries), (vec!["明天到"], 2));
    until(&counts, |tally| tally.answered_after == 1).await;
    let tally = counts.tally();
    assert_eq!((tally.messages, tally.answered, tally.hung_up), (1, 1, 1));
}

#[tokio::test]
async fn what_is_no_reply_is_not_counted_as_one() {
    let acts = [
        ("an acknowledgement", vec![Act::Hold, ok("")]),
        ("no replies", vec![Act::Hold, ok("{\"replies\": []}")]),
        (
            "an error",
            vec![Act::Hold, status("500 Oops", "", "{\"replies\": [{\"text\": \"x\"}]}")],
        ),
        ("no JSON", vec![Act::Hold, ok("oops")]),
        ("no HTTP", vec![Act::Hold, say("oops\r\n\r\n")]),
        ("a bot that leaves too", vec![Act::Hold]),
        (
            "half a body",
            vec![Act::Hold, say("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{")],
        ),
    ];
    for (what, acts) in acts {
        let bot = Bot::always(acts).await;
        let (line, counts) = platform(&bot.url, None);
        assert_eq!(short(&ask(&line, message(7)).await.1.ended), "silent", "{what}");
        bot.until(|seen| seen.closed == 3).await;
        tokio::task::yield_now().await;
        let tally = counts.tally();
        assert_eq!((tally.hung_up, tally.answered_after), (3, 0), "{what}");
    }
}

#[tokio::test]
async fn nobody_listens_once_the_turn_is_over() {
    let bot = Bot::always(vec![Act::Hold, Act::Take(Duration::from_millis(600)), reply()]).await;
    let (line, counts) = platform(&bot.url, None);
    let (_, finish) = ask(&line, impatient(300)).await;
    assert_eq!(short(&finish.ended), "silent");
    bot.until(|seen| seen.closed > 0).await;
    let tally = counts.tally();
    assert_eq!((tally.hung_up, tally.answered_after), (1, 0));
}

#[tokio::test]
async fn bots_that_reply_by_calls_or_in_time_leave_nothing_to_listen_for() {
    let bot = Bot::always(vec![reply()]).await;
    let (line, counts) = platform(&bot.url, None);
    assert_eq!(short(&ask(&line, message(7)).await.1.ended), "complete");
    let tally = counts.tally();
    assert_eq!((tally.messages, tally.answered, tally.hung_up), (1, 1, 0));
    let bot = Bot::always(vec![Act::Hold, ok("")]).await;
    let (line, counts) = platform(&bot.url, Some(&json!("call")));
    assert_eq!(ask(&line, message(7)).await.1.deliveries, 3);
    assert_eq!(counts.tally(), HangUpTally::default());
}
