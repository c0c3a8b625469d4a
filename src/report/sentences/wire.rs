//! What happened on the wire beside the turns: what the bot turned away, what it called wrongly, what became of sockets.

use std::collections::BTreeMap;

use super::super::words::{Finding, Phrase, Words, fill};
use super::super::{clean, format, parts};
use crate::conversation::Language;
use crate::verdict::{FailureNumbers, InterceptedNumbers, PlatformNumbers, Run};

/// So many ways to fail of a channel, hosts and errors are named.
const NAMED: usize = 5;

/// What stands out of it: what the bot answered instead of a reply, and what the scenario had the platforms refuse.
pub(super) fn findings(run: &Run, language: Language) -> Vec<String> {
    let failed = run.failures.iter().flat_map(|(channel, failures)| {
        let asked = run.by_channel.get(channel).map_or(0, |block| block.turns.sent);
        let failures = failures.iter().take(NAMED);
        failures.map(move |failure| failed(channel, failure, asked, language))
    });
    let wanted = run.platforms.iter().filter(|(_, numbers)| !numbers.faults.is_empty());
    let wanted = wanted.map(|(channel, numbers)| faults(channel, &numbers.faults, language));
    failed.chain(wanted).collect()
}

/// What a reader should know: what the bot did wrongly, and what no turn was there to tell.
pub(super) fn cautions(run: &Run, language: Language) -> Vec<String> {
    let mut cautions: Vec<String> = run
        .intercepted
        .iter()
        .flat_map(|numbers| intercepted(numbers, language))
        .collect();
    for (channel, numbers) in &run.platforms {
        cautions.extend(refusals(channel, numbers, language));
        cautions.extend(of_platform(channel, numbers, language));
    }
    for (channel, numbers) in run.hang_ups.iter().filter(|(_, numbers)| numbers.answered_after > 0) {
        let after = format::count(numbers.answered_after);
        cautions.push(say(
            Phrase::HungUp,
            language,
            numbers.hung_up,
            &[("channel", &parts::short_name(channel)), ("after", &after)],
        ));
    }
    for (channel, numbers) in &run.sockets {
        let kinds = [
            (Phrase::ClosedByTheBot, numbers.closed_by_the_bot),
            (Phrase::UnreadableWhileIdle, numbers.unreadable),
        ];
        cautions.extend(counted(&kinds, channel, language));
    }
    cautions
}

/// What was refused at the interceptor, and what did not come through it, each kind in a sentence.
pub fn intercepted(numbers: &InterceptedNumbers, language: Language) -> Vec<String> {
    let mut hosts: Vec<(&String, &u64)> = numbers.refused.iter().collect();
    hosts.sort_by_key(|(host, count)| (std::cmp::Reverse(**count), *host));
    let named = hosts.iter().take(2 * NAMED);
    let mut lines: Vec<String> = named
        .map(|(host, count)| say(Phrase::HostRefused, language, **count, &[("host", &clean::line(host))]))
        .collect();
    let others = hosts.iter().skip(2 * NAMED).map(|(_, count)| **count).sum::<u64>() + numbers.refused_others;
    let kinds = [
        (Phrase::MoreHostsRefused, others),
        (Phrase::NotConnect, numbers.not_connect),
        (Phrase::Untrusted, numbers.untrusted),
        (Phrase::NoTls, numbers.broken),
    ];
    lines.extend(counted(&kinds, "", language));
    lines
}

fn failed(channel: &str, failure: &FailureNumbers, asked: u64, language: Language) -> String {
    let finding = failure.finding.as_deref().and_then(Finding::named);
    let cause = finding.map(|finding| match finding {
        Finding::Busy => Phrase::TurnedAway.of(language),
        other => other.cause(language),
    });
    let phrase = match (failure.status, cause) {
        (Some(_), Some(_)) => Phrase::Answered,
        (Some(_), None) => Phrase::AnsweredAlone,
        (None, Some(_)) => Phrase::Failed,
        (None, None) => Phrase::FailedAlone,
    };
    let values = [
        ("channel", parts::short_name(channel)),
        ("status", failure.status.unwrap_or_default().to_string()),
        ("all", format::count(asked)),
        ("cause", cause.unwrap_or_default().to_owned()),
    ];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    say(phrase, language, failure.turns, &values)
}

fn faults(channel: &str, faults: &BTreeMap<String, u64>, language: Language) -> String {
    let named = faults.iter().take(2 * NAMED);
    let named = named.map(|(error, count)| format!("{} {}", clean::short(error, 60, "…"), format::count(*count)));
    let errors = named.collect::<Vec<String>>().join(Words::of(language).list_separator);
    let values = [("channel", parts::short_name(channel)), ("errors", errors)];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    say(Phrase::Faults, language, faults.values().sum(), &values)
}

fn refusals(channel: &str, numbers: &PlatformNumbers, language: Language) -> Vec<String> {
    let routes = numbers.unknown_routes.iter().map(|route| clean::short(route, 100, "…"));
    let examples = routes.collect::<Vec<String>>().join(Words::of(language).list_separator);
    let refused = numbers.refused.iter().map(|(reason, count)| {
        let values = [
            ("channel", parts::short_name(channel)),
            ("examples", examples.clone()),
            ("error", clean::short(reason, 60, "…")),
        ];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        say(Phrase::of_refusal(reason), language, *count, &values)
    });
    refused.collect()
}

/// What became of replies and of the sockets of a bot that dials in.
fn of_platform(channel: &str, numbers: &PlatformNumbers, language: Language) -> Vec<String> {
    let sockets = numbers.sockets.unwrap_or_default();
    let kinds = [
        (Phrase::SocketsLost, sockets.lost),
        (Phrase::CutOff, sockets.cut_off),
        (Phrase::WithoutSocket, sockets.without_socket),
        (Phrase::Unacknowledged, sockets.unacknowledged),
        (Phrase::ToNobody, numbers.to_nobody),
    ];
    counted(&kinds, channel, language)
}

/// Those that happened, each in a sentence.
fn counted(kinds: &[(Phrase, u64)], channel: &str, language: Language) -> Vec<String> {
    let found = kinds.iter().filter(|(_, count)| *count > 0);
    let channel = parts::short_name(channel);
    found
        .map(|(phrase, count)| say(*phrase, language, *count, &[("channel", &channel)]))
        .collect()
}

fn say(phrase: Phrase, language: Language, count: u64, values: &[(&str, &str)]) -> String {
    let count = format::count(count);
    let values: Vec<(&str, &str)> = [("count", count.as_str())]
        .into_iter()
        .chain(values.iter().copied())
        .collect();
    fill(phrase.of(language), &values)
}

#[cfg(test)]
mod tests;
