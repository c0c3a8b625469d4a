//! What a threshold could tell with as many samples as a plan expects: data for `throng plan`.

use crate::metrics::{Proportion, normal_quantile, quantile_ranks};
use crate::scenario::{Bound, Metric, Op, RateMetric, Scenario, Stat, Threshold};

use super::compare::compare;
use super::figure::{Figure, is_exact, proportion_figure};
use super::judge::confidence;
use super::{Slices, ThresholdVerdict};

/// How much a plan expects of a slice.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Expected {
    /// Conversations that arrive.
    pub conversations: f64,
    /// Turns that are due.
    pub turns: f64,
}

/// What a threshold could tell.
#[derive(Debug, Clone, PartialEq)]
pub struct Detection {
    /// The threshold, as written.
    pub that: String,
    /// Turns or conversations that it would rest on. For chunk gaps, the turns: there are more gaps than that.
    pub samples: u64,
    /// What it takes to be held or broken.
    pub reach: Reach,
    /// With fewer samples it can never be held; absent where that depends on what is seen, or no number would do.
    pub needs: Option<u64>,
}

/// What it takes for a threshold to be held or broken. `None`: no such figure exists with so few samples.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reach {
    /// Counts and maxima are what they are.
    Exact,
    /// Held with this rate or a better one, broken with this rate or a worse one.
    Rate {
        /// The worst that still holds.
        held: Option<f64>,
        /// The best that still breaks.
        broken: Option<f64>,
    },
    /// The same for a percentile, told by the part of turns that are slower than the bound.
    Slower {
        /// The worst that still holds.
        held: Option<f64>,
        /// The best that still breaks.
        broken: Option<f64>,
    },
    /// It depends on how much the values differ, or on the phase that it is compared with.
    Open,
}

impl Detection {
    /// False when there are too few samples for it to be held, however good the bot is.
    pub fn can_hold(&self) -> bool {
        let is_reachable = match self.reach {
            Reach::Exact | Reach::Open => true,
            Reach::Rate { held, .. } | Reach::Slower { held, .. } => held.is_some(),
        };
        is_reachable && self.needs.is_none_or(|needs| self.samples >= needs)
    }
}

/// What each threshold of the scenario could tell; `expected` is by the places of the slices.
pub fn detectable(scenario: &Scenario, slices: &Slices, expected: &[Expected]) -> Vec<Detection> {
    let confidence = confidence(&scenario.thresholds);
    let judged = scenario.thresholds.iter().zip(&slices.thresholds);
    judged
        .map(|(threshold, places)| {
            let least = [Some(places.judged), places.reference].into_iter().flatten();
            let samples = least.map(|place| samples(threshold, expected.get(place).copied().unwrap_or_default()));
            detection(threshold, samples.min().unwrap_or(0), confidence)
        })
        .collect()
}

fn samples(threshold: &Threshold, expected: Expected) -> u64 {
    let samples = match threshold.metric {
        Metric::Rate(RateMetric::Ending(_)) => expected.conversations,
        _ => expected.turns,
    };
    samples.round() as u64
}

fn detection(threshold: &Threshold, samples: u64, confidence: f64) -> Detection {
    let is_relative = matches!(threshold.bound, Bound::Times { .. });
    // A relative bound is judged with half of the error for each of its two sides.
    let confidence = if is_relative {
        f64::midpoint(1.0, confidence)
    } else {
        confidence
    };
    let (reach, needs) = match (threshold.stat, threshold.bound) {
        (stat, _) if is_exact(stat) => (Reach::Exact, None),
        (Stat::Rate, Bound::Value(bound)) => rate_reach(threshold.op, bound, samples, confidence),
        (Stat::Quantile(quantile), bound) => {
            let (reach, needs) = quantile_reach(threshold.op, quantile, samples, confidence);
            (
                if matches!(bound, Bound::Value(_)) {
                    reach
                } else {
                    Reach::Open
                },
                needs,
            )
        }
        _ => (Reach::Open, None),
    };
    Detection {
        that: threshold.text.clone(),
        samples,
        reach,
        needs,
    }
}

/// Tries what [`compare`] would say of each count, by halving: verdicts change once along the counts.
fn rate_reach(op: Op, bound: f64, samples: u64, confidence: f64) -> (Reach, Option<u64>) {
    let is = |count: u64, verdict: ThresholdVerdict| {
        let figure = proportion_figure(Proportion { count, of: samples }, Stat::Rate, confidence);
        figure.is_some_and(|figure| compare(&figure, op, &Figure::exact(0, bound)) == verdict)
    };
    let (held, broken) = (ThresholdVerdict::Held, ThresholdVerdict::Broken);
    let rate = |count: Option<u64>| count.filter(|_| samples > 0).map(|count| count as f64 / samples as f64);
    let most = |verdict| most_with(samples, |count| is(count, verdict));
    let least = |verdict| most_with(samples, |count| is(samples - count, verdict)).map(|count| samples - count);
    let z2 = normal_quantile(confidence).powi(2);
    // Wilson's interval ends at z2 / (n + z2) when nothing happened, and at n / (n + z2) when everything did.
    let needed = |odds: f64| (odds.is_finite() && odds > 0.0).then(|| (z2 * odds).floor() as u64 + 1);
    match op {
        Op::Less | Op::AtMost => {
            let reach = Reach::Rate {
                held: rate(most(held)),
                broken: rate(least(broken)),
            };
            (reach, needed((1.0 - bound) / bound))
        }
        Op::More | Op::AtLeast => {
            let reach = Reach::Rate {
                held: rate(least(held)),
                broken: rate(most(broken)),
            };
            (reach, needed(bound / (1.0 - bound)))
        }
        Op::Equal => {
            let reach = Reach::Rate {
                held: None,
                broken: None,
            };
            (reach, None)
        }
    }
}

/// The largest of 0..=end for which `holds`, given that it holds for all before it.
fn most_with(end: u64, holds: impl Fn(u64) -> bool) -> Option<u64> {
    if !holds(0) {
        return None;
    }
    let (mut low, mut high) = (0, end);
    while low < high {
        let middle = high - (high - low) / 2;
        if holds(middle) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    Some(low)
}

fn quantile_reach(op: Op, quantile: f64, samples: u64, confidence: f64) -> (Reach, Option<u64>) {
    let ranks = quantile_ranks(samples, quantile, confidence);
    let part = |slower: u64| slower as f64 / samples as f64;
    // The interval's upper end is below the bound when no more than these are slower; its lower end is above it when no
    // fewer than those are.
    let fast = (ranks.high <= samples).then(|| part(samples - ranks.high));
    let slow = (ranks.low > 0).then(|| part(samples - ranks.low + 1));
    let tail = (1.0 - confidence) / 2.0;
    let needed = |base: f64| Some((tail.ln() / base.ln()).ceil() as u64);
    match op {
        Op::Less | Op::AtMost => {
            let reach = Reach::Slower {
                held: fast,
                broken: slow,
            };
            (reach, needed(quantile))
        }
        Op::More | Op::AtLeast => {
            let reach = Reach::Slower {
                held: slow,
                broken: fast,
            };
            (reach, needed(1.0 - quantile))
        }
        Op::Equal => {
            let reach = Reach::Slower {
                held: None,
                broken: None,
            };
            (reach, None)
        }
    }
}

#[cfg(test)]
mod tests;
