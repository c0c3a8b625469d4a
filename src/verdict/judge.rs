//! Judges a scenario's thresholds by what was measured.

use std::time::Duration;

use crate::conversation::Hindrance;
use crate::scenario::{Bound, Stat, Threshold, WhenUnsure};

use super::compare::compare;
use super::figure::{Figure, Measured, is_cut_off, is_exact};
use super::reason;
use super::saturation::saturation;
use super::{ThresholdResult, ThresholdVerdict};

/// The chance that a run of a bot exactly at its bounds is judged wrongly by any of its thresholds.
const ERROR: f64 = 0.05;

/// The confidence at which each threshold is judged: those with an interval share the error evenly (Bonferroni), so that
/// a run with many thresholds does not break one of them by chance alone.
pub(super) fn confidence(thresholds: &[Threshold]) -> f64 {
    let estimated = thresholds.iter().filter(|threshold| !is_exact(threshold.stat)).count();
    1.0 - ERROR / estimated.max(1) as f64
}

/// What became of each threshold, in the scenario's order.
pub(super) fn judge(measured: &Measured<'_>, is_saturated: bool) -> Vec<ThresholdResult> {
    let confidence = confidence(&measured.scenario.thresholds);
    let places = 0..measured.scenario.thresholds.len();
    places
        .map(|place| result(measured, place, confidence, is_saturated))
        .collect()
}

/// The times from which aborting thresholds count (their `after`), each once, in order.
///
/// For each of them the caller keeps metrics and a tally that begin at that moment of the run.
pub fn abort_times(thresholds: &[Threshold]) -> Vec<Duration> {
    let mut times: Vec<Duration> = thresholds
        .iter()
        .filter_map(|threshold| threshold.abort_after)
        .collect();
    times.sort_unstable();
    times.dedup();
    times
}

/// The first aborting threshold that counts from `after` and is broken by what was `measured` from there on.
///
/// To be asked once a second with numbers that add up all that came after that moment. So many looks at growing numbers
/// would sooner or later show anything, so they share the threshold's error among them. A saturated generator aborts
/// nothing but counts.
pub fn aborting(measured: &Measured<'_>, after: Duration) -> Option<ThresholdResult> {
    let scenario = measured.scenario;
    let looks = (scenario.traffic_length() + scenario.drain).as_secs().max(1);
    let confidence = 1.0 - (1.0 - confidence(&scenario.thresholds)) / looks as f64;
    let is_saturated = saturation(measured, &[0; Hindrance::ALL.len()]).reason.is_some();
    let places = 0..scenario.thresholds.len();
    places
        .filter(|place| scenario.thresholds[*place].abort_after == Some(after))
        .map(|place| result(measured, place, confidence, is_saturated))
        .find(|result| result.verdict == ThresholdVerdict::Broken)
}

fn result(measured: &Measured<'_>, place: usize, confidence: f64, is_saturated: bool) -> ThresholdResult {
    let threshold = &measured.scenario.thresholds[place];
    let found = figures(measured, place, confidence);
    let (verdict, reason) = match &found {
        _ if is_saturated && threshold.stat != Stat::Count => {
            (ThresholdVerdict::NotJudged, reason::NOT_JUDGED.to_owned())
        }
        Err(missing) => (ThresholdVerdict::NoData, missing.clone()),
        Ok((figure, bound)) => {
            let verdict = compare(figure, threshold.op, bound);
            let counts_as_held = measured.scenario.file.thresholds.when_unsure == WhenUnsure::Pass;
            (
                verdict,
                reason::sentence(threshold, figure, bound, verdict, counts_as_held),
            )
        }
    };
    let figure = found.ok().map(|(figure, _)| figure);
    let finite = |value: f64| Some(value).filter(|value| value.is_finite());
    ThresholdResult {
        that: threshold.text.clone(),
        observed: figure.and_then(|figure| finite(figure.observed)),
        low: figure.and_then(|figure| finite(figure.low)),
        high: figure.and_then(|figure| finite(figure.high)),
        samples: figure.map_or(0, |figure| figure.samples),
        verdict,
        reason,
    }
}

/// A threshold's figure and its bound, or why one of them is missing.
///
/// Against a bound that was measured too, each of the two intervals takes half of the error, so that both together are
/// right as often as promised.
fn figures(measured: &Measured<'_>, place: usize, confidence: f64) -> Result<(Figure, Figure), String> {
    let (threshold, places) = (&measured.scenario.thresholds[place], measured.slices.thresholds[place]);
    let is_cut = |slice: usize| threshold.stat == Stat::Rate && is_cut_off(measured.metrics, slice);
    if is_cut(places.judged) || is_cut(places.phase) {
        return Err("more than 0.5 % of the turns were cut short by the end of the run".to_owned());
    }
    let figure = |slice, confidence| measured.figure(threshold.metric, threshold.stat, slice, confidence);
    match (threshold.bound, places.reference) {
        (Bound::Value(value), _) => Ok((figure(places.judged, confidence)?, Figure::exact(0, value))),
        (Bound::Times { .. }, Some(reference)) if is_cut(reference) => {
            Err("more than 0.5 % of the turns that it is compared with were cut short".to_owned())
        }
        (Bound::Times { factor, .. }, Some(reference)) => {
            let halved = f64::midpoint(1.0, confidence);
            let bound = figure(reference, halved).map_err(|missing| format!("{missing} to compare it with"))?;
            Ok((figure(places.judged, halved)?, bound.times(factor)))
        }
        (Bound::Times { .. }, None) => Err("it names no phase to compare with".to_owned()),
    }
}

#[cfg(test)]
mod tests;
