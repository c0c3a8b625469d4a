use proptest::prelude::*;

use super::testing::{score, turn};
use super::*;
use crate::conversation::Labels;
use crate::quality::{Evidence, Finding};
use crate::scenario::PerLanguage;

fn slices() -> Vec<Slice> {
    let phase = |phase| Slice {
        phase: Some(phase),
        ..Slice::ALL
    };
    let channel = |channel| Slice {
        channel: Some(channel),
        ..Slice::ALL
    };
    vec![Slice::ALL, phase(0), phase(1), channel(1)]
}

#[test]
fn sums_are_kept_by_slice() {
    let mut tally = Tally::new(&slices());
    let late_phase = Labels {
        phase: 1,
        channel: 1,
        ..Labels::default()
    };
    let good = score(Served::Yes, Some(1.0), Finding::Pass, 0);
    let bad = score(
        Served::No,
        Some(0.0),
        Finding::Fail(Box::new(Evidence {
            words: PerLanguage::default(),
            quote: None,
        })),
        2,
    );
    tally.record(&turn(1, Labels::default(), Outcome::Answered), Some(&good));
    tally.record(&turn(2, late_phase, Outcome::Answered), Some(&bad));
    tally.record(&turn(2, late_phase, Outcome::Answered), None);
    tally.record(&turn(3, late_phase, Outcome::Silent), None);
    tally.record(&turn(3, late_phase, Outcome::CutShort), Some(&bad));
    let all = tally.slice(0);
    assert_eq!((all.turns, all.answered, all.scored, all.cross_talk), (4, 3, 2, 4));
    assert_eq!(all.checks[0], [1, 1, 2]);
    assert_eq!(tally.served(0), (1, 1, 4));
    assert_eq!(tally.served(1), (1, 0, 1));
    assert_eq!(tally.served(2), (0, 1, 3));
    assert_eq!(tally.slice(2), tally.slice(3));
    assert_eq!(tally.quality(0, 0.95).unwrap().0, 0.5);
    assert_eq!(tally.quality(1, 0.95).unwrap().0, 1.0);
    assert_eq!(Tally::new(&slices()).quality(0, 0.95), None);
}

#[test]
fn turns_are_added_up_by_what_was_wanted_but_for_warm_up() {
    let mut tally = Tally::new(&slices());
    let wanting = |intent, served| TurnScore {
        wanted: intent,
        ..score(served, Some(1.0), Finding::Pass, 0)
    };
    let warm_up = Labels {
        warm_up: true,
        ..Labels::default()
    };
    for (labels, intent, served) in [
        (Labels::default(), Some(3), Served::Yes),
        (Labels::default(), Some(3), Served::No),
        (Labels::default(), None, Served::Yes),
        (warm_up, Some(3), Served::Yes),
        (Labels::default(), Some(1), Served::Yes),
    ] {
        tally.record(&turn(1, labels, Outcome::Answered), Some(&wanting(intent, served)));
    }
    let mut merged = Tally::new(&slices());
    merged.merge(&tally);
    merged.merge(&tally);
    let counts = |tally: &Tally| -> Vec<(u16, u64, u64)> {
        let intents = tally.by_intent(0.95);
        intents
            .map(|(intent, sums, _)| (intent, sums.turns, sums.served))
            .collect()
    };
    assert_eq!(counts(&tally), [(1, 1, 1), (3, 2, 1)]);
    assert_eq!(counts(&merged), [(1, 2, 2), (3, 4, 2)]);
}

#[test]
fn seconds_are_forgotten_once_they_are_taken() {
    let mut tally = Tally::new(&slices());
    let good = score(Served::Yes, Some(1.0), Finding::Pass, 0);
    for second in [1, 1, 2, 5] {
        tally.record(&turn(second, Labels::default(), Outcome::Answered), Some(&good));
    }
    let served = |second, served| ServedSecond {
        second,
        channel: 0,
        served,
    };
    assert_eq!(tally.take_seconds(5), [served(1, 2), served(2, 1)]);
    assert_eq!(tally.take_seconds(5), []);
    tally.record(&turn(2, Labels::default(), Outcome::Answered), Some(&good));
    assert_eq!(tally.take_seconds(u32::MAX), [served(2, 1), served(5, 1)]);
}

fn recorded() -> impl Strategy<Value = (Turn, Option<TurnScore>)> {
    let labels = (0u16..3, 0u16..3, 0u16..2).prop_map(|(phase, channel, persona)| Labels {
        phase,
        channel,
        persona,
        ..Labels::default()
    });
    let outcome = proptest::sample::select(Outcome::ALL);
    let finding = proptest::sample::select(vec![
        Finding::Pass,
        Finding::Fail(Box::new(Evidence {
            words: PerLanguage::default(),
            quote: None,
        })),
        Finding::Unscored,
    ]);
    let served = proptest::sample::select(vec![Served::Yes, Served::No, Served::Unknown]);
    let quality = proptest::option::of(0.0..=1.0);
    let scores = (served, quality, finding, 0u16..3)
        .prop_map(|(served, quality, finding, cross_talk)| score(served, quality, finding, cross_talk));
    let turns = (0u64..100_000, labels, outcome).prop_map(|(second, labels, outcome)| turn(second, labels, outcome));
    (turns, proptest::option::of(scores))
}

proptest! {
    #[test]
    fn parts_in_any_order_merge_to_the_whole(
        (all, shuffled) in proptest::collection::vec((recorded(), 0usize..4), 0..120)
            .prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle()))
    ) {
        let mut whole = Tally::new(&slices());
        for ((turn, score), _) in &all {
            whole.record(turn, score.as_ref());
        }
        let mut parts = vec![Tally::new(&slices()); 4];
        for ((turn, score), part) in &shuffled {
            parts[*part].record(turn, score.as_ref());
        }
        let mut merged = Tally::new(&slices());
        for part in parts.iter().rev() {
            merged.merge(part);
        }
        prop_assert_eq!(&whole, &merged);
        for place in 0..slices().len() {
            prop_assert_eq!(whole.quality(place, 0.95), merged.quality(place, 0.95));
        }
    }

    #[test]
    fn every_turn_is_counted_once_and_the_interval_holds_the_mean(all in proptest::collection::vec(recorded(), 0..120)) {
        let mut tally = Tally::new(&slices());
        for (turn, score) in &all {
            tally.record(turn, score.as_ref());
        }
        let judged = all.iter().filter(|(turn, _)| turn.outcome != Outcome::CutShort).count() as u64;
        let sums = tally.slice(0);
        prop_assert_eq!(sums.turns, judged);
        for counts in sums.checks {
            prop_assert_eq!(counts.iter().sum::<u64>(), judged);
        }
        if let Some((mean, low, high)) = tally.quality(0, 0.95) {
            prop_assert!(0.0 <= low && low <= mean + 1e-9 && mean <= high + 1e-9 && high <= 1.0);
        }
    }
}
