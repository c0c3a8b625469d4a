//! Waits for moments, as exactly as the machine allows.
//!
//! tokio's own timer has grains of 1 ms and rounds up, which a latency that counts from the due time would carry in
//! every sample. On Linux a timerfd wakes within some tens of microseconds (`docs/BENCHMARKS.md`). It rings at most once in
//! 500 us: under a peak each ringing then serves several moments, and a thread that sleeps between them carries more.

use std::io;
use std::time::Duration;

use tokio::time::Instant;

/// The least time between two ringings, and so the most by which a moment is missed on purpose.
pub(crate) const REST: Duration = Duration::from_micros(500);

/// Which clock wakes the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Timer {
    /// The finest that the system has: a timerfd on Linux, tokio's timer elsewhere.
    #[default]
    Fine,
    /// tokio's timer, which tests can pause.
    Tokio,
}

/// Waits for moments.
pub(super) enum Pacer {
    #[cfg(target_os = "linux")]
    TimerFd(linux::Alarm),
    Tokio,
}

impl Pacer {
    pub(super) fn new(timer: Timer) -> io::Result<Pacer> {
        match timer {
            Timer::Tokio => Ok(Pacer::Tokio),
            #[cfg(target_os = "linux")]
            Timer::Fine => linux::Alarm::new().map(Pacer::TimerFd),
            #[cfg(not(target_os = "linux"))]
            Timer::Fine => Ok(Pacer::Tokio),
        }
    }

    /// Returns at `moment` or just after it; when it has passed, as soon as other tasks had their turn. May be dropped and
    /// called anew.
    pub(super) async fn wait_until(&self, moment: Instant) -> io::Result<()> {
        if moment <= Instant::now() {
            tokio::task::yield_now().await;
            return Ok(());
        }
        match self {
            #[cfg(target_os = "linux")]
            Pacer::TimerFd(alarm) => alarm.wait_until(moment).await,
            Pacer::Tokio => {
                tokio::time::sleep_until(moment).await;
                Ok(())
            }
        }
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use std::cell::Cell;
    use std::io;
    use std::os::fd::OwnedFd;
    use std::time::Duration;

    use rustix::time::{
        Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, timerfd_create, timerfd_settime,
    };
    use tokio::io::unix::AsyncFd;
    use tokio::time::Instant;

    use super::REST;

    /// A timerfd, and what it is set for.
    pub(crate) struct Alarm {
        timer: AsyncFd<OwnedFd>,
        /// Nothing once it has gone off.
        set_for: Cell<Option<Instant>>,
        rang_at: Cell<Instant>,
    }

    impl Alarm {
        #[expect(
            deprecated,
            reason = "its successor is unsafe for types that may lend a closed descriptor; OwnedFd never does"
        )]
        pub(super) fn new() -> io::Result<Alarm> {
            let flags = TimerfdFlags::NONBLOCK | TimerfdFlags::CLOEXEC;
            Ok(Alarm {
                timer: AsyncFd::new(timerfd_create(TimerfdClockId::Monotonic, flags)?)?,
                set_for: Cell::new(None),
                rang_at: Cell::new(Instant::now()),
            })
        }

        pub(super) async fn wait_until(&self, moment: Instant) -> io::Result<()> {
            let moment = moment.max(self.rang_at.get() + REST);
            loop {
                let now = Instant::now();
                let wait = moment.saturating_duration_since(now);
                if wait.is_zero() {
                    self.rang_at.set(now);
                    return Ok(());
                }
                if self.set_for.get() != Some(moment) {
                    self.set(wait)?;
                    self.set_for.set(Some(moment));
                }
                // Nobody reads the timer: setting it takes its expiry back, and each expiry is an edge of its own. One from an
                // earlier, dropped wait only makes the loop go round.
                self.timer.readable().await?.clear_ready();
                self.set_for.set(None);
            }
        }

        fn set(&self, wait: Duration) -> io::Result<()> {
            let setting = Itimerspec {
                it_interval: Timespec { tv_sec: 0, tv_nsec: 0 },
                it_value: Timespec {
                    tv_sec: i64::try_from(wait.as_secs()).unwrap_or(i64::MAX),
                    tv_nsec: i64::from(wait.subsec_nanos()),
                },
            };
            timerfd_settime(&self.timer, TimerfdTimerFlags::empty(), &setting)?;
            Ok(())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn the_fine_timer_rings_at_most_once_in_a_rest() {
        let start = Instant::now();
        let alarm = linux::Alarm::new().unwrap();
        for ringings in 1..=5 {
            alarm.wait_until(start).await.unwrap();
            assert!(start.elapsed() >= REST * ringings);
        }
    }

    #[tokio::test]
    async fn neither_timer_wakes_before_the_moment() {
        for timer in [Timer::Fine, Timer::Tokio] {
            let pacer = Pacer::new(timer).unwrap();
            for wait in [0, 1, 300, 2_500] {
                let moment = Instant::now() + Duration::from_micros(wait);
                pacer.wait_until(moment).await.unwrap();
                assert!(Instant::now() >= moment, "{timer:?} {wait}");
            }
        }
    }
}
