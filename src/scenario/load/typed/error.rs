//! What is wrong with the structure or type of a value, in words and with its path.

use std::fmt;

use serde::de::{Expected, Unexpected};

use crate::scenario::finding::{At, Finding};
use crate::scenario::place::{Path, Segment, Spot};
use crate::scenario::suggest::{did_you_mean, listed};

/// A mistake in structure or type.
#[derive(Debug)]
pub(super) struct Error(Box<Details>);

#[derive(Debug)]
struct Details {
    message: String,
    hint: Option<String>,
    /// From the mistake upwards.
    path: Vec<Segment>,
    is_key: bool,
    /// The key that is missing, if that is the mistake.
    missing: Option<&'static str>,
}

impl Error {
    fn new(message: String, hint: Option<String>) -> Error {
        Error(Box::new(Details {
            message,
            hint,
            path: Vec::new(),
            is_key: false,
            missing: None,
        }))
    }

    /// The same, seen from one level above.
    pub(super) fn under(mut self, segment: Segment) -> Error {
        self.0.path.push(segment);
        self
    }

    /// The mistake is in the key itself.
    pub(super) fn of_key(mut self) -> Error {
        self.0.is_key = true;
        self
    }

    /// With the way out.
    pub(super) fn with_hint(mut self, hint: &str) -> Error {
        self.0.hint = Some(hint.to_owned());
        self
    }

    /// Where it is.
    pub(super) fn path(&self) -> Path {
        Path(self.0.path.iter().rev().cloned().collect())
    }

    /// The key that is missing, if that is the mistake.
    pub(super) fn missing(&self) -> Option<&'static str> {
        self.0.missing
    }

    /// The same as it is shown, of a document that begins at `at`.
    pub(super) fn finding(&self, at: &Spot) -> Finding {
        let spot = at.join(&self.path());
        let at = if self.0.is_key { At::Key(spot) } else { At::Value(spot) };
        let mut finding = Finding::new(at, self.0.message.clone());
        finding.hint.clone_from(&self.0.hint);
        finding
    }
}

impl fmt::Display for Error {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0.message)
    }
}

impl std::error::Error for Error {}

impl serde::de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Error {
        Error::new(message.to_string(), None)
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Error {
        Error::custom(format!("expected {expected}, found {}", called(&found)))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Error {
        Error::invalid_type(found, expected)
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Error {
        Error::custom(format!("expected {expected}, found {length} entries"))
    }

    fn unknown_variant(found: &str, known: &'static [&'static str]) -> Error {
        let message = format!("expected one of {}, found `{found}`", listed(known.iter().copied()));
        Error::new(message, did_you_mean(found, known.iter().copied()))
    }

    fn unknown_field(found: &str, known: &'static [&'static str]) -> Error {
        Error::new("unknown key".to_owned(), did_you_mean(found, known.iter().copied()))
    }

    fn missing_field(field: &'static str) -> Error {
        let mut error = Error::custom(format!("`{field}` is missing"));
        error.0.missing = Some(field);
        error
    }

    fn duplicate_field(field: &'static str) -> Error {
        Error::custom(format!("`{field}` is there twice"))
    }
}

fn called(found: &Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(value) => format!("`{value}`"),
        Unexpected::Unsigned(value) => format!("`{value}`"),
        Unexpected::Signed(value) => format!("`{value}`"),
        Unexpected::Float(value) => format!("`{value}`"),
        Unexpected::Str(value) => format!("`{value}`"),
        Unexpected::Unit | Unexpected::Option => "nothing".to_owned(),
        Unexpected::Seq => "a list".to_owned(),
        Unexpected::Map => "a map".to_owned(),
        other => other.to_string(),
    }
}
