//! Steps of a discount that grows with what is spent: 满300减50, `50 yuan off orders over 300 yuan`. Two amounts, one claim.
//!
//! What stands beside an amount says which part of a step it is, and two neighbours with one part each are a step, in either order:
//!
//! ```text
//!  when the bill reaches [300 yuan], [50 yuan] comes off      spend, off
//!  [50 yuan] off on a minimum spend of [300 yuan]             off, spend
//!  over 300 yuan you save 50; over [500 yuan], [100 yuan]     spend, and what the step before leaves to be understood
//!  | [300 yuan] | [50 yuan] |                                 a row, under words of a discount
//! ```

mod alike;
mod amounts;
mod chinese;
mod english;
mod expected;
mod respective;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::clauses::{REACH, clause, is_question, sentence};
use super::values::Stated;
use crate::scenario::Tier;
use amounts::{Amounted, amounts};
pub(super) use expected::tiers_asked_for;

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

impl StatedTier {
    /// True for this very step.
    pub fn is(&self, step: &Tier) -> bool {
        self.spend == step.spend && self.off == step.off
    }
}

/// How many characters may stand between the two amounts.
const BETWEEN: usize = 64;

/// How far before and after an amount its words may be, in bytes.
const NEAR: usize = 48;

/// The least that bare numbers may say is to be spent: above the hours of a day.
const LEAST_SPENT: f64 = 25.0;

/// What an amount is to a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Spend,
    Off,
}

/// An amount and what stands beside it.
struct Sum<'a> {
    amount: &'a Amounted,
    part: Option<Part>,
    /// From the amount before or the line's start, at most [`NEAR`].
    before: &'a str,
}

/// Which amount a step names first; later steps of the text may leave words out that keep to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    SpendFirst,
    OffFirst,
}

/// The steps that a text states, in its order. What is denied, asked or only a limit states none.
pub(super) fn tiers_in(text: &str, values: &[Stated]) -> Vec<StatedTier> {
    let amounts = amounts(text, values);
    let together = respective::steps(text, &amounts);
    if !together.is_empty() {
        return together;
    }
    let sums = sums(text, &amounts);
    let mut tiers = Vec::new();
    let (mut at, mut before) = (0, None);
    while let [first, second, rest @ ..] = &sums[at..] {
        let order = order(text, [first, second], rest.first(), before);
        match order.and_then(|order| Some((order, step(text, [first, second], order)?))) {
            Some((order, tier)) => {
                tiers.push(tier);
                before = Some(order);
                at += 2;
            }
            None => at += 1,
        }
    }
    tiers
}

/// The amounts with their parts; none where fewer than two could make a step.
fn sums<'a>(text: &'a str, amounts: &'a [Amounted]) -> Vec<Sum<'a>> {
    if amounts.len() < 2 {
        return Vec::new();
    }
    let leads_a_row = |sum: &Sum| is_entry(text, sum) && ARROW.is_match(&text[sum.amount.span.end..]);
    let place = |at: usize| {
        let amount = &amounts[at];
        let floor = at.checked_sub(1).map_or(0, |last| amounts[last].span.end);
        let ceiling = amounts.get(at + 1).map_or(text.len(), |next| next.span.start);
        let start = text.floor_char_boundary(amount.span.start.saturating_sub(NEAR));
        let end = text.ceil_char_boundary(amount.span.end.saturating_add(NEAR).min(text.len()));
        let before = &text[start.max(floor).min(amount.span.start)..amount.span.start];
        let before = before.rfind('\n').map_or(before, |at| &before[at + 1..]);
        let after = &text[amount.span.end..end.min(ceiling).max(amount.span.end)];
        let is_to_the_next = amount.span.end + after.len() == ceiling && ceiling < text.len();
        let leads = is_to_the_next && !after.contains('\n');
        let after = after.find('\n').map_or(after, |at| &after[..at]);
        let part = minus(before)
            .or_else(|| chinese::part(before, after, leads))
            .or_else(|| english::part(before, after, leads));
        Sum { amount, part, before }
    };
    // 最高减50 promises less; 累计满300 is a threshold all the same.
    let is_firm = |sum: &Sum| sum.amount.is_firm || sum.part == Some(Part::Spend);
    // A number that nothing makes an amount may be one that the step before explains.
    let is_amount =
        |sum: &Sum| !sum.amount.is_bare || sum.part.is_some() || is_left_out(sum.before) || leads_a_row(sum);
    (0..amounts.len())
        .map(place)
        .filter(|sum| is_firm(sum) && is_amount(sum))
        .collect()
}

/// Whether two neighbours make a step, and which of them is spent; `third` may have a better claim to the second.
fn order(text: &str, [first, second]: [&Sum; 2], third: Option<&Sum>, before: Option<Order>) -> Option<Order> {
    use Part::{Off, Spend};
    let between = between(text, first, second)?;
    let goes_on = |order: Order| before == Some(order);
    match (first.part, second.part) {
        (Some(Spend), Some(Off)) => (!chinese::is_an_aim(between)).then_some(Order::SpendFirst),
        // 300 yuan off 50: nobody takes the larger off the smaller.
        (Some(Off), Some(Spend)) if between.trim() == "off" && is_larger([first, second]) => Some(Order::SpendFirst),
        (Some(Off), Some(Spend)) => is_turned_round(text, [first, second], between, third).then_some(Order::OffFirst),
        (Some(Spend), None) if goes_on(Order::SpendFirst) && is_left_out(between) => Some(Order::SpendFirst),
        (None, Some(Off)) if goes_on(Order::SpendFirst) && is_left_out(first.before) => Some(Order::SpendFirst),
        (None, Some(Off)) if is_entry(text, first) && ROW.is_match(between) => Some(Order::SpendFirst),
        (None, Some(Spend)) if before.is_some() && is_left_out(first.before) => Some(Order::OffFirst),
        (None, Some(Spend) | None)
            if english::is_of_a_bill(between, second.part.is_some()) && is_under_what_comes_off(text, first) =>
        {
            Some(Order::OffFirst)
        }
        (Some(Off), None) if english::is_from(between) || goes_on(Order::OffFirst) && is_left_out(between) => {
            Some(Order::OffFirst)
        }
        (Some(Spend) | None, None)
            if between.trim() == "-" && (first.part.is_some() || is_of_discounts(around(text, first))) =>
        {
            Some(Order::SpendFirst)
        }
        (None, None) if is_left_out(first.before) && is_left_out(between) && before.is_some() => before,
        (None, None) | (Some(Spend), None) if is_row(text, first, between) => {
            let is_spend_first = first.amount.yuan > second.amount.yuan;
            Some(if is_spend_first {
                Order::SpendFirst
            } else {
                Order::OffFirst
            })
        }
        _ => None,
    }
}

/// True where only the first can be what is spent.
fn is_larger([first, second]: [&Sum; 2]) -> bool {
    first.amount.yuan >= LEAST_SPENT && first.amount.yuan > second.amount.yuan
}

/// 满300元, -50元: a sign right before the amount, which is no dash between two and none of a list.
fn minus(before: &str) -> Option<Part> {
    let rest = before.strip_suffix(['-', '−'])?;
    rest.ends_with([' ', ',', ':', ';', '(']).then_some(Part::Off)
}

fn step(text: &str, [first, second]: [&Sum; 2], order: Order) -> Option<StatedTier> {
    let (spend, off) = match order {
        Order::SpendFirst => (first, second),
        Order::OffFirst => (second, first),
    };
    let is_said = !is_question(text, &clause(text, &second.amount.span)) && !is_example(text, first);
    (is_said && off.amount.yuan < spend.amount.yuan).then_some(StatedTier {
        spend: spend.amount.yuan,
        off: off.amount.yuan,
        span: first.amount.span.start..second.amount.span.end,
    })
}

/// True for what only shows how a step works: 比如消费350元,立减20元.
fn is_example(text: &str, first: &Sum) -> bool {
    let sentence = sentence(text, &first.amount.span);
    EXAMPLE.is_match(&text[sentence.start..first.amount.span.start])
}

static EXAMPLE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"比如|例如|譬如|举例|举个例|假如|假设|for example|for instance|e\.g|(?-u:\b)say,|suppose")
        .expect("a fixed pattern")
});

/// What stands between two amounts of one sentence.
fn between<'a>(text: &'a str, first: &Sum, second: &Sum) -> Option<&'a str> {
    let between = text.get(first.amount.span.end..second.amount.span.start)?;
    let divides = |c: char| matches!(c, '。' | ';' | '!' | '?' | '\n' | '、');
    let is_one_sentence = !between.contains(divides) && !between.contains(". ");
    (is_one_sentence && between.chars().count() <= BETWEEN).then_some(between)
}

/// `50 yuan off, but spend 500 yuan and save 100`: behind a comma, what is spent belongs to what it stands with.
fn is_turned_round(text: &str, [first, second]: [&Sum; 2], first_gap: &str, third: Option<&Sum>) -> bool {
    let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let rest = &text[second.amount.span.end..];
    let is_condition = || chinese::is_an_aim(first.before) || chinese::is_a_condition(first_gap, rest);
    if first_gap.contains(is_chinese) && !is_condition() {
        return false;
    }
    let is_third_nearer = third
        .filter(|third| third.part == Some(Part::Off))
        .is_some_and(|third| {
            first_gap.contains(',') && between(text, second, third).is_some_and(|gap| !gap.contains(','))
        });
    !is_third_nearer
}

/// What divides the two columns of a row: 200元 → 减20元, `500 yuan: 80 yuan off`, `| 200 | 20 |`.
static ROW: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[\s*_)]*(?:[-–—=]*[→>]|[:|=]|\s[-–—]\s)").expect("a fixed pattern"));

static ARROW: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"^\s*(?:[-–—=]*[→>]|=)").expect("a fixed pattern"));

/// True for an amount with which an entry of a list begins.
fn is_entry(text: &str, sum: &Sum) -> bool {
    let start = text.floor_char_boundary(sum.amount.span.start.saturating_sub(NEAR));
    let before = text[start..sum.amount.span.start].trim_end_matches([' ', '*', '_', '-', '•', '|', '(', '·']);
    before.is_empty() || before.ends_with(['\n', ',', ';', ':', '。', '.', '、', '!', '→'])
}

/// True for two amounts with nothing but a column between them, under words of a discount.
fn is_row(text: &str, first: &Sum, between: &str) -> bool {
    let is_column = between
        .trim_matches([' ', '*', '_', '→', '-', '>', '=', '|', ':'])
        .is_empty();
    let is_divided = between.contains(['→', '>', '|', ':', '=']);
    is_column && is_divided && is_of_discounts(around(text, first))
}

/// The text around an amount.
fn around<'a>(text: &'a str, sum: &Sum) -> &'a str {
    let start = text.floor_char_boundary(sum.amount.span.start.saturating_sub(REACH));
    let end = text.ceil_char_boundary(sum.amount.span.end.saturating_add(REACH).min(text.len()));
    &text[start..end]
}

/// True where a text speaks of discounts.
fn is_of_discounts(text: &str) -> bool {
    static DISCOUNT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("[满立直动]减|满[^\n]{0,6}减|减免|优惠|折扣|discount|off|sav(?:e|ing)").expect("a fixed pattern")
    });
    DISCOUNT.is_match(text)
}

/// True for what begins right behind a heading that says it comes off: `This is deducted: 40 yuan from a total of 300`.
fn is_under_what_comes_off(text: &str, first: &Sum) -> bool {
    static COMES_OFF: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?-u:\b)(?:off|less|cheaper|discount(?:s|ed)?|sav(?:es?|ings?)|deduct(?:s|ed|ions?)|reduc(?:e[sd]?|tions?)|rebates?)(?-u:\b)|减|优惠|折扣")
            .expect("a fixed pattern")
    });
    let start = text.floor_char_boundary(first.amount.span.start.saturating_sub(REACH));
    let before = text[start..first.amount.span.start].trim_end_matches([' ', '*', '_', '-', '•', '\n']);
    let heading = before
        .strip_suffix(':')
        .and_then(|rest| rest.rsplit(['\n', '.', '!', '?', ';']).next());
    heading.is_some_and(|heading| COMES_OFF.is_match(heading))
}

/// Nothing of its own stands here: the step before says what is meant.
fn is_left_out(words: &str) -> bool {
    static TAIL: LazyLock<Regex> = LazyLock::new(|| {
        let tail = "upwards?|onwards?|orders?|bills?|purchases?|spend|off|less|cheaper|back|discount|and (?:up|above|over|more)|or (?:more|above|over)|plus|及?以上|的?优惠|元|块钱?|的";
        let words = "and|or|then|it's|it is|you get|you save|you|we|get|gets|with|for|from|at|on|over|above|by|is|only|just|means|rising to|going up to|to|则|是|就|即|也|而|和|或|那|再|到|为|可|能|分别";
        Regex::new(&format!(r"^\s*(?:{tail})?(?:[\s,;.:|*_=>→\-]|{words})*$")).expect("a fixed pattern")
    });
    TAIL.is_match(words)
}
