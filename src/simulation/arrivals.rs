//! When customers come, and which kind each one is.
//!
//! Poisson arrivals are exact: exponential gaps of mean 1 on the scale of expected counts, carried to the clock by the
//! inverse of the cumulative rate (Cinlar's time change). Nothing is thinned and no grid of time is involved, so the
//! cost is per arrival and the memory is constant.

use std::time::Duration;

use rand::rngs::ChaCha12Rng;
use rand_distr::{Distribution, Exp1};

use super::Arrival;
use super::intensity::{Shape, Stretch, stretches};
use super::seed::{Purpose, draws, generator, moment};
use crate::scenario::{Arrivals, Scenario};

/// The planned conversations in order of time: a pure function of traffic, mix, scale and seed.
///
/// Poisson and even arrivals run on through the phases; a burst's conversations come on top, exactly as many as it says
/// and evenly spread. An arrival lies inside its phase, the phase's end excluded.
pub fn arrivals(scenario: &Scenario) -> impl Iterator<Item = Arrival> + Send + use<> {
    let mut gaps = match scenario.file.traffic.arrivals.unwrap_or_default() {
        Arrivals::Poisson => Gaps::Exponential(Box::new(generator(scenario.file.seed, 0, 0, Purpose::Arrivals))),
        Arrivals::Even => Gaps::Even,
    };
    Calendar {
        stretches: stretches(scenario),
        place: 0,
        next_count: gaps.first(),
        burst_sent: 0,
        customer: 0,
        gaps,
        lots: Lots::new(scenario),
    }
}

/// Conversations a second that the scenario plans for this moment, scale included; 0 after the last phase.
pub fn rate_at(scenario: &Scenario, at: Duration) -> f64 {
    let stretches = stretches(scenario);
    let current = stretches
        .iter()
        .find(|stretch| at >= stretch.starts_at && at < stretch.starts_at + stretch.length);
    current.map_or(0.0, |stretch| {
        stretch.rate(at.saturating_sub(stretch.starts_at).as_secs_f64())
    })
}

/// Conversations expected in the phase with this place, scale included: the mean number for Poisson arrivals, the number
/// up to rounding for even ones, the exact number for a burst.
pub fn expected(scenario: &Scenario, phase: u16) -> f64 {
    stretches(scenario).get(usize::from(phase)).map_or(0.0, Stretch::total)
}

struct Calendar {
    stretches: Vec<Stretch>,
    /// Of the phase at hand.
    place: usize,
    /// The next arrival comes when the expected count reaches this, from the start of the phase at hand.
    next_count: f64,
    burst_sent: u64,
    customer: u64,
    gaps: Gaps,
    lots: Lots,
}

enum Gaps {
    Exponential(Box<ChaCha12Rng>),
    Even,
}

impl Gaps {
    fn first(&mut self) -> f64 {
        match self {
            Gaps::Exponential(_) => self.next(),
            Gaps::Even => 0.5,
        }
    }

    fn next(&mut self) -> f64 {
        match self {
            Gaps::Exponential(generator) => Exp1.sample(generator.as_mut()),
            Gaps::Even => 1.0,
        }
    }
}

impl Calendar {
    /// Seconds from the start of the phase at hand to its next arrival; absent when all have come.
    fn next_in(&mut self, stretch: &Stretch) -> Option<f64> {
        if let Shape::Burst { count } = stretch.shape {
            let place = self.burst_sent as f64 + 0.5;
            self.burst_sent += 1;
            return (self.burst_sent <= count).then(|| place / count as f64 * stretch.length.as_secs_f64());
        }
        let total = stretch.total();
        if self.next_count >= total {
            self.next_count -= total;
            return None;
        }
        let at = stretch.when(self.next_count);
        self.next_count += self.gaps.next();
        Some(at)
    }
}

impl Iterator for Calendar {
    type Item = Arrival;

    fn next(&mut self) -> Option<Arrival> {
        loop {
            let stretch = *self.stretches.get(self.place)?;
            let Some(at) = self.next_in(&stretch) else {
                self.place += 1;
                self.burst_sent = 0;
                continue;
            };
            let last = stretch.length.saturating_sub(Duration::from_micros(1));
            let customer = self.customer;
            self.customer += 1;
            let phase = u16::try_from(self.place).unwrap_or(u16::MAX);
            return Some(Arrival {
                customer,
                due_at: stretch.starts_at + moment(at).min(last),
                mix: self.lots.mix_of(customer, phase)?,
                phase,
            });
        }
    }
}

/// Draws persona, goal and channel for customers, by the shares of the mix.
pub(super) struct Lots {
    seed: u64,
    shares: Vec<f64>,
    /// Of each phase, where they differ.
    in_phases: Vec<Vec<f64>>,
}

impl Lots {
    pub(super) fn new(scenario: &Scenario) -> Lots {
        Lots {
            seed: scenario.file.seed,
            shares: scenario.mix.iter().map(|mix| mix.share).collect(),
            in_phases: scenario.phase_shares.clone(),
        }
    }

    /// The place in the scenario's mix of this customer, who comes in this phase; absent when the mix is empty.
    pub(super) fn mix_of(&self, customer: u64, phase: u16) -> Option<u16> {
        let shares = self.in_phases.get(usize::from(phase)).unwrap_or(&self.shares);
        let place = draws(self.seed, customer, 0, Purpose::Mix).weighted(shares);
        let place = (place < self.shares.len()).then_some(place)?;
        u16::try_from(place).ok()
    }
}

#[cfg(test)]
mod tests;
