//! How whole conversations fared, by task: what several customers come for alike.

use std::collections::BTreeMap;

use super::{Served, TurnScore};
use crate::conversation::{ByNumber, Ending, Labels, Outcome, Turn};

/// What several customers come for alike: places in the scenario's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Task {
    /// Place in the scenario's goals.
    pub goal: u16,
    /// Place in the scenario's personas.
    pub persona: u16,
    /// Place in the scenario's channels.
    pub channel: u16,
}

impl Task {
    /// The task of a conversation with these labels.
    pub fn of(labels: Labels) -> Task {
        Task {
            goal: labels.goal,
            persona: labels.persona,
            channel: labels.channel,
        }
    }
}

/// How the conversations of one task fared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TaskCounts {
    /// Those that came to their own end.
    pub conversations: u64,
    /// Of those: the customer left with what they came for, and every turn served.
    pub succeeded: u64,
    /// Of those: the same, but for turns of which it could not be told whether they served.
    pub unknown: u64,
    /// Those that our own run cut short, as a whole or in a turn; they are in none of the others.
    pub cut_short: u64,
}

/// Adds up whole conversations by task and by the phase in which they arrived; warm-up is left out. Bounded by the
/// scenario and by the conversations that are open: what is known of one is forgotten when it is whole.
#[derive(Debug, Clone, Default)]
pub struct Tasks {
    counts: BTreeMap<(Task, u16), TaskCounts>,
    open: ByNumber<u64, Conversation>,
}

/// What is known of a conversation that is not whole yet.
#[derive(Debug, Clone, Default)]
struct Conversation {
    /// Turns that are closed.
    closed: u16,
    has_failed: bool,
    is_unknown: bool,
    is_cut_short: bool,
    ended: Option<End>,
}

#[derive(Debug, Clone, Copy)]
struct End {
    labels: Labels,
    ending: Ending,
    turns: u16,
}

impl Tasks {
    /// Adds a closed turn; without a score it is known whether it served only if it was not answered in time.
    pub fn record(&mut self, turn: &Turn, score: Option<&TurnScore>) {
        let conversation = self.open.entry(turn.customer).or_default();
        conversation.closed = conversation.closed.saturating_add(1);
        if turn.outcome == Outcome::CutShort {
            conversation.is_cut_short = true;
        } else {
            match Served::of(turn, score) {
                Served::Yes => {}
                Served::No => conversation.has_failed = true,
                Served::Unknown => conversation.is_unknown = true,
            }
        }
        self.add_if_whole(turn.customer);
    }

    /// A conversation ended after this many turns. Turns may come later than the end, since those that found no room in
    /// the backlog go another way.
    pub fn end(&mut self, customer: u64, labels: Labels, ending: Ending, turns: u16) {
        let conversation = self.open.entry(customer).or_default();
        conversation.ended = Some(End { labels, ending, turns });
        self.add_if_whole(customer);
    }

    /// The conversations that are whole, by task and by the place of the phase in which they arrived.
    pub fn counts(&self) -> &BTreeMap<(Task, u16), TaskCounts> {
        &self.counts
    }

    fn add_if_whole(&mut self, customer: u64) {
        let conversation = self.open.get(&customer);
        let end = conversation.and_then(|known| known.ended.filter(|end| end.turns <= known.closed));
        let Some(end) = end else {
            return;
        };
        let conversation = self.open.remove(&customer).unwrap_or_default();
        if end.labels.warm_up {
            return;
        }
        let counts = self.counts.entry((Task::of(end.labels), end.labels.phase)).or_default();
        if conversation.is_cut_short || end.ending == Ending::CutShort {
            counts.cut_short += 1;
            return;
        }
        counts.conversations += 1;
        let left_well = matches!(end.ending, Ending::GoalMet | Ending::HandedOff);
        if left_well && !conversation.has_failed {
            match conversation.is_unknown {
                true => counts.unknown += 1,
                false => counts.succeeded += 1,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quality::Finding;
    use crate::quality::tests::answered;

    const DONE: TaskCounts = TaskCounts {
        conversations: 1,
        succeeded: 0,
        unknown: 0,
        cut_short: 0,
    };

    fn closed_turn(customer: u64, outcome: Outcome) -> Turn {
        Turn {
            customer,
            outcome,
            ..answered(0, 0, "")
        }
    }

    fn score(served: Served) -> TurnScore {
        TurnScore {
            findings: std::array::from_fn(|_| Finding::Unscored),
            served,
            quality: None,
            cross_talk: 0,
            claims: Vec::new(),
            fates: Vec::new(),
            wanted: None,
            understood: None,
        }
    }

    /// One customer's conversation of these turns.
    fn of(turns: &[(Outcome, Option<Served>)], ending: Ending) -> TaskCounts {
        let mut tasks = Tasks::default();
        for (outcome, served) in turns {
            tasks.record(&closed_turn(7, *outcome), served.map(score).as_ref());
        }
        tasks.end(7, Labels::default(), ending, u16::try_from(turns.len()).unwrap());
        assert!(tasks.open.is_empty(), "what is whole is forgotten");
        assert_eq!(tasks.counts.len(), 1);
        tasks.counts[&(Task::of(Labels::default()), 0)]
    }

    #[test]
    fn a_conversation_succeeds_when_every_turn_served_and_the_customer_left_with_what_they_came_for() {
        use Outcome::{Answered, CutShort, Late, Silent};
        let yes = (Answered, Some(Served::Yes));
        let succeeded = TaskCounts { succeeded: 1, ..DONE };
        let unknown = TaskCounts { unknown: 1, ..DONE };
        let cut_short = TaskCounts {
            cut_short: 1,
            ..TaskCounts::default()
        };
        for (turns, ending, expected) in [
            (vec![yes, yes], Ending::GoalMet, succeeded),
            (vec![yes], Ending::HandedOff, succeeded),
            (vec![yes, yes], Ending::GaveUp, DONE),
            (vec![yes], Ending::MaxTurns, DONE),
            (vec![yes, (Answered, Some(Served::No))], Ending::GoalMet, DONE),
            (vec![(Late, Some(Served::No)), yes], Ending::GoalMet, DONE),
            (vec![yes, (Answered, Some(Served::Unknown))], Ending::GoalMet, unknown),
            // Scoring fell behind: an answer in time may have served, silence has not.
            (vec![yes, (Answered, None)], Ending::GoalMet, unknown),
            (vec![yes, (Silent, None)], Ending::GoalMet, DONE),
            (
                vec![(Answered, None), (Answered, Some(Served::No))],
                Ending::GoalMet,
                DONE,
            ),
            (vec![yes], Ending::CutShort, cut_short),
            (vec![(Answered, Some(Served::No))], Ending::CutShort, cut_short),
            (vec![yes, (CutShort, Some(Served::No))], Ending::GaveUp, cut_short),
        ] {
            assert_eq!(of(&turns, ending), expected, "{turns:?} {ending:?}");
        }
    }

    #[test]
    fn a_turn_that_comes_after_the_end_still_counts_and_then_nothing_is_kept() {
        let mut tasks = Tasks::default();
        tasks.record(&closed_turn(7, Outcome::Answered), Some(&score(Served::Yes)));
        tasks.end(7, Labels::default(), Ending::GoalMet, 2);
        assert!(tasks.counts().is_empty());
        tasks.record(&closed_turn(7, Outcome::Silent), None);
        assert_eq!(tasks.counts[&(Task::of(Labels::default()), 0)], DONE);
        assert!(tasks.open.is_empty());
    }

    #[test]
    fn tasks_and_phases_are_counted_apart_and_warm_up_not_at_all() {
        let mut tasks = Tasks::default();
        let labels = |phase, channel, warm_up| Labels {
            phase,
            channel,
            warm_up,
            ..Labels::default()
        };
        for (customer, labels) in (0..).zip([
            labels(0, 0, true),
            labels(1, 0, false),
            labels(1, 1, false),
            labels(2, 1, false),
            labels(2, 1, false),
        ]) {
            tasks.record(&closed_turn(customer, Outcome::Answered), Some(&score(Served::Yes)));
            tasks.end(customer, labels, Ending::GoalMet, 1);
        }
        let found: Vec<_> = tasks
            .counts()
            .iter()
            .map(|((task, phase), counts)| (task.channel, *phase, counts.succeeded))
            .collect();
        assert_eq!(found, [(0, 1, 1), (1, 1, 1), (1, 2, 2)]);
        assert!(tasks.open.is_empty());
    }
}
