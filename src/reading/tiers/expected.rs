//! Steps told in words that are not understood, known by what is right.
//!
//! An answer to who asks for the steps tells them, whatever its words are, when its amounts are those of the right steps, in a row; where one
//! amount of such a row is another, it tells that step wrongly. Right is 200-20 and 500-80:
//!
//! ```text
//!  a table of 200 drinks 20 of it for free, one of 500 drinks 80      200 20 500 80      told
//!  your 500 become 420, your 200 become 180                           500 420 200 180    told: what is left to pay
//!  at 200 you are given 30, at 500 it is 80                           200 30 500 80      200-30
//! ```

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::amounts::{Amounted, amounts};
use super::{EXAMPLE, StatedTier, alike, clause, is_question};
use crate::reading::values::{Stated, values_in};
use crate::scenario::Tier;

/// So many steps are known by a row of their amounts; the two amounts of one step may be anything.
const STEPS: std::ops::RangeInclusive<usize> = 2..=4;

/// More amounts are no answer to this question; how much work there is must not grow with them.
const MOST: usize = 16;

/// What stands beside what is spent.
#[derive(Debug, Clone, Copy)]
enum Beside {
    Off,
    /// What is left to pay.
    Paid,
}

/// How a row names its steps.
#[derive(Debug, Clone, Copy)]
struct Manner {
    beside: Beside,
    /// All that is spent, then all that comes off.
    is_in_two_lists: bool,
    is_highest_first: bool,
}

/// A row of amounts that is one of right steps but for `others` of them.
struct Row {
    tiers: Vec<StatedTier>,
    others: usize,
}

/// The steps of an answer to who asks for them: also pairs of amounts that no word explains, where all of them are alike, what is spent
/// on the same side (40元(满400元)和100元(满800元)), pairs of bare numbers (300-40、700-110), and those that the `right` ones make known.
pub(in crate::reading) fn tiers_asked_for(text: &str, values: &[Stated], right: &[Tier]) -> Vec<StatedTier> {
    let known = alike::steps(text, values);
    let tells = |tiers: &[StatedTier]| right.iter().all(|step| tiers.iter().any(|tier| tier.is(step)));
    if right.is_empty() || known.len() > right.len() || tells(&known) {
        return known;
    }
    let expected = steps(text, right);
    // What is read wholly as other steps is wrong, unless its amounts are the right ones.
    match known.len() < right.len() && !expected.is_empty() || tells(&expected) {
        true => expected,
        false => known,
    }
}

/// The steps that a row of these amounts tells: all of `right`, or all but one amount of one of them. None where no row does, and where the text
/// only shows an example or asks.
fn steps(text: &str, right: &[Tier]) -> Vec<StatedTier> {
    if !STEPS.contains(&right.len()) || EXAMPLE.is_match(text) {
        return Vec::new();
    }
    let text = &apart(text);
    let amounts = amounts(text, &values_in(text).stated).into_iter();
    let amounts: Vec<Amounted> = amounts.flat_map(|amount| two_in_one(text, amount, right)).collect();
    if amounts.len() > MOST {
        return Vec::new();
    }
    let amounts: Vec<&Amounted> = amounts
        .iter()
        .filter(|amount| may_be_of_a_step(amount, right))
        .collect();
    let rows = without_a_ceiling(&amounts, right).chain([amounts.clone()]);
    let best = rows
        .flat_map(|amounts| nearest(text, &amounts, right))
        .min_by_key(|row| row.others);
    best.map_or_else(Vec::new, |row| row.tiers)
}

/// Twenty off [two hundred and eighty] off five hundred: what one step ends with and the next begins with.
fn two_in_one(text: &str, amount: Amounted, right: &[Tier]) -> Vec<Amounted> {
    const AND: &str = " and ";
    let place = text[amount.span.clone()]
        .find(AND)
        .map(|place| amount.span.start + place);
    let sum = |spend: f64| right.iter().any(|step| spend + step.off == amount.yuan);
    let spend = right.iter().map(|step| step.spend).find(|spend| sum(*spend));
    let (Some(place), Some(spend)) = (place, spend) else {
        return vec![amount];
    };
    let part = |yuan, span| Amounted { yuan, span, ..amount };
    let (first, second) = (amount.span.start..place, place + AND.len()..amount.span.end);
    vec![part(spend, first), part(amount.yuan - spend, second)]
}

/// False for what no step is told by: 499 ends below the step at 500, and 2 counts the steps.
fn may_be_of_a_step(amount: &Amounted, right: &[Tier]) -> bool {
    let is_ceiling = |step: &Tier| amount.yuan < step.spend && step.spend - amount.yuan <= 1.0;
    let counts = amount.is_bare && amount.yuan <= right.len() as f64 && right.iter().all(|step| step.off > amount.yuan);
    amount.is_firm && !counts && !right.iter().any(is_ceiling)
}

/// The amounts without one that may only say where a step ends: 200以上、500以下减20, 500以上减80.
fn without_a_ceiling<'a>(amounts: &[&'a Amounted], right: &[Tier]) -> impl Iterator<Item = Vec<&'a Amounted>> {
    let is_said_again = |amount: &Amounted| {
        let again = amounts.iter().filter(|other| other.yuan == amount.yuan);
        right.iter().any(|step| step.spend == amount.yuan) && again.count() > 1
    };
    let without = |place: usize| [&amounts[..place], &amounts[place + 1..]].concat();
    let said_again = (0..amounts.len()).filter(|place| is_said_again(amounts[*place]));
    said_again.map(without).collect::<Vec<_>>().into_iter()
}

/// The row that is nearest to one of the right steps, if one is near.
fn nearest(text: &str, amounts: &[&Amounted], right: &[Tier]) -> Option<Row> {
    let is_said = |row: &&[&Amounted]| {
        row.last()
            .is_some_and(|last| !is_question(text, &clause(text, &last.span)))
    };
    let rows = amounts.windows(2 * right.len()).filter(is_said);
    let read = rows.flat_map(|row| Manner::all().filter_map(move |manner| manner.read(row, right)));
    read.filter(|row| row.others <= 1).min_by_key(|row| row.others)
}

/// 200-20/500-80: numbers that a stroke joins are amounts here, and no code. Every byte keeps its place.
fn apart(text: &str) -> Cow<'_, str> {
    static JOINED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("[0-9][-−–—/~>][0-9]|[0-9]{3}:[0-9]").expect("a fixed pattern"));
    JOINED.replace_all(text, |joined: &Captures| {
        let apart = joined[0].chars().map(|c| match c.is_ascii_digit() {
            true => c.to_string(),
            false => ";".repeat(c.len_utf8()),
        });
        apart.collect::<String>()
    })
}

impl Manner {
    fn all() -> impl Iterator<Item = Manner> {
        const EITHER: [bool; 2] = [true, false];
        let beside = [Beside::Off, Beside::Paid].into_iter();
        let of = move |beside| {
            EITHER.into_iter().flat_map(move |is_in_two_lists| {
                EITHER.map(|is_highest_first| Manner {
                    beside,
                    is_in_two_lists,
                    is_highest_first,
                })
            })
        };
        beside.flat_map(of)
    }

    /// The steps of this row; none where what comes off would not be less than what is spent.
    fn read(self, row: &[&Amounted], right: &[Tier]) -> Option<Row> {
        let mut right = right.to_vec();
        right.sort_by(|one, other| one.spend.total_cmp(&other.spend));
        if self.is_highest_first {
            right.reverse();
        }
        let count = right.len();
        let (mut tiers, mut others) = (Vec::with_capacity(count), 0);
        for (place, Tier { spend, off }) in right.into_iter().enumerate() {
            let [first, second] = match self.is_in_two_lists {
                true => [row[place], row[count + place]],
                false => [row[2 * place], row[2 * place + 1]],
            };
            // Nobody takes off more than is spent.
            let (spent, beside) = if first.yuan > second.yuan {
                (first, second)
            } else {
                (second, first)
            };
            let (wanted, told) = match self.beside {
                Beside::Off => (off, beside.yuan),
                Beside::Paid => (spend - off, spent.yuan - beside.yuan),
            };
            others += usize::from(spent.yuan != spend) + usize::from(beside.yuan != wanted);
            if told <= 0.0 || told >= spent.yuan {
                return None;
            }
            tiers.push(StatedTier {
                spend: spent.yuan,
                off: told,
                span: first.span.start..second.span.end,
            });
        }
        Some(Row { tiers, others })
    }
}

#[cfg(test)]
mod tests;
