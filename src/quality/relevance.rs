//! Is the answer off-topic? An alarm and no measure: independent right answers share few letters (chrF 0.28 to 0.30 between people),
//! so a high value says nothing, and only a very low one does.
//!
//! An answer that lacks what is expected and tells a fact of another topic needs no likeness: it is off-topic.
//!
//! The references are the topic's answers in the knowledge, in the answer's language. The floor comes from the knowledge alone: it is
//! the least likeness of one of them to the others. Where it does not lie above half of the other topics' answers it tells nothing
//! apart, and nothing is judged.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::answer::Answer;
use super::check::{Case, Check, Opinion};
use super::intents::bare;
use super::required_facts::are_all_stated;
use super::told::of_another_topic;
use crate::conversation::Language;
use crate::reading::{References, normalise};
use crate::scenario::{FactRef, Knowledge};

pub(super) const CHECK: Check = Check {
    name: "relevance",
    is_gate: false,
    judge,
};

/// The references of each topic and language, where they tell right from off-topic; put together when one is asked for, which most of a
/// run's answers do for few topics or none.
pub(super) struct Alarms(HashMap<(String, Language), OnceLock<Option<Alarm>>>);

struct Alarm {
    references: References,
    floor: f64,
}

impl Alarms {
    pub(super) fn new(knowledge: &Knowledge) -> Alarms {
        let topics = |language| {
            let topics = knowledge.topics.keys();
            topics.map(move |topic| ((topic.clone(), language), OnceLock::new()))
        };
        Alarms(Language::ALL.into_iter().flat_map(topics).collect())
    }

    #[cfg(test)]
    pub(super) fn len(&self, knowledge: &Knowledge) -> usize {
        let kinds = self.0.keys();
        let alarms = kinds.filter_map(|(topic, language)| self.of(knowledge, topic, *language));
        alarms.count()
    }

    fn of(&self, knowledge: &Knowledge, topic: &str, language: Language) -> Option<&Alarm> {
        let alarm = self.0.get(&(topic.to_owned(), language))?;
        let alarm = alarm.get_or_init(|| Alarm::new(knowledge, topic, language));
        alarm.as_ref()
    }
}

impl Alarm {
    /// Absent with fewer than two references, and where right and off-topic answers cannot be told apart.
    fn new(knowledge: &Knowledge, topic: &str, language: Language) -> Option<Alarm> {
        let texts = |topic: &str| -> Vec<String> {
            let answers = knowledge.topics.get(topic).map(|topic| topic.answers.get(language));
            let answers = answers.into_iter().flatten();
            answers.map(|answer| normalise(&bare(answer))).collect()
        };
        let own = texts(topic);
        if own.len() < 2 {
            return None;
        }
        let against_the_others = |place: usize| {
            let mut others = own.clone();
            let left_out = others.remove(place);
            References::new(language, &others).likeness(&left_out)
        };
        let least_right = (0..own.len()).map(against_the_others).fold(1.0, f64::min);
        let references = References::new(language, &own);
        let others = knowledge.topics.keys().filter(|other| *other != topic);
        let off_topic = others
            .flat_map(|other| texts(other))
            .map(|text| references.likeness(&text));
        let mut off_topic: Vec<f64> = off_topic.collect();
        off_topic.sort_unstable_by(f64::total_cmp);
        let middling = off_topic.get(off_topic.len() / 2).copied().unwrap_or(0.0);
        (middling < least_right).then_some(Alarm {
            references,
            floor: least_right,
        })
    }
}

/// True when the answer claims something, right or wrong, about a fact of the question. What it says of `70 yuan per person` may be about
/// a ticket as well as a meal: it is about what was asked where it names that.
fn claims_what_is_asked(case: &Case, answer: &Answer, topic: &str) -> bool {
    let Ok(Some(asked)) = case.step else {
        return false;
    };
    let facts: Vec<String> = asked.ask.expects.iter().map(FactRef::name).collect();
    let mut claimed = case.claims.iter().filter_map(|claim| claim.fact.as_ref());
    claimed.any(|fact| facts.contains(fact)) && names_topic(case, answer, topic)
}

/// True when a keyword of the topic stands in the answer.
fn names_topic(case: &Case, answer: &Answer, topic: &str) -> bool {
    let keywords = case
        .scorer
        .scenario
        .knowledge
        .topics
        .get(topic)
        .map(|topic| &topic.keywords);
    let mut words = Language::ALL
        .into_iter()
        .flat_map(|language| keywords.into_iter().flat_map(move |all| all.get(language)));
    words.any(|word| answer.passage.text().contains(&normalise(word)))
}

/// An answer that states what is expected is relevant. One that asks back, hands over or gives up is other checks' matter, and one in
/// another language has no reference.
fn judge(case: &Case) -> Opinion {
    let (Some(answer), Ok(Some(asked))) = (&case.answer, case.step) else {
        return Opinion::DoesNotApply;
    };
    let Some(topic) = &asked.ask.about else {
        return Opinion::DoesNotApply;
    };
    if are_all_stated(case) == Some(true) {
        return Opinion::Pass;
    }
    let reading = &answer.reading;
    if reading.fallback || reading.handoff || !reading.asks_for.is_empty() {
        return Opinion::DoesNotApply;
    }
    if are_all_stated(case) == Some(false)
        && !claims_what_is_asked(case, answer, topic)
        && let Some(other) = of_another_topic(case, answer, topic)
    {
        return Opinion::fail(
            format!("答非所问：说的是 {other}，不是顾客问的"),
            format!("off-topic: it tells {other} and not what was asked"),
        );
    }
    let (alarms, knowledge) = (&case.scorer.alarms, &case.scorer.scenario.knowledge);
    let Some(alarm) = answer
        .language()
        .and_then(|language| alarms.of(knowledge, topic, language))
    else {
        return Opinion::CannotTell;
    };
    let likeness = alarm.references.likeness(answer.passage.text());
    if likeness >= alarm.floor {
        return Opinion::Pass;
    }
    let floor = alarm.floor;
    Opinion::fail(
        format!("答非所问：与 {topic} 的答案相似度 {likeness:.2}，下限 {floor:.2}"),
        format!("off-topic: likeness to answers about {topic} {likeness:.2}, floor {floor:.2}"),
    )
}
