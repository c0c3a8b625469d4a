//! Messages that wait for a bot that asks for them, in the order of their numbers.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::Value;
use tokio::sync::{Notify, watch};
use tokio::time::{Instant, timeout_at};

use crate::wire::Asked;

/// Most messages that are handed out at once.
const MOST_AT_ONCE: u64 = 100;
/// A bot that asks does not wait longer for an answer.
const LONGEST_WAIT: Duration = Duration::from_secs(60);

/// Messages that wait. Each is held by the [`Slip`] of whoever put it there, so there are never more than are open.
#[derive(Debug, Default)]
pub(super) struct Mailbox {
    waiting: Mutex<Waiting>,
    news: Notify,
}

#[derive(Debug, Default)]
struct Waiting {
    last_number: u64,
    letters: BTreeMap<u64, Letter>,
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
    /// The bot said that it has it.
    pub(in crate::channel) is_confirmed: bool,
}

/// A message in the mailbox, taken out when this is dropped.
#[derive(Debug)]
pub(in crate::channel) struct Slip {
    mailbox: Arc<Mailbox>,
    number: u64,
    fate: watch::Receiver<Fate>,
}

impl Mailbox {
    /// Puts a message in; `update` makes it from its number.
    pub(super) fn put<E>(self: &Arc<Self>, update: impl FnOnce(u64) -> Result<Value, E>) -> Result<Slip, E> {
        let (sender, fate) = watch::channel(Fate::default());
        // Made under the lock: numbers must come in order, since a bot confirms all up to one.
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
    pub(super) async fn ask(&self, asked: Asked) -> Vec<Value> {
        let wait = Duration::from_secs(asked.wait_s.unwrap_or_default()).min(LONGEST_WAIT);
        let until = Instant::now() + wait;
        if let Some(offset) = asked.offset.and_then(|offset| u64::try_from(offset).ok()) {
            self.confirm(offset);
        }
        let limit = asked
            .limit
            .filter(|limit| *limit > 0)
            .unwrap_or(MOST_AT_ONCE)
            .min(MOST_AT_ONCE);
        loop {
            // Before the look, so that nothing that comes in between is missed.
            let news = self.news.notified();
            let updates = self.hand_out(limit);
            if !updates.is_empty() || timeout_at(until, news).await.is_err() {
                return updates;
            }
        }
    }

    fn confirm(&self, offset: u64) {
        let mut waiting = self.lock();
        let rest = waiting.letters.split_off(&offset);
        for letter in std::mem::replace(&mut waiting.letters, rest).into_values() {
            letter.fate.send_modify(|fate| fate.is_confirmed = true);
        }
    }

    fn hand_out(&self, limit: u64) -> Vec<Value> {
        let now = Instant::now();
        let waiting = self.lock();
        let letters = waiting
            .letters
            .values()
            .take(usize::try_from(limit).unwrap_or(usize::MAX));
        let hand_out = |letter: &Letter| {
            letter.fate.send_modify(|fate| {
                fate.handed_out = fate.handed_out.saturating_add(1);
                fate.first_at = fate.first_at.or(Some(now));
            });
            letter.update.clone()
        };
        letters.map(hand_out).collect()
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

    /// Waits until something becomes of it.
    pub(in crate::channel) async fn changed(&mut self) {
        if self.fate.changed().await.is_err() && !self.fate().is_confirmed {
            // Nobody will ever say; whoever waits here has a limit of their own.
            std::future::pending::<()>().await;
        }
    }
}

impl Drop for Slip {
    fn drop(&mut self) {
        self.mailbox.lock().letters.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(mailbox: &Arc<Mailbox>) -> Slip {
        mailbox.put(|number| Ok::<_, ()>(number.into())).unwrap()
    }

    fn ask(offset: i64, limit: u64, wait_s: u64) -> Asked {
        Asked {
            offset: Some(offset),
            limit: Some(limit),
            wait_s: Some(wait_s),
        }
    }

    #[tokio::test(start_paused = true)]
    async fn messages_are_handed_out_until_they_are_confirmed() {
        let mailbox = Arc::new(Mailbox::default());
        let slips = [put(&mailbox), put(&mailbox), put(&mailbox)];
        assert_eq!(mailbox.ask(ask(0, 2, 0)).await, [1, 2]);
        assert_eq!(mailbox.ask(ask(2, 9, 0)).await, [2, 3]);
        assert_eq!(
            mailbox.ask(ask(-5, 9, 0)).await,
            [2, 3],
            "what makes no sense confirms nothing"
        );
        let fates = slips
            .each_ref()
            .map(|slip| (slip.fate().handed_out, slip.fate().is_confirmed));
        assert_eq!(fates, [(1, true), (3, false), (2, false)]);
        drop(slips);
        assert!(
            mailbox.ask(ask(0, 9, 0)).await.is_empty(),
            "nobody waits for an answer any more"
        );
        assert!(mailbox.lock().letters.is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn a_bot_that_asks_waits_for_the_first_message_and_no_longer_than_it_said() {
        let mailbox = Arc::new(Mailbox::default());
        let start = Instant::now();
        assert!(mailbox.ask(ask(0, 9, 7)).await.is_empty());
        assert_eq!(start.elapsed(), Duration::from_secs(7));
        assert!(mailbox.ask(ask(0, 9, u64::MAX)).await.is_empty());
        assert_eq!(start.elapsed(), Duration::from_secs(67));
        let asking = {
            let mailbox = Arc::clone(&mailbox);
            async move { mailbox.ask(ask(0, 9, 30)).await }
        };
        let putting = async {
            tokio::time::sleep(Duration::from_secs(2)).await;
            put(&mailbox)
        };
        let (updates, _slip) = tokio::join!(asking, putting);
        assert_eq!((updates.len(), start.elapsed()), (1, Duration::from_secs(69)));
    }
}
