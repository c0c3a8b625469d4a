//! What a bot that stands still must look like: the answer on paper.
//!
//! With even arrivals at a rate of r a second for T seconds, a service time of nearly nothing and a bot that stands still
//! for F of them, whoever comes inside the freeze waits for its end: r F customers, evenly from 0 to F. So the share F/T
//! of all is delayed, and the quantile q lies at F - (1 - q) T where that is above 0.
//!
//! A tool that sends its next message when it has heard the answer to the last one meets the same freeze once per
//! connection: the customers who would have come meanwhile never come, and their waits are in no figure (coordinated
//! omission; Gil Tene).

use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How long the bot stands still.
pub(super) const LENGTH: Duration = Duration::from_secs(2);
/// Who waits longer than this is counted.
pub(super) const LIMIT: Duration = Duration::from_millis(500);

/// When the freeze begins, from the bot's first message on: in the middle of the traffic, so that it is over before the
/// traffic is even where the first contact took a second.
pub(super) fn begins_at(traffic: Duration) -> Duration {
    traffic.saturating_sub(LENGTH) / 2
}

/// How customers waited. Milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Waits {
    /// Turns that waited longer than 500 ms.
    pub over_500_ms: f64,
    /// Mean reply time.
    pub mean: f64,
    /// Its 90th percentile.
    pub p90: f64,
    /// Its 95th percentile.
    pub p95: f64,
    /// Its 99th percentile.
    pub p99: f64,
}

/// What open traffic at this rate must see of a freeze of `frozen` in `traffic`, both in seconds.
pub(super) fn on_paper(rate_per_s: f64, traffic: f64, frozen: f64) -> Waits {
    let quantile = |quantile: f64| (frozen - (1.0 - quantile) * traffic).max(0.0) * 1_000.0;
    Waits {
        over_500_ms: rate_per_s * (frozen - LIMIT.as_secs_f64()).max(0.0),
        mean: frozen * frozen / (2.0 * traffic) * 1_000.0,
        p90: quantile(0.9),
        p95: quantile(0.95),
        p99: quantile(0.99),
    }
}

/// What a tool with one connection would tell of the same freeze, if it wanted the same rate and waited for each answer.
pub(super) fn one_at_a_time(rate_per_s: f64, traffic: f64, frozen: f64) -> Waits {
    let turns = rate_per_s * (traffic - frozen) + 1.0;
    // One turn of all waits for the whole freeze.
    let quantile = |quantile: f64| {
        if 1.0 / turns > 1.0 - quantile {
            frozen * 1_000.0
        } else {
            0.0
        }
    };
    Waits {
        over_500_ms: 1.0,
        mean: frozen / turns * 1_000.0,
        p90: quantile(0.9),
        p95: quantile(0.95),
        p99: quantile(0.99),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_seconds_of_ten_are_a_fifth_of_the_turns() {
        let waits = on_paper(100.0, 10.0, 2.0);
        let found = [waits.over_500_ms, waits.mean, waits.p90, waits.p95, waits.p99].map(f64::round);
        assert_eq!(found, [150.0, 200.0, 1_000.0, 1_500.0, 1_900.0]);
    }

    #[test]
    fn paper_agrees_with_a_count_of_every_customer() {
        let (rate, traffic, frozen) = (200.0, 5.0, 2.0);
        let mut waits: Vec<f64> = (0..1_000)
            .map(|number| (f64::from(number) + 0.5) / rate)
            .map(|due| if (1.0..3.0).contains(&due) { 3.0 - due } else { 0.0 })
            .map(|wait| wait * 1_000.0)
            .collect();
        waits.sort_by(f64::total_cmp);
        let paper = on_paper(rate, traffic, frozen);
        let over = waits.iter().filter(|wait| **wait > 500.0).count() as f64;
        assert!((over - paper.over_500_ms).abs() <= 1.0);
        assert!((waits.iter().sum::<f64>() / 1_000.0 - paper.mean).abs() < 1.0);
        for (place, quantile) in [(899, paper.p90), (949, paper.p95), (989, paper.p99)] {
            assert!((waits[place] - quantile).abs() <= 5.0, "{} {quantile}", waits[place]);
        }
    }

    #[test]
    fn one_at_a_time_hides_the_freeze() {
        let waits = one_at_a_time(100.0, 10.0, 2.0);
        assert_eq!((waits.over_500_ms, waits.p90, waits.p99), (1.0, 0.0, 0.0));
        assert!(waits.mean < 3.0);
    }
}
