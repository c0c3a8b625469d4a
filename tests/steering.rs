//! How a run is ended early, by whom, and what odd traffic makes of it.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;
use support::{Desk, Program, THRONG};
use throng::archive::evidence;
use throng::rehearsal::{Options, RehearsalError, Stops, rehearse};
use throng::scenario::{LoadOptions, load};

const SCENARIO: &str = "
scenario: steered
seed: 3
knowledge: beauty-shop
goals: beauty-shop
channels:
  - web: {profile: generic-json, share: 1}
customers:
  - {persona: bargain-hunter, goal: check-coupon, share: 1}
traffic:
  arrivals: even
  phases:
    - hold: {name: calm, for: 10m, rate: 20/s}
pace: 50
deadline: {reply: 1s, grace: 500ms}
thresholds:
  that: ['cross_talk: count == 0']
";

fn with_phases(phases: &str) -> Desk {
    Desk::with(&SCENARIO.replace("- hold: {name: calm, for: 10m, rate: 20/s}", phases))
}

/// Every planned conversation is started or not sent, every started one ended, every sent turn has its outcome.
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
fn a_broken_aborting_threshold_stops_the_run_soon_and_ends_99() {
    let desk = Desk::with(&SCENARIO.replace(
        "['cross_talk: count == 0']",
        "[{that: 'dropped: rate < 20%', abort: true, after: 1s}]",
    ));
    let rehearsed = desk.rehearse(&["--set", "bot.faults.placeholder=1"]);
    assert_eq!(rehearsed.code, 99, "{rehearsed:?}");
    assert!(rehearsed.number("/duration_s") < 60.0, "of ten minutes");
    assert!(rehearsed.run["stopped"].as_str().unwrap().contains("dropped"));
    assert!(rehearsed.count("/generator/not_sent/reasons/stopped") > 0);
    assert_balanced(&rehearsed.run);
}

#[cfg(target_os = "linux")]
#[test]
fn the_guard_stops_a_run_whose_bot_is_gone_and_the_end_of_the_built_in_bot_is_told() {
    let desk = Desk::with(SCENARIO);
    let mut throng = Command::new(THRONG)
        .args(["run", "test.yaml", "--out", "out", "--no-tui"])
        .current_dir(desk.folder.path())
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(throng.stderr.take().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    assert!(first.contains("conversations"), "{first}");
    let bot = std::fs::read_to_string(format!("/proc/{0}/task/{0}/children", throng.id())).unwrap();
    assert!(
        Command::new("kill")
            .args(["-9", bot.trim()])
            .status()
            .unwrap()
            .success()
    );
    lines.for_each(drop);
    assert_eq!(throng.wait().unwrap().code(), Some(105));
    let run = run_json(&desk.out());
    assert!(run["stopped"].as_str().unwrap().contains("transport"), "{run}");
    assert!(run["totals"]["turns"]["connection_lost"].as_u64().unwrap() > 100);
    assert!(run["generator"]["warnings"].to_string().contains("built-in bot ended"));
    assert_balanced(&run);
}

fn run_json(folder: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(folder.join("run.json")).unwrap()).unwrap()
}

#[cfg(unix)]
#[test]
fn a_machine_without_descriptors_is_a_saturated_generator_ends_98_and_blames_no_bot() {
    let desk = with_phases("- burst: {name: rush, at_once: 200, for: 500ms}");
    let slow = ["--service-time", "400ms", "--workers", "200"];
    let bot = Program::bot(&desk.scenario(), &slow);
    let checked = Command::new("sh")
        .args([
            "-c",
            &format!("ulimit -n 64; exec {THRONG} check test.yaml --set channels.web.connection=per_conversation"),
        ])
        .current_dir(desk.folder.path())
        .output()
        .unwrap();
    let warned = String::from_utf8(checked.stderr).unwrap();
    assert!(
        warned.contains("this process may have 64; raise the limit with `ulimit -n 65536`"),
        "{warned}"
    );
    let starved = format!(
        "ulimit -n 64; exec {THRONG} run test.yaml --out out --quiet --target {}/chat --set deadline.reply=20s \
         --set channels.web.connection=per_conversation",
        bot.url
    );
    let output = Command::new("sh")
        .args(["-c", &starved])
        .current_dir(desk.folder.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(98), "{output:?}");
    let run = run_json(&desk.out());
    assert_eq!(run["verdict"], "generator_saturated");
    let turns = &run["totals"]["turns"];
    let (sent, cut_short) = (turns["sent"].as_u64().unwrap(), turns["cut_short"].as_u64().unwrap());
    assert_eq!(turns["answered"].as_u64().unwrap() + cut_short, sent, "{turns}");
    assert!(cut_short > 0, "{turns}");
    let conversations = &run["totals"]["conversations"];
    assert_eq!(conversations["gave_up"], 0, "nobody waited in vain: {conversations}");
    assert!(
        run["generator"]["not_sent"]["reasons"]["no_resources"]
            .as_u64()
            .unwrap()
            > 0
    );
    let warnings = run["generator"]["warnings"].to_string();
    assert!(warnings.contains("want of descriptors"), "{warnings}");
    assert!(warnings.contains("ulimit -n 65536"), "{warnings}");
    assert!(warnings.contains("the peak needs about"), "{warnings}");
    assert_balanced(&run);
}

#[test]
fn traffic_of_any_shape_is_played_and_balances() {
    for (phases, planned) in [
        (
            "- quiet: {name: calm, for: 1s}\n    - hold: {name: open, for: 1s, rate: 10/s}",
            10,
        ),
        ("- burst: {name: rush, at_once: 40, for: 100ms}", 40),
        ("- burst: {name: single, at_once: 1, for: 1s}", 1),
        ("- hold: {name: nobody, for: 1s, rate: 0/s}", 0),
        (
            "- hold: {name: warm, for: 1s, rate: 10/s, warm_up: true}\n    - hold: {name: calm, for: 1s, rate: 10/s}",
            20,
        ),
    ] {
        let rehearsed = with_phases(phases).rehearse(&[]);
        assert_eq!(
            rehearsed.code,
            if planned == 0 { 96 } else { 0 },
            "{phases}: {rehearsed:?}"
        );
        assert_eq!(rehearsed.count("/generator/planned"), planned, "{phases}");
        assert_eq!(rehearsed.count("/generator/started"), planned, "{phases}");
        assert_balanced(&rehearsed.run);
    }
}

#[test]
fn a_channel_that_nobody_uses_is_not_asked_to_answer() {
    let desk = Desk::with(
        &SCENARIO
            .replace(
                "share: 1}\ncustomers",
                "share: 1}\n  - shut: {profile: generic-json, share: 0, target: 'http://127.0.0.1:9'}\ncustomers",
            )
            .replace("for: 10m", "for: 1s"),
    );
    let rehearsed = desk.rehearse(&[]);
    assert_eq!(rehearsed.code, 0, "{rehearsed:?}");
    assert_eq!(rehearsed.count("/by_channel/shut/turns/sent"), 0);
}

#[test]
fn a_drain_shorter_than_the_deadline_does_not_cut_the_first_contact_off() {
    let desk = with_phases("- hold: {name: calm, for: 200ms, rate: 10/s}");
    let rehearsed = desk.rehearse(&[
        "--set",
        "drain=0s",
        "--set",
        "deadline.reply=5s",
        "--set",
        "bot.service_time={median: 1s}",
    ]);
    assert_ne!(rehearsed.code, 100, "{rehearsed:?}");
    assert_eq!(rehearsed.count("/generator/started"), 2);
}

#[test]
fn the_series_by_second_adds_up_to_the_totals() {
    let desk = with_phases("- hold: {name: calm, for: 8s, rate: 20/s}");
    let rehearsed = desk.rehearse(&["--set", "bot.faults.wrong_value=0.3", "--set", "bot.faults.refused=0.1"]);
    let seconds = evidence(&desk.out()).unwrap().seconds;
    let sum = |of: fn(&throng::verdict::Second) -> u64| seconds.iter().map(of).sum::<u64>();
    assert_eq!(
        sum(|second| second.started),
        rehearsed.count("/totals/conversations/started")
    );
    assert_eq!(sum(|second| second.sent), rehearsed.count("/totals/turns/sent"));
    assert_eq!(sum(|second| second.answered), rehearsed.count("/totals/turns/answered"));
    let served = rehearsed.number("/totals/served/rate") * rehearsed.count("/totals/turns/sent") as f64;
    assert_eq!(sum(|second| second.served), served.round() as u64);
    assert!(served > 1.0 && rehearsed.count("/totals/turns/answered") > served as u64);
}

#[test]
fn whoever_interrupts_before_the_load_does_not_wait_for_a_target() {
    let desk = Desk::with(SCENARIO);
    let options = LoadOptions {
        target: Some("http://127.0.0.1:9/chat".to_owned()),
        ..LoadOptions::default()
    };
    let scenario = load(desk.scenario().to_str().unwrap(), &options).unwrap();
    let options = Options {
        out: Some(desk.out()),
        wait_for_target: Some(Duration::from_secs(20)),
        ..Options::default()
    };
    let stops = Stops::default();
    stops.gently.cancel();
    let error = rehearse(scenario, &options, &stops, &mut |_| {}).unwrap_err();
    assert!(matches!(error, RehearsalError::Interrupted), "{error}");
    assert!(!desk.out().exists());
}
