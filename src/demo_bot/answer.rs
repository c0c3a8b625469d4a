//! What the bot rightly says to a message it understood.

use std::time::Duration;

use crate::conversation::{Language, customer_named_by};
use crate::scenario::{FactRef, Knowledge, Topic, TrueValue, Truths};

use super::chance::{Chance, Purpose};
use super::fact_text;
use super::memory::{Meaning, Understood};
use super::template;
use super::things::records_in;
use super::words::Occasion;

/// All that the bot can say.
#[derive(Debug)]
pub(super) struct Phrasebook {
    knowledge: Knowledge,
    truths: Truths,
}

/// What a template's names stand for.
pub(super) struct Values<'a> {
    phrasebook: &'a Phrasebook,
    topic: &'a str,
    understood: &'a Understood,
    /// A fact to be told wrong, by name.
    wrong_fact: Option<&'a str>,
}

impl Phrasebook {
    /// That of a bot with this knowledge.
    pub(super) fn new(knowledge: &Knowledge) -> Phrasebook {
        Phrasebook {
            knowledge: knowledge.clone(),
            truths: Truths::new(knowledge),
        }
    }

    /// True when the topic with this place is answered only to those who gave their order number.
    pub(super) fn needs_order_number(&self, topic: usize) -> bool {
        let is_found_by_it = |record: &String| {
            self.knowledge
                .records
                .get(record)
                .is_some_and(|record| record.found_by.is_none())
        };
        self.topic(topic).is_some_and(|topic| {
            let answers = topic.answers.zh.iter().chain(&topic.answers.en);
            topic.needs_order_number || records_in(answers).iter().any(is_found_by_it)
        })
    }

    /// The name of the topic that the message is about, if it is about any.
    pub(super) fn topic_name(&self, meaning: &Meaning) -> Option<&str> {
        match meaning {
            Meaning::Question(topic) | Meaning::NeedsOrderNumber(topic) | Meaning::NeedsThing(topic) => {
                self.named_topic(*topic).map(|(name, _)| name)
            }
            _ => None,
        }
    }

    /// What is right to say. To a mere piece of a message that is a holding reply, for protocols that cannot be silent.
    pub(super) fn right(&self, understood: &Understood, chance: Chance) -> String {
        let right = self.without_regret(understood, chance);
        let is_matter = !matches!(
            understood.meaning,
            Meaning::Piece | Meaning::Courtesy | Meaning::Hello | Meaning::Nudge
        );
        if !(understood.is_upset && is_matter) {
            return right;
        }
        let regret = self.words(Occasion::Regret, understood.language, chance);
        joined(&regret, &right, understood.language)
    }

    /// The same, with no word of regret to those who are upset.
    pub(super) fn without_regret(&self, understood: &Understood, chance: Chance) -> String {
        let occasion = match &understood.meaning {
            Meaning::Question(topic) => return self.answer(*topic, understood, None, chance),
            Meaning::Anything(text) => return echo(text, understood.language),
            Meaning::WantsPerson => Occasion::Handoff,
            Meaning::NeedsOrderNumber(_) => Occasion::AskOrderNumber,
            Meaning::NeedsThing(_) => Occasion::AskWhich,
            Meaning::Hello => Occasion::Greeting,
            Meaning::Courtesy => Occasion::Closing,
            Meaning::Nudge | Meaning::Piece => Occasion::Holding,
            Meaning::Unknown => Occasion::Fallback,
        };
        self.words(occasion, understood.language, chance)
    }

    /// The answer to a question about the topic, with the fact `wrong_fact` told wrong.
    pub(super) fn answer(
        &self,
        place: usize,
        understood: &Understood,
        wrong_fact: Option<&str>,
        chance: Chance,
    ) -> String {
        let language = understood.language;
        let Some(topic) = self.topic(place) else {
            return self.words(Occasion::Vague, language, chance);
        };
        let mut templates = templates_for(topic, understood);
        if let Some(wrong_fact) = wrong_fact {
            templates.retain(|template| template::names(template).any(|name| name == wrong_fact));
        }
        let values = self.values(place, understood, wrong_fact);
        match (chance.pick(Purpose::Wording, &templates), values) {
            (Some(template), Some(values)) => template::fill(template, |name| values.get(name)),
            _ => self.words(Occasion::Vague, language, chance),
        }
    }

    /// The facts (`TOPIC.FACT`, `RECORD.COLUMN`) that the right answer tells as they are no longer at the moment `now`.
    pub(super) fn stale_facts(&self, understood: &Understood, now: Duration, chance: Chance) -> Vec<String> {
        let Meaning::Question(place) = understood.meaning else {
            return Vec::new();
        };
        let (Some(topic), Some(told)) = (self.topic(place), self.values(place, understood, None)) else {
            return Vec::new();
        };
        let today = Understood {
            knows_as_of: now,
            ..understood.clone()
        };
        let is_stale = |name: &&str| {
            let current = self.values(place, &today, None).and_then(|values| values.fact(name));
            told.fact(name).map(|fact| &fact.value) != current.map(|fact| &fact.value)
        };
        let templates = templates_for(topic, understood);
        let template = chance.pick(Purpose::Wording, &templates);
        let names = template.into_iter().flat_map(|template| template::names(template));
        let mut stale: Vec<String> = names
            .filter(is_stale)
            .map(|name| told.reference(name).to_string())
            .collect();
        stale.dedup();
        stale
    }

    /// True when it is known which things the topic's answers are about.
    pub(super) fn can_tell(&self, place: usize, understood: &Understood) -> bool {
        let records = self
            .topic(place)
            .map(|topic| records_in(topic.answers.zh.iter().chain(&topic.answers.en)));
        records.is_some_and(|records| records.iter().all(|record| self.row(record, understood).is_some()))
    }

    pub(super) fn values<'a>(
        &'a self,
        place: usize,
        understood: &'a Understood,
        wrong_fact: Option<&'a str>,
    ) -> Option<Values<'a>> {
        let (topic, _) = self.knowledge.topics.get_index(place)?;
        Some(Values {
            phrasebook: self,
            topic,
            understood,
            wrong_fact,
        })
    }

    /// The row of a record that the customer means: what they named, or what goes with their order number.
    fn row(&self, record: &str, understood: &Understood) -> Option<usize> {
        if self.knowledge.records.get(record)?.found_by.is_some() {
            return understood.rows.get(record).copied();
        }
        self.truths.row_of(record, customer_named_by(understood.order_number?))
    }

    /// Words for this occasion.
    pub(super) fn words(&self, occasion: Occasion, language: Language, chance: Chance) -> String {
        occasion.words(&self.knowledge.bot, language, chance)
    }

    /// The topic with this place.
    pub(super) fn topic(&self, place: usize) -> Option<&Topic> {
        self.named_topic(place).map(|(_, topic)| topic)
    }

    /// The same with its name.
    pub(super) fn named_topic(&self, place: usize) -> Option<(&str, &Topic)> {
        let (name, topic) = self.knowledge.topics.get_index(place)?;
        Some((name, topic))
    }

    /// How many topics there are.
    pub(super) fn topic_count(&self) -> usize {
        self.knowledge.topics.len()
    }
}

impl<'a> Values<'a> {
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let Understood {
            language, order_number, ..
        } = *self.understood;
        match name {
            "order_number" => Some(order_number.map(order_text).unwrap_or_default()),
            "shop" => Some(self.phrasebook.knowledge.shop.get(language).clone()),
            _ => match self.wrong_fact {
                Some(wrong) if wrong == name => fact_text::wrong(self.fact(name)?, language),
                _ => Some(fact_text::right(self.fact(name)?, language)),
            },
        }
    }

    /// What the bot takes to be true of the fact that a template calls by this name.
    pub(super) fn fact(&self, name: &str) -> Option<&'a TrueValue> {
        let row = match name.split_once('.') {
            Some((record, _)) => self.phrasebook.row(record, self.understood)?,
            None => 0,
        };
        let truths = &self.phrasebook.truths;
        truths.in_row(&self.reference(name), row, self.understood.knows_as_of)
    }

    fn reference(&self, name: &str) -> FactRef {
        match name.split_once('.') {
            Some((record, column)) => FactRef::of(record, column),
            None => FactRef::of(self.topic, name),
        }
    }
}

/// The topic's templates in the customer's language. While the order number is not known, those that need it only if
/// there are no others.
pub(super) fn templates_for<'a>(topic: &'a Topic, understood: &Understood) -> Vec<&'a String> {
    let all: Vec<_> = topic.answers.get(understood.language).iter().collect();
    if understood.order_number.is_some() {
        return all;
    }
    let names_order = |template: &&String| template::names(template).any(|name| name == "order_number");
    let others: Vec<_> = all.iter().copied().filter(|template| !names_order(template)).collect();
    if others.is_empty() { all } else { others }
}

/// An order number as customers and answers write it.
pub(super) fn order_text(number: u64) -> String {
    format!("{number:019}")
}

/// One text after the other.
pub(super) fn joined(first: &str, second: &str, language: Language) -> String {
    match language {
        Language::Zh => format!("{first}{second}"),
        Language::En => format!("{first} {second}"),
    }
}

fn echo(text: &str, language: Language) -> String {
    match language {
        Language::Zh => format!("关于“{text}”,请以商品页面的说明为准哦。"),
        Language::En => format!("About \"{text}\": the product page has all the details."),
    }
}

#[cfg(test)]
#[path = "tests/answer.rs"]
mod tests;
