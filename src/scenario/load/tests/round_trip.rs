//! What a loaded scenario holds, and that its resolved file gives it again.

use std::time::Duration;

use proptest::prelude::{ProptestConfig, any, prop, prop_assert, prop_assert_eq, proptest};

use super::fixture::{GOALS, KNOWLEDGE, PARTS, PERSONA, PROFILE, SCENARIO, Shop, load, sets, small_with};
use crate::scenario::built_in::{self, Kind};
use crate::scenario::finding::Findings;
use crate::scenario::load::Loader;
use crate::scenario::load::parse::parse;
use crate::scenario::load::typed::read;
use crate::scenario::place::{SourceId, Spot};
use crate::scenario::{GoalsFile, Knowledge, LoadOptions, Persona, Profile, Rubric, Step, describe, schema, to_yaml};

#[test]
fn everything_that_is_named_is_resolved() {
    let scenario = load(SCENARIO).unwrap();
    assert_eq!(scenario.channels[0].share, 0.75);
    assert_eq!(scenario.channels[0].deadline.reply.get(), Duration::from_secs(20));
    assert_eq!(scenario.channels[1].deadline.reply.get(), Duration::from_secs(30));
    let settings = serde_json::to_string(&scenario.channels[0].settings).unwrap();
    assert_eq!(settings, r#"{"key":"${WEB_KEY}","model":"m-1","shop":null}"#);
    assert_eq!(
        scenario.channels[1].settings["model"], "007",
        "a leading zero makes it text"
    );
    assert_eq!(scenario.mix.len(), 2);
    assert_eq!(scenario.mix.iter().map(|mix| mix.share).sum::<f64>(), 1.0);
    assert_eq!(scenario.baseline, 1, "the first phase that is not warm-up");
    assert_eq!(
        scenario.drain,
        Duration::from_secs(60),
        "the longest deadline and grace"
    );
    assert_eq!(scenario.clock.to_string(), "2026-11-10T23:50:00+08:00[+08:00]");
    assert_eq!(scenario.thresholds[1].abort_after, Some(Duration::from_secs(30)));
    assert_eq!(scenario.thresholds[0].slice.phase, Some(2));
    assert!(scenario.knowledge.topics.contains_key("coupon"));
    assert!(scenario.loopback_only());
}

#[test]
fn a_built_in_scenario_loads_by_its_name() {
    let scenario = Loader::new(PARTS).load("small", &LoadOptions::default()).unwrap();
    assert_eq!(scenario.file.scenario, "small");
    assert_eq!(scenario, load(SCENARIO).unwrap());
}

#[test]
fn every_built_in_part_is_sound() {
    for kind in Kind::ALL {
        for name in built_in::names(kind) {
            let text = built_in::text(kind, name).unwrap();
            let line = format!("$schema=../docs/schemas/{}.schema.json", kind.word());
            let near = line.replace("../docs", "../../docs");
            assert!(
                text.contains(&line) || text.contains(&near),
                "{name} names its schema for editors"
            );
            let described = describe(kind)
                .into_iter()
                .any(|one| one.name == name && !one.description.is_empty());
            assert!(described || kind == Kind::Goals, "{name} has a description");
            let mut loader = Loader::new(PARTS);
            let source = loader.sources.add(name, text, None);
            let root = loader.parse(source).unwrap();
            let is_typed = match kind {
                Kind::Scenario => crate::scenario::load(name, &LoadOptions::default()).is_ok(),
                Kind::Persona => loader.typed::<Persona>(root, source, kind).is_some(),
                Kind::Goals => loader.typed::<GoalsFile>(root, source, kind).is_some(),
                Kind::Profile => loader.typed::<Profile>(root, source, kind).is_some(),
                Kind::Rubric => loader.typed::<Rubric>(root, source, kind).is_some(),
                Kind::Knowledge => loader.typed::<Knowledge>(root, source, kind).is_some(),
            };
            assert!(is_typed && loader.findings.is_empty(), "{name}: {:?}", loader.findings);
        }
    }
}

#[test]
fn the_resolved_file_gives_an_equal_scenario_from_anywhere() {
    let text = small_with("persona: hunter", "persona: ../personas/mine.yaml");
    let goals = GOALS.replace(
        "{zh: [有券吗], en: [any coupon?]}",
        "{from: ../texts/asked.csv, column: 问题}",
    );
    let csv = "id,问题\n1,\"有券吗, 亲\"\n2,\"两行\n的\"\n3,007\n4,'- {x: \"y\"} #\n";
    let shop = Shop::new()
        .with("scenarios/s.yaml", text.replace("goals: shop", "goals: ../g/mine.yaml"))
        .with("personas/mine.yaml", PERSONA.replace("hunter", "own"))
        .with("g/mine.yaml", goals)
        .with("texts/asked.csv", csv);
    let first = shop.load(&LoadOptions::default()).unwrap();
    let Step::Ask(ask) = &first.goals[0].agenda[0] else {
        panic!("the first step asks")
    };
    assert_eq!(ask.say.verbatim, ["有券吗, 亲", "两行\n的", "007", "'- {x: \"y\"} #"]);
    assert_eq!(first.file.customers[0].persona, "own");
    assert_eq!(first.file.define.profiles.len(), 1);
    let yaml = to_yaml(&first);
    assert!(yaml.contains("${WEB_KEY}"), "{yaml}");
    let elsewhere = tempfile::tempdir().unwrap();
    let path = elsewhere.path().join("scenario.yaml");
    std::fs::write(&path, &yaml).unwrap();
    let second = Loader::new(&[])
        .load(path.to_str().unwrap(), &LoadOptions::default())
        .unwrap();
    assert_eq!(second, first);
    assert_eq!(to_yaml(&second), yaml);
}

#[test]
fn files_near_the_scenario_go_before_built_in_ones_and_definitions_before_files() {
    let near = PERSONA.replace("language: zh", "language: en");
    let shop = Shop::new()
        .with("scenarios/s.yaml", SCENARIO)
        .with("personas/hunter.yaml", &near);
    let scenario = shop.load(&LoadOptions::default()).unwrap();
    assert_eq!(scenario.personas[0].language.code(), "en");
    let define = "define:\n  personas:\n    - {persona: hunter, language: zh, description: mine}\n";
    let shop = shop.with("scenarios/s.yaml", format!("{SCENARIO}{define}"));
    assert_eq!(
        shop.load(&LoadOptions::default()).unwrap().personas[0].description,
        "mine"
    );
}

#[test]
fn overrides_reach_maps_lists_names_and_keys_that_were_not_written() {
    let options = LoadOptions {
        scale: 0.5,
        seed: Some(7),
        target: Some("http://localhost:9".to_owned()),
        channel_targets: vec![("app".to_owned(), "http://[::1]:1/x=y".to_owned())],
        ..sets(&[
            "traffic.phases.midnight.peak=500/s",
            "traffic.phases.1.rate=3/s",
            "traffic.phases.0.hold.for=1s",
            "channels.web.share=50",
            "channels.app.settings.model=[1, \"2\"]",
            "customers.0.share=3",
            "customers.hunter.channels=[web]",
            "thresholds.that.0=\"missed: rate < 1%\"",
            "deadline.reply=9s",
            "bot.overload={patience: 1s}",
            "baseline=calm",
        ])
    };
    let scenario = Shop::new().with("scenarios/s.yaml", SCENARIO).load(&options).unwrap();
    let file = &scenario.file;
    let yaml = to_yaml(&scenario);
    for part in [
        "peak: 500/s",
        "rate: 3/s",
        "share: 50",
        "channels:\n  - web",
        "reply: 9s",
        "patience: 1s",
        "seed: 7",
    ] {
        assert!(yaml.contains(part), "{part}: {yaml}");
    }
    assert_eq!(
        (file.customers[0].share, file.traffic.phases[0].length()),
        (3.0, Duration::from_secs(1))
    );
    assert_eq!(scenario.channels[1].settings["model"], serde_json::json!([1, "2"]));
    assert_eq!(scenario.channels[0].target, "http://localhost:9");
    assert_eq!(scenario.channels[1].target, "http://[::1]:1/x=y");
    assert_eq!(scenario.thresholds[0].text, "missed: rate < 1%");
    assert_eq!(scenario.overrides.len(), 15);
    assert_eq!(scenario.overrides[0], "--set traffic.phases.midnight.peak=500/s");
    assert_eq!(
        scenario.overrides[13..],
        ["--channel-target app=http://[::1]:1/x=y", "--scale 0.5"]
    );
}

#[test]
fn the_schemas_accept_what_the_loader_accepts_and_refuse_unknown_keys() {
    let resolved = to_yaml(&load(SCENARIO).unwrap());
    for (name, text) in [
        ("scenario", SCENARIO),
        ("scenario", &resolved),
        ("persona", PERSONA),
        ("goals", GOALS),
        ("profile", PROFILE),
        ("knowledge", KNOWLEDGE),
    ] {
        let validator = jsonschema::validator_for(&schema(name).unwrap()).unwrap();
        let value = |text: &str| {
            let source = SourceId(0);
            let root = parse(text, source, 0, &mut Findings::default()).unwrap();
            read::<serde_json::Value>(&root, &Spot::root(source)).unwrap()
        };
        let errors: Vec<String> = validator
            .iter_errors(&value(text))
            .map(|error| error.to_string())
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:?}");
        assert!(!validator.is_valid(&value(&format!("{text}\nnonsense: 1\n"))), "{name}");
    }
}

#[test]
fn anchors_and_merge_keys_are_filled_in() {
    let text = small_with(
        "- hold: {name: calm, for: 10s, rate: 2/s}",
        "- hold: &calm {name: calm, for: 10s, rate: 2/s}\n    - hold: {<<: *calm, name: again}",
    );
    let scenario = load(&text).unwrap();
    assert_eq!(scenario.phase_names(), ["warm", "calm", "again", "midnight"]);
    assert_eq!(scenario.file.traffic.phases[2].length(), Duration::from_secs(10));
}

#[test]
fn a_byte_order_mark_and_windows_lines_are_accepted() {
    let text = format!("\u{feff}{}", SCENARIO.replace('\n', "\r\n"));
    assert_eq!(load(&text).unwrap(), load(SCENARIO).unwrap());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn no_bytes_make_the_loader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let shop = Shop::new().with("scenarios/s.yaml", bytes);
        prop_assert!(shop.load(&LoadOptions::default()).is_err());
    }

    #[test]
    fn no_text_in_place_of_a_line_makes_the_loader_panic(
        line in 0..19usize,
        text in "[ a-c:{}\\[\\],&*<!|>'\"%@`\n\t#0-9.~-]{0,40}|\\PC{0,20}",
    ) {
        let mut lines: Vec<&str> = SCENARIO.lines().collect();
        lines[line] = &text;
        let shop = Shop::new().with("scenarios/s.yaml", lines.join("\n"));
        if let Err(error) = shop.load(&LoadOptions::default()) {
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn no_override_makes_the_loader_panic(typed in "(traffic\\.phases|channels|customers|seed|define)?\\PC{0,30}") {
        let shop = Shop::new().with("scenarios/s.yaml", SCENARIO);
        if let Err(error) = shop.load(&sets(&[&typed])) {
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn any_text_survives_the_resolved_file(
        text in "\\PC{1,60}|[ \n\t\r:#'\"\\\\|>-]{0,8}[a-z0-9.]{1,9}[ \n\t\r:#'\"\\\\|>-]{0,8}|(true|null|~|007|1e3|0x1f|\\.5|yes)",
    ) {
        let mut first = load(SCENARIO).unwrap();
        first.file.description = text.clone();
        first.file.define.profiles[0].settings["model"].default = Some(serde_json::json!({"x": [text.as_str(), 1.5, -3, true, null]}));
        let shop = Shop::new().with("scenarios/s.yaml", to_yaml(&first));
        let second = shop.load(&LoadOptions::default()).unwrap();
        prop_assert_eq!(second.file, first.file);
    }
}
