//! How well a judge agrees with people, and what that does to its shares.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::Interval;
use super::super::block::SHOWN_CONFIDENCE;
use crate::metrics::{Proportion, normal_quantile};

/// What people and the judge said of the same replies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Matrix {
    /// Both say pass.
    pub pass_pass: u64,
    /// People say pass, the judge fail.
    pub pass_fail: u64,
    /// People say fail, the judge pass.
    pub fail_pass: u64,
    /// Both say fail.
    pub fail_fail: u64,
    /// Labelled, and the judge could not tell.
    pub unknown: u64,
}

/// An agreement beyond chance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Agreement {
    /// Cohen's kappa: 1 perfect, 0 what chance alone would do.
    pub kappa: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// What a judge is good for under one criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Kappa of 0.6 or better: it may decide.
    MayGate,
    /// 0.4 to 0.6: read it with care.
    Doubtful,
    /// Below 0.4: do not use it.
    Unfit,
    /// There were no labelled replies of both kinds.
    NotCalibrated,
}

/// How well a judge agrees with people under one criterion.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Calibration {
    /// Labelled replies that both decided, and those that the judge could not.
    pub matrix: Matrix,
    /// Cohen's kappa; none where all labels and verdicts are alike.
    pub agreement: Option<Agreement>,
    /// Of the replies that people passed, the share that the judge passed; Wilson, 95 %.
    pub sensitivity: Option<Interval>,
    /// Of the replies that people failed, the share that the judge failed; Wilson, 95 %.
    pub specificity: Option<Interval>,
    /// What the judge is good for.
    pub standing: Standing,
}

/// A judge whose sensitivity and specificity add up to less than 1 plus this says too little to be corrected.
const LEAST_YOUDEN: f64 = 0.2;

impl Matrix {
    /// Adds a reply of which people say `label_passes`, and the judge `verdict_passes`.
    pub fn add(&mut self, label_passes: bool, verdict_passes: Option<bool>) {
        let cell = match (label_passes, verdict_passes) {
            (_, None) => &mut self.unknown,
            (true, Some(true)) => &mut self.pass_pass,
            (true, Some(false)) => &mut self.pass_fail,
            (false, Some(true)) => &mut self.fail_pass,
            (false, Some(false)) => &mut self.fail_fail,
        };
        *cell += 1;
    }

    fn decided(self) -> u64 {
        self.pass_pass + self.pass_fail + self.fail_pass + self.fail_fail
    }

    fn sensitivity(self) -> Proportion {
        Proportion {
            count: self.pass_pass,
            of: self.pass_pass + self.pass_fail,
        }
    }

    fn specificity(self) -> Proportion {
        Proportion {
            count: self.fail_fail,
            of: self.fail_fail + self.fail_pass,
        }
    }

    /// Cohen's kappa (1960) with its large-sample interval (Fleiss, Cohen and Everitt 1969).
    pub fn agreement(self) -> Option<Agreement> {
        let n = self.decided() as f64;
        let cells = [[self.pass_pass, self.pass_fail], [self.fail_pass, self.fail_fail]];
        let p = cells.map(|row| row.map(|cell| cell as f64 / n));
        let rows = [p[0][0] + p[0][1], p[1][0] + p[1][1]];
        let columns = [p[0][0] + p[1][0], p[0][1] + p[1][1]];
        let observed = p[0][0] + p[1][1];
        let expected = rows[0] * columns[0] + rows[1] * columns[1];
        if n == 0.0 || expected >= 1.0 {
            return None;
        }
        let kappa = (observed - expected) / (1.0 - expected);
        let on: f64 = (0..2)
            .map(|i| p[i][i] * (1.0 - (rows[i] + columns[i]) * (1.0 - kappa)).powi(2))
            .sum();
        let off: f64 = [(0, 1), (1, 0)]
            .into_iter()
            .map(|(i, j)| p[i][j] * (columns[i] + rows[j]).powi(2))
            .sum();
        let rest = (kappa - expected * (1.0 - kappa)).powi(2);
        let variance = (on + (1.0 - kappa).powi(2) * off - rest) / (n * (1.0 - expected).powi(2));
        let half = normal_quantile(SHOWN_CONFIDENCE) * variance.max(0.0).sqrt();
        Some(Agreement {
            kappa,
            low: (kappa - half).max(-1.0),
            high: (kappa + half).min(1.0),
        })
    }
}

impl Calibration {
    /// What a comparison says.
    pub fn of(matrix: Matrix) -> Calibration {
        let shown = |proportion: Proportion| {
            proportion.wilson(SHOWN_CONFIDENCE).map(|estimate| Interval {
                rate: estimate.value,
                low: estimate.low,
                high: estimate.high,
            })
        };
        let agreement = matrix.agreement();
        let (sensitivity, specificity) = (shown(matrix.sensitivity()), shown(matrix.specificity()));
        let has_both = sensitivity.is_some() && specificity.is_some();
        Calibration {
            matrix,
            agreement,
            sensitivity,
            specificity,
            standing: match agreement.filter(|_| has_both).map(|agreement| agreement.kappa) {
                None => Standing::NotCalibrated,
                Some(kappa) if kappa >= 0.6 => Standing::MayGate,
                Some(kappa) if kappa >= 0.4 => Standing::Doubtful,
                Some(_) => Standing::Unfit,
            },
        }
    }

    /// The share that people would have passed, from the share that the judge passed and the number of independent answers
    /// that it rests on (Rogan and Gladen 1978). Its interval carries the errors of both samples: the delta method, on
    /// counts that are moved towards a half as Lang and Reiczigel (2014) do, so that a sensitivity of 1 in a small set is
    /// not taken for certain. None where the judge hardly tells the two apart, or where no true share explains what it said.
    pub fn corrected(&self, share: f64, effective: f64) -> Option<Interval> {
        let z = normal_quantile(SHOWN_CONFIDENCE);
        let near = |proportion: Proportion| {
            let of = proportion.of as f64;
            ((proportion.count as f64 + 1.0) / (of + 2.0), of + 2.0)
        };
        let (sensitivity, passed) = near(self.matrix.sensitivity());
        let (specificity, failed) = near(self.matrix.specificity());
        let youden = sensitivity + specificity - 1.0;
        if self.standing == Standing::NotCalibrated || youden < LEAST_YOUDEN {
            return None;
        }
        let plain_youden = self.sensitivity?.rate + self.specificity?.rate - 1.0;
        let rate = (share + self.specificity?.rate - 1.0) / plain_youden;
        let (judged, weight) = (
            (share * effective + z * z / 2.0) / (effective + z * z),
            effective + z * z,
        );
        let centre = (judged + specificity - 1.0) / youden;
        let variance = judged * (1.0 - judged) / weight
            + centre * centre * sensitivity * (1.0 - sensitivity) / passed
            + (1.0 - centre) * (1.0 - centre) * specificity * (1.0 - specificity) / failed;
        let half = z * variance.sqrt() / youden;
        if centre - half >= 1.0 || centre + half <= 0.0 {
            // No share of good answers explains what was seen: the labelled replies are not like the judged ones.
            return None;
        }
        let rate = rate.clamp(0.0, 1.0);
        Some(Interval {
            rate,
            low: (centre - half).clamp(0.0, 1.0).min(rate),
            high: (centre + half).clamp(0.0, 1.0).max(rate),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::scramble;

    fn matrix(pass_pass: u64, pass_fail: u64, fail_pass: u64, fail_fail: u64) -> Matrix {
        Matrix {
            pass_pass,
            pass_fail,
            fail_pass,
            fail_fail,
            unknown: 0,
        }
    }

    fn close(found: f64, wanted: f64) {
        assert!((found - wanted).abs() < 5e-4, "{found} is not {wanted}");
    }

    /// The standard errors were computed apart, by numerical differentiation of kappa over the multinomial's covariance.
    #[test]
    fn kappa_and_its_interval_are_right() {
        for (matrix, kappa, error) in [
            (matrix(20, 5, 10, 15), 0.4, 0.1270),
            (matrix(45, 15, 25, 15), 0.1304, 0.0987),
            (matrix(80, 3, 4, 13), 0.7460, 0.0911),
        ] {
            let found = matrix.agreement().unwrap();
            close(found.kappa, kappa);
            close(found.high - found.kappa, 1.95996 * error);
        }
        assert_eq!(matrix(10, 0, 0, 0).agreement(), None);
        assert_eq!(Matrix::default().agreement(), None);
        close(matrix(10, 0, 0, 10).agreement().unwrap().kappa, 1.0);
    }

    #[test]
    fn a_judge_may_decide_only_where_it_agrees_beyond_chance() {
        for (matrix, standing) in [
            (matrix(80, 3, 4, 13), Standing::MayGate),
            (matrix(40, 10, 13, 37), Standing::Doubtful),
            (matrix(90, 4, 5, 1), Standing::Unfit),
            (matrix(90, 10, 0, 0), Standing::NotCalibrated),
            (Matrix::default(), Standing::NotCalibrated),
        ] {
            assert_eq!(Calibration::of(matrix).standing, standing, "{matrix:?}");
        }
    }

    #[test]
    fn a_share_is_corrected_for_the_judges_errors() {
        let calibration = Calibration::of(matrix(90, 10, 20, 80));
        let corrected = calibration.corrected(0.725, 400.0).unwrap();
        // (0.725 + 0.8 - 1) / (0.9 + 0.8 - 1)
        close(corrected.rate, 0.75);
        assert!(corrected.low < 0.70 && corrected.high > 0.80, "{corrected:?}");
        let larger = Calibration::of(matrix(9_000, 1_000, 2_000, 8_000))
            .corrected(0.725, 400.0)
            .unwrap();
        assert!(larger.high - larger.low < corrected.high - corrected.low);
        assert_eq!(Calibration::of(matrix(60, 40, 50, 50)).corrected(0.7, 400.0), None);
        assert_eq!(Calibration::of(matrix(100, 0, 0, 0)).corrected(0.7, 400.0), None);
        assert_eq!(
            calibration.corrected(1.0, 400.0),
            None,
            "a judge that misses a tenth does not pass all"
        );
    }

    /// Draws labels and verdicts from a known judge: the truth must lie in the interval about as often as promised.
    #[test]
    fn the_corrected_interval_covers_the_truth() {
        for (truth, sensitivity, specificity) in [(0.9, 0.95, 0.8), (0.6, 0.85, 0.9), (0.97, 0.9, 0.9)] {
            let mut state = 11u64;
            let mut chance = |of: f64| {
                state = scramble(state);
                (state as f64 / u64::MAX as f64) < of
            };
            let covered = (0..1_000)
                .filter(|_| {
                    let mut matrix = Matrix::default();
                    (0..70).for_each(|_| matrix.add(true, Some(chance(sensitivity))));
                    (0..50).for_each(|_| matrix.add(false, Some(!chance(specificity))));
                    let passed = (0..385).filter(|_| match chance(truth) {
                        true => chance(sensitivity),
                        false => !chance(specificity),
                    });
                    let share = passed.count() as f64 / 385.0;
                    let found = Calibration::of(matrix).corrected(share, 385.0).unwrap();
                    (found.low..=found.high).contains(&truth)
                })
                .count();
            assert!((930..=1_000).contains(&covered), "{covered} of 1000 at {truth}");
        }
    }
}
