//! Which conversations stay: the first that failed, and a seeded sample of all others. Pure.
//!
//! Both are the same thing: of all that ever came, the `limit` with the smallest rank. For failures the rank is the
//! customer's number (customers are numbered as they arrive), for the others a hash of seed and customer. So what is
//! kept does not depend on the order in which conversations end, nor on the number of shards.

use std::collections::{BinaryHeap, HashMap};

use super::open::Conversation;
use crate::conversation::{Ending, Outcome, scramble};
use crate::quality::Served;

/// Who stays. Holds 16 bytes for each of at most `failures + others` customers.
#[derive(Debug)]
pub(super) struct Selection {
    seed: u64,
    failures: Shelf,
    others: Shelf,
    /// Whoever of the others ranks higher is not even considered.
    highest: u64,
}

/// So many tenths of the sample's size are considered for it. Of all who ever came, a sample is written and taken back several
/// times over; of these few, a tenth of it is. Where at most a fifth of a long run's conversations failed, the sample is full; where
/// more did, those are what is read, and it is still thousands.
const CANDIDATES_IN_TENTHS: u64 = 13;

/// What becomes of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    /// It stays, in the place of this customer's if the shelf was full.
    Keep { instead_of: Option<u64> },
    /// It does not.
    Pass,
}

impl Selection {
    /// `expected` customers will come, if that is known.
    pub(super) fn new(seed: u64, failures: usize, others: usize, expected: Option<u64>) -> Selection {
        let candidates = (others as u64).saturating_mul(CANDIDATES_IN_TENTHS) / 10;
        Selection {
            seed,
            failures: Shelf::new(failures),
            others: Shelf::new(others),
            highest: match expected {
                Some(expected) if expected > candidates => (u64::MAX / expected).saturating_mul(candidates),
                _ => u64::MAX,
            },
        }
    }

    pub(super) fn decide(&mut self, customer: u64, failed: bool) -> Decision {
        if failed {
            return self.failures.offer(customer, customer);
        }
        match self.rank(customer) {
            rank if rank > self.highest => Decision::Pass,
            rank => self.others.offer(rank, customer),
        }
    }

    /// False once neither shelf will ever take this customer again: both only get stricter.
    pub(super) fn may_keep(&self, customer: u64) -> bool {
        let rank = self.rank(customer);
        let is_candidate = rank <= self.highest && self.others.may_take(rank, customer);
        is_candidate || self.failures.may_take(customer, customer)
    }

    /// A customer's place in the sample.
    fn rank(&self, customer: u64) -> u64 {
        scramble(self.seed ^ scramble(customer))
    }

    pub(super) fn failures(&self) -> u64 {
        self.failures.ranked.len() as u64
    }

    pub(super) fn others(&self) -> u64 {
        self.others.ranked.len() as u64
    }
}

/// Keeps the `limit` customers with the smallest ranks; the largest of them is on top of the heap.
#[derive(Debug)]
struct Shelf {
    limit: usize,
    ranked: BinaryHeap<(u64, u64)>,
}

impl Shelf {
    fn new(limit: usize) -> Shelf {
        Shelf {
            limit,
            ranked: BinaryHeap::new(),
        }
    }

    fn may_take(&self, rank: u64, customer: u64) -> bool {
        let is_full = self.ranked.len() >= self.limit;
        !is_full || self.ranked.peek().is_some_and(|largest| (rank, customer) < *largest)
    }

    fn offer(&mut self, rank: u64, customer: u64) -> Decision {
        if self.ranked.len() < self.limit {
            self.ranked.push((rank, customer));
            return Decision::Keep { instead_of: None };
        }
        match self.ranked.peek_mut() {
            Some(mut largest) if (rank, customer) < *largest => {
                let (_, evicted) = std::mem::replace(&mut *largest, (rank, customer));
                Decision::Keep {
                    instead_of: Some(evicted),
                }
            }
            _ => Decision::Pass,
        }
    }
}

/// The room that kept conversations take, so that a bot that talks without end cannot fill the disk.
#[derive(Debug)]
pub(super) struct Room {
    limit: usize,
    taken: usize,
    by_customer: HashMap<u64, usize>,
}

impl Room {
    pub(super) fn of(limit: usize) -> Room {
        Room {
            limit,
            taken: 0,
            by_customer: HashMap::new(),
        }
    }

    /// True when so many more bytes would fit.
    pub(super) fn has(&self, bytes: usize) -> bool {
        self.taken.saturating_add(bytes) <= self.limit
    }

    /// Takes room for this customer's conversation, after another one has left if that is in its place.
    pub(super) fn exchange(&mut self, instead_of: Option<u64>, customer: u64, bytes: usize) {
        let freed = instead_of.and_then(|evicted| self.by_customer.remove(&evicted));
        self.taken = self.taken - freed.unwrap_or(0) + bytes;
        self.by_customer.insert(customer, bytes);
    }
}

/// True when the bot failed this customer: a turn was missed, a hard gate failed, or the customer left without what
/// they came for. What our own run cut short is nobody's failure.
pub(super) fn has_failed(conversation: &Conversation) -> bool {
    let ended_well = matches!(
        conversation.ended.ending,
        Ending::GoalMet | Ending::HandedOff | Ending::CutShort
    );
    let turn_failed = conversation.turns.iter().any(|(turn, score)| {
        let gate_failed = score.as_ref().is_some_and(|score| score.served == Served::No);
        turn.outcome.is_missed() || (gate_failed && turn.outcome != Outcome::CutShort)
    });
    !ended_well || turn_failed
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::super::samples::{conversation, score, turn};
    use super::*;

    fn kept(selection: &mut Selection, offered: &[(u64, bool)]) -> BTreeSet<u64> {
        let mut kept = BTreeSet::new();
        for (customer, failed) in offered {
            if let Decision::Keep { instead_of } = selection.decide(*customer, *failed) {
                assert!(instead_of.is_none_or(|evicted| kept.remove(&evicted)));
                kept.insert(*customer);
            }
        }
        kept
    }

    fn any_order() -> impl Strategy<Value = Vec<(u64, bool)>> {
        prop::collection::vec(any::<bool>(), 0..200)
            .prop_map(|failed| (0..).zip(failed).collect::<Vec<(u64, bool)>>())
            .prop_shuffle()
    }

    proptest! {
        #[test]
        fn who_is_kept_does_not_depend_on_the_order_of_ending(offered in any_order(), seed: u64, expected in prop::option::of(1u64..400)) {
            let mut sorted = offered.clone();
            sorted.sort_unstable();
            let one = kept(&mut Selection::new(seed, 7, 11, expected), &offered);
            let other = kept(&mut Selection::new(seed, 7, 11, expected), &sorted);
            prop_assert_eq!(one, other);
        }

        #[test]
        fn whoever_may_not_be_kept_never_is(
            offered in any_order(), seed: u64, expected in prop::option::of(1u64..400),
        ) {
            let mut selection = Selection::new(seed, 7, 11, expected);
            for (customer, failed) in offered {
                let may = selection.may_keep(customer);
                let kept = selection.decide(customer, failed) != Decision::Pass;
                prop_assert!(may || !kept);
            }
        }

        #[test]
        fn the_first_that_failed_are_kept_up_to_the_limit(offered in any_order(), limit in 0usize..20) {
            let kept = kept(&mut Selection::new(1, limit, 0, None), &offered);
            let mut failed: Vec<u64> = offered.iter().filter(|(_, failed)| *failed).map(|(one, _)| *one).collect();
            failed.sort_unstable();
            failed.truncate(limit);
            prop_assert_eq!(kept.into_iter().collect::<Vec<_>>(), failed);
        }
    }

    #[test]
    fn the_sample_is_even_over_the_run_and_another_seed_draws_another() {
        let offered: Vec<(u64, bool)> = (0..10_000).map(|customer| (customer, false)).collect();
        let one = kept(&mut Selection::new(1, 0, 1_000, Some(10_000)), &offered);
        let other = kept(&mut Selection::new(2, 0, 1_000, Some(10_000)), &offered);
        assert_eq!((one.len(), other.len()), (1_000, 1_000));
        // Binomial: mean 500, standard deviation below 16.
        let early = one.range(..5_000).count();
        assert!((420..580).contains(&early), "{early} of 1,000 from the first half");
        let both = one.intersection(&other).count();
        assert!((40..180).contains(&both), "{both} in both samples");
    }

    #[test]
    fn whoever_cannot_be_in_the_sample_is_not_written_first() {
        let written = |expected| {
            let mut selection = Selection::new(3, 0, 1_000, expected);
            let decide = |customer| selection.decide(customer, false);
            (0..100_000)
                .map(decide)
                .filter(|decision| *decision != Decision::Pass)
                .count()
        };
        // Of n candidates in any order, 1,000 (1 + ln(n / 1,000)) are among the first 1,000 when they come.
        assert!((5_200..6_000).contains(&written(None)), "{}", written(None));
        let few = written(Some(100_000));
        assert!((1_200..1_330).contains(&few), "{few}");
    }

    #[test]
    fn a_conversation_failed_when_the_bot_failed_its_customer() {
        let answered = || (turn(1, 1, Outcome::Answered), Some(score(Served::Yes)));
        for (name, ending, last, failed) in [
            ("all is well", Ending::GoalMet, answered(), false),
            ("handed off as accepted", Ending::HandedOff, answered(), false),
            ("left without", Ending::GaveUp, answered(), true),
            ("going in circles", Ending::Loop, answered(), true),
            ("our run ended", Ending::CutShort, answered(), false),
            ("late", Ending::GoalMet, (turn(1, 2, Outcome::Late), None), true),
            ("silent", Ending::GoalMet, (turn(1, 2, Outcome::Silent), None), true),
            (
                "hard gate",
                Ending::GoalMet,
                (turn(1, 2, Outcome::Answered), Some(score(Served::No))),
                true,
            ),
            (
                "could not tell",
                Ending::GoalMet,
                (turn(1, 2, Outcome::Answered), Some(score(Served::Unknown))),
                false,
            ),
            (
                "cut short is not unserved",
                Ending::CutShort,
                (turn(1, 2, Outcome::CutShort), Some(score(Served::No))),
                false,
            ),
        ] {
            let conversation = conversation(1, ending, vec![answered(), last]);
            assert_eq!(has_failed(&conversation), failed, "{name}");
        }
    }
}
