//! Finds the numbers of a text and tells them from codes, clock times and digits inside names.
//!
//! A number here has a value but no meaning yet; [`values`](super::values) gives it one by what stands around it.

use std::ops::Range;

use super::numerals::{english_number, han_digits, han_number, is_numeral, place};
use super::units;

/// How a number is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelling {
    /// 48, 1,299.50
    Digits,
    /// 四十八
    Han,
    /// Chinese digits without a place word: 九五 as in 九五折, 三五 as in 三五天.
    HanDigits,
    /// forty-eight
    English,
}

/// A number as it stands in a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Number {
    pub(super) value: f64,
    pub(super) span: Range<usize>,
    pub(super) spelling: Spelling,
}

/// A part of the text that a number or code takes up.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A number that may be a quantity.
    Number(Number),
    /// A calendar day in digits: 2026-11-11. Year, month and day, checked.
    Day(jiff::civil::Date, Range<usize>),
    /// Month and day in digits where the order is plain or does not matter: 11/11, 11.11, 11/15.
    MonthDay(i8, i8, Range<usize>),
    /// An order or phone number, a tracking number, a model: never a quantity.
    Code(Range<usize>),
}

/// The longest digit string that may be a quantity; what is longer is an identifier.
const LONGEST_QUANTITY: usize = 7;

/// The tokens of a normalised text, in its order.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(character) = text[at..].chars().next() {
        let (token, end) = match character {
            'a'..='z' => word_at(text, at),
            '0'..='9' => digits_at(text, at),
            '半' => half_at(text, at),
            _ if is_numeral(character) => han_at(text, at),
            _ => (None, at + character.len_utf8()),
        };
        found.extend(token);
        at = end.max(at + character.len_utf8());
    }
    found
}

type Found = (Option<Token>, usize);

fn number(value: f64, span: Range<usize>, spelling: Spelling) -> Found {
    let end = span.end;
    let number = Number { value, span, spelling };
    (Some(Token::Number(number)), end)
}

fn code(span: Range<usize>) -> Found {
    let end = span.end;
    (Some(Token::Code(span)), end)
}

/// Length of the prefix of `text` whose characters all satisfy `belongs`.
fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c: char| !belongs(c)).unwrap_or(text.len())
}

fn digits(text: &str) -> usize {
    run(text, |c| c.is_ascii_digit())
}

/// A Latin word: a link, a number in words, a currency before its amount, or a code such as `spf50` or `sf-1024`.
fn word_at(text: &str, at: usize) -> Found {
    let rest = &text[at..];
    if ["http://", "https://", "www."]
        .iter()
        .any(|start| rest.starts_with(start))
    {
        return (None, at + run(rest, |c| c.is_ascii_graphic()));
    }
    let letters = run(rest, |c| c.is_ascii_lowercase());
    if let Some((value, length)) = english_number(rest) {
        return number(value, at..at + length, Spelling::English);
    }
    if ["a", "an"].contains(&&rest[..letters]) && after_preposition(&text[..at]) {
        return number(1.0, at..at + letters, Spelling::English);
    }
    let after = &rest[letters..];
    let joined = after.strip_prefix(['-', '_']).unwrap_or(after);
    if !joined.starts_with(|c: char| c.is_ascii_digit()) || units::is_currency(&rest[..letters]) {
        return (None, at + letters);
    }
    code(at..at + letters + run(after, |c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')))
}

/// "within a week" is one week; "once a week" is not.
fn after_preposition(before: &str) -> bool {
    let before = before.trim_end();
    ["within", "in", "for", "after"].iter().any(|word| {
        before
            .strip_suffix(word)
            .is_some_and(|rest| !rest.ends_with(|c: char| c.is_ascii_alphanumeric()))
    })
}

fn digits_at(text: &str, at: usize) -> Found {
    let rest = &text[at..];
    let whole = digits(rest);
    let after = &rest[whole..];
    if let Some(found) = date_at(text, at, whole) {
        return found;
    }
    if text[..at].trim_end().ends_with('第') {
        return (None, at + whole);
    }
    if text[..at].ends_with('#') || is_chained(rest) || whole > LONGEST_QUANTITY {
        return code(at..at + run(rest, |c| c.is_ascii_alphanumeric() || c == '-'));
    }
    let paired = after
        .strip_prefix([':', '/', '*', 'x', '×'])
        .is_some_and(|rest| digits(rest) > 0);
    if paired {
        // A clock time, a fraction, 24/7, 7x24: nothing that could be one quantity.
        return (
            None,
            at + run(rest, |c| c.is_ascii_digit() || matches!(c, ':' | '/' | '*' | 'x' | '×')),
        );
    }
    let (value, length) = plain_number(rest, whole);
    let Some(value) = value else {
        return code(at..at + length);
    };
    let letters = run(&rest[length..], |c| c.is_ascii_lowercase());
    if letters > 0 && !units::is_attached(&rest[length..length + letters]) {
        return code(at..at + run(rest, |c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')));
    }
    let multipliers = run(&rest[length..], |c| place(c).is_some_and(|factor| factor > 10.0));
    let factor: f64 = rest[length..length + multipliers].chars().filter_map(place).product();
    number(value * factor, at..at + length + multipliers, Spelling::Digits)
}

/// Value and length of a plain number: 48, 1,299, 9.9. No value for 007, versions and addresses (1.2.3).
fn plain_number(rest: &str, whole: usize) -> (Option<f64>, usize) {
    let mut length = whole;
    let grouped = |from: usize| {
        let group = rest[from..].strip_prefix(',').map(digits);
        group == Some(3)
    };
    while whole <= 3 && grouped(length) {
        length += 4;
    }
    let fraction = rest[length..].strip_prefix('.').map_or(0, digits);
    if fraction > 0 {
        length += 1 + fraction;
        if rest[length..].strip_prefix('.').is_some_and(|more| digits(more) > 0) {
            return (None, run(rest, |c| c.is_ascii_digit() || c == '.').max(length));
        }
    } else if whole > 1 && rest.starts_with('0') {
        return (None, length);
    }
    (rest[..length].replace(',', "").parse().ok(), length)
}

/// True for digit groups that hyphens hold together as in phone numbers: 400-820-8820, 010-12345678.
fn is_chained(rest: &str) -> bool {
    let chain = &rest[..run(rest, |c| c.is_ascii_digit() || c == '-')];
    let groups: Vec<&str> = chain.trim_end_matches('-').split('-').collect();
    let is_whole = groups.iter().all(|group| !group.is_empty());
    is_whole && (groups.len() >= 3 || groups.len() == 2 && groups.iter().any(|group| group.len() >= LONGEST_QUANTITY))
}

/// 2026-11-11, 2026/11/11, 2026.11.11; 11/11 and 11.11; 11/15.
fn date_at(text: &str, at: usize, whole: usize) -> Option<Found> {
    let rest = &text[at..];
    let mark = rest[whole..].chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let length = run(rest, |c| c.is_ascii_digit() || c == mark);
    let written = rest[..length].trim_end_matches(mark);
    let span = at..at + written.len();
    let parts: Option<Vec<i16>> = written.split(mark).map(|part| part.parse().ok()).collect();
    let token = match parts?[..] {
        [year @ 1000..=9999, month, day] if whole == 4 => {
            let date = jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
            Token::Day(date, span)
        }
        [first, second] => {
            let (month, day) = month_and_day(first, second, mark)?;
            let is_amount = mark == '.' && units::suffix(rest[written.len()..].trim_start()).is_some();
            if is_amount || text[..at].ends_with(['¥', '$', '€', '£']) {
                return None;
            }
            Token::MonthDay(month, day, span)
        }
        _ => return None,
    };
    let end = at + written.len();
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

/// 半天, 半小时, 半个月; not 一半, 大半天.
fn half_at(text: &str, at: usize) -> Found {
    let end = at + '半'.len_utf8();
    let is_part = text[..at].ends_with(|c: char| "一大老小多上下前后夜个天年时月多".contains(c));
    if is_part || text[end..].starts_with('价') {
        return (None, end);
    }
    number(0.5, at..end, Spelling::Han)
}

fn han_at(text: &str, at: usize) -> Found {
    let length = run(&text[at..], is_numeral);
    let (before, written) = (&text[..at], &text[at..at + length]);
    let end = at + length;
    // 第三天, 星期五, 周一; 同一天, 有一天, 统一, 唯一
    let is_ordinal = before.ends_with(['第', '周']) || before.ends_with("星期") || before.ends_with("礼拜");
    let is_word = written == "一" && before.ends_with(|c: char| "同另有某哪每那这统唯之专单其任".contains(c));
    // 这两天, 过两天, 几十元, 数十元
    let is_vague =
        written == "两" && before.ends_with(['这', '那', '前', '近', '过', '头']) || before.ends_with(['几', '数']);
    if is_ordinal || is_word || is_vague {
        return (None, end);
    }
    if let Some(value) = han_digits(written) {
        return number(value, at..end, Spelling::HanDigits);
    }
    match han_number(written) {
        Some(value) => number(value, at..end, Spelling::Han),
        None if written == "百" && (before.ends_with("百分之") || before.ends_with("百分")) => {
            number(100.0, at..end, Spelling::Han)
        }
        // 百分之五: the run before 分之 is no number, the one after it is.
        None => (None, end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(text: &str) -> Vec<f64> {
        let value = |token| match token {
            Token::Number(number) => Some(number.value),
            _ => None,
        };
        tokens(text).into_iter().filter_map(value).collect()
    }

    #[test]
    fn numbers_are_found_however_they_are_spelled() {
        for (text, values) in [
            ("满300减50", vec![300.0, 50.0]),
            ("1,299元", vec![1_299.0]),
            ("9.9包邮", vec![9.9]),
            ("3万元", vec![30_000.0]),
            ("1.5万", vec![15_000.0]),
            ("满三百减五十", vec![300.0, 50.0]),
            ("半小时", vec![0.5]),
            ("within a week", vec![1.0]),
            ("forty-eight hours", vec![48.0]),
            ("48h", vec![48.0]),
            ("rmb50", vec![50.0]),
        ] {
            assert_eq!(numbers(text), values, "{text}");
        }
    }

    #[test]
    fn codes_clock_times_and_idioms_hold_no_number() {
        for text in [
            "6123400000001712345",
            "13800138000",
            "400-820-8820",
            "010-12345678",
            "spf50+",
            "sf-1024",
            "iphone15",
            "20:00",
            "7x24",
            "24/7",
            "1.2.3",
            "#5",
            "007",
            "50ml",
            "https://shop.example/a?b=50",
            "万一",
            "千万别",
            "百度",
            "第三",
            "周五",
            "星期三",
            "有一天",
            "统一",
            "once a week",
            "someone",
        ] {
            assert_eq!(numbers(text), Vec::<f64>::new(), "{text}");
        }
    }
}
