//! Times at which the whole bot stands still.

use std::sync::OnceLock;
use std::time::Duration;

use tokio::time::Instant;

use crate::scenario::Freeze;

/// Times at which nothing is worked on and nothing is sent.
#[derive(Debug)]
pub(super) struct Freezes {
    /// (from, to) after the first message, in order.
    windows: Vec<(Duration, Duration)>,
    first_message_at: OnceLock<Instant>,
}

impl Freezes {
    /// These freezes; the clock starts with the first message.
    pub(super) fn new(freezes: &[Freeze]) -> Freezes {
        let mut windows: Vec<_> = freezes
            .iter()
            .map(|freeze| (freeze.at.get(), freeze.at.get() + freeze.r#for.get()))
            .collect();
        windows.sort();
        Freezes {
            windows,
            first_message_at: OnceLock::new(),
        }
    }

    /// A message has come.
    pub(super) fn start(&self) {
        self.first_message_at.get_or_init(Instant::now);
    }

    /// Passes when `work` has been done, not counting times at which the bot stood still.
    pub(super) async fn work(&self, work: Duration) {
        let now = Instant::now();
        let started_at = *self.first_message_at.get().unwrap_or(&now);
        tokio::time::sleep_until(started_at + self.done_at(now - started_at, work)).await;
    }

    /// Passes at once, unless the bot stands still: then when it moves again. True when it stood still.
    pub(super) async fn thaw(&self) -> bool {
        let Some(started_at) = self.first_message_at.get().filter(|_| !self.windows.is_empty()) else {
            return false;
        };
        let now = started_at.elapsed();
        let thaws_at = self.done_at(now, Duration::ZERO);
        if thaws_at > now {
            tokio::time::sleep_until(*started_at + thaws_at).await;
        }
        thaws_at > now
    }

    fn done_at(&self, start: Duration, work: Duration) -> Duration {
        let (mut now, mut left) = (start, work);
        for &(from, to) in &self.windows {
            if now + left < from || to <= now {
                continue;
            }
            left -= from.saturating_sub(now).min(left);
            now = to;
        }
        now + left
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Span;

    #[test]
    fn work_takes_longer_by_the_time_the_bot_stood_still() {
        let freeze = |at: f64, length: f64| Freeze {
            at: Span::seconds(at),
            r#for: Span::seconds(length),
        };
        // 10..12, 11..14 (overlapping) and 20..21
        let freezes = Freezes::new(&[freeze(20.0, 1.0), freeze(10.0, 2.0), freeze(11.0, 3.0)]);
        for (start, work, done) in [
            (0.0, 5.0, 5.0),
            (9.0, 0.5, 9.5),
            (9.0, 2.0, 15.0),
            (10.0, 0.0, 14.0),
            (12.5, 1.0, 15.0),
            (14.0, 1.0, 15.0),
            (9.0, 9.0, 23.0),
            (30.0, 1.0, 31.0),
        ] {
            let seconds = Duration::from_secs_f64;
            assert_eq!(
                freezes.done_at(seconds(start), seconds(work)),
                seconds(done),
                "{work} s from {start} s"
            );
        }
    }

    #[tokio::test(start_paused = true)]
    async fn the_clock_of_freezes_starts_with_the_first_message() {
        let freezes = Freezes::new(&[Freeze {
            at: Span::seconds(1.0),
            r#for: Span::seconds(2.0),
        }]);
        tokio::time::sleep(Duration::from_secs(100)).await;
        freezes.start();
        let begun_at = Instant::now();
        tokio::time::sleep(Duration::from_millis(1_500)).await;
        freezes.thaw().await;
        assert_eq!(begun_at.elapsed(), Duration::from_secs(3));
        freezes.thaw().await;
        assert_eq!(begun_at.elapsed(), Duration::from_secs(3));
    }
}
