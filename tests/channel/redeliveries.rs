//! What a platform delivers again.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::bot::{Act, Bot, ok, status};
use crate::lines::{ask, impatient, line, message, profile, replies, short};

fn retrying(on: &[&str]) -> Value {
    json!({
        "retry": {"on": on, "attempts": 3, "refresh": ["nonce"]},
        "limits": {"acknowledge": "300ms"},
        "vars": {"nonce": "{{ digits(10) }}", "fixed": "{{ digits(10) }}"},
        "send": {"method": "POST", "url": "{{ target }}", "body": "{{ message.id }} {{ fixed }} {{ nonce }}"},
    })
}

fn fine() -> Vec<Act> {
    vec![ok("{\"replies\": [{\"text\": \"hi\"}]}")]
}

#[tokio::test]
async fn a_late_bot_gets_the_same_message_again_with_fresh_signatures() {
    let bot = Bot::always(vec![Act::Hold]).await;
    let line = line(profile(&retrying(&["timeout"])), &bot.url);
    let (_, finish) = ask(&line, message(7)).await;
    assert_eq!((short(&finish.ended).as_str(), finish.deliveries), ("silent", 3));
    let requests = bot.seen.lock().unwrap().requests.clone();
    let bodies: Vec<Vec<&str>> = requests
        .iter()
        .map(|request| request.lines().last().unwrap().split(' ').collect())
        .collect();
    let distinct = |part: usize| bodies.iter().map(|body| body[part]).collect::<HashSet<_>>().len();
    assert_eq!((distinct(0), distinct(1), distinct(2)), (1, 1, 3), "{bodies:?}");
}

#[tokio::test]
async fn a_delivery_that_succeeds_is_the_last() {
    for (first, on) in [
        (vec![status("500 Oops", "", "")], "status"),
        (vec![Act::Close], "connection"),
        (vec![Act::Hold], "timeout"),
    ] {
        let bot = Bot::start(move |number| if number == 1 { first.clone() } else { fine() }).await;
        let line = line(profile(&retrying(&[on])), &bot.url);
        let (signals, finish) = ask(&line, message(7)).await;
        assert_eq!(
            (replies(&signals), short(&finish.ended).as_str(), finish.deliveries),
            (vec!["hi"], "complete", 2),
            "{on}"
        );
    }
}

#[tokio::test]
async fn other_failures_are_final() {
    let bot = Bot::always(vec![status("500 Oops", "", "")]).await;
    let unlucky = line(profile(&retrying(&["timeout", "connection"])), &bot.url);
    assert_eq!(ask(&unlucky, message(7)).await.1.deliveries, 1);
    let bot = Bot::always(vec![ok("{\"error\": \"no\"}")]).await;
    let failing = line(profile(&retrying(&["timeout", "connection", "status"])), &bot.url);
    let (_, finish) = ask(&failing, message(7)).await;
    assert_eq!((short(&finish.ended).as_str(), finish.deliveries), ("bot error: no", 1));
}

#[tokio::test]
async fn nothing_is_delivered_again_once_nobody_listens() {
    let bot = Bot::always(vec![Act::Hold]).await;
    let line = line(profile(&retrying(&["timeout"])), &bot.url);
    let (_, finish) = ask(&line, impatient(450)).await;
    assert_eq!((short(&finish.ended).as_str(), finish.deliveries), ("silent", 2));
}
