//! How far a ratio of sums over blocks of time may be off by chance, given the course of the load.
//!
//! Under load a phase has a course: the queue fills, and later questions are missed. A rerun takes the same course, so it
//! is no chance, and how much the blocks of time differ says nothing. What is left from one block to the next does: the
//! variance from successive differences, as of a systematic sample (von Neumann 1941; Wolter, Introduction to Variance
//! Estimation, 2007, section 8.2; as replicate weights, Fay and Train 1995). With B blocks, block i adding x_i above the
//! line and n_i below, their sums X and N,
//!
//! ```text
//!  u_i = (x_i - X / N n_i) / N     d_i = u_i - u_(i-1)     variance of X / N = B / (B - 1) / 2 * sum d_i^2
//! ```
//!
//! Chance that lasts makes neighbours alike and hides from their differences, but not from how these follow each other:
//! where blocks are an autoregression with correlation r, neighbouring differences are correlated by (r - 1) / 2, and the
//! variance is (1 + r) / (1 - r)^2 times what they say. So r is read off the differences ([`memory`]). A leap, as when the
//! bot breaks, is beyond what the others say of r, and counts as it is.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// With fewer differences than this they do not say how long chance lasts.
const LEAST_DIFFERENCES: usize = 7;

/// Neighbouring blocks are taken to be correlated by at most so much. What is more alike is a course, or cannot be told
/// from one.
const MOST_MEMORY: f64 = 0.6;

/// A difference beyond so many times their mean size is a leap.
const LEAP: f64 = 2.0;

/// A ratio of sums over the blocks of a phase; of each block what it adds above and below the line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ratio {
    pub(super) blocks: Vec<(f64, f64)>,
}

impl Ratio {
    fn sums(&self) -> (f64, f64) {
        let add = |sums: (f64, f64), block: &(f64, f64)| (sums.0 + block.0, sums.1 + block.1);
        self.blocks.iter().fold((0.0, 0.0), add)
    }

    /// As many blocks of the same size as would tell as much (Kish 1965); 0 without any.
    pub(super) fn effective_blocks(&self) -> f64 {
        let squares: f64 = self.blocks.iter().map(|(_, below)| below * below).sum();
        match squares > 0.0 {
            true => self.sums().1.powi(2) / squares,
            false => 0.0,
        }
    }

    /// How far the ratio reaches to either side at this tail (0.975 for 95 %): Student's t times the standard error.
    /// 0 where all blocks are alike, and where there is only one.
    pub(super) fn reach(&self, tail: f64) -> f64 {
        let error = self.variance().sqrt();
        let student = StudentsT::new(0.0, 1.0, freedom(self.effective_blocks()));
        match error > 0.0 {
            true => student.map_or(f64::INFINITY, |t| t.inverse_cdf(tail)) * error,
            false => 0.0,
        }
    }

    fn variance(&self) -> f64 {
        let (above, below) = self.sums();
        let of_block = |block: &&(f64, f64)| block.1 > 0.0;
        let parts: Vec<f64> = self
            .blocks
            .iter()
            .filter(of_block)
            .map(|block| (block.0 - above / below * block.1) / below)
            .collect();
        let differences: Vec<f64> = parts.windows(2).map(|pair| pair[1] - pair[0]).collect();
        if differences.is_empty() {
            return 0.0;
        }
        let count = differences.len() as f64;
        let leap = LEAP * differences.iter().map(|difference| difference.abs()).sum::<f64>() / count;
        let steady: Vec<f64> = differences.iter().map(|one| one.clamp(-leap, leap)).collect();
        let memory = memory(&steady);
        let hidden = (1.0 + memory) / (1.0 - memory).powi(2) - 1.0;
        (squares(&differences) + hidden * squares(&steady)) / 2.0 * parts.len() as f64 / count
    }
}

/// How alike neighbouring blocks are, from their differences: 0 to [`MOST_MEMORY`].
///
/// The parabola that fits them best is a smooth course and left out.
fn memory(differences: &[f64]) -> f64 {
    if differences.len() < LEAST_DIFFERENCES {
        return 0.0;
    }
    let rest = without_parabola(differences);
    let products: f64 = rest.windows(2).map(|pair| pair[0] * pair[1]).sum();
    let squares = squares(&rest);
    match squares > 0.0 {
        true => (1.0 + 2.0 * products / squares).clamp(0.0, MOST_MEMORY),
        false => 0.0,
    }
}

/// What the parabola that fits best (least squares) leaves.
fn without_parabola(values: &[f64]) -> Vec<f64> {
    let count = values.len() as f64;
    let places = || (0..values.len()).map(|place| place as f64 - (count - 1.0) / 2.0);
    // Orthogonal to each other.
    let shapes: [Vec<f64>; 3] = [
        vec![1.0; values.len()],
        places().collect(),
        places()
            .map(|place| place * place - (count * count - 1.0) / 12.0)
            .collect(),
    ];
    let mut rest = values.to_vec();
    for shape in shapes {
        let fit = rest.iter().zip(&shape).map(|(one, other)| one * other).sum::<f64>() / squares(&shape);
        rest.iter_mut()
            .zip(&shape)
            .for_each(|(rest, shape)| *rest -= fit * shape);
    }
    rest
}

fn squares(values: &[f64]) -> f64 {
    values.iter().map(|value| value * value).sum()
}

/// Degrees of freedom of the variance from successive differences of so many independent normal blocks: it is that of a
/// sum of squares of n differences, of which neighbours are correlated by -1/2 (von Neumann 1941).
fn freedom(blocks: f64) -> f64 {
    let differences = (blocks - 1.0).max(1.0);
    2.0 * differences * differences / (3.0 * differences - 1.0)
}

#[cfg(test)]
mod tests;
