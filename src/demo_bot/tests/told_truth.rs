//! The truth equals what was done.

use serde_json::json;

use super::client::{Served, wechat_id};
use super::swift;
use crate::conversation::RunKey;
use crate::demo_bot::Truth;
use crate::scenario::{Fault, FaultRates, Span, Spread};

#[tokio::test]
async fn a_record_tells_what_the_client_saw() {
    let mut settings = swift();
    settings.service_time = Spread::lognormal(Span::seconds(0.02), 0.0);
    let bot = Served::new(&settings).await;
    let answer = bot.chat(17, "2-1", "满减").await.unwrap();
    let truth = bot.truth().await;
    let record = &truth.turns[0];
    assert_eq!(record.id.as_deref(), Some("48213-17-2-1"));
    assert_eq!(
        (record.customer, record.turn, record.fragment),
        (Some(17), Some(2), Some(1))
    );
    assert_eq!(
        (record.topic.as_deref(), record.fault, record.delivery),
        (Some("coupon"), None, 1)
    );
    assert_eq!((record.status, record.bytes), (Some(200), answer.body.len() as u64));
    assert_eq!(record.reply_chars, answer.replies()[0].chars().count() as u64);
    assert!(!record.cut && !record.overrun && record.waited_ms == Some(0.0));
    assert!(record.delay_ms >= 20.0 && record.first_text_ms.is_some_and(|first| first >= 20.0));
    assert!(truth.counts.len() == Fault::ALL.len() && truth.counts.values().all(|count| *count == 0));
}

#[tokio::test]
async fn the_faults_counted_are_those_that_clients_met() {
    let mut settings = swift();
    settings.faults = FaultRates([(Fault::Refused, 0.3), (Fault::Empty, 0.3)].into_iter().collect());
    let bot = Served::new(&settings).await;
    let mut seen = (0, 0, 0);
    for turn in 1..=60 {
        let answer = bot.chat(17, &format!("{turn}-1"), "满减").await.unwrap();
        match answer.status {
            503 => seen.0 += 1,
            _ if answer.replies().is_empty() => seen.1 += 1,
            _ => seen.2 += 1,
        }
    }
    let truth = bot.truth().await;
    assert!(seen.0 > 5 && seen.1 > 5 && seen.2 > 5, "{seen:?}");
    assert_eq!(
        (
            truth.counts[&Fault::Refused],
            truth.counts[&Fault::Empty],
            truth.messages
        ),
        (seen.0, seen.1, 60)
    );
    // The same messages meet the same faults again, in whatever order they come.
    let again = Served::new(&settings).await;
    for turn in (1..=60).rev() {
        again.chat(17, &format!("{turn}-1"), "满减").await.unwrap();
    }
    let faults = |truth: &Truth| -> Vec<_> {
        let mut faults: Vec<_> = truth.turns.iter().map(|record| (record.turn, record.fault)).collect();
        faults.sort();
        faults
    };
    assert_eq!(faults(&again.truth().await), faults(&truth));
}

#[tokio::test]
async fn redeliveries_are_handled_again_and_counted() {
    let bot = Served::new(&swift()).await;
    let id = wechat_id(RunKey::of_seed(5), 1, 1);
    let (first, second) = tokio::join!(bot.wechat(id, "满减"), bot.wechat(id, "满减"));
    let third = bot.wechat(id, "满减").await;
    let content = |answer: &Option<super::client::Answer>| {
        let text = answer.as_ref().unwrap().text();
        text.split("<Content>").nth(1).map(str::to_owned)
    };
    assert!(content(&first).is_some());
    assert_eq!(content(&first), content(&second));
    assert_eq!(content(&first), content(&third));
    let truth = bot.truth().await;
    assert_eq!((truth.messages, truth.deliveries), (1, 3));
    let mut deliveries: Vec<_> = truth.turns.iter().map(|record| record.delivery).collect();
    deliveries.sort_unstable();
    assert_eq!(deliveries, [1, 2, 3]);
}

#[tokio::test]
async fn a_client_that_leaves_cuts_its_record_and_not_the_work() {
    let mut settings = swift();
    settings.workers = 1;
    settings.service_time = Spread::lognormal(Span::seconds(0.5), 0.0);
    let bot = Served::new(&settings).await;
    let left = bot
        .send("POST", "/chat", "", br#"{"id": "48213-1-1-1", "text": "coupon"}"#)
        .await;
    while bot.get("/truth").await.json::<Truth>().open == 0 {}
    drop(left);
    let second = bot.chat(2, "1-1", "coupon").await.unwrap();
    assert_eq!(second.status, 200);
    let truth = bot.truth().await;
    let (first, second) = (&truth.turns[0], &truth.turns[1]);
    assert!(
        first.cut && first.status.is_none() && first.delay_ms < 500.0,
        "{first:?}"
    );
    assert!(
        !second.cut && second.waited_ms.unwrap() > 0.0,
        "the worker was still busy: {second:?}"
    );
}

#[tokio::test]
async fn a_client_that_leaves_a_stream_cuts_it() {
    let mut settings = swift();
    settings.chunk_gap = Span::seconds(10.0);
    let bot = Served::new(&settings).await;
    let body = json!({"stream": true, "messages": [{"role": "user", "content": "coupon"}]}).to_string();
    let mut stream = bot.send("POST", "/v1/chat/completions", "", body.as_bytes()).await;
    let mut bytes = vec![0; 4_096];
    let mut seen = String::new();
    while !seen.contains("50 y") {
        let count = tokio::io::AsyncReadExt::read(&mut stream, &mut bytes).await.unwrap();
        seen.push_str(&String::from_utf8_lossy(&bytes[..count]));
    }
    drop(stream);
    let record = bot.truth().await.turns.remove(0);
    assert!(record.cut && record.first_text_ms.is_some() && record.delay_ms < 10_000.0);
    assert!(record.bytes > 0 && record.status == Some(200));
}

#[tokio::test]
async fn the_records_of_one_customer_can_be_asked_for() {
    let bot = Served::new(&swift()).await;
    for customer in [1, 2, 1] {
        bot.chat(customer, "1-1", "满减").await.unwrap();
    }
    bot.truth().await;
    let truth: Truth = bot.get("/truth?customer=1").await.json();
    assert_eq!((truth.turns.len(), truth.deliveries), (2, 3));
    assert_eq!(bot.get("/truth?customer=x").await.status, 400);
}

#[tokio::test]
async fn a_message_without_an_id_is_answered_and_counted() {
    let bot = Served::new(&swift()).await;
    let answer = bot
        .request("POST", "/chat", "", br#"{"text": "coupon"}"#)
        .await
        .unwrap();
    assert_eq!(answer.replies(), ["50 yuan off at 300 yuan."]);
    let truth = bot.truth().await;
    assert_eq!((truth.messages, truth.turns[0].id.clone()), (1, None));
}
