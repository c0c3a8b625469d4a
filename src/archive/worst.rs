//! Which conversations to read. Pure.
//!
//! Each conversation is of the worst kind that applies, in this order:
//!
//! 1. cross-talk or personal data: it showed somebody else's order or told their data;
//! 2. contradicted: it stated a wrong value;
//! 3. forbidden: it made a claim that must never be made;
//! 4. a dropped turn in the phase with the most turns a second, each outcome being a kind of its own;
//! 5. a dropped turn in any other phase;
//! 6. a required fact left out;
//! 7. a late turn;
//! 8. the customer left without what they came for;
//! 9. another check failed (language, fallback, cut off and the like).
//!
//! First comes the worst conversation of each kind, in the order of the kinds, then the second of each, and so on: twenty
//! conversations that all show the same 503 teach less than one of each. Within a kind more failed turns are worse, then
//! more failed checks; of equal ones the first to arrive.

use std::collections::BTreeMap;

use crate::conversation::{Ending, Outcome};

/// What is known of a kept conversation, as far as it matters for its rank.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Candidate {
    pub(super) customer: i64,
    pub(super) ending: Option<Ending>,
    /// Missed turns: the outcome, and whether the turn was due in the most loaded phase.
    pub(super) missed: Vec<(Outcome, bool)>,
    /// Names of the checks that failed, one for each turn and check.
    pub(super) failed_checks: Vec<String>,
}

/// The kinds in their order; the outcome keeps the drops of the most loaded phase apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    SomebodyElses,
    Contradicted,
    Forbidden,
    DroppedAtPeak(Outcome),
    Dropped,
    FactLeftOut,
    Late,
    LeftWithout,
    OtherCheck,
}

/// The customers whose conversations to read, at most `limit`.
pub(super) fn worst(candidates: &[Candidate], limit: usize) -> Vec<i64> {
    let mut by_kind: BTreeMap<Kind, Vec<&Candidate>> = BTreeMap::new();
    for candidate in candidates {
        if let Some(kind) = candidate.kind() {
            by_kind.entry(kind).or_default().push(candidate);
        }
    }
    let mut ranked = Vec::new();
    for (kind, mut members) in by_kind {
        members.sort_by_key(|member| (std::cmp::Reverse(member.badness()), member.customer));
        let round = members.iter().enumerate().take(limit);
        ranked.extend(round.map(|(place, member)| (place, kind, member.customer)));
    }
    ranked.sort_unstable();
    ranked
        .into_iter()
        .take(limit)
        .map(|(_, _, customer)| customer)
        .collect()
}

impl Candidate {
    fn kind(&self) -> Option<Kind> {
        let failed = |check: &str| self.failed_checks.iter().any(|failed| failed == check);
        let mut dropped = self.missed.iter().filter(|(outcome, _)| outcome.is_dropped());
        if failed("cross_talk") || failed("personal_data") {
            Some(Kind::SomebodyElses)
        } else if failed("contradicted") {
            Some(Kind::Contradicted)
        } else if failed("forbidden") {
            Some(Kind::Forbidden)
        } else if let Some((outcome, _)) = dropped.clone().find(|(_, at_peak)| *at_peak) {
            Some(Kind::DroppedAtPeak(*outcome))
        } else if dropped.next().is_some() {
            Some(Kind::Dropped)
        } else if failed("required_facts") {
            Some(Kind::FactLeftOut)
        } else if !self.missed.is_empty() {
            Some(Kind::Late)
        } else if self.left_without() {
            Some(Kind::LeftWithout)
        } else {
            (!self.failed_checks.is_empty()).then_some(Kind::OtherCheck)
        }
    }

    fn left_without(&self) -> bool {
        let left_well = [Ending::GoalMet, Ending::HandedOff, Ending::CutShort];
        self.ending.is_some_and(|ending| !left_well.contains(&ending))
    }

    fn badness(&self) -> (usize, usize) {
        (self.missed.len(), self.failed_checks.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(customer: i64, missed: &[(Outcome, bool)], failed: &[&str]) -> Candidate {
        Candidate {
            customer,
            ending: Some(Ending::GoalMet),
            missed: missed.to_vec(),
            failed_checks: failed.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    #[test]
    fn one_of_each_kind_comes_first_in_the_order_of_the_kinds() {
        let gave_up = Candidate {
            customer: 8,
            ending: Some(Ending::GaveUp),
            ..Candidate::default()
        };
        let candidates = [
            candidate(0, &[], &[]),
            candidate(1, &[(Outcome::Late, true)], &[]),
            candidate(2, &[(Outcome::Silent, false)], &[]),
            candidate(3, &[(Outcome::Silent, true)], &[]),
            candidate(4, &[(Outcome::Refused, true)], &[]),
            candidate(5, &[(Outcome::Refused, true)], &["cross_talk"]),
            candidate(6, &[], &["forbidden"]),
            candidate(7, &[], &["contradicted"]),
            gave_up,
            candidate(9, &[], &["language"]),
            candidate(10, &[], &["required_facts"]),
        ];
        assert_eq!(worst(&candidates, 20), [5, 7, 6, 4, 3, 2, 10, 1, 8, 9]);
        assert_eq!(worst(&candidates, 3), [5, 7, 6]);
    }

    #[test]
    fn within_a_kind_more_failures_come_first_then_the_earlier_customer() {
        let one = [(Outcome::Refused, true)];
        let two = [one[0], one[0]];
        let candidates = [
            candidate(1, &one, &[]),
            candidate(2, &one, &[]),
            candidate(3, &two, &[]),
            candidate(4, &two, &["fallback"]),
            candidate(5, &[], &["fallback"]),
        ];
        assert_eq!(worst(&candidates, 20), [4, 5, 3, 1, 2]);
    }
}
