//! When the load began, which the bot cannot know by itself: facts change at moments that count from there.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// The bot's idea of when the load began: what whoever started it said ([`LoadClock::begin_in`]); a bot that was started
/// by nobody who could say takes the first message for the beginning.
#[derive(Debug)]
pub struct LoadClock {
    began_at: Mutex<Option<Instant>>,
    /// It will be told.
    waits: bool,
}

impl LoadClock {
    pub(super) fn new(waits: bool) -> LoadClock {
        LoadClock {
            began_at: Mutex::new(None),
            waits,
        }
    }

    /// The load begins after this time; when it was told before, it begins anew.
    pub fn begin_in(&self, time: Duration) {
        *self.lock() = Some(Instant::now() + time);
    }

    /// A message has come.
    pub(super) fn hear_message(&self) {
        if !self.waits {
            self.lock().get_or_insert_with(Instant::now);
        }
    }

    /// How long ago the load began; 0 before.
    pub(super) fn elapsed(&self) -> Duration {
        let began_at = *self.lock();
        began_at.map_or(Duration::ZERO, |began_at| {
            Instant::now().saturating_duration_since(began_at)
        })
    }

    fn lock(&self) -> MutexGuard<'_, Option<Instant>> {
        self.began_at.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn the_load_begins_when_it_is_told_or_else_with_the_first_message() {
        for (waits, expected) in [(true, [0, 0, 3, 8]), (false, [0, 5, 3, 8])] {
            let clock = LoadClock::new(waits);
            clock.hear_message();
            let mut seen = vec![clock.elapsed().as_secs()];
            tokio::time::advance(Duration::from_secs(5)).await;
            clock.hear_message();
            seen.push(clock.elapsed().as_secs());
            clock.begin_in(Duration::from_secs(2));
            assert_eq!(clock.elapsed(), Duration::ZERO);
            tokio::time::advance(Duration::from_secs(5)).await;
            clock.hear_message();
            seen.push(clock.elapsed().as_secs());
            tokio::time::advance(Duration::from_secs(5)).await;
            seen.push(clock.elapsed().as_secs());
            assert_eq!(seen, expected);
        }
    }
}
