//! Why a turn did not serve its customer: one cause each, so that what was lost can be split by cause.

use std::sync::LazyLock;

use super::check::{CHECK_COUNT, CHECKS};
use super::{Finding, Served, TurnScore};
use crate::conversation::{Outcome, Turn};

/// Checks that say what an answer *is*, first to last. A fallback answer holds no facts either, but that it lacks them
/// is not why it failed. A name that is no check explains nothing.
const TELLING: [&str; 9] = [
    "media",
    "fallback",
    "handoff",
    "cut_off",
    "cross_talk",
    "personal_data",
    "stale",
    "contradicted",
    "forbidden",
];

/// The checks that explain a failure, by place: the telling ones, then the other hard gates in their own order.
static EXPLAINING: LazyLock<Vec<usize>> = LazyLock::new(|| {
    let named = |name: &&str| CHECKS.iter().position(|check| check.name == *name);
    let mut places: Vec<usize> = TELLING.iter().filter_map(named).collect();
    let gates = (0..CHECK_COUNT).filter(|place| CHECKS[*place].is_gate);
    let others: Vec<usize> = gates.filter(|place| !places.contains(place)).collect();
    places.extend(others);
    places
});

/// Why a turn did not serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cause {
    /// It was not answered in time: how it turned out instead.
    Outcome(Outcome),
    /// It was answered in time, and this check (by its place) says best what was wrong with the answer.
    Check(usize),
    /// It was answered in time, and whether the answer served could not be told.
    Unscored,
}

impl Cause {
    /// How many causes there are.
    pub(super) const COUNT: usize = Outcome::ALL.len() + CHECK_COUNT + 1;

    /// The cause of a turn; absent when it served. Without a score an answer in time is unscored.
    pub(super) fn of(turn: &Turn, score: Option<&TurnScore>) -> Option<Cause> {
        if turn.outcome != Outcome::Answered {
            return Some(Cause::Outcome(turn.outcome));
        }
        let Some(score) = score else {
            return Some(Cause::Unscored);
        };
        let failed = |place: &usize| matches!(score.findings[*place], Finding::Fail(_));
        match score.served {
            Served::Yes => None,
            Served::Unknown => Some(Cause::Unscored),
            Served::No => {
                let explaining = EXPLAINING.iter().copied().find(failed);
                Some(explaining.map_or(Cause::Unscored, Cause::Check))
            }
        }
    }

    /// Every cause, in the order of their places.
    pub(super) fn all() -> impl Iterator<Item = Cause> {
        let outcomes = Outcome::ALL.iter().copied().map(Cause::Outcome);
        outcomes
            .chain((0..CHECK_COUNT).map(Cause::Check))
            .chain([Cause::Unscored])
    }

    /// Its place among [`Cause::all`].
    pub(super) fn place(self) -> usize {
        match self {
            Cause::Outcome(outcome) => outcome.index(),
            Cause::Check(check) => Outcome::ALL.len() + check,
            Cause::Unscored => Outcome::ALL.len() + CHECK_COUNT,
        }
    }

    /// As files spell it: the outcome's word, the check's name, or `unscored`.
    pub fn word(self) -> &'static str {
        match self {
            Cause::Outcome(outcome) => outcome.word(),
            Cause::Check(check) => CHECKS[check].name,
            Cause::Unscored => "unscored",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Evidence;
    use super::super::tally::testing::{score, turn};
    use super::*;
    use crate::conversation::Labels;

    fn failing(names: &[&str], served: Served) -> TurnScore {
        let mut score = score(served, Some(0.0), Finding::Pass, 0);
        for (place, check) in CHECKS.iter().enumerate() {
            if names.contains(&check.name) {
                score.findings[place] = Finding::Fail(Evidence::said("x"));
            }
        }
        score
    }

    #[test]
    fn a_turn_is_explained_by_its_outcome_and_an_answer_by_what_it_is() {
        let answered = turn(1, Labels::default(), Outcome::Answered);
        for (failed, served, word) in [
            (&["required_facts"][..], Served::No, Some("required_facts")),
            (&["required_facts", "fallback"], Served::No, Some("fallback")),
            (&["required_facts", "contradicted"], Served::No, Some("contradicted")),
            (&["language", "forbidden"], Served::No, Some("forbidden")),
            (&["fallback"], Served::Yes, None),
            (&[], Served::Unknown, Some("unscored")),
        ] {
            let cause = Cause::of(&answered, Some(&failing(failed, served)));
            assert_eq!(cause.map(Cause::word), word, "{failed:?}");
        }
        assert_eq!(Cause::of(&answered, None), Some(Cause::Unscored));
        let late = turn(1, Labels::default(), Outcome::Late);
        let wrong = failing(&["contradicted"], Served::No);
        assert_eq!(Cause::of(&late, Some(&wrong)), Some(Cause::Outcome(Outcome::Late)));
    }

    #[test]
    fn every_cause_has_a_place_of_its_own() {
        let places: Vec<usize> = Cause::all().map(Cause::place).collect();
        assert_eq!(places, (0..Cause::COUNT).collect::<Vec<_>>());
    }
}
