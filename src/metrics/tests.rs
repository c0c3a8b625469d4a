mod balance;

use std::collections::BTreeMap;
use std::time::Duration;

use super::*;
use crate::conversation::{Ending, Given, Message, MessageId, MessageKind, NotSent, RunKey, Trouble, Turn};

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

fn message(deliveries: u16) -> Message {
    Message {
        id: MessageId {
            run: RunKey::of_seed(1),
            customer: 0,
            turn: 1,
            fragment: 1,
        },
        kind: MessageKind::Utterance,
        text: "在吗".to_owned(),
        media: None,
        due_at: ms(0),
        sent_at: ms(0),
        deliveries,
    }
}

/// A turn due at `due` that was sent 2 ms later; an answer comes `reply` after it was due.
fn turn(labels: Labels, due: u64, outcome: Outcome, reply: Option<u64>) -> Turn {
    Turn {
        customer: 0,
        number: 1,
        labels,
        step: 0,
        given: Given::default(),
        messages: vec![message(1), message(3)],
        replies: Vec::new(),
        due_at: ms(due),
        sent_at: Some(ms(due + 2)),
        first_event_at: None,
        first_text_at: reply.map(|reply| ms(due + reply / 2)),
        answered_at: reply.map(|reply| ms(due + reply)),
        polls: 0,
        chunk_gaps: vec![ms(20); 3],
        outcome,
        duplicates: 1,
        intent: None,
        trouble: None,
        failure: None,
        open_conversations: 1,
    }
}

fn sent(labels: Labels, due: u64) -> Event {
    Event::TurnSent {
        labels,
        due_at: ms(due),
        sent_at: ms(due + 2),
    }
}

fn in_channel(channel: u16) -> Labels {
    Labels {
        channel,
        ..Labels::default()
    }
}

fn slices() -> Vec<Slice> {
    let channel = |channel| Slice {
        channel: Some(channel),
        ..Slice::ALL
    };
    vec![Slice::ALL, channel(0), channel(1)]
}

fn metrics_of(turns: &[Turn]) -> Metrics {
    let mut metrics = Metrics::with_limits(&slices(), vec![ms(60_000), ms(40_000)]);
    for turn in turns {
        metrics.record(&sent(turn.labels, turn.due_at.as_millis() as u64));
        metrics.record(&Event::TurnClosed(Box::new(turn.clone())));
    }
    metrics
}

#[test]
fn an_unanswered_turn_ranks_last_and_counts_at_its_channels_limit_in_the_mean() {
    let metrics = metrics_of(&[
        turn(in_channel(0), 0, Outcome::Answered, Some(100)),
        turn(in_channel(0), 10, Outcome::Late, Some(31_000)),
        turn(in_channel(0), 20, Outcome::Silent, None),
        turn(in_channel(1), 30, Outcome::PlaceholderOnly, None),
        turn(in_channel(1), 40, Outcome::CutShort, None),
    ]);
    let reply = metrics.latency(0, Time::Reply);
    assert_eq!((reply.count(), reply.unanswered()), (4, 2));
    assert_eq!(metrics.quantile(0, Time::Reply, 0.5), Some(ms(31_000)));
    assert_eq!(metrics.quantile(0, Time::Reply, 0.75), None);
    assert_eq!(reply.mean(), Some(ms((100 + 31_000 + 60_000 + 40_000) / 4)));
    assert_eq!(metrics.latency(2, Time::Reply).mean(), Some(ms(40_000)));
    assert_eq!(metrics.latency(0, Time::Wire).count(), 2);
    assert_eq!(metrics.latency(0, Time::ScheduleLag).max(), Some(ms(2)));
}

#[test]
fn what_failed_on_the_wire_is_counted_by_its_status_in_every_slice() {
    let failed = |channel, outcome, failure| Turn {
        failure: Some(failure),
        ..turn(in_channel(channel), 0, outcome, None)
    };
    let mut metrics = metrics_of(&[
        failed(0, Outcome::HttpError, Trouble::Status(403)),
        failed(0, Outcome::HttpError, Trouble::Status(403)),
        failed(1, Outcome::Refused, Trouble::Status(503)),
        turn(in_channel(1), 0, Outcome::Silent, None),
    ]);
    metrics.merge(&metrics_of(&[failed(1, Outcome::ConnectionLost, Trouble::Closed)]));
    let of = |place| metrics.ledger(place).failures.clone().into_iter().collect::<Vec<_>>();
    let (forbidden, busy) = (Trouble::Status(403), Trouble::Status(503));
    assert_eq!(of(0), [(Trouble::Closed, 1), (forbidden, 2), (busy, 1)]);
    assert_eq!(of(1), [(forbidden, 2)]);
    assert_eq!(of(2), [(Trouble::Closed, 1), (busy, 1)]);
}

#[test]
fn late_answers_after_a_failure_are_told_from_slow_ones() {
    let failed = |outcome| Turn {
        trouble: Some("HTTP 500".to_owned()),
        ..turn(in_channel(0), 0, outcome, Some(40_000))
    };
    let slow = turn(in_channel(0), 0, Outcome::Late, Some(40_000));
    let mut metrics = metrics_of(&[failed(Outcome::Late), failed(Outcome::Answered), slow]);
    metrics.merge(&metrics_of(&[failed(Outcome::Late)]));
    assert_eq!(metrics.ledger(0).late_after_failure, 2);
    assert_eq!(metrics.ledger(0).outcome(Outcome::Late), 3);
}

#[test]
fn a_turn_without_the_answer_that_its_outcome_claims_does_not_disappear() {
    let metrics = metrics_of(&[turn(in_channel(0), 0, Outcome::Answered, None)]);
    assert_eq!(metrics.latency(0, Time::Reply).unanswered(), 1);
}

#[test]
fn what_is_cut_short_is_in_the_ledger_and_in_no_time_but_the_lag() {
    let metrics = metrics_of(&[turn(in_channel(0), 0, Outcome::CutShort, Some(50))]);
    let counts = Time::ALL.map(|time| metrics.latency(0, time).count());
    assert_eq!(counts, [0, 0, 0, 0, 1]);
    assert_eq!((metrics.ledger(0).sent, metrics.ledger(0).rated()), (1, 0));
}

#[test]
fn deliveries_and_messages_are_counted_but_not_those_that_never_left() {
    let mut unsent = turn(in_channel(0), 0, Outcome::ConnectionLost, None);
    unsent.messages[0].deliveries = 0;
    let metrics = metrics_of(&[turn(in_channel(0), 0, Outcome::Answered, Some(5)), unsent]);
    let ledger = metrics.ledger(0);
    assert_eq!((ledger.messages, ledger.deliveries, ledger.duplicates), (3, 7, 2));
}

#[test]
fn seconds_are_handed_out_once_and_in_order() {
    let mut metrics = metrics_of(&[
        turn(in_channel(1), 1_500, Outcome::Answered, Some(100)),
        turn(in_channel(0), 1_900, Outcome::Silent, None),
        turn(in_channel(0), 400, Outcome::Late, Some(31_000)),
        turn(in_channel(0), 2_000, Outcome::CutShort, None),
    ]);
    let labels = in_channel(0);
    metrics.record(&Event::Started {
        customer: 0,
        labels,
        at: ms(400),
    });
    assert_eq!(metrics.second(1).map(|row| row.sent).sum::<u64>(), 2);
    let rows = |rows: Vec<SecondCounts>| -> Vec<_> {
        rows.iter()
            .map(|row| {
                (
                    row.second,
                    row.channel,
                    row.started,
                    row.sent,
                    [row.answered, row.late, row.dropped],
                )
            })
            .collect()
    };
    let taken = metrics.take_seconds(2);
    assert_eq!(taken[0].reply.quantile(0.5), Some(ms(31_000)));
    assert_eq!(taken[1].reply.quantile(0.5), None);
    assert_eq!(
        rows(taken),
        [
            (0, 0, 1, 1, [0, 1, 0]),
            (1, 0, 0, 1, [0, 0, 1]),
            (1, 1, 0, 1, [1, 0, 0])
        ]
    );
    assert!(metrics.take_seconds(2).is_empty());
    assert_eq!(rows(metrics.take_seconds(u32::MAX)), [(2, 0, 0, 1, [0, 0, 0])]);
}

#[test]
fn a_switch_is_told_once_in_every_slice_that_holds_either_channel() {
    let switched = |from, to| Event::Switched {
        labels: in_channel(from),
        to,
        at: ms(0),
    };
    let mut metrics = metrics_of(&[]);
    metrics.record(&switched(0, 1));
    metrics.record(&switched(0, 1));
    metrics.record(&switched(2, 1));
    let told = [0, 1, 2].map(|place| metrics.ledger(place).switches.clone());
    let (there, from_elsewhere) = (((0, 1), 2), ((2, 1), 1));
    let both = BTreeMap::from([there, from_elsewhere]);
    assert_eq!(told, [both.clone(), BTreeMap::from([there]), both]);
    metrics.merge(&metrics.clone());
    assert_eq!(metrics.ledger(1).switches, BTreeMap::from([((0, 1), 4)]));
    assert_eq!(
        metrics.ledger(0).imbalance(None),
        None,
        "no conversation begins or ends with it"
    );
}

#[test]
fn cleared_metrics_are_empty_and_count_again() {
    let turns = [turn(in_channel(0), 0, Outcome::Answered, Some(100))];
    let mut metrics = metrics_of(&turns);
    metrics.clear();
    assert_eq!(metrics.ledger(0), &Ledger::default());
    assert_eq!(metrics.latency(0, Time::Reply).count(), 0);
    assert!(metrics.take_seconds(u32::MAX).is_empty());
    metrics.merge(&metrics_of(&turns));
    assert_eq!(metrics.ledger(1).sent, 1);
}

/// A page that is cleared each second holds what two seconds need, however many phases the run has had.
#[test]
fn a_page_does_not_grow_with_the_phases_that_are_over() {
    let mut slices = vec![Slice::ALL];
    let of = |place| Some(place);
    slices.extend((0..40).map(|place| Slice {
        phase: of(place),
        ..Slice::ALL
    }));
    slices.extend((0..10).map(|place| Slice {
        persona: of(place),
        ..Slice::ALL
    }));
    slices.extend((0..5).map(|place| Slice {
        channel: of(place),
        ..Slice::ALL
    }));
    let mut page = Metrics::new(&slices);
    assert_eq!(page.bytes(), 0, "nothing measured takes nothing");
    let mut sizes = Vec::new();
    for phase in 0..40 {
        page.clear();
        for place in 0..10 {
            let labels = Labels {
                phase,
                persona: place,
                channel: place % 5,
                ..Labels::default()
            };
            page.record(&Event::TurnClosed(Box::new(turn(
                labels,
                0,
                Outcome::Answered,
                Some(30_000),
            ))));
        }
        sizes.push(page.bytes());
    }
    assert!(sizes[39] <= sizes[1], "{sizes:?}");
}
