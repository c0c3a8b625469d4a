//! Switches: channels that exist and differ, customers who come, chances.

use super::{exists, not_empty, numbers};
use crate::scenario::SwitchSettings;
use crate::scenario::finding::Findings;
use crate::scenario::parts::Parts;
use crate::scenario::place::Spot;

/// The most switches: a customer remembers each that they made in one bit.
const MOST: usize = 64;

pub(super) fn check(parts: &Parts, findings: &mut Findings) {
    let at = parts.at.key("switches");
    let switches = &parts.file.switches;
    if switches.len() > MOST {
        findings.add_key(&at, format!("expected at most {MOST}, found {}", switches.len()));
    }
    for (place, switch) in switches.iter().enumerate().take(MOST) {
        check_one(parts, switch, &at.item(place), findings);
    }
}

fn check_one(parts: &Parts, switch: &SwitchSettings, at: &Spot, findings: &mut Findings) {
    let channels = parts.file.channels.iter().map(|channel| channel.name.as_str());
    exists(&switch.from, "channel", channels.clone(), &at.key("from"), findings);
    exists(&switch.to, "channel", channels, &at.key("to"), findings);
    if switch.from == switch.to {
        let message = format!("expected another channel than `from`, found `{}` again", switch.to);
        findings.add(&at.key("to"), message);
    }
    not_empty(switch.when.len(), &at.key("when"), "reason to leave", findings);
    numbers::chance(switch.share, &at.key("share"), findings);
    numbers::sigma(&switch.after, &at.key("after"), findings);
    let customers = &parts.file.customers;
    if let Some(persona) = &switch.persona {
        let known = customers.iter().map(|one| one.persona.as_str());
        exists(
            persona,
            "persona of this scenario's customers",
            known,
            &at.key("persona"),
            findings,
        );
    }
    if let Some(goal) = &switch.goal {
        let known = customers.iter().map(|one| one.goal.as_str());
        exists(
            goal,
            "goal of this scenario's customers",
            known,
            &at.key("goal"),
            findings,
        );
    }
}
