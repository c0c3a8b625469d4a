//! The shipped personas, goals and scenarios: well-formed, varied, and what they amount to.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use throng::conversation::Language;
use throng::scenario::{Goal, GoalsFile, Mix, OUT_OF_SCOPE, Persona, Step};
use throng::simulation::{Cast, arrivals, on_paper};

mod shipped;

const FACTS: [&str; 26] = [
    "coupon.threshold",
    "coupon.amount",
    "delivery.within",
    "delivery.carrier",
    "returns.days",
    "returns.freight",
    "presale.deposit",
    "presale.balance_date",
    "gift.name",
    "gift.threshold",
    "price_protection.days",
    "member.discount",
    "skin.product",
    "skin.price",
    "invoice.within",
    "product.price",
    "product.deposit",
    "product.balance",
    "product.member_price",
    "product.gift",
    "order.status",
    "order.delivery_date",
    "order.amount",
    "cross_shop.steps",
    "stacking.allowed",
    "abroad.offered",
];

fn personas() -> Vec<(String, Persona)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("personas");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let yaml = files.filter(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    yaml.map(|path| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let persona = shipped::file(&format!("personas/{name}.yaml"));
        (name, persona)
    })
    .collect()
}

fn goals() -> Vec<Goal> {
    shipped::file::<GoalsFile>("personas/goals/beauty-shop.yaml").goals
}

#[test]
fn personas_are_named_like_their_files_and_differ() {
    let personas = personas();
    assert!(personas.len() >= 8);
    for (name, persona) in &personas {
        assert_eq!(name, &persona.persona);
        assert!(!persona.description.is_empty());
    }
    for language in Language::ALL {
        assert!(personas.iter().any(|(_, persona)| persona.language == language));
    }
    let typings: BTreeSet<String> = personas
        .iter()
        .map(|(_, persona)| format!("{:?}", persona.typing))
        .collect();
    assert!(typings.len() >= 8);
}

#[test]
fn personas_of_the_condensed_day_wait_about_fifteen_seconds() {
    let scenario = shipped::scenario("singles-day");
    let mean: f64 = scenario
        .mix
        .iter()
        .map(|mix| {
            let persona = &scenario.personas[usize::from(mix.persona)];
            mix.share * persona.patience.leave_after.median.get().as_secs_f64()
        })
        .sum();
    assert!((13.0..17.0).contains(&mean), "{mean}");
}

#[test]
fn every_step_has_four_wordings_in_each_language_and_no_two_steps_share_one() {
    let mut seen = BTreeSet::new();
    for goal in goals() {
        for step in &goal.agenda {
            for language in Language::ALL {
                let templates = step.words().templates(language);
                assert!(templates.len() >= 4, "{} in {language}", goal.goal);
                if matches!(step, Step::Ask(_)) {
                    assert!(templates.iter().all(|text| seen.insert(text.clone())), "{}", goal.goal);
                }
            }
        }
    }
}

#[test]
fn questions_are_as_short_as_those_of_real_customers() {
    let goals = goals();
    let steps = goals.iter().flat_map(|goal| &goal.agenda);
    let mut lengths: Vec<usize> = steps
        .flat_map(|step| &step.words().zh)
        .map(|text| text.chars().count())
        .collect();
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!((6..=11).contains(&median), "{median}");
}

#[test]
fn goals_expect_the_shops_facts_and_each_fact_is_asked_for() {
    let mut expected = BTreeSet::new();
    for goal in goals() {
        for step in &goal.agenda {
            if let Step::Ask(ask) = step {
                let is_beyond_it = ask.intent.as_deref() == Some(OUT_OF_SCOPE);
                assert_eq!(ask.expects.is_empty(), is_beyond_it, "{}", goal.goal);
                for fact in &ask.expects {
                    assert!(
                        fact.to_string()
                            .starts_with(&format!("{}.", ask.about.as_ref().unwrap()))
                    );
                    expected.insert(fact.to_string());
                }
            }
        }
    }
    assert_eq!(expected, FACTS.map(str::to_owned).into());
}

#[test]
fn every_persona_can_have_every_goal_and_gets_through_it_with_an_ideal_bot() {
    let mut scenario = shipped::scenario("singles-day");
    scenario.personas = personas().into_iter().map(|(_, persona)| persona).collect();
    scenario.goals = goals();
    let place = |index: usize| u16::try_from(index).unwrap();
    for persona in 0..scenario.personas.len() {
        for goal in 0..scenario.goals.len() {
            let mut one = scenario.clone();
            one.mix = vec![Mix {
                persona: place(persona),
                goal: place(goal),
                channel: 0,
                share: 1.0,
            }];
            let steps = one.goals[goal].agenda.len() as u64;
            let cast = Cast::new(Arc::new(one)).unwrap();
            let played = on_paper(&cast, 20, Duration::from_millis(300));
            // Each step is asked once, and the order number given in a turn of its own at most once.
            assert!(
                (20 * steps..=20 * (steps + 1)).contains(&played.turns),
                "{persona} {goal} {played:?}"
            );
            assert!(played.messages >= played.turns);
        }
    }
}

#[test]
fn the_condensed_day_brings_the_average_rate_of_three_million_inquiries() {
    let scenario = shipped::scenario("singles-day");
    let length = scenario.traffic_length().as_secs_f64();
    let planned = arrivals(&scenario).count() as f64;
    assert!((80.0..=100.0).contains(&length));
    assert!(
        (planned / length - 3e6 / 86_400.0).abs() < 2.5,
        "{planned} in {length} s"
    );
    let played = on_paper(
        &Cast::new(Arc::new(scenario)).unwrap(),
        2_000,
        Duration::from_millis(300),
    );
    let turns = played.turns as f64 / played.conversations as f64;
    let messages = played.messages as f64 / played.turns as f64;
    assert!((2.0..3.5).contains(&turns), "{turns}");
    assert!((1.1..1.6).contains(&messages), "{messages}");
    assert!(played.mean_conversation < Duration::from_secs(25), "{played:?}");
}

#[test]
fn the_smoke_test_is_over_in_ten_seconds() {
    let scenario = shipped::scenario("smoke");
    let last = scenario.traffic_length();
    assert!(last + Duration::from_secs(3) < Duration::from_secs(10));
    assert!((50..150).contains(&arrivals(&scenario).count()));
    let played = on_paper(&Cast::new(Arc::new(scenario)).unwrap(), 100, Duration::from_millis(300));
    assert!(played.mean_conversation < Duration::from_secs(4), "{played:?}");
}
