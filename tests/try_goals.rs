//! `throng try` with the real binary and the built-in bot.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use serde_json::Value;
use support::Desk;

const SHOP: &str = "
scenario: small
seed: 2
knowledge: beauty-shop
goals: beauty-shop
channels:
  - web: {profile: generic-json, share: 1}
  - app: {profile: openai-chat, share: 1}
customers:
  - {persona: bargain-hunter, goal: check-coupon, share: 1}
  - {persona: overseas-student, goal: check-coupon, share: 1}
  - {persona: anxious-parent, goal: chase-delivery, share: 1}
traffic:
  phases:
    - hold: {name: calm, for: 1s, rate: 20/s}
pace: 50
deadline: {reply: 5s, grace: 1s}
";

fn try_goals(desk: &Desk, flags: &[&str]) -> (Option<i32>, String, String) {
    let scenario = desk.scenario();
    let output = desk.throng(&[&["try", scenario.to_str().unwrap()][..], flags].concat());
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

fn held(told: &Value) -> Vec<(&str, &str, &str)> {
    let conversations = told["conversations"].as_array().unwrap();
    conversations
        .iter()
        .map(|tried| {
            let word = |key: &str| tried[key].as_str().unwrap();
            (word("goal"), word("language"), word("channel"))
        })
        .collect()
}

#[test]
fn each_goal_is_tried_once_in_each_language_with_every_check() {
    let desk = Desk::with(SHOP);
    let (code, stdout, stderr) = try_goals(&desk, &["--json"]);
    let told: Value = serde_json::from_str(&stdout).unwrap_or_else(|_| panic!("{stderr}"));
    assert_eq!(code, Some(0), "{stdout}");
    let schema: Value = serde_json::from_slice(&desk.throng(&["schema", "try"]).stdout).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&told));
    let expected = [
        ("check-coupon", "zh", "web"),
        ("check-coupon", "en", "web"),
        ("chase-delivery", "zh", "web"),
    ];
    assert_eq!(held(&told), expected);
    assert_eq!(told["verdict"], "passed");
    for tried in told["conversations"].as_array().unwrap() {
        let turns = tried["turns"].as_array().unwrap();
        assert!(!turns.is_empty());
        assert!(
            turns.iter().all(|turn| turn["checks"]["language"]["passed"] == true),
            "{tried}"
        );
        assert!(
            turns.iter().all(|turn| !turn["replies"].as_array().unwrap().is_empty()),
            "{tried}"
        );
    }
}

#[test]
fn a_wrong_answer_ends_99_and_its_evidence_is_shown() {
    let desk = Desk::with(SHOP);
    let wrong = [
        "--goal",
        "check-coupon",
        "--channel",
        "app",
        "--set",
        "bot.faults.wrong_value=1",
    ];
    let (code, stdout, _) = try_goals(&desk, &wrong);
    assert_eq!(code, Some(99), "{stdout}");
    assert!(stdout.contains("contradicted: FAIL, "), "{stdout}");
    assert!(stdout.contains("on app") && !stdout.contains("on web"), "{stdout}");
    assert!(stdout.contains("a turn served nobody"), "{stdout}");
}

#[test]
fn a_talk_that_nobody_answers_ends_100_and_one_that_is_answered_0() {
    let desk = Desk::with(SHOP);
    let talk = |flags: &[&str]| {
        let scenario = desk.scenario();
        let output = desk.throng(&[&["talk", scenario.to_str().unwrap(), "--channel", "web"][..], flags].concat());
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    let (code, stderr) = talk(&["--target", "http://127.0.0.1:9/chat"]);
    assert_eq!(code, Some(100), "{stderr}");
    assert!(
        stderr.contains("channel `web` got no answer from") && stderr.contains("hint: start the bot"),
        "{stderr}"
    );
    assert_eq!(talk(&["--set", "bot.faults.http_error=1"]).0, Some(100));
    assert_eq!(talk(&["--set", "bot.faults.wrong_value=1"]).0, Some(0));
}

#[test]
fn it_speaks_chinese() {
    let desk = Desk::with(SHOP);
    let (code, stdout, _) = try_goals(&desk, &["--goal", "chase-delivery", "--lang", "zh"]);
    assert_eq!(code, Some(0), "{stdout}");
    for word in ["客户", "机器人", "轮次 1", "通过", "结论"] {
        assert!(stdout.contains(word), "{word}: {stdout}");
    }
}

#[test]
fn a_target_that_is_not_there_ends_100_and_what_does_not_exist_104() {
    let desk = Desk::with(SHOP);
    let nobody = ["--channel", "web", "--target", "http://127.0.0.1:9/chat"];
    let (code, _, stderr) = try_goals(&desk, &nobody);
    assert_eq!(code, Some(100), "{stderr}");
    let (code, _, stderr) = try_goals(&desk, &["--goal", "nothing"]);
    assert_eq!(code, Some(104));
    assert!(stderr.contains("persona / goal / channel are"), "{stderr}");
    let foreign = ["--target", "http://192.0.2.1/chat", "--set", "budget={turns: 5}"];
    let (code, _, stderr) = try_goals(&desk, &foreign);
    assert_eq!(code, Some(104));
    assert!(stderr.contains("--allow-target"), "{stderr}");
}
