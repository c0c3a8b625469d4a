//! What a check is, what it looks at, and the table of all of them.

use std::cell::OnceCell;
use std::sync::Arc;

use super::answer::Answer;
use super::claim::Claim;
use super::disclosure::Disclosure;
use super::evidence::Evidence;
use super::fact_sheet::FactSheet;
use super::intents::Understood;
use super::scorer::Scorer;
use super::{
    Memory, contradicted, cross_talk, cut_off, duplicate, fallback, forbidden, form, handoff, intent, language, media,
    personal_data, relevance, repeated_question, required_facts, stale, tone,
};
use crate::conversation::{Language, Turn};
use crate::reading::Plea;
use crate::scenario::{Ask, Goal, Metric, Mood};

/// How many checks there are.
pub(super) const CHECK_COUNT: usize = Metric::CHECKS.len();

/// Every check, in the order of [`Metric::CHECKS`].
pub(super) const CHECKS: [Check; CHECK_COUNT] = [
    required_facts::CHECK,
    contradicted::CHECK,
    forbidden::CHECK,
    cross_talk::CHECK,
    personal_data::CHECK,
    language::CHECK,
    fallback::CHECK,
    intent::CHECK,
    relevance::CHECK,
    repeated_question::CHECK,
    handoff::CHECK,
    tone::CHECK,
    duplicate::CHECK,
    stale::CHECK,
    cut_off::CHECK,
    form::CHECK,
    media::CHECK,
];

/// Every check, in the order of its findings in a [`TurnScore`](super::TurnScore).
pub fn checks() -> &'static [Check] {
    &CHECKS
}

/// One way to judge an answer.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// The word for it in thresholds and reports.
    pub name: &'static str,
    /// True for a hard gate: an answer that fails it serves nobody. The others only lower the quality.
    pub is_gate: bool,
    pub(super) judge: fn(&Case) -> Opinion,
}

/// What a check finds. Unlike a [`Finding`](super::Finding) it tells what does not concern the turn from what should
/// have been judged but could not be: only the latter leaves open whether the turn served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Opinion {
    Pass,
    /// With what shows it.
    Fail(Box<Evidence>),
    DoesNotApply,
    CannotTell,
}

impl Opinion {
    /// Fails with words alone, in Chinese and in English.
    pub(super) fn fail(zh: impl AsRef<str>, en: impl AsRef<str>) -> Opinion {
        Opinion::Fail(Evidence::words(zh, en))
    }
}

/// A closed turn with all that the checks look at.
pub(super) struct Case<'a> {
    pub(super) scorer: &'a Scorer,
    pub(super) turn: &'a Turn,
    /// The conversation before this turn; of what the customer wrote about themselves, this turn too.
    pub(super) memory: &'a Memory,
    /// Absent when the labels name no goal of the scenario.
    pub(super) goal: Option<&'a Goal>,
    /// Absent when the bot gave no substantive answer.
    pub(super) answer: Option<Answer<'a>>,
    /// What each of the turn's replies tells of people.
    pub(super) disclosures: Vec<Arc<Disclosure>>,
    /// What the turn's step asks; `Err` when the labels name no step of the scenario.
    pub(super) step: Result<Option<Asked<'a>>, UnknownStep>,
    /// The language that the customer writes.
    pub(super) language: Option<Language>,
    /// What the answer claims, held against what is true.
    pub(super) claims: Vec<Claim>,
    /// How the customer feels.
    pub(super) mood: Mood,
    /// What the customer says in this turn beside the question.
    pub(super) plea: Plea,
    /// True when the shop hands such questions to a person.
    pub(super) needs_person: bool,
    /// True when being handed to a person is what the customer came for or has asked for.
    pub(super) accepts_handoff: bool,
    /// Of each fact that is expected, whether the answer states it, once somebody asked; absent when it cannot be told.
    pub(super) stated: OnceCell<Vec<Option<bool>>>,
    /// What the bot took the customer to want, once somebody asked.
    pub(super) understood: OnceCell<Option<Understood>>,
}

/// A turn that does not fit the scenario.
#[derive(Debug, Clone, Copy)]
pub(super) struct UnknownStep;

/// A question of the agenda and what is true about it.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) ask: &'a Ask,
    /// Absent when the question is about no topic and no record.
    pub(super) sheet: Option<&'a FactSheet>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_follows_the_words_of_the_scenario() {
        let names: Vec<&str> = CHECKS.iter().map(|check| check.name).collect();
        assert_eq!(names, Metric::CHECKS);
        let gates: Vec<&str> = CHECKS
            .iter()
            .filter(|check| check.is_gate)
            .map(|check| check.name)
            .collect();
        assert_eq!(
            gates,
            [
                "required_facts",
                "contradicted",
                "forbidden",
                "cross_talk",
                "personal_data"
            ]
        );
    }
}
