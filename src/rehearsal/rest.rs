//! A rest for a thread that is woken for every reply.
//!
//! Under a peak, replies come one by one while the thread sleeps, and each waking costs more than reading a reply does. A thread that
//! finds work waiting as soon as it lies down is in such a peak: it rests until so much time has gone by since it woke, and finds what came
//! meanwhile in one go. When a reply came, the system notes, and the engine's timer rings no more often anyway: what is measured
//! moves by hundredths of a millisecond, since messages that are due in one rest leave in a row.
//!
//! ```text
//!  woke --works-- parked --nothing was waiting--> sleeps until something comes
//!                    `-----something was--------> next time rests until REST after it woke, then looks
//! ```

use std::cell::Cell;
use std::thread;
use std::time::{Duration, Instant};

use crate::engine::REST;

/// Something was waiting already when the thread lay down and was up again within this.
const AT_ONCE: Duration = Duration::from_micros(20);

/// Elsewhere a reply came when it was read, so that nobody may rest.
const IS_NOTED: bool = cfg!(target_os = "linux");

thread_local! {
    static RHYTHM: Cell<Rhythm> = const { Cell::new(Rhythm::new()) };
}

/// To be called before the thread sleeps.
pub(super) fn before_park() {
    let mut rhythm = RHYTHM.get();
    let rest = rhythm.rest(Instant::now());
    if IS_NOTED && !rest.is_zero() {
        thread::sleep(rest);
    }
    rhythm.park(Instant::now());
    RHYTHM.set(rhythm);
}

/// To be called when it woke.
pub(super) fn after_unpark() {
    let mut rhythm = RHYTHM.get();
    rhythm.wake(Instant::now());
    RHYTHM.set(rhythm);
}

/// When a thread slept and woke last.
#[derive(Debug, Clone, Copy)]
struct Rhythm {
    parked_at: Option<Instant>,
    woke_at: Option<Instant>,
    /// Something was waiting already when it lay down last.
    is_in_peak: bool,
}

impl Rhythm {
    const fn new() -> Rhythm {
        Rhythm {
            parked_at: None,
            woke_at: None,
            is_in_peak: false,
        }
    }

    /// How long to rest before sleeping.
    fn rest(&self, now: Instant) -> Duration {
        let woke_at = self.woke_at.filter(|_| self.is_in_peak);
        woke_at.map_or(Duration::ZERO, |at| (at + REST).saturating_duration_since(now))
    }

    fn park(&mut self, now: Instant) {
        self.parked_at = Some(now);
    }

    fn wake(&mut self, now: Instant) {
        let slept = self.parked_at.map(|at| now.saturating_duration_since(at));
        self.is_in_peak = slept.is_some_and(|slept| slept < AT_ONCE);
        self.woke_at = Some(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_finds_work_waiting_rests_and_never_longer_than_told() {
        let start = Instant::now();
        let at = |us| start + Duration::from_micros(us);
        let mut rhythm = Rhythm::new();
        assert_eq!(rhythm.rest(at(0)), Duration::ZERO, "nothing is known yet");
        rhythm.park(at(0));
        rhythm.wake(at(500));
        assert_eq!(rhythm.rest(at(510)), Duration::ZERO, "it slept");
        rhythm.park(at(510));
        rhythm.wake(at(515));
        assert_eq!(rhythm.rest(at(600)), REST - Duration::from_micros(85));
        assert_eq!(rhythm.rest(at(515 + 500)), Duration::ZERO, "it worked for as long");
        assert_eq!(rhythm.rest(at(5_000)), Duration::ZERO);
        rhythm.park(at(1_015));
        rhythm.wake(at(1_035));
        assert_eq!(rhythm.rest(at(1_036)), Duration::ZERO, "the peak is over");
    }
}
