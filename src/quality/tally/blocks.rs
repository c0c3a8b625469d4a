//! A mean with an interval that knows that neighbours in time are alike: quality falls and rises with the load.
//!
//! Turns are added up in at most [`MOST`] blocks of time. How far the mean may be off by chance, given the course of the
//! load, [`chance`](super::chance) says. One block, or blocks that are all alike, say nothing of that: there it is Wilson's
//! interval of all turns, which is wide enough for any quality between 0 and 1 with this mean.

use std::collections::BTreeMap;

use statrs::distribution::{ContinuousCDF, Normal};

use super::chance::Ratio;

/// The most blocks that are kept.
const MOST: u32 = 64;

/// Qualities are added up in millionths, as whole numbers, so that a sum does not depend on its order.
const MILLIONTHS: f64 = 1e6;

/// Less than this is what counting in millionths leaves of blocks that are all alike.
const LEAST_REACH: f64 = 1e-8;

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
        let parts = self.sums.values().map(|sum| (sum.total(), sum.count as f64));
        let blocks = Ratio {
            blocks: parts.collect(),
        };
        let reach = blocks.reach(tail);
        let (low, high) = match reach > LEAST_REACH {
            true => (mean - reach, mean + reach),
            false => wilson(mean, all.count as f64, tail),
        };
        Some((mean, low.max(0.0), high.min(1.0)))
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
    use statrs::distribution::StudentsT;

    use super::*;

    fn blocks(values: &[(u32, f64)]) -> Blocks {
        let mut blocks = Blocks::default();
        for (second, quality) in values {
            blocks.add(*second, *quality);
        }
        blocks
    }

    #[test]
    fn the_interval_is_that_of_successive_differences() {
        // Differences 0.1 / 3 and -0.1 / 3 of three blocks, which are 1.6 degrees of freedom.
        let (mean, low, high) = blocks(&[(0, 0.5), (1, 0.6), (2, 0.5)])
            .mean_with_interval(0.95)
            .unwrap();
        let student = StudentsT::new(0.0, 1.0, 1.6).unwrap().inverse_cdf(0.975);
        let reach = student * 0.1 / 3.0 * 1.5_f64.sqrt();
        assert!((mean - 1.6 / 3.0).abs() < 1e-6);
        assert!(
            (mean - reach - low).abs() < 1e-5 && (mean + reach - high).abs() < 1e-5,
            "{low} {high} {reach}"
        );
        let (_, low, high) = blocks(&[(0, 0.0), (1, 1.0), (2, 0.0)])
            .mean_with_interval(0.95)
            .unwrap();
        assert_eq!((low, high), (0.0, 1.0));
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
    fn chance_that_lasts_makes_it_wider_and_a_course_does_not() {
        let width = |quality: fn(u32) -> f64| {
            let values: Vec<(u32, f64)> = (0..64).map(|second| (second, quality(second))).collect();
            let (_, low, high) = blocks(&values).mean_with_interval(0.95).unwrap();
            high - low
        };
        let noise = width(|second| 0.5 + 0.1 * f64::from(second % 2));
        let lasting = width(|second| 0.5 + 0.1 * f64::from(second / 2 % 2));
        let course = width(|second| 0.9 - 0.01 * f64::from(second) + 0.1 * f64::from(second % 2));
        assert!(lasting > 1.3 * noise, "{lasting} {noise}");
        assert!((course / noise - 1.0).abs() < 0.1, "{course} {noise}");
    }

    #[test]
    fn a_long_run_keeps_few_blocks() {
        let day: Vec<(u32, f64)> = (0..86_400).step_by(7).map(|second| (second, 1.0)).collect();
        let blocks = blocks(&day);
        assert!(blocks.sums.len() <= MOST as usize);
        assert_eq!(blocks.doublings, 11);
    }
}
