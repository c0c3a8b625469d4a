//! What the scorer remembers of a conversation between its turns.

use super::check::Case;
use super::handoff::is_handed_over;
use super::tone::apology;
use crate::conversation::{Outcome, RunKey, Turn};
use crate::reading::personal_keys;

/// So many answers, and different apologies, are remembered; the oldest go first.
const ANSWERS: usize = 6;
const APOLOGIES: usize = 4;

/// The most pieces of their own data that are remembered of a customer.
const MOST_KEYS: usize = 16;

/// What the scorer remembers of a conversation between its turns. Small, since there is one for every open conversation; whoever
/// scores drops it when the conversation ends.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    /// The customer asked for a person in words.
    pub(super) asked_for_person: bool,
    /// The bot failed the customer so that both could see it: no answer in time, or none that it knew. What it told wrong it takes for
    /// right, so that is no reason to hand over; nor is a handover that nobody came to.
    pub(super) has_failed: bool,
    /// The turn before was not answered in time.
    pub(super) was_missed: bool,
    pub(super) answers: Answers,
    pub(super) apologies: Apologies,
    /// The customer's own phone, address and the like, as [`personal_keys`] writes them.
    own: Vec<String>,
}

/// The last answers: the step that each was given to, and its text's fingerprint.
#[derive(Debug, Clone, Default)]
pub(super) struct Answers {
    last: [(u16, u32); ANSWERS],
    count: u8,
}

/// How often each of the last apologies was made.
#[derive(Debug, Clone, Default)]
pub(super) struct Apologies([(u32, u8); APOLOGIES]);

/// What is to be remembered of one turn.
pub(super) struct Impression {
    is_missed: bool,
    has_failed: bool,
    asks_for_person: bool,
    answer: Option<(u16, u32)>,
    apology: Option<u32>,
}

impl Impression {
    pub(super) fn of(case: &Case) -> Impression {
        let is_missed = !matches!(case.turn.outcome, Outcome::Answered | Outcome::CutShort) && !is_handed_over(case);
        let gives_up = case.answer.as_ref().is_some_and(|answer| answer.reading.fallback);
        Impression {
            is_missed,
            has_failed: is_missed || gives_up,
            asks_for_person: case.plea.for_a_person,
            answer: case
                .answer
                .as_ref()
                .map(|answer| (case.turn.step, answer.fingerprint())),
            apology: apology(case),
        }
    }
}

impl Memory {
    /// True when the customer wrote this piece of personal data.
    pub(super) fn wrote(&self, key: &String) -> bool {
        self.own.contains(key)
    }

    /// Takes note of what the customer wrote in a turn, before its score.
    pub(super) fn hear(&mut self, turn: &Turn, key: RunKey) {
        let mut hear = |text: &str| {
            for own in personal_keys(text, key) {
                if self.own.len() < MOST_KEYS && !self.own.contains(&own) {
                    self.own.push(own);
                }
            }
        };
        turn.messages.iter().for_each(|message| hear(&message.text));
        if turn.messages.len() > 1 {
            // An address may be written in several messages.
            let whole: String = turn.messages.iter().map(|message| message.text.as_str()).collect();
            hear(&whole);
        }
    }

    /// Takes note of a turn that was scored.
    pub(super) fn note(&mut self, turn: &Impression) {
        self.asked_for_person |= turn.asks_for_person;
        self.has_failed |= turn.has_failed;
        self.was_missed = turn.is_missed;
        if let Some((step, fingerprint)) = turn.answer {
            self.answers.add(step, fingerprint);
        }
        if let Some(apology) = turn.apology {
            self.apologies.add(apology);
        }
    }
}

impl Answers {
    fn add(&mut self, step: u16, fingerprint: u32) {
        self.last.rotate_right(1);
        self.last[0] = (step, fingerprint);
        self.count = self.count.saturating_add(1).min(ANSWERS as u8);
    }

    fn remembered(&self) -> &[(u16, u32)] {
        &self.last[..usize::from(self.count)]
    }

    /// The latest other step that got the same answer.
    pub(super) fn step_of_same(&self, fingerprint: u32, step: u16) -> Option<u16> {
        let same = |(other, answer): &&(u16, u32)| *answer == fingerprint && *other != step;
        self.remembered().iter().find(same).map(|(step, _)| *step)
    }

    /// How often this answer was given before.
    pub(super) fn times(&self, fingerprint: u32) -> usize {
        let same = self.remembered().iter().filter(|(_, answer)| *answer == fingerprint);
        same.count()
    }
}

impl Apologies {
    fn add(&mut self, apology: u32) {
        let place = self.0.iter().position(|(one, times)| *one == apology && *times > 0);
        match place {
            Some(place) => self.0[place].1 = self.0[place].1.saturating_add(1),
            None => {
                self.0.rotate_right(1);
                self.0[0] = (apology, 1);
            }
        }
    }

    /// How often this apology was made before.
    pub(super) fn times(&self, apology: u32) -> u8 {
        let same = self.0.iter().find(|(one, times)| *one == apology && *times > 0);
        same.map_or(0, |(_, times)| *times)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_small() {
        assert!(size_of::<Memory>() <= 124, "{}", size_of::<Memory>());
    }

    #[test]
    fn answers_are_known_by_the_step_that_they_were_given_to() {
        let mut answers = Answers::default();
        assert_eq!((answers.step_of_same(0, 1), answers.times(0)), (None, 0));
        answers.add(1, 77);
        assert_eq!(answers.step_of_same(77, 1), None);
        assert_eq!(answers.step_of_same(77, 2), Some(1));
        for other in 0..5 {
            answers.add(3, other);
        }
        assert_eq!((answers.step_of_same(77, 2), answers.times(77)), (Some(1), 1));
        answers.add(3, 5);
        assert_eq!(answers.step_of_same(77, 2), None, "the oldest is forgotten");
    }

    #[test]
    fn apologies_are_counted_one_by_one() {
        let mut apologies = Apologies::default();
        for apology in [5, 6, 5, 5] {
            apologies.add(apology);
        }
        assert_eq!([5, 6, 7, 0].map(|apology| apologies.times(apology)), [3, 1, 0, 0]);
    }
}
