//! A goal's branches, compiled: which one fits what the bot said.

use std::time::Duration;

use regex::{Regex, RegexBuilder};

use super::CastError;
use super::person::Person;
use crate::conversation::{RunKey, Slot, order_numbers_in};
use crate::reading::{PatternError, Reader, Reading};
use crate::scenario::{Condition, FactRef, Goal, Truths};

/// When a branch applies.
pub(super) enum Fits {
    AsksFor(Slot),
    Fallback,
    Handoff,
    Says(Regex),
    States(FactRef),
    OwnOrderNumber,
    /// It asks about something that does not exist.
    Never,
}

/// The conditions of a goal's branches, in their order.
///
/// # Errors
/// [`CastError::Pattern`] for a pattern that is no regular expression.
pub(super) fn compile(goal: &Goal) -> Result<Vec<Fits>, CastError> {
    let conditions = goal.branches.iter().map(|branch| &branch.when);
    conditions.map(compile_one).collect()
}

fn compile_one(condition: &Condition) -> Result<Fits, CastError> {
    Ok(match condition {
        Condition::AsksFor(slot) => Slot::named(slot).map_or(Fits::Never, Fits::AsksFor),
        Condition::Fallback => Fits::Fallback,
        Condition::Handoff => Fits::Handoff,
        Condition::Says(pattern) => {
            let regex = RegexBuilder::new(pattern).case_insensitive(true).build();
            Fits::Says(regex.map_err(|source| PatternError {
                pattern: pattern.clone(),
                source,
            })?)
        }
        Condition::States(FactRef::OrderNumber) => Fits::OwnOrderNumber,
        Condition::States(reference) => Fits::States(reference.clone()),
    })
}

/// An answer as this customer hears it.
pub(super) struct HeardAnswer<'a> {
    pub(super) text: &'a str,
    pub(super) reading: &'a Reading,
    pub(super) reader: &'a Reader,
    pub(super) person: &'a Person,
    pub(super) truths: &'a Truths,
    /// From the run's start.
    pub(super) said_at: Duration,
}

impl Fits {
    /// True when the branch applies to this answer.
    pub(super) fn holds(&self, answer: &HeardAnswer<'_>) -> bool {
        match self {
            Fits::AsksFor(slot) => answer.reading.asks_for.contains(slot),
            Fits::Fallback => answer.reading.fallback,
            Fits::Handoff => answer.reading.handoff,
            Fits::Says(pattern) => pattern.is_match(answer.text),
            Fits::States(fact) => {
                let value = answer.truths.value(fact, answer.person.number, answer.said_at);
                value.is_some_and(|value| answer.reader.states(answer.text, value, answer.person.language))
            }
            Fits::OwnOrderNumber => {
                let key = RunKey::of_seed(answer.person.seed);
                order_numbers_in(key, answer.text).contains(&answer.person.number)
            }
            Fits::Never => false,
        }
    }
}
