use super::*;
use crate::scenario::{CountMetric, TimeMetric};
use crate::verdict::testing::{missed_in, scenario, threshold};

const REPLY: Metric = Metric::Time(TimeMetric::ReplyTime);

fn detected(thresholds: Vec<Threshold>, turns: f64) -> Vec<Detection> {
    let scenario = scenario(&["calm", "peak"], thresholds);
    let slices = Slices::of(&scenario);
    let expected = vec![
        Expected {
            conversations: turns / 4.0,
            turns,
        };
        slices.list().len()
    ];
    detectable(&scenario, &slices, &expected)
}

fn one(threshold: Threshold, turns: f64) -> Detection {
    detected(vec![threshold], turns).remove(0)
}

#[test]
fn a_rate_tells_up_to_where_it_holds_and_from_where_it_breaks() {
    let found = one(missed_in(None), 2_100.0);
    let Reach::Rate {
        held: Some(held),
        broken: Some(broken),
    } = found.reach
    else {
        panic!("{found:?}")
    };
    // Wilson for 12 of 2,100: 0.33 % to 0.999 %; for 31: 1.04 % to 2.1 %.
    assert!(
        (held - 12.0 / 2_100.0).abs() < 1e-12 && (broken - 31.0 / 2_100.0).abs() < 2e-3,
        "{held} {broken}"
    );
    assert!(found.can_hold());
    assert_eq!((found.samples, found.needs), (2_100, Some(381)));
}

#[test]
fn what_is_said_of_a_rate_is_what_the_judge_would_say() {
    for (op, bound) in [
        (Op::Less, 0.01),
        (Op::AtMost, 0.3),
        (Op::AtLeast, 0.95),
        (Op::More, 0.5),
    ] {
        for samples in [50u64, 381, 2_100] {
            let (reach, _) = rate_reach(op, bound, samples, 0.95);
            let Reach::Rate { held, broken } = reach else {
                panic!("{reach:?}")
            };
            let asks_for_less = matches!(op, Op::Less | Op::AtMost);
            for count in 0..=samples {
                let rate = count as f64 / samples as f64;
                let figure = proportion_figure(Proportion { count, of: samples }, Stat::Rate, 0.95).unwrap();
                let verdict = compare(&figure, op, &Figure::exact(0, bound));
                let is_within = |limit: Option<f64>, below: bool| {
                    limit.is_some_and(|limit| if below { rate <= limit } else { rate >= limit })
                };
                assert_eq!(
                    verdict == ThresholdVerdict::Held,
                    is_within(held, asks_for_less),
                    "{op:?} {count}"
                );
                assert_eq!(
                    verdict == ThresholdVerdict::Broken,
                    is_within(broken, !asks_for_less),
                    "{op:?} {count}"
                );
            }
        }
    }
}

#[test]
fn a_threshold_needs_as_many_samples_as_the_judge_does() {
    for (op, bound, best) in [(Op::Less, 0.01, 0), (Op::AtLeast, 0.95, 1)] {
        let needs = rate_reach(op, bound, 10, 0.95).1.unwrap();
        let is_held = |of: u64| {
            let figure = proportion_figure(Proportion { count: best * of, of }, Stat::Rate, 0.95).unwrap();
            compare(&figure, op, &Figure::exact(0, bound)) == ThresholdVerdict::Held
        };
        assert!(is_held(needs) && !is_held(needs - 1), "{op:?}: {needs}");
    }
    let p99 = one(threshold(REPLY, Stat::Quantile(0.99), Op::Less, 3.0), 300.0);
    assert_eq!((p99.needs, p99.can_hold()), (Some(368), false));
    assert!(one(threshold(REPLY, Stat::Quantile(0.99), Op::Less, 3.0), 368.0).can_hold());
}

#[test]
fn a_percentile_tells_what_part_of_the_turns_may_be_slower() {
    // Of 1,000 turns the 95th percentile lies between the ranks 936 and 964.
    let found = one(threshold(REPLY, Stat::Quantile(0.95), Op::Less, 3.0), 1_000.0);
    let ranks = quantile_ranks(1_000, 0.95, 0.95);
    let expected = Reach::Slower {
        held: Some((1_000 - ranks.high) as f64 / 1_000.0),
        broken: Some((1_001 - ranks.low) as f64 / 1_000.0),
    };
    assert_eq!(found.reach, expected);
    assert!((0.03..0.05).contains(&((1_000 - ranks.high) as f64 / 1_000.0)));
}

#[test]
fn no_number_of_samples_proves_a_rate_of_exactly_nothing() {
    for (op, bound) in [(Op::AtMost, 0.0), (Op::Less, 0.0), (Op::AtLeast, 1.0), (Op::Equal, 0.0)] {
        let mut never = missed_in(None);
        (never.op, never.bound) = (op, Bound::Value(bound));
        let found = one(never, 1e9);
        assert!(!found.can_hold() && found.needs.is_none(), "{found:?}");
    }
}

#[test]
fn counts_are_exact_endings_count_conversations_and_the_rest_stays_open() {
    let mut relative = threshold(REPLY, Stat::Quantile(0.95), Op::Less, 0.0);
    relative.slice.phase = Some(1);
    relative.bound = Bound::Times { factor: 2.0, phase: 0 };
    let ending = RateMetric::Ending(crate::conversation::Ending::GaveUp);
    let found = detected(
        vec![
            threshold(Metric::Count(CountMetric::CrossTalk), Stat::Count, Op::Equal, 0.0),
            threshold(Metric::Rate(ending), Stat::Rate, Op::Less, 0.5),
            threshold(REPLY, Stat::Mean, Op::Less, 3.0),
            relative,
        ],
        400.0,
    );
    assert_eq!((found[0].reach, found[0].can_hold()), (Reach::Exact, true));
    assert_eq!(found[1].samples, 100);
    assert_eq!((found[2].reach, found[2].needs), (Reach::Open, None));
    assert_eq!((found[3].reach, found[3].needs.is_some()), (Reach::Open, true));
}

#[test]
fn nothing_expected_is_nothing_that_could_hold() {
    assert!(!one(missed_in(None), 0.0).can_hold());
    assert!(!one(threshold(REPLY, Stat::Quantile(0.5), Op::Less, 3.0), 0.0).can_hold());
}
