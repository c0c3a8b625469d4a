//! `answers_question: pass >= 90%`: what a judged share must keep, and whether the judge may say so.

use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::compare::compare;
use super::super::figure::Figure;
use super::super::{Interval, ThresholdVerdict};
use super::{Calibration, Standing};
use crate::scenario::Op;

/// What the share of passing answers must keep under one criterion.
#[derive(Debug, Clone, PartialEq)]
pub struct Gate {
    /// As written.
    pub that: String,
    /// The criterion.
    pub criterion: String,
    op: Op,
    bound: f64,
}

/// What became of a gate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GateResult {
    /// As written.
    pub that: String,
    /// The corrected share; none where the judge may not decide.
    pub observed: Option<Interval>,
    /// Held, broken or unsure by the whole interval; no data where there is none; `not_judged` where the judge agrees too
    /// little with people to decide.
    pub verdict: ThresholdVerdict,
    /// One sentence: why.
    pub reason: String,
}

impl FromStr for Gate {
    type Err = String;

    fn from_str(text: &str) -> Result<Gate, String> {
        let wanted = || format!("expected a gate such as `answers_question: pass >= 90%`, found `{text}`");
        let (criterion, rest) = text.split_once(':').ok_or_else(wanted)?;
        let rest = rest.trim().strip_prefix("pass").ok_or_else(wanted)?.trim_start();
        let ops = [
            (">=", Op::AtLeast),
            ("<=", Op::AtMost),
            (">", Op::More),
            ("<", Op::Less),
        ];
        let (sign, op) = ops
            .into_iter()
            .find(|(sign, _)| rest.starts_with(sign))
            .ok_or_else(wanted)?;
        let percent = rest[sign.len()..].trim().strip_suffix('%').ok_or_else(wanted)?;
        let percent: f64 = percent.trim().parse().map_err(|_| wanted())?;
        match (0.0..=100.0).contains(&percent) && !criterion.trim().is_empty() {
            true => Ok(Gate {
                that: text.trim().to_owned(),
                criterion: criterion.trim().to_owned(),
                op,
                bound: percent / 100.0,
            }),
            false => Err(wanted()),
        }
    }
}

impl Gate {
    /// Judges the corrected share, if the judge is fit for that.
    pub fn judge(&self, calibration: Option<&Calibration>, corrected: Option<Interval>) -> GateResult {
        let result = |observed, verdict, reason: String| GateResult {
            that: self.that.clone(),
            observed,
            verdict,
            reason,
        };
        let standing = calibration.map_or(Standing::NotCalibrated, |calibration| calibration.standing);
        let kappa = calibration.and_then(|calibration| calibration.agreement);
        let refused = |reason| result(None, ThresholdVerdict::NotJudged, reason);
        match (standing, kappa, corrected) {
            (Standing::NotCalibrated, ..) | (_, None, _) => refused(
                "the judge was not held against labelled replies of both kinds; give some with `--labelled`".to_owned(),
            ),
            (Standing::Doubtful | Standing::Unfit, Some(kappa), _) => refused(format!(
                "the judge agrees too little with people to decide: kappa {:.2}, needed 0.60",
                kappa.kappa + 0.0
            )),
            (Standing::MayGate, _, None) => result(
                None,
                ThresholdVerdict::NoData,
                "there is no corrected share: nothing was judged, or the labelled replies are not like the judged ones"
                    .to_owned(),
            ),
            (Standing::MayGate, Some(kappa), Some(share)) => {
                let figure = Figure {
                    samples: 1,
                    observed: share.rate,
                    low: share.low,
                    high: share.high,
                };
                let verdict = compare(&figure, self.op, &Figure::exact(1, self.bound));
                let percent = |share: f64| format!("{:.1}%", 100.0 * share);
                let reason = format!(
                    "{} ({} to {}) after correction for the judge's errors, kappa {:.2}",
                    percent(share.rate),
                    percent(share.low),
                    percent(share.high),
                    kappa.kappa
                );
                result(Some(share), verdict, reason)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Matrix;
    use super::*;

    fn share(rate: f64) -> Option<Interval> {
        Some(Interval {
            rate,
            low: rate - 0.03,
            high: rate + 0.03,
        })
    }

    fn calibration(agree: u64, differ: u64) -> Calibration {
        Calibration::of(Matrix {
            pass_pass: agree,
            pass_fail: differ,
            fail_pass: differ,
            fail_fail: agree,
            unknown: 0,
        })
    }

    #[test]
    fn a_gate_is_a_criterion_and_a_share() {
        let gate: Gate = "polite: pass >= 92.5%".parse().unwrap();
        assert_eq!(
            (gate.criterion.as_str(), gate.op, gate.bound),
            ("polite", Op::AtLeast, 0.925)
        );
        for wrong in [
            "polite",
            "polite: fail < 3%",
            "polite: pass 3%",
            "polite: pass > 0.9",
            ": pass > 9%",
            "p: pass > 900%",
        ] {
            assert!(wrong.parse::<Gate>().unwrap_err().contains("such as"), "{wrong}");
        }
    }

    #[test]
    fn a_gate_is_held_or_broken_by_the_whole_interval_of_a_judge_that_may_decide() {
        let gate: Gate = "polite: pass >= 90%".parse().unwrap();
        let fit = calibration(90, 10);
        for (rate, verdict) in [
            (0.95, ThresholdVerdict::Held),
            (0.91, ThresholdVerdict::Unsure),
            (0.80, ThresholdVerdict::Broken),
        ] {
            assert_eq!(gate.judge(Some(&fit), share(rate)).verdict, verdict);
        }
        assert_eq!(gate.judge(Some(&fit), None).verdict, ThresholdVerdict::NoData);
        for (judge, words) in [
            (Some(calibration(75, 25)), "kappa 0.50, needed 0.60"),
            (Some(Calibration::of(Matrix::default())), "not held against"),
            (None, "not held against"),
        ] {
            let refused = gate.judge(judge.as_ref(), share(0.99));
            assert_eq!((refused.verdict, refused.observed), (ThresholdVerdict::NotJudged, None));
            assert!(refused.reason.contains(words), "{}", refused.reason);
        }
    }
}
