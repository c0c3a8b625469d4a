//! Typed values in a text: amounts of money, percentages, lengths of time, days, identifiers.
//!
//! ```text
//!  text --numbers--> tokens --units, dates, context--> values --> ranges joined, force weighed
//! ```
//!
//! A number without a unit has no type and is left out, except where a word of trade (满300减50) or the
//! build of a price (70一位) gives it one.

use std::ops::Range;

use super::days::NamedDay;
use super::numbers::{Number, Spelling, Token, tokens};
use super::quantities::{bare_money, is_counted, quantity};
use super::ranges::{join, range};
use super::{dates, force, midnight, prices};

/// A quantity, or a range of them (3 to 5 days); a single one has both ends alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Amount {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Amount {
    pub(super) fn exactly(value: f64) -> Amount {
        Amount {
            low: value,
            high: value,
        }
    }
}

/// What a text states.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value {
    /// Yuan.
    Money(Amount),
    /// Percent; 八折 is 80 (of the price).
    Percent(Amount),
    /// `20% off`: 20 percent, or 80 of the price.
    PercentOff(Amount),
    /// Seconds. A month counts as 30 days, a year as 365, a working day as a day.
    Duration(Amount),
    /// A day of the calendar; without a year it may be any year's.
    Date {
        /// The year, if said.
        year: Option<i16>,
        /// 1 to 12.
        month: i8,
        /// 1 to 31.
        day: i8,
    },
    /// A day that today makes a date: 明天, 周五.
    Day(NamedDay),
    /// A code or long digit string.
    Identifier,
}

/// How firmly a value is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Force {
    /// As a fact.
    Plain,
    /// In a way that may agree with a fact but cannot contradict one: a cap (最高减150), an end of a span of days, the name of a sale.
    Loose,
    /// A price that is not what is paid, beside one that is: 原价98元, 现价88元. A claim only about what these very words name.
    Former,
    /// Said not to be so: 不是60元.
    Denied,
}

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Stated {
    /// What is stated.
    pub value: Value,
    /// Where, in bytes of the normalised text.
    pub span: Range<usize>,
    /// How firmly.
    pub force: Force,
}

impl Stated {
    pub(super) fn plain(value: Value, span: Range<usize>) -> Stated {
        Stated {
            value,
            span,
            force: Force::Plain,
        }
    }

    pub(super) fn loose(value: Value, span: Range<usize>) -> Stated {
        Stated {
            force: Force::Loose,
            ..Stated::plain(value, span)
        }
    }
}

/// What is read of a text's numbers and days, in its order.
#[derive(Debug, Clone, Default)]
pub(super) struct Values {
    /// What the text states by itself.
    pub(super) stated: Vec<Stated>,
    /// Numbers that nothing in the text gives a type, as the amounts of money that they are where a price was asked for.
    pub(super) bare: Vec<Stated>,
}

/// All values of a normalised text.
pub(super) fn values_in(text: &str) -> Values {
    let mut found = Vec::new();
    let mut numbers = Vec::new();
    for token in tokens(text) {
        match token {
            Token::Number(number) => numbers.push(number),
            Token::Day(date, span) => {
                let (year, month, day) = (Some(date.year()), date.month(), date.day());
                found.push(Stated::plain(Value::Date { year, month, day }, span));
            }
            Token::MonthDay(month, day, span) => {
                found.push(Stated::plain(Value::Date { year: None, month, day }, span));
            }
            Token::Festival(month, day, span) => {
                found.push(Stated::loose(Value::Date { year: None, month, day }, span));
            }
            Token::Named(day, true, span) => found.push(Stated::loose(Value::Day(day), span)),
            Token::Named(day, false, span) => found.push(Stated::plain(Value::Day(day), span)),
            Token::Code(span) => found.push(Stated::plain(Value::Identifier, span)),
        }
    }
    let mut bare = quantities(text, &numbers, &mut found);
    force::weigh(text, &mut bare);
    found.sort_by_key(|stated| stated.span.start);
    let mut found = midnight::move_on(text, join(text, found));
    force::weigh(text, &mut found);
    Values { stated: found, bare }
}

/// Finds what the numbers mean, and tells those that mean nothing by themselves.
fn quantities(text: &str, numbers: &[Number], found: &mut Vec<Stated>) -> Vec<Stated> {
    let mut bare = Vec::new();
    let mut at = 0;
    while at < numbers.len() {
        let rest = &numbers[at..];
        if found
            .last()
            .is_some_and(|last| last.span.end > rest[0].span.start && last.span.start <= rest[0].span.start)
        {
            at += 1; // the 5 of 3元5角
            continue;
        }
        if let Some((stated, taken)) = dates::date_at(text, rest).or_else(|| range(text, numbers, at)) {
            found.push(stated);
            at += taken;
            continue;
        }
        let meant = quantity(text, &numbers[at])
            .or_else(|| bare_money(text, numbers, at))
            .or_else(|| prices::price(text, &numbers[at]))
            .or_else(|| bare_code(text, &numbers[at]));
        match meant {
            Some(meant) => found.push(meant),
            None => bare.extend(prices::answer(text, &numbers[at])),
        }
        at += 1;
    }
    bare
}

/// The fewest digits that are a code when nothing makes them an amount: 验证码482913.
const SHORTEST_CODE: usize = 6;

fn bare_code(text: &str, number: &Number) -> Option<Stated> {
    let written = &text[number.span.clone()];
    let is_code = number.spelling == Spelling::Digits
        && written.len() >= SHORTEST_CODE
        && written.bytes().all(|byte| byte.is_ascii_digit())
        && !is_counted(&text[number.span.end..]);
    is_code.then(|| Stated::plain(Value::Identifier, number.span.clone()))
}

#[cfg(test)]
mod tests;
