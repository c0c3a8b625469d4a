//! Mistakes of keys, structure and type.

use insta::assert_snapshot;

use super::fixture::{SCENARIO, Shop, briefly, briefly_each, wrong};
use crate::scenario::{LoadError, LoadOptions};

#[test]
fn unknown_keys_and_wrong_values_are_told_all_at_once_with_their_lines() {
    let text = SCENARIO
        .replace("name: midnight", "nmae: midnight")
        .replace("deadline: 20s", "deadlin: 0s")
        .replace("share: 2}", "share: -2, colour: red}")
        .replace("p95 < 2x calm", "p96 < 2x calm");
    assert_snapshot!(wrong(&text), @r#"
    scenario is not valid: scenarios/s.yaml

      7:37  channels[0].web.deadlin: unknown key
        |
      7 |   - web: {profile: plain, share: 3, deadlin: 0s, settings: {key: "${WEB_KEY}"}}
        |                                     ^^^^^^^
        |
        = hint: did you mean `deadline`?

      7:46  channels[0].web.deadline: expected a time above 0, found 0
        |
      7 |   - web: {profile: plain, share: 3, deadlin: 0s, settings: {key: "${WEB_KEY}"}}
        |                                              ^^

      10:50  customers[0].share: expected a number of at least 0, found `-2`
         |
      10 |   - {persona: hunter, goal: check-coupon, share: -2, colour: red}
         |                                                  ^^

      10:54  customers[0].colour: unknown key
         |
      10 |   - {persona: hunter, goal: check-coupon, share: -2, colour: red}
         |                                                      ^^^^^^
         |
         = hint: the keys here are `persona`, `goal`, `share`, `channels`

      15:15  traffic.phases[2].spike.nmae: unknown key
         |
      15 |     - spike: {nmae: midnight, for: 10s, peak: 50/s}
         |               ^^^^
         |
         = hint: did you mean `name`?

      18:49  thresholds.that[0]: `reply_time` has no `p96`: expected one of `mean`, `p50`, `p90`, `p95`, `p99`, `p999`, `max`
         |
      18 |     - "reply_time{phase=midnight, channel=web}: p96 < 2x calm"
         |                                                 ^^^
         |
         = hint: did you mean `p90`?

    hint: `throng schema scenario` lists the keys (also: persona, goals, profile, knowledge)
    "#);
}

#[test]
fn a_mistake_of_type_tells_what_was_expected_and_found() {
    assert_snapshot!(briefly_each(&[
        ("rate: 2/s", "rate: 2m/s"),
        ("rate: 2/s", "rate: -3/s"),
        ("for: 10s", "for: 10"),
        ("share: 3,", "share: [3],"),
        ("share: 2}", "share: '2'}"),
        ("share: 2}", "share: .inf}"),
        (", peak: 50/s", ""),
        ("scenario: small", "scenario: small\npace:"),
        ("scenario: small", "scenario:"),
        ("scenario: small", "scenario: small\nseed: -1"),
        ("scenario: small", "scenario: small\nseed: 1.5"),
        ("warm_up: true", "warm_up: yes"),
        ("phases:\n", "arrivals: poison\n  phases:\n"),
        ("profile: plain, share: 1", "profile: plain, connection: pool, share: 1"),
        ("- {persona: hunter, goal: check-coupon, share: 2}", "persona: hunter"),
        ("- app: {profile", "- app: x\n    web: {profile"),
    ]), @r#"
    14:42 traffic.phases[1].hold.rate: expected a rate, found `2m/s` (`m` is minutes; a million is `M`: `2M/s`)
    14:42 traffic.phases[1].hold.rate: expected a rate from 0 to 10M/s, found `-3/s`
    14:31 traffic.phases[1].hold.for: expected a unit after `10` (ms, s, m, h or d), found `10`
    7:27 channels[0].web.share: expected a number, found a list
    10:50 customers[0].share: expected a number, found the text `2`
    10:50 customers[0].share: expected a number, found `.inf`
    15:7 traffic.phases[2].spike: `peak` is missing
    2:5 pace: expected a number, found nothing
    1:9 scenario: expected text, found nothing
    2:7 seed: expected a whole number from 0 to 18446744073709551615, found `-1`
    2:7 seed: expected a whole number from 0 to 18446744073709551615, found `1.5`
    13:55 traffic.phases[0].hold.warm_up: expected `true` or `false`, found `yes`
    12:13 traffic.arrivals: expected one of `poisson`, `even`, found `poison` (did you mean `poisson`?)
    8:39 channels[1].app.connection: expected one of `pooled`, `per_conversation`, found `pool` (did you mean `pooled`?)
    9:1 customers: expected a list, found a map
    8:10 channels[1].app: expected a map of `profile`, `share`, `share_in`, `target`, `deadline`, `settings`, `form`, `connection`, `source_addresses`, `platform_faults`, found `x`
    "#);
}

#[test]
fn mistakes_of_type_are_told_all_at_once_and_what_follows_from_them_is_not() {
    let text = SCENARIO
        .replace("scenario: small", "scenario: small\nseed: seven\npace: fast")
        .replace("share: 3,", "share: x, source_addresses: 127.0.0.1,")
        .replace("profile: plain, share: 1", "share: 1")
        .replace("for: 10s, rate: 2/s", "for: 10, rate: [1, 2]")
        .replace("- spike: {", "- wave: {");
    assert_snapshot!(briefly(&text), @"
    2:7 seed: expected a whole number from 0 to 18446744073709551615, found `seven`
    3:7 pace: expected a number, found `fast`
    9:34 channels[0].web.share: expected a number, found `x`
    9:55 channels[0].web.source_addresses: expected a list, found `127.0.0.1`
    10:5 channels[1].app: `profile` is missing
    16:31 traffic.phases[1].hold.for: expected a unit after `10` (ms, s, m, h or d), found `10`
    16:35 traffic.phases[1].hold.rate: expected text, found a list
    17:7 traffic.phases[2].wave: unknown key (the keys here are `hold`, `ramp`, `spike`, `burst`, `quiet`, `keep`, `shift`)
    ");
}

#[test]
fn a_mistake_in_a_variant_names_the_variants() {
    assert_snapshot!(briefly_each(&[
        ("- spike: {", "- spkie: {"),
        ("- spike: {name: midnight, for: 10s, peak: 50/s}", "- wave: {name: x}"),
        ("- spike: {name: midnight, for: 10s, peak: 50/s}", "- spike"),
        ("- spike: {name: midnight, for: 10s, peak: 50/s}", "-"),
        ("- spike: {name: midnight, for: 10s, peak: 50/s}", "- {}"),
        ("- spike: {name: midnight,", "- spike:\n      name: midnight\n    - hold: {name: x,"),
        ("scenario: small", "scenario: small\nbudget: {turns: 5, unlimited: }"),
        ("scenario: small", "scenario: small\nbudget: unlimited_"),
        ("scenario: small", "scenario: small\nbot: {faults: {sillent: 0.1}}"),
    ]), @r#"
    15:7 traffic.phases[2].spkie: unknown key (did you mean `spike`?)
    15:7 traffic.phases[2].wave: unknown key (the keys here are `hold`, `ramp`, `spike`, `burst`, `quiet`, `keep`, `shift`)
    15:7 traffic.phases[2]: expected `spike:` with its values, found `spike` alone
    15:6 traffic.phases[2]: expected one of `hold`, `ramp`, `spike`, `burst`, `quiet`, `keep`, `shift`, found nothing
    15:7 traffic.phases[2]: expected one of `hold`, `ramp`, `spike`, `burst`, `quiet`, `keep`, `shift` as single key, found none
    15:7 traffic.phases[2]: expected one of `hold`, `ramp`, `spike`, `burst`, `quiet`, `keep`, `shift` as single key, found `spike`, `name` (what belongs to it is indented below it)
    16:7 traffic.phases[2].name: unknown key (the keys here are `hold`, `ramp`, `spike`, `burst`, `quiet`, `keep`, `shift`)
    17:7 traffic.phases[3].hold: `rate` is missing
    17:33 traffic.phases[3].hold.peak: unknown key (the keys here are `name`, `for`, `rate`, `warm_up`)
    2:20 budget.unlimited: unknown key (the keys here are `turns`)
    2:9 budget: expected one of `turns`, `unlimited`, found `unlimited_` (did you mean `unlimited`?)
    2:16 bot.faults.sillent: expected one of `refused`, `http_error`, `bot_error`, `connection_lost`, `truncated`, `empty`, `silent`, `placeholder`, `slow`, `fallback`, `wrong_value`, `wrong_polarity`, `forbidden`, `wrong_language`, `cross_talk`, `duplicate`, `missing_fact`, `personal_data`, `repeated_question`, `premature_handoff` and 8 more, found `sillent` (did you mean `silent`?)
    "#);
}

#[test]
fn what_is_not_yaml_tells_where_it_breaks() {
    let texts = [
        "scenario: \"small\n",
        "a: 1\n  b: 2\n",
        "",
        "# nothing\n",
        "scenario: a\n---\nscenario: b\n",
        "scenario: a\nscenario: b\n? [x]\n: y\n",
        "scenario: &a [*a]\n",
        "scenario: *a\n",
        "scenario: !include other.yaml\n",
        "<<: 3\n",
        "\tscenario: a\n",
    ];
    assert_snapshot!(texts.map(briefly).join("\n"), @r#"
    2:1 scenario: not YAML: invalid indentation in multiline quoted scalar
    2:4 : not YAML: mapping values are not allowed in this context
    1:1 : expected keys and values, found an empty file
    1:1 : expected keys and values, found an empty file
    2:1 : expected one document, found a second one (each scenario or part is a file of its own; remove the `---`)
    2:1 scenario: expected each key once, found it again
    3:3 : expected a text as key, found a list
    1:15 scenario[0]: expected an anchor that is complete, found one that this alias is part of
    1:11 scenario: not YAML: while parsing node, found unknown anchor
    1:20 scenario: expected no tag, found `!include`
    1:1 : `scenario` is missing
    1:5 : expected a map to merge, found `3`
    1:2 : `channels` is missing
    "#);
    assert!(briefly(&format!("a: {}\n", "[".repeat(5_000))).contains("recursion limit"));
}

#[test]
fn a_snippet_is_aligned_below_wide_characters_and_cut_on_long_lines() {
    let text = SCENARIO.replace(
        "scenario: small",
        "scenario: small\ndescription: 大促\nbaseline: \"午夜\" # 峰值",
    );
    assert_snapshot!(wrong(&text), @r#"
    scenario is not valid: scenarios/s.yaml

      3:11  baseline: no phase is called `午夜`; there are `warm`, `calm`, `midnight`
        |
      3 | baseline: "午夜" # 峰值
        |           ^^^^^^
    "#);
    let long = format!("scenario: {} # {}\n", "x".repeat(5_000), "y".repeat(5_000));
    assert!(wrong(&long).lines().all(|line| line.len() < 400), "{}", wrong(&long));
    let key = format!("? \"{}\\e[31m\"\n: [x, y: {{}}]\n", "k".repeat(1_000_000));
    assert!(wrong(&key).len() < 10_000 && !wrong(&key).contains('\u{1b}'));
}

#[test]
fn only_the_first_hundred_mistakes_are_shown_and_the_others_counted() {
    let keys: String = (0..150).map(|number| format!("key{number}: x\n")).collect();
    let shop = Shop::new().with("scenarios/s.yaml", format!("{SCENARIO}{keys}"));
    let LoadError::Invalid(invalid) = shop.load(&LoadOptions::default()).unwrap_err() else {
        panic!("the text can be read")
    };
    assert_eq!((invalid.mistakes.len(), invalid.more), (100, 50));
    assert!(invalid.to_string().ends_with("and 50 more"));
    assert!(invalid.in_colour().contains("\u{1b}["));
    assert!(!invalid.to_string().contains('\u{1b}'));
}

#[test]
fn a_bomb_is_refused() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let before = format!("*a{}", level - 1);
        text.push_str(&format!("a{level}: &a{level} [{}]\n", vec![before; 10].join(", ")));
    }
    assert_snapshot!(briefly(&text), @r#"6:10 a5[0]: expected at most 300000 values, found more (aliases count with all that they stand for)"#);
    let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(1_000_000), vec!["*a"; 100].join(", "));
    assert!(briefly(&long).contains("at most 64 MB of text"));
    let deep: String = (1..200)
        .map(|level| format!("a{level}: &a{level} [*a{}]\n", level - 1))
        .collect();
    assert!(briefly(&format!("a0: &a0 x\n{deep}")).contains("at most 64 levels"));
    let phases: String = (0..1_001)
        .map(|number| format!("    - quiet: {{name: p{number}, for: 1s}}\n"))
        .collect();
    let many = SCENARIO.replace("  phases:\n", &format!("  phases:\n{phases}"));
    assert_snapshot!(briefly(&many), @r#"12:3 traffic.phases: expected at most 1000, found 1004"#);
}

#[test]
fn what_is_found_stays_on_its_line_whatever_it_holds() {
    let text = SCENARIO.replace("scenario: small", "scenario: \"a\\nb\\e[31m\\u202e\"");
    let told = wrong(&text);
    assert!(told.contains("found `a␊b␛[31m�`"), "{told}");
}
