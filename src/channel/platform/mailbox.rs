//! Messages that wait for a bot that asks for them, in the order of their numbers.

use std::collections::{BTreeMap, VecDeque};
use std::ops::Bound;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tokio::sync::{Notify, watch};
use tokio::time::{Instant, timeout_at};

use crate::scenario;
use crate::wire::{Asked, Handed, Position};

/// A bot that asks does not wait longer for an answer.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// Messages that can be read again although nobody waits for their answer any more, where bots read by a cursor.
const KEPT: usize = 1_000;

/// Messages that wait. Each is held by the [`Slip`] of whoever put it there; beyond those that are open only the latest are
/// kept, and only where a bot may read them again.
#[derive(Debug)]
pub(super) struct Mailbox {
    waiting: Mutex<Waiting>,
    news: Notify,
    at_once: u64,
    is_read_by_cursor: bool,
}

#[derive(Debug, Default)]
struct Waiting {
    last_number: u64,
    letters: BTreeMap<u64, Letter>,
    /// Those that nobody holds any more, the oldest first.
    let_go: VecDeque<u64>,
}

#[derive(Debug)]
struct Letter {
    update: Value,
    fate: watch::Sender<Fate>,
}

/// What became of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::channel) struct Fate {
    /// How often it was handed out.
    pub(in crate::channel) handed_out: u16,
    /// When it was first.
    pub(in crate::channel) first_at: Option<Instant>,
    /// The bot has it, and said so where it has to.
    pub(in crate::channel) is_taken: bool,
}

/// A message in the mailbox, let go when this is dropped.
#[derive(Debug)]
pub(in crate::channel) struct Slip {
    mailbox: Arc<Mailbox>,
    number: u64,
    fate: watch::Receiver<Fate>,
}

impl Mailbox {
    /// An empty one; with `is_read_by_cursor`, what was read can be read again.
    pub(super) fn of(mailbox: Option<&scenario::Mailbox>, is_read_by_cursor: bool) -> Mailbox {
        Mailbox {
            waiting: Mutex::default(),
            news: Notify::default(),
            at_once: mailbox.map_or(1, |mailbox| u64::from(mailbox.at_once)),
            is_read_by_cursor,
        }
    }

    /// Puts a message in; `update` makes it from its number.
    pub(super) fn put<E>(self: &Arc<Self>, update: impl FnOnce(u64) -> Result<Value, E>) -> Result<Slip, E> {
        let (sender, fate) = watch::channel(Fate::default());
        // Made under the lock: numbers must come in order, since a bot takes all up to one.
        let mut waiting = self.lock();
        let number = waiting.last_number + 1;
        let update = update(number)?;
        waiting.last_number = number;
        waiting.letters.insert(number, Letter { update, fate: sender });
        drop(waiting);
        self.news.notify_waiters();
        Ok(Slip {
            mailbox: Arc::clone(self),
            number,
            fate,
        })
    }

    /// Takes a bot's word for what it has, and hands out what it has not, as soon as there is something or its wait is over.
    pub(super) async fn ask(&self, asked: Asked) -> Handed {
        let wait = Duration::from_secs(asked.wait_s.unwrap_or_default()).min(LONGEST_WAIT);
        let until = Instant::now() + wait;
        let from = self.place_of(asked.from);
        if let Position::Taken(below) = from {
            self.confirm(below);
        }
        let limit = asked
            .limit
            .filter(|limit| *limit > 0)
            .unwrap_or(self.at_once)
            .min(self.at_once);
        loop {
            // Before the look, so that nothing that comes in between is missed.
            let news = self.news.notified();
            let handed = self.hand_out(from, limit);
            if !handed.updates.is_empty() || timeout_at(until, news).await.is_err() {
                return handed;
            }
        }
    }

    /// Where a bot stands. One that claims more than was ever here stands where an earlier run left it, and begins anew.
    fn place_of(&self, claimed: Position) -> Position {
        let last_number = self.lock().last_number;
        match claimed {
            Position::Taken(below) if below > last_number + 1 => Position::Start,
            Position::Read(number) if number > last_number => Position::Start,
            claimed => claimed,
        }
    }

    fn confirm(&self, below: u64) {
        let mut waiting = self.lock();
        let rest = waiting.letters.split_off(&below);
        for letter in std::mem::replace(&mut waiting.letters, rest).into_values() {
            letter.fate.send_modify(|fate| fate.is_taken = true);
        }
    }

    fn hand_out(&self, from: Position, limit: u64) -> Handed {
        let now = Instant::now();
        let after = match from {
            Position::Read(number) => number,
            Position::Start | Position::Taken(_) => 0,
        };
        let waiting = self.lock();
        let mut letters = waiting.letters.range((Bound::Excluded(after), Bound::Unbounded));
        let mut handed = Handed {
            cursor: after,
            ..Handed::default()
        };
        for (number, letter) in letters.by_ref().take(usize::try_from(limit).unwrap_or(usize::MAX)) {
            letter.fate.send_modify(|fate| {
                fate.handed_out = fate.handed_out.saturating_add(1);
                fate.first_at = fate.first_at.or(Some(now));
                fate.is_taken |= self.is_read_by_cursor;
            });
            handed.updates.push(letter.update.clone());
            handed.cursor = *number;
        }
        handed.has_more = letters.next().is_some();
        handed
    }

    fn let_go(&self, number: u64) {
        let mut waiting = self.lock();
        if !self.is_read_by_cursor {
            waiting.letters.remove(&number);
            return;
        }
        waiting.let_go.push_back(number);
        if waiting.let_go.len() > KEPT
            && let Some(oldest) = waiting.let_go.pop_front()
        {
            waiting.letters.remove(&oldest);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Slip {
    /// What became of the message so far.
    pub(in crate::channel) fn fate(&self) -> Fate {
        *self.fate.borrow()
    }

    /// Waits until the bot has the message; `first` is told when it is first handed out.
    pub(in crate::channel) async fn taken(&mut self, mut first: impl FnMut(Instant)) {
        loop {
            let fate = self.fate();
            if let Some(at) = fate.first_at {
                first(at);
            }
            if fate.is_taken {
                return;
            }
            if self.fate.changed().await.is_err() && !self.fate().is_taken {
                // Nobody will ever say; whoever waits here has a limit of their own.
                std::future::pending::<()>().await;
            }
        }
    }
}

impl Drop for Slip {
    fn drop(&mut self) {
        self.mailbox.let_go(self.number);
    }
}

#[cfg(test)]
mod tests;
