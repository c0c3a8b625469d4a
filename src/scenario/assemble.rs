//! Parts that were found -> a checked scenario whose parts are referred to by their places.

use std::time::Duration;

use indexmap::IndexMap;
use jiff::Zoned;
use serde_json::Value;

use super::finding::{At, Finding, Findings};
use super::parts::{Held, Part, Parts, distinct, named};
use super::threshold::grammar::{Names, parse};
use super::values::zoned;
use super::{
    BotWords, Channel, ChannelSettings, Deadline, Definitions, Knowledge, Mix, Named, PerLanguage, Phase, Profile,
    Scenario, ScenarioFile, Switch, SwitchSettings, Threshold, check,
};

/// The scenario, unless something is wrong with it; then the findings say what.
pub(super) fn scenario(parts: Parts, scale: f64, overrides: Vec<String>, findings: &mut Findings) -> Option<Scenario> {
    check::all(&parts, scale, findings);
    let thresholds = thresholds(&parts, findings);
    let clock = clock(&parts, findings);
    if !findings.is_empty() {
        return None;
    }
    let file = &parts.file;
    let personas = in_use(file.customers.iter().map(|one| one.persona.as_str()), &parts.personas);
    let goals = in_use(file.customers.iter().map(|one| one.goal.as_str()), &parts.goals);
    let channels = channels(&parts)?;
    let longest = channels
        .iter()
        .map(|channel| channel.deadline.reply.get() + channel.deadline.grace.get())
        .max();
    let counts = |phase: &Phase| !phase.is_warm_up();
    let calm = match &file.baseline {
        Some(name) => file.traffic.phases.iter().position(|phase| phase.name() == name),
        None => file.traffic.phases.iter().position(counts),
    };
    let (mix, phase_shares) = mix(file, &personas, &goals)?;
    Some(Scenario {
        mix,
        phase_shares,
        switches: switches(file, &personas, &goals)?,
        knowledge: knowledge(&parts, clock.as_ref()?),
        thresholds,
        baseline: place(calm?)?,
        drain: file.drain.map(super::Span::get).or(longest).unwrap_or(Duration::ZERO),
        clock: clock?,
        scale,
        overrides,
        channels,
        personas,
        goals,
        file: self_contained(parts),
    })
}

/// The parts with these names, each once, in the order of their first use.
fn in_use<'a, T: Part + Clone>(names: impl Iterator<Item = &'a str>, parts: &[Held<T>]) -> Vec<T> {
    distinct(names)
        .into_iter()
        .filter_map(|name| named(parts, name))
        .map(|part| part.value.clone())
        .collect()
}

/// The scenario file with all parts filled in, so that it needs no other file.
fn self_contained(parts: Parts) -> ScenarioFile {
    fn values<T>(parts: Vec<Held<T>>) -> Vec<T> {
        parts.into_iter().map(|part| part.value).collect()
    }
    let define = Definitions {
        personas: values(parts.personas),
        goals: values(parts.goals),
        profiles: values(parts.profiles),
        knowledge: values(parts.knowledge),
    };
    ScenarioFile { define, ..parts.file }
}

fn channels(parts: &Parts) -> Option<Vec<Channel>> {
    let file = &parts.file;
    let all: f64 = file.channels.iter().map(|channel| channel.value.share).sum();
    let resolve = |channel: &Named<ChannelSettings>| {
        let profile = named(&parts.profiles, &channel.value.profile)?.value.clone();
        Some(Channel {
            name: channel.name.clone(),
            share: channel.value.share / all,
            target: channel.value.target.clone().unwrap_or_else(|| file.target.clone()),
            deadline: Deadline {
                reply: channel.value.deadline.unwrap_or(file.deadline.reply),
                grace: file.deadline.grace,
            },
            settings: settings(&channel.value, &profile),
            form: channel.value.form.or(profile.form),
            connection: channel.value.connection,
            source_addresses: channel.value.source_addresses.clone(),
            platform_faults: channel.value.platform_faults.clone(),
            profile,
        })
    };
    file.channels.iter().map(resolve).collect()
}

/// Every setting of the profile: the scenario's value, else the default, else null.
fn settings(channel: &ChannelSettings, profile: &Profile) -> IndexMap<String, Value> {
    let value = |(key, setting): (&String, &super::Setting)| {
        let own = channel.settings.get(key).filter(|value| !value.is_null());
        (
            key.clone(),
            own.or(setting.default.as_ref()).cloned().unwrap_or(Value::Null),
        )
    };
    profile.settings.iter().map(value).collect()
}

/// Every kind of customer on every channel that it uses, with its part of all customers, and these parts in each phase, where they
/// differ. Within a kind, channels are used in the proportion of their shares.
fn mix(file: &ScenarioFile, personas: &[super::Persona], goals: &[super::Goal]) -> Option<(Vec<Mix>, Vec<Vec<f64>>)> {
    let all: f64 = file.customers.iter().map(|customers| customers.share).sum();
    let differ = file.channels.iter().any(|channel| !channel.value.share_in.is_empty());
    let phases = file.traffic.phases.iter().filter(|_| differ).map(Phase::name);
    let phases: Vec<&str> = phases.collect();
    let mut mix = Vec::new();
    let mut in_phases = vec![Vec::new(); phases.len()];
    for customers in file.customers.iter().filter(|customers| customers.share > 0.0) {
        let persona = place(
            personas
                .iter()
                .position(|persona| persona.persona == customers.persona)?,
        )?;
        let goal = place(goals.iter().position(|goal| goal.goal == customers.goal)?)?;
        let uses = |channel: &Named<ChannelSettings>| {
            channel.value.is_used() && (customers.channels.is_empty() || customers.channels.contains(&channel.name))
        };
        let used = || file.channels.iter().enumerate().filter(|(_, channel)| uses(channel));
        let part = |share: &dyn Fn(&ChannelSettings) -> f64, channel: &ChannelSettings| {
            let sum: f64 = used().map(|(_, channel)| share(&channel.value)).sum();
            if sum > 0.0 {
                customers.share / all * (share(channel) / sum)
            } else {
                0.0
            }
        };
        for (channel, settings) in used() {
            mix.push(Mix {
                persona,
                goal,
                channel: place(channel)?,
                share: part(&|channel| channel.share, &settings.value),
            });
            for (phase, shares) in phases.iter().zip(&mut in_phases) {
                shares.push(part(&|channel| channel.share_in(phase), &settings.value));
            }
        }
    }
    Some((mix, in_phases))
}

fn switches(file: &ScenarioFile, personas: &[super::Persona], goals: &[super::Goal]) -> Option<Vec<Switch>> {
    let channel = |name: &String| place(file.channels.iter().position(|channel| channel.name == *name)?);
    let resolve = |switch: &SwitchSettings| {
        let persona = switch.persona.as_ref();
        let goal = switch.goal.as_ref();
        Some(Switch {
            from: channel(&switch.from)?,
            to: channel(&switch.to)?,
            when: switch.when.iter().map(|impasse| impasse.ending()).collect(),
            share: switch.share,
            after: switch.after,
            keeps_id: switch.keeps_id,
            persona: match persona {
                Some(name) => Some(place(personas.iter().position(|one| one.persona == *name)?)?),
                None => None,
            },
            goal: match goal {
                Some(name) => Some(place(goals.iter().position(|one| one.goal == *name)?)?),
                None => None,
            },
        })
    };
    file.switches.iter().map(resolve).collect()
}

fn place(index: usize) -> Option<u16> {
    u16::try_from(index).ok()
}

/// The knowledge in use with the scenario's changes behind its own, each change with its moment in `at`.
fn knowledge(parts: &Parts, clock: &Zoned) -> Knowledge {
    let mut knowledge = parts.knowledge_in_use().cloned().unwrap_or_else(no_knowledge);
    knowledge.changes.extend(parts.file.changes.iter().cloned());
    for change in &mut knowledge.changes {
        change.at = change.moment(&parts.file.traffic, clock).map(super::Span::from);
        (change.phase, change.on) = (None, None);
    }
    knowledge
}

fn no_knowledge() -> Knowledge {
    Knowledge {
        knowledge: String::new(),
        description: String::new(),
        shop: PerLanguage::default(),
        topics: IndexMap::new(),
        facts: None,
        records: IndexMap::new(),
        changes: Vec::new(),
        forbidden: Vec::new(),
        bot: BotWords::default(),
    }
}

fn thresholds(parts: &Parts, findings: &mut Findings) -> Vec<Threshold> {
    let file = &parts.file;
    let names = Names {
        phases: file.traffic.phases.iter().map(Phase::name).collect(),
        warm_ups: file.traffic.phases.iter().map(Phase::is_warm_up).collect(),
        channels: file.channels.iter().map(|channel| channel.name.as_str()).collect(),
        personas: distinct(file.customers.iter().map(|one| one.persona.as_str())),
        goals: distinct(file.customers.iter().map(|one| one.goal.as_str())),
    };
    let at = parts.at.key("thresholds").key("that");
    let mut thresholds = Vec::new();
    for (place, entry) in file.thresholds.that.iter().enumerate() {
        match parse(&entry.that, &names) {
            Ok(threshold) => {
                let abort_after = entry.abort.then(|| entry.after.get());
                thresholds.push(Threshold {
                    abort_after,
                    ..threshold
                });
            }
            Err(wrong) => {
                let at = At::Within(at.item(place), wrong.bytes);
                findings.push(Finding::new(at, wrong.message)).maybe_hint(wrong.hint);
            }
        }
    }
    thresholds
}

/// The shop's "now": a date and time with its offset, else the real now.
fn clock(parts: &Parts, findings: &mut Findings) -> Option<Zoned> {
    let Some(text) = &parts.file.clock else {
        return Some(Zoned::now());
    };
    let clock = zoned(text);
    if clock.is_none() {
        let wanted = "expected a date and time with its offset, such as `2026-11-10T23:50+08:00`";
        findings.add(&parts.at.key("clock"), format!("{wanted}, found `{text}`"));
    }
    clock
}
