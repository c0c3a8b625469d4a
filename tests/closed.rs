//! The closed workload from end to end: the real binary, goose, the built-in bot.

#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![cfg(feature = "closed")]

mod support;

use std::process::{Command, Stdio};

use serde_json::Value;
use support::{Desk, THRONG};
use throng::rehearsal::{Options, Stops, rehearse};
use throng::scenario::{LoadOptions, load};

const SCENARIO: &str = "
scenario: closed
seed: 3
knowledge: beauty-shop
goals: beauty-shop
channels:
  - web: {profile: generic-json, share: 1}
customers:
  - {persona: bargain-hunter, goal: check-coupon, share: 1}
workload: closed
population: 12
traffic:
  phases:
    - shift: {name: come, for: 2s, warm_up: true}
    - keep: {name: stay, for: 3s}
    - shift: {name: leave, for: 1s, to: 0}
pace: 50
deadline: {reply: 1s, grace: 500ms}
thresholds:
  that: ['cross_talk: count == 0']
";

/// Every customer handed over is started or not sent, every started one ended, every sent turn has its outcome.
fn assert_balanced(run: &Value) {
    let count = |pointer: &str| run.pointer(pointer).and_then(Value::as_u64).unwrap();
    assert_eq!(
        count("/generator/planned"),
        count("/generator/started") + count("/generator/not_sent/total")
    );
    for (kind, whole) in [("turns", "sent"), ("conversations", "started")] {
        let counts = run["totals"][kind].as_object().unwrap();
        let parts = counts.iter().filter(|(name, _)| *name != whole);
        let sum: u64 = parts.map(|(_, count)| count.as_u64().unwrap()).sum();
        assert_eq!(sum, counts[whole].as_u64().unwrap(), "{kind}: {counts:?}");
    }
}

#[test]
fn a_population_comes_back_balances_and_is_never_more_than_planned() {
    let desk = Desk::with(SCENARIO);
    let output = desk.throng(&["run", "test.yaml", "--out", "out", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let run: Value = serde_json::from_slice(&output.stdout).expect("run.json alone on standard output");
    assert_balanced(&run);
    assert_eq!((&run["workload"], &run["population"]), (&"closed".into(), &12.into()));
    assert_eq!(run["generator"]["peak_open_conversations"], 12);
    assert!(
        run["generator"]["started"].as_u64().unwrap() > 24,
        "they came back: {run}"
    );
    assert_eq!(
        run["by_phase"].as_object().unwrap().keys().collect::<Vec<_>>(),
        ["come", "stay", "leave"]
    );
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(!stderr.to_lowercase().contains("goose"), "{stderr}");
    let files = std::fs::read_dir(desk.folder.path()).unwrap().count();
    assert_eq!(files, 2, "the scenario and the run directory, nothing of goose's");
    let summary = std::fs::read_to_string(desk.out().join("summary.md")).unwrap();
    assert!(summary.contains("Closed workload: at most 12 customers"), "{summary}");
}

#[test]
fn two_runs_in_one_process_one_after_the_other_and_one_that_is_stopped_before() {
    let desk = Desk::with(SCENARIO);
    let scenario = load(desk.scenario().to_str().unwrap(), &LoadOptions::default()).unwrap();
    let hold = |name: &str, stop_after: Option<u64>| {
        let options = Options {
            out: Some(desk.folder.path().join(name)),
            executable: Some(THRONG.into()),
            ..Options::default()
        };
        let stops = Stops::default();
        let finished = rehearse(scenario.clone(), &options, &stops, &mut |snapshot| {
            if stop_after.is_some_and(|conversations| snapshot.started > conversations) {
                stops.now.cancel();
            }
        });
        serde_json::to_value(finished.unwrap().run).unwrap()
    };
    let stopped = hold("stopped", Some(0));
    assert_eq!(stopped["verdict"], "interrupted");
    assert_balanced(&stopped);
    for name in ["first", "second"] {
        let run = hold(name, None);
        assert_eq!(run["verdict"], "held", "{run}");
        assert_eq!(run["generator"]["peak_open_conversations"], 12);
        assert_balanced(&run);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn ctrl_c_ends_a_closed_run_in_good_order_and_the_second_one_at_once() {
    for interrupts in [1, 2] {
        let desk = Desk::with(&SCENARIO.replace("for: 3s", "for: 10m").replace("pace: 50", "pace: 5"));
        let mut throng = Command::new(THRONG)
            .args(["run", "test.yaml", "--out", "out", "--json", "--no-tui"])
            .current_dir(desk.folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = std::io::BufRead::lines(std::io::BufReader::new(throng.stderr.take().unwrap()));
        let mut lines = lines.map(Result::unwrap);
        assert!(lines.next().unwrap().contains("conversations"));
        let pid = throng.id().to_string();
        for _ in 0..interrupts {
            assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
            // Each is told of before the next is sent.
            let mut heard = Vec::new();
            let is_told = lines.any(|line| {
                heard.push(line);
                heard
                    .last()
                    .is_some_and(|line| line.contains("stopping") || line.contains("leaving"))
            });
            assert!(is_told, "of {interrupts}: {heard:?}");
        }
        lines.for_each(drop);
        let output = throng.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(105));
        let run: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(run["verdict"], "interrupted");
        assert!(run["duration_s"].as_f64().unwrap() < 60.0, "of ten minutes");
        assert_balanced(&run);
    }
}

#[test]
fn a_spent_budget_ends_a_closed_run() {
    let desk = Desk::with(&SCENARIO.replace("for: 3s", "for: 10m"));
    let rehearsed = desk.rehearse(&["--set", "budget.turns=40"]);
    assert_eq!(rehearsed.code, 105, "{rehearsed:?}");
    assert_balanced(&rehearsed.run);
    let sent = rehearsed.count("/by_phase/come/turns/sent") + rehearsed.count("/totals/turns/sent");
    // A turn whose customer was cut off in the middle of a burst was begun, not sent.
    assert!((30..=40).contains(&sent), "{sent}");
}

#[test]
fn check_plan_and_list_say_that_the_workload_is_closed() {
    let desk = Desk::with(SCENARIO);
    let said = |arguments: &[&str]| String::from_utf8(desk.throng(arguments).stdout).unwrap();
    assert!(said(&["check", "closed-shop"]).contains("closed workload of 30 customers"));
    let plan: Value = serde_json::from_str(&said(&["plan", "closed-shop", "--json"])).unwrap();
    assert_eq!((&plan["workload"], &plan["population"]), (&"closed".into(), &30.into()));
    assert_eq!(plan["peak_open_conversations"], 30.0);
    let drawn = said(&["plan", "closed-shop", "--lang", "en"]);
    assert!(drawn.contains("at most 30 customers at once for 20 s"), "{drawn}");
    assert!(!drawn.contains("exactly"), "{drawn}");
    assert!(said(&["list", "scenarios"]).contains("closed-shop"));
}
