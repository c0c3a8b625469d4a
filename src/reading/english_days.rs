//! English names of days that go without a date: tomorrow, next Friday, this weekend.

use jiff::civil::Weekday;

use super::days::NamedDay;
use super::numbers::{Found, Token};
use super::words::{ends_with_word, starts_with_word};

/// Days counted from today, in English. Longer wordings come before those that they begin with.
const ENGLISH: &[(&str, i8)] = &[
    ("the day after tomorrow", 2),
    ("the day before yesterday", -2),
    ("tomorrow", 1),
    ("today", 0),
    ("tonight", 0),
    ("yesterday", -1),
];

/// Names of weekdays, and whether one is an everyday word too (sun, sat) that needs a preposition before it.
const WEEKDAYS: &[(&str, Weekday, bool)] = &[
    ("monday", Weekday::Monday, false),
    ("tuesday", Weekday::Tuesday, false),
    ("wednesday", Weekday::Wednesday, false),
    ("thursday", Weekday::Thursday, false),
    ("friday", Weekday::Friday, false),
    ("saturday", Weekday::Saturday, false),
    ("sunday", Weekday::Sunday, false),
    ("mon", Weekday::Monday, true),
    ("tue", Weekday::Tuesday, true),
    ("tues", Weekday::Tuesday, true),
    ("wed", Weekday::Wednesday, true),
    ("thu", Weekday::Thursday, true),
    ("thur", Weekday::Thursday, true),
    ("thurs", Weekday::Thursday, true),
    ("fri", Weekday::Friday, true),
    ("sat", Weekday::Saturday, true),
    ("sun", Weekday::Sunday, true),
];

/// A day that starts here with a word of so many letters, in English.
pub(super) fn english_at(text: &str, at: usize, letters: usize) -> Option<Found> {
    let rest = &text[at..];
    if letters < 3 || !rest.starts_with(['t', 'y', 'm', 'w', 'f', 's', 'e']) {
        return None;
    }
    if let Some((word, days)) = ENGLISH.iter().find(|(word, _)| starts_with_word(rest, word)) {
        let end = at + word.len();
        return Some((
            Some(Token::Named(NamedDay::Counted(*days), *word == "tonight", at..end)),
            end,
        ));
    }
    if let Some(start) = ["end of the month", "end of this month"]
        .iter()
        .find(|start| starts_with_word(rest, start))
    {
        let end = at + start.len();
        return Some((Some(Token::Named(NamedDay::MonthEnd, true, at..end)), end));
    }
    let before = text[..at].trim_end();
    let after = |word: &str| ends_with_word(before, word);
    if &rest[..letters] == "weekend" {
        let weeks = [("this", 0), ("next", 1)].into_iter().find(|(word, _)| after(word))?.1;
        let end = at + letters;
        return Some((Some(Token::Named(NamedDay::Weekend(weeks), weeks != 0, at..end)), end));
    }
    let (_, weekday, is_everyday) = english_weekday(&rest[..letters])?;
    if is_everyday
        && !["on", "by", "until", "till", "this", "next", "last"]
            .iter()
            .any(|word| after(word))
    {
        return english_span(text, at, letters);
    }
    if ["every", "each", "black", "cyber"].iter().any(|word| after(word)) {
        return Some((None, at + letters));
    }
    if let Some(found) = english_span(text, at, letters) {
        return Some(found);
    }
    let end = at + letters;
    let (named, is_loose) = if after("next") {
        (NamedDay::Next(weekday), true)
    } else if after("this") {
        (NamedDay::OfWeek(0, weekday), false)
    } else if after("last") {
        (NamedDay::Last(weekday), true)
    } else {
        (NamedDay::Coming(weekday), true)
    };
    Some((Some(Token::Named(named, is_loose, at..end)), end))
}

fn english_weekday(word: &str) -> Option<(&'static str, Weekday, bool)> {
    WEEKDAYS.iter().find(|(name, ..)| *name == word).copied()
}

/// Monday to Friday: opening days, passed over whole.
fn english_span(text: &str, at: usize, letters: usize) -> Option<Found> {
    let rest = text[at + letters..].trim_start_matches(['.', ' ']);
    let tail = ["to ", "through ", "thru ", "until ", "- ", "-", "– ", "–", "~"]
        .iter()
        .find_map(|mark| rest.strip_prefix(mark))?;
    let next = tail.bytes().take(10).take_while(u8::is_ascii_lowercase).count();
    english_weekday(&tail[..next])?;
    Some((None, text.len() - tail.len() + next))
}
