//! A closed population in paused time: members who go through the turnstile again and again.

use super::*;
use crate::conversation::NotSent;
use crate::engine::{Arrivals, Turnstile};

/// A run of a population of `members` for six seconds on `shards` shards; gives all events and the customers handed over.
fn populated(
    members: usize,
    shards: u64,
    stop: Option<Duration>,
    budget: Option<u64>,
    answer: fn(&Outgoing) -> (Duration, Vec<String>),
) -> (Vec<Event>, u64, Control) {
    let control = Control::with_turn_budget(budget);
    let mut played: Vec<Vec<Event>> = (0..shards).map(|_| Vec::new()).collect();
    let handed_over = paused().block_on(async {
        let cast = Cast::new(Arc::new(scenario(5))).unwrap();
        let lines = vec![Rc::new(Line::in_memory(answer))];
        let clock = Clock::starting_at(Instant::now());
        let (turnstile, entrances) = Turnstile::new(&cast.scenario, shards);
        let turnstile = Arc::new(turnstile);
        let population: Vec<_> = (0..members)
            .map(|_| {
                let turnstile = Arc::clone(&turnstile);
                tokio::spawn(async move {
                    loop {
                        turnstile.pass(clock).await;
                    }
                })
            })
            .collect();
        let ending = async {
            tokio::time::sleep(stop.unwrap_or(Duration::from_secs(6))).await;
            if stop.is_some() {
                control.stop_starting.cancel();
                tokio::task::yield_now().await;
            }
            population.iter().for_each(tokio::task::JoinHandle::abort);
            for member in population {
                assert!(member.await.unwrap_err().is_cancelled());
            }
            Arc::into_inner(turnstile).unwrap().handed_over()
        };
        let settings = Settings {
            timer: Timer::Tokio,
            max_turns: None,
        };
        let mut sinks: Vec<_> = played.iter_mut().map(|events| |event| events.push(event)).collect();
        let playing = sinks
            .iter_mut()
            .zip(entrances)
            .map(|(sink, entrance)| run(&cast, &lines, Arrivals::from(entrance), clock, &control, settings, sink));
        let (handed_over, played) = tokio::join!(ending, futures_util::future::join_all(playing));
        played.into_iter().for_each(|played| played.unwrap());
        handed_over
    });
    (played.concat(), handed_over, control)
}

fn started(events: &[Event]) -> Vec<u64> {
    let started = events.iter().filter_map(|event| match event {
        Event::Started { customer, .. } => Some(*customer),
        _ => None,
    });
    let mut started: Vec<u64> = started.collect();
    started.sort_unstable();
    started
}

#[test]
fn each_ending_lets_the_next_customer_in_and_never_more_than_the_population() {
    for shards in [1, 3] {
        let (events, handed_over, control) = populated(4, shards, None, None, quick);
        assert_balanced(&events, usize::try_from(handed_over).unwrap());
        assert!(handed_over > 8, "they came back: {handed_over}");
        assert_eq!(started(&events), (0..handed_over).collect::<Vec<_>>());
        assert_eq!(control.peak_open_conversations(), 4, "{shards} shards");
    }
}

#[test]
fn a_stop_lets_nobody_in_any_more_and_the_books_balance() {
    let (events, handed_over, control) = populated(5, 2, Some(Duration::from_secs(2)), None, moody);
    assert_balanced(&events, usize::try_from(handed_over).unwrap());
    let last = events.iter().filter_map(|event| match event {
        Event::Started { at, .. } => Some(*at),
        _ => None,
    });
    assert!(last.max().unwrap() <= Duration::from_secs(2));
    assert_eq!(control.open_conversations(), 0);
}

#[test]
fn a_spent_budget_turns_the_next_customer_away() {
    let (events, handed_over, _) = populated(3, 1, None, Some(6), quick);
    assert_balanced(&events, usize::try_from(handed_over).unwrap());
    let turned_away = |event: &&Event| {
        matches!(
            event,
            Event::NotSent {
                reason: NotSent::Stopped,
                ..
            }
        )
    };
    assert!(events.iter().filter(turned_away).count() > 0);
    assert_eq!(turns(&events).len(), 6);
}

#[test]
fn a_customer_says_the_same_whoever_brought_them() {
    let (events, ..) = populated(4, 1, None, None, quick);
    let open = play(&scenario(5), (0, 1), None, quick);
    let texts = |events: &[Event]| -> HashMap<(u64, u16), Vec<String>> {
        let turns = turns(events).into_iter();
        turns
            .map(|turn| {
                let texts = turn.messages.iter().map(|message| message.text.clone()).collect();
                ((turn.customer, turn.number), texts)
            })
            .collect()
    };
    let (closed, open) = (texts(&events), texts(&open));
    let both: Vec<_> = closed.keys().filter(|key| open.contains_key(key)).collect();
    assert!(both.len() > 8, "{both:?}");
    assert!(both.iter().all(|key| closed[key] == open[key]));
}
