//! Shares of channels, in all phases and in single ones.

use insta::assert_snapshot;

use super::fixture::{briefly, load};

/// Two channels with these shares; a calm phase, a quiet one and a peak.
fn two(web: &str, app: &str, channels: &str) -> String {
    format!(
        "scenario: two
target: http://127.0.0.1:8080
channels:
  - web: {{profile: site, {web}}}
  - app: {{profile: site, {app}}}
define:
  profiles:
    - profile: site
      proven: sketch
      target: a URL
      send: {{method: POST, url: \"{{{{ target }}}}\"}}
      reply: {{response: {{format: text}}}}
  personas:
    - {{persona: someone, language: zh}}
  goals:
    - {{goal: ask, agenda: [{{say: {{zh: [你好]}}}}]}}
customers:
  - {{persona: someone, goal: ask, share: 1{channels}}}
traffic:
  phases:
    - hold: {{name: calm, for: 10s, rate: 1/s}}
    - quiet: {{name: pause, for: 1s}}
    - hold: {{name: peak, for: 10s, rate: 1/s}}
"
    )
}

#[test]
fn a_channel_may_have_another_share_in_a_phase() {
    let same = load(&two("share: 1", "share: 3", "")).unwrap();
    assert!(same.phase_shares.is_empty());
    assert_eq!((same.share(0, 0), same.share(2, 1)), (0.25, 0.75));
    let shifted = load(&two("share: 1", "share: 3, share_in: {peak: 0}", "")).unwrap();
    let shares = |phase| [shifted.share(phase, 0), shifted.share(phase, 1)];
    assert_eq!(
        [shares(0), shares(1), shares(2)],
        [[0.25, 0.75], [0.25, 0.75], [1.0, 0.0]]
    );
    assert_eq!((shifted.largest_part(0), shifted.largest_part(1)), (1.0, 0.75));
    let only_at_peak = load(&two("share: 1", "share: 0, share_in: {peak: 1}", "")).unwrap();
    assert_eq!([only_at_peak.share(0, 1), only_at_peak.share(2, 1)], [0.0, 0.5]);
}

#[test]
fn phases_must_exist_and_everybody_must_find_a_channel_in_each() {
    assert_snapshot!(briefly(&two("share: 3, share_in: {paek: 1}", "share: -1, share_in: {peak: -2}", "")), @r"
    4:47 channels[0].web.share_in.paek: no phase is called `paek`; there are `calm`, `pause`, `peak` (did you mean `peak`?)
    5:33 channels[1].app.share: expected a number of at least 0, found `-1`
    5:54 channels[1].app.share_in.peak: expected a number of at least 0, found `-2`
    ");
    assert_snapshot!(briefly(&two("share: 1, share_in: {peak: 0}", "share: 1", ", channels: [web]")), @"18:45 customers[0].channels: expected a channel whose share in phase `peak` is above 0, found none");
    assert_snapshot!(briefly(&two("share: 1, share_in: {peak: 0}", "share: 1, share_in: {peak: 0}", "")), @"18:5 customers[0]: expected a channel whose share in phase `peak` is above 0, found none");
}
