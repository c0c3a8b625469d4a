//! What all customers of a run share.

use std::sync::Arc;

use super::branches::{self, Fits};
use super::wording::Wordings;
use super::{Arrival, Customer};
use crate::conversation::Language;
use crate::reading::Reader;
use crate::scenario::{Goal, Persona, Scenario, Truths};

/// All that customers share: the scenario, its wordings compiled once, and a reader.
pub struct Cast {
    /// The scenario.
    pub scenario: Arc<Scenario>,
    /// How customers read replies.
    pub reader: Reader,
    pub(super) wordings: Wordings,
    /// What is true, for branches on it.
    pub(super) truths: Arc<Truths>,
    /// When each goal's branches apply.
    pub(super) branches: Vec<Vec<Fits>>,
}

impl Cast {
    /// A cast for this scenario.
    ///
    /// # Errors
    /// [`CastError`] when a pattern or a wording cannot be compiled, or a goal lacks words in a language it needs.
    pub fn new(scenario: Arc<Scenario>) -> Result<Cast, CastError> {
        let goals = scenario.goals.iter();
        let truths = Arc::new(Truths::new(&scenario.knowledge));
        Ok(Cast {
            reader: Reader::new(&scenario)?,
            wordings: Wordings::new(&scenario, Arc::clone(&truths))?,
            truths,
            branches: goals.map(branches::compile).collect::<Result<_, _>>()?,
            scenario,
        })
    }

    /// The customer who arrives.
    pub fn customer(&self, arrival: &Arrival) -> Customer {
        Customer::new(self, arrival)
    }

    /// True when a picture on the channel with this place has its words with it.
    pub(super) fn takes_captions(&self, channel: u16) -> bool {
        let channel = self.scenario.channels.get(usize::from(channel));
        channel.is_none_or(|channel| channel.profile.media.captions)
    }

    pub(super) fn persona(&self, place: u16) -> &Persona {
        &self.scenario.personas[usize::from(place)]
    }

    pub(super) fn goal(&self, place: u16) -> &Goal {
        &self.scenario.goals[usize::from(place)]
    }
}

/// Why a cast could not be put together.
#[derive(Debug, thiserror::Error)]
pub enum CastError {
    /// A pattern is no regular expression.
    #[error(transparent)]
    Pattern(#[from] crate::reading::PatternError),
    /// A wording is no template.
    #[error("`{text}` is not a template: {reason}")]
    Wording {
        /// The wording.
        text: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A persona has a goal that has no words in the persona's language.
    #[error("goal `{goal}` has nothing to say in `{language}` for one of its steps or branches")]
    Speechless {
        /// The goal.
        goal: String,
        /// The language.
        language: Language,
    },
}
