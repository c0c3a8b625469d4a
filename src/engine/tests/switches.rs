//! Customers who get nowhere on one channel and go on on another.

use std::cell::RefCell;

use super::*;
use crate::channel::{Called, Listener};
use crate::conversation::Slot;

const TWO_CHANNELS: &str = "
scenario: switches
seed: 11
channels:
  - douyin: {profile: generic-json, share: 1, deadline: 4s}
  - wechat: {profile: generic-json, share: 0, deadline: 2s}
customers:
  - {persona: someone, goal: parcel, share: 1}
switches:
  - {from: douyin, to: wechat, share: SHARE, after: {median: 2s, sigma: 0.4}, keeps_id: KEEPS}
traffic:
  phases:
    - hold: {name: first, for: 6s, rate: 10/s}
deadline: {reply: 4s, grace: 3s}
drain: 60s
pace: 10
define:
  personas:
    - persona: someone
      language: zh
      gives_order_number: upfront
      typing: {burst: [0.5, 0.3, 0.2]}
      think: {median: 10s, sigma: 0.5}
      patience: {nudge_after: {median: 2s}, max_nudges: 2, leave_after: {median: 3s, sigma: 0.3}, leaves_silently: 0.5}
  goals:
    - goal: parcel
      agenda:
        - ask: {say: {zh: ['我的快递到哪了，怎么还没到？']}, concerns_order: true}
        - ask: {say: {zh: ['那什么时候能到？']}}
";

fn two_channels(share: &str, keeps_id: bool) -> Scenario {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("switches.yaml");
    let text = TWO_CHANNELS
        .replace("SHARE", share)
        .replace("KEEPS", &keeps_id.to_string());
    std::fs::write(&path, text).unwrap();
    load(path.to_str().unwrap(), &LoadOptions::default()).unwrap_or_else(|error| panic!("{error}"))
}

/// Plays the customers of one of `shards` on these lines.
fn play_on(scenario: &Scenario, shard: (u64, u64), lines: Vec<Line>) -> Vec<Event> {
    paused().block_on(async {
        let cast = Cast::new(Arc::new(scenario.clone())).unwrap();
        let lines: Vec<_> = lines.into_iter().map(Rc::new).collect();
        let (clock, control) = (Clock::starting_at(Instant::now()), Control::with_turn_budget(None));
        let settings = Settings {
            timer: Timer::Tokio,
            max_turns: None,
        };
        let mut events = Vec::new();
        let customers = arrivals(scenario).filter(move |arrival| arrival.customer % shard.1 == shard.0);
        let mut keep = |event| events.push(event);
        run(&cast, &lines, customers, clock, &control, settings, &mut keep)
            .await
            .unwrap();
        assert_eq!(control.open_conversations(), 0);
        events
    })
}

/// Nobody answers on the first channel, a good bot on the second.
fn mute_then_good(scenario: &Scenario) -> Vec<Event> {
    play_on(scenario, (0, 1), vec![Line::in_memory(mute), Line::in_memory(quick)])
}

fn switched(events: &[Event]) -> Vec<(u16, u16)> {
    let switched = events.iter().filter_map(|event| match event {
        Event::Switched { labels, to, .. } => Some((labels.channel, *to)),
        _ => None,
    });
    switched.collect()
}

fn endings(events: &[Event]) -> HashMap<Ending, usize> {
    let mut endings = HashMap::new();
    for event in events {
        if let Event::Ended { ending, labels, .. } = event {
            assert_eq!(labels.channel, 0, "a conversation counts where it began");
            *endings.entry(*ending).or_default() += 1;
        }
    }
    endings
}

/// Every turn closes, and on the channel on which it was sent.
fn assert_balanced_on_each_channel(scenario: &Scenario, events: &[Event]) {
    assert_balanced(events, arrivals(scenario).count());
    for channel in [0, 1] {
        let is_sent = |event: &&Event| matches!(event, Event::TurnSent { labels, .. } if labels.channel == channel);
        let closed = turns(events)
            .iter()
            .filter(|turn| turn.labels.channel == channel)
            .count();
        assert_eq!(events.iter().filter(is_sent).count(), closed, "channel {channel}");
    }
}

#[test]
fn whoever_waits_in_vain_asks_again_on_the_other_channel_and_is_served_there() {
    let scenario = two_channels("1", false);
    let events = mute_then_good(&scenario);
    let planned = arrivals(&scenario).count();
    assert!(planned > 40);
    assert_eq!(switched(&events), vec![(0, 1); planned]);
    assert_eq!(endings(&events), HashMap::from([(Ending::GoalMet, planned)]));
    assert_balanced_on_each_channel(&scenario, &events);
    for turn in turns(&events) {
        let (channel, outcome) = match turn.number {
            1 => (0, Outcome::Silent),
            _ => (1, Outcome::Answered),
        };
        assert_eq!((turn.labels.channel, turn.outcome), (channel, outcome));
        let told = turn.given.first(Slot::OrderNumber).unwrap();
        assert_eq!((told.turn, told.channel), (1, 0), "given on the first channel");
        if turn.number == 2 {
            let said: String = turn.messages.iter().map(|message| message.text.as_str()).collect();
            assert!(
                !said.contains(&scenario.run_key().order_number(turn.customer)),
                "{said}"
            );
            assert_eq!(turn.step, 0, "the same need");
        }
    }
}

#[test]
fn the_share_of_those_who_go_on_is_drawn_by_customer_and_repeats_whatever_the_shards() {
    let scenario = two_channels("0.4", false);
    let play = |shard| play_on(&scenario, shard, vec![Line::in_memory(mute), Line::in_memory(quick)]);
    let whole = play((0, 1));
    assert_balanced_on_each_channel(&scenario, &whole);
    let (count, planned) = (switched(&whole).len(), arrivals(&scenario).count());
    assert!(count > planned / 5 && count < planned * 3 / 5, "{count} of {planned}");
    assert_eq!(endings(&whole).get(&Ending::GoalMet), Some(&count));
    assert_eq!(endings(&whole).get(&Ending::GaveUp), Some(&(planned - count)));
    let mut parts = said(&play((0, 2)));
    parts.extend(said(&play((1, 2))));
    parts.sort();
    assert_eq!(parts, said(&whole));
}

#[test]
fn whoever_is_answered_stays_and_nobody_switches_twice() {
    let scenario = two_channels("1", false);
    let answered = play_on(&scenario, (0, 1), vec![Line::in_memory(quick), Line::in_memory(quick)]);
    assert!(switched(&answered).is_empty());
    let never = play_on(&scenario, (0, 1), vec![Line::in_memory(mute), Line::in_memory(mute)]);
    assert_balanced_on_each_channel(&scenario, &never);
    let planned = arrivals(&scenario).count();
    assert_eq!(switched(&never).len(), planned);
    assert_eq!(endings(&never), HashMap::from([(Ending::GaveUp, planned)]));
}

#[test]
fn the_bot_knows_the_customer_on_the_other_channel_only_where_they_keep_their_id() {
    for keeps_id in [true, false] {
        let scenario = two_channels("1", keeps_id);
        let seen: Rc<RefCell<HashMap<u64, Vec<String>>>> = Rc::default();
        let line = |answer: fn(&Outgoing) -> (Duration, Vec<String>)| {
            let seen = Rc::clone(&seen);
            Line::in_memory(move |message: &Outgoing| {
                let mut seen = seen.borrow_mut();
                let ids = seen.entry(message.id.customer).or_default();
                if !ids.contains(&message.customer_id) {
                    ids.push(message.customer_id.clone());
                }
                answer(message)
            })
        };
        let key = scenario.run_key();
        play_on(&scenario, (0, 1), vec![line(mute), line(quick)]);
        for (customer, ids) in seen.borrow().iter() {
            let plain = format!("throng-{key}-{customer}");
            let other = format!("throng-on2-{key}-{customer}");
            let expected = if keeps_id { vec![plain] } else { vec![plain, other] };
            assert_eq!(*ids, expected);
            assert!(ids.iter().all(|id| key.customer_in(id) == Some(*customer)));
        }
    }
}

#[test]
fn an_answer_that_comes_on_the_old_channel_afterwards_counts_there_and_for_no_other_turn() {
    let scenario = two_channels("1", false);
    let after = |delay: u64, text: &'static str| {
        Line::in_memory_by_calls(move |_: &Outgoing, listener: Listener| {
            tokio::task::spawn_local(async move {
                tokio::time::sleep(Duration::from_millis(delay)).await;
                let _has_left = !listener(Called::without_network(None, text));
            });
        })
    };
    // Patience is at an end after some 3 s, the deadline after 4 s, and the bot answers each message, nudges too, after 5 s.
    let events = play_on(
        &scenario,
        (0, 1),
        vec![after(5_000, "您的快递明天送到。"), after(300, "今天就能送到。")],
    );
    assert_balanced_on_each_channel(&scenario, &events);
    assert!(!switched(&events).is_empty());
    let mut late = 0;
    for turn in turns(&events) {
        let expected = ["您的快递明天送到。", "今天就能送到。"][usize::from(turn.labels.channel)];
        assert!(!turn.replies.is_empty(), "{turn:?}");
        assert!(turn.replies.iter().all(|reply| reply.text == expected), "{turn:?}");
        // The answer to an early message of a burst may still be in time; its customer has left all the same.
        let is_in_time = turn.answered_at.unwrap() <= turn.due_at + Duration::from_secs(4);
        let outcome = if is_in_time { Outcome::Answered } else { Outcome::Late };
        assert_eq!(turn.outcome, outcome);
        late += usize::from(turn.labels.channel == 0 && !is_in_time);
    }
    assert!(late > 10, "{late}");
}

#[test]
fn a_run_that_ends_while_a_customer_is_on_their_way_finds_them_gone() {
    let mut scenario = two_channels("1", false);
    scenario.drain = Duration::from_secs(2);
    let events = mute_then_good(&scenario);
    assert_balanced_on_each_channel(&scenario, &events);
    let sent_there: std::collections::HashSet<u64> = turns(&events)
        .iter()
        .filter(|turn| turn.labels.channel == 1)
        .map(|turn| turn.customer)
        .collect();
    assert_eq!(
        sent_there.len(),
        switched(&events).len(),
        "only those who wrote there have switched"
    );
    assert!(sent_there.len() < arrivals(&scenario).count());
    assert!(endings(&events).contains_key(&Ending::GaveUp));
}
