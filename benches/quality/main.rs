//! Scoring: what reading, judging and adding up one turn costs.

#![expect(clippy::unwrap_used, reason = "a bench may panic")]

mod shop;

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use shop::{answers, scenario, turn};
use throng::conversation::Slice;
use throng::quality::{Memory, Scorer, Tally};
use throng::reading::Reader;

fn score(criterion: &mut Criterion) {
    let scorer = Scorer::new(scenario()).unwrap();
    let mut group = criterion.benchmark_group("score");
    for (name, text) in answers() {
        let turn = turn(&text);
        group.bench_function(name, |bencher| {
            bencher.iter(|| scorer.score(black_box(&turn), &mut Memory::default()))
        });
    }
    group.finish();
}

fn kind(criterion: &mut Criterion) {
    let reader = Reader::new(&scenario()).unwrap();
    let mut group = criterion.benchmark_group("kind");
    for (name, text) in answers()
        .into_iter()
        .chain([("holding", "亲,请稍等,正在为您查询~".to_owned())])
    {
        group.bench_function(name, |bencher| bencher.iter(|| reader.kind(black_box(&text), 0)));
    }
    group.finish();
}

fn record(criterion: &mut Criterion) {
    let scorer = Scorer::new(scenario()).unwrap();
    let turn = turn(&answers()[0].1);
    let score = scorer.score(&turn, &mut Memory::default());
    let mut tally = Tally::comparing(&[Slice::ALL; 16], &scenario());
    criterion.bench_function("record a score in 16 slices and beside calm", |bencher| {
        bencher.iter(|| tally.record(black_box(&turn), Some(&score)));
    });
}

criterion_group!(benches, score, kind, record);
criterion_main!(benches);
