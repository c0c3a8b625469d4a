//! throng's figures against what the built-in bot says that it really did, over each of its protocols.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::collections::BTreeMap;

use support::{Desk, Program, Rehearsed, ports};
use throng::conversation::Outcome;
use throng::demo_bot::Truth;
use throng::scenario::Fault;
use throng::self_test::{last_deliveries, outcome, outcomes};

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

/// The same over a protocol whose replies come as calls to the platform that throng plays.
fn rehearse_with_calls(profile: &str, path: &str, changes: &[(&str, &str)]) -> (Rehearsed, Truth) {
    let scenario = changes
        .iter()
        .fold(SCENARIO.replace("PROFILE", profile), |scenario, (from, to)| {
            scenario.replace(from, to)
        });
    let desk = Desk::with(&scenario);
    let address = ports::address();
    let bot = Program::bot(&desk.scenario(), &["--platform", &format!("http://{address}")]);
    let target = format!("{}{path}", bot.url);
    let rehearsed = desk.rehearse(&["--target", &target, "--serve", &address]);
    (rehearsed, truth_of(&bot))
}

fn truth_of(bot: &Program) -> Truth {
    serde_json::from_value(bot.truth()).unwrap()
}

fn assert_true(profile: &str, path: &str) {
    let (rehearsed, truth) = rehearse(profile, path);
    assert_equal(profile, &rehearsed, &truth);
}

fn assert_equal(profile: &str, rehearsed: &Rehearsed, truth: &Truth) {
    let wanted = outcomes(truth);
    assert_counted(profile, rehearsed, &wanted);
    assert!(
        wanted.len() >= 8,
        "{profile}: too few kinds of outcome to prove anything: {wanted:?}"
    );
}

/// So many turns of each outcome and no others, in 240 conversations.
fn assert_counted(profile: &str, rehearsed: &Rehearsed, wanted: &BTreeMap<Outcome, u64>) {
    let wanted: BTreeMap<&str, u64> = wanted.iter().map(|(outcome, count)| (outcome.word(), *count)).collect();
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
fn polled_outcomes_equal_the_truth_and_asking_makes_no_turns() {
    let (rehearsed, truth) = rehearse("coze-polling", "/coze");
    assert_equal("coze-polling", &rehearsed, &truth);
    // Every message was asked for at least once, silent ones and slow ones more often.
    assert!(rehearsed.count("/totals/polls") > 240, "{rehearsed:?}");
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
fn websocket_outcomes_equal_the_truth() {
    assert_true("generic-websocket", "/socket");
}

#[test]
fn telegram_outcomes_equal_the_truth() {
    let (rehearsed, truth) = rehearse_with_calls("telegram", "/telegram", &[]);
    assert_equal("telegram", &rehearsed, &truth);
    assert!(
        rehearsed.number("/totals/deliveries_per_message") > 1.1,
        "a webhook that fails is delivered again"
    );
    let applied = |record: &&throng::demo_bot::Record| record.fault.is_some();
    assert!(last_deliveries(&truth).into_iter().filter(applied).count() > 60);
}

/// A bot that asks for its messages can neither push back nor fail at one in words: the fault is silence after the message was
/// taken, and an error in words or a broken answer has no place.
#[test]
fn pulled_outcomes_equal_the_truth() {
    let (rehearsed, truth) = rehearse_with_calls("telegram-get-updates", "", &[]);
    let wanted = outcomes(&truth);
    assert_counted("telegram-get-updates", &rehearsed, &wanted);
    for outcome in [
        Outcome::Answered,
        Outcome::Late,
        Outcome::PlaceholderOnly,
        Outcome::Empty,
    ] {
        assert!(wanted[&outcome] >= 5, "{wanted:?}");
    }
    assert_eq!(wanted.len(), 4, "{wanted:?}");
    let hushed = [
        Fault::Refused,
        Fault::HttpError,
        Fault::ConnectionLost,
        Fault::Silent,
        Fault::Empty,
    ];
    let records = last_deliveries(&truth);
    for fault in hushed {
        assert!(records.iter().any(|record| record.fault == Some(fault)), "{fault:?}");
    }
    let is_hushed = |record: &&&throng::demo_bot::Record| record.fault.is_some_and(|fault| hushed.contains(&fault));
    assert_eq!(wanted[&Outcome::Empty], records.iter().filter(is_hushed).count() as u64);
    // Each message is handed out once, since the bot confirms what it has, and each reply is a call.
    assert_eq!(rehearsed.number("/totals/deliveries_per_message"), 1.0);
    assert!(rehearsed.count("/platforms/web/asked") > 0);
    assert_eq!(
        rehearsed.count("/platforms/web/replies"),
        records.len() as u64 - wanted[&Outcome::Empty]
    );
}

#[test]
fn replies_of_a_pulling_bot_that_the_platform_refuses_are_counted_one_by_one() {
    let faulty = (
        "share: 1}\ncustomers",
        "share: 1, platform_faults: {unauthorized: 0.08, server_error: 0.08}}\ncustomers",
    );
    let (rehearsed, truth) = rehearse_with_calls("telegram-get-updates", "", &[faulty]);
    let mut wanted: BTreeMap<Outcome, u64> = BTreeMap::new();
    let mut refused: BTreeMap<Option<u16>, u64> = BTreeMap::new();
    for record in last_deliveries(&truth) {
        let status = record.status.filter(|status| *status != 200);
        let became = if status.is_some() {
            Outcome::Empty
        } else {
            outcome(record)
        };
        *wanted.entry(became).or_default() += 1;
        *refused.entry(status).or_default() += 1;
    }
    assert_counted("telegram-get-updates", &rehearsed, &wanted);
    for (name, status) in [("unauthorized", 401), ("server_error", 500)] {
        let count = refused[&Some(status)];
        assert!(count >= 5, "{refused:?}");
        assert_eq!(
            rehearsed.count(&format!("/platforms/web/faults/{name}")),
            count,
            "{name}"
        );
    }
}

#[test]
fn the_built_in_bot_asks_at_every_channel_that_is_its_own() {
    let scenario = SCENARIO
        .replace(
            "  - web: {profile: PROFILE, share: 1}",
            "  - web: {profile: telegram-get-updates, share: 1}\n  - app: {profile: telegram-get-updates, share: 1}",
        )
        .replace("for: 4s, rate: 60/s", "for: 2s, rate: 40/s");
    let rehearsed = Desk::with(&scenario).rehearse(&["--set", "bot.faults={}"]);
    assert_eq!(rehearsed.count("/totals/conversations/goal_met"), 80);
    for channel in ["web", "app"] {
        let sent = rehearsed.count(&format!("/by_channel/{channel}/turns/sent"));
        assert!(sent > 20, "{channel}: {sent}");
        assert_eq!(
            rehearsed.count(&format!("/platforms/{channel}/replies")),
            sent,
            "{channel}"
        );
    }
}

#[test]
fn a_thousand_replies_by_calls_are_counted_one_by_one_with_the_platforms_faults() {
    let changes = [
        ("for: 4s, rate: 60/s", "for: 10s, rate: 120/s"),
        (
            "faults: {refused: 0.06, http_error: 0.06, bot_error: 0.06, connection_lost: 0.06, truncated: 0.06, empty: 0.06, silent: 0.05,",
            "faults: {duplicate: 0.1, empty: 0.05}",
        ),
        (
            "           placeholder: 0.06, slow: 0.06, fallback: 0.05, wrong_value: 0.05}",
            "",
        ),
        (
            "share: 1}\ncustomers",
            "share: 1, platform_faults: {flood: 0.05, server_error: 0.05}}\ncustomers",
        ),
        ("grace: 3s}\ndrain: 12s", "grace: 8s}\ndrain: 20s"),
    ];
    let (rehearsed, truth) = rehearse_with_calls("telegram", "/telegram", &changes);
    let records = last_deliveries(&truth);
    let with = |wanted: &dyn Fn(&throng::demo_bot::Record) -> bool| {
        records.iter().filter(|record| wanted(record)).count() as u64
    };
    let sent = rehearsed.count("/totals/turns/sent");
    assert_eq!(sent, records.len() as u64);
    assert!(sent > 1_000 && rehearsed.count("/totals/conversations/started") == 1_200);
    let single = |fault| with(&|record| record.fault.is_none() && record.status == Some(fault));
    let refused = |name: &str| rehearsed.count(&format!("/platforms/web/faults/{name}"));
    // A bot that is refused says no more: its customer was acknowledged and left alone.
    let empty = single(429) + single(500) + with(&|record| record.fault == Some(Fault::Empty));
    let twice = with(&|record| record.fault == Some(Fault::Duplicate));
    assert!(
        single(429) > 20 && single(500) > 20 && twice > 60,
        "{} {} {twice}",
        single(429),
        single(500)
    );
    assert_eq!(
        rehearsed.count("/platforms/web/calls"),
        sent - with(&|record| record.fault == Some(Fault::Empty)) + twice
    );
    let replies = rehearsed.count("/platforms/web/replies");
    // However busy the machine is: an answer may be late then, and the second of a pair come when its turn or conversation is over.
    let to_nobody = rehearsed.count("/platforms/web/to_nobody");
    assert_eq!(
        replies + to_nobody + refused("flood") + refused("server_error"),
        rehearsed.count("/platforms/web/calls")
    );
    let found = rehearsed.count("/totals/turns/empty");
    // Both calls of a pair may be refused.
    assert!((empty..=empty + refused("flood") + refused("server_error") - single(429) - single(500)).contains(&found));
    let answered = rehearsed.count("/totals/turns/answered") + rehearsed.count("/totals/turns/late");
    let unsolicited = rehearsed.count("/totals/unsolicited");
    assert_eq!(answered + found, sent);
    assert_eq!(replies, answered + rehearsed.count("/totals/duplicates") + unsolicited);
    assert!(to_nobody + unsolicited <= twice, "{to_nobody} {unsolicited}");
}

#[test]
fn a_bot_whose_calls_go_elsewhere_or_are_refused_is_told_before_the_load() {
    let desk = Desk::with(
        &SCENARIO
            .replace("PROFILE", "telegram")
            .replace("reply: 2s, grace: 3s", "reply: 1s, grace: 1s"),
    );
    let address = ports::address();
    let lost = Program::bot(
        &desk.scenario(),
        &["--platform", "http://127.0.0.1:1", "--fault", "empty=0"],
    );
    let told = desk.rehearse(&["--target", &format!("{}/telegram", lost.url), "--serve", &address]);
    assert_eq!(told.code, 100, "{told:?}");
    assert!(
        told.stderr
            .contains(&format!("it called nothing at http://{address}/web")),
        "{}",
        told.stderr
    );
    let stranger = format!("http://{address}/elsewhere");
    let lost = Program::bot(&desk.scenario(), &["--platform", &stranger, "--fault", "empty=0"]);
    let told = desk.rehearse(&["--target", &format!("{}/telegram", lost.url), "--serve", &address]);
    assert_eq!(told.code, 100, "{told:?}");
    assert!(
        told.stderr.contains("`unknown_route`") && told.stderr.contains("/elsewhere/bot"),
        "{}",
        told.stderr
    );
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
