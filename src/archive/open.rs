//! The conversations that are not over: their turns wait here until it is known whether they are kept.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::conversation::{Ending, Labels, Turn};
use crate::quality::TurnScore;

/// How a conversation ended, as [`Event::Ended`](crate::conversation::Event::Ended) tells it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EndedConversation {
    /// The customer's number.
    pub customer: u64,
    /// `phase` is that of the arrival.
    pub labels: Labels,
    /// Why it ended.
    pub ending: Ending,
    /// When the conversation began.
    pub started_at: Duration,
    /// When the customer was gone and the last turn closed.
    pub at: Duration,
    /// How many turns were sent.
    pub turns: u16,
}

pub(super) type ScoredTurn = (Turn, Option<TurnScore>);

/// What a turn and its score take in memory. Unit: bytes.
pub(super) fn bytes_of(turn: &Turn, score: Option<&TurnScore>) -> usize {
    turn.bytes() + score.map_or(0, TurnScore::bytes)
}

/// What an open conversation takes beside its turns: the entry in the map, and room in its list. Unit: bytes.
const ENTRY: usize = 256;

/// A whole conversation.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Conversation {
    pub(super) ended: EndedConversation,
    /// In the order of their numbers.
    pub(super) turns: Vec<ScoredTurn>,
}

impl Conversation {
    /// What it takes, in memory and roughly in the file. Unit: bytes.
    pub(super) fn bytes(&self) -> usize {
        let turns = self.turns.iter().map(|(turn, score)| bytes_of(turn, score.as_ref()));
        size_of::<EndedConversation>() + turns.sum::<usize>()
    }
}

/// The conversations that are not whole yet. Turns and endings may come in any order (they come over several threads); a
/// conversation is whole when its ending and as many turns as that names are there.
#[derive(Debug)]
pub(super) struct OpenConversations {
    /// In the order of arrival, since that is how customers are numbered.
    by_customer: BTreeMap<u64, Parts>,
    /// Bytes held.
    held: usize,
    limit: usize,
    lost: u64,
}

#[derive(Debug, Default)]
struct Parts {
    ended: Option<EndedConversation>,
    turns: Vec<ScoredTurn>,
    /// What the turns take.
    bytes: usize,
}

impl OpenConversations {
    /// Holds conversations that take at most `limit` bytes together.
    pub(super) fn new(limit: usize) -> OpenConversations {
        OpenConversations {
            by_customer: BTreeMap::new(),
            held: 0,
            limit,
            lost: 0,
        }
    }

    /// Adds a turn; gives the conversation when that makes it whole.
    pub(super) fn add_turn(&mut self, turn: ScoredTurn) -> Option<Conversation> {
        let (customer, bytes) = (turn.0.customer, bytes_of(&turn.0, turn.1.as_ref()));
        self.add(customer, |parts| {
            parts.bytes += bytes;
            parts.turns.push(turn);
        })
    }

    /// Adds an ending; gives the conversation when that makes it whole.
    pub(super) fn add_ending(&mut self, ended: EndedConversation) -> Option<Conversation> {
        self.add(ended.customer, |parts| parts.ended = Some(ended))
    }

    /// Lets go of a conversation that nobody wants any more.
    pub(super) fn forget(&mut self, customer: u64) {
        if let Some(parts) = self.by_customer.remove(&customer) {
            self.held -= parts.weight();
        }
    }

    /// Conversations known to have ended whose turns were lost or given up for want of room.
    pub(super) fn lost(&self) -> u64 {
        self.lost
    }

    /// Gives up all that is left: nothing more comes.
    pub(super) fn close(&mut self) {
        while self.give_up_oldest() {}
    }

    /// Turns that this customer has here.
    #[cfg(test)]
    pub(super) fn held_by(&self, customer: u64) -> usize {
        self.by_customer.get(&customer).map_or(0, |parts| parts.turns.len())
    }

    fn add(&mut self, customer: u64, change: impl FnOnce(&mut Parts)) -> Option<Conversation> {
        let parts = self.by_customer.entry(customer).or_default();
        let before = parts.weight();
        change(parts);
        if let Some(ended) = parts.ended
            && parts.turns.len() >= usize::from(ended.turns)
        {
            let mut turns = std::mem::take(&mut parts.turns);
            turns.sort_by_key(|(turn, _)| turn.number);
            self.held -= before;
            self.by_customer.remove(&customer);
            return Some(Conversation { ended, turns });
        }
        self.held += parts.weight() - before;
        while self.held > self.limit && self.give_up_oldest() {}
        None
    }

    /// The oldest goes first: it is the one that most likely waits for a turn which was lost on the way.
    fn give_up_oldest(&mut self) -> bool {
        let Some((_, parts)) = self.by_customer.pop_first() else {
            return false;
        };
        self.held -= parts.weight();
        self.lost += u64::from(parts.ended.is_some());
        true
    }
}

impl Parts {
    /// 0 for the parts that were just made, so that an entry counts from its first turn or ending on.
    fn weight(&self) -> usize {
        match (self.turns.len(), &self.ended) {
            (0, None) => 0,
            _ => ENTRY + self.bytes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{ended, turn};
    use super::*;
    use crate::conversation::Outcome;

    fn answered(customer: u64, number: u16) -> ScoredTurn {
        (turn(customer, number, Outcome::Answered), None)
    }

    #[test]
    fn a_conversation_is_whole_with_its_ending_and_all_its_turns_in_any_order() {
        let mut open = OpenConversations::new(100_000);
        assert_eq!(open.add_turn(answered(7, 2)), None);
        assert_eq!(open.add_ending(ended(7, Ending::GoalMet, 2)), None);
        let whole = open.add_turn(answered(7, 1)).unwrap();
        let numbers: Vec<u16> = whole.turns.iter().map(|(turn, _)| turn.number).collect();
        assert_eq!(numbers, [1, 2]);
        assert_eq!(open.held, 0);
        assert!(open.add_ending(ended(8, Ending::GaveUp, 0)).is_some());
        assert_eq!((open.held, open.by_customer.len()), (0, 0));
    }

    #[test]
    fn what_is_held_stays_below_the_limit_and_the_oldest_goes_first() {
        let conversation = ENTRY + answered(1, 2).0.bytes();
        let limit = 5 * conversation + conversation / 2;
        let mut open = OpenConversations::new(limit);
        for customer in 0..1_000 {
            // Turn 1 of 2 was lost: none of these ever becomes whole.
            assert_eq!(open.add_turn(answered(customer, 2)), None);
            assert_eq!(open.add_ending(ended(customer, Ending::GoalMet, 2)), None);
            assert!(open.held <= limit);
        }
        assert_eq!(
            open.by_customer.keys().copied().collect::<Vec<_>>(),
            [995, 996, 997, 998, 999]
        );
        assert_eq!(open.lost(), 995);
        open.close();
        assert_eq!((open.held, open.lost()), (0, 1_000));
    }

    #[test]
    fn endings_whose_turns_were_all_lost_do_not_pile_up() {
        let mut open = OpenConversations::new(10 * ENTRY);
        for customer in 0..1_000 {
            assert_eq!(open.add_ending(ended(customer, Ending::GaveUp, 1)), None);
        }
        assert!(open.by_customer.len() <= 10);
    }

    #[test]
    fn a_bot_that_talks_without_end_does_not_fill_the_memory() {
        let limit = 1 << 20;
        let mut open = OpenConversations::new(limit);
        for customer in 0..100 {
            let (mut long, score) = answered(customer, 1);
            long.replies[0].text = "好".repeat(10_000);
            assert_eq!(open.add_turn((long, score)), None);
            assert!(open.held <= limit);
        }
        let held: usize = open
            .by_customer
            .values()
            .flat_map(|parts| &parts.turns)
            .map(|(turn, _)| turn.bytes())
            .sum();
        assert!((limit / 2..=limit).contains(&held), "{held} bytes");
    }

    #[test]
    fn a_conversation_that_never_ended_is_not_lost_but_not_over() {
        let mut open = OpenConversations::new(100_000);
        assert_eq!(open.add_turn(answered(1, 1)), None);
        open.close();
        assert_eq!(open.lost(), 0);
    }
}
