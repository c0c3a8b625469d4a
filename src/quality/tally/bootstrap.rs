//! Poisson bootstrap over blocks of time (Chamandy, Muralidharan, Najmi and Naidu, Estimating uncertainty for massive
//! data streams, 2012): in each of [`REPLICATES`] replicates every block counts Poisson(1) times. The weights come from a
//! hash of (seed, phase, replicate, block), so they repeat and depend on no order.
//!
//! A queue remembers, for a time that nobody knows beforehand, so neighbouring blocks are alike and blocks that are too
//! short make an interval too narrow. Therefore the blocks are joined two by two, as long as enough are left, and the
//! widest interval stands.

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

use crate::conversation::scramble;

/// How often the blocks are drawn.
const REPLICATES: usize = 1_000;

/// Fewer blocks with data than this say nothing of the spread.
const LEAST_BLOCKS: f64 = 3.0;

/// Joining blocks leaves at least so many.
const LEAST_JOINED: usize = 6;

/// How often each block of a phase counts, replicate by replicate.
pub(super) struct Weights {
    blocks: usize,
    weights: Vec<u8>,
}

impl Weights {
    pub(super) fn draw(seed: u64, phase: u16, blocks: usize) -> Weights {
        let stream = scramble(seed ^ scramble(u64::from(phase)));
        let draws = 0..(REPLICATES * blocks) as u64;
        Weights {
            blocks,
            weights: draws.map(|draw| poisson(scramble(stream.wrapping_add(draw)))).collect(),
        }
    }

    fn replicates(&self) -> impl Iterator<Item = &[u8]> {
        self.weights.chunks_exact(self.blocks)
    }
}

/// The Poisson(1) number that belongs to a uniformly distributed one, by inversion.
fn poisson(uniform: u64) -> u8 {
    let target = uniform as f64 / u64::MAX as f64;
    let (mut number, mut chance) = (0, (-1.0_f64).exp());
    let mut below = chance;
    while below < target && number < 20 {
        number += 1;
        chance /= f64::from(number);
        below += chance;
    }
    number
}

/// A ratio of sums over the blocks of a phase; of each block what it adds above and below the line.
pub(super) struct Ratio {
    pub(super) blocks: Vec<(f64, f64)>,
}

impl Ratio {
    /// Of all blocks once.
    pub(super) fn value(&self) -> f64 {
        let (above, below) = self
            .blocks
            .iter()
            .fold((0.0, 0.0), |(above, below), block| (above + block.0, below + block.1));
        above / below
    }

    /// As many blocks of the same size as would tell as much (Kish 1965).
    fn effective_blocks(&self) -> f64 {
        let (sum, squares) = self.blocks.iter().fold((0.0, 0.0), |(sum, squares), (_, below)| {
            (sum + below, squares + below * below)
        });
        sum * sum / squares
    }

    /// The same with blocks twice as long; absent where too few would be left. An odd last block joins the last two.
    fn joined(&self) -> Option<Ratio> {
        let count = self.blocks.len() / 2;
        let mut blocks = vec![(0.0, 0.0); count];
        for (place, block) in self.blocks.iter().enumerate() {
            let joined = blocks.get_mut((place / 2).min(count.saturating_sub(1)))?;
            *joined = (joined.0 + block.0, joined.1 + block.1);
        }
        (count >= LEAST_JOINED).then_some(Ratio { blocks })
    }

    /// How far each replicate lies from the value. Few blocks vary too little, by (n - 1) / n of the variance, for which
    /// this makes up. A replicate without any turn says nothing: 0.
    fn deviations(&self, weights: &Weights, effective: f64) -> Vec<f64> {
        let value = self.value();
        let widened = (effective / (effective - 1.0)).sqrt();
        let deviation = |weights: &[u8]| {
            let (above, below) = self
                .blocks
                .iter()
                .zip(weights)
                .fold((0.0, 0.0), |(above, below), (block, weight)| {
                    (
                        above + block.0 * f64::from(*weight),
                        below + block.1 * f64::from(*weight),
                    )
                });
            if below > 0.0 {
                widened * (above / below - value)
            } else {
                0.0
            }
        };
        weights.replicates().map(deviation).collect()
    }
}

/// How far the difference of two ratios reaches below and above itself at this confidence; absent where either has too few
/// blocks with data.
pub(super) fn reach(one: (&Ratio, &Weights), other: (&Ratio, &Weights), confidence: f64) -> Option<(f64, f64)> {
    let widest = reach_of_blocks(one, other, confidence)?;
    let joined = match (one.0.joined(), other.0.joined()) {
        (None, None) => None,
        (first, second) => reach(
            (first.as_ref().unwrap_or(one.0), one.1),
            (second.as_ref().unwrap_or(other.0), other.1),
            confidence,
        ),
    };
    let (below, above) = joined.unwrap_or_default();
    Some((widest.0.max(below), widest.1.max(above)))
}

/// The same with blocks as they are.
///
/// The expanded percentile interval (Hesterberg, What teachers should know about the bootstrap, 2015, section 4.2): the
/// percentiles of the replicates, stretched by Student's t over the normal, with the degrees of freedom that
/// Satterthwaite gives two samples of so many blocks.
fn reach_of_blocks(one: (&Ratio, &Weights), other: (&Ratio, &Weights), confidence: f64) -> Option<(f64, f64)> {
    let (ones, others) = (one.0.effective_blocks(), other.0.effective_blocks());
    if ones.is_nan() || others.is_nan() || ones.min(others) < LEAST_BLOCKS {
        return None;
    }
    let (first, second) = (one.0.deviations(one.1, ones), other.0.deviations(other.1, others));
    let tail = f64::midpoint(1.0, confidence);
    let stretch = stretch((variance(&first), ones - 1.0), (variance(&second), others - 1.0), tail);
    let mut all: Vec<f64> = first.iter().zip(&second).map(|(one, other)| one - other).collect();
    all.sort_unstable_by(f64::total_cmp);
    let at = |share: f64| all[((share * all.len() as f64) as usize).min(all.len() - 1)];
    Some(((-stretch * at(1.0 - tail)).max(0.0), (stretch * at(tail)).max(0.0)))
}

fn variance(deviations: &[f64]) -> f64 {
    deviations.iter().map(|deviation| deviation * deviation).sum::<f64>() / deviations.len() as f64
}

/// Student's t over the normal for two variances with their degrees of freedom.
fn stretch(one: (f64, f64), other: (f64, f64), tail: f64) -> f64 {
    let spread = one.0 * one.0 / one.1 + other.0 * other.0 / other.1;
    let freedom = (one.0 + other.0).powi(2) / spread;
    let student = StudentsT::new(0.0, 1.0, freedom).map(|t| t.inverse_cdf(tail));
    // Without any variance there is nothing to stretch.
    student.map_or(1.0, |t| t / Normal::standard().inverse_cdf(tail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_are_poisson_and_repeat() {
        let weights = Weights::draw(7, 1, 24);
        let (count, mut sum, mut squares) = (weights.weights.len() as f64, 0.0, 0.0);
        for weight in &weights.weights {
            sum += f64::from(*weight);
            squares += f64::from(*weight).powi(2);
        }
        let mean = sum / count;
        assert!((mean - 1.0).abs() < 0.02 && (squares / count - mean * mean - 1.0).abs() < 0.04);
        assert_eq!(weights.weights, Weights::draw(7, 1, 24).weights);
        assert_ne!(weights.weights, Weights::draw(7, 2, 24).weights);
        assert!(poisson(0) == 0 && poisson(u64::MAX) <= 20);
    }

    #[test]
    fn the_spread_of_a_mean_is_that_of_theory() {
        // 40 blocks of equal size and variance 1/4, pairs of them alike, against a constant.
        let blocks = (0..40).map(|block| (f64::from(block / 2 % 2), 1.0)).collect();
        let flat = Ratio {
            blocks: vec![(0.5, 1.0); 40],
        };
        let (one, other) = (Weights::draw(1, 1, 40), Weights::draw(1, 0, 40));
        let (below, above) = reach((&Ratio { blocks }, &one), (&flat, &other), 0.95).unwrap();
        // Joined two by two they differ as much and are twenty: t with 19 degrees of freedom reaches 2.093.
        let theory = 2.093 * (20.0_f64 / 19.0 / 4.0 / 20.0).sqrt();
        for reach in [below, above] {
            assert!((reach / theory - 1.0).abs() < 0.15, "{reach} {theory}");
        }
    }

    #[test]
    fn few_blocks_say_nothing_and_blocks_alike_reach_nowhere() {
        let flat = |blocks| Ratio {
            blocks: vec![(0.5, 1.0); blocks],
        };
        let weights = Weights::draw(1, 0, 8);
        assert_eq!(reach((&flat(2), &weights), (&flat(8), &weights), 0.95), None);
        assert_eq!(reach((&flat(0), &weights), (&flat(8), &weights), 0.95), None);
        assert_eq!(
            reach((&flat(8), &weights), (&flat(8), &weights), 0.95),
            Some((0.0, 0.0))
        );
    }
}
