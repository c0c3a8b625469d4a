//! `latency.hlog`: the times of each channel, interval by interval.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::metrics::{IntervalLog, Latency, Metrics, Time};
use crate::scenario::Scenario;
use crate::verdict::Slices;

/// Intervals in the log, at the most: a longer run has longer ones.
const MOST: u64 = 600;

/// The times that are logged, and how tags name them.
const TIMES: [(Time, &str); 3] = [
    (Time::Reply, "reply_time"),
    (Time::Wire, "wire_time"),
    (Time::FirstText, "first_text"),
];

/// The log, and what was measured since its last interval.
pub(super) struct Intervals {
    log: IntervalLog<BufWriter<File>>,
    channels: Vec<Channel>,
    from: Duration,
    over_at: Duration,
    length: Duration,
}

/// One channel's part of the interval.
struct Channel {
    name: String,
    /// Its place among the slices.
    place: usize,
    times: [Latency; TIMES.len()],
}

impl Intervals {
    pub(super) fn create(path: &Path, scenario: &Scenario, slices: &Slices) -> io::Result<Intervals> {
        let channels = scenario.channels.iter().zip(&slices.channels);
        Ok(Intervals {
            log: IntervalLog::new(BufWriter::new(File::create(path)?)),
            channels: channels
                .map(|(channel, place)| Channel {
                    name: channel.name.clone(),
                    place: *place,
                    times: [const { Latency::new() }; TIMES.len()],
                })
                .collect(),
            from: Duration::ZERO,
            over_at: length(scenario.traffic_length() + scenario.drain),
            length: length(scenario.traffic_length() + scenario.drain),
        })
    }

    /// The run begins at this moment.
    pub(super) fn begin(&mut self, started_at: SystemTime) -> io::Result<()> {
        self.log.begin(started_at)
    }

    /// Adds what a shard has measured.
    pub(super) fn add(&mut self, metrics: &Metrics) {
        for channel in &mut self.channels {
            for (latency, (time, _)) in channel.times.iter_mut().zip(TIMES) {
                latency.merge(metrics.latency(channel.place, time));
            }
        }
    }

    /// Writes the interval if it is over, once all that was measured up to now is added.
    pub(super) fn write_if_over(&mut self, now: Duration) -> io::Result<()> {
        if now < self.over_at {
            return Ok(());
        }
        // On a grid: counted from a moment that was late, every other interval would be a second too long.
        while self.over_at <= now {
            self.over_at += self.length;
        }
        self.write(now)
    }

    /// Writes what is left.
    pub(super) fn close(&mut self, now: Duration) -> io::Result<()> {
        self.write(now)?;
        self.log.flush()
    }

    fn write(&mut self, now: Duration) -> io::Result<()> {
        let from = std::mem::replace(&mut self.from, now);
        let length = now.saturating_sub(from);
        let mut written = Ok(());
        for channel in &mut self.channels {
            for (latency, (_, name)) in channel.times.iter_mut().zip(TIMES) {
                let tag = format!("{name}/{}", channel.name);
                written = written.and(self.log.write(&tag, from, length, latency));
                latency.clear();
            }
        }
        written
    }
}

/// How long an interval is, whole seconds, so that a run of this length has at most [`MOST`].
fn length(run: Duration) -> Duration {
    let seconds = run.as_secs_f64().ceil() as u64;
    Duration::from_secs(seconds.div_ceil(MOST).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_of_any_length_has_at_most_six_hundred_intervals_of_whole_seconds() {
        for (run_s, interval_s) in [(0, 1), (60, 1), (600, 1), (601, 2), (1_860, 4), (86_400, 144)] {
            let found = length(Duration::from_secs(run_s));
            assert_eq!(found, Duration::from_secs(interval_s), "{run_s} s");
            assert!(run_s <= found.as_secs() * MOST);
        }
    }
}
