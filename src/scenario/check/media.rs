//! Customers who send pictures, voice messages or videos come over channels that carry them.

use crate::scenario::finding::Findings;
use crate::scenario::parts::{Parts, named};
use crate::scenario::place::Spot;
use crate::scenario::{ChannelSettings, Customers, Named};

type Channels<'a> = Vec<&'a Named<ChannelSettings>>;

pub(super) fn check(parts: &Parts, findings: &mut Findings) {
    let at = parts.at.key("customers");
    let groups = parts.file.customers.iter().enumerate();
    for (place, customers) in groups.filter(|(_, customers)| customers.share > 0.0) {
        group(parts, customers, &at.item(place).key("goal"), findings);
    }
}

/// One finding for each kind that customers of a group send over channels that do not carry it.
fn group(parts: &Parts, customers: &Customers, at: &Spot, findings: &mut Findings) {
    let Some(goal) = named(&parts.goals, &customers.goal) else {
        return;
    };
    let comes_over = |name: &String| customers.channels.is_empty() || customers.channels.contains(name);
    for kind in goal.value.media() {
        let carries = |channel: &&Named<ChannelSettings>| {
            let profile = named(&parts.profiles, &channel.value.profile);
            // One that was not found is told elsewhere.
            profile.is_none_or(|profile| profile.value.media.kinds.contains(&kind))
        };
        let channels = parts.file.channels.iter();
        let channels = channels.filter(|channel| channel.value.is_used() && comes_over(&channel.name));
        let (able, unable): (Channels<'_>, Channels<'_>) = channels.partition(carries);
        if unable.is_empty() {
            continue;
        }
        let message = format!(
            "customers who come for `{}` send `media: {}`, which the channels {} do not carry",
            customers.goal,
            kind.word(),
            listed(&unable, |channel| format!(
                "`{}` ({})",
                channel.name, channel.value.profile
            )),
        );
        findings.add(at, message).hint(match able.is_empty() {
            true => "`throng list channels` shows which profiles carry it".to_owned(),
            false => format!(
                "keep them to channels that do: `channels: [{}]`",
                listed(&able, |channel| channel.name.clone())
            ),
        });
    }
}

fn listed(channels: &Channels<'_>, words: impl Fn(&Named<ChannelSettings>) -> String) -> String {
    let words: Vec<String> = channels.iter().map(|channel| words(channel)).collect();
    words.join(", ")
}
