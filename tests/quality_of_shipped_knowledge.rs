//! The shipped knowledge as our own checks see it: every answer that the built-in bot can give is a right one, every
//! wrong value in it is found, and its other words are read as what they are.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use throng::conversation::{Labels, Language, Outcome, Reply, ReplyKind, Slot, Slots, Turn};
use throng::quality::{Finding, Memory, Scorer, Served};
use throng::reading::Reader;
use throng::scenario::{Fact, FactValue, LoadOptions, PerLanguage, Scenario, Span, Topic, load};

const CUSTOMER: u64 = 7;

/// The scenario with one goal per topic, which expects every fact of it, and one persona per language.
fn scenario() -> Arc<Scenario> {
    let mut scenario = load("singles-day", &LoadOptions::default()).unwrap();
    let goal = |(name, topic): (&String, &Topic)| {
        let mut expects: Vec<String> = topic.facts.keys().map(|fact| format!("{name}.{fact}")).collect();
        if topic.needs_order_number {
            expects.push("order_number".to_owned());
        }
        let ask = json!({"about": name, "say": {"any": ["?"]}, "expects": expects, "concerns_order": topic.needs_order_number});
        serde_json::from_value(json!({"goal": name, "agenda": [{"ask": ask}]})).unwrap()
    };
    scenario.goals = scenario.knowledge.topics.iter().map(goal).collect();
    let persona =
        |language: Language| serde_json::from_value(json!({"persona": language.code(), "language": language})).unwrap();
    scenario.personas = Language::ALL.into_iter().map(persona).collect();
    Arc::new(scenario)
}

fn turn(goal: usize, persona: usize, text: &str, kind: ReplyKind) -> Turn {
    Turn {
        customer: CUSTOMER,
        number: 1,
        labels: Labels {
            goal: u16::try_from(goal).unwrap(),
            persona: u16::try_from(persona).unwrap(),
            ..Labels::default()
        },
        step: 0,
        given: Slots::default(),
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
        chunk_gaps: Vec::new(),
        outcome: Outcome::Answered,
        duplicates: 0,
        trouble: None,
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
        shown: if fact.percent.is_some() {
            each("85折", "15% off")
        } else {
            None
        },
        ..fact.clone()
    }
}

/// The answer with its facts filled in; the one named `spoilt` with a wrong value.
fn rendered(answer: &str, topic: &Topic, language: Language, order_number: &str, spoilt: Option<&str>) -> String {
    let mut text = answer.replace("{{ order_number }}", order_number);
    for (name, fact) in &topic.facts {
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
    let order_number = scenario.run_key().order_number(CUSTOMER);
    for (goal, topic) in scenario.knowledge.topics.values().enumerate() {
        for (persona, language) in Language::ALL.into_iter().enumerate() {
            assert!(topic.answers.get(language).len() >= 3);
            for answer in topic.answers.get(language) {
                let text = rendered(answer, topic, language, &order_number, None);
                let score = scorer.score(
                    &turn(goal, persona, &text, reader.kind(&text, 0)),
                    &mut Memory::default(),
                );
                let passes = score.findings.iter().all(|finding| *finding == Finding::Pass);
                assert!(
                    passes && score.served == Served::Yes && score.quality == Some(1.0),
                    "{text}: {score:?}"
                );
                for (name, fact) in &topic.facts {
                    if matches!(fact.value().unwrap(), FactValue::Text(_)) {
                        continue;
                    }
                    let text = rendered(answer, topic, language, &order_number, Some(name));
                    let score = scorer.score(
                        &turn(goal, persona, &text, reader.kind(&text, 0)),
                        &mut Memory::default(),
                    );
                    let gates = &score.findings[..2];
                    assert!(
                        gates.iter().all(|finding| matches!(finding, Finding::Fail(_))),
                        "{text}: {score:?}"
                    );
                }
            }
        }
    }
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
            let score = scorer.score(&turn(0, 0, text, ReplyKind::Substantive), &mut Memory::default());
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
    for (topic, word) in &all {
        let clash = all
            .iter()
            .find(|(other, longer)| other != topic && longer.contains(word.as_str()));
        assert_eq!(clash, None, "`{word}` of {topic}");
    }
}
