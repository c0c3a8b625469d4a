//! From values to coordinates, and the values worth a mark on the axis.

/// A straight scale from 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Linear {
    /// The largest value.
    pub(super) max: f64,
    /// Where 0 is drawn.
    pub(super) from: f64,
    /// Where the largest value is drawn.
    pub(super) to: f64,
}

impl Linear {
    /// The coordinate of a value; what lies outside is drawn at the edge.
    pub(super) fn at(&self, value: f64) -> f64 {
        let share = if self.max > 0.0 {
            (value / self.max).clamp(0.0, 1.0)
        } else {
            0.0
        };
        self.from + share * (self.to - self.from)
    }

    /// About `wanted` round values from 0 to at most the largest.
    pub(super) fn ticks(&self, wanted: usize) -> Vec<f64> {
        let step = round_step(self.max / wanted.max(1) as f64);
        (0..=100)
            .map(|place| f64::from(place) * step)
            .take_while(|value| *value <= self.max * 1.000_1)
            .collect()
    }
}

/// 1, 2 or 5 times a power of ten, at least `rough`.
fn round_step(rough: f64) -> f64 {
    if !rough.is_finite() || rough <= 0.0 {
        return 1.0;
    }
    let power = 10f64.powf(rough.log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| *step >= rough * 0.999_9)
        .unwrap_or(10.0 * power)
}

/// No axis starts lower than this, in milliseconds: an answer that was there before its turn was due counts as 0 ms, and
/// a logarithmic axis would spend most of its room on what no customer can feel.
const SHORTEST: f64 = 10.0;

/// A logarithmic scale for times in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Log {
    min: f64,
    max: f64,
    from: f64,
    to: f64,
}

impl Log {
    /// A scale over all of `values` that are finite and above 0, with a little room, but not below 10 ms; from `from` to
    /// `to`.
    pub(super) fn over(values: impl Iterator<Item = f64>, from: f64, to: f64) -> Log {
        let usable = values.filter(|value| value.is_finite() && *value > 0.0);
        let (min, max) = usable.fold((f64::INFINITY, 0.0_f64), |(min, max), value| {
            (min.min(value), max.max(value))
        });
        if max == 0.0 {
            return Log {
                min: 100.0,
                max: 10_000.0,
                from,
                to,
            };
        }
        let min = (min * 0.8).max(SHORTEST);
        Log {
            min,
            max: (max * 1.25).max(min * 5.0),
            from,
            to,
        }
    }

    /// The coordinate of a value; what lies outside is drawn at the edge.
    pub(super) fn at(&self, milliseconds: f64) -> f64 {
        let share = (milliseconds.max(self.min) / self.min).ln() / (self.max / self.min).ln();
        self.from + share.clamp(0.0, 1.0) * (self.to - self.from)
    }

    /// Powers of ten within the scale, with halves (1, 5, 10) or thirds (1, 2, 5, 10) between where there are few.
    pub(super) fn ticks(&self) -> Vec<f64> {
        let decades = (self.max / self.min).log10();
        let within: &[f64] = match decades {
            _ if decades > 3.0 => &[1.0],
            _ if decades > 1.5 => &[1.0, 5.0],
            _ => &[1.0, 2.0, 5.0],
        };
        let powers = (self.min.log10().floor() as i32)..=(self.max.log10().ceil() as i32);
        let all = powers.flat_map(|power| within.iter().map(move |factor| factor * 10f64.powi(power)));
        all.filter(|tick| (self.min..=self.max).contains(tick)).collect()
    }
}

/// About `wanted` round moments from 0 to `end` seconds: whole seconds, minutes or hours.
pub(super) fn moments(end: f64, wanted: usize) -> Vec<f64> {
    const STEPS: [f64; 17] = [
        1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0, 14_400.0,
        21_600.0,
    ];
    let rough = end / wanted.max(1) as f64;
    let step = STEPS
        .into_iter()
        .find(|step| *step >= rough)
        .unwrap_or_else(|| (rough / 86_400.0).ceil() * 86_400.0);
    (0..=200)
        .map(|place| f64::from(place) * step)
        .take_while(|moment| *moment <= end)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_within_the_scale() {
        let scale = Linear {
            max: 194.0,
            from: 100.0,
            to: 0.0,
        };
        assert_eq!(scale.ticks(4), [0.0, 50.0, 100.0, 150.0]);
        assert_eq!((scale.at(0.0), scale.at(97.0), scale.at(999.0)), (100.0, 50.0, 0.0));
        assert_eq!(
            Linear {
                max: 0.0,
                from: 0.0,
                to: 1.0
            }
            .at(3.0),
            0.0
        );
        assert_eq!(moments(125.0, 6), [0.0, 30.0, 60.0, 90.0, 120.0]);
        assert!(moments(10_000_000.0, 6).len() < 10);
    }

    #[test]
    fn a_logarithmic_scale_survives_having_no_values() {
        let scale = Log::over([f64::NAN, 0.0].into_iter(), 0.0, 100.0);
        assert_eq!(scale.ticks(), [100.0, 500.0, 1_000.0, 5_000.0, 10_000.0]);
        assert!(scale.at(0.0) == 0.0 && scale.at(f64::MAX) == 100.0);
    }

    #[test]
    fn an_answer_that_came_early_does_not_stretch_the_axis() {
        let scale = Log::over([0.001, 2_000.0].into_iter(), 0.0, 100.0);
        assert_eq!(scale.ticks().first(), Some(&10.0));
        assert_eq!((scale.at(0.001), scale.at(10.0)), (0.0, 0.0));
    }

    #[test]
    fn a_logarithmic_scale_gives_every_decade_the_same_room() {
        let scale = Log::over([125.0, 80_000.0].into_iter(), 0.0, 3.0);
        assert!(((scale.at(10_000.0) - scale.at(1_000.0)) - 1.0).abs() < 1e-9);
    }
}
