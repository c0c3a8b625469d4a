//! The transport guard: a target that no longer takes messages is left alone.

use std::collections::VecDeque;

/// How long the transport must fail before the guard stops the run.
const SECONDS: usize = 20;
/// Fewer turns than this in that time prove nothing.
const ENOUGH: u64 = 20;

/// Watches the share of turns that fail in transport (`connection_lost`, `http_error`) over the last 20 seconds.
#[derive(Debug, Default)]
pub(super) struct TransportGuard {
    seconds: VecDeque<(u64, u64)>,
    seen: (u64, u64),
}

impl TransportGuard {
    /// Takes the totals so far, once a second: closed turns and those of them that failed in transport. True when more
    /// than half of the turns failed in every one of the last 20 seconds taken together.
    pub(super) fn is_tripped(&mut self, closed: u64, failed: u64) -> bool {
        self.seconds.push_back((closed - self.seen.0, failed - self.seen.1));
        self.seen = (closed, failed);
        if self.seconds.len() > SECONDS {
            self.seconds.pop_front();
        }
        let (closed, failed) = self
            .seconds
            .iter()
            .fold((0, 0), |sum, second| (sum.0 + second.0, sum.1 + second.1));
        self.seconds.len() == SECONDS && closed >= ENOUGH && failed * 2 > closed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guard_trips_after_twenty_seconds_of_mostly_failing_transport_and_not_before() {
        let mut guard = TransportGuard::default();
        for second in 1..20 {
            assert!(!guard.is_tripped(second * 10, second * 6), "{second}");
        }
        assert!(guard.is_tripped(200, 120));
    }

    #[test]
    fn half_is_not_more_than_half_and_a_handful_proves_nothing() {
        let mut half = TransportGuard::default();
        assert!(!(1..60).any(|second| half.is_tripped(second * 10, second * 5)));
        let mut few = TransportGuard::default();
        assert!(!(1..40).any(|second: u64| few.is_tripped(second / 2, second / 2)));
    }

    #[test]
    fn a_target_that_recovers_is_not_given_up() {
        let mut guard = TransportGuard::default();
        let (mut closed, mut failed) = (0, 0);
        for second in 0..60 {
            closed += 10;
            failed += if second < 9 { 10 } else { 0 };
            assert!(!guard.is_tripped(closed, failed), "{second}");
        }
    }
}
