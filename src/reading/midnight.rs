//! Midnight at the end of a day is the next day's date: 今晚零点, 10日24点, `midnight tonight`.
//!
//! What ends then (10日24点截止) ends with the day that is named, and people give either date for it.

use jiff::civil::Date;

use super::days::NamedDay;
use super::numbers::{ahead, run};
use super::numerals::{han_number, is_numeral};
use super::units;
use super::values::{Stated, Value};
use super::words::ends_with_word;

/// What may stand between a day and its hour.
const BETWEEN: &[&str] = &["的", "当天", "当日"];
/// The part of a day at whose end midnight is, where the day's own word (今晚) does not say it.
const EVENING: &[&str] = &["晚上", "晚间", "夜里", "半夜", "深夜", "夜间", "晚", "夜"];
/// What follows the mark of an hour that is none: 24点游戏, 5点心, 0点积分, 12点半价.
const NO_HOUR: &[&str] = &[
    "心", "评", "赞", "击", "卡", "积分", "数", "游戏", "大赛", "比赛", "牌", "半价",
];
/// What follows a time at which something ends.
const ENDS_AFTER: &[&str] = &[
    "前", "之前", "以前", "截", "结束", "止", "为止", "失效", "过期", "到期", "关闭", "下架", "恢复",
];
/// What stands before one, somewhere in its clause.
const ENDS_IN_CLAUSE: &[&str] = &["截止", "截至", "结束", "到期", "失效", "有效期"];
/// What stands right before one.
const ENDS_BEFORE: &[&str] = &["至", "到", "-", "~", "–", "—"];
const ENDS_BEFORE_IN_ENGLISH: &[&str] = &[
    "by", "until", "till", "before", "through", "end", "ends", "ended", "ending", "close", "closes", "expire",
    "expires", "deadline", "valid",
];
/// How far before a day is looked for what ends, in bytes.
const NEAR: usize = 36;

/// Moves each day that an hour makes the next one. An end of something keeps its own day beside the next.
pub(super) fn move_on(text: &str, found: Vec<Stated>) -> Vec<Stated> {
    let mut moved = Vec::with_capacity(found.len());
    for stated in found {
        let Some(end) = midnight_after(text, &stated) else {
            moved.push(stated);
            continue;
        };
        // Where no year tells what follows February 28, the day is left as it is said.
        let next = next_day(stated.value);
        let span = stated.span.clone();
        if next.is_none() || is_end(text, span.start, end) {
            moved.push(Stated::loose(stated.value, span.clone()));
        }
        moved.extend(next.map(|next| Stated::loose(next, span)));
    }
    moved
}

/// Where the hour ends that makes this day the next one.
fn midnight_after(text: &str, stated: &Stated) -> Option<usize> {
    let said = &text[stated.span.clone()];
    let is_day = matches!(stated.value, Value::Date { .. } | Value::Day(_));
    if !is_day {
        return None;
    }
    let rest = text[stated.span.end..].trim_start();
    if let Some(end) = english(text, stated, rest) {
        return Some(end);
    }
    let rest = without(rest, BETWEEN).unwrap_or(rest).trim_start();
    let after_evening = without(rest, EVENING);
    let is_evening = said.ends_with('晚') || after_evening.is_some();
    let rest = after_evening.unwrap_or(rest);
    let rest = without(rest, BETWEEN).unwrap_or(rest).trim_start();
    let (hour, length) = hour(rest)?;
    let ends_the_day = hour == 24.0 || is_evening && (hour == 0.0 || hour == 12.0);
    ends_the_day.then_some(text.len() - rest.len() + length)
}

fn without<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|word| text.strip_prefix(word))
}

/// `midnight tonight`, `tonight at midnight`, `tomorrow night at midnight`.
fn english(text: &str, stated: &Stated, rest: &str) -> Option<usize> {
    let Value::Day(NamedDay::Counted(_)) = stated.value else {
        return None;
    };
    let is_tonight = &text[stated.span.clone()] == "tonight";
    if is_tonight && ends_with_word(text[..stated.span.start].trim_end(), "midnight") {
        return Some(stated.span.end);
    }
    let at = rest
        .strip_prefix("night")
        .map(str::trim_start)
        .or(is_tonight.then_some(rest))?;
    let at = at.trim_start_matches(',').trim_start();
    let at = at.strip_prefix("at ").unwrap_or(at);
    let after = at.strip_prefix("midnight")?;
    (!after.starts_with(|c: char| c.is_ascii_alphanumeric())).then(|| text.len() - after.len())
}

/// The hour with which a text begins, and its length: 零点, 0点, 24:00, 十二点半.
pub(super) fn hour(text: &str) -> Option<(f64, usize)> {
    let text = ahead(text);
    let digits = run(text, |c| c.is_ascii_digit());
    let length = if digits > 0 { digits } else { run(text, is_numeral) };
    let written = &text[..length];
    let hour = written
        .parse()
        .ok()
        .or_else(|| han_number(written).filter(|_| length > 0))?;
    let after = &text[length..];
    let mark = ["点钟", "点整", "点", "时", ":"]
        .into_iter()
        .find(|mark| after.starts_with(mark))?;
    let rest = &after[mark.len()..];
    // 零点五折 and 0点五折 are parts of a price.
    let figure = run(rest, |c| is_numeral(c) || c.is_ascii_digit());
    let is_decimal = mark == "点" && figure > 0 && units::suffix(&rest[figure..]).is_some();
    let is_clock = mark != ":" || rest.starts_with(|c: char| c.is_ascii_digit());
    let is_hour = (0.0..=24.0).contains(&hour) && is_clock && !is_decimal;
    let is_other = mark == "点" && NO_HOUR.iter().any(|word| rest.starts_with(word))
        || mark == "时" && rest.starts_with(['间', '长']);
    (is_hour && !is_other).then_some((hour, length + mark.len()))
}

/// Whether something is said to end at what stands in `start..end`.
fn is_end(text: &str, start: usize, end: usize) -> bool {
    // 24:00, 零点整: what is left of the hour.
    let after = text[end..].trim_start_matches(|c: char| c.is_ascii_digit() || is_numeral(c) || "整分半".contains(c));
    if ENDS_AFTER.iter().any(|word| after.trim_start().starts_with(word)) {
        return true;
    }
    let near = text.floor_char_boundary(start.saturating_sub(NEAR));
    let clause = text[near..start]
        .rsplit(['。', ',', ';', '!', '?', '.'])
        .next()
        .unwrap_or_default();
    ENDS_IN_CLAUSE.iter().any(|word| clause.contains(word))
        || ENDS_BEFORE.iter().any(|word| clause.trim_end().ends_with(word))
        || clause
            .split(|c: char| !c.is_ascii_lowercase())
            .any(|word| ENDS_BEFORE_IN_ENGLISH.contains(&word))
}

fn next_day(value: Value) -> Option<Value> {
    match value {
        Value::Day(day) => day.next().map(Value::Day),
        Value::Date { year, month, day } => {
            let after = |year| Date::new(year, month, day).ok()?.tomorrow().ok();
            // Without a year it is the same in a leap year and in another, or it is not known.
            let next = after(year.unwrap_or(2_024))?;
            let other = after(year.unwrap_or(2_025))?;
            ((next.month(), next.day()) == (other.month(), other.day())).then(|| Value::Date {
                year: year.map(|_| next.year()),
                month: next.month(),
                day: next.day(),
            })
        }
        _ => None,
    }
}
