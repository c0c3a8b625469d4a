//! What starts with a Latin letter: links, e-mail addresses, days, numbers in words, currencies, codes.

use super::english::english_number;
use super::numbers::{Found, Spelling, ahead, code, digits, number, run};
use super::{dates, english_days, units};

/// A Latin word: a link, a day, a number in words, a currency before its amount, or a code such as `spf50` or `sf-1024`.
pub(super) fn word_at(text: &str, at: usize) -> Found {
    let rest = &text[at..];
    if ["http://", "https://", "www."]
        .iter()
        .any(|start| rest.starts_with(start))
    {
        return (None, at + run(rest, |c| c.is_ascii_graphic()));
    }
    let letters = run(rest, |c| c.is_ascii_lowercase());
    if let Some(found) = dates::english_festival_at(text, at).or_else(|| english_days::english_at(text, at, letters)) {
        return found;
    }
    if let Some((value, length)) = english_number(rest) {
        return number(value, at..at + length, Spelling::English);
    }
    if let Some(length) = article_or_half(text, at, letters) {
        let value = if rest.starts_with('h') { 0.5 } else { 1.0 };
        return number(value, at..at + length, Spelling::English);
    }
    let after = &rest[letters..];
    if !after.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_' | '.' | '+' | '@')) {
        return (None, at + letters);
    }
    if let Some(length) = email(rest) {
        return code(at..at + length);
    }
    let is_joined = after
        .strip_prefix(['-', '_'])
        .unwrap_or(after)
        .starts_with(|c: char| c.is_ascii_digit());
    if is_joined && !units::is_currency(&rest[..letters]) {
        return code(at..at + letters + run(after, |c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')));
    }
    let login = run(ahead(after), |c| c.is_ascii_alphanumeric() || c == '_');
    if after.starts_with('_') && after[..login].contains(|c: char| c.is_ascii_digit()) {
        return code(at..at + letters + login);
    }
    (None, at + letters)
}

/// The length of the e-mail address with which `rest` begins.
pub(super) fn email(rest: &str) -> Option<usize> {
    let rest = ahead(rest);
    let name = run(rest, |c| {
        c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+')
    });
    let host = rest[name..].strip_prefix('@')?;
    let length = run(host, |c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    let host = host[..length].trim_end_matches(['.', '-']);
    host.contains('.').then_some(name + 1 + host.len())
}

/// The length of an `a` that counts one unit (within a week, a week ago) or of a `half` that halves one (half an hour,
/// half price).
fn article_or_half(text: &str, at: usize, letters: usize) -> Option<usize> {
    let rest = &text[at..];
    match &rest[..letters] {
        "a" | "an" => counts_one(text, at, letters).then_some(letters),
        "half" => {
            if ["-price", " price", " off"]
                .iter()
                .any(|mark| rest[letters..].starts_with(mark))
            {
                return Some(letters);
            }
            let article = ["half an ", "half a "].iter().find(|start| rest.starts_with(**start))?;
            let unit = units::suffix(&rest[article.len()..])?;
            (unit.kind == units::Kind::Duration).then_some(article.len() - 1)
        }
        _ => None,
    }
}

/// Words after which "a week" is a length of time; once a week and "5 cards a week" are none.
const BEFORE_ONE: &[&str] = &[
    "within", "in", "for", "after", "about", "around", "over", "under", "than", "been", "wait", "waiting", "waited",
    "take", "takes", "took", "nearly", "almost", "only", "just", "because",
];

/// Words before which "a week" is one: a week ago.
const AFTER_ONE: &[&str] = &[
    " ago",
    " already",
    " later",
    " and a half",
    " or two",
    " is ",
    " has ",
    " to ",
];

/// True when an article stands for one of the unit that follows it.
fn counts_one(text: &str, at: usize, letters: usize) -> bool {
    if counts(&text[..at]) {
        return true;
    }
    let before = text[..at].trim_end();
    let rest = text[at + letters..].trim_start();
    let Some(unit) = units::suffix(rest).filter(|unit| unit.factor >= 3_600.0) else {
        return false;
    };
    let begins = before.is_empty() || before.ends_with(|c: char| c.is_ascii_punctuation());
    begins && unit.factor != 86_400.0 || AFTER_ONE.iter().any(|word| rest[unit.length..].starts_with(word))
}

/// True when a text ends in a word after which one of a unit is a length of time: within a week, in one day.
pub(super) fn counts(before: &str) -> bool {
    BEFORE_ONE.iter().any(|word| ends_with_word(before.trim_end(), word))
}

/// True when `text` begins with this word, as a whole one.
pub(super) fn starts_with_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word)
        .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
}

/// True when `text` ends with this word, as a whole one.
pub(super) fn ends_with_word(text: &str, word: &str) -> bool {
    text.strip_suffix(word)
        .is_some_and(|rest| !rest.ends_with(|c: char| c.is_ascii_alphanumeric()))
}

/// True for a digit with which something begins.
pub(super) fn starts_with_digit(text: &str) -> bool {
    digits(ahead(text)) > 0
}
