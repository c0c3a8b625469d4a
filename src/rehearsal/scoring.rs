//! The scoring thread: scores closed turns, adds the scores up, and passes everything on to the archive.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::shard::lock;
use crate::archive::{ArchiveWriter, EndedConversation, Record};
use crate::backlog::Outlet;
use crate::conversation::{ByNumber, Turn};
use crate::metrics::SecondCounts;
use crate::quality::{Memory, Scorer, ServedSecond, Tally, Tasks, TurnScore};
use crate::verdict::Second;

/// What comes to the scoring thread.
pub(super) enum Work {
    /// A closed turn.
    Turn(Box<Turn>),
    /// A conversation that is over.
    Ended(EndedConversation),
    /// Seconds of the timeline that are complete: all their turns have come here before.
    Seconds(Vec<SecondCounts>),
}

impl Work {
    /// What it takes in memory. Unit: bytes.
    pub(super) fn bytes(&self) -> usize {
        let own = size_of::<Work>();
        match self {
            Work::Turn(turn) => own + turn.bytes(),
            Work::Ended(_) => own,
            Work::Seconds(seconds) => own + size_of_val(seconds.as_slice()),
        }
    }
}

/// The scores added up: of the whole run, and of what was due after each moment from which aborting thresholds count.
pub(super) struct Tallies {
    pub(super) whole: Tally,
    pub(super) later: Vec<(Duration, Tally)>,
    /// Whole conversations.
    pub(super) tasks: Tasks,
    /// Turns that came without a score.
    pub(super) unscored: u64,
}

impl Tallies {
    /// Adds a turn; without a score it counts as unscored.
    pub(super) fn record(&mut self, turn: &Turn, score: Option<&TurnScore>) {
        self.unscored += u64::from(score.is_none());
        self.whole.record(turn, score);
        self.tasks.record(turn, score);
        for (after, tally) in &mut self.later {
            if turn.due_at >= *after {
                tally.record(turn, score);
            }
        }
    }

    /// Adds a conversation that is over.
    pub(super) fn end(&mut self, ended: &EndedConversation) {
        self.tasks.end(ended.customer, ended.labels, ended.ending, ended.turns);
    }

    /// These seconds with the turns that served in them, which are forgotten here.
    pub(super) fn finish_seconds(&mut self, counts: &[SecondCounts]) -> Vec<Second> {
        let Some(last) = counts.iter().map(|counts| counts.second).max() else {
            return Vec::new();
        };
        let served = self.whole.take_seconds(last.saturating_add(1));
        let finish = |counts: &SecondCounts| {
            let same = |one: &&ServedSecond| (one.second, one.channel) == (counts.second, counts.channel);
            Second::of(counts, served.iter().find(same).map_or(0, |one| one.served))
        };
        counts.iter().map(finish).collect()
    }
}

/// A text that a check trips over costs one score, not the scores of the whole run.
fn unless_it_panics(score: impl FnOnce() -> TurnScore) -> Option<TurnScore> {
    catch_unwind(AssertUnwindSafe(score)).ok()
}

/// Works until every sender is gone. Once `hurry` is set nothing more is scored: whoever leaves at once does not wait for
/// what is queued.
pub(super) fn score_all(
    work: &Outlet<Work>,
    scorer: &Scorer,
    tallies: &Mutex<Tallies>,
    archive: &ArchiveWriter,
    hurry: &CancellationToken,
) {
    let mut memories: ByNumber<u64, Memory> = ByNumber::default();
    while let Some(work) = work.next() {
        let record = match work {
            Work::Turn(turn) => {
                let score = match hurry.is_cancelled() {
                    true => None,
                    false => {
                        let memory = memories.entry(turn.customer).or_default();
                        unless_it_panics(|| scorer.score(&turn, memory))
                    }
                };
                lock(tallies).record(&turn, score.as_ref());
                Record::Turn(turn, score.map(Box::new))
            }
            Work::Ended(ended) => {
                memories.remove(&ended.customer);
                lock(tallies).end(&ended);
                Record::Ended(ended)
            }
            Work::Seconds(counts) => Record::Seconds(lock(tallies).finish_seconds(&counts)),
        };
        // What finds no room is counted by the writer and told in the report.
        archive.offer(record);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_that_panics_costs_one_score() {
        assert!(unless_it_panics(|| panic!("a check tripped over this text")).is_none());
    }
}
