//! Telephone lines: calls go over them, and nothing else does.

use crate::scenario::finding::Findings;
use crate::scenario::parts::{Parts, named};
use crate::scenario::place::Spot;
use crate::scenario::{ChannelSettings, Connection, Customers, DEMO, Named, Profile, ReplyRule, Retry, SipTarget};

/// A profile of a telephone line has all that a call needs, and nothing that a call has no use for.
pub(super) fn profile(profile: &Profile, at: &Spot, findings: &mut Findings) {
    if profile.phone.is_none() {
        if profile.reply == ReplyRule::PickUp {
            findings.add(&at.key("reply"), "expected `phone` beside `pick_up`, found none");
        }
        return;
    }
    if profile.reply != ReplyRule::PickUp {
        findings.add(
            &at.key("reply"),
            "expected `pick_up` beside `phone`, found another reply",
        );
    }
    let useless = [
        ("serve", profile.serve.is_some()),
        ("handshake", profile.handshake.is_some()),
        ("opening", profile.opening.is_some()),
        ("vars", !profile.vars.is_empty()),
        ("retry", profile.retry != Retry::default()),
        ("media", !profile.media.kinds.is_empty()),
        ("built_in_bot", profile.built_in_bot.is_some()),
    ];
    for (key, _) in useless.into_iter().filter(|(_, is_there)| *is_there) {
        findings.add_key(
            &at.key(key),
            format!("expected no `{key}` beside `phone`: a call has no use for it"),
        );
    }
}

/// Lines are called at `sip:` addresses, everything else is not; customers who call come over lines, and those who write do not.
pub(super) fn check(parts: &Parts, findings: &mut Findings) {
    for (place, channel) in parts.file.channels.iter().enumerate() {
        let at = parts.at.key("channels").item(place).key(&channel.name);
        line(parts, channel, &at, findings);
    }
    for (place, customers) in parts.file.customers.iter().enumerate() {
        let at = parts.at.key("customers").item(place);
        if customers.share > 0.0 {
            group(parts, customers, &at.key("goal"), findings);
        }
    }
    for (place, switch) in parts.file.switches.iter().enumerate() {
        let at = parts.at.key("switches").item(place);
        for (key, name) in [("from", &switch.from), ("to", &switch.to)] {
            if named_channel(parts, name).is_some_and(|channel| is_line(parts, channel)) {
                let message = format!("expected a channel on which customers write, found the telephone line `{name}`");
                findings.add(&at.key(key), message);
            }
        }
    }
}

fn line(parts: &Parts, channel: &Named<ChannelSettings>, at: &Spot, findings: &mut Findings) {
    let own = channel.value.target.as_deref();
    let target = own.unwrap_or(&parts.file.target);
    let at_target = if own.is_some() {
        at.key("target")
    } else {
        at.key("profile")
    };
    match (is_line(parts, channel), SipTarget::is_meant(target)) {
        (true, false) if target != DEMO => {
            let message = format!(
                "`{}` calls, so its target is a telephone line; found another",
                channel.value.profile
            );
            findings
                .add(&at_target, message)
                .hint("`target: \"sip:service@127.0.0.1:5060\"`");
        }
        (false, true) => {
            let message = format!(
                "`{}` does not call, so its target is no telephone line; found one",
                channel.value.profile
            );
            let hint = "give the channel a target of its own, or the profile `sip-call-setup`";
            findings.add(&at_target, message).hint(hint);
        }
        _ => {}
    }
    if is_line(parts, channel) {
        let useless = [
            ("connection", channel.value.connection != Connection::default()),
            ("source_addresses", !channel.value.source_addresses.is_empty()),
        ];
        for (key, _) in useless.into_iter().filter(|(_, is_there)| *is_there) {
            findings.add_key(
                &at.key(key),
                format!("expected no `{key}` on a telephone line, whose calls SIPp makes"),
            );
        }
    }
}

fn group(parts: &Parts, customers: &Customers, at: &Spot, findings: &mut Findings) {
    let Some(goal) = named(&parts.goals, &customers.goal) else {
        return;
    };
    let calls = goal.value.is_call();
    let comes_over = |name: &String| customers.channels.is_empty() || customers.channels.contains(name);
    let channels = parts.file.channels.iter();
    let channels = channels.filter(|channel| channel.value.is_used() && comes_over(&channel.name));
    // A profile that was not found is told elsewhere.
    let channels = channels.filter(|channel| named(&parts.profiles, &channel.value.profile).is_some());
    let (able, unable): (Vec<_>, Vec<_>) = channels.partition(|channel| is_line(parts, channel) == calls);
    if unable.is_empty() {
        return;
    }
    let goal = &customers.goal;
    let unable = listed(&unable);
    let message = match calls {
        true => format!("customers who come for `{goal}` call, which only telephone lines carry, not {unable}"),
        false => format!("customers who come for `{goal}` write, which no telephone line carries: not {unable}"),
    };
    findings.add(at, message).hint(match (able.is_empty(), calls) {
        (false, _) => format!("keep them to others: `channels: [{}]`", listed(&able).replace('`', "")),
        (true, true) => "a telephone line has the profile `sip-call-setup`".to_owned(),
        (true, false) => "who calls has a goal with `agenda: [call]`".to_owned(),
    });
}

fn listed(channels: &[&Named<ChannelSettings>]) -> String {
    let names: Vec<String> = channels.iter().map(|channel| format!("`{}`", channel.name)).collect();
    names.join(", ")
}

fn named_channel<'a>(parts: &'a Parts, name: &str) -> Option<&'a Named<ChannelSettings>> {
    parts.file.channels.iter().find(|channel| channel.name == name)
}

fn is_line(parts: &Parts, channel: &Named<ChannelSettings>) -> bool {
    let profile = named(&parts.profiles, &channel.value.profile);
    profile.is_some_and(|profile| profile.value.phone.is_some())
}
