//! What the bot rightly says to a message it understood.

use crate::conversation::Language;
use crate::scenario::{Fact, Knowledge, Topic};

use super::chance::{Chance, Purpose};
use super::fact_text;
use super::memory::{Meaning, Understood};
use super::template;
use super::words::Occasion;

/// All that the bot can say.
#[derive(Debug)]
pub(super) struct Phrasebook {
    knowledge: Knowledge,
}

/// What a template's names stand for.
struct Values<'a> {
    topic: &'a Topic,
    shop: &'a str,
    order_number: Option<u64>,
    language: Language,
    /// A fact to be told wrong, by name.
    wrong_fact: Option<&'a str>,
}

impl Phrasebook {
    /// That of a bot with this knowledge.
    pub(super) fn new(knowledge: &Knowledge) -> Phrasebook {
        Phrasebook {
            knowledge: knowledge.clone(),
        }
    }

    /// True when the topic with this place is answered only to those who gave their order number.
    pub(super) fn needs_order_number(&self, topic: usize) -> bool {
        self.topic(topic).is_some_and(|topic| topic.needs_order_number)
    }

    /// The name of the topic that the message is about, if it is about any.
    pub(super) fn topic_name(&self, meaning: &Meaning) -> Option<&str> {
        match meaning {
            Meaning::Question(topic) | Meaning::NeedsOrderNumber(topic) => {
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
        let values = Values {
            topic,
            shop: self.knowledge.shop.get(language),
            order_number: understood.order_number,
            language,
            wrong_fact,
        };
        match chance.pick(Purpose::Wording, &templates) {
            Some(template) => template::fill(template, |name| values.get(name)),
            None => self.words(Occasion::Vague, language, chance),
        }
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

impl Values<'_> {
    fn get(&self, name: &str) -> Option<String> {
        match name {
            "order_number" => Some(self.order_number.map(order_text).unwrap_or_default()),
            "shop" => Some(self.shop.to_owned()),
            _ => self.fact(name, self.topic.facts.get(name)?),
        }
    }

    fn fact(&self, name: &str, fact: &Fact) -> Option<String> {
        match self.wrong_fact {
            Some(wrong) if wrong == name => fact_text::wrong(fact, self.language),
            _ => Some(fact_text::right(fact, self.language)),
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
