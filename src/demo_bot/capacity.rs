//! How much the bot can work on at once, and who waits.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout};

use crate::scenario::BotSettings;

/// The workers and the queue in front of them, first come, first served.
#[derive(Debug)]
pub(super) struct Desk {
    workers: Arc<Semaphore>,
    waiting: AtomicUsize,
    queue: usize,
    patience: Duration,
    strained_at: f64,
}

/// A worker, taken until this is dropped.
#[derive(Debug)]
pub(super) struct Seat {
    /// How long the message waited.
    pub(super) waited: Duration,
    /// True when too many others were still waiting.
    pub(super) is_strained: bool,
    _worker: OwnedSemaphorePermit,
}

/// The message found the queue full or waited too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Overrun {
    /// How long it waited.
    pub(super) waited: Duration,
}

impl Desk {
    /// As many workers and places as the settings say.
    pub(super) fn new(settings: &BotSettings) -> Desk {
        let workers = usize::try_from(settings.workers.max(1)).unwrap_or(usize::MAX);
        Desk {
            workers: Arc::new(Semaphore::new(workers.min(Semaphore::MAX_PERMITS))),
            waiting: AtomicUsize::new(0),
            queue: usize::try_from(settings.queue).unwrap_or(usize::MAX),
            patience: settings.overload.patience.get(),
            strained_at: settings.overload.strained_at,
        }
    }

    /// Waits for a worker.
    ///
    /// # Errors
    /// [`Overrun`] when the queue is full, or when no worker was free within the bot's patience.
    pub(super) async fn seat(&self) -> Result<Seat, Overrun> {
        if let Ok(worker) = Arc::clone(&self.workers).try_acquire_owned() {
            return Ok(self.seated(worker, Duration::ZERO));
        }
        let came_at = Instant::now();
        let place = Place::take(self).ok_or(Overrun { waited: Duration::ZERO })?;
        let worker = timeout(self.patience, Arc::clone(&self.workers).acquire_owned()).await;
        drop(place);
        match worker {
            Ok(Ok(worker)) => Ok(self.seated(worker, came_at.elapsed())),
            // The semaphore is never closed, so only time can run out.
            Ok(Err(_)) | Err(_) => Err(Overrun {
                waited: came_at.elapsed(),
            }),
        }
    }

    fn seated(&self, worker: OwnedSemaphorePermit, waited: Duration) -> Seat {
        let waiting = self.waiting.load(Ordering::Relaxed);
        Seat {
            waited,
            is_strained: waiting > 0 && waiting as f64 > self.strained_at * self.queue as f64,
            _worker: worker,
        }
    }
}

/// A place in the queue, given up when dropped, so that a wait that is broken off leaves no hole.
struct Place<'a>(&'a Desk);

impl Place<'_> {
    fn take(desk: &Desk) -> Option<Place<'_>> {
        let taken = desk
            .waiting
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |waiting| {
                (waiting < desk.queue).then_some(waiting + 1)
            });
        taken.ok().map(|_| Place(desk))
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Overload, Span};

    fn desk(workers: u32, queue: u32, patience_s: f64) -> Arc<Desk> {
        Arc::new(Desk::new(&BotSettings {
            workers,
            queue,
            overload: Overload {
                patience: Span::seconds(patience_s),
                strained_at: 0.5,
                ..Overload::default()
            },
            ..BotSettings::default()
        }))
    }

    /// Starts `count` messages, one after the other, each of which takes a second, and tells in whole milliseconds when
    /// each got its worker, or that it did not.
    async fn waits_of(desk: Arc<Desk>, count: usize) -> Vec<Result<(u128, bool), u128>> {
        let mut messages = Vec::new();
        for _ in 0..count {
            let desk = Arc::clone(&desk);
            messages.push(tokio::spawn(async move {
                let seat = desk.seat().await.map_err(|overrun| overrun.waited.as_millis())?;
                tokio::time::sleep(Duration::from_secs(1)).await;
                Ok((seat.waited.as_millis(), seat.is_strained))
            }));
            tokio::task::yield_now().await;
        }
        let mut waits = Vec::new();
        for message in messages {
            waits.push(message.await.unwrap());
        }
        waits
    }

    #[tokio::test(start_paused = true)]
    async fn messages_wait_in_their_order_and_a_full_queue_takes_no_more() {
        let waits = waits_of(desk(2, 3, 60.0), 6).await;
        let waited: Vec<_> = waits.iter().map(|wait| wait.map(|(waited, _)| waited)).collect();
        assert_eq!(waited, [Ok(0), Ok(0), Ok(1_000), Ok(1_000), Ok(2_000), Err(0)]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_message_that_waited_too_long_is_given_up_and_frees_its_place() {
        let desk = desk(1, 2, 0.4);
        assert_eq!(
            waits_of(Arc::clone(&desk), 3).await,
            [Ok((0, false)), Err(400), Err(400)]
        );
        assert_eq!(desk.waiting.load(Ordering::Relaxed), 0);
        assert_eq!(waits_of(desk, 1).await, [Ok((0, false))]);
    }

    #[tokio::test(start_paused = true)]
    async fn the_desk_is_strained_while_more_than_the_share_of_the_queue_waits() {
        let waits = waits_of(desk(1, 4, 60.0), 5).await;
        let strained: Vec<_> = waits
            .iter()
            .map(|wait| wait.is_ok_and(|(_, is_strained)| is_strained))
            .collect();
        // When the second one starts, three of four places are taken; then two, one and none.
        assert_eq!(strained, [false, true, false, false, false]);
    }
}
