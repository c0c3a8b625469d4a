//! A scenario with its parts found but not yet checked.

use super::place::Spot;
use super::{Goal, Knowledge, Persona, Profile, ScenarioFile};

/// A part and where it is written.
#[derive(Debug)]
pub(super) struct Held<T> {
    pub(super) value: T,
    pub(super) at: Spot,
}

/// A scenario file and every part that it names or defines.
#[derive(Debug)]
pub(super) struct Parts {
    /// As written, with references turned into names.
    pub(super) file: ScenarioFile,
    /// Where the file is written.
    pub(super) at: Spot,
    /// Those that are defined, then those that were found elsewhere.
    pub(super) personas: Vec<Held<Persona>>,
    pub(super) goals: Vec<Held<Goal>>,
    pub(super) profiles: Vec<Held<Profile>>,
    pub(super) knowledge: Vec<Held<Knowledge>>,
}

/// What has a name that scenarios use.
pub(super) trait Part {
    /// The name.
    fn name(&self) -> &str;
}

impl Part for Persona {
    fn name(&self) -> &str {
        &self.persona
    }
}

impl Part for Goal {
    fn name(&self) -> &str {
        &self.goal
    }
}

impl Part for Profile {
    fn name(&self) -> &str {
        &self.profile
    }
}

impl Part for Knowledge {
    fn name(&self) -> &str {
        &self.knowledge
    }
}

/// The part with this name.
pub(super) fn named<'a, T: Part>(parts: &'a [Held<T>], name: &str) -> Option<&'a Held<T>> {
    parts.iter().find(|part| part.value.name() == name)
}

impl Parts {
    /// The knowledge that the scenario goes by, if it names one that was found.
    pub(super) fn knowledge_in_use(&self) -> Option<&Knowledge> {
        let name = self.file.knowledge.as_deref()?;
        named(&self.knowledge, name).map(|held| &held.value)
    }
}

/// The first of each, in order.
pub(super) fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut seen = std::collections::HashSet::new();
    names.filter(|name| seen.insert(*name)).collect()
}
