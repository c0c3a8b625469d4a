use proptest::prelude::{any, prop, prop_assert, prop_assert_eq, proptest};

use super::*;

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

fn of(milliseconds: &[u64], unanswered: u64) -> Latency {
    let mut latency = Latency::default();
    for one in milliseconds {
        latency.record(ms(*one));
    }
    for _ in 0..unanswered {
        latency.record_unanswered(ms(60_000));
    }
    latency
}

/// Everything that can be asked of it.
fn picture(latency: &Latency) -> impl PartialEq + std::fmt::Debug + use<> {
    let ranks: Vec<_> = (0..=latency.count() + 1).map(|rank| latency.at_rank(rank)).collect();
    let mean = latency.mean_interval(0.95).map(|mean| (mean.low, mean.high));
    let ends = (latency.min(), latency.max(), latency.mean(), mean);
    (ranks, latency.count(), latency.unanswered(), latency.clamped(), ends)
}

#[test]
fn an_empty_one_says_nothing_and_holds_no_histogram() {
    let empty = Latency::default();
    assert!(empty.histogram.is_none());
    assert_eq!((empty.count(), empty.quantile(0.5), empty.mean()), (0, None, None));
    assert_eq!((empty.min(), empty.max()), (None, None));
    assert!(empty.quantile_interval(0.5, 0.95).is_none() && empty.mean_interval(0.95).is_none());
    assert_eq!(empty.count_above(Duration::ZERO), 0);
}

#[test]
fn quantiles_are_of_all_and_never_among_the_unanswered() {
    let latency = of(&[100, 200, 300, 400, 500, 600, 700, 800], 2);
    let close = |quantile: f64, expected: u64| {
        let found = latency.quantile(quantile).unwrap().as_secs_f64();
        assert!(
            (found / ms(expected).as_secs_f64() - 1.0).abs() < 0.001,
            "{quantile}: {found}"
        );
    };
    close(0.5, 500);
    close(0.8, 800);
    close(0.0, 100);
    assert_eq!(latency.quantile(0.81), None);
    assert_eq!(latency.max(), None);
    assert_eq!((latency.count(), latency.unanswered()), (10, 2));
    assert_eq!(latency.mean(), Some(ms((3_600 + 2 * 60_000) / 10)));
    assert_eq!(of(&[], 3).quantile(0.5), None);
    assert_eq!(of(&[], 3).mean(), Some(ms(60_000)));
}

#[test]
fn what_is_longer_than_an_hour_is_stored_as_an_hour_and_counted() {
    let mut latency = of(&[10], 0);
    latency.record(Duration::from_secs(7_200));
    assert_eq!((latency.max(), latency.clamped()), (Some(LONGEST), 1));
    assert_eq!(latency.count_above(LONGEST), 0);
    latency.record(Duration::ZERO);
    assert_eq!((latency.min(), latency.clamped()), (Some(Duration::ZERO), 1));
}

#[test]
fn counting_above_a_limit_includes_the_unanswered() {
    let latency = of(&[10, 49, 51, 80, 5_000], 2);
    assert_eq!(latency.count_above(ms(50)), 5);
    assert_eq!(latency.count_above(ms(6_000)), 2);
    assert_eq!(latency.count_above(Duration::from_secs(100_000)), 2);
}

#[test]
fn a_cleared_one_is_as_good_as_new() {
    let mut latency = of(&[5_000, 1], 3);
    latency.clear();
    assert_eq!(picture(&latency), picture(&Latency::default()));
    latency.record(ms(7));
    assert_eq!(picture(&latency), picture(&of(&[7], 0)));
}

#[test]
fn memory_comes_with_the_first_number_and_goes_when_none_came_since_the_last_time() {
    let mut latency = Latency::default();
    latency.record_unanswered(ms(60_000));
    latency.merge(&Latency::default());
    assert_eq!(latency.bytes(), 0);
    latency.record(ms(60_000));
    let used = latency.bytes();
    assert_eq!(used, 136 << 10, "for a minute, to three digits");
    latency.clear();
    assert_eq!(latency.bytes(), used, "the next second needs it again");
    latency.clear();
    assert_eq!(latency.bytes(), 0);
}

#[test]
fn an_interval_that_leaves_the_samples_is_unbounded() {
    let few = of(&(1..=100).collect::<Vec<_>>(), 0);
    let p99 = few.quantile_interval(0.99, 0.95).unwrap();
    assert_eq!((p99.observed, p99.high), (few.quantile(0.99), None));
    assert!(p99.low.is_some() && p99.low < p99.observed);
    let one = of(&[7], 0).quantile_interval(0.5, 0.95).unwrap();
    assert_eq!(
        (one.low, one.observed, one.high),
        (Some(Duration::ZERO), Some(ms(7)), None)
    );
    let mostly_lost = of(&[5], 99).quantile_interval(0.5, 0.95).unwrap();
    assert_eq!(
        (mostly_lost.low, mostly_lost.observed, mostly_lost.high),
        (None, None, None)
    );
}

proptest! {
    #[test]
    fn merging_in_any_order_equals_recording_all(
        samples in prop::collection::vec((any::<bool>(), 0u64..200_000_000, 0usize..3), 0..60),
    ) {
        let record = |into: &mut Latency, (is_answered, us, _): &(bool, u64, usize)| {
            let duration = Duration::from_micros(*us);
            if *is_answered { into.record(duration) } else { into.record_unanswered(duration) }
        };
        let (mut whole, mut parts) = (Latency::default(), vec![Latency::default(); 3]);
        for sample in &samples {
            record(&mut whole, sample);
            record(&mut parts[sample.2], sample);
        }
        let (mut forth, mut back) = (Latency::default(), Latency::default());
        parts.iter().for_each(|part| forth.merge(part));
        parts.iter().rev().for_each(|part| back.merge(part));
        prop_assert_eq!(picture(&forth), picture(&whole));
        prop_assert_eq!(picture(&back), picture(&whole));
    }

    #[test]
    fn quantiles_are_within_a_thousandth_of_the_sample_at_their_rank(
        mut us in prop::collection::vec(0u64..3_600_000_000, 1..200),
        quantile in 0.0f64..=1.0,
    ) {
        let mut latency = Latency::default();
        us.iter().for_each(|one| latency.record(Duration::from_micros(*one)));
        us.sort_unstable();
        let rank = usize::try_from(quantile_rank(us.len() as u64, quantile)).unwrap();
        let (found, exact) = (latency.quantile(quantile).unwrap().as_micros() as f64, us[rank - 1] as f64);
        prop_assert!((found - exact).abs() <= exact / 1_000.0, "{} for {}", found, exact);
    }
}
