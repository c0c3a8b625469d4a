//! Whole conversations against a line without a network, in paused time.

mod author;
mod calls;
mod overrun;
mod promises;
mod switches;
mod turnstile;

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use proptest::prelude::*;
use tokio::runtime::{Builder, LocalOptions, LocalRuntime};
use tokio::time::Instant;

use super::{Clock, Control, Settings, Timer, run};
use crate::channel::{Line, Outgoing};
use crate::conversation::{Ending, Event, MessageKind, Outcome, Turn};
use crate::scenario::{LoadOptions, Scenario, load};
use crate::simulation::{Cast, arrivals};

const SCENARIO: &str = "
scenario: engine
seed: SEED
channels:
  - web: {profile: generic-json, share: 1}
customers:
  - {persona: someone, goal: two-questions, share: 1}
traffic:
  phases:
    - hold: {name: first, for: 3s, rate: 5/s}
    - hold: {name: second, for: 3s, rate: 5/s}
deadline: {reply: 4s, grace: 3s}
drain: 60s
pace: 10
define:
  personas:
    - persona: someone
      language: zh
      typing: {burst: [0.5, 0.3, 0.2]}
      think: {median: 10s, sigma: 0.5}
      patience: {nudge_after: {median: 2s}, max_nudges: 2, leave_after: {median: 6s, sigma: 0.3}, leaves_silently: 0.5}
  goals:
    - goal: two-questions
      agenda:
        - ask: {say: {zh: ['请问优惠券怎么用，在哪里领？', '满减怎么算，能叠加吗？']}}
        - ask: {say: {zh: ['那什么时候发货，包邮吗？']}}
";

fn scenario(seed: u64) -> Scenario {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("engine.yaml");
    std::fs::write(&path, SCENARIO.replace("SEED", &seed.to_string())).unwrap();
    load(path.to_str().unwrap(), &LoadOptions::default()).unwrap_or_else(|error| panic!("{error}"))
}

/// A runtime whose clock runs only while everybody waits.
fn paused() -> LocalRuntime {
    let mut builder = Builder::new_current_thread();
    let paused = builder.enable_all().start_paused(true);
    paused.build_local(LocalOptions::default()).unwrap()
}

/// Plays the scenario's customers of one of `shards` against `answer`; `stop` ends the starting at that moment.
fn play(
    scenario: &Scenario,
    shard: (u64, u64),
    stop: Option<Duration>,
    answer: impl Fn(&Outgoing) -> (Duration, Vec<String>) + 'static,
) -> Vec<Event> {
    paused().block_on(async {
        let cast = Cast::new(Arc::new(scenario.clone())).unwrap();
        let lines = vec![Rc::new(Line::in_memory(answer))];
        let control = Control::with_turn_budget(None);
        let mut events = Vec::new();
        let settings = Settings {
            timer: Timer::Tokio,
            max_turns: None,
        };
        let clock = Clock::starting_at(Instant::now());
        let customers = arrivals(scenario).filter(move |arrival| arrival.customer % shard.1 == shard.0);
        let mut keep = |event| events.push(event);
        let playing = run(&cast, &lines, customers, clock, &control, settings, &mut keep);
        match stop {
            None => playing.await.unwrap(),
            Some(at) => {
                let stopping = async {
                    tokio::time::sleep(at).await;
                    control.stop_starting.cancel();
                };
                let (played, ()) = tokio::join!(playing, stopping);
                played.unwrap();
            }
        }
        events
    })
}

fn turns(events: &[Event]) -> Vec<&Turn> {
    let closed = events.iter().filter_map(|event| match event {
        Event::TurnClosed(turn) => Some(turn.as_ref()),
        _ => None,
    });
    closed.collect()
}

/// What every customer said, and when it was due.
fn said(events: &[Event]) -> Vec<(u64, u16, String, Duration)> {
    let mut said: Vec<_> = turns(events)
        .iter()
        .flat_map(|turn| {
            turn.messages
                .iter()
                .map(|message| (turn.customer, turn.number, message.text.clone(), message.due_at))
        })
        .collect();
    said.sort();
    said
}

/// A bot whose delay and manner are a function of the message alone.
fn moody(message: &Outgoing) -> (Duration, Vec<String>) {
    let draw = (message.id.number() >> 8).wrapping_mul(0x9e37_79b9) % 100;
    let texts = match draw {
        0..10 => Vec::new(),
        10..20 => vec!["亲,请稍等".to_owned()],
        _ => vec![format!("满300元减50元,答复{draw}")],
    };
    (Duration::from_millis(draw * 90), texts)
}

fn quick(_: &Outgoing) -> (Duration, Vec<String>) {
    (
        Duration::from_millis(200),
        vec!["满300元减50元,48小时内发货。".to_owned()],
    )
}

fn mute(message: &Outgoing) -> (Duration, Vec<String>) {
    (
        message.give_up_at.saturating_duration_since(Instant::now()) + Duration::from_secs(3_600),
        Vec::new(),
    )
}

fn assert_balanced(events: &[Event], planned: usize) {
    let count = |wanted: fn(&Event) -> bool| events.iter().filter(|event| wanted(event)).count();
    let started = count(|event| matches!(event, Event::Started { .. }));
    let not_sent = count(|event| matches!(event, Event::NotSent { .. }));
    assert_eq!(started + not_sent, planned, "planned = started + not sent");
    assert_eq!(
        count(|event| matches!(event, Event::Ended { .. })),
        started,
        "each conversation ends once"
    );
    assert_eq!(
        count(|event| matches!(event, Event::TurnSent { .. })),
        turns(events).len(),
        "each sent turn closes once"
    );
    let mut by_customer: HashMap<u64, u16> = HashMap::new();
    for turn in turns(events) {
        *by_customer.entry(turn.customer).or_default() += 1;
    }
    for event in events {
        if let Event::Ended { customer, turns, .. } = event {
            assert_eq!(by_customer.remove(customer).unwrap_or(0), *turns, "customer {customer}");
        }
    }
}

#[test]
fn with_a_bot_that_answers_at_once_everybody_gets_what_they_came_for() {
    let scenario = scenario(1);
    let events = play(&scenario, (0, 1), None, quick);
    let planned = arrivals(&scenario).count();
    assert!(planned > 15);
    assert_balanced(&events, planned);
    for turn in turns(&events) {
        assert_eq!(turn.outcome, Outcome::Answered);
        let reply_time = turn.reply_time().unwrap();
        assert!(reply_time <= Duration::from_millis(210), "{turn:?}");
        assert!(turn.answered_at >= turn.sent_at && turn.sent_at.unwrap() >= turn.due_at);
    }
    let goals_met = events.iter().filter(|event| {
        matches!(
            event,
            Event::Ended {
                ending: Ending::GoalMet,
                turns: 2,
                ..
            }
        )
    });
    assert_eq!(goals_met.count(), planned);
}

#[test]
fn a_mute_bot_is_nudged_then_left_and_every_turn_is_silent() {
    let scenario = scenario(2);
    let events = play(&scenario, (0, 1), None, mute);
    assert_balanced(&events, arrivals(&scenario).count());
    assert!(
        turns(&events)
            .iter()
            .all(|turn| turn.outcome == Outcome::Silent && turn.number == 1)
    );
    let nudges = turns(&events)
        .iter()
        .flat_map(|turn| &turn.messages)
        .filter(|message| message.kind == MessageKind::Nudge)
        .count();
    assert!(nudges > 10, "{nudges}");
    assert!(
        events
            .iter()
            .all(|event| !matches!(event, Event::Ended { ending, .. } if *ending != Ending::GaveUp))
    );
}

#[test]
fn an_answer_between_deadline_and_the_end_of_grace_is_late_though_its_customer_may_have_left() {
    let scenario = scenario(3);
    let events = play(&scenario, (0, 1), None, |message: &Outgoing| {
        let is_first = message.id.fragment == 1;
        (
            Duration::from_millis(if is_first { 6_500 } else { 60_000 }),
            vec!["满300元减50元".to_owned()],
        )
    });
    let is_single = |turn: &&&Turn| {
        turn.messages
            .iter()
            .filter(|message| message.kind == MessageKind::Utterance)
            .count()
            == 1
    };
    let all = turns(&events);
    let single: Vec<_> = all.iter().filter(is_single).collect();
    assert!(single.len() > 5);
    for turn in single {
        assert_eq!(turn.outcome, Outcome::Late, "{turn:?}");
        let beyond = turn.reply_time().unwrap() - Duration::from_millis(6_500);
        assert!(beyond < Duration::from_millis(5), "{turn:?}");
    }
    assert!(events.iter().any(|event| matches!(
        event,
        Event::Ended {
            ending: Ending::GaveUp,
            ..
        }
    )));
}

#[test]
fn only_holding_replies_make_a_placeholder_and_nothing_said_makes_an_empty_turn() {
    let scenario = scenario(4);
    let held = play(&scenario, (0, 1), None, |_: &Outgoing| {
        (Duration::from_millis(50), vec!["亲,请稍等".to_owned()])
    });
    assert!(turns(&held).iter().all(|turn| turn.outcome == Outcome::PlaceholderOnly));
    let empty = play(&scenario, (0, 1), None, |_: &Outgoing| {
        (Duration::from_millis(50), Vec::new())
    });
    assert!(turns(&empty).iter().all(|turn| turn.outcome == Outcome::Empty));
}

#[test]
fn a_turn_is_due_with_its_last_message_and_an_early_answer_counts_from_the_hand_over() {
    let scenario = scenario(5);
    let events = play(&scenario, (0, 1), None, |_: &Outgoing| {
        (Duration::from_millis(1), vec!["满300元减50元".to_owned()])
    });
    let bursts: Vec<_> = turns(&events)
        .into_iter()
        .filter(|turn| turn.messages.len() > 1)
        .collect();
    assert!(bursts.len() > 5);
    for turn in bursts {
        let last = turn
            .messages
            .iter()
            .rfind(|message| message.kind == MessageKind::Utterance)
            .unwrap();
        assert_eq!(turn.due_at, last.due_at);
        assert!(turn.answered_at >= Some(last.sent_at), "{turn:?}");
    }
}

#[test]
fn turns_belong_to_the_phase_they_were_due_in_and_conversations_to_that_of_their_arrival() {
    let scenario = scenario(6);
    let events = play(&scenario, (0, 1), None, quick);
    for turn in turns(&events) {
        assert_eq!(turn.labels.phase, scenario.phase_at(turn.due_at));
    }
    for event in &events {
        if let Event::Started { labels, at, .. } = event {
            assert_eq!(labels.phase, scenario.phase_at(*at));
        }
    }
}

#[test]
fn after_the_budget_nothing_starts() {
    let scenario = scenario(7);
    let mut events = Vec::new();
    paused().block_on(async {
        let cast = Cast::new(Arc::new(scenario.clone())).unwrap();
        let control = Control::with_turn_budget(Some(9));
        let settings = Settings {
            timer: Timer::Tokio,
            max_turns: None,
        };
        let lines = vec![Rc::new(Line::in_memory(quick))];
        let clock = Clock::starting_at(Instant::now());
        let mut keep = |event| events.push(event);
        run(&cast, &lines, arrivals(&scenario), clock, &control, settings, &mut keep)
            .await
            .unwrap();
        assert!(control.is_budget_spent());
        assert_eq!(control.open_conversations(), 0);
    });
    assert_eq!(turns(&events).len(), 9);
    assert_balanced(&events, arrivals(&scenario).count());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn given_the_same_replies_the_same_customers_say_the_same_at_the_same_times(seed in 0..1_000_u64) {
        let scenario = scenario(seed);
        let once = said(&play(&scenario, (0, 1), None, moody));
        let again = said(&play(&scenario, (0, 1), None, moody));
        prop_assert_eq!(&once, &again);
        let mut sharded = said(&play(&scenario, (0, 2), None, moody));
        sharded.extend(said(&play(&scenario, (1, 2), None, moody)));
        sharded.sort();
        prop_assert_eq!(&once, &sharded);
    }

    #[test]
    fn the_books_balance_however_the_bot_behaves_and_whenever_the_run_is_stopped(seed in 0..1_000_u64, stop in 0..9_000_u64) {
        let scenario = scenario(seed);
        let planned = arrivals(&scenario).count();
        assert_balanced(&play(&scenario, (0, 1), None, moody), planned);
        let stopped = play(&scenario, (0, 1), Some(Duration::from_millis(stop)), moody);
        assert_balanced(&stopped, planned);
    }
}
