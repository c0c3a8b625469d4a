//! Metrics whose times are entered in batches.
//!
//! A time belongs to every slice that holds its labels, and what a dozen histograms count lies far apart in memory: entered one
//! by one, each is fetched into the processor's caches and forgotten before the next turn. A batch fetches it once.
//!
//! ```text
//!  event --count--> ledger, timeline
//!    `----times--> waiting, by labels and kind --settle--> histograms
//! ```

use super::latency::Wait;
use super::{Metrics, Time, each_time, labels_of_times};
use crate::conversation::{ByNumber, Event, Labels};

/// So many times wait before they are entered, which takes some tens of microseconds. They are 12 KiB.
const BATCH: usize = 512;

/// Metrics whose times are entered in batches: for a shard, which records a hundred thousand times a second.
#[derive(Debug, Clone)]
pub struct Batched {
    metrics: Metrics,
    /// By labels, of each time those that wait. Its keys are at most phases x mix.
    waiting: ByNumber<Labels, [Vec<Wait>; Time::ALL.len()]>,
    count: usize,
}

impl Batched {
    /// Batches times for these metrics.
    pub fn new(metrics: Metrics) -> Batched {
        Batched {
            metrics,
            waiting: ByNumber::default(),
            count: 0,
        }
    }

    /// Adds one event.
    pub fn record(&mut self, event: &Event) {
        self.metrics.count(event);
        let Some(labels) = labels_of_times(event) else { return };
        let (waiting, count) = (self.waiting.entry(*labels).or_default(), &mut self.count);
        each_time(event, self.metrics.limit(labels), |time, wait| {
            waiting[time as usize].push(wait);
            *count += 1;
        });
        if self.count >= BATCH {
            self.settle();
        }
    }

    /// The metrics with all that was recorded.
    pub fn settled(&mut self) -> &mut Metrics {
        self.settle();
        &mut self.metrics
    }

    fn settle(&mut self) {
        for (labels, waiting) in &mut self.waiting {
            self.metrics.each(labels, |part| {
                for (latency, waits) in part.times.iter_mut().zip(waiting.iter()) {
                    waits.iter().for_each(|wait| latency.add(*wait));
                }
            });
            waiting.iter_mut().for_each(Vec::clear);
        }
        self.count = 0;
    }
}
