//! Chance that repeats: what is drawn for a message depends on the seed, the message and the purpose, never on the order
//! in which messages come.

use std::time::Duration;

use rand::rngs::ChaCha12Rng;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, LogNormal};

use crate::conversation::scramble;
use crate::scenario::Spread;

/// No single draw of a time is longer.
const LONGEST: Duration = Duration::from_secs(600);

/// What something is drawn for. The numbers are part of what repeats: never reuse one.
#[derive(Debug, Clone, Copy)]
pub(super) enum Purpose {
    /// A fault that happens at any time.
    Fault = 1,
    /// What becomes of a message of an overrun bot.
    Overload = 2,
    /// A fault of a strained bot.
    Strain = 3,
    /// How long the work takes.
    Service = 4,
    /// Which wording is used.
    Wording = 5,
    /// Which fact is told wrong.
    Fact = 6,
    /// The id of a conversation.
    Conversation = 7,
    /// Which other topic is answered about.
    Topic = 8,
    /// In which form an answer goes wrong.
    Form = 9,
    /// Whose personal data is told.
    Stranger = 10,
    /// Where an answer is cut.
    Cut = 11,
    /// Which other intent is told.
    Intent = 12,
}

/// The chance of one message.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chance {
    seed: u64,
    message: u64,
}

impl Chance {
    /// The chance of the message with this key.
    pub(super) fn new(seed: u64, message: u64) -> Chance {
        Chance { seed, message }
    }

    /// A number from 0 up to, not including, 1.
    pub(super) fn share(self, purpose: Purpose) -> f64 {
        self.rng(purpose).random()
    }

    /// Any number.
    pub(super) fn number(self, purpose: Purpose) -> u128 {
        self.rng(purpose).random()
    }

    /// One of `items`, unless there are none.
    pub(super) fn pick<T>(self, purpose: Purpose, items: &[T]) -> Option<&T> {
        (!items.is_empty()).then(|| &items[self.rng(purpose).random_range(0..items.len())])
    }

    /// A time from `spread`, at most ten minutes.
    pub(super) fn time(self, purpose: Purpose, spread: Spread) -> Duration {
        let median = spread.median.get();
        match LogNormal::new(median.as_secs_f64().ln(), spread.sigma) {
            Ok(lognormal) if spread.sigma > 0.0 && !median.is_zero() => {
                let seconds = lognormal.sample(&mut self.rng(purpose));
                Duration::try_from_secs_f64(seconds).unwrap_or(LONGEST).min(LONGEST)
            }
            _ => median.min(LONGEST),
        }
    }

    fn rng(self, purpose: Purpose) -> ChaCha12Rng {
        ChaCha12Rng::seed_from_u64(scramble(scramble(scramble(self.seed) ^ self.message) ^ purpose as u64))
    }
}

/// A key for a text: FNV-1a, then mixed. The same on every machine and in every version.
pub(super) fn key_of(text: &str) -> u64 {
    scramble(text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Span;

    #[test]
    fn a_message_draws_the_same_again_and_another_purpose_or_seed_draws_otherwise() {
        let chance = Chance::new(1, 42);
        assert_eq!(chance.share(Purpose::Fault), chance.share(Purpose::Fault));
        assert_ne!(chance.share(Purpose::Fault), chance.share(Purpose::Service));
        assert_ne!(chance.share(Purpose::Fault), Chance::new(2, 42).share(Purpose::Fault));
        assert_ne!(chance.share(Purpose::Fault), Chance::new(1, 43).share(Purpose::Fault));
    }

    #[test]
    fn half_of_the_times_are_shorter_than_the_median() {
        let spread = Spread::lognormal(Span::seconds(2.0), 0.8);
        let shorter = (0..2_000)
            .filter(|message| Chance::new(7, *message).time(Purpose::Service, spread) < Duration::from_secs(2))
            .count();
        assert!((900..1_100).contains(&shorter), "{shorter} of 2000");
    }

    #[test]
    fn a_spread_without_width_or_without_length_is_its_median() {
        let chance = Chance::new(1, 1);
        for (median, sigma) in [(3.0, 0.0), (0.0, 0.5), (0.0, 0.0), (3.0, f64::NAN)] {
            let time = chance.time(Purpose::Service, Spread::lognormal(Span::seconds(median), sigma));
            assert_eq!(time, Duration::from_secs_f64(median), "sigma {sigma}");
        }
    }
}
