//! The conversations to read. All of their text is hostile.

use serde::Serialize;

use super::super::clean;
use super::super::format;
use super::super::words::{Words, fill, recorded};
use crate::conversation::Language;
use crate::verdict::{Evidence, FailedCheck, KeptConversation, KeptMessage, KeptTurn};

/// So many conversations, turns of each, messages of a turn, failed checks of a turn and characters of a text are shown.
pub(super) const MOST: usize = 20;
const TURNS: usize = 30;
const MESSAGES: usize = 40;
const CHECKS: usize = 12;
const CHARACTERS: usize = 600;

/// A conversation.
#[derive(Serialize)]
pub(super) struct Talk {
    title: String,
    /// Channel, phase, when it began.
    about: String,
    ending: String,
    turns: Vec<TalkTurn>,
    turns_more: Option<String>,
}

/// A turn.
#[derive(Serialize)]
struct TalkTurn {
    title: String,
    /// One of our own classes, whatever the file says.
    class: &'static str,
    outcome: String,
    /// After how long and past what, or what went wrong.
    note: Option<String>,
    messages: Vec<Bubble>,
    failed: Vec<(String, String)>,
    is_unanswered: bool,
}

/// A message or reply.
#[derive(Serialize)]
struct Bubble {
    from_bot: bool,
    at: String,
    kind: Option<&'static str>,
    text: String,
    more: Option<String>,
}

/// Those worth reading, worst first.
pub(super) fn talks(evidence: &Evidence, language: Language) -> Vec<Talk> {
    let worst = evidence.worst.iter().take(MOST);
    worst.map(|kept| talk(kept, language)).collect()
}

fn talk(kept: &KeptConversation, language: Language) -> Talk {
    let words = Words::of(language);
    let short = |text: &str| clean::short(text, 40, "…");
    let began = fill(words.began_at, &[("clock", &format::clock(kept.started_s))]);
    let left_out = kept.turns.len().saturating_sub(TURNS) as u64;
    Talk {
        title: format!("{} · {}", short(&kept.persona), short(&kept.goal)),
        about: format!("{} · {} · {began}", short(&kept.channel), short(&kept.phase)),
        ending: short(&Words::name_of(&words.endings, &kept.ending)),
        turns: kept
            .turns
            .iter()
            .take(TURNS)
            .map(|turn| talk_turn(turn, language))
            .collect(),
        turns_more: (left_out > 0).then(|| fill(words.turns_more, &[("count", &format::count(left_out))])),
    }
}

fn talk_turn(turn: &KeptTurn, language: Language) -> TalkTurn {
    let words = Words::of(language);
    let class = match turn.outcome.as_str() {
        "answered" if turn.failed.is_empty() => "served",
        "answered" => "wrong",
        "late" => "late",
        "cut_short" => "cut",
        _ => "dropped",
    };
    let failed = |failed: &FailedCheck| {
        (
            clean::short(&Words::name_of(&words.checks, &failed.check), 40, "…"),
            clean::visible(&clean::line(failed.evidence.get(language)), 300).0,
        )
    };
    TalkTurn {
        title: fill(words.turn, &[("number", &turn.number.to_string())]),
        class,
        outcome: clean::short(&Words::name_of(&words.outcomes, &turn.outcome), 40, "…"),
        note: note(turn, words),
        messages: turn
            .messages
            .iter()
            .take(MESSAGES)
            .map(|message| bubble(message, words))
            .collect(),
        failed: turn.failed.iter().take(CHECKS).map(failed).collect(),
        is_unanswered: !turn.messages.iter().any(|message| message.from_bot),
    }
}

/// After how long the answer came, and what it met on the way; without an answer, what went wrong.
fn note(turn: &KeptTurn, words: &Words) -> Option<String> {
    let phrase = if is_early(turn) {
        words.reply_early
    } else {
        words.reply_after
    };
    let time = turn.reply_time_ms.and_then(format::duration);
    let time = time.map(|time| fill(phrase, &[("time", &time)]));
    let trouble = turn
        .trouble
        .as_deref()
        .map(|trouble| clean::short(&recorded(trouble, words), 200, "…"));
    match (time, trouble) {
        (Some(time), Some(trouble)) => Some(fill(words.on_the_way, &[("time", &time), ("trouble", &trouble)])),
        (time, trouble) => time.or(trouble),
    }
}

/// True when a message of a burst was answered before the last one was out: the answer counts as at that.
fn is_early(turn: &KeptTurn) -> bool {
    let asked = turn.messages.iter().filter(|message| message.kind == "utterance");
    let last = asked.map(|message| message.at_s).reduce(f64::max);
    let answers = turn
        .messages
        .iter()
        .filter(|message| matches!(message.kind.as_str(), "substantive" | "media"));
    let first = answers.filter_map(|message| message.complete_s).reduce(f64::min);
    first.zip(last).is_some_and(|(first, last)| first <= last)
}

fn bubble(message: &KeptMessage, words: &Words) -> Bubble {
    let (text, left_out) = clean::visible(&message.text, CHARACTERS);
    Bubble {
        from_bot: message.from_bot,
        at: format::clock(message.at_s),
        kind: match message.kind.as_str() {
            "nudge" => Some(words.nudge),
            "prompted" => Some(words.prompted),
            "farewell" => Some(words.farewell),
            "holding" => Some(words.holding),
            "truncated" => Some(words.truncated),
            _ => None,
        },
        text,
        more: (left_out > 0).then(|| fill(words.characters_more, &[("count", &format::count(left_out as u64))])),
    }
}

#[cfg(test)]
mod tests;
