//! What happened second by second on each channel, kept only until it is handed out.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::conversation::{Outcome, Turn};

use super::latency::{Latency, Wait};

/// One second of the run on one channel. Turns count in the second in which they were due.
#[derive(Debug, Clone)]
pub struct SecondCounts {
    /// From the run's start.
    pub second: u32,
    /// The channel's place.
    pub channel: u16,
    /// Conversations that began.
    pub started: u64,
    /// Turns sent.
    pub sent: u64,
    /// Turns answered in time.
    pub answered: u64,
    /// Turns answered late.
    pub late: u64,
    /// Turns without an answer.
    pub dropped: u64,
    /// Due to answered, all turns but those cut short; two digits.
    pub reply: Latency,
}

impl SecondCounts {
    fn new(second: u32, channel: u16) -> SecondCounts {
        SecondCounts {
            second,
            channel,
            started: 0,
            sent: 0,
            answered: 0,
            late: 0,
            dropped: 0,
            reply: Latency::coarse(),
        }
    }

    /// Adds another entry of the same second and channel.
    pub fn merge(&mut self, other: &SecondCounts) {
        self.started += other.started;
        self.sent += other.sent;
        self.answered += other.answered;
        self.late += other.late;
        self.dropped += other.dropped;
        self.reply.merge(&other.reply);
    }
}

/// The seconds that were not handed out yet.
#[derive(Debug, Clone, Default)]
pub(super) struct Timeline {
    seconds: BTreeMap<(u32, u16), SecondCounts>,
}

impl Timeline {
    fn at(&mut self, at: Duration, channel: u16) -> &mut SecondCounts {
        let second = u32::try_from(at.as_secs()).unwrap_or(u32::MAX);
        self.seconds
            .entry((second, channel))
            .or_insert_with(|| SecondCounts::new(second, channel))
    }

    pub(super) fn start(&mut self, at: Duration, channel: u16) {
        self.at(at, channel).started += 1;
    }

    pub(super) fn send(&mut self, due_at: Duration, channel: u16) {
        self.at(due_at, channel).sent += 1;
    }

    pub(super) fn close(&mut self, turn: &Turn, limit: Duration) {
        let second = self.at(turn.due_at, turn.labels.channel);
        match turn.outcome {
            Outcome::Answered => second.answered += 1,
            Outcome::Late => second.late += 1,
            Outcome::CutShort => {}
            _ => second.dropped += 1,
        }
        if turn.outcome != Outcome::CutShort {
            second.reply.add(wait_for_reply(turn, limit));
        }
    }

    pub(super) fn merge(&mut self, other: &Timeline) {
        for (key, theirs) in &other.seconds {
            self.seconds
                .entry(*key)
                .or_insert_with(|| SecondCounts::new(theirs.second, theirs.channel))
                .merge(theirs);
        }
    }

    pub(super) fn take_before(&mut self, before: u32) -> Vec<SecondCounts> {
        let kept = self.seconds.split_off(&(before, 0));
        std::mem::replace(&mut self.seconds, kept).into_values().collect()
    }

    pub(super) fn rows(&self, second: u32) -> impl Iterator<Item = &SecondCounts> {
        self.seconds.range((second, 0)..=(second, u16::MAX)).map(|(_, row)| row)
    }

    pub(super) fn clear(&mut self) {
        self.seconds.clear();
    }
}

/// How long the customer of a closed turn waited, `limit` at most: the unanswered waited in vain.
pub(super) fn wait_for_reply(turn: &Turn, limit: Duration) -> Wait {
    match turn.reply_time() {
        Some(time) if !turn.outcome.is_dropped() => Wait::Over(time),
        _ => Wait::InVain(limit),
    }
}
