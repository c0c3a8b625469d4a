//! How a fault of content spoils what the bot says.

use crate::conversation::Language;
use crate::scenario::{FactValue, Fault, TrueValue};

use super::answer::{Phrasebook, joined, order_text, templates_for};
use super::chance::{Chance, Purpose};
use super::fact_text;
use super::malformed;
use super::memory::{Meaning, Understood};
use super::stranger::Stranger;
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
            Fault::Fallback => {
                (understood.meaning != Meaning::Unknown).then(|| self.words(Occasion::Fallback, language, chance))
            }
            Fault::Forbidden => {
                let claim = self.words(Occasion::Forbidden, language, chance);
                Some(joined(&self.right(understood, chance), &claim, language))
            }
            Fault::WrongLanguage => self.in_the_other_language(understood, chance),
            Fault::WrongValue => self.with_a_wrong_value(understood, chance),
            Fault::WrongPolarity => self.with_the_opposite(understood, chance),
            Fault::MissingFact => self.without_facts(understood, chance),
            Fault::CrossTalk => self.about_a_stranger(understood, chance),
            Fault::PersonalData => Some(self.with_personal_data(understood, chance)),
            _ => self.beside_the_customer(understood, fault, chance),
        }
    }

    /// The faults of a bot that does not keep to what this customer said, asked or needs.
    fn beside_the_customer(&self, understood: &Understood, fault: Fault, chance: Chance) -> Option<String> {
        let language = understood.language;
        let question = match understood.meaning {
            Meaning::Question(place) => Some(place),
            _ => None,
        };
        match fault {
            Fault::RepeatedQuestion => {
                let has_it = self.needs_order_number(question?) && understood.order_number.is_some();
                has_it.then(|| self.words(Occasion::AskOrderNumber, language, chance))
            }
            Fault::PrematureHandoff => (question.is_some() && !understood.wants_person)
                .then(|| self.words(Occasion::Handoff, language, chance)),
            Fault::MissedHandoff => {
                (understood.meaning == Meaning::WantsPerson).then(|| self.words(Occasion::BrushOff, language, chance))
            }
            Fault::Cold => {
                let cold = self.without_regret(understood, chance);
                (cold != self.right(understood, chance)).then_some(cold)
            }
            Fault::Stale => {
                question?;
                Some(self.answer(understood.earlier_topic?, understood, None, chance))
            }
            Fault::OffTopic => self.about_another_topic(question?, understood, chance),
            Fault::CutOff => {
                question?;
                // Words about a picture are left out: broken off, they are often whole sentences all the same.
                let words = Understood {
                    media: None,
                    ..understood.clone()
                };
                Some(malformed::cut_off(&self.right(&words, chance), language, chance))
            }
            Fault::BadForm => self.in_a_bad_form(question?, understood, chance),
            Fault::MediaIgnored => {
                let media = understood.media?;
                Some(self.media_words(Occasion::MediaRefusal, media, language, chance))
            }
            _ => None,
        }
    }

    fn with_personal_data(&self, understood: &Understood, chance: Chance) -> String {
        let language = understood.language;
        let stranger = Stranger::new(chance.number(Purpose::Stranger), language);
        let leak = self.words(Occasion::Leak, language, chance);
        let leak = template::fill(&leak, |name| stranger.datum(name));
        joined(&self.right(understood, chance), &leak, language)
    }

    /// The answer to a question that the customer has not put.
    fn about_another_topic(&self, place: usize, understood: &Understood, chance: Chance) -> Option<String> {
        let others: Vec<usize> = (0..self.topic_count())
            .filter(|other| *other != place && Some(*other) != understood.earlier_topic)
            .filter(|other| !self.needs_order_number(*other) && self.can_tell(*other, understood))
            .collect();
        let other = chance.pick(Purpose::Topic, &others)?;
        Some(self.answer(*other, understood, None, chance))
    }

    fn in_a_bad_form(&self, place: usize, understood: &Understood, chance: Chance) -> Option<String> {
        let (name, _) = self.named_topic(place)?;
        let right = self.right(understood, chance);
        let known = (0..self.topic_count()).filter(|place| self.can_tell(*place, understood));
        let all = known.map(|place| self.answer(place, understood, None, chance));
        Some(malformed::in_a_bad_form(name, &right, &all.collect::<Vec<_>>(), chance))
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
        if !self.tells_what_holds(place)
            && let Some(answer) = self.wrong_answer(place, understood, chance)
        {
            return Some(answer);
        }
        self.with_a_wrong_fact(place, understood, chance, |fact| {
            fact_text::can_be_wrong(fact) && !is_stance(&fact.value)
        })
    }

    /// The opposite of what holds.
    fn with_the_opposite(&self, understood: &Understood, chance: Chance) -> Option<String> {
        let Meaning::Question(place) = understood.meaning else {
            return None;
        };
        if !self.tells_what_holds(place) {
            return None;
        }
        let in_words = self.wrong_answer(place, understood, chance);
        in_words.or_else(|| self.with_a_wrong_fact(place, understood, chance, |fact| is_stance(&fact.value)))
    }

    fn tells_what_holds(&self, place: usize) -> bool {
        let facts = self.topic(place).map(|topic| topic.facts.values());
        facts.is_some_and(|mut facts| facts.any(|fact| fact.holds.is_some()))
    }

    /// One of the knowledge's own wrong answers.
    fn wrong_answer(&self, place: usize, understood: &Understood, chance: Chance) -> Option<String> {
        let templates = self.topic(place)?.wrong_answers.get(understood.language);
        let template = chance.pick(Purpose::Wording, templates)?;
        let values = self.values(place, understood, None)?;
        Some(template::fill(template, |name| values.get(name)))
    }

    /// An answer with one of these facts told wrong.
    fn with_a_wrong_fact(
        &self,
        place: usize,
        understood: &Understood,
        chance: Chance,
        can_be_wrong: impl Fn(&TrueValue) -> bool,
    ) -> Option<String> {
        let topic = self.topic(place)?;
        let values = self.values(place, understood, None)?;
        let told: Vec<&str> = templates_for(topic, understood)
            .into_iter()
            .flat_map(|template| template::names(template))
            .filter(|name| values.fact(name).is_some_and(&can_be_wrong))
            .collect();
        let wrong = chance.pick(Purpose::Fact, &told)?;
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

fn is_stance(value: &FactValue) -> bool {
    matches!(value, FactValue::Holds { .. })
}

#[cfg(test)]
#[path = "tests/spoil.rs"]
mod tests;
