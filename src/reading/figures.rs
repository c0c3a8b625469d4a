//! Numbers that are written in digits, and what only looks like one: dates, clock times, phone numbers, models.

use super::numbers::{Found, Spelling, Token, ahead, code, digits, number, run};
use super::numerals::place;
use super::{dates, units, words};

/// The longest digit string that may be a quantity; what is longer is an identifier.
const LONGEST_QUANTITY: usize = 7;

/// What starts with a digit.
pub(super) fn digits_at(text: &str, at: usize) -> Found {
    let rest = &text[at..];
    let whole = digits(rest);
    if let Some(found) = date_at(text, at, whole) {
        return found;
    }
    if let Some(length) = words::email(rest).or_else(|| spaced(rest)) {
        return code(at..at + length);
    }
    if text[..at].trim_end().ends_with('第') {
        return (None, at + whole);
    }
    if text[..at].ends_with('#') || is_chained(rest) || whole > LONGEST_QUANTITY {
        return code(at..at + run(rest, |c| c.is_ascii_alphanumeric() || c == '-'));
    }
    if rest[whole..]
        .strip_prefix([':', '/', '*', 'x', '×'])
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    {
        // A clock time, a fraction, 24/7, 7x24: nothing that could be one quantity.
        return (
            None,
            at + run(rest, |c| c.is_ascii_digit() || matches!(c, ':' | '/' | '*' | 'x' | '×')),
        );
    }
    let (value, length) = plain_number(rest, whole);
    match value {
        Some(value) => measured(text, at, value, length),
        None => code(at..at + length),
    }
}

/// A number and what is written right after it: 48h, 3k, 3千5百, 500ml, or the letters of a model.
fn measured(text: &str, at: usize, value: f64, length: usize) -> Found {
    let after = &text[at + length..];
    if is_continental(&text[at..at + length], after) {
        return (None, at + length + ",00".len());
    }
    let letters = run(after, |c| c.is_ascii_lowercase());
    let name = &after[..letters];
    if letters == 0 {
        let (value, more) = with_places(value, after);
        return number(value, at..at + length + more, Spelling::Digits);
    }
    if name == "k" && !after[letters..].starts_with(|c: char| c.is_ascii_digit()) {
        return number(value * 1_000.0, at..at + length + letters, Spelling::Digits);
    }
    let is_decade = name == "s" && value % 10.0 == 0.0 && text[..at].ends_with("the ");
    if is_decade || units::is_measure(name, &after[letters..]) {
        return (None, at + length + letters);
    }
    if units::is_attached(name) || units::is_short_day(after) {
        return number(value, at..at + length, Spelling::Digits);
    }
    code(at..at + run(&text[at..], |c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')))
}

/// 1.299,00: the marks of another country, where a thousand and a fraction trade places.
fn is_continental(written: &str, after: &str) -> bool {
    let fraction = written.rsplit_once('.').map_or(0, |(_, fraction)| fraction.len());
    fraction == 3 && after.strip_prefix(',').is_some_and(|rest| digits(ahead(rest)) == 2)
}

/// The value with the place words that follow its digits, and their length: 3万, 3千5百, 1亿2千万.
fn with_places(value: f64, after: &str) -> (f64, usize) {
    let places = |text: &str| {
        let length = run(text, |c| place(c).is_some_and(|factor| factor > 10.0));
        (text[..length].chars().filter_map(place).product::<f64>(), length)
    };
    let (factor, mut length) = places(after);
    let mut total = value * factor;
    let mut last = factor;
    while length > 0 {
        let figures = run(ahead(&after[length..]), |c| c.is_ascii_digit());
        let next = &after[length + figures..];
        let (factor, more) = places(next);
        let value: Option<f64> = after[length..length + figures].parse().ok();
        let Some(value) = value.filter(|value| more > 0 && value * factor < last) else {
            break;
        };
        total += value * factor;
        last = factor;
        length += figures + more;
    }
    (total, length)
}

/// Value and length of a plain number: 48, 1,299, 9.9. No value for 007, versions and addresses (1.2.3).
fn plain_number(rest: &str, whole: usize) -> (Option<f64>, usize) {
    let mut length = whole;
    let grouped = |from: usize| {
        let group = rest[from..].strip_prefix(',').map(|rest| digits(ahead(rest)));
        group == Some(3)
    };
    while whole <= 3 && grouped(length) {
        length += 4;
    }
    let fraction = rest[length..].strip_prefix('.').map_or(0, digits);
    if fraction > 0 {
        length += 1 + fraction;
        if rest[length..]
            .strip_prefix('.')
            .is_some_and(|more| more.starts_with(|c: char| c.is_ascii_digit()))
        {
            let all = run(rest, |c| c.is_ascii_digit() || c == '.').max(length);
            return (None, rest[..all].trim_end_matches('.').len());
        }
    } else if whole > 1 && rest.starts_with('0') {
        return (None, length);
    }
    (rest[..length].replace(',', "").parse().ok(), length)
}

/// True for digit groups that hyphens hold together as in phone numbers: 400-820-8820, 010-12345678.
fn is_chained(rest: &str) -> bool {
    let rest = ahead(rest);
    let chain = rest[..run(rest, |c| c.is_ascii_digit() || c == '-')].trim_end_matches('-');
    let groups = chain.split('-').count();
    let is_whole = chain.split('-').all(|group| !group.is_empty());
    is_whole && (groups >= 3 || groups == 2 && chain.split('-').any(|group| group.len() >= LONGEST_QUANTITY))
}

/// The length of a phone or card number whose groups stand apart: 138 0013 8000, 400 820 8820, 6222 0212 3456 7890.
fn spaced(rest: &str) -> Option<usize> {
    let rest = ahead(rest);
    let chain = rest[..run(rest, |c| c.is_ascii_digit() || c == ' ')].trim_end();
    let mut lengths = [0; 6];
    for (place, group) in chain.split(' ').enumerate() {
        *lengths.get_mut(place)? = group.len();
    }
    let is_identifier = match lengths {
        [3, 4, 4, 0, 0, 0] => rest.starts_with('1'),
        [3, 3, 4, 0, 0, 0] => rest.starts_with("400") || rest.starts_with("800"),
        [4, 4, 4, 4, tail, 0] => tail <= 4,
        _ => false,
    };
    is_identifier.then_some(chain.len())
}

/// 2026-11-11, 2026/11/11, 2026.11.11; 11/11 and 11.11; 11/15; 618大促.
fn date_at(text: &str, at: usize, whole: usize) -> Option<Found> {
    if let Some(found) = dates::midyear_at(text, at, whole) {
        return Some(found);
    }
    let rest = ahead(&text[at..]);
    let mark = rest
        .get(whole..)?
        .chars()
        .next()
        .filter(|c| matches!(c, '-' | '/' | '.'))?;
    let length = run(rest, |c| c.is_ascii_digit() || c == mark);
    let written = rest[..length].trim_end_matches(mark);
    let span = at..at + written.len();
    let end = span.end;
    let mut parts = [0; 3];
    let mut count = 0;
    for part in written.split(mark) {
        *parts.get_mut(count)? = part.parse::<i16>().ok()?;
        count += 1;
    }
    let token = match parts[..count] {
        [year @ 1000..=9999, month, day] if whole == 4 => {
            let date = jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
            Token::Day(date, span)
        }
        [first, second] => {
            let (month, day) = month_and_day(first, second, mark)?;
            let is_amount = mark == '.' && units::suffix(text[end..].trim_start()).is_some();
            if is_amount || text[..at].ends_with(['¥', '$', '€', '£']) {
                return None;
            }
            match mark {
                '.' => Token::Festival(month, day, span),
                _ => Token::MonthDay(month, day, span),
            }
        }
        _ => return None,
    };
    Some((Some(token), end))
}

/// Day and month only where their order is plain (11/15) or does not matter (11/11). With a dot, only the two shopping
/// days that are known by it. 24/7 is no date.
fn month_and_day(first: i16, second: i16, mark: char) -> Option<(i8, i8)> {
    let (month, day) = match (first, second, mark) {
        (11, 11, _) | (12, 12, _) => (first, second),
        (1..=12, 13..=31, '/') => (first, second),
        (24, 7, '/') => return None,
        (13..=31, 1..=12, '/') => (second, first),
        _ => return None,
    };
    Some((i8::try_from(month).ok()?, i8::try_from(day).ok()?))
}

/// True for opening hours, as against one time of day: 17:00-21:30.
pub(super) fn is_clock_span(text: &str) -> bool {
    let clock = |text: &str| run(ahead(text), |c| c.is_ascii_digit() || c == ':');
    let rest = text[clock(text)..]
        .trim_start()
        .strip_prefix(['-', '~', '–', '—', '至', '到']);
    rest.is_some_and(|rest| clock(rest.trim_start()) >= 4)
}
