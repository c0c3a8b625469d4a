//! Reads scenarios: text -> [`Scenario`], or everything that is wrong with it at once.
//!
//! ```text
//!  file --read--> text --parse--> nodes --set--> nodes --keys--> nodes --typed--> ScenarioFile
//!   (bounded,            (places,     (overrides,    (unknown         |
//!    UTF-8)               aliases)     CSV tables)    keys)         resolve (personas, goals, profiles, knowledge, CSV texts)
//!                                                                     |
//!                                                       Parts --assemble--> Scenario
//! ```
//!
//! The nodes keep the place of every key and value, so that each mistake, also one found much later by its path, can be
//! shown where it was written. Only this folder knows YAML.

mod keys;
mod mistake;
mod node;
mod parse;
mod resolve;
mod rubric;
mod scalar;
mod set;
mod source;
mod tables;
mod texts;
mod typed;

use std::path::Path;

use serde::de::DeserializeOwned;

use super::built_in::{self, Kind};
use super::finding::{At, Finding, Findings};
use super::place::{self, Place, SourceId, Spot};
use super::suggest::{did_you_mean, listed};
use super::{Scenario, ScenarioFile, assemble, check, schema};
use node::{Content, Node};
use set::Override;
use source::{FILE_LIMIT, Sources, read};

pub use mistake::{Invalid, Mistake};
pub use rubric::load_rubric;
pub use source::ReadError;

/// What the command line adds to a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct LoadOptions {
    /// `--set PATH=VALUE`, in order.
    pub sets: Vec<String>,
    /// `--scale`: factor on all rates; above 0.
    pub scale: f64,
    /// `--seed`.
    pub seed: Option<u64>,
    /// `--target`.
    pub target: Option<String>,
    /// `--channel-target NAME=URL`, in order.
    pub channel_targets: Vec<(String, String)>,
}

impl Default for LoadOptions {
    fn default() -> Self {
        LoadOptions {
            sets: Vec::new(),
            scale: 1.0,
            seed: None,
            target: None,
            channel_targets: Vec::new(),
        }
    }
}

/// Why a scenario or a rubric could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// It is neither a file nor built in.
    #[error(
        "no {} is called `{reference}`; built in are {}",
        .kind.word(), listed(built_in::names(*.kind))
    )]
    Unknown {
        /// What it should be.
        kind: Kind,
        /// As it was asked for.
        reference: String,
    },
    /// Its file could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A flag is wrong.
    #[error("{flag}: {message}")]
    Flag {
        /// The flag.
        flag: &'static str,
        /// What was expected and what was found.
        message: String,
    },
    /// It has mistakes.
    #[error(transparent)]
    Invalid(Box<Invalid>),
}

impl LoadError {
    /// The way out, if there is one.
    pub fn hint(&self) -> Option<String> {
        match self {
            LoadError::Unknown { reference, .. } if Path::new(&format!("{reference}.yaml")).is_file() => {
                Some(format!("did you mean the file `{reference}.yaml`?"))
            }
            LoadError::Unknown { kind, reference } => Some(
                did_you_mean(reference, built_in::names(*kind))
                    .unwrap_or_else(|| "a file's path has a `/` or ends in `.yaml`".to_owned()),
            ),
            LoadError::Read(error) => error.hint(),
            LoadError::Flag { .. } => None,
            LoadError::Invalid(invalid) => invalid.hint(),
        }
    }
}

/// The scenario that `reference` names: a path, or the name of a built-in one.
///
/// # Errors
/// [`LoadError`]; for what is wrong in the files, [`LoadError::Invalid`] with all unknown keys and mistakes of type at once, and
/// without those of type, all wrong values and references.
pub fn load(reference: &str, options: &LoadOptions) -> Result<Scenario, LoadError> {
    Loader::new(built_in::PARTS).load(reference, options)
}

/// The scenario with every part filled in, as YAML that can be loaded from anywhere. Secrets stay `${NAME}`.
pub fn to_yaml(scenario: &Scenario) -> String {
    // Folding long lines would be nice to read, but quoting each text that needs it is safe for any text.
    let options = serde_saphyr::ser_options! { prefer_block_scalars: false };
    serde_saphyr::to_string_with_options(&scenario.file, options)
        .expect("scenario types hold only maps with text keys, lists, texts and finite numbers")
}

/// A built-in part, for lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described {
    /// Its name.
    pub name: &'static str,
    /// One line for people.
    pub description: String,
    /// What else to know before using it, by the key of its file.
    pub details: Vec<(&'static str, String)>,
}

/// Every built-in part of this kind.
pub fn describe(kind: Kind) -> Vec<Described> {
    let details: &[&'static str] = match kind {
        Kind::Persona => &["language"],
        Kind::Profile => &["target", "proven", "media"],
        Kind::Scenario | Kind::Goals | Kind::Knowledge | Kind::Rubric => &[],
    };
    let described = |name: &'static str| {
        let mut loader = Loader::new(built_in::PARTS);
        let source = loader
            .sources
            .add(name, built_in::text(kind, name).unwrap_or_default(), None);
        let root = loader.parse(source);
        let text = |key: &str| told(&root.as_ref()?.entry(key)?.node);
        Described {
            name,
            description: text("description").unwrap_or_default(),
            details: details.iter().filter_map(|key| Some((*key, text(key)?))).collect(),
        }
    };
    built_in::names(kind).into_iter().map(described).collect()
}

/// A part's detail: a text, or what a profile carries.
fn told(node: &Node) -> Option<String> {
    let Some(kinds) = node.entry("kinds") else {
        return node.text().map(str::to_owned);
    };
    let Content::List(kinds) = &kinds.node.content else {
        return None;
    };
    let kinds: Vec<&str> = kinds.iter().filter_map(Node::text).collect();
    Some(kinds.join(", "))
}

/// What is read and found wrong so far.
struct Loader<'a> {
    parts: &'a [built_in::Part],
    sources: Sources,
    findings: Findings,
    /// False when the file of goals could not be read, so that it is not known which goals there are.
    goals_are_known: bool,
    /// Cells of all tables read so far.
    table_cells: usize,
}

impl<'a> Loader<'a> {
    fn new(parts: &'a [built_in::Part]) -> Loader<'a> {
        Loader {
            parts,
            sources: Sources::default(),
            findings: Findings::default(),
            goals_are_known: true,
            table_cells: 0,
        }
    }

    fn load(mut self, reference: &str, options: &LoadOptions) -> Result<Scenario, LoadError> {
        let source = self.open(Kind::Scenario, reference)?;
        let targets: Vec<String> = options
            .channel_targets
            .iter()
            .map(|(name, url)| format!("{name}={url}"))
            .collect();
        let seed = options.seed.map(|seed| seed.to_string());
        let overrides = overrides(options, seed.as_deref(), &targets)?;
        let Some(mut root) = self.parse(source) else {
            return Err(self.invalid(Kind::Scenario, source));
        };
        for one in &overrides {
            one.apply(&mut root, &mut self.sources, &mut self.findings);
        }
        let Some(file) = self.typed::<ScenarioFile>(root, source, Kind::Scenario) else {
            return Err(self.invalid(Kind::Scenario, source));
        };
        if !check::sizes(&file, &Spot::root(source), &mut self.findings) {
            return Err(self.invalid(Kind::Scenario, source));
        }
        if !check::plan(&file, &Spot::root(source), &mut self.findings) {
            return Err(self.invalid(Kind::Scenario, source));
        }
        let file = ScenarioFile {
            traffic: file.traffic.in_phases(),
            ..file
        };
        let mut parts = self.resolve(file, &Spot::root(source));
        self.read_texts(&mut parts.goals);
        let mut typed: Vec<String> = overrides.iter().map(Override::words).collect();
        if options.scale != 1.0 {
            typed.push(format!("--scale {}", options.scale));
        }
        assemble::scenario(parts, options.scale, typed, &mut self.findings)
            .ok_or_else(|| self.invalid(Kind::Scenario, source))
    }

    /// The text of what was asked for: a file, or a built-in part of this kind.
    fn open(&mut self, kind: Kind, reference: &str) -> Result<SourceId, LoadError> {
        if !resolve::is_path(reference) {
            if let Some(part) = self.built_in(kind, reference) {
                return Ok(self
                    .sources
                    .add(format!("built-in {} {reference}", kind.word()), part.text, None));
            }
            if !Path::new(reference).exists() {
                return Err(LoadError::Unknown {
                    kind,
                    reference: reference.to_owned(),
                });
            }
        }
        let path = Path::new(reference);
        let text = read(path, FILE_LIMIT)?;
        Ok(self.sources.add(reference, text, path.parent().map(Path::to_path_buf)))
    }

    fn built_in(&self, kind: Kind, name: &str) -> Option<&'a built_in::Part> {
        self.parts.iter().find(|part| part.kind == kind && part.name == name)
    }

    /// What a text says; nothing when it is not YAML or empty.
    fn parse(&mut self, source: SourceId) -> Option<Node> {
        let before = self.findings.0.len();
        let root = parse::parse(&self.sources.get(source).text, source, 0, &mut self.findings);
        let is_empty = match root.as_ref().map(|root| &root.content) {
            None => self.findings.0.len() == before,
            Some(Content::Scalar(scalar)) => scalar.is_plain && scalar::is_null(&scalar.text),
            Some(_) => false,
        };
        if is_empty {
            let at = At::Place(Place { source, bytes: 0..0 }, place::Path::default());
            self.findings
                .push(Finding::new(at, "expected keys and values, found an empty file"));
        }
        root.filter(|_| !is_empty)
    }

    /// The typed value of a parsed text, whose nodes are kept for showing later mistakes.
    fn typed<T: DeserializeOwned>(&mut self, mut root: Node, source: SourceId, kind: Kind) -> Option<T> {
        let at = Spot::root(source);
        self.fill_tables(&mut root, &at, kind);
        if let Some(schema) = schema::schema(kind.word()) {
            keys::check(&mut root, &schema, &at, &mut self.findings);
        }
        let value = typed::read(&root, &at);
        self.sources.set_root(source, root);
        let found = match value {
            Ok(value) => return Some(value),
            Err(found) => found,
        };
        for finding in found {
            let mut others = self.findings.0.iter();
            if !others.any(|other| other.is_unknown_key && other.path() == finding.path()) {
                self.findings.push(finding);
            }
        }
        None
    }

    fn invalid(&self, kind: Kind, source: SourceId) -> LoadError {
        let name = &self.sources.get(source).name;
        LoadError::Invalid(Box::new(Invalid::new((kind, name), &self.findings, &self.sources)))
    }
}

/// The overrides of the command line, in the order in which they apply: `--set` first, so that the flags with a name of
/// their own have the last word.
fn overrides<'a>(
    options: &'a LoadOptions,
    seed: Option<&'a str>,
    targets: &'a [String],
) -> Result<Vec<Override<'a>>, LoadError> {
    let scale = options.scale;
    if !(scale > 0.0 && scale <= 1e6) {
        let message = format!("expected a factor above 0 and at most 1000000, found `{scale}`");
        return Err(LoadError::Flag {
            flag: "--scale",
            message,
        });
    }
    let wrong = |message| LoadError::Flag { flag: "--set", message };
    let mut overrides = options
        .sets
        .iter()
        .map(|typed| Override::set(typed).map_err(wrong))
        .collect::<Result<Vec<_>, _>>()?;
    if let Some(seed) = seed {
        overrides.push(Override::text("--seed", seed, vec!["seed"], 0..seed.len()));
    }
    if let Some(target) = &options.target {
        overrides.push(Override::text("--target", target, vec!["target"], 0..target.len()));
    }
    for ((name, url), typed) in options.channel_targets.iter().zip(targets) {
        let value = typed.len() - url.len()..typed.len();
        overrides.push(Override::text(
            "--channel-target",
            typed,
            vec!["channels", name, "target"],
            value,
        ));
    }
    Ok(overrides)
}

#[cfg(test)]
mod tests;
