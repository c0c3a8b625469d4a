//! A platform's redeliveries.

use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use super::delivery::Delivered;
use super::{Ended, Finish};
use crate::scenario::{Retry, RetryOn};

/// Delivers a first time, and again as `retry` says, as long as somebody listens. `deliver` is told the how manieth delivery it is,
/// from 1, and why the one before it failed.
pub(super) async fn deliveries(
    retry: &Retry,
    give_up_at: Instant,
    mut deliver: impl AsyncFnMut(u16, Option<RetryOn>) -> Delivered,
) -> Finish {
    let (mut attempt, mut reason) = (1, None);
    loop {
        let delivered = deliver(attempt, reason).await;
        let wants_more = delivered.again.is_some_and(|reason| retry.on.contains(&reason));
        let next_at = Instant::now() + delay_after(retry, attempt);
        if !wants_more || attempt >= retry.attempts || next_at >= give_up_at {
            return Finish {
                deliveries: attempt - u16::from(matches!(delivered.ended, Ended::Hindered { .. })),
                ended: delivered.ended,
                may_be_answered: false,
                polls: 0,
            };
        }
        if next_at > Instant::now() {
            sleep_until(next_at).await;
        }
        attempt += 1;
        reason = delivered.again;
    }
}

/// The wait after this attempt, which counts from 1.
fn delay_after(retry: &Retry, attempt: u16) -> Duration {
    let at = usize::from(attempt).saturating_sub(1);
    let delay = retry.delay.get(at).or(retry.delay.last());
    delay.map(|span| span.get()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Span;

    fn retry(on: &[RetryOn], attempts: u16, delays: &[f64]) -> Retry {
        Retry {
            on: on.to_vec(),
            attempts,
            delay: delays.iter().map(|seconds| Span::seconds(*seconds)).collect(),
            refresh: Vec::new(),
        }
    }

    /// Attempts that fail for this reason, each after a second; gives the seconds at which they began.
    async fn begun_at(retry: &Retry, patience: u64, reason: RetryOn) -> (Finish, Vec<f64>) {
        let start = Instant::now();
        let mut begun = Vec::new();
        let finish = deliveries(retry, start + Duration::from_secs(patience), async |_, _| {
            begun.push(start.elapsed().as_secs_f64());
            tokio::time::sleep(Duration::from_secs(1)).await;
            Delivered {
                ended: Ended::Silent,
                again: Some(reason),
            }
        })
        .await;
        (finish, begun)
    }

    #[tokio::test(start_paused = true)]
    async fn a_platform_delivers_again_after_its_delays_and_only_for_its_reasons() {
        let twice = retry(&[RetryOn::Timeout], 4, &[0.0, 5.0]);
        let (finish, begun) = begun_at(&twice, 60, RetryOn::Timeout).await;
        assert_eq!((finish.deliveries, begun), (4, vec![0.0, 1.0, 7.0, 13.0]));
        let (finish, _) = begun_at(&twice, 60, RetryOn::Status).await;
        assert_eq!(finish.deliveries, 1);
        let (finish, _) = begun_at(&Retry::default(), 60, RetryOn::Timeout).await;
        assert_eq!(finish.deliveries, 1);
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_is_delivered_when_nobody_listens_any_more() {
        let patient = retry(&[RetryOn::Timeout], 20, &[4.0]);
        let (finish, begun) = begun_at(&patient, 11, RetryOn::Timeout).await;
        assert_eq!((finish.deliveries, begun), (3, vec![0.0, 5.0, 10.0]));
    }
}
