//! throng's figures against what the built-in bot says that it really did, over each of its protocols.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::collections::BTreeMap;

use support::{Desk, Program, Rehearsed};
use throng::demo_bot::Truth;
use throng::scenario::Fault;
use throng::self_test::{last_deliveries, outcomes};

/// Customers who send one message at a time, do not nudge and outlast every deadline, so that each turn is one message
/// and the bot's own record says how it must have turned out. Every fault lies at least a second from the deadlines.
const SCENARIO: &str = "
scenario: truth
seed: 7
pace: 50
knowledge: beauty-shop
goals: beauty-shop
channels:
  - web: {profile: PROFILE, share: 1}
customers:
  - {persona: patient-zh, goal: check-coupon, share: 1}
  - {persona: patient-en, goal: chase-delivery, share: 1}
traffic:
  arrivals: even
  phases:
    - hold: {name: steady, for: 4s, rate: 60/s}
deadline: {reply: 2s, grace: 3s}
drain: 12s
bot:
  workers: 500
  queue: 5000
  service_time: {median: 60ms, sigma: 0.3}
  slow_by: 3s
  chunk_gap: 5ms
  faults: {refused: 0.06, http_error: 0.06, bot_error: 0.06, connection_lost: 0.06, truncated: 0.06, empty: 0.06, silent: 0.05,
           placeholder: 0.06, slow: 0.06, fallback: 0.05, wrong_value: 0.05}
define:
  personas:
    - &patient
      persona: patient-zh
      language: zh
      typing: {burst: [1], typos: 0}
      think: {median: 2s}
      patience: {max_nudges: 0, leave_after: {median: 60s}, leaves_silently: 1}
    - {<<: *patient, persona: patient-en, language: en}
";

fn rehearse(profile: &str, path: &str) -> (Rehearsed, Truth) {
    let desk = Desk::with(&SCENARIO.replace("PROFILE", profile));
    let bot = Program::bot(&desk.scenario(), &[]);
    let target = format!("{}{path}", bot.url);
    let rehearsed = desk.rehearse(&["--target", &target]);
    (rehearsed, truth_of(&bot))
}

fn truth_of(bot: &Program) -> Truth {
    serde_json::from_value(bot.truth()).unwrap()
}

fn assert_true(profile: &str, path: &str) {
    let (rehearsed, truth) = rehearse(profile, path);
    let wanted: BTreeMap<&str, u64> = outcomes(&truth)
        .into_iter()
        .map(|(outcome, count)| (outcome.word(), count))
        .collect();
    let turns = rehearsed.run["totals"]["turns"]
        .as_object()
        .unwrap_or_else(|| panic!("{profile}: {rehearsed:?}"));
    let found: BTreeMap<&str, u64> = turns
        .iter()
        .filter(|(name, count)| name.as_str() != "sent" && count.as_u64() != Some(0))
        .map(|(name, count)| (name.as_str(), count.as_u64().unwrap()))
        .collect();
    assert_eq!(found, wanted, "{profile}");
    assert_eq!(
        rehearsed.count("/totals/turns/sent"),
        wanted.values().sum::<u64>(),
        "{profile}"
    );
    assert_eq!(rehearsed.count("/generator/planned"), 240, "{profile}");
    assert_eq!(rehearsed.count("/totals/conversations/started"), 240, "{profile}");
    assert_eq!(rehearsed.count("/totals/turns/cut_short"), 0, "{profile}");
    assert!(
        wanted.len() >= 8,
        "{profile}: too few kinds of outcome to prove anything: {wanted:?}"
    );
}

#[test]
fn generic_json_outcomes_equal_the_truth() {
    assert_true("generic-json", "/chat");
}

#[test]
fn openai_chat_outcomes_equal_the_truth() {
    assert_true("openai-chat", "/v1");
}

#[test]
fn openai_stream_outcomes_equal_the_truth() {
    assert_true("openai-chat-stream", "/v1");
}

#[test]
fn dify_stream_outcomes_equal_the_truth() {
    assert_true("dify-chat-stream", "/dify");
}

#[test]
fn rasa_outcomes_equal_the_truth() {
    assert_true("rasa-rest", "/rasa");
}

#[test]
fn wechat_outcomes_equal_the_truth() {
    assert_true("wechat-official-account", "/wechat");
}

#[test]
fn encrypted_wechat_outcomes_equal_the_truth() {
    assert_true("wechat-official-account-aes", "/wechat");
}

#[test]
fn wrong_answers_are_found_and_right_ones_are_not_blamed() {
    let desk = Desk::with(&SCENARIO.replace("PROFILE", "generic-json"));
    let faults = [
        "wrong_value=0.2",
        "forbidden=0.1",
        "wrong_language=0.1",
        "fallback=0.1",
        "cross_talk=0.05",
    ];
    let flags: Vec<&str> = faults.iter().flat_map(|fault| ["--fault", fault]).collect();
    let bot = Program::bot(&desk.scenario(), &flags);
    let rehearsed = desk.rehearse(&["--target", &format!("{}/chat", bot.url)]);
    let truth = truth_of(&bot);
    let told = |fault: Fault| {
        let records = last_deliveries(&truth);
        records.iter().filter(|record| record.fault == Some(fault)).count() as u64
    };
    let failed = |check: &str| rehearsed.count(&format!("/totals/quality/checks/{check}/fail"));
    assert_eq!(failed("forbidden"), told(Fault::Forbidden));
    assert_eq!(failed("language"), told(Fault::WrongLanguage));
    assert_eq!(failed("fallback"), told(Fault::Fallback));
    assert_eq!(failed("cross_talk"), told(Fault::CrossTalk));
    assert_eq!(failed("contradicted"), told(Fault::WrongValue));
    assert!(told(Fault::WrongValue) > 20 && told(Fault::CrossTalk) > 0);
}
