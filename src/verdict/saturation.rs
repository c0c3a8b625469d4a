//! Whether the generator kept its own schedule, so that the bot may be blamed for what customers lived through.

use std::time::Duration;

use crate::conversation::{Hindrance, NotSent};
use crate::metrics::Time;
use crate::scenario::{Bound, Channel, Connection, Metric, Scenario, Workload};

use super::figure::Measured;

/// The lag that is always tolerated.
const TOLERATED: Duration = Duration::from_millis(50);
/// Of the tightest time threshold.
const TOLERATED_PART: f64 = 0.05;
/// With fewer turns than this a percentile of the lag only warns.
const LEAST_TURNS: u64 = 500;
/// A population that is smaller than this part of the planned one is another experiment.
const REACHED_PART: f64 = 0.9;
/// So many turns must be beyond the limit.
const LEAST_BEYOND: u64 = 5;

/// How well the generator did.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Saturation {
    /// Why it was saturated.
    pub(super) reason: Option<String>,
    /// What a reader should know when it was not quite.
    pub(super) warning: Option<String>,
    /// What to do about it, one remedy each.
    pub(super) advice: Vec<&'static str>,
}

/// What a run lets its user turn down.
#[derive(Debug, Clone, Copy)]
struct Remedies {
    /// A closed workload has no rates to scale, but a population.
    is_closed: bool,
    /// Connections are shared already.
    is_pooled: bool,
}

impl Remedies {
    fn of(scenario: &Scenario) -> Remedies {
        let is_pooled = |channel: &Channel| channel.connection == Connection::Pooled;
        Remedies {
            is_closed: scenario.file.workload == Workload::Closed,
            is_pooled: scenario.channels.iter().all(is_pooled),
        }
    }

    /// Against a lag.
    fn faster(self) -> &'static str {
        match self.is_closed {
            false => {
                "throng fell behind its own schedule: lower the rate (`--scale 0.5`), or give it more or quieter processors"
            }
            true => {
                "throng fell behind its own schedule: take fewer customers (`population`), or give it more or quieter processors"
            }
        }
    }

    /// Against what kept messages from leaving.
    fn against(self, by: Hindrance) -> &'static str {
        match (by, self.is_pooled, self.is_closed) {
            (Hindrance::Descriptors, true, _) => {
                "descriptors: allow this process more (`ulimit -n 65536`, as root beyond `ulimit -Hn`)"
            }
            (Hindrance::Descriptors, false, _) => {
                "descriptors: allow this process more (`ulimit -n 65536`, as root beyond `ulimit -Hn`), or let conversations share connections (`connection: pooled`)"
            }
            (Hindrance::Ports, true, _) => {
                "ports: spread over more addresses of this machine (`source_addresses` of the channel), or widen `sysctl net.ipv4.ip_local_port_range`"
            }
            (Hindrance::Ports, false, _) => {
                "ports: spread over more addresses of this machine (`source_addresses` of the channel), widen `sysctl net.ipv4.ip_local_port_range`, or use `connection: pooled`"
            }
            (Hindrance::Memory, _, false) => {
                "memory: rehearse with fewer conversations at once (`--scale 0.5`), or on a machine with more of it"
            }
            (Hindrance::Memory, _, true) => {
                "memory: rehearse with fewer customers at once (`population`), or on a machine with more of it"
            }
            (Hindrance::Failure, ..) => {
                "failures: `throng talk` shows what is wrong with a single message; the profile may not fit every customer"
            }
        }
    }
}

/// Saturated is a generator with a p99 of the schedule lag beyond the larger of 50 ms and 5 % of the tightest time
/// threshold, or one that had to leave out conversations or messages for want of time, descriptors, ports or memory, or
/// for a failure of its own.
pub(super) fn saturation(measured: &Measured<'_>, hindered: &[u64; Hindrance::ALL.len()]) -> Saturation {
    left_out(measured, hindered).unwrap_or_else(|| lag(measured))
}

/// Saturated by what was not sent.
fn left_out(measured: &Measured<'_>, hindered: &[u64; Hindrance::ALL.len()]) -> Option<Saturation> {
    let run = measured.metrics.ledger(measured.slices.run);
    let (late, wanting) = (
        run.not_sent_for(NotSent::TooLate),
        run.not_sent_for(NotSent::NoResources),
    );
    let conversations = (late + wanting > 0).then(|| {
        format!(
            "conversations not started: {} ({late} too late, {wanting} for want of descriptors, ports or memory)",
            late + wanting
        )
    });
    let kept_back = Hindrance::ALL.map(|by| (by, hindered[by as usize]));
    let messages = kept_back.iter().filter(|(_, count)| *count > 0);
    let reasons = messages
        .clone()
        .map(|(by, count)| format!("{}: {count}", not_sent(*by)));
    let reasons: Vec<String> = conversations.into_iter().chain(reasons).collect();
    if reasons.is_empty() {
        return None;
    }
    let remedies = Remedies::of(measured.scenario);
    let late = (late > 0).then(|| remedies.faster());
    Some(Saturation {
        reason: Some(reasons.join("; ")),
        warning: None,
        advice: late
            .into_iter()
            .chain(messages.map(|(by, _)| remedies.against(*by)))
            .collect(),
    })
}

fn not_sent(by: Hindrance) -> &'static str {
    match by {
        Hindrance::Descriptors => "messages not sent for want of descriptors on this machine",
        Hindrance::Ports => "messages not sent for want of local ports on this machine",
        Hindrance::Memory => "messages not sent for want of memory on this machine",
        Hindrance::Failure => "messages that throng could not put together or failed on",
    }
}

/// Saturated, or close to it, by the lag.
fn lag(measured: &Measured<'_>) -> Saturation {
    let lag = measured.metrics.latency(measured.slices.totals, Time::ScheduleLag);
    let limit = limit(measured);
    let Some(p99) = lag.quantile(0.99).filter(|p99| *p99 > limit) else {
        return Saturation::default();
    };
    let (turns, beyond) = (lag.count(), lag.count_above(limit));
    let told = format!(
        "p99 of the schedule lag was {} ms, beyond {} ms: {beyond} of {turns} turns were sent that late",
        p99.as_millis(),
        limit.as_millis()
    );
    let is_saturated = turns >= LEAST_TURNS && beyond >= LEAST_BEYOND;
    Saturation {
        reason: is_saturated.then(|| told.clone()),
        warning: (!is_saturated).then_some(told),
        advice: vec![Remedies::of(measured.scenario).faster()],
    }
}

/// A closed workload whose population never came together: `planned` customers at once, where at most `open` were.
pub(super) fn missing_population(planned: Option<u64>, open: u64) -> Option<String> {
    let planned = planned.filter(|planned| (open as f64) < *planned as f64 * REACHED_PART)?;
    Some(format!(
        "at most {open} of {planned} customers were there at once: this machine could not bring them in time \
         (fewer customers, a slower ramp or more processors help)"
    ))
}

/// The lag that the thresholds leave room for.
fn limit(measured: &Measured<'_>) -> Duration {
    let tightest = (0..measured.scenario.thresholds.len()).filter_map(|place| time_bound(measured, place));
    let part = tightest.fold(f64::INFINITY, f64::min) * TOLERATED_PART;
    // Without a time threshold the part is infinite, and no duration.
    Duration::try_from_secs_f64(part).map_or(TOLERATED, |part| part.max(TOLERATED))
}

/// The bound of a time threshold in seconds; of a relative one, as it was seen.
fn time_bound(measured: &Measured<'_>, place: usize) -> Option<f64> {
    let threshold = &measured.scenario.thresholds[place];
    if !matches!(threshold.metric, Metric::Time(_)) {
        return None;
    }
    match threshold.bound {
        Bound::Value(seconds) => Some(seconds),
        Bound::Times { factor, .. } => {
            let reference = measured.slices.thresholds[place].reference?;
            let figure = measured
                .figure(threshold.metric, threshold.stat, reference, 0.95)
                .ok()?;
            Some(factor * figure.observed)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_advised_that_cannot_help() {
        for is_closed in [false, true] {
            for is_pooled in [false, true] {
                let remedies = Remedies { is_closed, is_pooled };
                let against = Hindrance::ALL.map(|by| remedies.against(by));
                let told = [&against[..], &[remedies.faster()]].concat().join(" ");
                assert_eq!(told.contains("--scale"), !is_closed, "{told}");
                assert_eq!(told.contains("`population`"), is_closed, "{told}");
                assert_eq!(told.contains("pooled"), !is_pooled, "{told}");
            }
        }
    }

    #[test]
    fn a_population_that_never_came_together_saturates_the_generator_and_an_open_workload_has_none() {
        for (planned, open, is_missing) in [
            (None, 0, false),
            (Some(500), 500, false),
            (Some(500), 450, false),
            (Some(500), 449, true),
            (Some(1), 1, false),
            (Some(1), 0, true),
        ] {
            let told = missing_population(planned, open);
            assert_eq!(told.is_some(), is_missing, "{planned:?} {open} {told:?}");
        }
    }
}
