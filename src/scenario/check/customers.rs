//! Who comes: shares, channels, and whether every persona has something to say in their language.

use super::{channels, not_empty, numbers, unique};
use crate::conversation::Language;
use crate::scenario::finding::Findings;
use crate::scenario::parts::{Parts, named};
use crate::scenario::place::Spot;
use crate::scenario::{Customers, Goal, Phase, Say, Step};

/// The most combinations of customers and channels: their places fit in 16 bits.
const MOST_KINDS: usize = 60_000;

pub(super) fn check(parts: &Parts, findings: &mut Findings) {
    let (file, at) = (&parts.file, parts.at.key("customers"));
    not_empty(file.customers.len(), &at, "kind of customer", findings);
    if file.customers.len() * file.channels.len() > MOST_KINDS {
        findings.add_key(
            &at,
            format!("expected at most {MOST_KINDS} combinations with channels, found more"),
        );
    }
    let shares = file
        .customers
        .iter()
        .enumerate()
        .map(|(place, one)| (one.share, at.item(place).key("share")));
    if !file.customers.is_empty() {
        numbers::weights(shares, &at, findings);
    }
    for (place, customers) in file.customers.iter().enumerate() {
        let at = at.item(place);
        channels::known(parts, &customers.channels, &at.key("channels"), findings);
        let names = customers.channels.iter().enumerate();
        unique(
            names.map(|(place, name)| (name.as_str(), at.key("channels").item(place))),
            findings,
        );
        if customers.share > 0.0 {
            reachable(parts, customers, &at, findings);
        }
        let persona = named(&parts.personas, &customers.persona);
        let goal = named(&parts.goals, &customers.goal);
        if let (Some(persona), Some(goal)) = (persona, goal) {
            let language = persona.value.language;
            for path in speechless(&goal.value, language) {
                let message = format!(
                    "`{}` writes `{language}`, but `{}` says nothing in it at {path}",
                    customers.persona, customers.goal
                );
                findings
                    .add(&at.key("goal"), message)
                    .hint(format!("add texts under `{language}` or `any` there"));
            }
        }
    }
}

/// Whoever comes finds a channel, in every phase in which somebody comes.
fn reachable(parts: &Parts, customers: &Customers, at: &Spot, findings: &mut Findings) {
    let all = &parts.file.channels;
    let is_known = |name: &String| all.iter().any(|channel| channel.name == *name);
    if all.is_empty() || !customers.channels.iter().all(is_known) {
        return;
    }
    let differ = all.iter().any(|channel| !channel.value.share_in.is_empty());
    if customers.channels.is_empty() && !differ {
        return;
    }
    let theirs = || {
        all.iter()
            .filter(|channel| customers.channels.is_empty() || customers.channels.contains(&channel.name))
    };
    let at = if customers.channels.is_empty() {
        at.clone()
    } else {
        at.key("channels")
    };
    let phases = parts.file.traffic.phases.iter();
    let comes = phases.filter(|phase| differ && !matches!(phase, Phase::Quiet(_)));
    let empty = |phase: &&Phase| {
        theirs()
            .map(|channel| channel.value.share_in(phase.name()))
            .sum::<f64>()
            == 0.0
    };
    if let Some(phase) = comes.clone().find(empty) {
        let name = phase.name();
        findings.add_key(
            &at,
            format!("expected a channel whose share in phase `{name}` is above 0, found none"),
        );
    } else if !differ && theirs().map(|channel| channel.value.share).sum::<f64>() == 0.0 {
        findings.add_key(&at, "expected a channel whose share is above 0, found none");
    }
}

/// The places of a goal that have no texts in this language.
fn speechless(goal: &Goal, language: Language) -> Vec<String> {
    let is_silent = |say: &Say| {
        // A CSV file that could not be read is told elsewhere.
        let has_file = say.from.is_some() || say.column.is_some();
        !has_file && !say.is_wordless() && say.verbatim.is_empty() && say.templates(language).is_empty()
    };
    let steps = goal.agenda.iter().enumerate().filter_map(|(place, step)| match step {
        Step::Ask(ask) => is_silent(&ask.say).then(|| format!("`agenda[{place}].ask.say`")),
        Step::Say(say) => is_silent(say).then(|| format!("`agenda[{place}].say`")),
        Step::Call => None,
    });
    let branches = goal.branches.iter().enumerate().filter_map(|(place, branch)| {
        let say = branch.say.as_ref()?;
        is_silent(say).then(|| format!("`branches[{place}].say`"))
    });
    steps.chain(branches).collect()
}
