//! Values that make no sense.

use insta::assert_snapshot;

use super::fixture::{KNOWLEDGE, PERSONA, PROFILE, SCENARIO, Shop, briefly, briefly_each, sets, small_with};
use crate::scenario::LoadOptions;

#[test]
fn numbers_out_of_range_are_told_with_the_range() {
    let text = SCENARIO
        .replace(
            "scenario: small",
            "scenario: a b\npace: 0\ndeadline: {reply: 0s}\nbaseline: warm\nholding: {zh: ['(']}",
        )
        .replace("share: 3", "share: -3")
        .replace("name: calm, for: 10s", "name: warm, for: 0s")
        .replace("abort: true, ", "")
        .replace("2026-11-10T23:50+08:00", "2026-11-10T23:50");
    assert_snapshot!(briefly(&text), @r#"
    1:11 scenario: expected a name of letters, digits, `-` and `_`, found `a b`
    2:7 pace: expected a factor above 0 and at most 1000, found `0`
    3:19 deadline.reply: expected a time above 0, found 0
    4:11 baseline: expected a phase that counts, found `warm`, which is a warm-up
    5:16 holding.zh[0]: expected a regular expression, found `(`: unclosed group
    7:8 clock: expected a date and time with its offset, such as `2026-11-10T23:50+08:00`, found `2026-11-10T23:50`
    11:34 channels[0].web.share: expected a number of at least 0, found `-3`
    18:20 traffic.phases[1].hold.name: expected a name of its own, found `warm` again
    18:31 traffic.phases[1].hold.for: expected a time above 0, found 0
    22:58 thresholds.that[0]: expected one of `warm`, `warm`, `midnight`, found `calm`
    23:44 thresholds.that[1].after: expected `abort: true` beside `after`, found none (what comes before `after` is left out only when a run is aborted)
    "#);
    assert_snapshot!(briefly_each(&[
        ("for: 10s, peak: 50/s", "for: 1m, peak: 10M/s"),
        ("for: 10s, peak: 50/s", "for: 32d, peak: 1/s"),
        ("share: 2}", "share: 0}"),
        ("share: 2}", "share: 2, channels: [wep, app, app]}"),
        ("scenario: small", "scenario: small\nbot: {workers: 0, faults: {silent: 0.7, empty: 0.6}, overload: {then: {}}}"),
        ("scenario: small", "scenario: small\nbudget: {turns: 0}\nbaseline: calmer"),
    ]), @r#"
    12:3 traffic.phases: expected at most 100000000 conversations in a run, found 300000085
    12:3 traffic.phases: expected at most 31d in all phases together, found 32.0d
    9:1 customers: expected at least one number above 0, found none
    10:64 customers[0].channels[0]: no channel is called `wep`; there are `web`, `app` (did you mean `web`?)
    10:74 customers[0].channels[2]: expected a name of its own, found `app` again
    2:16 bot.workers: expected at least 1, found `0`
    2:19 bot.faults: expected chances that add up to at most 1, found 1.2999999999999998
    2:65 bot.overload.then: expected at least one number above 0, found none
    2:17 budget.turns: expected at least one turn, found `0`
    3:11 baseline: no phase is called `calmer`; there are `warm`, `calm`, `midnight` (did you mean `calm`?)
    "#);
}

#[test]
fn nothing_may_be_empty_that_is_needed() {
    let text = "scenario: s\nchannels: []\ncustomers: []\ntraffic: {phases: []}\n";
    assert_snapshot!(briefly(text), @r#"
    2:1 channels: expected at least one channel, found none
    3:1 customers: expected at least one kind of customer, found none
    4:11 traffic.phases: expected at least one phase, found none
    "#);
    let text =
        "scenario: s\nchannels: []\ncustomers: []\ntraffic: {phases: [quiet: {name: q, for: 1s, warm_up: true}]}\n";
    assert!(briefly(text).contains("expected a phase that counts, found only warm-ups"));
}

#[test]
fn settings_are_those_of_the_profile_and_secrets_are_not_shown() {
    let text = SCENARIO
        .replace("key: \"${WEB_KEY}\"", "key: sk-geheim")
        .replace("key: \"${APP_KEY}\", model: 007", "kee: sk-geheim")
        .replace("http://127.0.0.1:8080", "http://user:sk-geheim@localhost");
    let shop = Shop::new().with("scenarios/s.yaml", &text);
    let told = shop.wrong(&LoadOptions::default());
    assert!(!told.contains("geheim"), "{told}");
    assert_snapshot!(shop.briefly(&LoadOptions::default()), @r#"
    2:9 target: expected a URL without user and password, found one with them (secrets go into `settings`)
    7:68 channels[0].web.settings.key: expected `${NAME}` for a secret, found the secret itself (take it from the environment: `key: "${KEY}"`)
    8:37 channels[1].app.settings: `plain` needs the setting `key` (the API key), found none
    8:48 channels[1].app.settings.kee: `plain` has no such setting; there are `key`, `model`, `shop` (did you mean `key`?)
    "#);
}

#[test]
fn a_secret_typed_behind_a_wrong_path_is_not_shown() {
    let shop = Shop::new().with("scenarios/s.yaml", SCENARIO);
    for set in [
        "channels.nope.settings.key=sk-geheim",
        "channels.web.settings.kee=sk-geheim",
    ] {
        let told = shop.wrong(&sets(&[set]));
        assert!(!told.contains("geheim"), "{told}");
    }
}

#[test]
fn a_bot_elsewhere_needs_a_budget_and_production_a_rate() {
    assert_snapshot!(briefly_each(&[
        ("http://127.0.0.1:8080", "https://bot.example.com\nenvironment: production"),
        ("deadline: 20s", "target: https://bot.example.com"),
        ("http://127.0.0.1:8080", "localhost:80\nmax_rate: 40/s"),
    ]), @r#"
    2:9 target: expected a `budget` for a target that is not on this machine, found none (`budget: {turns: 10000}`, or `budget: unlimited`)
    3:14 environment: expected `max_rate` beside `production`, found none (say the most conversations that may start: `max_rate: 5/s`)
    7:45 channels[0].web.target: expected a `budget` for a target that is not on this machine, found none (`budget: {turns: 10000}`, or `budget: unlimited`)
    2:9 target: expected `demo` or a URL such as `http://127.0.0.1:8080`, found one that does not start with `http:`, `https:`, `ws:` or `wss:`
    16:47 traffic.phases[2].spike.peak: expected at most `max_rate`, 40/s, found 50/s
    "#);
    let shop = Shop::new()
        .with("scenarios/s.yaml", small_with("http://127.0.0.1:8080", "demo"))
        .with("channels/plain.yaml", PROFILE.replace("built_in_bot: /plain\n", ""));
    assert_snapshot!(shop.briefly(&LoadOptions::default()), @r#"
    7:20 channels[0].web.profile: the built-in bot does not speak `plain`; expected another target than `demo` (a target is the base URL)
    8:20 channels[1].app.profile: the built-in bot does not speak `plain`; expected another target than `demo` (a target is the base URL)
    "#);
    let shop = Shop::new().with(
        "scenarios/s.yaml",
        small_with("scenario: small", "scenario: small\nmax_rate: 60/s"),
    );
    let twice = LoadOptions {
        scale: 2.0,
        ..LoadOptions::default()
    };
    assert_snapshot!(shop.briefly(&twice), @r#"16:47 traffic.phases[2].spike.peak: expected at most `max_rate`, 60/s, found 100/s (with --scale 2)"#);
}

#[test]
fn profiles_must_be_able_to_send_and_hear() {
    let profile = PROFILE
        .replace("method: POST", "method: POTS, body: x")
        .replace(", text: $.text", "")
        .replace(
            "reply:",
            "limits: {idle: 0s}\nretry: {attempts: 30, refresh: [nonce]}\nreply:",
        );
    let shop = Shop::new()
        .with("scenarios/s.yaml", SCENARIO)
        .with("channels/plain.yaml", profile);
    assert_snapshot!(shop.briefly(&LoadOptions::default()), @r#"
    channels/plain.yaml:9:1 send: expected at most one of `json`, `form` and `body`, found 2
    channels/plain.yaml:9:16 send.method: no method is called `POTS`; there are `GET`, `POST`, `PUT` (did you mean `POST`?)
    channels/plain.yaml:10:16 limits.idle: expected a time above 0, found 0
    channels/plain.yaml:11:19 retry.attempts: expected 1 to 20 deliveries, found `30`
    channels/plain.yaml:11:19 retry.attempts: expected `on` beside it (`timeout`, `connection`, `status`), found none
    channels/plain.yaml:11:33 retry.refresh[0]: no var is called `nonce`; there are none
    channels/plain.yaml:13:3 reply.response: expected `text`, where the reply is found, found none
    "#);
}

#[test]
fn polls_must_end_and_mailboxes_must_be_asked() {
    let polling = "
mailbox: {update: {}, at_once: 0}
opening: {request: {method: PUSH, url: x}}
reply:
  poll:
    every: []
    most: 0
    ask: {method: GET, url: ''}
    read: {format: json}
    only: {$.a: b}
";
    let profile = PROFILE.replace("reply:\n  response: {format: json, text: $.text}\n", polling);
    let shop = Shop::new()
        .with("scenarios/s.yaml", SCENARIO)
        .with("channels/plain.yaml", profile);
    let told = shop.briefly(&LoadOptions::default());
    for part in [
        "mailbox.at_once: expected a number from 1 to 1000, found `0`",
        "expected `mailbox` and a route with `is: updates`",
        "opening.request.method: no method is called `PUSH`",
        "reply.poll.every: expected at least one wait",
        "reply.poll.most: expected a number from 1 to 1000, found `0`",
        "reply.poll.ask.url: expected a URL, found nothing",
        "reply.poll.read: expected `text`, where the reply is found, found none",
        "reply.poll.only: expected `read.each` beside it",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
}

#[test]
fn personas_and_knowledge_must_make_sense() {
    let persona = "typing: {chars_per_s: 0, burst: [0.5, -1], gap: {median: 1s, sigma: 9}, typos: 2}\n\
                   reads_chars_per_s: 0\npatience: {leave_after: {median: 0s}, leaves_silently: -1}\n";
    let knowledge = KNOWLEDGE
        .replace("{money: 50}", "{money: -50}")
        .replace("{date: 2026-11-11}", "{}")
        .replace("coupon:", "cou.pon:");
    let shop = Shop::new()
        .with("scenarios/s.yaml", SCENARIO)
        .with("personas/hunter.yaml", format!("{PERSONA}{persona}"))
        .with(
            "knowledge/shop.yaml",
            format!("{knowledge}forbidden: [{{name: a, patterns: {{zh: ['[']}}}}, {{name: a, patterns: {{}}}}]\n"),
        );
    assert_snapshot!(shop.briefly(&LoadOptions::default()), @r#"
    knowledge/shop.yaml:3:3 topics.cou.pon: expected a name of letters, digits, `-` and `_`, found `cou.pon`
    knowledge/shop.yaml:6:23 topics.cou.pon.facts.amount.money: expected a number of at least 0, found `-50`
    knowledge/shop.yaml:7:7 topics.cou.pon.facts.until: expected exactly one of `money`, `percent`, `duration`, `date`, `identifier`, `text`, `tiers`, `holds`, found 0
    knowledge/shop.yaml:9:39 forbidden[0].patterns.zh[0]: expected a regular expression, found `[`: unclosed character class
    knowledge/shop.yaml:9:54 forbidden[1].name: expected a name of its own, found `a` again
    knowledge/shop.yaml:9:57 forbidden[1].patterns: expected at least one pattern, found none
    built-in goals shop:5:18 goals[0].agenda[0].ask.about: no topic is called `coupon`; there are `cou.pon` (did you mean `cou.pon`?)
    built-in goals shop:7:21 goals[0].agenda[0].ask.expects[0]: no fact is called `coupon.amount`; there are `cou.pon.amount`, `cou.pon.until` (did you mean `cou.pon.amount`?)
    personas/hunter.yaml:3:23 typing.chars_per_s: expected a number above 0, found `0`
    personas/hunter.yaml:3:39 typing.burst[1]: expected a number of at least 0, found `-1`
    personas/hunter.yaml:3:69 typing.gap.sigma: expected a number from 0 to 3, found `9`
    personas/hunter.yaml:3:80 typing.typos: expected a number from 0 to 1, found `2`
    personas/hunter.yaml:4:20 reads_chars_per_s: expected a number above 0, found `0`
    personas/hunter.yaml:5:34 patience.leave_after.median: expected a time above 0, found 0
    personas/hunter.yaml:5:56 patience.leaves_silently: expected a number from 0 to 1, found `-1`
    "#);
}

#[test]
fn answers_name_what_the_built_in_bot_can_fill_in() {
    let answers = "answers: {zh: ['{{ amuont }}{{ until }}{{ order_number }}{{ shop }}', '{{ amount | upper }}', '{{ x.y }}', '{{ amount']}\n";
    let at = KNOWLEDGE.find("    answers:").unwrap();
    let end = at + KNOWLEDGE[at..].find('\n').unwrap() + 1;
    let knowledge = format!("{}    {answers}{}", &KNOWLEDGE[..at], &KNOWLEDGE[end..]);
    let shop = Shop::new()
        .with("scenarios/s.yaml", SCENARIO)
        .with("knowledge/shop.yaml", knowledge);
    assert_snapshot!(shop.briefly(&LoadOptions::default()), @r#"
    knowledge/shop.yaml:8:20 topics.coupon.answers.zh[0]: the topic has no fact `amuont`; answers may name `amount`, `until`, `order_number`, `shop` (did you mean `amount`?)
    knowledge/shop.yaml:8:75 topics.coupon.answers.zh[1]: the topic has no fact `amount | upper`; answers may name `amount`, `until`, `order_number`, `shop`
    knowledge/shop.yaml:8:99 topics.coupon.answers.zh[2]: there is no record `x` for `x.y`; there are none
    knowledge/shop.yaml:8:112 topics.coupon.answers.zh[3]: expected `}}` after `{{`, found none
    "#);
}

#[test]
fn steps_of_a_discount_must_grow_and_what_holds_must_be_named() {
    for (fact, expected) in [
        ("{tiers: [{spend: 200, off: 20}, {spend: 300, off: 50}]}", ""),
        ("{tiers: []}", "expected at least one step, found none"),
        (
            "{tiers: [{spend: 20, off: 200}]}",
            "expected less than the 20 that must be spent, found `200`",
        ),
        (
            "{tiers: [{spend: 300, off: 50}, {spend: 200, off: 60}]}",
            "expected more to be spent and taken off than in the step before, found otherwise",
        ),
        ("{holds: true, subject: {zh: [7天无理由]}}", ""),
        (
            "{holds: false}",
            "expected words in `subject` that say what holds, found none",
        ),
    ] {
        let shop = Shop::new()
            .with("scenarios/s.yaml", SCENARIO)
            .with("knowledge/shop.yaml", KNOWLEDGE.replace("{date: 2026-11-11}", fact));
        match expected {
            "" => assert!(shop.load(&LoadOptions::default()).is_ok(), "{fact}"),
            _ => assert!(shop.briefly(&LoadOptions::default()).contains(expected), "{fact}"),
        }
    }
}

#[cfg(not(feature = "closed"))]
#[test]
fn a_throng_without_goose_refuses_a_closed_workload_and_says_how_to_get_one() {
    let text = "scenario: s\nworkload: closed\npopulation: 5\nchannels: []\ncustomers: []\n\
                traffic: {phases: [{keep: {name: stay, for: 5s}}]}\n";
    let told = briefly(text);
    assert!(
        told.contains("2:11 workload: expected `open`, found `closed`, which this throng was built without (build it with the feature `closed`"),
        "{told}"
    );
}
