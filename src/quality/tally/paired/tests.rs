use proptest::prelude::*;

use super::*;
use crate::conversation::{Labels, Outcome, Turn};
use crate::quality::tally::testing::{scenario, score, turn};
use crate::quality::{Evidence, Finding, Served, Tally, TurnScore};
use crate::scenario::Scenario;

mod coverage;

fn tally(scenario: &Scenario) -> Tally {
    Tally::comparing(&[], scenario)
}

fn labels(phase: u16, channel: u16, goal: u16) -> Labels {
    Labels {
        phase,
        channel,
        goal,
        ..Labels::default()
    }
}

/// Turns that served or failed to, one a quarter of a second from the phase's start on; every so many of them fails.
fn play(tally: &mut Tally, labels: Labels, start_s: u64, turns: u64, fails_every: u64, outcome: Outcome) {
    for number in 0..turns {
        let second = start_s + number / 4;
        match number % fails_every {
            0 => tally.record(&turn(second, labels, outcome), None),
            _ => tally.record(&turn(second, labels, Outcome::Answered), Some(&good())),
        }
    }
}

fn good() -> TurnScore {
    score(Served::Yes, Some(1.0), Finding::Pass, 0)
}

fn beside(tally: &Tally) -> Paired {
    tally.beside_calm(1, 0).unwrap().0
}

#[test]
fn customers_who_were_always_served_badly_do_not_make_the_peak_worse() {
    let mut tally = tally(&scenario(&[100, 100]));
    // Goal 0 fails a tenth of its turns, goal 1 half of them, in both phases; at the peak many more come with goal 1.
    for (phase, goal, turns, fails_every) in [(0, 0, 360, 10), (0, 1, 40, 2), (1, 0, 40, 10), (1, 1, 360, 2)] {
        let start = 100 * u64::from(phase);
        play(
            &mut tally,
            labels(phase, 0, goal),
            start,
            turns,
            fails_every,
            Outcome::Silent,
        );
    }
    let served = beside(&tally).served.unwrap();
    assert!((served.phase - 0.54).abs() < 1e-9, "{served:?}");
    assert!(
        served.change.abs() < 1e-9 && served.low < 0.0 && served.high > 0.0,
        "{served:?}"
    );
}

#[test]
fn what_was_lost_is_split_by_cause_and_channel_and_adds_up() {
    let mut tally = tally(&scenario(&[100, 100]));
    for (phase, channel, fails_every, outcome) in [
        (0, 0, 20, Outcome::Late),
        (0, 1, 10, Outcome::Refused),
        (1, 0, 4, Outcome::Late),
        (1, 1, 5, Outcome::Refused),
    ] {
        let start = 100 * u64::from(phase);
        play(&mut tally, labels(phase, channel, 0), start, 400, fails_every, outcome);
    }
    let paired = beside(&tally);
    let served = paired.served.unwrap();
    assert!((served.change + 0.15).abs() < 1e-9, "{served:?}");
    let split: Vec<(&str, u16, f64)> = paired
        .lost
        .iter()
        .map(|lost| (lost.cause.word(), lost.channel, (lost.share * 1e6).round() / 1e6))
        .collect();
    assert_eq!(split, [("late", 0, 0.1), ("refused", 1, 0.05)]);
    let (_, by_channel) = tally.beside_calm(1, 2).unwrap();
    let changes: Vec<f64> = by_channel.iter().map(|paired| paired.served.unwrap().change).collect();
    assert!(
        (changes[0] + 0.2).abs() < 1e-9 && (changes[1] + 0.1).abs() < 1e-9,
        "{changes:?}"
    );
}

#[test]
fn too_few_turns_or_too_few_alike_give_no_figure() {
    let mut few = tally(&scenario(&[100, 100]));
    play(&mut few, labels(0, 0, 0), 0, 400, 10, Outcome::Late);
    play(&mut few, labels(1, 0, 0), 100, 19, 10, Outcome::Late);
    assert_eq!(beside(&few).served, Err(Incomparable::TooFewTurns));

    let mut others = tally(&scenario(&[100, 100]));
    play(&mut others, labels(0, 0, 0), 0, 400, 10, Outcome::Late);
    play(&mut others, labels(1, 0, 0), 100, 300, 10, Outcome::Late);
    play(&mut others, labels(1, 0, 1), 100, 100, 10, Outcome::Late);
    let paired = beside(&others);
    assert_eq!(paired.served, Err(Incomparable::TooLittleAlike));
    assert_eq!((paired.turns, paired.comparable, paired.lost.len()), (400, 300, 0));

    let mut at_once = tally(&scenario(&[100, 100]));
    play(&mut at_once, labels(0, 0, 0), 0, 400, 10, Outcome::Late);
    let burst = turn(100, labels(1, 0, 0), Outcome::Answered);
    (0..500).for_each(|_| at_once.record(&burst, Some(&good())));
    assert_eq!(beside(&at_once).served, Err(Incomparable::TooFewTurns));
}

#[test]
fn blocks_that_are_all_alike_do_not_make_it_certain() {
    let mut tally = tally(&scenario(&[100, 100]));
    for (phase, start) in [(0, 0), (1, 100)] {
        play(&mut tally, labels(phase, 0, 0), start, 401, 1_000, Outcome::Answered);
    }
    let served = beside(&tally).served.unwrap();
    assert!(served.low < -0.008 && served.high > 0.008, "{served:?}");
}

#[test]
fn turns_that_could_not_be_judged_widen_the_interval_of_what_was_served() {
    let (known_good, unknown) = (good(), score(Served::Unknown, None, Finding::Unscored, 0));
    let (mut known, mut open) = (tally(&scenario(&[100, 100])), tally(&scenario(&[100, 100])));
    for (tally, share) in [(&mut known, 0), (&mut open, 4)] {
        for phase in [0, 1] {
            for number in 0..400 {
                let turn = turn(100 * phase + number / 4, labels(phase as u16, 0, 0), Outcome::Answered);
                let is_open = phase == 1 && share > 0 && number % share == 0;
                tally.record(&turn, Some(if is_open { &unknown } else { &known_good }));
            }
        }
    }
    assert!(beside(&known).served.unwrap().low > -0.02);
    let served = beside(&open).served.unwrap();
    // Of a quarter nobody knows: between 25 points fewer and none.
    assert!(served.low <= -0.25 && served.high >= 0.0, "{served:?}");
}

#[test]
fn warm_up_and_a_single_phase_are_not_compared() {
    assert_eq!(tally(&scenario(&[100])).beside_calm(0, 0), None);
    assert_eq!(Tally::new(&[]).beside_calm(0, 0), None);
}

fn recorded() -> impl Strategy<Value = (Turn, TurnScore)> {
    let labels = (0u16..3, 0u16..2, 0u16..3).prop_map(|(phase, channel, goal)| labels(phase, channel, goal));
    let outcome = proptest::sample::select(Outcome::ALL);
    let finding = proptest::sample::select(vec![
        Finding::Pass,
        Finding::Fail(Evidence::said("x")),
        Finding::Unscored,
    ]);
    let served = proptest::sample::select(vec![Served::Yes, Served::No, Served::Unknown]);
    let scores = (served, proptest::option::of(0.0..=1.0), finding)
        .prop_map(|(served, quality, finding)| score(served, quality, finding, 0));
    (0u64..120, labels, outcome, 1u16..12, scores).prop_map(|(second, labels, outcome, number, mut score)| {
        let mut turn = turn(second, labels, outcome);
        turn.number = number;
        if outcome != Outcome::Answered {
            score.served = Served::No;
        }
        (turn, score)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn parts_in_any_order_compare_as_the_whole(
        all in proptest::collection::vec((recorded(), 0usize..4), 0..300)
    ) {
        let scenario = scenario(&[40, 40, 40]);
        let mut whole = tally(&scenario);
        let mut parts = vec![tally(&scenario); 4];
        for ((turn, score), _) in &all {
            whole.record(turn, Some(score));
        }
        for ((turn, score), part) in all.iter().rev() {
            parts[*part].record(turn, Some(score));
        }
        let mut merged = tally(&scenario);
        for part in parts.iter().rev() {
            merged.merge(part);
        }
        for phase in [1, 2] {
            prop_assert_eq!(whole.beside_calm(phase, 2), merged.beside_calm(phase, 2));
        }
    }

    #[test]
    fn the_lost_turns_add_up_to_the_change(all in proptest::collection::vec(recorded(), 200..600)) {
        let mut tally = tally(&scenario(&[40, 40, 40]));
        all.iter().for_each(|(turn, score)| tally.record(turn, Some(score)));
        let (paired, _) = tally.beside_calm(1, 0).unwrap();
        if let Ok(served) = paired.served {
            let lost: f64 = paired.lost.iter().map(|lost| lost.share).sum();
            prop_assert!((lost + served.change).abs() < 1e-9, "{} {}", lost, served.change);
            prop_assert!(served.low <= served.change && served.change <= served.high);
            prop_assert!(-1.0 <= served.low && served.high <= 1.0, "{served:?}");
        }
    }
}
