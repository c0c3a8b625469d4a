//! The bot under load, without sockets, on paused time.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::{knowledge, message, swift};
use crate::demo_bot::bot::{Act, Bot};
use crate::demo_bot::exchange::Speech;
use crate::demo_bot::truth::Record;
use crate::scenario::{BotSettings, Fault, FaultRates, Freeze, Span, Spread};

fn rates(fault: Fault) -> FaultRates {
    FaultRates([(fault, 1.0)].into_iter().collect())
}

/// One worker that takes a second for each message.
fn one_worker(queue: u32) -> BotSettings {
    BotSettings {
        workers: 1,
        service_time: Spread::lognormal(Span::seconds(1.0), 0.0),
        queue,
        ..swift()
    }
}

/// What is done with messages that come one after the other at the same time, when, and what is written down.
async fn crowd(settings: &BotSettings, count: u64) -> Vec<(Act, u128, Record)> {
    let bot = Arc::new(Bot::new(&knowledge(), settings, 1, None));
    let started_at = Instant::now();
    let mut messages = Vec::new();
    for customer in 0..count {
        let bot = Arc::clone(&bot);
        messages.push(tokio::spawn(async move {
            let message = message(customer, "1-1", "coupon");
            let mut entry = bot.book().open(&message);
            let act = Arc::clone(&bot).decide(message, &mut entry).await;
            (act, started_at.elapsed().as_millis(), entry.record.clone())
        }));
        // Lets it come to the desk before the next one.
        for _ in 0..4 {
            tokio::task::yield_now().await;
        }
    }
    let mut done = Vec::new();
    for message in messages {
        done.push(message.await.unwrap());
    }
    done
}

fn is_answer(act: &Act) -> bool {
    matches!(act, Act::Speak { speech: Speech::Say { texts, .. }, .. } if texts == &["50 yuan off at 300 yuan."])
}

#[tokio::test(start_paused = true)]
async fn a_full_queue_turns_messages_away_at_once() {
    let done = crowd(&one_worker(2), 5).await;
    let answered: Vec<_> = done[..3].iter().map(|(act, at, _)| (is_answer(act), *at)).collect();
    assert_eq!(answered, [(true, 1_000), (true, 2_000), (true, 3_000)]);
    for (act, at, record) in &done[3..] {
        assert_eq!((act, *at), (&Act::Refuse, 0));
        assert!(record.overrun && record.fault == Some(Fault::Refused) && record.waited_ms == Some(0.0));
    }
}

#[tokio::test(start_paused = true)]
async fn a_message_that_waits_longer_than_the_patience_gets_what_the_settings_say() {
    let mut settings = one_worker(10);
    settings.overload.patience = Span::seconds(1.5);
    settings.overload.then = rates(Fault::Fallback);
    let done = crowd(&settings, 4).await;
    let at: Vec<_> = done.iter().map(|(_, at, _)| *at).collect();
    assert_eq!(at, [1_000, 2_000, 1_500, 1_500]);
    assert!(is_answer(&done[1].0));
    for (_, _, record) in &done[2..] {
        assert!(record.overrun && record.fault == Some(Fault::Fallback) && record.waited_ms == Some(1_500.0));
    }
}

#[tokio::test(start_paused = true)]
async fn answers_get_worse_while_the_queue_is_long() {
    let mut settings = one_worker(4);
    settings.overload.strained = rates(Fault::WrongValue);
    let done = crowd(&settings, 5).await;
    let faults: Vec<_> = done.iter().map(|(_, _, record)| record.fault).collect();
    // The second finds three of four places still taken when its work begins, the third two, which is not above half.
    assert_eq!(faults, [None, Some(Fault::WrongValue), None, None, None]);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_answered_while_the_bot_is_frozen() {
    let mut settings = one_worker(4);
    settings.freezes = vec![Freeze {
        at: Span::seconds(0.5),
        r#for: Span::seconds(2.0),
    }];
    let done = crowd(&settings, 2).await;
    assert_eq!((done[0].1, done[1].1), (3_000, 4_000));
}

#[tokio::test(start_paused = true)]
async fn push_back_by_chance_takes_no_worker() {
    let mut settings = one_worker(0);
    settings.faults = rates(Fault::Refused);
    for (act, at, record) in crowd(&settings, 3).await {
        assert_eq!((act, at, record.overrun), (Act::Refuse, 0, false));
    }
}

#[tokio::test(start_paused = true)]
async fn service_times_repeat_with_the_message() {
    let settings = BotSettings {
        service_time: Spread::lognormal(Span::seconds(1.0), 0.5),
        ..swift()
    };
    let times = |done: Vec<(Act, u128, Record)>| done.into_iter().map(|(_, at, _)| at).collect::<Vec<_>>();
    let (first, again) = (times(crowd(&settings, 20).await), times(crowd(&settings, 20).await));
    assert_eq!(first, again);
    let slowest = first
        .iter()
        .max()
        .copied()
        .map(|slowest| Duration::from_millis(slowest as u64));
    assert!(first.iter().min() < first.iter().max() && slowest < Some(Duration::from_secs(20)));
}
