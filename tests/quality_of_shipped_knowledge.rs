//! The shipped knowledge as our own checks see it: every answer that the built-in bot can give is a right one, every
//! wrong value in it is found, and its other words are read as what they are.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use throng::conversation::{Given, Labels, Language, Outcome, Reply, ReplyKind, Slot, Turn};
use throng::quality::{Finding, Memory, Scorer, Served};
use throng::reading::Reader;
use throng::scenario::{Fact, FactValue, LoadOptions, PerLanguage, Record, Scenario, Span, Tier, Topic, load};

/// Enough of them for every row of every record.
const CUSTOMERS: std::ops::Range<u64> = 0..60;

/// What answers about a topic tell a customer, by the name that templates call it by: its facts, or what its answers name
/// of records.
fn facts(scenario: &Scenario, topic: &Topic, customer: u64) -> Vec<(String, Fact)> {
    let of_topic = topic.facts.iter().map(|(name, fact)| (name.clone(), fact.clone()));
    let of_records = scenario.knowledge.records.iter().flat_map(|(record_name, record)| {
        let row = Record::row_of(record_name, record.rows.len(), customer).unwrap();
        let named = record.columns.iter().filter_map(move |(column_name, column)| {
            let name = format!("{record_name}.{column_name}");
            let is_named = topic.answers.zh[0].contains(&format!("{{{{ {name} }}}}"));
            is_named.then(|| (name, column.read(column_name, &record.rows[row]).unwrap()))
        });
        named.collect::<Vec<_>>()
    });
    of_topic.chain(of_records).collect()
}

/// The scenario with one goal per topic, which expects every fact of it, and one persona per language.
fn scenario() -> Arc<Scenario> {
    let mut scenario = load("singles-day", &LoadOptions::default()).unwrap();
    let goal = |(name, topic): (&String, &Topic)| {
        let facts = facts(&scenario, topic, 0);
        let named = |fact: &String| {
            if fact.contains('.') {
                fact.clone()
            } else {
                format!("{name}.{fact}")
            }
        };
        let mut expects: Vec<String> = facts.iter().map(|(fact, _)| named(fact)).collect();
        let record = expects[0].split('.').next().unwrap().to_owned();
        if topic.needs_order_number || record == "order" {
            expects.push("order_number".to_owned());
        }
        let ask = json!({"about": record, "say": {"any": ["?"]}, "expects": expects, "concerns_order": topic.needs_order_number});
        serde_json::from_value(json!({"goal": name, "agenda": [{"ask": ask}]})).unwrap()
    };
    let goals = scenario.knowledge.topics.iter().map(goal).collect();
    scenario.goals = goals;
    let persona =
        |language: Language| serde_json::from_value(json!({"persona": language.code(), "language": language})).unwrap();
    scenario.personas = Language::ALL.into_iter().map(persona).collect();
    Arc::new(scenario)
}

fn turn((customer, goal, persona): (u64, usize, usize), text: &str, kind: ReplyKind) -> Turn {
    Turn {
        customer,
        number: 1,
        labels: Labels {
            goal: u16::try_from(goal).unwrap(),
            persona: u16::try_from(persona).unwrap(),
            ..Labels::default()
        },
        step: 0,
        given: Given::default(),
        messages: Vec::new(),
        replies: vec![Reply {
            text: text.to_owned(),
            kind,
            first_text_at: Duration::ZERO,
            complete_at: Duration::ZERO,
        }],
        due_at: Duration::ZERO,
        sent_at: Some(Duration::ZERO),
        first_event_at: None,
        first_text_at: None,
        answered_at: Some(Duration::ZERO),
        polls: 0,
        chunk_gaps: Vec::new(),
        outcome: Outcome::Answered,
        duplicates: 0,
        intent: None,
        trouble: None,
        failure: None,
        open_conversations: 1,
    }
}

/// A fact as an answer writes it.
fn shown(fact: &Fact, language: Language) -> String {
    if let Some(shown) = &fact.shown {
        return shown.get(language).clone();
    }
    match (fact.value().unwrap(), language) {
        (FactValue::Money(value) | FactValue::Percent(value), _) => value.to_string(),
        (FactValue::Duration(length), _) => {
            let hours = length.as_secs() / 3_600;
            let (count, zh, en) = if hours < 72 {
                (hours, "小时", "hours")
            } else {
                (hours / 24, "天", "days")
            };
            if language == Language::Zh {
                format!("{count}{zh}")
            } else {
                format!("{count} {en}")
            }
        }
        (FactValue::Date(day), Language::Zh) => format!("{}月{}日", day.month(), day.day()),
        (FactValue::Date(day), Language::En) => day.strftime("%B %-d").to_string(),
        (FactValue::Identifier(code), _) => code,
        (FactValue::Text(wordings), _) => wordings.get(language)[0].clone(),
        (steps @ FactValue::Tiers(_), _) => steps.written(language),
        (FactValue::Holds { .. }, _) => panic!("answers say in words of their own what holds"),
    }
}

/// The same fact with another value.
fn wrong(fact: &Fact) -> Fact {
    let each = |zh: &str, en: &str| {
        Some(PerLanguage {
            zh: zh.to_owned(),
            en: en.to_owned(),
        })
    };
    Fact {
        money: fact.money.map(|amount| amount + 10.0),
        duration: fact
            .duration
            .map(|span| Span::from(span.get() + Duration::from_secs(86_400))),
        date: fact.date.map(|day| day.tomorrow().unwrap()),
        tiers: fact.tiers.clone().map(|steps| {
            let more_off = |step: Tier| Tier {
                off: step.off + 10.0,
                ..step
            };
            steps.into_iter().map(more_off).collect()
        }),
        shown: if fact.percent.is_some() {
            each("85折", "15% off")
        } else {
            None
        },
        ..fact.clone()
    }
}

/// The answer with its facts filled in; the one named `spoilt` with a wrong value.
fn rendered(answer: &str, facts: &[(String, Fact)], language: Language, spoilt: Option<&str>) -> String {
    let mut text = answer.to_owned();
    for (name, fact) in facts.iter().filter(|(_, fact)| fact.holds.is_none()) {
        let value = if spoilt == Some(name) {
            shown(&wrong(fact), language)
        } else {
            shown(fact, language)
        };
        text = text.replace(&format!("{{{{ {name} }}}}"), &value);
    }
    assert!(!text.contains("{{"), "{text}");
    text
}

#[test]
fn every_answer_passes_every_check_and_every_wrong_value_is_found() {
    let scenario = scenario();
    let (scorer, reader) = (Scorer::new(scenario.clone()).unwrap(), Reader::new(&scenario).unwrap());
    let customers = || {
        CUSTOMERS.flat_map(|customer| {
            Language::ALL
                .into_iter()
                .enumerate()
                .map(move |(place, language)| (customer, place, language))
        })
    };
    let mut seen = std::collections::HashSet::new();
    for (goal, topic) in scenario.knowledge.topics.values().enumerate() {
        for (customer, persona, language) in customers() {
            let facts = facts(&scenario, topic, customer);
            seen.extend(facts.iter().map(|(name, fact)| format!("{name} {:?}", fact.value())));
            let order_number = scenario.run_key().order_number(customer);
            let who = (customer, goal, persona);
            assert!(topic.answers.get(language).len() >= 3);
            for answer in topic.answers.get(language) {
                let answer = &answer.replace("{{ order_number }}", &order_number);
                let text = rendered(answer, &facts, language, None);
                let score = scorer.score(&turn(who, &text, reader.kind(&text, 0)), &mut Memory::default());
                // Those that do not apply to a first answer are unscored.
                let passes = score
                    .findings
                    .iter()
                    .all(|finding| !matches!(finding, Finding::Fail(_)));
                assert!(
                    passes && score.served == Served::Yes && score.quality == Some(1.0),
                    "{text}: {score:?}"
                );
                for (name, fact) in &facts {
                    if matches!(fact.value().unwrap(), FactValue::Text(_) | FactValue::Holds { .. }) {
                        continue;
                    }
                    let text = rendered(answer, &facts, language, Some(name));
                    let score = scorer.score(&turn(who, &text, reader.kind(&text, 0)), &mut Memory::default());
                    let gates = &score.findings[..2];
                    assert!(
                        gates.iter().all(|finding| matches!(finding, Finding::Fail(_))),
                        "{text}: {score:?}"
                    );
                }
            }
        }
    }
    let products = seen.iter().filter(|fact| fact.starts_with("product.name")).count();
    assert_eq!(
        products,
        scenario.knowledge.records["product"].rows.len(),
        "every product was asked about"
    );
    let orders = seen.iter().filter(|fact| fact.starts_with("order.status")).count();
    assert_eq!(
        orders,
        scenario.knowledge.records["order"].rows.len(),
        "every order was asked about"
    );
}

#[test]
fn every_wrong_answer_in_words_is_found() {
    let scenario = scenario();
    let scorer = Scorer::new(scenario.clone()).unwrap();
    let mut found = 0;
    for (goal, topic) in scenario.knowledge.topics.values().enumerate() {
        let whole = topic
            .facts
            .values()
            .any(|fact| fact.holds.is_some() || fact.tiers.is_some());
        for (persona, language) in Language::ALL.into_iter().enumerate() {
            let answers = topic.wrong_answers.get(language);
            assert_eq!(answers.is_empty(), !whole, "{goal} in {language}");
            for text in answers {
                let score = scorer.score(
                    &turn((0, goal, persona), text, ReplyKind::Substantive),
                    &mut Memory::default(),
                );
                let fails = |place: usize| matches!(score.findings[place], Finding::Fail(_));
                assert!(fails(0) && fails(1), "{text}: {score:?}");
                found += 1;
            }
        }
    }
    assert!(found >= 12, "{found}");
}

#[test]
fn the_bots_other_words_are_read_as_what_they_are() {
    let scenario = scenario();
    let (scorer, reader) = (Scorer::new(scenario.clone()).unwrap(), Reader::new(&scenario).unwrap());
    let words = &scenario.knowledge.bot;
    for language in Language::ALL {
        for text in words.holding.get(language).iter().chain(words.greetings.get(language)) {
            assert_eq!(reader.kind(text, 0), ReplyKind::Holding, "{text}");
        }
        for text in words.fallbacks.get(language) {
            assert!(reader.read(text).fallback, "{text}");
            assert_eq!(reader.kind(text, 0), ReplyKind::Substantive, "{text}");
        }
        for text in words.ask_order_number.get(language) {
            assert_eq!(reader.read(text).asks_for, [Slot::OrderNumber], "{text}");
            assert_eq!(reader.kind(text, 0), ReplyKind::Substantive, "{text}");
        }
        for text in words.forbidden.get(language) {
            let score = scorer.score(&turn((0, 0, 0), text, ReplyKind::Substantive), &mut Memory::default());
            assert!(matches!(score.findings[2], Finding::Fail(_)), "{text}: {score:?}");
        }
    }
}

#[test]
fn no_keyword_of_a_topic_is_part_of_another_topics() {
    let scenario = scenario();
    let all: Vec<(&String, &String)> = scenario
        .knowledge
        .topics
        .iter()
        .flat_map(|(name, topic)| {
            topic
                .keywords
                .zh
                .iter()
                .chain(&topic.keywords.en)
                .map(move |word| (name, word))
        })
        .collect();
    let is_about_product = |topic: &str| scenario.knowledge.topics[topic].answers.zh[0].contains("{{ product.");
    for (topic, word) in &all {
        let clash = all
            .iter()
            // A customer who named a product speaks of it, so its topics come first and may share words with others.
            .filter(|(other, _)| is_about_product(other) == is_about_product(topic))
            .find(|(other, longer)| other != topic && longer.contains(word.as_str()));
        assert_eq!(clash, None, "`{word}` of {topic}");
    }
}
