//! One sentence for each threshold: why it was judged as it was.

use crate::scenario::{Bound, Metric, Op, Stat, Threshold};

use super::ThresholdVerdict;
use super::figure::{Figure, is_exact};

/// Of all but counts, when the generator was saturated.
pub(super) const NOT_JUDGED: &str = "the generator was saturated, so the bot is not to blame";

/// Why a figure was judged as it was.
pub(super) fn sentence(
    threshold: &Threshold,
    figure: &Figure,
    bound: &Figure,
    verdict: ThresholdVerdict,
    unsure_counts_as_held: bool,
) -> String {
    let shown = |value: f64| show(threshold, value);
    let between = |figure: &Figure| format!("{} to {}", shown(figure.low), shown(figure.high));
    let samples = figure.samples;
    let found = match is_exact(threshold.stat) {
        true => shown(figure.observed),
        false => format!("{} ({}, from {samples})", shown(figure.observed), between(figure)),
    };
    let wanted = match threshold.bound {
        Bound::Times { .. } if !is_exact(threshold.stat) => {
            format!("{} {} ({})", sign(threshold.op), shown(bound.observed), between(bound))
        }
        _ => format!("{} {}", sign(threshold.op), shown(bound.observed)),
    };
    match verdict {
        ThresholdVerdict::Broken if figure.observed.is_infinite() => {
            format!("it falls among the turns that were never answered (of {samples}), wanted {wanted}")
        }
        ThresholdVerdict::Unsure if unsure_counts_as_held => format!("{found} does not prove that {wanted} is broken"),
        ThresholdVerdict::Unsure => format!("{found} is too wide to tell whether it is {wanted}"),
        ThresholdVerdict::Broken => format!("{found}, wanted {wanted}"),
        _ => format!("{found} is {wanted}"),
    }
}

fn sign(op: Op) -> &'static str {
    match op {
        Op::Less => "<",
        Op::AtMost => "<=",
        Op::More => ">",
        Op::AtLeast => ">=",
        Op::Equal => "==",
    }
}

/// A figure with its unit.
fn show(threshold: &Threshold, value: f64) -> String {
    match (threshold.stat, threshold.metric) {
        _ if value.is_infinite() => "never".to_owned(),
        (Stat::Count, _) | (_, Metric::Count(_)) => format!("{value}"),
        (_, Metric::Rate(_)) => format!("{:.2} %", value * 100.0),
        (_, Metric::Quality) => format!("{value:.3}"),
        (_, Metric::Time(_)) if value < 1.0 => format!("{:.0} ms", value * 1_000.0),
        (_, Metric::Time(_)) => format!("{value:.2} s"),
    }
}
