//! Steps of a discount that grows with what is spent: 满300减50, `50 yuan off orders over 300 yuan`. Two amounts, one claim.

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
const BETWEEN: usize = 40;

/// How far before an amount its word may be, in bytes.
const NEAR: usize = 24;

const SPEND: &[&str] = &[
    "spend",
    "spending",
    "over",
    "above",
    "orders of",
    "order of",
    "purchase of",
    "least",
    "reach",
    "exceed",
];

const TAKEN_OFF: &[&str] = &["减", "返", "优惠", "省", "抵", "便宜", "扣"];

impl Passage {
    /// The steps that the text states, in its order. What is denied, asked or only a limit states none.
    pub fn tiers(&self) -> Vec<StatedTier> {
        let text = self.text();
        let amounts: Vec<(&Stated, f64)> = self
            .values()
            .iter()
            .filter_map(|stated| Some((stated, yuan(stated)?)))
            .collect();
        let mut tiers = Vec::new();
        let mut at = 0;
        while let [first, second, ..] = &amounts[at..] {
            match tier(text, *first, *second) {
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

fn yuan(stated: &Stated) -> Option<f64> {
    match stated.value {
        Value::Money(Amount { low, high }) if low == high && stated.force == Force::Plain => Some(high),
        _ => None,
    }
}

fn tier(text: &str, (first, one): (&Stated, f64), (second, other): (&Stated, f64)) -> Option<StatedTier> {
    let between = text.get(first.span.end..second.span.start)?;
    let divides = |c: char| matches!(c, '。' | ';' | '!' | '?' | '\n' | '、');
    if between.chars().count() > BETWEEN || between.contains(divides) || between.contains(". ") {
        return None;
    }
    let start = text.floor_char_boundary(first.span.start.saturating_sub(NEAR));
    let (before, after) = (&text[start..first.span.start], text[second.span.end..].trim_start());
    if is_question(text, &clause(text, &second.span)) {
        return None;
    }
    let (spend, off) = if is_english_turned_round(before, between) {
        (other, one)
    } else if is_chinese_step(before, between, after) || is_english_step(before, between, after) {
        (one, other)
    } else {
        return None;
    };
    (off < spend).then_some(StatedTier {
        spend,
        off,
        span: first.span.start..second.span.end,
    })
}

/// 满300元立减50元, 300减50, 满300-50.
fn is_chinese_step(before: &str, between: &str, after: &str) -> bool {
    let before = before.trim_end_matches([' ', '了', '足', '够', '额', '约']);
    let between = between.trim();
    let follows_full = before.ends_with('满');
    let takes_off = TAKEN_OFF.iter().any(|word| between.contains(word)) || after.starts_with("优惠");
    between == "减" || follows_full && (takes_off || between == "-")
}

/// `spend 300 yuan, get 50 off`, `on orders over 300 you save 50`.
fn is_english_step(before: &str, between: &str, after: &str) -> bool {
    let spends = SPEND.iter().any(|word| has_word(before, word));
    let takes_off = ["save", "get", "take", "discount", "off", "deduct"]
        .iter()
        .any(|word| has_word(between, word));
    spends
        && (takes_off
            || ["off", "is deducted", "is taken off"]
                .iter()
                .any(|word| after.starts_with(word)))
}

/// `50 yuan off orders over 300 yuan`, `save 50 when you spend 300`.
fn is_english_turned_round(before: &str, between: &str) -> bool {
    let takes_off = has_word(between, "off") || has_word(between, "discount") || has_word(before, "save");
    takes_off && SPEND.iter().any(|word| has_word(between, word))
}

fn has_word(text: &str, word: &str) -> bool {
    super::passage::find_words(text, word).next().is_some()
}
