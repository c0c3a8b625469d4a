//! Whether the bot serves at all, without a peak to excuse it.

use super::{Fates, calm_phase};
use crate::verdict::{Block, Run};

/// A calm phase that surely served fewer than this has nothing to compare a peak with.
const HALF: f64 = 0.5;
/// Below this, almost nobody was served.
const HARDLY_ANY: f64 = 0.05;

/// How few were served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Extent {
    Nobody,
    AlmostNobody,
    /// Fewer than half when calm.
    Few,
}

/// A bot that serves hardly anybody, peak or not: its headline is that, and no change.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::report) struct Unserved<'run> {
    pub(in crate::report) extent: Extent,
    /// The calm phase and the share that it served; absent in a run without another phase.
    pub(in crate::report) calm: Option<(&'run str, f64)>,
}

/// Absent where the calm phase (of a run without one: the whole run) served half of its questions or may have.
pub(in crate::report) fn unserved(run: &Run) -> Option<Unserved<'_>> {
    let whole = run.totals.served?;
    let calm = calm_phase(run).and_then(|(name, block)| Some((name, block.served?)));
    let when_calm = calm.map_or(whole, |(_, served)| served);
    let extent = match when_calm.high < HALF {
        _ if is_nobody(&run.totals) => Extent::Nobody,
        true if whole.high < HARDLY_ANY => Extent::AlmostNobody,
        true => Extent::Few,
        false => return None,
    };
    Some(Unserved {
        extent,
        calm: calm
            .filter(|_| run.by_phase.len() > 1)
            .map(|(name, served)| (name, served.rate)),
    })
}

/// True when nothing served and of no answer it is unknown.
fn is_nobody(totals: &Block) -> bool {
    let fates = Fates::of(totals);
    fates.all() > 0 && fates.served == 0 && totals.quality.hard_gates.fail >= totals.turns.answered
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture;
    use super::*;
    use crate::verdict::{Interval, Turns};

    fn served(rate: f64, reach: f64) -> Option<Interval> {
        let (low, high) = ((rate - reach).max(0.0), rate + reach);
        Some(Interval { rate, low, high })
    }

    /// The shop's day with these shares served when calm and in all, each with the reach of its interval.
    fn extent(calm: (f64, f64), whole: (f64, f64)) -> Option<Extent> {
        let (mut run, _) = fixture::singles_day();
        run.by_phase["calm"].served = served(calm.0, calm.1);
        run.totals.served = served(whole.0, whole.1);
        unserved(&run).map(|found| found.extent)
    }

    #[test]
    fn only_a_calm_phase_that_surely_served_fewer_than_half_counts() {
        assert_eq!(extent((0.97, 0.01), (0.01, 0.01)), None);
        assert_eq!(extent((0.45, 0.1), (0.01, 0.01)), None);
        assert_eq!(extent((0.40, 0.05), (0.20, 0.01)), Some(Extent::Few));
        assert_eq!(extent((0.04, 0.02), (0.02, 0.01)), Some(Extent::AlmostNobody));
    }

    #[test]
    fn nobody_is_said_only_where_no_answer_may_have_served() {
        let (mut run, _) = fixture::only_unanswered();
        assert_eq!(unserved(&run).map(|found| found.extent), Some(Extent::Nobody));
        // Answers of which it could not be told.
        let sent = run.totals.turns.sent;
        run.totals.turns = Turns {
            sent,
            answered: sent,
            ..Turns::default()
        };
        assert_ne!(unserved(&run).map(|found| found.extent), Some(Extent::Nobody));
    }
}
