//! Whether a figure keeps its bound, when both are known only to an interval.

use crate::scenario::Op;

use super::ThresholdVerdict;
use super::figure::Figure;

/// Held when the whole interval of the figure lies on the right side of the whole interval of the bound, broken when on
/// the wrong side, else unsure.
///
/// A bound that is a number has no width. Where the figure is "never" (a percentile among the unanswered) all that asks
/// for less is broken, however wide the interval.
pub(super) fn compare(figure: &Figure, op: Op, bound: &Figure) -> ThresholdVerdict {
    let is_never = figure.observed.is_infinite();
    let (held, broken) = match op {
        Op::Less => (figure.high < bound.low, is_never || figure.low >= bound.high),
        Op::AtMost => (figure.high <= bound.low, is_never || figure.low > bound.high),
        Op::More => (figure.low > bound.high, figure.high <= bound.low),
        Op::AtLeast => (figure.low >= bound.high, figure.high < bound.low),
        Op::Equal => (
            figure.low == bound.high && figure.high == bound.low,
            is_never || figure.high < bound.low || figure.low > bound.high,
        ),
    };
    match (held, broken) {
        (_, true) => ThresholdVerdict::Broken,
        (true, false) => ThresholdVerdict::Held,
        (false, false) => ThresholdVerdict::Unsure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEVER: f64 = f64::INFINITY;

    fn figure(low: f64, observed: f64, high: f64) -> Figure {
        Figure {
            samples: 10,
            observed,
            low,
            high,
        }
    }

    fn against(low: f64, observed: f64, high: f64, bound: f64) -> String {
        let ops = [Op::Less, Op::AtMost, Op::More, Op::AtLeast, Op::Equal];
        let letters = ops.map(
            |op| match compare(&figure(low, observed, high), op, &Figure::exact(1, bound)) {
                ThresholdVerdict::Held => 'h',
                ThresholdVerdict::Broken => 'b',
                _ => '?',
            },
        );
        letters.iter().collect()
    }

    /// The letters are the verdicts of `<`, `<=`, `>`, `>=` and `==`.
    #[test]
    fn an_interval_decides_only_when_it_lies_wholly_on_one_side() {
        for (low, observed, high, bound, verdicts) in [
            (1.0, 2.0, 3.0, 4.0, "hhbbb"),
            (1.0, 2.0, 3.0, 2.5, "?????"),
            (1.0, 2.0, 3.0, 0.5, "bbhhb"),
            (1.0, 2.0, 3.0, 3.0, "?hb??"),
            (1.0, 2.0, 3.0, 1.0, "b??h?"),
            (2.0, 2.0, 2.0, 2.0, "bhbhh"),
            (0.0, 0.0, 0.0, 0.0, "bhbhh"),
            // A percentile whose upper end, or which itself, falls among the unanswered.
            (1.0, 2.0, NEVER, 3.0, "?????"),
            (1.0, NEVER, NEVER, 3.0, "bb??b"),
            (NEVER, NEVER, NEVER, 3.0, "bbhhb"),
        ] {
            assert_eq!(
                against(low, observed, high, bound),
                verdicts,
                "{low} {observed} {high} {bound}"
            );
        }
    }

    #[test]
    fn a_bound_that_was_measured_is_as_wide_as_its_interval() {
        let bound = figure(2.0, 3.0, 4.0);
        for (low, high, verdict) in [
            (1.0, 1.9, ThresholdVerdict::Held),
            (1.0, 2.1, ThresholdVerdict::Unsure),
            (3.0, 5.0, ThresholdVerdict::Unsure),
            (4.0, 5.0, ThresholdVerdict::Broken),
        ] {
            assert_eq!(compare(&figure(low, low, high), Op::Less, &bound), verdict);
        }
        let unbounded = figure(2.0, 3.0, NEVER);
        assert_eq!(
            compare(&figure(90.0, 95.0, 99.0), Op::Less, &unbounded),
            ThresholdVerdict::Unsure
        );
    }
}
