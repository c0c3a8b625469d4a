//! Keeps time: starts every planned conversation when it is due, carries its turns, and tells what happened.
//!
//! ```text
//!  arrivals --> Stage (agenda of what is due) --send--> exchanges (one task each while a message is on its way)
//!                 ^      |                                   |
//!                 |   Event --> sink                         |
//!                 +----------- told (what was heard) <-------+
//! ```
//!
//! In a closed workload the arrivals come through a `Turnstile`, at which goose's users wait (`closed.rs`).
//!
//! A thinking conversation is data in a map with an entry in the agenda, not a task. Nothing here scores or counts; the
//! engine emits [`Event`]s and knows neither metrics nor reports. A conversation never waits for another.

mod agenda;
mod arrivals;
mod author;
#[cfg(feature = "closed")]
mod closed;
#[cfg(not(feature = "closed"))]
#[path = "without_goose.rs"]
mod closed;
mod dialogue;
mod open;
mod pacer;
mod sending;
mod turn;
mod turnstile;

#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::channel::Ended;
use crate::conversation::{Event, Hindrance, MessageKind, ReplyKind};

pub use arrivals::Arrivals;
pub use author::{Author, Authored, Manner, Unwritten};
pub use closed::{keep_interrupts, populate};
pub use open::{RunError, run};
pub(crate) use pacer::REST;
pub use pacer::Timer;
pub use turnstile::{Entrance, Turnstile};

use open::Told;

/// How long an answered customer waits for the other replies of a burst before going on.
const SETTLE: Duration = Duration::from_millis(300);

/// A run's clock: all moments of a run count from its start.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    start: Instant,
}

impl Clock {
    /// A clock whose zero is `start`.
    pub fn starting_at(start: Instant) -> Clock {
        Clock { start }
    }

    /// Now, from the run's start.
    pub fn now(self) -> Duration {
        self.since_start(Instant::now())
    }

    /// This instant, from the run's start; 0 before it.
    pub fn since_start(self, instant: Instant) -> Duration {
        instant.saturating_duration_since(self.start)
    }

    /// The instant of this moment of the run.
    pub fn instant(self, at: Duration) -> Instant {
        self.start + at
    }
}

/// How a run is carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settings {
    /// Which clock wakes the engine.
    pub timer: Timer,
    /// Conversations end after this many turns whatever their customers want; for a first contact with a target.
    pub max_turns: Option<u16>,
}

/// What shards share: signals to stop, and counts that belong to the run as a whole.
#[derive(Debug, Clone, Default)]
pub struct Control {
    /// No conversation starts from here on; those that are open end within the drain.
    pub stop_starting: CancellationToken,
    /// Everything ends at once; what is open is cut short.
    pub stop_now: CancellationToken,
    /// Who writes the words of customers whom a model plays; without one they have their own.
    pub author: Option<Author>,
    load: Arc<Load>,
}

#[derive(Debug, Default)]
struct Load {
    open: AtomicU32,
    peak_open: AtomicU32,
    turns: AtomicU64,
    turn_budget: AtomicU64,
    hindered: [AtomicU64; Hindrance::ALL.len()],
    begun: AtomicU64,
    failed: AtomicU64,
    through: AtomicU64,
}

/// What became of messages on the wire so far; the rest of those that were begun is under way, or never left this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Transport {
    /// Handed to a channel.
    pub begun: u64,
    /// Over without having been taken: no connection, or a status that says so.
    pub failed: u64,
    /// Over in any other way: the target took them, whatever it answered.
    pub through: u64,
}

impl Control {
    /// A control that stops starting once this many turns were begun.
    pub fn with_turn_budget(turns: Option<u64>) -> Control {
        let control = Control::default();
        control
            .load
            .turn_budget
            .store(turns.unwrap_or(u64::MAX), Ordering::Relaxed);
        control
    }

    /// Conversations open now, in all shards.
    pub fn open_conversations(&self) -> u32 {
        self.load.open.load(Ordering::Relaxed)
    }

    /// The most that were open at once.
    pub fn peak_open_conversations(&self) -> u32 {
        self.load.peak_open.load(Ordering::Relaxed)
    }

    /// Messages that never left this machine, by what kept them (order of [`Hindrance::ALL`]).
    pub fn hindered_messages(&self) -> [u64; Hindrance::ALL.len()] {
        Hindrance::ALL.map(|by| self.load.hindered[by as usize].load(Ordering::Relaxed))
    }

    /// What became of messages on the wire, in all shards.
    pub fn transport(&self) -> Transport {
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
        Transport {
            begun: read(&self.load.begun),
            failed: read(&self.load.failed),
            through: read(&self.load.through),
        }
    }

    /// Counts what an exchange tells.
    fn note(&self, told: &Told) {
        let count = match told {
            Told::Begun(_) => &self.load.begun,
            Told::Signal(_) | Told::Called(..) | Told::Written(_) => return,
            Told::Finish(finish) => match finish.ended {
                Ended::ConnectionLost(_) | Ended::HttpError(_) => &self.load.failed,
                // It says nothing of the target.
                Ended::Hindered { .. } => return,
                _ => &self.load.through,
            },
        };
        count.fetch_add(1, Ordering::Relaxed);
    }

    /// True once the turn budget is spent.
    pub fn is_budget_spent(&self) -> bool {
        self.load.turns.load(Ordering::Relaxed) >= self.load.turn_budget.load(Ordering::Relaxed)
    }

    /// Takes one turn from the budget; false when none is left.
    fn take_turn(&self) -> bool {
        let budget = self.load.turn_budget.load(Ordering::Relaxed);
        let taken = self
            .load
            .turns
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |turns| {
                (turns < budget).then_some(turns + 1)
            });
        taken.is_ok()
    }

    fn opened(&self) {
        let open = self.load.open.fetch_add(1, Ordering::Relaxed) + 1;
        self.load.peak_open.fetch_max(open, Ordering::Relaxed);
    }

    fn closed(&self) {
        self.load.open.fetch_sub(1, Ordering::Relaxed);
    }

    fn hindered(&self, by: Hindrance) {
        self.load.hindered[by as usize].fetch_add(1, Ordering::Relaxed);
    }
}

/// A message or reply at the moment at which it happens, for those who watch a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glimpse<'a> {
    /// The customer sends this.
    Sent {
        /// Why.
        kind: MessageKind,
        /// What.
        text: &'a str,
        /// When.
        at: Duration,
    },
    /// The bot's reply is complete.
    Came {
        /// What it is worth.
        kind: ReplyKind,
        /// What it says.
        text: &'a str,
        /// When.
        at: Duration,
    },
}

/// Where the engine tells what happens.
pub trait Audience {
    /// Something happened that counts.
    fn event(&mut self, event: Event);

    /// Somebody said something; only those who watch a single conversation care.
    fn glimpse(&mut self, _glimpse: Glimpse<'_>) {}
}

impl<F: FnMut(Event)> Audience for F {
    fn event(&mut self, event: Event) {
        self(event);
    }
}
