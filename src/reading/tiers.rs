//! Steps of a discount that grows with what is spent: 满300减50, `50 yuan off orders over 300 yuan`. Two amounts, one claim.
//!
//! What stands beside an amount says which part of a step it is, and two neighbours with one part each are a step, in either order:
//!
//! ```text
//!  when the bill reaches [300 yuan], [50 yuan] comes off      spend, off
//!  [50 yuan] off on a minimum spend of [300 yuan]             off, spend
//!  over 300 yuan you save 50; over [500 yuan], [100 yuan]     spend, and what the step before leaves to be understood
//! ```

mod chinese;
mod english;

use std::ops::Range;

use super::clauses::{clause, is_question};
use super::passage::Passage;
use super::values::{Amount, Force, Stated, Value};

/// One step, as a text states it. Unit of both amounts: yuan.
#[derive(Debug, Clone, PartialEq)]
pub struct StatedTier {
    /// What must be spent.
    pub spend: f64,
    /// What is then taken off.
    pub off: f64,
    /// From one amount to the other, in bytes of the normalised text.
    pub span: Range<usize>,
}

/// How many characters may stand between the two amounts.
const BETWEEN: usize = 64;

/// How far before and after an amount its words may be, in bytes.
const NEAR: usize = 48;

/// What an amount is to a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Spend,
    Off,
}

/// An amount and what stands beside it.
#[derive(Clone, Copy)]
struct Sum<'a> {
    yuan: f64,
    stated: &'a Stated,
    part: Option<Part>,
    /// From the amount before, at most [`NEAR`].
    before: &'a str,
}

impl Passage {
    /// The steps that the text states, in its order. What is denied, asked or only a limit states none.
    pub fn tiers(&self) -> Vec<StatedTier> {
        let text = self.text();
        let sums = sums(text, self.values());
        let mut tiers = Vec::new();
        let mut at = 0;
        while let [first, second, rest @ ..] = &sums[at..] {
            match step(text, [first, second], rest.first(), !tiers.is_empty()) {
                Some(tier) => {
                    tiers.push(tier);
                    at += 2;
                }
                None => at += 1,
            }
        }
        tiers
    }
}

/// The amounts of a text that a step may hold; none where fewer than two could make one.
fn sums<'a>(text: &'a str, values: &'a [Stated]) -> Vec<Sum<'a>> {
    let amounts: Vec<(&Stated, f64)> = values
        .iter()
        .filter_map(|stated| Some((stated, yuan(stated)?)))
        .collect();
    if amounts.len() < 2 {
        return Vec::new();
    }
    let place = |at: usize| {
        let (stated, yuan) = amounts[at];
        let floor = at.checked_sub(1).map_or(0, |last| amounts[last].0.span.end);
        let ceiling = amounts.get(at + 1).map_or(text.len(), |next| next.0.span.start);
        let start = text.floor_char_boundary(stated.span.start.saturating_sub(NEAR));
        let end = text.ceil_char_boundary(stated.span.end.saturating_add(NEAR));
        let before = &text[start.max(floor).min(stated.span.start)..stated.span.start];
        let after = &text[stated.span.end..end.min(ceiling).max(stated.span.end)];
        let part = chinese::part(before, after).or_else(|| english::part(before, after));
        Sum {
            yuan,
            stated,
            part,
            before,
        }
    };
    // 最高减50 promises less; 累计满300 is a threshold all the same.
    let is_firm = |sum: &Sum| sum.stated.force == Force::Plain || sum.part == Some(Part::Spend);
    (0..amounts.len()).map(place).filter(is_firm).collect()
}

fn yuan(stated: &Stated) -> Option<f64> {
    match stated.value {
        Value::Money(Amount { low, high }) if low == high && stated.force != Force::Denied => Some(high),
        _ => None,
    }
}

/// The step that two neighbours make, where `third` has no better claim to the second.
fn step(text: &str, [first, second]: [&Sum; 2], third: Option<&Sum>, has_gone_before: bool) -> Option<StatedTier> {
    let between = between(text, first, second)?;
    let (spend, off) = match (first.part, second.part) {
        (Some(Part::Spend), Some(Part::Off)) => (first, second),
        (Some(Part::Off), Some(Part::Spend)) if is_turned_round(text, between, second, third) => (second, first),
        (Some(Part::Spend), None) if has_gone_before && is_left_out(between) => (first, second),
        (None, Some(Part::Spend)) if has_gone_before && is_left_out(first.before) => (second, first),
        _ => return None,
    };
    if is_question(text, &clause(text, &second.stated.span)) {
        return None;
    }
    (off.yuan < spend.yuan).then_some(StatedTier {
        spend: spend.yuan,
        off: off.yuan,
        span: first.stated.span.start..second.stated.span.end,
    })
}

/// What stands between two amounts of one sentence.
fn between<'a>(text: &'a str, first: &Sum, second: &Sum) -> Option<&'a str> {
    let between = text.get(first.stated.span.end..second.stated.span.start)?;
    let divides = |c: char| matches!(c, '。' | ';' | '!' | '?' | '\n' | '、');
    let is_one_sentence = !between.contains(divides) && !between.contains(". ");
    (is_one_sentence && between.chars().count() <= BETWEEN).then_some(between)
}

/// `50 yuan off, but spend 500 yuan and save 100`: behind a comma, what is spent belongs to what it stands with.
fn is_turned_round(text: &str, first_gap: &str, second: &Sum, third: Option<&Sum>) -> bool {
    let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let rest = &text[second.stated.span.end..];
    if first_gap.contains(is_chinese) && !chinese::is_a_condition(rest) {
        return false;
    }
    let is_third_nearer = third
        .filter(|third| third.part == Some(Part::Off))
        .is_some_and(|third| {
            first_gap.contains(',') && between(text, second, third).is_some_and(|gap| !gap.contains(','))
        });
    !is_third_nearer
}

/// Nothing of its own stands here: the step before says what is meant.
fn is_left_out(words: &str) -> bool {
    let words = words.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | '-' | '=' | '>'));
    [
        "",
        "and",
        "or",
        "it's",
        "it is",
        "you get",
        "then",
        "then it's",
        "get",
        "则",
        "是",
        "就是",
        "则是",
    ]
    .contains(&words)
}
