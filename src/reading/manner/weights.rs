//! Weights of runs, each with one for every class that a text may be of.

use std::borrow::Cow;

/// The key of what every text has; no run has it but by a chance of one in 2³².
pub(super) const BIAS: u32 = 0;

/// How many of a key's bits say in which part of the file it is. Keys are hashes, so that a part holds a handful.
const PART_BITS: u32 = 14;
const KEY: usize = size_of::<u32>();

/// What a text's runs speak for, of `N` classes. Unit: hundredths.
///
/// Records are looked up where they lie in the program: tables of them would take longer to make than most runs look anything up.
pub(super) struct Weights<const N: usize> {
    /// A key (u32, little-endian) and its weights after each other, by rising key.
    records: Cow<'static, [u8]>,
    /// At which record each part begins, and behind the last one how many records there are.
    parts: Vec<u32>,
}

impl<const N: usize> Weights<N> {
    /// Of a file of records.
    pub(super) fn read(file: impl Into<Cow<'static, [u8]>>) -> Weights<N> {
        let records = file.into();
        let mut parts = Vec::with_capacity((1 << PART_BITS) + 1);
        for (place, record) in (0..).zip(records.chunks_exact(KEY + N)) {
            parts.resize(parts.len().max(part(key_of(record)) + 1), place);
        }
        let count = records.len() / (KEY + N);
        parts.resize((1 << PART_BITS) + 1, u32::try_from(count).unwrap_or(u32::MAX));
        Weights { records, parts }
    }

    fn of(&self, key: u32) -> [i8; N] {
        let part = part(key);
        let records = self.parts[part] as usize * (KEY + N)..self.parts[part + 1] as usize * (KEY + N);
        let mut records = self.records[records].chunks_exact(KEY + N);
        let found = records.find(|record| key_of(record) == key);
        let weights = found.and_then(|record| record[KEY..].first_chunk::<N>());
        weights.map_or([0; N], |weights| weights.map(u8::cast_signed))
    }

    /// `w·x + b` of the counts `x` of these keys, of length about 1: what was learnt from lies at 1 and beyond where it is of a class, else
    /// at -1.
    pub(super) fn scores(&self, keys: &[u32]) -> [f64; N] {
        let mut sums = [0i32; N];
        for weights in keys.iter().map(|key| self.of(*key)) {
            sums.iter_mut()
                .zip(weights)
                .for_each(|(sum, weight)| *sum += i32::from(weight));
        }
        let (bias, share) = (self.of(BIAS), share(keys));
        std::array::from_fn(|class| (f64::from(sums[class]) * share + f64::from(bias[class])) / 100.0)
    }
}

/// In which part of a file a key is.
fn part(key: u32) -> usize {
    (key >> (u32::BITS - PART_BITS)) as usize
}

fn key_of(record: &[u8]) -> u32 {
    record.first_chunk().map_or(0, |key| u32::from_le_bytes(*key))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_the_weights_of_its_record_and_no_other_key_any() {
        let keys = [0, 1, 1 << 18, (1 << 18) + 1, u32::MAX - 1, u32::MAX];
        let record = |(weight, key): (u8, &u32)| [key.to_le_bytes().as_slice(), &[weight, 255]].concat();
        let file: Vec<u8> = (1..).zip(&keys).flat_map(record).collect();
        let weights = Weights::<2>::read(file);
        for (weight, key) in (1..).zip(keys) {
            assert_eq!(weights.of(key), [weight, -1], "{key}");
        }
        for key in [2, (1 << 18) + 2, 1 << 30, u32::MAX - 2] {
            assert_eq!(weights.of(key), [0, 0], "{key}");
        }
        assert_eq!(Weights::<2>::read(Vec::new()).of(1), [0, 0]);
    }
}
