//! What the exit code says; documented API (`README.md`).

use std::process::ExitCode as ProcessCode;

use throng::self_test::SelfTestVerdict;
use throng::verdict::judged::Judged;
use throng::verdict::{ThresholdVerdict, TrialVerdict, Verdict};

/// What the exit code says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExitCode {
    /// All thresholds held.
    Held = 0,
    /// throng itself failed, or its self-test found it wrong.
    Internal = 1,
    /// A threshold is unsure or without data.
    Unsure = 96,
    /// The generator could not keep the schedule: try again, do not blame the bot.
    Saturated = 98,
    /// A threshold was broken.
    Broken = 99,
    /// The target could not be reached before the load, or by a single conversation.
    Unreachable = 100,
    /// The scenario or the usage is invalid.
    Invalid = 104,
    /// Interrupted; what was measured is written.
    Interrupted = 105,
}

impl From<ExitCode> for ProcessCode {
    fn from(code: ExitCode) -> ProcessCode {
        ProcessCode::from(code as u8)
    }
}

impl ExitCode {
    /// What a finished run, or several, say. The verdict is already the first that applies: interrupted, a broken count,
    /// saturated, broken, unsure, without data.
    pub(crate) fn of(verdict: Verdict) -> ExitCode {
        match verdict {
            Verdict::Held => ExitCode::Held,
            Verdict::Unsure | Verdict::NoData => ExitCode::Unsure,
            Verdict::GeneratorSaturated => ExitCode::Saturated,
            Verdict::Broken => ExitCode::Broken,
            Verdict::Interrupted => ExitCode::Interrupted,
        }
    }

    /// What a judge says: early ends first, then the gates; one that the judge may not decide proves nothing, and neither does a judge
    /// of whom no ruling could be read.
    pub(crate) fn of_judged(judged: &Judged) -> ExitCode {
        let has = |verdict| judged.gates.iter().any(|gate| gate.verdict == verdict);
        let is_open = [
            ThresholdVerdict::Unsure,
            ThresholdVerdict::NoData,
            ThresholdVerdict::NotJudged,
        ];
        match judged.stopped {
            Some(_) => ExitCode::Interrupted,
            None if has(ThresholdVerdict::Broken) => ExitCode::Broken,
            None if is_open.into_iter().any(has) => ExitCode::Unsure,
            None if judged.sample.judged == 0 => ExitCode::Unsure,
            None => ExitCode::Held,
        }
    }

    /// What single conversations say: a turn that served nobody breaks what is asked of any answer; a soft failure leaves it
    /// open whether the bot is good enough.
    pub(crate) fn of_trial(verdict: TrialVerdict) -> ExitCode {
        match verdict {
            TrialVerdict::Passed => ExitCode::Held,
            TrialVerdict::Doubtful => ExitCode::Unsure,
            TrialVerdict::Failed => ExitCode::Broken,
            TrialVerdict::Interrupted => ExitCode::Interrupted,
        }
    }

    /// What a self-test says: wrong figures are a failure of throng itself.
    pub(crate) fn of_self_test(verdict: SelfTestVerdict) -> ExitCode {
        match verdict {
            SelfTestVerdict::InTolerance => ExitCode::Held,
            SelfTestVerdict::OutOfTolerance => ExitCode::Internal,
            SelfTestVerdict::Saturated => ExitCode::Saturated,
            SelfTestVerdict::Interrupted => ExitCode::Interrupted,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_self_test_out_of_tolerance_is_a_failure_of_throng() {
        let code = |verdict| ExitCode::of_self_test(verdict) as u8;
        assert_eq!(code(SelfTestVerdict::InTolerance), 0);
        assert_eq!(code(SelfTestVerdict::OutOfTolerance), 1);
        assert_eq!(code(SelfTestVerdict::Saturated), 98);
        assert_eq!(code(SelfTestVerdict::Interrupted), 105);
    }
}
