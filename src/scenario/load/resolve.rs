//! Finds the parts that a scenario names: what it defines itself, then a path, files near it, and built-in data.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use super::Loader;
use super::source::{FILE_LIMIT, read, tidy};
use crate::scenario::built_in::Kind;
use crate::scenario::parts::{Held, Part, Parts};
use crate::scenario::place::{SourceId, Spot};
use crate::scenario::suggest::{did_you_mean, listed};
use crate::scenario::{Goal, GoalsFile, ScenarioFile, check};

/// True for a reference that is a path, not a name.
pub(super) fn is_path(reference: &str) -> bool {
    reference.contains(['/', '\\']) || reference.ends_with(".yaml") || reference.ends_with(".yml")
}

/// Where parts of this kind lie, from the scenario's folder.
fn folders_near(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Scenario => &[],
        Kind::Persona => &["../personas", "personas"],
        Kind::Goals => &["../personas/goals", "goals"],
        Kind::Profile => &["../channels", "channels"],
        Kind::Knowledge => &["../knowledge", "knowledge"],
        // Nothing in a scenario names one.
        Kind::Rubric => &[],
    }
}

/// The parts of one kind that are known so far.
struct Shelf<T> {
    kind: Kind,
    parts: Vec<Held<T>>,
    /// The names of what was read from a path; none when it could not be read.
    read: HashMap<PathBuf, Option<String>>,
}

impl<T: Part> Shelf<T> {
    fn new(kind: Kind, defined: Vec<T>, at: &Spot) -> Shelf<T> {
        let hold = |(place, value)| Held {
            value,
            at: at.item(place),
        };
        Shelf {
            kind,
            parts: defined.into_iter().enumerate().map(hold).collect(),
            read: HashMap::new(),
        }
    }

    fn has(&self, name: &str) -> bool {
        self.parts.iter().any(|part| part.value.name() == name)
    }
}

impl Loader<'_> {
    /// Finds every part and turns references into names. What is not found is reported and stays as it is.
    pub(super) fn resolve(&mut self, mut file: ScenarioFile, at: &Spot) -> Parts {
        let define = at.key("define");
        let defined = std::mem::take(&mut file.define);
        let mut personas = Shelf::new(Kind::Persona, defined.personas, &define.key("personas"));
        let mut profiles = Shelf::new(Kind::Profile, defined.profiles, &define.key("profiles"));
        let mut knowledge = Shelf::new(Kind::Knowledge, defined.knowledge, &define.key("knowledge"));
        let mut goals = Shelf::new(Kind::Goals, defined.goals, &define.key("goals")).parts;
        if let Some(reference) = &mut file.knowledge {
            self.find(&mut knowledge, reference, &at.key("knowledge"));
        }
        for (place, channel) in file.channels.iter_mut().enumerate() {
            let said_at = at.key("channels").item(place).key(&channel.name).key("profile");
            self.find(&mut profiles, &mut channel.value.profile, &said_at);
        }
        let on_file = self.goals_file(&mut file, at);
        let mut on_file: Vec<Option<Held<Goal>>> = on_file.into_iter().map(Some).collect();
        for (place, customers) in file.customers.iter_mut().enumerate() {
            let said_at = at.key("customers").item(place);
            self.find(&mut personas, &mut customers.persona, &said_at.key("persona"));
            self.find_goal(&mut goals, &mut on_file, &customers.goal, &said_at.key("goal"));
        }
        Parts {
            file,
            at: at.clone(),
            personas: personas.parts,
            goals,
            profiles: profiles.parts,
            knowledge: knowledge.parts,
        }
    }

    /// Finds the part that `reference` names, and makes the reference its plain name.
    fn find<T: Part + DeserializeOwned>(&mut self, shelf: &mut Shelf<T>, reference: &mut String, said_at: &Spot) {
        if !is_path(reference) && shelf.has(reference) {
            return;
        }
        let Some((path, source)) = self.source_of(shelf.kind, reference, said_at, &shelf.read) else {
            self.not_found(shelf, reference, said_at);
            return;
        };
        let name = match shelf.read.get(&path) {
            Some(name) => name.clone(),
            None => {
                let part = source.and_then(|source| self.part::<T>(shelf.kind, source));
                let name = part.as_ref().map(|part| part.value.name().to_owned());
                shelf.read.insert(path, name.clone());
                if let Some(part) = part {
                    self.take_in(shelf, part, reference);
                }
                name
            }
        };
        if let Some(name) = name {
            *reference = name;
        }
    }

    /// A part that was just read joins the others, unless its name says that it is another one.
    fn take_in<T: Part>(&mut self, shelf: &mut Shelf<T>, part: Held<T>, reference: &str) {
        let name = part.value.name();
        let at = part.at.key(shelf.kind.word());
        if !is_path(reference) && name != reference {
            self.findings.add(
                &at,
                format!("expected `{reference}`, as the file is called, found `{name}`"),
            );
        }
        shelf.parts.push(part);
    }

    /// The path of what `reference` names and, unless it was read before, its text.
    fn source_of(
        &mut self,
        kind: Kind,
        reference: &str,
        said_at: &Spot,
        read_before: &HashMap<PathBuf, Option<String>>,
    ) -> Option<(PathBuf, Option<SourceId>)> {
        let path = if is_path(reference) {
            Some(self.path_from(reference, said_at))
        } else {
            self.near(kind, reference, said_at.source)
        };
        let Some(path) = path else {
            let part = self.built_in(kind, reference)?;
            let name = format!("built-in {} {reference}", kind.word());
            let path = PathBuf::from(&name);
            let is_new = !read_before.contains_key(&path);
            return Some((path, is_new.then(|| self.sources.add(name, part.text, None))));
        };
        if read_before.contains_key(&path) {
            return Some((path, None));
        }
        let source = self.read_named(&path, said_at);
        Some((path, source))
    }

    /// A path counts from the file that names it, an override's from the working directory.
    pub(super) fn path_from(&self, reference: &str, said_at: &Spot) -> PathBuf {
        self.folder_of(said_at).unwrap_or_default().join(reference)
    }

    /// The folder of the text in which this value is written; none for built-in data.
    pub(super) fn folder_of(&self, said_at: &Spot) -> Option<PathBuf> {
        let root = self.sources.get(said_at.source).root.as_ref();
        let source = root.map_or(said_at.source, |root| root.place_of(&said_at.path).source);
        self.sources.get(source).folder.clone()
    }

    fn near(&self, kind: Kind, name: &str, scenario: SourceId) -> Option<PathBuf> {
        let folder = self.sources.get(scenario).folder.as_ref()?;
        let candidates = folders_near(kind)
            .iter()
            .map(|near| folder.join(near).join(format!("{name}.yaml")));
        candidates.into_iter().find(|path| path.exists())
    }

    fn read_named(&mut self, path: &Path, said_at: &Spot) -> Option<SourceId> {
        match read(path, FILE_LIMIT) {
            Ok(text) => {
                let folder = path.parent().map(Path::to_path_buf);
                Some(self.sources.add(tidy(path), text, folder))
            }
            Err(error) => {
                self.findings.add(said_at, error.whole()).maybe_hint(error.hint());
                None
            }
        }
    }

    fn part<T: Part + DeserializeOwned>(&mut self, kind: Kind, source: SourceId) -> Option<Held<T>> {
        let root = self.parse(source)?;
        let value = self.typed(root, source, kind)?;
        Some(Held {
            value,
            at: Spot::root(source),
        })
    }

    fn not_found<T: Part>(&mut self, shelf: &Shelf<T>, reference: &str, said_at: &Spot) {
        let defined = shelf.parts.iter().map(|part| part.value.name().to_owned());
        let known = self.known(shelf.kind, said_at.source, defined);
        self.say_not_found(shelf.kind.word(), reference, &known, said_at);
    }

    fn say_not_found(&mut self, what: &str, reference: &str, known: &[String], said_at: &Spot) {
        let known = || known.iter().map(String::as_str);
        let message = format!("no {what} is called `{reference}`; there are {}", listed(known()));
        self.findings
            .add(said_at, message)
            .maybe_hint(did_you_mean(reference, known()));
    }

    /// All names of this kind: those given, those of files near the scenario, and the built-in ones.
    fn known(&self, kind: Kind, scenario: SourceId, defined: impl Iterator<Item = String>) -> Vec<String> {
        let mut names: Vec<String> = defined.collect();
        if let Some(folder) = &self.sources.get(scenario).folder {
            let folders = folders_near(kind).iter().map(|near| folder.join(near));
            let files = folders.flat_map(|folder| std::fs::read_dir(folder).into_iter().flatten().flatten());
            names.extend(files.filter_map(|file| {
                file.file_name()
                    .to_str()
                    .and_then(|name| name.strip_suffix(".yaml"))
                    .map(str::to_owned)
            }));
        }
        names.extend(
            self.parts
                .iter()
                .filter(|part| part.kind == kind)
                .map(|part| part.name.to_owned()),
        );
        names.sort();
        names.dedup();
        names
    }

    /// The goals of the file that the scenario names; the scenario does not name it any more afterwards, since those in
    /// use become its own.
    fn goals_file(&mut self, file: &mut ScenarioFile, at: &Spot) -> Vec<Held<Goal>> {
        let Some(reference) = file.goals.take() else {
            return Vec::new();
        };
        let said_at = at.key("goals");
        let Some((_, source)) = self.source_of(Kind::Goals, &reference, &said_at, &HashMap::new()) else {
            let known = self.known(Kind::Goals, at.source, std::iter::empty());
            self.say_not_found("file of goals", &reference, &known, &said_at);
            self.goals_are_known = false;
            return Vec::new();
        };
        let goals: Option<GoalsFile> = source.and_then(|source| {
            let root = self.parse(source)?;
            self.typed(root, source, Kind::Goals)
        });
        let (Some(goals), Some(source)) = (goals, source) else {
            self.goals_are_known = false;
            return Vec::new();
        };
        let spot = Spot::root(source).key("goals");
        if !check::size(goals.goals.len(), &spot, &mut self.findings) {
            self.goals_are_known = false;
            return Vec::new();
        }
        let hold = |(place, value)| Held {
            value,
            at: spot.item(place),
        };
        goals.goals.into_iter().enumerate().map(hold).collect()
    }

    fn find_goal(
        &mut self,
        goals: &mut Vec<Held<Goal>>,
        on_file: &mut [Option<Held<Goal>>],
        name: &str,
        said_at: &Spot,
    ) {
        if goals.iter().any(|goal| goal.value.goal == name) {
            return;
        }
        let is_it = |goal: &Option<Held<Goal>>| goal.as_ref().is_some_and(|goal| goal.value.goal == name);
        if let Some(place) = on_file.iter().position(is_it) {
            goals.extend(on_file[place].take());
        } else if self.goals_are_known {
            let left = on_file.iter().flatten();
            let known: Vec<String> = goals.iter().chain(left).map(|goal| goal.value.goal.clone()).collect();
            self.say_not_found("goal", name, &known, said_at);
        }
    }
}
