//! Who shares a connection, and when it is closed.

use std::time::Duration;

use serde_json::json;
use throng::channel::{Line, Signal};
use throng::scenario::Connection;

use crate::bot::{Act, Bot, ok, take};
use crate::lines::{ask, channel, impatient, line, message, open, profile, short};

const HELLO: &str = "{\"replies\": [{\"text\": \"hi\"}]}";

fn own_connections(url: &str) -> Line {
    let mut channel = channel(profile(&json!({})), json!({}));
    channel.connection = Connection::PerConversation;
    open(&channel, url).unwrap()
}

#[tokio::test]
async fn pooled_connections_are_shared_one_exchange_at_a_time() {
    let bot = Bot::always(vec![take(20), ok(HELLO)]).await;
    let line = line(profile(&json!({})), &bot.url);
    for customer in 0..3 {
        ask(&line, message(customer)).await;
    }
    assert_eq!(bot.seen.lock().unwrap().on, [1, 1, 1]);
    tokio::join!(ask(&line, message(1)), ask(&line, message(2)));
    assert_eq!(bot.seen.lock().unwrap().connections, 2);
}

#[tokio::test]
async fn each_conversation_can_have_its_own_until_it_hangs_up() {
    let bot = Bot::always(vec![take(20), ok(HELLO)]).await;
    let line = own_connections(&bot.url);
    for customer in [1, 2, 1, 2] {
        ask(&line, message(customer)).await;
    }
    assert_eq!(bot.seen.lock().unwrap().on, [1, 2, 1, 2]);
    line.hang_up(1);
    bot.until(|seen| seen.closed == 1).await;
    tokio::join!(ask(&line, message(2)), ask(&line, message(2)));
    bot.until(|seen| seen.connections == 3 && seen.closed == 2).await;
    ask(&line, message(2)).await;
    assert_eq!(
        bot.seen.lock().unwrap().on.last(),
        Some(&2),
        "the extra connection of a burst is not kept"
    );
    drop(line);
    bot.until(|seen| seen.closed == 3).await;
}

#[tokio::test]
async fn a_customer_who_leaves_during_an_exchange_leaves_no_connection() {
    let bot = Bot::always(vec![take(30), ok(HELLO)]).await;
    let line = own_connections(&bot.url);
    let leaving = async {
        bot.until(|seen| seen.requests.len() == 1).await;
        line.hang_up(1);
    };
    let ((_, finish), ()) = tokio::join!(ask(&line, message(1)), leaving);
    assert_eq!(short(&finish.ended), "complete");
    bot.until(|seen| seen.closed == 1).await;
}

#[tokio::test]
async fn a_connection_that_the_bot_closed_while_idle_is_replaced_silently() {
    for own in [false, true] {
        let bot = Bot::always(vec![ok(HELLO), Act::Close]).await;
        let line = if own {
            own_connections(&bot.url)
        } else {
            line(profile(&json!({})), &bot.url)
        };
        for _ in 0..5 {
            let (_, finish) = ask(&line, message(1)).await;
            assert_eq!((short(&finish.ended).as_str(), finish.deliveries), ("complete", 1));
        }
        assert_eq!(bot.seen.lock().unwrap().requests.len(), 5);
    }
}

#[tokio::test]
async fn a_connection_that_the_bot_closes_on_a_message_is_its_failure() {
    let bot = Bot::start(|number| if number == 1 { vec![ok(HELLO)] } else { vec![Act::Close] }).await;
    let line = line(profile(&json!({})), &bot.url);
    ask(&line, message(1)).await;
    let (_, finish) = ask(&line, message(1)).await;
    assert_eq!(short(&finish.ended), "connection lost: closed with nothing said");
    assert_eq!(bot.seen.lock().unwrap().on, [1, 1]);
}

#[tokio::test]
async fn an_exchange_that_is_dropped_closes_its_connection() {
    let bot = Bot::always(vec![Act::Hold]).await;
    let line = line(profile(&json!({})), &bot.url);
    {
        let mut nothing = |_: Signal| {};
        let exchange = line.exchange(message(1), &mut nothing);
        tokio::select! {
            _ = exchange => panic!("nobody answers"),
            () = bot.until(|seen| seen.requests.len() == 1) => {}
        }
    }
    bot.until(|seen| seen.closed == 1).await;
}

#[tokio::test(start_paused = true)]
async fn a_line_in_memory_answers_by_itself() {
    let line = Line::in_memory(|message| match message.id.customer {
        1 => (Duration::from_secs(2), vec!["a".to_owned(), "b".to_owned()]),
        2 => (Duration::from_secs(2), vec![]),
        _ => (Duration::from_secs(60), vec!["late".to_owned()]),
    });
    for (customer, expected, signals) in [(1, "complete", 3), (2, "empty", 1), (3, "silent", 0)] {
        let (heard, finish) = ask(&line, message(customer)).await;
        assert_eq!((short(&finish.ended).as_str(), heard.len()), (expected, signals));
    }
    assert_eq!(short(&ask(&line, impatient(1)).await.1.ended), "silent");
}
