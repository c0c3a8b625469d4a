//! What a first contact says while it goes on, and of a channel that gave no answer.

use super::TRIES;
use crate::channel::Office;
use crate::conversation::{Language, Outcome, Turn};
use crate::scenario::{Channel, DEMO, Scenario};

/// Whom it writes to and how long that may take; nothing where only the built-in bot is asked.
pub(super) fn beginning(hurried: &Scenario, channels: &[usize], language: Language) -> Option<String> {
    let channels = channels.iter().map(|channel| &hurried.channels[*channel]);
    let real: Vec<&str> = channels
        .filter(|channel| channel.target != DEMO)
        .map(|channel| channel.name.as_str())
        .collect();
    if real.is_empty() {
        return None;
    }
    let longest = hurried.drain.as_secs_f64();
    Some(match language {
        Language::En => format!(
            "first contact: one message on {}, up to {TRIES} times, {longest:.0} s each at most",
            real.join(", ")
        ),
        Language::Zh => format!(
            "首次接触：向 {} 各发一条消息，最多 {TRIES} 次，每次至多 {longest:.0} 秒",
            real.join("、")
        ),
    })
}

/// A channel gave no answer and is asked again.
pub(super) fn again((channel, turn): (&Channel, Option<&Turn>), attempt: usize, language: Language) -> String {
    let name = &channel.name;
    let why = turn.and_then(|turn| turn.trouble.as_deref());
    let outcome = turn.map_or(Outcome::Silent, |turn| turn.outcome).word();
    match (why, language) {
        (Some(why), Language::En) => format!("{name}: no answer ({outcome}: {why}); try {attempt} of {TRIES}"),
        (None, Language::En) => format!("{name}: no answer ({outcome}); try {attempt} of {TRIES}"),
        (Some(why), Language::Zh) => format!("{name}：没有回复（{outcome}：{why}）；第 {attempt}/{TRIES} 次尝试"),
        (None, Language::Zh) => format!("{name}：没有回复（{outcome}）；第 {attempt}/{TRIES} 次尝试"),
    }
}

/// A bot acknowledged and said nothing: it may have nothing to say to this one message, or never say anything here.
pub(super) fn said_nothing(channel: &Channel, language: Language) -> String {
    let name = &channel.name;
    match language {
        Language::En => format!(
            "warning: {name}: the bot acknowledged the first contact and said nothing; if it goes on like that, every question counts as \
             `empty` (`throng check --connect` says what may be wrong)"
        ),
        Language::Zh => format!(
            "警告：{name}：机器人确认了首次接触，却没有回复；如果一直如此，每个提问都会计为 `empty`（`throng check --connect` 说明可能的原因）"
        ),
    }
}

/// What went wrong with a channel's last turn.
pub(super) fn trouble(channel: &Channel, office: Option<&Office>, turn: Option<&Turn>) -> String {
    if let Some(trouble) = turn.and_then(|turn| turn.trouble.clone()) {
        return trouble;
    }
    match office {
        Some(office) => calls_in_words(office),
        None if channel.profile.phone.is_some() => "nobody picked up in time".to_owned(),
        None => match turn.map_or(Outcome::Silent, |turn| turn.outcome) {
            Outcome::Silent => "it said nothing until the deadline",
            Outcome::Truncated => "the reply broke off",
            Outcome::CutShort => "this machine could not send the message",
            _ => "it gave no usable reply",
        }
        .to_owned(),
    }
}

/// What a bot that was to reply by calls called instead.
pub(in crate::rehearsal) fn calls_in_words(office: &Office) -> String {
    let counts = office.counts();
    let refused: Vec<String> = counts
        .refused
        .iter()
        .chain(&counts.faults)
        .map(|(error, count)| format!("`{error}` ({count} times)"))
        .collect();
    let url = office.url();
    match (counts.calls, refused.is_empty()) {
        (0, _) => format!("it called nothing at {url}: is that the base URL of the platform's API in its settings?"),
        (calls, true) => format!("it made {calls} calls at {url}, but none that brings a reply"),
        (calls, false) => format!(
            "it made {calls} calls at {url}, and was refused with {}{}",
            refused.join(", "),
            match counts.unknown_routes.is_empty() {
                true => String::new(),
                false => format!(" ({})", counts.unknown_routes.join(", ")),
            }
        ),
    }
}
