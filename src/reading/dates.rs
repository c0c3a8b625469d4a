//! Calendar days as texts name them: 11月11日, Nov 11, 双11, tomorrow.

use std::ops::Range;

use super::numbers::Number;
use super::values::{Force, Stated, Value};

const MONTHS: &[(&str, i8)] = &[
    ("january", 1),
    ("february", 2),
    ("march", 3),
    ("april", 4),
    ("may", 5),
    ("june", 6),
    ("july", 7),
    ("august", 8),
    ("september", 9),
    ("october", 10),
    ("november", 11),
    ("december", 12),
    ("jan", 1),
    ("feb", 2),
    ("mar", 3),
    ("apr", 4),
    ("jun", 6),
    ("jul", 7),
    ("aug", 8),
    ("sept", 9),
    ("sep", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
];

/// Days counted from today. Longer words come before those that they end in.
const RELATIVE: &[(&str, i8)] = &[
    ("the day after tomorrow", 2),
    ("大后天", 3),
    ("后天", 2),
    ("明天", 1),
    ("明日", 1),
    ("明晚", 1),
    ("今天", 0),
    ("今日", 0),
    ("今晚", 0),
    ("昨天", -1),
    ("tomorrow", 1),
    ("today", 0),
    ("tonight", 0),
    ("yesterday", -1),
];

/// A day of a month; without a year it is that of the date it is compared with.
fn date(year: Option<i16>, month: f64, day: f64, span: Range<usize>) -> Option<Stated> {
    let whole =
        |number: f64, most: f64| (number.fract() == 0.0 && (1.0..=most).contains(&number)).then_some(number as i8);
    let (month, day) = (whole(month, 12.0)?, whole(day, 31.0)?);
    // 2024 was a leap year, so that February 29 is a day.
    jiff::civil::Date::new(year.unwrap_or(2_024), month, day).ok()?;
    let value = Value::Date { year, month, day };
    Some(Stated::plain(value, span))
}

/// The date that starts at `numbers[0]`, and how many of the numbers it takes up.
pub(super) fn date_at(text: &str, numbers: &[Number]) -> Option<(Stated, usize)> {
    chinese(text, numbers)
        .or_else(|| month_first(text, numbers))
        .or_else(|| day_first(text, numbers))
        .or_else(|| festival(text, numbers))
}

/// 2026年11月11日, 11月11号, 11月11.
fn chinese(text: &str, numbers: &[Number]) -> Option<(Stated, usize)> {
    let follows = |one: usize, other: usize, mark: &str| {
        let (one, other) = (numbers.get(one)?, numbers.get(other)?);
        (text[one.span.end..other.span.start].trim() == mark).then_some(())
    };
    let has_year = follows(0, 1, "年").is_some() && (1_900.0..2_200.0).contains(&numbers[0].value);
    let month = usize::from(has_year);
    follows(month, month + 1, "月")?;
    let day = &numbers[month + 1];
    let rest = text[day.span.end..].trim_start();
    let mark = ["日", "号"].iter().find(|mark| rest.starts_with(**mark));
    let end = mark.map_or(day.span.end, |mark| text.len() - rest.len() + mark.len());
    let year = has_year.then_some(numbers[0].value as i16);
    let stated = date(year, numbers[month].value, day.value, numbers[0].span.start..end)?;
    Some((stated, month + 2))
}

/// November 11th, nov. 11, 2026.
fn month_first(text: &str, numbers: &[Number]) -> Option<(Stated, usize)> {
    let day = numbers.first()?;
    let before = text[..day.span.start].trim_end().trim_end_matches('.');
    let (name, month) = MONTHS.iter().find(|(name, _)| ends_with_word(before, name))?;
    let ordinal = ordinal_length(&text[day.span.end..]);
    if *name == "may" && ordinal == 0 && !after_a_preposition(&before[..before.len() - name.len()]) {
        return None;
    }
    let start = before.len() - name.len();
    let end = day.span.end + ordinal;
    let year = numbers.get(1).filter(|next| {
        let between = text.get(end..next.span.start).unwrap_or("?").trim();
        (between.is_empty() || between == ",") && (1_900.0..2_200.0).contains(&next.value)
    });
    let whole = start..year.map_or(end, |year| year.span.end);
    let stated = date(year.map(|year| year.value as i16), f64::from(*month), day.value, whole)?;
    Some((stated, 1 + usize::from(year.is_some())))
}

/// 11 November, 11th of Nov.
fn day_first(text: &str, numbers: &[Number]) -> Option<(Stated, usize)> {
    let day = numbers.first()?;
    let after = &text[day.span.end..];
    let rest = after[ordinal_length(after)..].trim_start();
    let rest = rest.strip_prefix("of ").unwrap_or(rest);
    let (name, month) = MONTHS
        .iter()
        .find(|(name, _)| starts_with_word(rest, name) && *name != "may")?;
    let end = text.len() - rest.len() + name.len();
    Some((date(None, f64::from(*month), day.value, day.span.start..end)?, 1))
}

/// 双11, 双十一: often only the name of the sale, so it may agree with a date but never contradicts one.
fn festival(text: &str, numbers: &[Number]) -> Option<(Stated, usize)> {
    let number = numbers.first()?;
    if !text[..number.span.start].ends_with('双') || ![11.0, 12.0].contains(&number.value) {
        return None;
    }
    let span = number.span.start - '双'.len_utf8()..number.span.end;
    let mut stated = date(None, number.value, number.value, span)?;
    stated.force = Force::Loose;
    Some((stated, 1))
}

/// 明天, tomorrow: all of the text.
pub(super) fn relative(text: &str) -> Vec<Stated> {
    let mut found: Vec<Stated> = Vec::new();
    for (word, days) in RELATIVE {
        for (start, _) in text.match_indices(word) {
            let span = start..start + word.len();
            let is_taken = found
                .iter()
                .any(|other| other.span.start < span.end && span.start < other.span.end);
            let is_word =
                !word.is_ascii() || ends_with_word(&text[..span.end], word) && starts_with_word(&text[start..], word);
            if !is_taken && is_word {
                let mut stated = Stated::plain(Value::Day(*days), span);
                if word.ends_with('晚') || *word == "tonight" {
                    stated.force = Force::Loose; // tonight at midnight is tomorrow
                }
                found.push(stated);
            }
        }
    }
    found
}

fn ordinal_length(after: &str) -> usize {
    let is_ordinal = ["st", "nd", "rd", "th"]
        .iter()
        .any(|mark| starts_with_word(after, mark));
    if is_ordinal { 2 } else { 0 }
}

fn after_a_preposition(before: &str) -> bool {
    ["on", "by", "until", "before", "from", "till"]
        .iter()
        .any(|word| ends_with_word(before.trim_end(), word))
}

fn starts_with_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word)
        .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

fn ends_with_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word)
        .is_some_and(|rest| !rest.ends_with(|c: char| c.is_ascii_alphanumeric()))
}
