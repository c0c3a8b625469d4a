//! A mean with an interval that knows that neighbours in time are alike: quality falls and rises with the load.
//!
//! Turns are added up in at most [`MOST`] blocks of time. The interval is the delete-one-block jackknife of the ratio of
//! sums (Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 11; blocks of time as in batch means, Law,
//! Simulation Modeling and Analysis, chapter 9): with B blocks, block i holding n_i turns of total quality s_i,
//!
//! ```text
//!  m = S / N     m_i = (S - s_i) / (N - n_i)     variance = (B - 1) / B * sum (m_i - mean of m_i)^2
//!  interval = m +- t(B - 1 degrees of freedom) * sqrt(variance), within 0 and 1
//! ```
//!
//! One block, or blocks that are all alike, say nothing about the spread: there it is Wilson's interval of N turns,
//! which is wide enough for any quality between 0 and 1 with this mean.

use std::collections::BTreeMap;

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

/// The most blocks that are kept.
const MOST: u32 = 64;

/// Qualities are added up in millionths, as whole numbers, so that a sum does not depend on its order.
const MILLIONTHS: f64 = 1e6;

/// Sums by block of time. The width of a block is the smallest power of two, in seconds, with which all that was added
/// lies within [`MOST`] blocks; so the parts of a run merge to the same blocks in any order.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Blocks {
    /// A block is 2^`doublings` seconds wide.
    doublings: u32,
    sums: BTreeMap<u32, Sum>,
}

/// A number of values between 0 and 1, and what they add up to.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Sum {
    pub(super) count: u64,
    millionths: u64,
}

impl Sum {
    /// One value; beyond 0 and 1 it counts as the nearer of the two.
    pub(super) fn of(value: f64) -> Sum {
        Sum {
            count: 1,
            millionths: (value.clamp(0.0, 1.0) * MILLIONTHS).round() as u64,
        }
    }

    /// What the values add up to.
    pub(super) fn total(self) -> f64 {
        self.millionths as f64 / MILLIONTHS
    }

    pub(super) fn add(&mut self, other: Sum) {
        self.count += other.count;
        self.millionths += other.millionths;
    }

    fn without(self, other: Sum) -> Sum {
        Sum {
            count: self.count - other.count,
            millionths: self.millionths - other.millionths,
        }
    }

    /// Not a number when there is none.
    pub(super) fn mean(self) -> f64 {
        self.total() / self.count as f64
    }
}

impl Blocks {
    /// Adds a quality (0 to 1) of a turn that was due in this second.
    pub(super) fn add(&mut self, second: u32, quality: f64) {
        let block = self.sums.entry(second >> self.doublings).or_default();
        block.add(Sum::of(quality));
        self.widen_until_few();
    }

    pub(super) fn merge(&mut self, other: &Blocks) {
        let mut other = other.clone();
        while self.doublings < other.doublings {
            self.widen();
        }
        while other.doublings < self.doublings {
            other.widen();
        }
        for (block, sum) in other.sums {
            self.sums.entry(block).or_default().add(sum);
        }
        self.widen_until_few();
    }

    fn widen_until_few(&mut self) {
        while let (Some((first, _)), Some((last, _))) = (self.sums.first_key_value(), self.sums.last_key_value()) {
            if last - first < MOST {
                return;
            }
            self.widen();
        }
    }

    fn widen(&mut self) {
        self.doublings += 1;
        let narrow = std::mem::take(&mut self.sums);
        for (block, sum) in narrow {
            self.sums.entry(block >> 1).or_default().add(sum);
        }
    }

    /// Mean, lower and upper end; absent when nothing was added.
    pub(super) fn mean_with_interval(&self, confidence: f64) -> Option<(f64, f64, f64)> {
        let mut all = Sum::default();
        for sum in self.sums.values() {
            all.add(*sum);
        }
        if all.count == 0 {
            return None;
        }
        let mean = all.mean();
        let tail = 0.5 + confidence.clamp(0.0, 0.999_999) / 2.0;
        let (low, high) = match self.spread(all) {
            Some(spread) => {
                let freedom = (self.sums.len() - 1) as f64;
                let reach = StudentsT::new(0.0, 1.0, freedom).map_or(f64::INFINITY, |t| t.inverse_cdf(tail)) * spread;
                (mean - reach, mean + reach)
            }
            None => wilson(mean, all.count as f64, tail),
        };
        Some((mean, low.max(0.0), high.min(1.0)))
    }

    /// Standard error of the mean; absent when the blocks say nothing about it.
    fn spread(&self, all: Sum) -> Option<f64> {
        let blocks = self.sums.len() as f64;
        if blocks < 2.0 {
            return None;
        }
        let without: Vec<f64> = self.sums.values().map(|sum| all.without(*sum).mean()).collect();
        let centre = without.iter().sum::<f64>() / blocks;
        let squares: f64 = without.iter().map(|mean| (mean - centre).powi(2)).sum();
        let error = ((blocks - 1.0) / blocks * squares).sqrt();
        (error > 1e-9).then_some(error)
    }
}

/// Wilson's score interval of a share.
pub(super) fn wilson(share: f64, count: f64, tail: f64) -> (f64, f64) {
    let z = Normal::standard().inverse_cdf(tail);
    let scale = 1.0 + z * z / count;
    let centre = (share + z * z / (2.0 * count)) / scale;
    let reach = z / scale * (share * (1.0 - share) / count + z * z / (4.0 * count * count)).sqrt();
    (centre - reach, centre + reach)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(values: &[(u32, f64)]) -> Blocks {
        let mut blocks = Blocks::default();
        for (second, quality) in values {
            blocks.add(*second, *quality);
        }
        blocks
    }

    #[test]
    fn the_interval_is_that_of_the_jackknife() {
        // Three blocks of one turn each: the jackknife of a mean is its standard error, here sqrt(1/12 / 3) = 1/6.
        let (mean, low, high) = blocks(&[(0, 0.0), (1, 0.5), (2, 0.5)])
            .mean_with_interval(0.95)
            .unwrap();
        let reach = 4.302_652_729_7 / 6.0; // t with 2 degrees of freedom
        assert!((mean - 1.0 / 3.0).abs() < 1e-6);
        assert_eq!(low, 0.0);
        assert!((high - (1.0_f64 / 3.0 + reach).min(1.0)).abs() < 1e-6);
        let (_, low, high) = blocks(&[(0, 0.4), (1, 0.5), (2, 0.6)])
            .mean_with_interval(0.95)
            .unwrap();
        let reach = 4.302_652_729_7 * 0.1 / 3.0_f64.sqrt();
        assert!((low - (0.5 - reach)).abs() < 1e-5 && (high - (0.5 + reach)).abs() < 1e-5);
    }

    #[test]
    fn blocks_that_are_alike_do_not_make_it_certain() {
        let perfect: Vec<(u32, f64)> = (0..20).map(|second| (second, 1.0)).collect();
        let (mean, low, high) = blocks(&perfect).mean_with_interval(0.95).unwrap();
        assert_eq!((mean, high), (1.0, 1.0));
        assert!((low - 0.838_87).abs() < 1e-4, "{low}"); // Wilson, 20 of 20
        let (_, low, high) = blocks(&[(5, 1.0), (5, 0.0)]).mean_with_interval(0.95).unwrap();
        assert!(low < 0.1 && high > 0.9);
        assert_eq!(Blocks::default().mean_with_interval(0.95), None);
    }

    #[test]
    fn slow_swings_make_it_wider_than_noise_does() {
        let swings: Vec<(u32, f64)> = (0..640).map(|second| (second, f64::from(second / 160 % 2))).collect();
        let noise: Vec<(u32, f64)> = (0..640).map(|second| (second, f64::from(second % 2))).collect();
        let width = |values: &[(u32, f64)]| {
            let (_, low, high) = blocks(values).mean_with_interval(0.95).unwrap();
            high - low
        };
        assert!(
            width(&swings) > 2.0 * width(&noise),
            "{} {}",
            width(&swings),
            width(&noise)
        );
    }

    #[test]
    fn a_long_run_keeps_few_blocks() {
        let day: Vec<(u32, f64)> = (0..86_400).step_by(7).map(|second| (second, 1.0)).collect();
        let blocks = blocks(&day);
        assert!(blocks.sums.len() <= MOST as usize);
        assert_eq!(blocks.doublings, 11);
    }
}
