//! Overrides of the command line that cannot be.

use insta::assert_snapshot;

use super::fixture::{SCENARIO, Shop, sets};
use crate::scenario::LoadOptions;

#[test]
fn a_path_that_leads_nowhere_is_told_with_what_is_there() {
    let shop = Shop::new().with(
        "scenarios/s.yaml",
        SCENARIO.replace("  - {persona", "  - {persona: hunter, goal: g, share: 0}\n  - {persona"),
    );
    let options = sets(&[
        "traffic.phases.midnigt.peak=1/s",
        "traffic.phases.9.peak=1/s",
        "channels.web.shares=1",
        "customers.hunter.share=1",
        "traffic.phases.calm.rate.x=1",
        "thresholds.that.missed=1",
        "pase=2",
        "customers.0.share=[",
    ]);
    assert_snapshot!(shop.briefly(&options), @r#"
    10:29 customers[0].goal: no goal is called `g`; there are `check-coupon`
    --set:1:16 : `traffic.phases.midnigt`: expected one of `warm`, `calm`, `midnight`, found `midnigt` (did you mean `midnight`?)
    --set:1:16 : `traffic.phases.9`: expected a number from 0 to 2, found `9`
    --set:1:14 channels[0].web.shares: unknown key (the keys here are `profile`, `share`, `share_in`, `target`, `deadline`, `settings`, `form`, `connection`, `source_addresses`, `platform_faults`)
    --set:1:11 : `customers.hunter`: expected a name that only one has, found `hunter`, which 2 have (say a number from 0 to 1)
    --set:1:26 : `traffic.phases.calm.rate.x`: expected a map or list to look into, found `2/s`
    --set:1:17 : `thresholds.that.missed`: expected a number from 0 to 1, found `missed`
    --set:1:1 pase: unknown key (did you mean `pace`?)
    --set:1:19 : not YAML: unclosed bracket '['
    "#);
}

#[test]
fn a_wrong_value_shows_the_override_that_brought_it() {
    let shop = Shop::new().with("scenarios/s.yaml", SCENARIO);
    assert_snapshot!(shop.wrong(&sets(&["traffic.phases.calm.for=0s", "channels.web.share=-1"])), @r#"
    scenario is not valid: scenarios/s.yaml

      --set  traffic.phases[1].hold.for: expected a time above 0, found 0
        |
      1 | traffic.phases.calm.for=0s
        |                         ^^

      --set  channels[0].web.share: expected a number of at least 0, found `-1`
        |
      1 | channels.web.share=-1
        |                    ^^
    "#);
}

#[test]
fn flags_are_named_in_what_is_wrong_with_them() {
    let shop = Shop::new().with("scenarios/s.yaml", SCENARIO);
    let none = LoadOptions::default();
    assert_snapshot!(shop.wrong(&sets(&["nothing"])), @r#"--set: expected PATH=VALUE, found `nothing`"#);
    assert_snapshot!(shop.wrong(&LoadOptions { scale: -1.0, ..none.clone() }), @r#"--scale: expected a factor above 0 and at most 1000000, found `-1`"#);
    let target = Some("https://bot.example.com".to_owned());
    assert_snapshot!(shop.briefly(&LoadOptions { target, ..none.clone() }), @r#"--target:1:1 target: expected a `budget` for a target that is not on this machine, found none (`budget: {turns: 10000}`, or `budget: unlimited`)"#);
    let channel_targets = vec![("wbe".to_owned(), "http://localhost".to_owned())];
    assert_snapshot!(shop.briefly(&LoadOptions { channel_targets, ..none }), @r#"--channel-target:1:1 : `channels.wbe`: expected one of `web`, `app`, found `wbe` (did you mean `web`?)"#);
}
