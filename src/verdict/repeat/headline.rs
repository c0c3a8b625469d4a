//! The figures by which runs are compared, and how far they lie apart.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::verdict::{Interval, Run, TimeNumbers};

/// The figures by which runs are compared, of all phases but warm-up.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Headline<T> {
    /// Share of turns answered in time with every hard gate passed.
    pub served: T,
    /// Share of turns without an answer in time.
    pub missed: T,
    /// Share of turns without an answer.
    pub dropped: T,
    /// Median reply time.
    pub reply_p50_ms: T,
    /// 95th percentile of the reply times.
    pub reply_p95_ms: T,
    /// 99th percentile of the reply times.
    pub reply_p99_ms: T,
    /// Mean quality of the answers.
    pub quality: T,
}

/// A figure over several runs. Where it is never (a percentile among turns without an answer) it ranks above any number.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Spread {
    /// The middle one; of an even number of runs, half-way between the middle two. `null`: never, or no data.
    pub median: Option<f64>,
    /// The smallest; `null`: never in every run, or no data.
    pub min: Option<f64>,
    /// The largest; `null`: never in at least one run, or no data.
    pub max: Option<f64>,
    /// Runs with data.
    pub runs: u32,
    /// Of those, the ones in which it is never.
    pub never: u32,
}

impl Headline<Option<f64>> {
    /// Of a run; infinite is never, and absent is no data.
    pub(super) fn of(run: &Run) -> Headline<Option<f64>> {
        let totals = &run.totals;
        let rate = |interval: Option<Interval>| interval.map(|interval| interval.rate);
        let times = &totals.reply_time_ms;
        Headline {
            served: rate(totals.served),
            missed: rate(totals.missed),
            dropped: rate(totals.dropped),
            reply_p50_ms: time(times.p50, times),
            reply_p95_ms: time(times.p95, times),
            reply_p99_ms: time(times.p99, times),
            quality: totals.quality.mean,
        }
    }

    /// As files say it: never is `null`.
    pub(super) fn told(&self) -> Headline<Option<f64>> {
        Self::each(|figure| figure(self).filter(|value| value.is_finite()))
    }

    /// How far these lie apart.
    pub(super) fn spread(of: &[Headline<Option<f64>>]) -> Headline<Spread> {
        Self::each(|figure| Spread::of(of.iter().map(figure)))
    }

    /// One figure each, made by `make` from the way to read it.
    fn each<T>(make: impl Fn(fn(&Headline<Option<f64>>) -> Option<f64>) -> T) -> Headline<T> {
        Headline {
            served: make(|of| of.served),
            missed: make(|of| of.missed),
            dropped: make(|of| of.dropped),
            reply_p50_ms: make(|of| of.reply_p50_ms),
            reply_p95_ms: make(|of| of.reply_p95_ms),
            reply_p99_ms: make(|of| of.reply_p99_ms),
            quality: make(|of| of.quality),
        }
    }
}

fn time(percentile: Option<f64>, times: &TimeNumbers) -> Option<f64> {
    percentile.or((times.censored > 0).then_some(f64::INFINITY))
}

impl Spread {
    /// Of these figures, one per run; infinite is never, and absent is no data.
    pub(super) fn of(figures: impl Iterator<Item = Option<f64>>) -> Spread {
        let mut values: Vec<f64> = figures.flatten().filter(|value| !value.is_nan()).collect();
        values.sort_by(f64::total_cmp);
        let finite = |value: Option<&f64>| value.copied().filter(|value| value.is_finite());
        let middle = values.len() / 2;
        let median = match values.len() {
            0 => None,
            odd if odd % 2 == 1 => finite(values.get(middle)),
            _ => Some((values[middle - 1] + values[middle]) / 2.0).filter(|median| median.is_finite()),
        };
        let never = values.iter().filter(|value| value.is_infinite()).count();
        Spread {
            median,
            min: finite(values.first()),
            max: finite(values.last()),
            runs: u32::try_from(values.len()).unwrap_or(u32::MAX),
            never: u32::try_from(never).unwrap_or(u32::MAX),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEVER: Option<f64> = Some(f64::INFINITY);

    #[test]
    fn the_median_is_the_middle_and_never_ranks_above_any_number() {
        for (figures, median, min, max, runs, never) in [
            (
                vec![Some(3.0), Some(1.0), Some(2.0)],
                Some(2.0),
                Some(1.0),
                Some(3.0),
                3,
                0,
            ),
            (vec![Some(4.0), Some(1.0)], Some(2.5), Some(1.0), Some(4.0), 2, 0),
            (
                vec![Some(1.0), None, Some(2.0), NEVER],
                Some(2.0),
                Some(1.0),
                None,
                3,
                1,
            ),
            (vec![Some(1.0), NEVER], None, Some(1.0), None, 2, 1),
            (vec![NEVER, NEVER], None, None, None, 2, 2),
            (vec![None, None], None, None, None, 0, 0),
            (vec![], None, None, None, 0, 0),
        ] {
            let expected = Spread {
                median,
                min,
                max,
                runs,
                never,
            };
            assert_eq!(Spread::of(figures.iter().copied()), expected, "{figures:?}");
        }
    }

    #[test]
    fn what_is_never_is_null_in_files() {
        let headline = Headline {
            reply_p95_ms: NEVER,
            served: Some(0.5),
            ..Headline::default()
        };
        let told = headline.told();
        assert_eq!((told.reply_p95_ms, told.served), (None, Some(0.5)));
    }
}
