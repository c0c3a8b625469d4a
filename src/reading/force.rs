//! How firmly a value is stated: as a fact, as a limit, or denied.

mod beside;

pub(super) use beside::names_former;

use super::values::{Force, Stated, Value};

/// What precedes a value that is said not to be so, with at most [`REACH_OF_DENIAL`] characters between: 不是减60元.
const DENIALS: &[&str] = &[
    "不是",
    "并非",
    "而非",
    "不再是",
    "不支持",
    "不享受",
    "不打",
    "不减",
    "没有",
    "not",
    "isn't",
    "no longer",
];

/// What makes an amount a limit on something else than the fact itself: 最高可减150.
const CAPS: &[&str] = &[
    "最高", "最多", "上限", "累计", "封顶", "至多", "up to", "at most", "maximum", "max", "再减", "再享", "再打",
];

/// What is looked at before a value, in bytes: the longest word and its reach.
const NEAR: usize = 40;

const REACH_OF_DENIAL: usize = 3;
const REACH_OF_CAP: usize = 6;

/// Sets the force of each value that is not stated as a plain fact.
pub(super) fn weigh(text: &str, found: &mut [Stated]) {
    for stated in found.iter_mut() {
        let start = text.floor_char_boundary(stated.span.start.saturating_sub(NEAR));
        let (before, after) = (&text[start..stated.span.start], &text[stated.span.end..]);
        if follows(before, DENIALS, REACH_OF_DENIAL) {
            stated.force = Force::Denied;
        } else if is_limit(&stated.value, before, after) {
            stated.force = Force::Loose;
        }
    }
    beside::mark(text, found);
}

/// A cap on an amount, or the first day of a span of days.
fn is_limit(value: &Value, before: &str, after: &str) -> bool {
    match value {
        Value::Money(_) | Value::Percent(_) | Value::PercentOff(_) => {
            follows(before, CAPS, REACH_OF_CAP) || after.starts_with("封顶")
        }
        Value::Date { .. } => begins_a_span(after),
        Value::Duration(_) | Value::Day(_) | Value::Identifier => false,
    }
}

/// 11月11日至15日: a day in between contradicts nothing.
fn begins_a_span(after: &str) -> bool {
    let rest = after.trim_start().strip_prefix(['-', '~', '至', '到', '–', '—']);
    rest.is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
}

/// True when one of the words stands shortly before the end of a text, with no digit, mark or question (是不是, 有没有)
/// between.
fn follows(before: &str, words: &[&str], reach: usize) -> bool {
    if !words.iter().any(|word| before.contains(word)) {
        return false;
    }
    let breaks = |c: char| c.is_ascii_digit() || c.is_ascii_punctuation() || matches!(c, '。' | '、');
    let mut at = before.len();
    loop {
        let (rest, between) = before.split_at(at);
        if between.trim().chars().count() > reach {
            return false;
        }
        if let Some(word) = words.iter().find(|word| rest.ends_with(**word)) {
            return is_said(&rest[..rest.len() - word.len()], word);
        }
        match rest.chars().next_back() {
            Some(next) if !breaks(next) => at -= next.len_utf8(),
            _ => return false,
        }
    }
}

/// True for a whole word that does not ask: after 是, 不是 is a question, and so are 有没有 and 打不打.
fn is_said(rest: &str, word: &str) -> bool {
    if word.is_ascii() {
        return !rest.ends_with(|c: char| c.is_ascii_alphanumeric());
    }
    let second = word.chars().nth(1);
    !second.is_some_and(|second| rest.ends_with(second))
}
