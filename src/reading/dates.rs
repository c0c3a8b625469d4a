//! Calendar days as texts name them: 11月11日, Nov 11, 双11.

use std::ops::Range;

use super::days::NamedDay;
use super::midnight;
use super::numbers::{Found, Number, Token};
use super::values::{Stated, Value};
use super::words::{ends_with_word, starts_with_digit, starts_with_word};

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
    if !before.ends_with(|c: char| c.is_ascii_lowercase()) {
        return None;
    }
    let (name, month) = MONTHS.iter().find(|(name, _)| ends_with_word(before, name))?;
    let ordinal = ordinal_length(&text[day.span.end..]);
    if *name == "may" && ordinal == 0 && !after_a_preposition(&before[..before.len() - name.len()]) {
        return None;
    }
    let start = before.len() - name.len();
    let end = day.span.end + ordinal;
    let year = year_after(text, end, numbers);
    let whole = start..year.map_or(end, |year| year.span.end);
    let stated = date(year.map(|year| year.value as i16), f64::from(*month), day.value, whole)?;
    Some((stated, 1 + usize::from(year.is_some())))
}

/// The year that follows the day and month which end here.
fn year_after<'a>(text: &str, end: usize, numbers: &'a [Number]) -> Option<&'a Number> {
    numbers.get(1).filter(|next| {
        let between = text.get(end..next.span.start).unwrap_or("?").trim();
        (between.is_empty() || between == ",") && (1_900.0..2_200.0).contains(&next.value)
    })
}

/// 11 November, 11th of Nov, 11 November 2026.
fn day_first(text: &str, numbers: &[Number]) -> Option<(Stated, usize)> {
    let day = numbers.first()?;
    let after = &text[day.span.end..];
    let rest = after[ordinal_length(after)..].trim_start();
    let rest = rest.strip_prefix("of ").unwrap_or(rest);
    if !rest.starts_with(|c: char| c.is_ascii_lowercase()) {
        return None;
    }
    let (name, month) = MONTHS
        .iter()
        .find(|(name, _)| starts_with_word(rest, name) && *name != "may")?;
    let end = text.len() - rest.len() + name.len();
    let year = year_after(text, end, numbers);
    let whole = day.span.start..year.map_or(end, |year| year.span.end);
    let stated = date(year.map(|year| year.value as i16), f64::from(*month), day.value, whole)?;
    Some((stated, 1 + usize::from(year.is_some())))
}

/// Days that are often only the name of a sale, so that they may agree with a date but never contradict one.
const FESTIVALS: &[(&str, i8, i8)] = &[
    ("双11", 11, 11),
    ("双 11", 11, 11),
    ("双十一", 11, 11),
    ("双12", 12, 12),
    ("双 12", 12, 12),
    ("双十二", 12, 12),
    ("元旦", 1, 1),
    ("圣诞", 12, 25),
];

const ENGLISH_FESTIVALS: &[(&str, i8, i8)] = &[
    ("singles' day", 11, 11),
    ("singles’ day", 11, 11),
    ("singles day", 11, 11),
    ("double 11", 11, 11),
    ("double eleven", 11, 11),
    ("double 12", 12, 12),
    ("double twelve", 12, 12),
    ("christmas day", 12, 25),
    ("new year's day", 1, 1),
    ("new year’s day", 1, 1),
];

/// 双11, 元旦.
pub(super) fn festival_at(text: &str, at: usize) -> Option<Found> {
    let (name, month, day) = FESTIVALS.iter().find(|(name, ..)| text[at..].starts_with(name))?;
    let end = at + name.len();
    let goes_on = text[end..].starts_with(|c: char| c.is_ascii_digit() || super::numerals::is_numeral(c));
    // 双11零点 and 双十一0点 name an hour; 双110点 could be anything.
    let is_glued = name.ends_with(|c: char| c.is_ascii_digit()) && starts_with_digit(&text[end..]);
    let is_told = !goes_on || !is_glued && midnight::hour(&text[end..]).is_some();
    is_told.then_some((Some(Token::Festival(*month, *day, at..end)), end))
}

/// Singles' Day, Double 11.
pub(super) fn english_festival_at(text: &str, at: usize) -> Option<Found> {
    if !text[at..].starts_with(['s', 'd', 'c', 'n']) {
        return None;
    }
    let (name, month, day) = ENGLISH_FESTIVALS
        .iter()
        .find(|(name, ..)| starts_with_word(&text[at..], name))?;
    let end = at + name.len();
    Some((Some(Token::Festival(*month, *day, at..end)), end))
}

/// 618大促: a number that only what follows makes the sale of June 18.
pub(super) fn midyear_at(text: &str, at: usize, whole: usize) -> Option<Found> {
    let end = at + whole;
    let is_sale = ["大促", "活动", "年中", "狂欢", "期间", "当天", "购物节", "预售"]
        .iter()
        .any(|word| text[end..].starts_with(word));
    (&text[at..end] == "618" && is_sale).then_some((Some(Token::Festival(6, 18, at..end)), end))
}

/// `on the 11th`, `by the 3rd, at noon`: the day of a month, told from floors and attempts by what stands around it. The
/// length of its mark.
pub(super) fn of_month_in_english(value: f64, before: &str, after: &str) -> Option<(NamedDay, usize)> {
    const FOLLOWS: &[&str] = &[
        "at",
        "and",
        "or",
        "to",
        "from",
        "by",
        "for",
        "if",
        "when",
        "but",
        "so",
        "in the morning",
        "in the evening",
    ];
    let length = ordinal_length(after);
    let rest = after.get(length..)?;
    let is_placed =
        after_a_preposition(before.strip_suffix("the")?) && (1.0..=31.0).contains(&value) && value.fract() == 0.0;
    let rest = rest.trim_start();
    let ends = rest.is_empty() || rest.starts_with(['.', ',', ';', '!', '?', ')', ':']);
    let is_day = length > 0 && is_placed && (ends || FOLLOWS.iter().any(|word| starts_with_word(rest, word)));
    is_day.then_some((NamedDay::OfMonth(value as i8), length))
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
