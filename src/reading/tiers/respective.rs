//! Steps whose amounts stand in two lists: 门槛是200元和500元,分别减20元和80元; `200 or 500 yuan gets you 20 or 80 yuan off`.

use std::sync::LazyLock;

use regex::Regex;

use super::amounts::Amounted;
use super::{StatedTier, clause, is_question};

/// How many steps two lists may make.
const STEPS: std::ops::RangeInclusive<usize> = 2..=4;

/// The steps of a text that holds nothing but two lists of as many amounts, in their order; none of any other text.
pub(super) fn steps(text: &str, amounts: &[Amounted]) -> Vec<StatedTier> {
    let count = amounts.len() / 2;
    if !amounts.len().is_multiple_of(2) || !STEPS.contains(&count) || !OFF.is_match(text) {
        return Vec::new();
    }
    let (first, second) = amounts.split_at(count);
    let is_list = |amounts: &[Amounted]| {
        let mut pairs = amounts.windows(2);
        pairs.all(|pair| LISTED.is_match(&text[pair[0].span.end..pair[1].span.start]))
    };
    let is_larger = |more: &[Amounted], less: &[Amounted]| {
        let most = less.iter().map(|amount| amount.yuan).fold(0.0, f64::max);
        more.iter().all(|amount| amount.yuan > most)
    };
    let (spent, off) = match is_larger(first, second) {
        true => (first, second),
        false => (second, first),
    };
    let middle = &text[first[count - 1].span.end..second[0].span.start];
    let is_said = amounts.iter().all(|amount| amount.is_firm || amount.is_bare)
        && is_larger(spent, off)
        && !LISTED.is_match(middle)
        && !middle.contains(['\n', '!', '?'])
        && !is_question(text, &clause(text, &second[count - 1].span));
    if !is_said || !is_list(first) || !is_list(second) {
        return Vec::new();
    }
    let span = first[0].span.start..second[count - 1].span.end;
    let step = |(spend, off): (&Amounted, &Amounted)| StatedTier {
        spend: spend.yuan,
        off: off.yuan,
        span: span.clone(),
    };
    spent.iter().zip(off).map(step).collect()
}

/// Something is taken off.
static OFF: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("减|省|返|优惠|折扣|便宜|抵|少[付收花算]|off|less|sav(?:e|ing)|discount|cheaper|lower|deduct|reduc")
        .expect("a fixed pattern")
});

/// Stands between two amounts of one list.
static LISTED: LazyLock<Regex> = LazyLock::new(|| {
    let joins = "[、,/]|和|或者?|及|以及|与|跟|并|,? ?(?:and|or)";
    let repeats = "满|达到?|消费|立?减|优惠|over|of|above|at|by|from|for";
    Regex::new(&format!(r"^(?:元|块钱?| ?yuan)?\s*(?:{joins})\s*(?:{repeats})?\s*$")).expect("a fixed pattern")
});
