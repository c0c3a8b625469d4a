//! How a fault of content spoils what the bot says.

use crate::conversation::Language;
use crate::scenario::Fault;

use super::answer::{Phrasebook, order_text, templates_for};
use super::chance::{Chance, Purpose};
use super::fact_text;
use super::memory::{Meaning, Understood};
use super::template;
use super::words::Occasion;

impl Phrasebook {
    /// What a bot with this fault of content says instead; none if it cannot have the fault here, for instance when the
    /// answer holds no number that could be wrong.
    pub(super) fn spoiled(&self, understood: &Understood, fault: Fault, chance: Chance) -> Option<String> {
        if understood.meaning == Meaning::Piece {
            return None;
        }
        let language = understood.language;
        match fault {
            Fault::Placeholder => Some(self.words(Occasion::Holding, language, chance)),
            Fault::Fallback => Some(self.words(Occasion::Fallback, language, chance)),
            Fault::Forbidden => {
                let claim = self.words(Occasion::Forbidden, language, chance);
                Some(joined(&self.right(understood, chance), &claim, language))
            }
            Fault::WrongLanguage => self.in_the_other_language(understood, chance),
            Fault::WrongValue => self.with_a_wrong_value(understood, chance),
            Fault::MissingFact => self.without_facts(understood, chance),
            Fault::CrossTalk => self.about_a_stranger(understood, chance),
            _ => None,
        }
    }

    fn in_the_other_language(&self, understood: &Understood, chance: Chance) -> Option<String> {
        let other = Understood {
            language: match understood.language {
                Language::Zh => Language::En,
                Language::En => Language::Zh,
            },
            ..understood.clone()
        };
        let (right, text) = (self.right(understood, chance), self.right(&other, chance));
        (text != right).then_some(text)
    }

    fn with_a_wrong_value(&self, understood: &Understood, chance: Chance) -> Option<String> {
        let Meaning::Question(place) = understood.meaning else {
            return None;
        };
        let topic = self.topic(place)?;
        let numeric: Vec<&str> = templates_for(topic, understood)
            .into_iter()
            .flat_map(|template| template::names(template))
            .filter(|name| topic.facts.get(*name).is_some_and(fact_text::is_numeric))
            .collect();
        let wrong = chance.pick(Purpose::Fact, &numeric)?;
        Some(self.answer(place, understood, Some(wrong), chance))
    }

    fn without_facts(&self, understood: &Understood, chance: Chance) -> Option<String> {
        let Meaning::Question(place) = understood.meaning else {
            return None;
        };
        let has_facts = templates_for(self.topic(place)?, understood)
            .iter()
            .any(|template| template::names(template).next().is_some());
        has_facts.then(|| self.words(Occasion::Vague, understood.language, chance))
    }

    fn about_a_stranger(&self, understood: &Understood, chance: Chance) -> Option<String> {
        let (Meaning::Question(place), Some(number)) = (&understood.meaning, understood.strangers_number) else {
            return None;
        };
        let stranger = Understood {
            order_number: Some(number),
            ..understood.clone()
        };
        let answer = self.answer(*place, &stranger, None, chance);
        let number = order_text(number);
        if answer.contains(&number) {
            return Some(answer);
        }
        let notice = match understood.language {
            Language::Zh => format!("您的订单{number}已经安排好了。"),
            Language::En => format!("Your order {number} has been taken care of."),
        };
        Some(joined(&answer, &notice, understood.language))
    }
}

fn joined(first: &str, second: &str, language: Language) -> String {
    match language {
        Language::Zh => format!("{first}{second}"),
        Language::En => format!("{first} {second}"),
    }
}

#[cfg(test)]
#[path = "tests/spoil.rs"]
mod tests;
