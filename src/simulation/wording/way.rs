//! One way to say something, as it was compiled.

use std::sync::OnceLock;

use super::blanks::Blanks;
use crate::reading::{Plea, normalise};

/// One way to say something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    /// Without any template in it.
    Plain(String),
    /// With facts in it and nothing else that is made up; beside them its text.
    Blanks(Blanks, String),
    /// A compiled template; its text is its name in the environment.
    Template(String),
    /// A row of a CSV file.
    Verbatim(String),
}

/// A line, and what was found out about it.
pub(super) struct Way {
    pub(super) line: Line,
    /// It asks for a person, once somebody wanted to know.
    asks_for_person: OnceLock<bool>,
}

impl Way {
    pub(super) fn of(line: Line) -> Way {
        Way {
            line,
            asks_for_person: OnceLock::new(),
        }
    }

    /// Whether it asks for a person, found out once: the facts that fill its blanks ask for nobody. What a template makes of itself has
    /// to be read.
    pub(super) fn asks_for_person(&self) -> Option<bool> {
        let (Line::Plain(words) | Line::Verbatim(words) | Line::Blanks(_, words)) = &self.line else {
            return None;
        };
        let asks = || Plea::of(&normalise(words)).for_a_person;
        Some(*self.asks_for_person.get_or_init(asks))
    }
}
