//! The counts of conversations and turns, and the balances that they must keep.

use std::collections::BTreeMap;

use crate::conversation::{Ending, NotSent, Outcome, Trouble, Turn};

use super::interval::Proportion;

/// The counts of one slice. `sent = sum of outcomes + open`; `planned = started + not_sent`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    /// Conversations that began.
    pub started: u64,
    /// Conversations that never began, by reason (order of [`NotSent::ALL`]).
    pub not_sent: [u64; 3],
    /// Turns handed to a channel.
    pub sent: u64,
    /// Closed turns by outcome (order of [`Outcome::ALL`]).
    pub outcomes: [u64; 11],
    /// Ended conversations by ending (order of [`Ending::ALL`]).
    pub endings: [u64; 7],
    /// Messages handed to a channel, nudges and farewells included.
    pub messages: u64,
    /// Deliveries of those messages.
    pub deliveries: u64,
    /// Requests that asked whether a reply is there, where a profile polls.
    pub polls: u64,
    /// Replies that repeat an earlier one of their turn.
    pub duplicates: u64,
    /// Text that no open turn asked for.
    pub unsolicited: u64,
    /// How often customers went on on another channel, by the places of the channel that they left and the new one. In the ledger of
    /// a channel: both those who left it and those who came.
    pub switches: BTreeMap<(u16, u16), u64>,
    /// In what way turns failed on the wire; together they are those that are refused, http_error and connection_lost. Bounded: a
    /// status has three digits.
    pub failures: BTreeMap<Trouble, u64>,
    /// Of the turns that were answered late, those in which a message had failed before: the answer is to one that came after it.
    pub late_after_failure: u64,
}

impl Ledger {
    /// Turns with this outcome.
    pub fn outcome(&self, outcome: Outcome) -> u64 {
        self.outcomes[outcome.index()]
    }

    /// Conversations with this ending.
    pub fn ending(&self, ending: Ending) -> u64 {
        self.endings[ending.index()]
    }

    /// Conversations not started for this reason.
    pub fn not_sent_for(&self, reason: NotSent) -> u64 {
        self.not_sent[reason as usize]
    }

    /// Conversations not started, for any reason.
    pub fn not_sent_total(&self) -> u64 {
        self.not_sent.iter().sum()
    }

    /// Turns with an outcome.
    pub fn closed(&self) -> u64 {
        self.outcomes.iter().sum()
    }

    /// Turns without one yet.
    pub fn open(&self) -> u64 {
        self.sent.saturating_sub(self.closed())
    }

    /// Conversations that are over.
    pub fn ended(&self) -> u64 {
        self.endings.iter().sum()
    }

    /// Conversations that go on.
    pub fn open_conversations(&self) -> u64 {
        self.started.saturating_sub(self.ended())
    }

    /// The turns that rates divide by: `sent - cut_short` once all are closed; open ones are in no rate.
    pub fn rated(&self) -> u64 {
        self.closed() - self.outcome(Outcome::CutShort)
    }

    /// Turns without an answer in time.
    pub fn missed(&self) -> Proportion {
        self.those(Outcome::is_missed)
    }

    /// Turns without an answer.
    pub fn dropped(&self) -> Proportion {
        self.those(Outcome::is_dropped)
    }

    /// Turns with this outcome. `cut_short` is in no rate: its part is of nothing.
    pub fn share_of(&self, outcome: Outcome) -> Proportion {
        if outcome == Outcome::CutShort {
            return Proportion {
                count: self.outcome(outcome),
                of: 0,
            };
        }
        self.those(|one| one == outcome)
    }

    fn those(&self, which: impl Fn(Outcome) -> bool) -> Proportion {
        let chosen = Outcome::ALL.iter().filter(|outcome| which(**outcome));
        Proportion {
            count: chosen.map(|outcome| self.outcome(*outcome)).sum(),
            of: self.rated(),
        }
    }

    /// Conversations with this ending, of those that ended by themselves. `cut_short` is in no rate.
    pub fn share_of_ending(&self, ending: Ending) -> Proportion {
        let own = self.ended() - self.ending(Ending::CutShort);
        Proportion {
            count: self.ending(ending),
            of: if ending == Ending::CutShort { 0 } else { own },
        }
    }

    /// The part of all closed turns that our own end cut short.
    pub fn cut_short(&self) -> Proportion {
        Proportion {
            count: self.outcome(Outcome::CutShort),
            of: self.closed(),
        }
    }

    /// Enters a closed turn.
    pub(super) fn close(&mut self, turn: &Turn) {
        self.outcomes[turn.outcome.index()] += 1;
        self.messages += turn.messages.iter().filter(|message| message.deliveries > 0).count() as u64;
        self.deliveries += turn.deliveries();
        self.polls += u64::from(turn.polls);
        self.duplicates += u64::from(turn.duplicates);
        self.late_after_failure += u64::from(turn.outcome == Outcome::Late && turn.trouble.is_some());
        if let Some(failure) = turn.failure {
            *self.failures.entry(failure).or_default() += 1;
        }
    }

    /// Adds another ledger of the same slice.
    pub fn merge(&mut self, other: &Ledger) {
        add(&mut self.not_sent, &other.not_sent);
        add(&mut self.outcomes, &other.outcomes);
        add(&mut self.endings, &other.endings);
        self.started += other.started;
        self.sent += other.sent;
        self.messages += other.messages;
        self.deliveries += other.deliveries;
        self.polls += other.polls;
        self.duplicates += other.duplicates;
        self.unsolicited += other.unsolicited;
        self.late_after_failure += other.late_after_failure;
        for (pair, count) in &other.switches {
            *self.switches.entry(*pair).or_default() += count;
        }
        for (failure, count) in &other.failures {
            *self.failures.entry(*failure).or_default() += count;
        }
    }

    /// What cannot be at any moment, in words: more turns or conversations at their end than were begun.
    pub fn overdrawn(&self) -> Option<String> {
        let (closed, ended) = (self.closed(), self.ended());
        if closed > self.sent {
            return Some(format!(
                "{closed} turns have an outcome, but only {} were sent",
                self.sent
            ));
        }
        (ended > self.started).then(|| format!("{ended} conversations ended, but only {} started", self.started))
    }

    /// What does not balance once the run is over, in words. `planned` conversations are known of the whole run only.
    pub fn imbalance(&self, planned: Option<u64>) -> Option<String> {
        let (sent, closed, started, ended) = (self.sent, self.closed(), self.started, self.ended());
        let (not_sent, planned) = (
            self.not_sent_total(),
            planned.unwrap_or(started + self.not_sent_total()),
        );
        if closed != sent {
            return Some(format!("{sent} turns were sent, but {closed} have an outcome"));
        }
        if ended != started {
            return Some(format!("{started} conversations started, but {ended} ended"));
        }
        (planned != started + not_sent).then(|| {
            format!("{planned} conversations were planned, but {started} started and {not_sent} were not sent")
        })
    }
}

fn add<const N: usize>(ours: &mut [u64; N], theirs: &[u64; N]) {
    for (our, their) in ours.iter_mut().zip(theirs) {
        *our += their;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn balanced() -> Ledger {
        let mut ledger = Ledger {
            started: 4,
            not_sent: [1, 0, 2],
            sent: 20,
            ..Ledger::default()
        };
        ledger.outcomes[Outcome::Answered.index()] = 10;
        ledger.outcomes[Outcome::Late.index()] = 2;
        ledger.outcomes[Outcome::Silent.index()] = 3;
        ledger.outcomes[Outcome::CutShort.index()] = 5;
        ledger.endings[Ending::GoalMet.index()] = 2;
        ledger.endings[Ending::GaveUp.index()] = 1;
        ledger.endings[Ending::CutShort.index()] = 1;
        ledger
    }

    #[test]
    fn rates_leave_out_what_was_cut_short() {
        let ledger = balanced();
        assert_eq!(ledger.missed(), Proportion { count: 5, of: 15 });
        assert_eq!(ledger.dropped(), Proportion { count: 3, of: 15 });
        assert_eq!(ledger.share_of(Outcome::Answered), Proportion { count: 10, of: 15 });
        assert_eq!(ledger.share_of(Outcome::CutShort).rate(), None);
        assert_eq!(ledger.share_of_ending(Ending::GaveUp), Proportion { count: 1, of: 3 });
        assert_eq!(ledger.share_of_ending(Ending::CutShort).rate(), None);
        assert_eq!(ledger.cut_short(), Proportion { count: 5, of: 20 });
    }

    #[test]
    fn open_turns_are_in_no_rate() {
        let ledger = Ledger {
            sent: 30,
            started: 6,
            ..balanced()
        };
        assert_eq!((ledger.open(), ledger.open_conversations()), (10, 2));
        assert_eq!(ledger.missed(), balanced().missed());
    }

    #[test]
    fn whatever_does_not_balance_is_told() {
        assert_eq!(balanced().imbalance(Some(7)), None);
        assert_eq!(balanced().imbalance(None), None);
        let told = |change: fn(&mut Ledger), planned| {
            let mut ledger = balanced();
            change(&mut ledger);
            ledger.imbalance(planned).unwrap()
        };
        assert_eq!(
            told(|_| {}, Some(8)),
            "8 conversations were planned, but 4 started and 3 were not sent"
        );
        assert_eq!(
            told(|l| l.sent += 1, None),
            "21 turns were sent, but 20 have an outcome"
        );
        assert_eq!(
            told(|l| l.sent -= 1, None),
            "19 turns were sent, but 20 have an outcome"
        );
        assert_eq!(told(|l| l.started += 1, None), "5 conversations started, but 4 ended");
    }

    #[test]
    fn while_the_run_goes_on_only_an_overdraft_is_wrong() {
        let running = Ledger {
            sent: 30,
            started: 6,
            ..balanced()
        };
        assert_eq!(running.overdrawn(), None);
        let (turns, conversations) = (
            Ledger { sent: 19, ..balanced() },
            Ledger {
                started: 3,
                ..balanced()
            },
        );
        assert_eq!(
            turns.overdrawn().unwrap(),
            "20 turns have an outcome, but only 19 were sent"
        );
        assert_eq!(
            conversations.overdrawn().unwrap(),
            "4 conversations ended, but only 3 started"
        );
    }
}
