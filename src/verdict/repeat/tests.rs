use super::*;
use crate::scenario::{CountMetric, Metric, Op};
use crate::verdict::testing::{Played, facts, missed_in, scenario, threshold};
use crate::verdict::{Interval, summarise};

fn asked() -> Vec<Threshold> {
    let cross_talk = threshold(Metric::Count(CountMetric::CrossTalk), Stat::Count, Op::Equal, 0.0);
    vec![missed_in(None), cross_talk]
}

fn empty_run() -> Run {
    let played = Played::new(scenario(&["calm", "peak"], asked()));
    summarise(&played.measured(), facts(&played, None)).unwrap()
}

/// A run with this verdict, whose two thresholds came out like this.
fn run(seed: u64, verdict: Verdict, results: [ThresholdVerdict; 2]) -> Run {
    let mut run = Run {
        seed,
        verdict,
        ..empty_run()
    };
    for (result, verdict) in run.thresholds.iter_mut().zip(results) {
        result.verdict = verdict;
        result.observed = Some(seed as f64 / 100.0);
        result.samples = 10;
    }
    run
}

fn held(seed: u64) -> Run {
    run(seed, Verdict::Held, [ThresholdVerdict::Held; 2])
}

fn task(channel: &str, phase: &str, conversations: u64, succeeded: u64) -> TaskNumbers {
    TaskNumbers {
        goal: "coupon".to_owned(),
        persona: "hunter".to_owned(),
        channel: channel.to_owned(),
        phase: phase.to_owned(),
        conversations,
        succeeded,
        unknown: 0,
        cut_short: 1,
    }
}

fn together(runs: &[Run]) -> Repeat {
    repeat(&scenario(&["calm", "peak"], asked()), 3, runs, None)
}

#[test]
fn the_verdict_is_the_first_that_applies_to_any_run() {
    use ThresholdVerdict::{Broken, Held, NotJudged};
    let broken = || run(1, Verdict::Broken, [Broken, Held]);
    let broken_count = || run(2, Verdict::Broken, [NotJudged, Broken]);
    let saturated = || run(3, Verdict::GeneratorSaturated, [NotJudged, Held]);
    let of = |verdict| run(4, verdict, [Held, Held]);
    for (runs, verdict) in [
        (vec![held(1), held(2)], Verdict::Held),
        (vec![held(1), of(Verdict::NoData), of(Verdict::Unsure)], Verdict::Unsure),
        (vec![held(1), of(Verdict::NoData)], Verdict::NoData),
        (vec![of(Verdict::Unsure), broken()], Verdict::Broken),
        // A machine that was too busy in one run may have broken the other.
        (vec![broken(), saturated()], Verdict::GeneratorSaturated),
        (vec![saturated(), broken_count()], Verdict::Broken),
        (vec![broken_count(), of(Verdict::Interrupted)], Verdict::Interrupted),
    ] {
        assert_eq!(together(&runs).verdict, verdict);
    }
    let scenario = scenario(&["calm"], asked());
    let stopped = repeat(&scenario, 3, &[held(1)], Some("interrupted by the user".to_owned()));
    assert_eq!(stopped.verdict, Verdict::Interrupted);
}

#[test]
fn a_threshold_that_holds_in_some_runs_and_breaks_in_others_is_told_as_such() {
    use ThresholdVerdict::{Broken, Held, Unsure};
    let repeat = together(&[
        run(1, Verdict::Broken, [Broken, Held]),
        run(2, Verdict::Unsure, [Unsure, Held]),
        run(3, Verdict::Held, [Held, Held]),
    ]);
    let [missed, cross_talk] = &repeat.thresholds[..] else {
        panic!("two thresholds");
    };
    assert_eq!((missed.verdict, missed.is_mixed), (Broken, true));
    assert_eq!(missed.verdicts, [Broken, Unsure, Held]);
    assert_eq!(
        (missed.observed.median, missed.observed.min, missed.observed.max),
        (Some(0.02), Some(0.01), Some(0.03))
    );
    assert_eq!((cross_talk.verdict, cross_talk.is_mixed), (Held, false));
}

#[test]
fn figures_are_those_of_the_runs_that_were_not_interrupted() {
    let served = |rate: f64, run: Run| {
        let mut run = run;
        run.totals.served = Some(Interval {
            rate,
            low: rate,
            high: rate,
        });
        run
    };
    let cut = run(9, Verdict::Interrupted, [ThresholdVerdict::NoData; 2]);
    let repeat = together(&[served(0.9, held(7)), served(0.7, held(8)), served(0.1, cut)]);
    let spread = repeat.figures.served;
    assert_eq!(
        (spread.median, spread.min, spread.max, spread.runs),
        (Some(0.8), Some(0.7), Some(0.9), 2)
    );
    let listed: Vec<_> = repeat
        .runs
        .iter()
        .map(|run| (run.number, run.seed, run.figures.served))
        .collect();
    assert_eq!(listed, [(1, 7, Some(0.9)), (2, 8, Some(0.7)), (3, 9, Some(0.1))]);
}

#[test]
fn pass_k_adds_the_conversations_of_a_task_up_over_runs_and_by_phase() {
    let with = |seed, tasks: Vec<TaskNumbers>| Run { tasks, ..held(seed) };
    let cut = Run {
        tasks: vec![task("web", "calm", 100, 0)],
        ..run(9, Verdict::Interrupted, [ThresholdVerdict::NoData; 2])
    };
    let repeat = together(&[
        with(1, vec![task("web", "calm", 2, 2), task("web", "peak", 2, 1)]),
        with(2, vec![task("web", "calm", 2, 2), task("wechat", "peak", 1, 1)]),
        cut,
    ]);
    // web: 5 of 6 in all; wechat has one conversation and there are two runs.
    assert_eq!((repeat.pass_k.tasks, repeat.pass_k.tasks_left_out), (1, 1));
    let rates: Vec<f64> = repeat.pass_k.of.iter().map(|rate| rate.rate).collect();
    assert!((rates[0] - 5.0 / 6.0).abs() < 1e-12, "{rates:?}");
    assert!((rates[1] - 10.0 / 15.0).abs() < 1e-12, "{rates:?}");
    assert_eq!(rates.len(), 2, "the run that was interrupted is no run for k");
    assert_eq!(repeat.pass_k_by_phase.keys().collect::<Vec<_>>(), ["calm", "peak"]);
    assert!(repeat.pass_k_by_phase["calm"].of.iter().all(|rate| rate.rate == 1.0));
    assert_eq!(repeat.pass_k_by_phase["peak"].of[1].rate, 0.0);
    let [web, wechat] = &repeat.tasks[..] else {
        panic!("two tasks");
    };
    assert_eq!((web.conversations, web.succeeded, web.cut_short), (6, 5, 3));
    assert_eq!((wechat.channel.as_str(), wechat.conversations), ("wechat", 1));
}

#[test]
fn it_follows_its_published_schema_with_every_key_present() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schemas/repeat.schema.json");
    let current = format!("{:#}\n", repeat_schema());
    if std::env::var_os("UPDATE_SCHEMAS").is_some() {
        std::fs::write(&path, &current).unwrap();
    }
    let published = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(published == current, "run `make schemas` and commit docs/schemas");
    let schema = jsonschema::validator_for(&repeat_schema()).unwrap();
    let mut json = serde_json::to_value(together(&[held(1), held(2)])).unwrap();
    assert!(schema.is_valid(&json));
    json.as_object_mut().unwrap().remove("stopped");
    assert!(!schema.is_valid(&json), "every key is required");
}
