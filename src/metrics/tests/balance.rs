//! The ledger's books and the merging of shards, over any conversations in any order.

use proptest::prelude::{ProptestConfig, Strategy, any, prop, prop_assert_eq, proptest};

use super::*;

/// All events of one consistent conversation, in order.
fn conversation() -> impl Strategy<Value = Vec<Event>> {
    let one_turn = (0..Outcome::ALL.len(), 0u16..3, 0u64..90_000);
    let turns = prop::collection::vec(one_turn, 0..6);
    (turns, 0..Ending::ALL.len(), 0u16..3, 0u16..2, any::<bool>()).prop_map(
        |(turns, ending, phase, channel, is_sent)| {
            let labels = Labels {
                phase,
                channel,
                warm_up: phase == 0,
                ..Labels::default()
            };
            if !is_sent {
                let reason = NotSent::ALL[ending % 3];
                return vec![Event::NotSent { labels, reason }];
            }
            let mut events = vec![Event::Started {
                customer: 1,
                labels,
                at: ms(3),
            }];
            for (outcome, due_phase, reply) in &turns {
                let outcome = Outcome::ALL[*outcome];
                let labels = Labels {
                    phase: *due_phase,
                    warm_up: *due_phase == 0,
                    ..labels
                };
                let is_answered = matches!(outcome, Outcome::Answered | Outcome::Late);
                events.push(sent(labels, reply / 3));
                let turn = turn(labels, reply / 3, outcome, is_answered.then_some(*reply));
                events.push(Event::TurnClosed(Box::new(turn)));
            }
            events.push(Event::Ended {
                customer: 1,
                labels,
                ending: Ending::ALL[ending],
                started_at: ms(3),
                at: ms(90_000),
                turns: turns.len() as u16,
            });
            events
        },
    )
}

fn all_slices() -> Vec<Slice> {
    let phases = (0..3).map(|phase| Slice {
        phase: Some(phase),
        ..Slice::ALL
    });
    let totals = Slice {
        skips_warm_up: true,
        ..Slice::ALL
    };
    slices().into_iter().chain(phases).chain([totals]).collect()
}

fn picture(metrics: &mut Metrics) -> impl PartialEq + std::fmt::Debug + use<> {
    let slices: Vec<_> = (0..all_slices().len())
        .map(|place| {
            let times = Time::ALL.map(|time| {
                let latency = metrics.latency(place, time);
                let quantiles = [0.0, 0.3, 0.5, 0.9, 1.0].map(|quantile| latency.quantile(quantile));
                (quantiles, latency.mean(), latency.count(), latency.unanswered())
            });
            (metrics.ledger(place).clone(), times)
        })
        .collect();
    let seconds: Vec<_> = metrics
        .take_seconds(u32::MAX)
        .iter()
        .map(|row| {
            let counts = [row.started, row.sent, row.answered, row.late, row.dropped];
            (row.second, row.channel, counts, row.reply.quantile(0.5))
        })
        .collect();
    (slices, seconds)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_ledger_balances_under_any_order_of_events_on_any_shards(
        conversations in prop::collection::vec(conversation(), 0..25),
        seed in any::<u64>(),
    ) {
        let empty = || Metrics::with_limits(&all_slices(), vec![ms(60_000); 2]);
        let planned = conversations.len() as u64;
        let events: Vec<Event> = conversations.into_iter().flatten().collect();
        let mut whole = empty();
        events.iter().for_each(|event| whole.record(event));

        let mut shards = vec![Batched::new(empty()); 3];
        for (position, event) in shuffled(events, seed).iter().enumerate() {
            shards[(position + seed as usize % 7) % 3].record(event);
        }
        let mut merged = empty();
        shuffled(shards, seed).iter_mut().for_each(|shard| merged.merge(shard.settled()));

        prop_assert_eq!(merged.ledger(0).imbalance(Some(planned)), None);
        // A conversation counts in the phase of its arrival, its turns in those in which they were due: each balances.
        for place in 0..all_slices().len() {
            prop_assert_eq!(merged.ledger(place).imbalance(None), None);
            prop_assert_eq!(merged.latency(place, Time::Reply).count(), merged.ledger(place).rated());
        }
        prop_assert_eq!(picture(&mut merged), picture(&mut whole));
    }
}

/// Fisher and Yates, with the chance of a small congruential generator.
fn shuffled<T>(mut list: Vec<T>, seed: u64) -> Vec<T> {
    let mut state = seed | 1;
    for end in (1..list.len()).rev() {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        list.swap(end, (state >> 33) as usize % (end + 1));
    }
    list
}
