//! Steps that nothing but their likeness to one another shows.

use std::sync::LazyLock;

use regex::Regex;

use super::amounts::{Amounted, stated};
use super::{BETWEEN, EXAMPLE, LEAST_SPENT, StatedTier, is_of_discounts, tiers_in};
use crate::reading::values::Stated;

/// The fewest pairs that are steps by their likeness alone.
const ALIKE: usize = 2;

/// The steps that the words show, or where they show fewer, the likeness of all pairs.
pub(super) fn steps(text: &str, values: &[Stated]) -> Vec<StatedTier> {
    let known = tiers_in(text, values);
    let hyphened = if known.is_empty() { hyphened(text) } else { Vec::new() };
    if hyphened.len() >= ALIKE && !EXAMPLE.is_match(text) {
        return hyphened;
    }
    let amounts: Vec<Amounted> = values
        .iter()
        .filter_map(stated)
        .filter(|amount| amount.is_firm)
        .collect();
    let pairs: Vec<&[Amounted]> = amounts.chunks(2).collect();
    let is_larger = |more: &Amounted, less: &Amounted| more.yuan >= 2.0 * less.yuan;
    let is_alike = |pair: &&[Amounted], spend: usize| pair.len() == 2 && is_larger(&pair[spend], &pair[1 - spend]);
    let is_near = |pair: &&[Amounted]| text[pair[0].span.end..pair[1].span.start].chars().count() <= BETWEEN;
    let spend = [0, 1]
        .into_iter()
        .find(|spend| pairs.iter().all(|pair| is_alike(pair, *spend) && is_near(pair)));
    match spend {
        Some(spend)
            if pairs.len() >= ALIKE
                && pairs.len() > known.len()
                && is_of_discounts(text)
                && !EXAMPLE.is_match(text) =>
        {
            let step = |pair: &&[Amounted]| StatedTier {
                spend: pair[spend].yuan,
                off: pair[1 - spend].yuan,
                span: pair[0].span.start..pair[1].span.end,
            };
            pairs.iter().map(step).collect()
        }
        _ => known,
    }
}

/// 300-40, 700-110: what is spent, a hyphen, what comes off. None where a pair of numbers is anything else: a range rises, hours are small,
/// and a telephone number or a day goes on.
fn hyphened(text: &str) -> Vec<StatedTier> {
    static PAIR: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"[0-9]+(?:\.[0-9]+)?(?:元|块)?(?:[-−–—][0-9.]+)+").expect("a fixed pattern"));
    let step = |found: regex::Match| {
        let (spend, off) = found.as_str().split_once(['-', '−', '–', '—'])?;
        let spend: f64 = spend.trim_end_matches(['元', '块']).parse().ok()?;
        let off: f64 = off.trim_end_matches('.').parse().ok()?;
        (spend >= LEAST_SPENT && off > 0.0 && spend >= 2.0 * off).then(|| StatedTier {
            spend,
            off,
            span: found.range(),
        })
    };
    let is_free = |found: &regex::Match| {
        let before = text[..found.start()].chars().next_back();
        let after = text[found.end()..].trim_start();
        !before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '/'))
            && !after.starts_with(|c| "年月日号点时室房路".contains(c))
    };
    let steps = PAIR
        .find_iter(text)
        .map(|found| step(found).filter(|_| is_free(&found)));
    steps.collect::<Option<Vec<_>>>().unwrap_or_default()
}
