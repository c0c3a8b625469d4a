//! A fact that changes in the middle of a run, from the knowledge to the report: against a bot that follows at once, and one that goes on
//! telling what was true before.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use serde_json::Value;
use support::{Desk, Rehearsed};

/// Short conversations of one question, even over six seconds; the coupon changes after three.
const SCENARIO: &str = "
scenario: changes
seed: 3
pace: 50
clock: 2026-11-10T23:50+08:00
knowledge: shop
channels:
  - web: {profile: generic-json, share: 1}
customers:
  - {persona: asks-zh, goal: coupon, share: 1}
  - {persona: asks-en, goal: coupon, share: 1}
traffic:
  arrivals: even
  phases:
    - hold: {name: calm, for: 3s, rate: 40/s}
    - hold: {name: sale, for: 3s, rate: 40/s}
deadline: {reply: 5s, grace: 1s}
bot: {workers: 100, service_time: {median: 10ms, sigma: 0.1}, stale_for: STALE_FOR}
define:
  personas:
    - &asks
      persona: asks-zh
      language: zh
      typing: {burst: [1], typos: 0}
      patience: {max_nudges: 0, leave_after: {median: 60s}, leaves_silently: 1}
    - {<<: *asks, persona: asks-en, language: en}
  goals:
    - goal: coupon
      agenda:
        - ask: {about: coupon, say: {zh: [优惠券怎么用], en: [how does the coupon work]}, expects: [coupon.amount]}
  knowledge:
    - knowledge: shop
      topics:
        coupon:
          keywords: {zh: [优惠券], en: [coupon]}
          facts: {amount: {money: 50, subject: {zh: [减], en: ['off']}}}
          answers: {zh: ['满300元减{{ amount }}元哦'], en: ['you get {{ amount }} yuan off']}
      changes:
        - {fact: coupon.amount, phase: sale, to: {money: 80}}
";

fn rehearse(stale_for: &str) -> Rehearsed {
    Desk::with(&SCENARIO.replace("STALE_FOR", stale_for)).rehearse(&[])
}

fn changes(rehearsed: &Rehearsed) -> &Value {
    &rehearsed.run["facts"]["changes"][0]
}

#[test]
fn a_bot_that_follows_at_once_contradicts_nothing() {
    let rehearsed = rehearse("0s");
    assert_eq!(rehearsed.count("/totals/turns/answered"), 240, "{rehearsed:?}");
    assert_eq!(rehearsed.count("/totals/quality/checks/contradicted/fail"), 0);
    assert_eq!(rehearsed.count("/totals/quality/checks/required_facts/pass"), 240);
    let change = changes(&rehearsed);
    assert_eq!((&change["fact"], &change["at_s"]), (&"coupon.amount".into(), &3.0.into()));
    assert_eq!((&change["stale"], &change["last_stale_after_s"]), (&0.into(), &Value::Null));
}

#[test]
fn a_bot_that_notices_late_is_told_with_how_long_it_took() {
    let rehearsed = rehearse("1500ms");
    let stale = changes(&rehearsed)["stale"].as_u64().unwrap();
    // 40 questions a second for a second and a half; a busy machine moves the ends of that.
    assert!((30..=90).contains(&stale), "{rehearsed:?}");
    let last = changes(&rehearsed)["last_stale_after_s"].as_f64().unwrap();
    assert!((0.5..3.0).contains(&last), "{last}");
    assert_eq!(rehearsed.count("/totals/quality/checks/contradicted/fail"), stale);
    let by_phase = &rehearsed.run["facts"]["by_fact"]["coupon.amount"]["by_phase"];
    assert_eq!((&by_phase["calm"]["stale"], &by_phase["sale"]["stale"]), (&0.into(), &stale.into()));
}
