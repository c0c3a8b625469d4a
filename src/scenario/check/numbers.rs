//! Ranges of numbers.

use crate::scenario::finding::Findings;
use crate::scenario::place::Spot;
use crate::scenario::{Span, Spread};

/// The largest standard deviation of a spread's logarithm; at 3 one case in six is over 20 times the median.
const LARGEST_SIGMA: f64 = 3.0;

pub(super) fn above_zero(value: f64, at: &Spot, findings: &mut Findings) {
    if !(value > 0.0 && value.is_finite()) {
        findings.add(at, format!("expected a number above 0, found `{value}`"));
    }
}

pub(super) fn at_least_zero(value: f64, at: &Spot, findings: &mut Findings) {
    if !(value >= 0.0 && value.is_finite()) {
        findings.add(at, format!("expected a number of at least 0, found `{value}`"));
    }
}

/// A share or chance.
pub(super) fn chance(value: f64, at: &Spot, findings: &mut Findings) {
    within(value, 0.0, 1.0, at, findings);
}

pub(super) fn within(value: f64, lowest: f64, highest: f64, at: &Spot, findings: &mut Findings) {
    if !(lowest..=highest).contains(&value) {
        findings.add(
            at,
            format!("expected a number from {lowest} to {highest}, found `{value}`"),
        );
    }
}

pub(super) fn span(value: Span, at: &Spot, findings: &mut Findings) {
    if value.get().is_zero() {
        findings.add(at, "expected a time above 0, found 0");
    }
}

/// A spread with a median above 0.
pub(super) fn spread(value: &Spread, at: &Spot, findings: &mut Findings) {
    span(value.median, &at.key("median"), findings);
    sigma(value, at, findings);
}

/// A spread whose median may be 0.
pub(super) fn sigma(value: &Spread, at: &Spot, findings: &mut Findings) {
    within(value.sigma, 0.0, LARGEST_SIGMA, &at.key("sigma"), findings);
}

/// Weights of which at least one is above 0.
pub(super) fn weights(weights: impl Iterator<Item = (f64, Spot)>, at: &Spot, findings: &mut Findings) {
    let mut sum = 0.0;
    let mut is_sound = true;
    for (weight, at) in weights {
        at_least_zero(weight, &at, findings);
        is_sound &= weight >= 0.0;
        sum += weight;
    }
    if is_sound && (sum <= 0.0 || !sum.is_finite()) {
        findings.add_key(at, "expected at least one number above 0, found none");
    }
}
