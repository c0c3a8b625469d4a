//! What is wrong with a scenario, said by its path; the loader turns it into lines and columns.

use std::ops::Range;

use super::place::{Path, Place, Spot};

/// Where a mistake is.
#[derive(Debug, Clone)]
pub(super) enum At {
    /// At the value with this path.
    Value(Spot),
    /// At the key that leads to it.
    Key(Spot),
    /// At these bytes of the text value with this path.
    Within(Spot, Range<usize>),
    /// At a known place; the path is what it is said to be about.
    Place(Place, Path),
}

/// A mistake.
#[derive(Debug, Clone)]
pub(super) struct Finding {
    pub(super) at: At,
    /// A fragment: what was expected against what was found.
    pub(super) message: String,
    pub(super) hint: Option<String>,
    /// True when the source must not be shown, because it holds a secret.
    pub(super) is_secret: bool,
    /// True for a key that does not exist.
    pub(super) is_unknown_key: bool,
}

impl Finding {
    /// A mistake of this place.
    pub(super) fn new(at: At, message: impl Into<String>) -> Finding {
        Finding {
            at,
            message: message.into(),
            hint: None,
            is_secret: false,
            is_unknown_key: false,
        }
    }

    /// With the way out.
    pub(super) fn hint(&mut self, hint: impl Into<String>) -> &mut Finding {
        self.hint = Some(hint.into());
        self
    }

    /// With the way out, if there is one.
    pub(super) fn maybe_hint(&mut self, hint: Option<String>) -> &mut Finding {
        self.hint = hint.or(self.hint.take());
        self
    }

    /// The path that it is about.
    pub(super) fn path(&self) -> &Path {
        match &self.at {
            At::Value(spot) | At::Key(spot) | At::Within(spot, _) => &spot.path,
            At::Place(_, path) => path,
        }
    }
}

/// All mistakes found so far.
#[derive(Debug, Default)]
pub(super) struct Findings(pub(super) Vec<Finding>);

impl Findings {
    /// Adds a mistake at a value.
    pub(super) fn add(&mut self, at: &Spot, message: impl Into<String>) -> &mut Finding {
        self.push(Finding::new(At::Value(at.clone()), message))
    }

    /// Adds a mistake at a key.
    pub(super) fn add_key(&mut self, at: &Spot, message: impl Into<String>) -> &mut Finding {
        self.push(Finding::new(At::Key(at.clone()), message))
    }

    /// Adds a mistake.
    pub(super) fn push(&mut self, finding: Finding) -> &mut Finding {
        let place = self.0.len();
        self.0.push(finding);
        &mut self.0[place]
    }

    /// True when nothing is wrong.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
