//! `throng self-test` as a whole, and that a bot's stall shows in full. Counts, orders and ratios only: a noisy machine
//! may cost throng time, but never a turn.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::Path;

use serde_json::Value;
use support::{Desk, THRONG};
use throng::rehearsal::Stops;
use throng::scenario::Fault;
use throng::self_test::{Cell, CellPlan, CellVerdict, Finding, SelfTestVerdict, Witnessed, hold};

/// A cell during which the machine did not stand still; after five tries, one of any kind.
fn held(plan: &CellPlan) -> (Witnessed, Cell) {
    let hold = || {
        let folder = tempfile::tempdir().unwrap();
        let witnessed = hold(plan, Path::new(THRONG), folder.path(), &Stops::default()).unwrap();
        let cell = witnessed.judge();
        (witnessed, cell)
    };
    let is_calm = |held: &(Witnessed, Cell)| !held.1.findings.contains(&Finding::Disturbed);
    (1..5).map(|_| hold()).find(is_calm).unwrap_or_else(hold)
}

#[test]
fn a_bot_that_stands_still_for_two_of_ten_seconds_delays_a_fifth_of_the_turns() {
    let (rate, seconds) = (20.0, 10);
    let (witnessed, cell) = held(&CellPlan::freeze("generic-json", rate, seconds));
    assert_eq!((cell.turns, cell.miscounted), (200, 0), "{cell:?}");
    let waits = cell.freeze.unwrap();
    let (found, paper) = (waits.reported, waits.on_paper);
    assert_eq!(paper.over_500_ms, 30.0);
    assert!(found.over_500_ms >= 29.0, "{waits:?}");
    for (found, paper) in [
        (found.p90, paper.p90),
        (found.p95, paper.p95),
        (found.p99, paper.p99),
        (found.mean, paper.mean),
    ] {
        assert!(found / paper > 0.9, "{waits:?}");
    }
    // Nor does it make waits up. A machine that is slow may add some, which the bot or throng's lag then knows of.
    let bot_says = witnessed
        .truth
        .turns
        .iter()
        .filter(|record| record.delay_ms > 500.0)
        .count() as f64;
    let is_late = cell.schedule_lag_ms.p99.is_some_and(|lag| lag > 25.0);
    assert!(
        is_late || found.over_500_ms <= bot_says.max(30.0) + 6.0,
        "{waits:?}, the bot says {bot_says}"
    );
    // What a tool tells that waits for each answer before it sends on.
    let naive = waits.one_at_a_time;
    assert!(
        naive.over_500_ms <= 1.0 && naive.p99 < found.p90 / 10.0 && naive.mean < found.mean / 10.0,
        "{waits:?}"
    );
}

#[test]
fn the_self_test_fails_when_one_turn_of_the_truth_is_counted_otherwise() {
    let (mut witnessed, cell) = held(&CellPlan::mixed("generic-json", 100.0, 1));
    assert_eq!((cell.turns, cell.miscounted), (100, 0), "{cell:?}");
    assert!(
        cell.counts.len() > 6,
        "too few kinds of outcome to prove anything: {cell:?}"
    );
    let right = witnessed
        .truth
        .turns
        .iter_mut()
        .rfind(|record| record.fault.is_none())
        .unwrap();
    right.fault = Some(Fault::Refused);
    let doctored = witnessed.judge();
    assert_eq!(doctored.miscounted, 1);
    assert_eq!(doctored.verdict, CellVerdict::OutOfTolerance, "{doctored:?}");
    assert_eq!(SelfTestVerdict::of(&[doctored], true), SelfTestVerdict::OutOfTolerance);
}

#[test]
fn the_small_matrix_counts_every_turn_and_its_json_follows_the_published_schema() {
    let desk = Desk::with("");
    let output = desk.throng(&["self-test", "--quick", "--json", "--out", "runs"]);
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let schema: Value = serde_json::from_slice(&desk.throng(&["schema", "self-test"]).stdout).unwrap();
    let mistakes: Vec<String> = jsonschema::validator_for(&schema)
        .unwrap()
        .iter_errors(&found)
        .map(|error| error.to_string())
        .collect();
    assert!(mistakes.is_empty(), "{mistakes:?}");
    assert_eq!(found["schema"], "throng.self-test/1");
    for cell in found["cells"].as_array().unwrap() {
        let is_disturbed = cell["findings"]
            .as_array()
            .unwrap()
            .iter()
            .any(|finding| finding == "disturbed");
        assert!(cell["miscounted"] == 0 || is_disturbed, "{cell:#}");
        assert!(cell["turns"].as_u64().unwrap() >= 100, "{cell:#}");
    }
    // In a debug build on a busy machine times may be off; what the exit code says of them must be what is written.
    let code = match found["verdict"].as_str().unwrap() {
        "in_tolerance" => 0,
        "out_of_tolerance" => 1,
        "saturated" => 98,
        verdict => panic!("{verdict}"),
    };
    assert_eq!(output.status.code(), Some(code));
    let kept = desk.folder.path().join("runs/generic-json-200-none/run.json");
    assert!(kept.is_file(), "--out keeps the runs");
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(told.lines().count(), found["cells"].as_array().unwrap().len(), "{told}");
}

#[test]
fn a_folder_that_holds_something_is_refused() {
    let desk = Desk::with("");
    let output = desk.throng(&["self-test", "--quick", "--out", "."]);
    assert_eq!(output.status.code(), Some(104));
    assert!(String::from_utf8_lossy(&output.stderr).contains("hint:"));
}
