//! Weights of runs, each with one for every class that a text may be of.

use super::super::hashed::Hashed;

/// The key of what every text has; no run has it but by a chance of one in 2³².
pub(super) const BIAS: u32 = 0;

/// What a text's runs speak for, of `N` classes. Unit: hundredths.
pub(super) struct Weights<const N: usize>(Hashed<[i8; N]>);

impl<const N: usize> Weights<N> {
    /// Of a file: a key (u32, little-endian) and its weights after each other, by rising key.
    pub(super) fn read(file: &[u8]) -> Weights<N> {
        let record = |record: &[u8]| {
            let (key, weights) = record.split_first_chunk::<{ size_of::<u32>() }>()?;
            let weights: &[u8; N] = weights.try_into().ok()?;
            Some((u64::from(u32::from_le_bytes(*key)), weights.map(u8::cast_signed)))
        };
        Weights(file.chunks_exact(size_of::<u32>() + N).filter_map(record).collect())
    }

    /// `w·x + b` of the counts `x` of these keys, of length about 1: what was learnt from lies at 1 and beyond where it is of a class, else
    /// at -1.
    pub(super) fn scores(&self, keys: &[u32]) -> [f64; N] {
        let of = |key: &u32| self.0.get(&u64::from(*key)).copied().unwrap_or([0; N]);
        let mut sums = [0i32; N];
        for weights in keys.iter().map(of) {
            sums.iter_mut()
                .zip(weights)
                .for_each(|(sum, weight)| *sum += i32::from(weight));
        }
        let (bias, share) = (of(&BIAS), share(keys));
        std::array::from_fn(|class| (f64::from(sums[class]) * share + f64::from(bias[class])) / 100.0)
    }
}

/// What each of a text's runs counts for: so much that a text of many is no longer than one of few.
pub(super) fn share(keys: &[u32]) -> f64 {
    1.0 / (keys.len() as f64).sqrt()
}

/// A run of neighbours, begun.
pub(super) fn run(first: u64) -> u64 {
    crate::conversation::scramble(first)
}

/// The run with its next neighbour.
pub(super) fn joined(run: u64, next: u64) -> u64 {
    crate::conversation::scramble(run.wrapping_add(next))
}

pub(super) fn key(run: u64) -> u32 {
    (run >> 32) as u32
}
