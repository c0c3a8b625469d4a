//! Telephone lines: what goes over them, and what does not.

use insta::assert_snapshot;

use super::fixture::{briefly, load};

/// A scenario with a line and a site, callers and writers.
fn hotline(callers: &str, writers: &str) -> String {
    format!(
        "scenario: hotline
target: sip:service@127.0.0.1:5060
channels:
  - line: {{profile: phone, share: 1}}
  - web: {{profile: site, share: 1, target: \"http://127.0.0.1:8080\"}}
define:
  profiles:
    - profile: phone
      proven: sketch
      target: a line
      phone: {{scenario: <scenario/>}}
      reply: pick_up
    - profile: site
      proven: sketch
      target: a URL
      send: {{method: POST, url: \"{{{{ target }}}}\"}}
      reply: {{response: {{format: text}}}}
  personas:
    - {{persona: caller, language: zh}}
  goals:
    - {{goal: ring, agenda: [call]}}
    - {{goal: ask, agenda: [{{say: {{zh: [你好]}}}}]}}
customers:
  - {{persona: caller, goal: ring, share: 1, channels: {callers}}}
  - {{persona: caller, goal: ask, share: 1, channels: {writers}}}
traffic:
  phases: [{{hold: {{name: calm, for: 10s, rate: 1/s}}}}]
"
    )
}

#[test]
fn calls_go_over_lines_and_words_over_the_others() {
    assert!(load(&hotline("[line]", "[web]")).is_ok());
    assert_snapshot!(briefly(&hotline("[web]", "[line]")), @r#"
    24:29 customers[0].goal: customers who come for `ring` call, which only telephone lines carry, not `web` (a telephone line has the profile `sip-call-setup`)
    25:29 customers[1].goal: customers who come for `ask` write, which no telephone line carries: not `line` (who calls has a goal with `agenda: [call]`)
    "#);
    assert_snapshot!(briefly(&hotline("[line, web]", "[web]")), @"24:29 customers[0].goal: customers who come for `ring` call, which only telephone lines carry, not `web` (keep them to others: `channels: [line]`)");
}

#[test]
fn a_line_has_a_sip_address_and_nobody_else_has() {
    let swapped = hotline("[line]", "[web]")
        .replace("sip:service@127.0.0.1:5060", "http://127.0.0.1:1")
        .replace("http://127.0.0.1:8080", "sip:127.0.0.1");
    assert_snapshot!(briefly(&swapped), @r#"
    4:21 channels[0].line.profile: `phone` calls, so its target is a telephone line; found another (`target: "sip:service@127.0.0.1:5060"`)
    5:44 channels[1].web.target: `site` does not call, so its target is no telephone line; found one (give the channel a target of its own, or the profile `sip-call-setup`)
    "#);
    let connections = hotline("[line]", "[web]").replace(
        "phone, share: 1",
        "phone, share: 1, connection: per_conversation, source_addresses: [127.0.0.1]",
    );
    assert_snapshot!(briefly(&connections), @r#"
    4:38 channels[0].line.connection: expected no `connection` on a telephone line, whose calls SIPp makes
    4:68 channels[0].line.source_addresses: expected no `source_addresses` on a telephone line, whose calls SIPp makes
    "#);
}

#[test]
fn a_customer_calls_once_and_goes_nowhere_else() {
    let twice = hotline("[line]", "[web]").replace("agenda: [call]", "agenda: [call, call]");
    assert_snapshot!(briefly(&twice), @r#"
    21:29 define.goals[0].agenda[0]: expected `call` alone, without other steps and branches: a customer calls once
    21:35 define.goals[0].agenda[1]: expected `call` alone, without other steps and branches: a customer calls once
    "#);
    let switching = hotline("[line]", "[web]") + "switches:\n  - {from: line, to: web, when: [gave_up], share: 1}\n";
    assert_snapshot!(briefly(&switching), @"29:12 switches[0].from: expected a channel on which customers write, found the telephone line `line`");
}

#[test]
fn a_lines_profile_has_nothing_but_calls() {
    let useless = hotline("[line]", "[web]").replace(
        "reply: pick_up",
        "reply: call\n      vars: {a: b}\n      retry: {on: [timeout], attempts: 2}",
    );
    assert_snapshot!(briefly(&useless), @r#"
    12:14 define.profiles[0].reply: expected a route with `is: reply` under `serve.routes`, found none
    12:14 define.profiles[0].reply: expected `pick_up` beside `phone`, found another reply
    13:7 define.profiles[0].vars: expected no `vars` beside `phone`: a call has no use for it
    14:7 define.profiles[0].retry: expected no `retry` beside `phone`: a call has no use for it
    "#);
    let without = hotline("[line]", "[web]").replace("reply: {response: {format: text}}", "reply: pick_up");
    assert_snapshot!(briefly(&without), @"17:14 define.profiles[1].reply: expected `phone` beside `pick_up`, found none");
}
