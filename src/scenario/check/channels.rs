//! Channels: names, shares, settings, and where they aim.

use super::{exists, form, name, not_empty, numbers, serve, unique};
use crate::scenario::finding::Findings;
use crate::scenario::parts::{Parts, named};
use crate::scenario::place::Spot;
use crate::scenario::suggest::{did_you_mean, listed};
use crate::scenario::target::{DEMO, is_loopback, target_mistake};
use crate::scenario::{ChannelSettings, Profile, environment_names};

pub(super) fn check(parts: &Parts, findings: &mut Findings) {
    let (file, at) = (&parts.file, parts.at.key("channels"));
    not_empty(file.channels.len(), &at, "channel", findings);
    let spots = || {
        file.channels
            .iter()
            .enumerate()
            .map(|(place, one)| (one, at.item(place).key(&one.name)))
    };
    unique(spots().map(|(channel, at)| (channel.name.as_str(), at)), findings);
    if !file.channels.is_empty() {
        numbers::weights(
            spots().map(|(channel, at)| (channel.value.share, at.key("share"))),
            &at,
            findings,
        );
    }
    target(&file.target, &parts.at.key("target"), findings);
    for (channel, at) in spots() {
        name(&channel.name, &at, findings);
        if let Some(deadline) = channel.value.deadline {
            numbers::span(deadline, &at.key("deadline"), findings);
        }
        shares(parts, &channel.value, &at.key("share_in"), findings);
        form::check(&channel.value.form, &at.key("form"), findings);
        if let Some(own) = &channel.value.target {
            target(own, &at.key("target"), findings);
        }
        if let Some(profile) = named(&parts.profiles, &channel.value.profile) {
            settings(&channel.value, &profile.value, &at, findings);
            demo(parts, &channel.value, &profile.value, &at, findings);
            serve::faults(&channel.value, &profile.value, &at.key("platform_faults"), findings);
        }
    }
    budget(parts, findings);
}

/// The shares in single phases, which must exist.
fn shares(parts: &Parts, channel: &ChannelSettings, at: &Spot, findings: &mut Findings) {
    let phases = &parts.file.traffic.phases;
    for (phase, share) in &channel.share_in {
        numbers::at_least_zero(*share, &at.key(phase), findings);
        if !phases.iter().any(|known| known.name() == phase) {
            let names = || phases.iter().map(|known| known.name());
            let message = format!("no phase is called `{phase}`; there are {}", listed(names()));
            findings
                .add_key(&at.key(phase), message)
                .maybe_hint(did_you_mean(phase, names()));
        }
    }
}

fn target(target: &str, at: &Spot, findings: &mut Findings) {
    if let Some(mistake) = target_mistake(target) {
        let finding = findings.add(at, mistake);
        finding.is_secret = target.contains('@');
    }
}

fn settings(channel: &ChannelSettings, profile: &Profile, at: &Spot, findings: &mut Findings) {
    let settings_at = at.key("settings");
    let known = || profile.settings.keys().map(String::as_str);
    for (key, value) in &channel.settings {
        let at = settings_at.key(key);
        let Some(setting) = profile.settings.get(key) else {
            let message = format!(
                "`{}` has no such setting; there are {}",
                profile.profile,
                listed(known())
            );
            let finding = findings.add_key(&at, message);
            // A slip in the name of a secret's key.
            finding.is_secret = profile.settings.values().any(|setting| setting.secret);
            finding.maybe_hint(did_you_mean(key, known()));
            continue;
        };
        if setting.secret && !value.is_null() && environment_names(value).is_empty() {
            let hint = format!("take it from the environment: `{key}: \"${{{}}}\"`", key.to_uppercase());
            let finding = findings.add(&at, "expected `${NAME}` for a secret, found the secret itself");
            finding.is_secret = true;
            finding.hint(hint);
        }
    }
    for (key, setting) in &profile.settings {
        let is_given = channel.settings.get(key).is_some_and(|value| !value.is_null());
        if setting.required && setting.default.is_none() && !is_given {
            let about = if setting.description.is_empty() {
                String::new()
            } else {
                format!(" ({})", setting.description)
            };
            let message = format!("`{}` needs the setting `{key}`{about}, found none", profile.profile);
            findings.add_key(&settings_at, message);
        }
    }
}

fn demo(parts: &Parts, channel: &ChannelSettings, profile: &Profile, at: &Spot, findings: &mut Findings) {
    let target = channel.target.as_deref().unwrap_or(&parts.file.target);
    if target == DEMO && profile.built_in_bot.is_none() {
        let message = format!(
            "the built-in bot does not speak `{}`; expected another target than `{DEMO}`",
            profile.profile
        );
        findings
            .add(&at.key("profile"), message)
            .hint(format!("a target is {}", profile.target));
    }
}

/// A bot that is not on this machine costs somebody money: how much may be spent must be said.
fn budget(parts: &Parts, findings: &mut Findings) {
    let file = &parts.file;
    if file.budget.is_some() {
        return;
    }
    let channels = file.channels.iter().enumerate();
    let own = channels.filter_map(|(place, channel)| {
        let target = channel.value.target.as_deref()?;
        Some((
            target,
            parts.at.key("channels").item(place).key(&channel.name).key("target"),
        ))
    });
    let uses_shared = file.channels.iter().any(|channel| channel.value.target.is_none());
    let shared = uses_shared.then(|| (file.target.as_str(), parts.at.key("target")));
    let is_away = |target: &str| target_mistake(target).is_none() && !is_loopback(target);
    if let Some((_, at)) = own.chain(shared).find(|(target, _)| is_away(target)) {
        let message = "expected a `budget` for a target that is not on this machine, found none";
        findings
            .add(&at, message)
            .hint("`budget: {turns: 10000}`, or `budget: unlimited`");
    }
}

/// Channels that customers keep to exist.
pub(super) fn known(parts: &Parts, names: &[String], at: &Spot, findings: &mut Findings) {
    let known = parts.file.channels.iter().map(|channel| channel.name.as_str());
    for (place, name) in names.iter().enumerate() {
        exists(name, "channel", known.clone(), &at.item(place), findings);
    }
}
