//! The one home of chance: every draw is a pure function of (run seed, customer, turn, purpose).
//!
//! No generator is ever shared or kept, so neither shards nor the order in which conversations interleave can change
//! what a customer does. [`generator`] gives a ChaCha12 stream for what draws millions of numbers (arrivals); [`draws`]
//! gives a splitmix64 stream, whose key is its whole state, for the handful of draws that a customer makes in a turn.

use std::convert::Infallible;
use std::time::Duration;

use rand::rngs::ChaCha12Rng;
use rand::{Rng, SeedableRng, TryRng};
use rand_distr::{Distribution, StandardNormal};

use crate::conversation::scramble;
use crate::scenario::Spread;

/// What a draw is for. Draws of different purposes are independent of each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The gaps between arrivals.
    Arrivals = 1,
    /// Which persona, goal and channel a customer has.
    Mix,
    /// A customer's name, address and the like.
    Person,
    /// Which of several wordings is said.
    Wording,
    /// Bursts, gaps and slips.
    Typing,
    /// How long a customer thinks.
    Thinking,
    /// How long a customer waits.
    Patience,
    /// "Are you there?"
    Nudge,
    /// Whether there is a last word, and which.
    Farewell,
    /// Whether a model plays the customer, and its own chance.
    Role,
    /// Whether a customer goes on on another channel, and how long it takes them.
    Switch,
}

/// A long stream of chance: value-stable by contract (ChaCha12).
pub(super) fn generator(seed: u64, customer: u64, turn: u16, purpose: Purpose) -> ChaCha12Rng {
    ChaCha12Rng::seed_from_u64(key(seed, customer, turn, purpose))
}

/// A short stream of chance that costs nothing to begin.
pub(super) fn draws(seed: u64, customer: u64, turn: u16, purpose: Purpose) -> Draws {
    Draws {
        state: key(seed, customer, turn, purpose),
    }
}

fn key(seed: u64, customer: u64, turn: u16, purpose: Purpose) -> u64 {
    let turn_and_purpose = u64::from(turn) << 8 | purpose as u64;
    scramble(scramble(scramble(seed) ^ customer) ^ turn_and_purpose)
}

const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// A splitmix64 stream.
#[derive(Debug, Clone)]
pub(super) struct Draws {
    state: u64,
}

impl Draws {
    /// A number from 0 to below 1, in steps of 2^-53.
    pub(super) fn unit(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// True with this chance.
    pub(super) fn happens(&mut self, chance: f64) -> bool {
        self.unit() < chance
    }

    /// A whole number below `limit`; 0 when `limit` is 0.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        let wide = u128::from(self.next_u64()) * limit as u128;
        (wide >> 64) as usize
    }

    /// One of these; absent when there are none.
    pub(super) fn pick<'a, T>(&mut self, choices: &'a [T]) -> Option<&'a T> {
        choices.get(self.below(choices.len()))
    }

    /// A place in `weights`, each as likely as its weight is large; 0 when none is above 0.
    pub(super) fn weighted(&mut self, weights: &[f64]) -> usize {
        let total: f64 = weights.iter().sum();
        let mut left = self.unit() * total;
        for (place, weight) in weights.iter().enumerate() {
            if left < *weight {
                return place;
            }
            left -= weight;
        }
        weights.iter().rposition(|weight| *weight > 0.0).unwrap_or(0)
    }

    /// A time from a lognormal distribution.
    pub(super) fn spread(&mut self, spread: &Spread) -> Duration {
        let normal: f64 = StandardNormal.sample(self);
        moment(spread.median.get().as_secs_f64() * (spread.sigma * normal).exp())
    }
}

impl TryRng for Draws {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.next_u64() >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let next = scramble(self.state);
        self.state = self.state.wrapping_add(GOLDEN);
        Ok(next)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.next_u64().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

/// A length of time in whole microseconds. Machines may differ in the last bit of `exp` or `sin`; rounding hides that.
/// Negative and not-a-number count as 0.
pub(super) fn moment(seconds: f64) -> Duration {
    Duration::from_micros((seconds * 1e6).round() as u64)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::scenario::Span;

    #[test]
    fn streams_repeat_and_differ_by_seed_customer_turn_and_purpose() {
        let first = |seed, customer, turn, purpose| draws(seed, customer, turn, purpose).next_u64();
        assert_eq!(first(1, 2, 3, Purpose::Typing), first(1, 2, 3, Purpose::Typing));
        let mut seen = HashSet::new();
        for seed in 0..5 {
            for customer in 0..5 {
                for turn in 0..5 {
                    for purpose in [Purpose::Mix, Purpose::Typing, Purpose::Patience] {
                        assert!(seen.insert(first(seed, customer, turn, purpose)));
                    }
                }
            }
        }
    }

    #[test]
    fn streams_stay_what_they_are_from_release_to_release() {
        assert_eq!(draws(1, 2, 3, Purpose::Wording).next_u64(), 4_750_081_387_109_693_030);
        assert_eq!(
            generator(1, 2, 3, Purpose::Arrivals).next_u64(),
            12_521_571_708_444_385_568
        );
    }

    #[test]
    fn weights_are_kept_and_nothing_without_weight_is_drawn() {
        let mut counts = [0u32; 4];
        for customer in 0..100_000 {
            counts[draws(7, customer, 1, Purpose::Typing).weighted(&[0.6, 0.3, 0.0, 0.1])] += 1;
        }
        for (count, expected) in counts.iter().zip([60_000.0, 30_000.0, 0.0, 10_000.0]) {
            assert!((f64::from(*count) - expected).abs() < 600.0, "{counts:?}");
        }
        assert_eq!(draws(1, 1, 1, Purpose::Mix).weighted(&[]), 0);
        assert_eq!(draws(1, 1, 1, Purpose::Mix).weighted(&[0.0, 0.0]), 0);
    }

    #[test]
    fn half_of_a_spread_lies_below_its_median() {
        let spread = Spread::lognormal(Span::seconds(9.0), 0.9);
        let times: Vec<Duration> = (0..20_000)
            .map(|customer| draws(3, customer, 1, Purpose::Thinking).spread(&spread))
            .collect();
        let below = |limit: f64| times.iter().filter(|time| time.as_secs_f64() < limit).count();
        assert!((9_700..10_300).contains(&below(9.0)), "{}", below(9.0));
        // One standard deviation of the logarithm above the median lies the 84th percentile.
        let high = below(9.0 * 0.9f64.exp());
        assert!((16_600..17_050).contains(&high), "{high}");
        let fixed = Spread::lognormal(Span::seconds(2.0), 0.0);
        assert_eq!(draws(1, 1, 1, Purpose::Thinking).spread(&fixed), Duration::from_secs(2));
    }
}
