//! Phases of traffic as mathematics: rate, expected count, and when the expected count reaches a number.

use std::f64::consts::PI;
use std::time::Duration;

use crate::scenario::{Phase, Scenario};

/// One phase, with its rates scaled. Times within it are seconds from its start.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch {
    /// When it starts, from the run's start.
    pub(super) starts_at: Duration,
    /// How long it takes.
    pub(super) length: Duration,
    /// What comes in it.
    pub(super) shape: Shape,
}

/// What comes in a phase; rates are conversations a second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Shape {
    /// `rate`
    Steady { rate: f64 },
    /// `from + (to - from) t / length`
    Ramp { from: f64, to: f64 },
    /// `base + (peak - base) sin^2(pi t / length)`
    Spike { base: f64, peak: f64 },
    /// Exactly this many, evenly spread.
    Burst { count: u64 },
}

/// The phases of a scenario, one after the other.
///
/// "The rate before" a ramp or spike is what the last hold, ramp or spike ended with, 0 at the start. A spike ends at its
/// base. Bursts and quiet phases leave it alone: a ramp after a quiet phase starts from the rate before the quiet.
pub(super) fn stretches(scenario: &Scenario) -> Vec<Stretch> {
    let scale = scenario.scale;
    let (mut before, mut starts_at) = (0.0, Duration::ZERO);
    let phases = scenario.file.traffic.phases.iter();
    phases
        .map(|phase| {
            let shape = match phase {
                Phase::Hold(hold) => {
                    before = hold.rate.get() * scale;
                    Shape::Steady { rate: before }
                }
                Phase::Ramp(ramp) => {
                    let from = std::mem::replace(&mut before, ramp.to.get() * scale);
                    Shape::Ramp { from, to: before }
                }
                Phase::Spike(spike) => Shape::Spike {
                    base: before,
                    peak: spike.peak.get() * scale,
                },
                Phase::Burst(burst) => Shape::Burst {
                    count: (burst.at_once as f64 * scale).round() as u64,
                },
                // In a closed workload nobody is due: each comes when another has left.
                Phase::Quiet(_) | Phase::Keep(_) | Phase::Shift(_) => Shape::Steady { rate: 0.0 },
            };
            let stretch = Stretch {
                starts_at,
                length: phase.length(),
                shape,
            };
            starts_at += stretch.length;
            stretch
        })
        .collect()
}

impl Stretch {
    fn seconds(&self) -> f64 {
        self.length.as_secs_f64()
    }

    /// Conversations a second, `at` seconds after the phase's start.
    pub(super) fn rate(&self, at: f64) -> f64 {
        let length = self.seconds();
        match self.shape {
            Shape::Steady { rate } => rate,
            Shape::Ramp { from, to } => from + (to - from) * at / length,
            Shape::Spike { base, peak } => base + (peak - base) * (PI * at / length).sin().powi(2),
            Shape::Burst { count } => count as f64 / length,
        }
    }

    /// Conversations expected from the phase's start until `at` seconds after it: the integral of [`Self::rate`].
    pub(super) fn count(&self, at: f64) -> f64 {
        let length = self.seconds();
        match self.shape {
            Shape::Steady { rate } => rate * at,
            Shape::Ramp { from, to } => from * at + (to - from) * at * at / (2.0 * length),
            Shape::Spike { base, peak } => {
                let turn = 2.0 * PI / length;
                base * at + (peak - base) / 2.0 * (at - (turn * at).sin() / turn)
            }
            Shape::Burst { count } => count as f64 * at / length,
        }
    }

    /// Conversations expected in the whole phase.
    pub(super) fn total(&self) -> f64 {
        match self.shape {
            Shape::Burst { count } => count as f64,
            _ if self.length.is_zero() => 0.0,
            _ => self.count(self.seconds()),
        }
    }

    /// Seconds after the phase's start at which [`Self::count`] reaches `count`, which is below [`Self::total`].
    pub(super) fn when(&self, count: f64) -> f64 {
        let length = self.seconds();
        let at = match self.shape {
            Shape::Steady { rate } => count / rate,
            Shape::Ramp { from, to } => {
                // The root of the quadratic in the form that neither cancels nor divides by a slope of 0.
                let slope = (to - from) / length;
                let root = (from * from + 2.0 * slope * count).max(0.0).sqrt();
                2.0 * count / (from + root)
            }
            Shape::Spike { .. } => self.solve(count),
            Shape::Burst { count: all } => count / all as f64 * length,
        };
        if at.is_finite() { at.clamp(0.0, length) } else { 0.0 }
    }

    /// Newton's method within a shrinking bracket: where a step leaves the bracket (near a rate of 0), the bracket is
    /// halved instead. Accurate to well below a microsecond.
    fn solve(&self, count: f64) -> f64 {
        let (mut low, mut high) = (0.0, self.seconds());
        let mut at = high * count / self.total();
        for _ in 0..200 {
            let error = self.count(at) - count;
            if error > 0.0 {
                high = at;
            } else {
                low = at;
            }
            let newton = at - error / self.rate(at);
            let next = if newton > low && newton < high {
                newton
            } else {
                (low + high) / 2.0
            };
            let step = (next - at).abs();
            at = next;
            if step < 1e-9 {
                break;
            }
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stretch(seconds: f64, shape: Shape) -> Stretch {
        Stretch {
            starts_at: Duration::ZERO,
            length: Duration::from_secs_f64(seconds),
            shape,
        }
    }

    fn shapes() -> impl Strategy<Value = Shape> {
        let rate = || prop_oneof![Just(0.0), 0.01..2_000.0];
        prop_oneof![
            (0.01..2_000.0).prop_map(|rate| Shape::Steady { rate }),
            (rate(), rate()).prop_map(|(from, to)| Shape::Ramp { from, to }),
            (rate(), rate()).prop_map(|(base, peak)| Shape::Spike { base, peak }),
        ]
    }

    #[test]
    fn a_spike_rises_from_its_base_to_its_peak_and_falls_back() {
        let spike = stretch(
            10.0,
            Shape::Spike {
                base: 20.0,
                peak: 100.0,
            },
        );
        for (at, rate) in [(0.0, 20.0), (2.5, 60.0), (5.0, 100.0), (7.5, 60.0), (10.0, 20.0)] {
            assert!((spike.rate(at) - rate).abs() < 1e-9, "{at}");
        }
        assert!((spike.total() - 600.0).abs() < 1e-9);
        assert!((spike.when(300.0) - 5.0).abs() < 1e-8);
    }

    proptest! {
        #[test]
        fn the_count_is_the_integral_of_the_rate(shape in shapes(), seconds in 0.1..500.0, part in 0.0..1.0) {
            let stretch = stretch(seconds, shape);
            let until = seconds * part;
            let steps = 2_000;
            let width = until / f64::from(steps);
            let sum: f64 = (0..steps).map(|step| stretch.rate((f64::from(step) + 0.5) * width) * width).sum();
            prop_assert!((stretch.count(until) - sum).abs() <= 1e-4 * (1.0 + sum), "{} {sum}", stretch.count(until));
        }

        #[test]
        fn the_inverse_undoes_the_count_to_a_microsecond(shape in shapes(), seconds in 0.1..500.0, part in 0.001..0.999) {
            let stretch = stretch(seconds, shape);
            let at = seconds * part;
            // Where nearly nobody comes, time is not told by counting.
            prop_assume!(stretch.rate(at) > 0.01);
            let back = stretch.when(stretch.count(at));
            prop_assert!((back - at).abs() < 1e-6, "{at} {back}");
        }

        #[test]
        fn the_inverse_stays_inside_the_phase(shape in shapes(), seconds in 0.0..500.0, part in 0.0..1.0) {
            let stretch = stretch(seconds, shape);
            let at = stretch.when(stretch.total() * part);
            prop_assert!((0.0..=stretch.seconds()).contains(&at), "{at}");
        }
    }
}
