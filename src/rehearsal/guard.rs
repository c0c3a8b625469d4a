//! The transport guard: a target that no longer takes messages is left alone.

use std::collections::VecDeque;

use crate::engine::Transport;

/// How long the transport must fail before the guard stops the run.
const SECONDS: usize = 20;
/// Fewer messages than this in that time prove nothing.
const ENOUGH: u64 = 20;

/// Watches messages on the wire over the last 20 seconds. A message that fails is known at once, long before its turn is
/// over: the customer still waits for an answer.
#[derive(Debug)]
pub(super) struct TransportGuard {
    /// The totals at each of the last seconds, the oldest first.
    seconds: VecDeque<Transport>,
}

impl Default for TransportGuard {
    fn default() -> Self {
        TransportGuard {
            // The totals at the start.
            seconds: VecDeque::from([Transport::default()]),
        }
    }
}

impl TransportGuard {
    /// Takes the totals so far, once a second. True when, held against the messages that were begun in the last 20
    /// seconds, more than half as many failed and less than half as many came through.
    ///
    /// Both are asked, since either alone misleads: a slow bot has nothing to show yet when the first connections fail,
    /// and after a peak the failures of its last messages outnumber the few that are sent now.
    pub(super) fn is_tripped(&mut self, now: Transport) -> bool {
        let whole = self.seconds.len() == SECONDS;
        let before = match whole {
            true => self.seconds.pop_front().unwrap_or_default(),
            false => Transport::default(),
        };
        self.seconds.push_back(now);
        let begun = now.begun - before.begun;
        let (failed, through) = (now.failed - before.failed, now.through - before.through);
        whole && begun >= ENOUGH && failed * 2 > begun && through * 2 < begun
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first second in which the guard trips, given what is begun, fails and comes through in each.
    fn trips(seconds: impl IntoIterator<Item = (u64, u64, u64)>) -> Option<usize> {
        let mut guard = TransportGuard::default();
        let mut all = Transport::default();
        seconds.into_iter().position(|(begun, failed, through)| {
            all.begun += begun;
            all.failed += failed;
            all.through += through;
            guard.is_tripped(all)
        })
    }

    #[test]
    fn the_guard_trips_after_twenty_seconds_of_mostly_failing_transport_and_not_before() {
        assert_eq!(trips([(10, 6, 4); 60]), Some(19));
        let dies = [(10, 0, 10); 100].into_iter().chain([(10, 10, 0); 60]);
        assert_eq!(trips(dies), Some(110), "as soon as more than half of 20 s is lost");
    }

    #[test]
    fn half_is_not_more_than_half_and_a_handful_proves_nothing() {
        assert_eq!(trips([(10, 5, 5); 60]), None);
        assert_eq!(trips((0..60).map(|second| (second % 2, second % 2, 0))), None);
    }

    #[test]
    fn a_target_that_recovers_is_not_given_up() {
        let seconds = (0..60).map(|second| if second < 9 { (10, 10, 0) } else { (10, 0, 10) });
        assert_eq!(trips(seconds), None);
    }

    #[test]
    fn a_slow_bot_is_not_given_up_for_the_few_that_fail_at_once() {
        let seconds = (0..60).map(|second| (10, 1, if second < 25 { 0 } else { 9 }));
        assert_eq!(trips(seconds), None);
    }

    #[test]
    fn failures_that_show_long_after_the_peak_that_caused_them_do_not_stop_the_calm() {
        // A seventh of the peak's connections time out 30 s later, when a twentieth of it is sent.
        let peak = [(70, 0, 60); 30].into_iter().chain([(70, 10, 60); 60]);
        let calm = [(4, 10, 4); 30].into_iter().chain([(4, 0, 4); 60]);
        assert_eq!(trips(peak.chain(calm)), None);
    }

    #[test]
    fn a_target_that_swallows_connections_is_given_up_once_they_time_out() {
        let seconds = (0..90).map(|second| (10, if second < 30 { 0 } else { 10 }, 0));
        assert_eq!(trips(seconds), Some(40));
    }
}
