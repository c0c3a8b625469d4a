//! What one turn costs in the metrics: sent and closed, in as many slices as a usual scenario has.

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use throng::conversation::{Event, Given, Labels, Outcome, Slice, Turn};
use throng::metrics::Metrics;

/// Totals, five phases, three channels, six personas, eight goals, two languages.
fn slices() -> Vec<Slice> {
    let mut slices = vec![Slice::ALL];
    slices.extend((0..5).map(|place| Slice {
        phase: Some(place),
        ..Slice::ALL
    }));
    slices.extend((0..3).map(|place| Slice {
        channel: Some(place),
        ..Slice::ALL
    }));
    slices.extend((0..6).map(|place| Slice {
        persona: Some(place),
        ..Slice::ALL
    }));
    slices.extend((0..8).map(|place| Slice {
        goal: Some(place),
        ..Slice::ALL
    }));
    slices.extend((0..2).map(|place| Slice {
        language: Some(place),
        ..Slice::ALL
    }));
    slices
}

fn turn(number: u16) -> [Event; 2] {
    let labels = Labels {
        phase: number % 5,
        channel: number % 3,
        persona: number % 6,
        goal: number % 8,
        language: number % 2,
        ..Labels::default()
    };
    let due_at = Duration::from_millis(u64::from(number) * 3);
    let sent_at = due_at + Duration::from_micros(u64::from(number) % 900);
    let answered_at = sent_at + Duration::from_millis(50 + u64::from(number) * 7_919 % 9_000);
    let closed = Turn {
        customer: u64::from(number),
        number: 1,
        labels,
        step: 0,
        given: Given::default(),
        messages: Vec::new(),
        replies: Vec::new(),
        due_at,
        sent_at: Some(sent_at),
        first_event_at: Some(sent_at),
        first_text_at: Some(sent_at + Duration::from_millis(40)),
        answered_at: Some(answered_at),
        polls: 0,
        chunk_gaps: Vec::new(),
        outcome: Outcome::Answered,
        duplicates: 0,
        intent: None,
        trouble: None,
        failure: None,
        open_conversations: 1,
    };
    let sent = Event::TurnSent {
        labels,
        due_at,
        sent_at,
    };
    [sent, Event::TurnClosed(Box::new(closed))]
}

fn record(criterion: &mut Criterion) {
    let turns: Vec<[Event; 2]> = (0..1_000).map(turn).collect();
    let mut group = criterion.benchmark_group("metrics");
    group.throughput(Throughput::Elements(1_000));
    let mut metrics = Metrics::with_limits(&slices(), vec![Duration::from_secs(60); 3]);
    group.bench_function("record 1000 turns", |bencher| {
        bencher.iter(|| {
            for event in turns.iter().flatten() {
                metrics.record(black_box(event));
            }
        });
    });
    group.throughput(Throughput::Elements(1));
    let (part, mut total) = (metrics.clone(), metrics.clone());
    group.bench_function("merge a shard's second", |bencher| {
        bencher.iter(|| total.merge(black_box(&part)))
    });
    group.finish();
}

criterion_group!(benches, record);
criterion_main!(benches);
