//! What happened to sockets beside the turns, in numbers.

use std::sync::atomic::{AtomicU64, Ordering};

/// What happened to a channel's sockets; shared by its lines.
#[derive(Debug, Default)]
pub struct CustomerSocketCounts {
    opened: AtomicU64,
    reopened: AtomicU64,
    closed_by_the_bot: AtomicU64,
    unreadable: AtomicU64,
}

/// The same at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CustomerSocketTally {
    /// Sockets that were opened, those that were opened again included.
    pub opened: u64,
    /// Sockets of a conversation that had one before.
    pub reopened: u64,
    /// Sockets that the bot closed, or that broke, while no message waited for an answer.
    pub closed_by_the_bot: u64,
    /// Frames that could not be read while no message waited for an answer.
    pub unreadable: u64,
}

impl CustomerSocketCounts {
    /// What was counted so far.
    pub fn tally(&self) -> CustomerSocketTally {
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
        CustomerSocketTally {
            opened: read(&self.opened),
            reopened: read(&self.reopened),
            closed_by_the_bot: read(&self.closed_by_the_bot),
            unreadable: read(&self.unreadable),
        }
    }

    pub(super) fn opened(&self, is_again: bool) {
        self.opened.fetch_add(1, Ordering::Relaxed);
        self.reopened.fetch_add(u64::from(is_again), Ordering::Relaxed);
    }

    pub(super) fn closed_by_the_bot(&self) {
        self.closed_by_the_bot.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn unreadable(&self) {
        self.unreadable.fetch_add(1, Ordering::Relaxed);
    }
}

impl CustomerSocketTally {
    /// Takes out what was counted before.
    #[must_use]
    pub fn since(self, before: CustomerSocketTally) -> CustomerSocketTally {
        CustomerSocketTally {
            opened: self.opened.saturating_sub(before.opened),
            reopened: self.reopened.saturating_sub(before.reopened),
            closed_by_the_bot: self.closed_by_the_bot.saturating_sub(before.closed_by_the_bot),
            unreadable: self.unreadable.saturating_sub(before.unreadable),
        }
    }
}
