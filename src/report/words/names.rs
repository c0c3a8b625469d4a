//! What outcomes, endings and checks are called, for whoever shows single conversations.

use super::{Words, recorded};
use crate::conversation::{Ending, Language, Outcome};

/// An outcome, as people say it.
pub fn outcome_name(outcome: Outcome, language: Language) -> &'static str {
    Words::of(language).outcome(outcome).name
}

/// An ending, as people say it.
pub fn ending_name(ending: Ending, language: Language) -> &'static str {
    Words::of(language).endings[ending.index()].name
}

/// The check of this name, as people say it.
pub fn check_name(check: &str, language: Language) -> String {
    Words::name_of(&Words::of(language).checks, check)
}

/// What a turn or a run records in English (why it ended, what failed on the wire), in this language as far as that goes.
pub fn recorded_in(text: &str, language: Language) -> String {
    recorded(text, Words::of(language))
}
