//! What one arrival, one customer's step and one rendered text cost.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use throng::scenario::{Scenario, Step};
use throng::simulation::{Arrival, Cast, Heard, arrivals};

#[path = "../tests/shipped/mod.rs"]
mod shipped;

const SECOND: Duration = Duration::from_secs(1);

fn arrival(customer: u64, mix: u16) -> Arrival {
    Arrival {
        customer,
        due_at: SECOND,
        mix,
        phase: 0,
    }
}

/// Without end, so that a bench of any length finds a next arrival.
fn endless(mut scenario: Scenario) -> impl Iterator<Item = Arrival> {
    let mut seed = 0;
    std::iter::from_fn(move || {
        seed += 1;
        scenario.file.seed = seed;
        Some(arrivals(&scenario))
    })
    .flatten()
}

fn next_arrival(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("next_arrival");
    let mut all = endless(shipped::scenario("singles-day"));
    group.bench_function("singles-day", |bencher| bencher.iter(|| black_box(all.next())));
    group.finish();
}

fn customer_step(criterion: &mut Criterion) {
    let cast = Cast::new(Arc::new(shipped::scenario("singles-day"))).expect("the shipped scenario is sound");
    let mut group = criterion.benchmark_group("customer_step");
    let mut number = 0;
    let mut next = || {
        number += 1;
        cast.customer(&arrival(number, u16::try_from(number % 16).expect("below 16")))
    };
    group.bench_function("arrive", |bencher| {
        bencher.iter_batched_ref(
            &mut next,
            |customer| black_box(customer.next(&cast, Heard::Arrived, SECOND)),
            BatchSize::SmallInput,
        );
    });
    let mut waiting = || {
        let mut customer = next();
        customer.next(&cast, Heard::Arrived, SECOND);
        customer
    };
    group.bench_function("wait", |bencher| {
        bencher.iter_batched_ref(
            &mut waiting,
            |customer| black_box(customer.next(&cast, Heard::Time, SECOND)),
            BatchSize::SmallInput,
        );
    });
    group.bench_function("answer", |bencher| {
        bencher.iter_batched_ref(
            &mut waiting,
            |customer| {
                black_box(customer.next(
                    &cast,
                    Heard::Answer("亲，现在全场满300减50，券已经发到您的账户"),
                    9 * SECOND,
                ))
            },
            BatchSize::SmallInput,
        );
    });
    group.finish();
}

fn render(criterion: &mut Criterion) {
    let mut scenario = shipped::scenario("singles-day");
    for goal in &mut scenario.goals {
        for step in &mut goal.agenda {
            let say = match step {
                Step::Ask(ask) => &mut ask.say,
                Step::Say(say) => say,
                Step::Call => continue,
            };
            let template = "{{ name }}的订单{{ order_number }}到{{ city }}了吗".to_owned();
            (say.zh, say.en) = (vec![template.clone()], vec![template]);
        }
    }
    let cast = Cast::new(Arc::new(scenario)).expect("the template is sound");
    let mut number = 0;
    let mut group = criterion.benchmark_group("render");
    // An arrival whose text is a template over three facts; the plain one is `customer_step/arrive`.
    group.bench_function("utterance", |bencher| {
        bencher.iter_batched_ref(
            || {
                number += 1;
                cast.customer(&arrival(number, 0))
            },
            |customer| black_box(customer.next(&cast, Heard::Arrived, SECOND)),
            BatchSize::SmallInput,
        );
    });
    group.finish();
}

criterion_group!(benches, next_arrival, customer_step, render);
criterion_main!(benches);
