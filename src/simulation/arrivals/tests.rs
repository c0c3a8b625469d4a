use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::simulation::stage;

fn seconds(at: f64) -> Duration {
    Duration::from_secs_f64(at)
}

fn times(scenario: &Scenario) -> Vec<f64> {
    arrivals(scenario).map(|arrival| arrival.due_at.as_secs_f64()).collect()
}

#[test]
fn even_arrivals_come_when_the_expected_count_reaches_n_minus_a_half() {
    let hold = stage::traffic("even", &json!([{"hold": {"name": "a", "for": "2s", "rate": "2/s"}}]));
    assert_eq!(times(&hold), [0.25, 0.75, 1.25, 1.75]);
    // Half an arrival is left over by each phase of 1.5 arrivals: the count runs on.
    let carry = stage::traffic(
        "even",
        &json!([
            {"hold": {"name": "a", "for": "1s", "rate": "1.5/s"}},
            {"quiet": {"name": "b", "for": "1s"}},
            {"hold": {"name": "c", "for": "1s", "rate": "1.5/s"}}
        ]),
    );
    assert_eq!(times(&carry), [0.333_333, 2.0, 2.666_667]);
    let ramp = stage::traffic("even", &json!([{"ramp": {"name": "a", "for": "3s", "to": "20/s"}}]));
    assert_eq!(times(&ramp).len(), 30);
    let spike = stage::traffic("even", &json!([{"spike": {"name": "a", "for": "10s", "peak": "40/s"}}]));
    assert_eq!(times(&spike).len(), 200);
    let scaled = Scenario { scale: 2.5, ..hold };
    assert_eq!(times(&scaled).len(), 10);
}

#[test]
fn a_burst_brings_exactly_its_number_evenly_spread_whatever_the_arrivals() {
    for kind in ["even", "poisson"] {
        let mut burst = stage::traffic(
            kind,
            &json!([
                {"quiet": {"name": "a", "for": "1s"}},
                {"burst": {"name": "b", "at_once": 4, "for": "2s"}},
                {"quiet": {"name": "c", "for": "1s"}}
            ]),
        );
        assert_eq!(times(&burst), [1.25, 1.75, 2.25, 2.75], "{kind}");
        burst.scale = 0.5;
        assert_eq!(times(&burst), [1.5, 2.5], "{kind}");
    }
}

#[test]
fn the_rate_before_outlasts_bursts_and_quiet_phases_and_a_spike_ends_at_its_base() {
    let scenario = stage::traffic(
        "even",
        &json!([
            {"hold": {"name": "a", "for": "10s", "rate": "20/s"}},
            {"spike": {"name": "b", "for": "10s", "peak": "100/s"}},
            {"quiet": {"name": "c", "for": "10s"}},
            {"burst": {"name": "d", "at_once": 50, "for": "10s"}},
            {"ramp": {"name": "e", "for": "10s", "to": "40/s"}},
            {"spike": {"name": "f", "for": "10s", "peak": "60/s"}}
        ]),
    );
    for (at, rate) in [
        (0.0, 20.0),
        (10.0, 20.0),
        (15.0, 100.0),
        (25.0, 0.0),
        (35.0, 5.0),
        (40.0, 20.0),
        (45.0, 30.0),
        (50.0, 40.0),
        (55.0, 60.0),
        (60.0, 0.0),
    ] {
        assert!((rate_at(&scenario, seconds(at)) - rate).abs() < 1e-9, "at {at}");
    }
    for (phase, count) in [
        (0, 200.0),
        (1, 600.0),
        (2, 0.0),
        (3, 50.0),
        (4, 300.0),
        (5, 500.0),
        (6, 0.0),
    ] {
        assert!((expected(&scenario, phase) - count).abs() < 1e-6, "phase {phase}");
    }
}

#[test]
fn poisson_gaps_at_a_constant_rate_are_exponential() {
    let scenario = stage::traffic(
        "poisson",
        &json!([{"hold": {"name": "a", "for": "1000s", "rate": "50/s"}}]),
    );
    let times = times(&scenario);
    let gaps: Vec<f64> = times.windows(2).map(|pair| (pair[1] - pair[0]) * 50.0).collect();
    let above = |limit: f64| gaps.iter().filter(|gap| **gap > limit).count() as f64 / gaps.len() as f64;
    for limit in [0.1f64, 0.5, 1.0, 2.0, 4.0] {
        assert!(
            (above(limit) - (-limit).exp()).abs() < 0.01,
            "{limit}: {}",
            above(limit)
        );
    }
}

#[test]
fn the_mix_is_drawn_by_its_shares_and_by_the_customers_number_alone() {
    let mut scenario = stage::traffic(
        "even",
        &json!([{"hold": {"name": "a", "for": "100s", "rate": "100/s"}}]),
    );
    let kind = scenario.mix[0];
    scenario.mix = [0.7, 0.2, 0.1]
        .map(|share| crate::scenario::Mix { share, ..kind })
        .to_vec();
    let mixes: Vec<u16> = arrivals(&scenario).map(|arrival| arrival.mix).collect();
    for (place, share) in [(0, 7_000.0), (1, 2_000.0), (2, 1_000.0)] {
        let count = mixes.iter().filter(|mix| **mix == place).count() as f64;
        assert!((count - share).abs() < 150.0, "{place}: {count}");
    }
    scenario.file.traffic.arrivals = Some(Arrivals::Poisson);
    scenario.scale = 0.5;
    assert!(
        arrivals(&scenario)
            .zip(&mixes)
            .all(|(arrival, mix)| arrival.mix == *mix)
    );
}

fn phase() -> impl Strategy<Value = Value> {
    let time = || (1u32..40).prop_map(|tenths| format!("{}ms", tenths * 100));
    let rate = || (0u32..200).prop_map(|rate| format!("{rate}/s"));
    prop_oneof![
        (time(), rate()).prop_map(|(time, rate)| json!({"hold": {"name": "p", "for": time, "rate": rate}})),
        (time(), rate()).prop_map(|(time, rate)| json!({"ramp": {"name": "p", "for": time, "to": rate}})),
        (time(), rate()).prop_map(|(time, rate)| json!({"spike": {"name": "p", "for": time, "peak": rate}})),
        (time(), 0u32..300).prop_map(|(time, count)| json!({"burst": {"name": "p", "for": time, "at_once": count}})),
        time().prop_map(|time| json!({"quiet": {"name": "p", "for": time}})),
    ]
}

proptest! {
    #[test]
    fn arrivals_are_sorted_numbered_repeatable_and_inside_their_phases(
        kind in prop_oneof![Just("poisson"), Just("even")],
        phases in prop::collection::vec(phase(), 1..6),
        seed in any::<u64>(),
    ) {
        let mut scenario = stage::traffic(kind, &json!(phases));
        scenario.file.seed = seed;
        let all: Vec<Arrival> = arrivals(&scenario).collect();
        prop_assert_eq!(&all, &arrivals(&scenario).collect::<Vec<_>>());
        for (number, arrival) in all.iter().enumerate() {
            prop_assert_eq!(arrival.customer, number as u64);
            prop_assert_eq!(arrival.phase, scenario.phase_at(arrival.due_at));
            prop_assert!(arrival.due_at < scenario.traffic_length());
        }
        prop_assert!(all.is_sorted_by_key(|arrival| arrival.due_at));
    }

    #[test]
    fn as_many_come_in_each_phase_as_its_rate_says(
        phases in prop::collection::vec(phase(), 1..6),
        seed in any::<u64>(),
    ) {
        for kind in ["poisson", "even"] {
            let mut scenario = stage::traffic(kind, &json!(phases));
            scenario.file.seed = seed;
            let mut counts = vec![0.0; phases.len()];
            for arrival in arrivals(&scenario) {
                counts[usize::from(arrival.phase)] += 1.0;
            }
            for (place, count) in counts.iter().enumerate() {
                let mean = expected(&scenario, u16::try_from(place).unwrap());
                // Beyond seven standard deviations lies less than one case in 10^11.
                let allowed = if kind == "even" { 1.0 } else { 7.0 * mean.sqrt() + 10.0 };
                prop_assert!((count - mean).abs() <= allowed, "{kind} phase {place}: {count} of {mean}");
            }
        }
    }
}

#[test]
fn a_phase_with_its_own_shares_draws_by_them_and_others_as_before() {
    let mut scenario = stage::scenario(&json!({
        "traffic": {"arrivals": "even", "phases": [
            {"hold": {"name": "calm", "for": "10s", "rate": "50/s"}}, {"hold": {"name": "peak", "for": "10s", "rate": "50/s"}},
        ]},
        "personas": [stage::persona_zh(), stage::persona_zh()],
    }));
    let before: Vec<Arrival> = arrivals(&scenario).collect();
    let base: Vec<f64> = scenario.mix.iter().map(|mix| mix.share).collect();
    let mut peak = vec![0.0; base.len()];
    peak[1] = 1.0;
    scenario.phase_shares = vec![base, peak];
    let after: Vec<Arrival> = arrivals(&scenario).collect();
    let calm = |all: &[Arrival]| -> Vec<u16> { all.iter().filter(|one| one.phase == 0).map(|one| one.mix).collect() };
    assert_eq!(calm(&before), calm(&after));
    assert!(calm(&after).contains(&0));
    let peak: Vec<u16> = after.iter().filter(|one| one.phase == 1).map(|one| one.mix).collect();
    assert_eq!(peak, vec![1; 500]);
}
