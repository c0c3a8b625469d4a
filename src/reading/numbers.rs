//! Finds the numbers of a text and tells them from codes, clock times and digits inside names.
//!
//! A number here has a value but no meaning yet; [`values`](super::values) gives it one by what stands around it.
//! One pass from left to right: what a token takes up is not looked at again, and no look ahead for a token that may
//! turn out to be none goes further than [`AHEAD`], so that the work grows with the length of the text and no faster.

use std::ops::Range;

use super::days::NamedDay;
use super::{dates, days, figures, numerals, words};

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

/// A part of the text that a number, a day or a code takes up.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A number that may be a quantity.
    Number(Number),
    /// A calendar day in digits: 2026-11-11. Year, month and day, checked.
    Day(jiff::civil::Date, Range<usize>),
    /// Month and day in digits where the order is plain or does not matter: 11/11, 11/15.
    MonthDay(i8, i8, Range<usize>),
    /// A day that is often only the name of a sale: 双11, 11.11, 618大促. Month and day.
    Festival(i8, i8, Range<usize>),
    /// A day that is named without its date: 明天, 周五. True when it could be meant another way.
    Named(NamedDay, bool, Range<usize>),
    /// An order or phone number, a tracking number, a model: never a quantity.
    Code(Range<usize>),
}

/// How far is looked ahead for what may turn out to be no token, in bytes: the longest e-mail address that is read.
pub(super) const AHEAD: usize = 64;

/// What starts at a place, if it is a token, and where to go on.
pub(super) type Found = (Option<Token>, usize);

/// The tokens of a normalised text, in its order.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(character) = text[at..].chars().next() {
        let (token, end) = match character {
            'a'..='z' => words::word_at(text, at),
            '0'..='9' => figures::digits_at(text, at),
            _ if character.is_ascii() => (None, at + 1),
            '半' => numerals::half_at(text, at),
            '对' if text[at..].starts_with("对折") => number(5.0, at..at + character.len_utf8(), Spelling::Han),
            _ if numerals::is_numeral(character) => numerals::han_at(text, at),
            '双' | '元' | '圣' => dates::festival_at(text, at).unwrap_or((None, at + character.len_utf8())),
            _ => days::chinese_at(text, at, character).unwrap_or((None, at + character.len_utf8())),
        };
        found.extend(token);
        at = end.max(at + character.len_utf8());
    }
    found
}

pub(super) fn number(value: f64, span: Range<usize>, spelling: Spelling) -> Found {
    let end = span.end;
    let number = Number { value, span, spelling };
    (Some(Token::Number(number)), end)
}

pub(super) fn code(span: Range<usize>) -> Found {
    let end = span.end;
    (Some(Token::Code(span)), end)
}

/// Length of the prefix of `text` whose characters all satisfy `belongs`.
pub(super) fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    let length = text.find(|c: char| !belongs(c)).unwrap_or(text.len());
    #[cfg(test)]
    tests::LOOKED_AT.with(|looked| looked.set(looked.get() + length + 1));
    length
}

/// As much of `text` as may be looked at for what may turn out to be no token.
pub(super) fn ahead(text: &str) -> &str {
    &text[..text.floor_char_boundary(AHEAD)]
}

pub(super) fn digits(text: &str) -> usize {
    run(text, |c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    thread_local! {
        /// How many bytes [`run`] has looked at on this thread.
        pub(super) static LOOKED_AT: Cell<usize> = const { Cell::new(0) };
    }

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

    /// What a text can repeat so that each look ahead sees much and finds nothing.
    #[rustfmt::skip]
    const HOSTILE: &[&str] = &[
        "  ", "#1", "-1", "1", "1 ", "1 1", "1,", "1-",
        "1--", "1.", "1..", "1/", "11.11", "1234 ", "1:", "1@",
        "1k", "1x", "1千", "2026-", "a", "a hundred ", "a-", "a.",
        "a.1", "a1", "a@", "a_", "half a", "http://", "monday to ", "next friday",
        "one hundred and ", "¥", "一", "一点", "万", "下下周", "元", "半",
        "双", "周一至", "周五", "明天", "百分之", "第 ",
    ];

    #[test]
    fn the_work_grows_with_the_text_and_no_faster_however_hostile_it_is() {
        for piece in HOSTILE {
            let looked_at = |bytes: usize| {
                let text = piece.repeat(bytes / piece.len());
                LOOKED_AT.with(|looked| looked.set(0));
                tokens(&text);
                LOOKED_AT.with(Cell::get)
            };
            let (short, long) = (looked_at(4_000), looked_at(32_000));
            assert!(
                long <= 9 * short.max(100),
                "{piece}: {short} for 4 kB, {long} for 32 kB"
            );
            assert!(long <= 32_000 * 3 * AHEAD, "{piece}: {long}");
        }
    }
}
