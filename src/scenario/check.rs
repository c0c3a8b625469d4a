//! Whether what a scenario says makes sense: every rule that the types cannot hold. Each file checks one concern, adds
//! all mistakes to the findings, and changes nothing.

mod bot;
mod changes;
mod channels;
mod customers;
mod dial_in;
mod form;
mod goal;
mod knowledge;
mod media;
mod numbers;
mod persona;
mod phone;
mod played;
mod poll;
mod population;
mod profile;
mod records;
mod rubric;
mod serve;
mod settings;
mod socket;
mod switches;
mod traffic;

use super::finding::Findings;
use super::parts::{Held, Part, Parts};
use super::place::Spot;
use super::suggest::{did_you_mean, listed};
use super::{PerLanguage, ScenarioFile};
use crate::conversation::Language;

pub(super) use population::plan;
pub(super) use rubric::rubric;

/// The most phases, channels, kinds of customers, thresholds, and parts of one kind.
const MOST: usize = 1_000;
/// The longest name, in characters.
const LONGEST_NAME: usize = 64;

/// Lists are of a size that can be worked with. False: nothing else may be tried.
pub(super) fn sizes(file: &ScenarioFile, at: &Spot, findings: &mut Findings) -> bool {
    let define = at.key("define");
    let lists = [
        (file.traffic.phases.len(), at.key("traffic").key("phases")),
        (file.channels.len(), at.key("channels")),
        (file.customers.len(), at.key("customers")),
        (file.changes.len(), at.key("changes")),
        (file.thresholds.that.len(), at.key("thresholds").key("that")),
        (file.define.personas.len(), define.key("personas")),
        (file.define.goals.len(), define.key("goals")),
        (file.define.profiles.len(), define.key("profiles")),
        (file.define.knowledge.len(), define.key("knowledge")),
    ];
    let before = findings.0.len();
    for (count, at) in lists {
        size(count, &at, findings);
    }
    findings.0.len() == before
}

/// A list is of a size that can be worked with.
pub(super) fn size(count: usize, at: &Spot, findings: &mut Findings) -> bool {
    if count > MOST {
        findings.add_key(at, format!("expected at most {MOST}, found {count}"));
    }
    count <= MOST
}

/// Checks everything but the thresholds.
pub(super) fn all(parts: &Parts, scale: f64, findings: &mut Findings) {
    let (file, at) = (&parts.file, &parts.at);
    name(&file.scenario, &at.key("scenario"), findings);
    settings::check(file, at, findings);
    bot::check(&file.bot, &at.key("bot"), findings);
    traffic::check(file, at, scale, findings);
    population::check(file, at, scale, findings);
    channels::check(parts, findings);
    customers::check(parts, findings);
    switches::check(parts, findings);
    media::check(parts, findings);
    changes::of_scenario(parts, findings);
    phone::check(parts, findings);
    if let Some(played) = &file.played_by {
        played::check(played, &at.key("played_by"), findings);
    }
    for held in &parts.personas {
        persona::check(&held.value, &held.at, findings);
    }
    for held in &parts.goals {
        goal::check(
            &held.value,
            &held.at,
            parts.knowledge_in_use(),
            file.knowledge.is_some(),
            findings,
        );
    }
    for held in &parts.profiles {
        profile::check(&held.value, &held.at, findings);
    }
    for held in &parts.knowledge {
        knowledge::check(&held.value, &held.at, file, findings);
    }
    own_names("persona", &parts.personas, findings);
    own_names("goal", &parts.goals, findings);
    own_names("profile", &parts.profiles, findings);
    own_names("knowledge", &parts.knowledge, findings);
}

/// Every part of a kind has a well-formed name of its own.
fn own_names<T: Part>(key: &str, parts: &[Held<T>], findings: &mut Findings) {
    for part in parts {
        name(part.value.name(), &part.at.key(key), findings);
    }
    unique(parts.iter().map(|part| (part.value.name(), part.at.key(key))), findings);
}

/// A name is letters, digits, `-` and `_`, so that it can stand in paths, thresholds and file names.
fn name(name: &str, at: &Spot, findings: &mut Findings) {
    let is_formed = name
        .chars()
        .all(|character| character.is_alphanumeric() || matches!(character, '-' | '_'));
    let length = name.chars().count();
    if !is_formed || length == 0 {
        findings.add(
            at,
            format!("expected a name of letters, digits, `-` and `_`, found `{name}`"),
        );
    } else if length > LONGEST_NAME {
        findings.add(
            at,
            format!("expected a name of at most {LONGEST_NAME} characters, found {length}"),
        );
    }
}

fn unique<'a>(names: impl Iterator<Item = (&'a str, Spot)>, findings: &mut Findings) {
    let mut seen = std::collections::HashSet::new();
    for (name, at) in names {
        if !seen.insert(name) {
            findings.add(&at, format!("expected a name of its own, found `{name}` again"));
        }
    }
}

/// A list has at least one item.
fn not_empty(count: usize, at: &Spot, what: &str, findings: &mut Findings) {
    if count == 0 {
        findings.add_key(at, format!("expected at least one {what}, found none"));
    }
}

/// `name` is among the known ones.
fn exists<'a>(
    name: &str,
    what: &str,
    known: impl Iterator<Item = &'a str> + Clone,
    at: &Spot,
    findings: &mut Findings,
) {
    if !known.clone().any(|one| one == name) {
        let message = format!("no {what} is called `{name}`; there are {}", listed(known.clone()));
        findings.add(at, message).maybe_hint(did_you_mean(name, known));
    }
}

/// A regular expression compiles.
fn pattern(pattern: &str, at: &Spot, findings: &mut Findings) {
    if let Err(error) = regex::Regex::new(pattern) {
        let text = error.to_string();
        let reason = text.lines().last().unwrap_or_default().trim_start_matches("error: ");
        findings.add(
            at,
            format!("expected a regular expression, found `{pattern}`: {reason}"),
        );
    }
}

/// All regular expressions of both languages compile.
fn patterns(patterns: &PerLanguage<Vec<String>>, at: &Spot, findings: &mut Findings) {
    for language in Language::ALL {
        let at = at.key(language.code());
        for (place, text) in patterns.get(language).iter().enumerate() {
            pattern(text, &at.item(place), findings);
        }
    }
}
