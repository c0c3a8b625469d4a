//! How far a figure may be off: intervals at any confidence. Pure arithmetic; the only home of its formulas.
//!
//! All of them assume that the samples are independent of each other. Turns of one conversation, or of one bad minute,
//! are not quite; an interval is the least that chance alone would do.

use statrs::distribution::{Binomial, ContinuousCDF, DiscreteCDF, Normal, StudentsT};

/// A figure with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// What was seen.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// A part of a whole: 40 of 12,300 turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proportion {
    /// The part.
    pub count: u64,
    /// The whole.
    pub of: u64,
}

impl Proportion {
    /// The rate, 0 to 1; absent when the whole is nothing.
    pub fn rate(self) -> Option<f64> {
        (self.of > 0).then(|| self.count as f64 / self.of as f64)
    }

    /// The rate with its Wilson score interval (Wilson 1927); absent when the whole is nothing.
    pub fn wilson(self, confidence: f64) -> Option<Estimate> {
        let estimate = wilson(self.rate()?, self.of as f64, confidence);
        Some(Estimate {
            // At both ends the formula gives exactly 0 or 1, but for rounding.
            low: if self.count == 0 { 0.0 } else { estimate.low },
            high: if self.count == self.of { 1.0 } else { estimate.high },
            ..estimate
        })
    }
}

/// A rate that rests on `n` independent samples, a fraction where they are weighted, with its Wilson score interval.
pub fn wilson(rate: f64, n: f64, confidence: f64) -> Estimate {
    let z = normal_quantile(confidence);
    let squeeze = 1.0 + z * z / n;
    let centre = (rate + z * z / (2.0 * n)) / squeeze;
    let half = z / squeeze * (rate * (1.0 - rate) / n + z * z / (4.0 * n * n)).sqrt();
    Estimate {
        value: rate,
        low: (centre - half).max(0.0),
        high: (centre + half).min(1.0),
    }
}

/// How many standard deviations hold this part of a normal distribution: 1.96 for 0.95.
pub fn normal_quantile(confidence: f64) -> f64 {
    Normal::standard().inverse_cdf(f64::midpoint(1.0, confidence))
}

/// A mean with Student's interval, from the sum of the values and of their squares. Below two samples nothing bounds it.
/// Absent without samples.
///
/// It leans on the central limit theorem: with heavy tails and few samples it is too narrow.
pub(super) fn mean_estimate(count: u64, sum: f64, sum_of_squares: f64, confidence: f64) -> Option<Estimate> {
    if count == 0 {
        return None;
    }
    let n = count as f64;
    let value = sum / n;
    let half = if count < 2 {
        f64::INFINITY
    } else {
        let variance = ((sum_of_squares - sum * value) / (n - 1.0)).max(0.0);
        student_quantile(n - 1.0, confidence) * (variance / n).sqrt()
    };
    Some(Estimate {
        value,
        low: (value - half).max(0.0),
        high: value + half,
    })
}

/// Student's counterpart of [`normal_quantile`]; beyond a thousand degrees of freedom the two agree to three digits.
fn student_quantile(freedom: f64, confidence: f64) -> f64 {
    match StudentsT::new(0.0, 1.0, freedom) {
        Ok(student) if freedom <= 1_000.0 => student.inverse_cdf(f64::midpoint(1.0, confidence)),
        _ => normal_quantile(confidence),
    }
}

/// The rank (from 1) of a quantile among `count` sorted samples: the first that at least this part does not exceed. 0
/// without samples.
pub(super) fn quantile_rank(count: u64, quantile: f64) -> u64 {
    // A hair below, so that 0.07 * 100 = 7.000000000000001 stays rank 7.
    let rank = (quantile * count as f64 * (1.0 - 1e-12)).ceil() as u64;
    rank.max(1).min(count)
}

/// Ranks (from 1) between which a quantile lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ranks {
    /// 0: below the smallest sample, nothing bounds it from below.
    pub low: u64,
    /// One more than there are samples: nothing bounds it from above.
    pub high: u64,
}

/// Below this variance of the binomial its distribution is summed, above it is as good as normal.
const EXACT_UP_TO: f64 = 2_500.0;

/// The ranks among `count` sorted samples between which the quantile of the whole population lies, with at least this
/// confidence and half of the error on each side, whatever the distribution (David and Nagaraja, Order Statistics,
/// section 7.1: the number of samples below the quantile is binomial).
pub fn quantile_ranks(count: u64, quantile: f64, confidence: f64) -> Ranks {
    let tail = (1.0 - confidence) / 2.0;
    let n = count as f64;
    let (mean, variance) = (n * quantile, n * quantile * (1.0 - quantile));
    match Binomial::new(quantile, count) {
        Ok(below) if variance <= EXACT_UP_TO => Ranks {
            // The largest rank with P(below < rank) <= tail, and the smallest with P(below >= rank) <= tail.
            low: first_where(count, |rank| below.cdf(rank) > tail),
            high: 1 + first_where(count, |rank| below.sf(rank) <= tail),
        },
        _ => {
            let half = normal_quantile(confidence) * variance.sqrt();
            Ranks {
                low: (mean - half - 0.5).floor().max(0.0) as u64,
                high: ((mean + half + 1.5).ceil() as u64).min(count + 1),
            }
        }
    }
}

/// The first of 0..=end for which `holds`, given that it holds for all after it; `end` when for none before.
fn first_where(end: u64, holds: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (0, end);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64, within: f64) {
        assert!((found - expected).abs() <= within, "{found} is not {expected}");
    }

    /// Newcombe 1998, Statistics in Medicine 17, table I, method 3; the last three by hand.
    #[test]
    fn wilson_intervals_are_those_published() {
        for (count, of, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
            (5, 10, 0.2366, 0.7634),
            (0, 10, 0.0, 0.2775),
            (10, 10, 0.7225, 1.0),
        ] {
            let found = Proportion { count, of }.wilson(0.95).unwrap();
            close(found.low, low, 5e-5);
            close(found.high, high, 5e-5);
        }
        assert_eq!(Proportion { count: 0, of: 0 }.wilson(0.95), None);
        let (wide, narrow) = [0.99, 0.9]
            .map(|c| Proportion { count: 5, of: 10 }.wilson(c).unwrap())
            .into();
        assert!(wide.low < narrow.low && wide.high > narrow.high);
    }

    /// Conover, Practical Nonparametric Statistics, and Hahn and Meeker, Statistical Intervals, tables of ranks.
    #[test]
    fn ranks_of_quantile_intervals_are_those_published() {
        for (count, quantile, low, high) in [
            (10, 0.5, 2, 9),
            (20, 0.5, 6, 15),
            (50, 0.5, 18, 33),
            (100, 0.5, 40, 61),
            (5, 0.5, 0, 6),
            (100, 0.99, 97, 101),
            (368, 0.99, 360, 368),
        ] {
            let found = quantile_ranks(count, quantile, 0.95);
            assert_eq!((found.low, found.high), (low, high), "{quantile} of {count}");
        }
    }

    /// Summed term by term in another language; the last four lie where the normal distribution takes over.
    #[test]
    fn ranks_among_many_are_those_of_the_binomial_to_a_few_ranks() {
        for (count, quantile, confidence, low, high, within) in [
            (9900, 0.5, 0.99, 4822, 5079, 0),
            (50000, 0.95, 0.99, 47374, 47626, 0),
            (250000, 0.99, 0.999, 247335, 247663, 0),
            (2400000, 0.999, 0.99, 2397473, 2397726, 0),
            (10100, 0.5, 0.99, 4921, 5180, 2),
            (52900, 0.95, 0.99, 50125, 50384, 2),
            (260000, 0.99, 0.9999, 257200, 257596, 4),
            (2600000, 0.999, 0.99, 2597268, 2597531, 2),
        ] {
            let found = quantile_ranks(count, quantile, confidence);
            assert!(found.low.abs_diff(low) <= within, "{quantile} of {count}: {found:?}");
            assert!(found.high.abs_diff(high) <= within, "{quantile} of {count}: {found:?}");
        }
    }

    #[test]
    fn ranks_of_quantiles_do_not_slip_by_rounding() {
        for (count, quantile, rank) in [
            (100, 0.07, 7),
            (100, 0.99, 99),
            (1_000, 0.999, 999),
            (10, 0.95, 10),
            (1, 0.5, 1),
            (7, 0.0, 1),
            (7, 1.0, 7),
            (0, 0.5, 0),
        ] {
            assert_eq!(quantile_rank(count, quantile), rank, "{quantile} of {count}");
        }
    }

    /// Student's t for 10 samples is 2.262; the standard tables.
    #[test]
    fn the_interval_of_a_mean_is_students() {
        let samples: Vec<f64> = (1..=10).map(f64::from).collect();
        let sum: f64 = samples.iter().sum();
        let squares: f64 = samples.iter().map(|one| one * one).sum();
        let found = mean_estimate(10, sum, squares, 0.95).unwrap();
        close(found.value, 5.5, 1e-12);
        close(found.high - found.value, 2.262 * (55.0f64 / 6.0 / 10.0).sqrt(), 1e-3);
        let single = mean_estimate(1, 3.0, 9.0, 0.95).unwrap();
        assert_eq!((single.low, single.value, single.high), (0.0, 3.0, f64::INFINITY));
        assert_eq!(mean_estimate(0, 0.0, 0.0, 0.95), None);
        close(normal_quantile(0.95), 1.959_964, 1e-6);
        close(student_quantile(1_000.0, 0.95), 1.9623, 1e-4);
    }

    /// Draws from a known uniform population: the true quantile must lie in the interval about as often as promised.
    #[test]
    fn quantile_intervals_cover_the_true_quantile_as_often_as_promised() {
        let mut state = 7u64;
        let mut uniform = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1u64 << 53) as f64
        };
        for (count, quantile) in [(60usize, 0.5), (300, 0.95), (1_000, 0.99)] {
            let ranks = quantile_ranks(count as u64, quantile, 0.9);
            let covered = (0..1_000)
                .filter(|_| {
                    let mut samples: Vec<f64> = (0..count).map(|_| uniform()).collect();
                    samples.sort_by(f64::total_cmp);
                    let at = |rank: u64| samples.get(rank as usize - 1).copied().unwrap_or(1.0);
                    (ranks.low == 0 || at(ranks.low) <= quantile) && quantile <= at(ranks.high)
                })
                .count();
            assert!(
                (885..=975).contains(&covered),
                "{covered} of 1000 for {quantile} of {count}"
            );
        }
    }
}
