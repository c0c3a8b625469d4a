//! Adds up what happened: the ledger, the times, the second-by-second timeline. Pure.
//!
//! Each shard records into its own [`Metrics`], in [batches](Batched); once a second the reader swaps it for an empty one and merges. Merging is
//! addition, so any order gives the same numbers.

use std::time::Duration;

use crate::conversation::{ByNumber, Event, Labels, Outcome, Slice};

mod batched;
mod interval;
mod latency;
mod ledger;
mod timeline;

pub use batched::Batched;
pub use interval::{Estimate, Proportion, Ranks, normal_quantile, quantile_ranks, wilson};
pub use latency::{IntervalLog, LONGEST, Latency, QuantileInterval};
pub use ledger::Ledger;
pub use timeline::SecondCounts;

use latency::Wait;
use timeline::Timeline;

/// One of the times that are measured, in the order of the place in a slice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Time {
    /// Due to answered. A turn without an answer ranks slower than any answered one.
    Reply,
    /// Sent to answered.
    Wire,
    /// Due to first visible text.
    FirstText,
    /// From one growth of a stream's visible text to the next.
    ChunkGap,
    /// Due to sent.
    ScheduleLag,
}

impl Time {
    /// Every one, in order.
    pub const ALL: [Time; 5] = [
        Time::Reply,
        Time::Wire,
        Time::FirstText,
        Time::ChunkGap,
        Time::ScheduleLag,
    ];
}

/// All numbers of a run, or of a part of it, by slice.
///
/// What was cut short by our own end is in the ledger, but of the times only in the schedule lag.
#[derive(Debug, Clone)]
pub struct Metrics {
    slices: Vec<Slice>,
    limits: Vec<Duration>,
    parts: Vec<Part>,
    /// The places of the slices that hold these labels. There are at most phases x mix of them.
    places: ByNumber<Labels, Box<[usize]>>,
    timeline: Timeline,
}

/// The numbers of one slice.
#[derive(Debug, Clone, Default)]
struct Part {
    ledger: Ledger,
    times: [Latency; Time::ALL.len()],
}

impl Metrics {
    /// Empty metrics for these slices, where no mean is asked for: an unanswered turn counts in it as [`LONGEST`].
    pub fn new(slices: &[Slice]) -> Metrics {
        Metrics::with_limits(slices, Vec::new())
    }

    /// Empty metrics for these slices. `limits`, by the channel's place, is how long an answer was waited for (deadline
    /// and grace): what an unanswered turn counts as in the mean reply time.
    pub fn with_limits(slices: &[Slice], limits: Vec<Duration>) -> Metrics {
        Metrics {
            slices: slices.to_vec(),
            limits,
            parts: vec![Part::default(); slices.len()],
            places: ByNumber::default(),
            timeline: Timeline::default(),
        }
    }

    /// Adds one event.
    pub fn record(&mut self, event: &Event) {
        self.count(event);
        if let Some(labels) = labels_of_times(event) {
            let limit = self.limit(labels);
            each_time(event, limit, |time, wait| {
                self.each(labels, |part| part.times[time as usize].add(wait));
            });
        }
    }

    /// Adds all of an event but the times that [`each_time`] tells.
    fn count(&mut self, event: &Event) {
        match event {
            Event::Started { labels, at, .. } => {
                self.each(labels, |part| part.ledger.started += 1);
                self.timeline.start(*at, labels.channel);
            }
            Event::NotSent { labels, reason } => {
                self.each(labels, |part| part.ledger.not_sent[*reason as usize] += 1);
            }
            Event::TurnSent { labels, due_at, .. } => {
                self.each(labels, |part| part.ledger.sent += 1);
                self.timeline.send(*due_at, labels.channel);
            }
            Event::TurnClosed(turn) => {
                self.each(&turn.labels, |part| part.ledger.close(turn));
                self.timeline.close(turn, self.limit(&turn.labels));
            }
            Event::Unsolicited { labels, .. } => self.each(labels, |part| part.ledger.unsolicited += 1),
            Event::Switched { labels, to, .. } => self.switch(labels, *to),
            Event::Ended { labels, ending, .. } => {
                self.each(labels, |part| part.ledger.endings[ending.index()] += 1);
            }
        }
    }

    /// How long an answer is waited for on the labels' channel.
    fn limit(&self, labels: &Labels) -> Duration {
        let limit = self.limits.get(usize::from(labels.channel)).copied();
        limit.unwrap_or(LONGEST)
    }

    /// A customer left the labels' channel for another one: once in every slice that holds either.
    fn switch(&mut self, left: &Labels, to: u16) {
        let found = Labels { channel: to, ..*left };
        for (slice, part) in self.slices.iter().zip(&mut self.parts) {
            if slice.holds(left) || slice.holds(&found) {
                *part.ledger.switches.entry((left.channel, to)).or_default() += 1;
            }
        }
    }

    /// Does this to every slice that holds the labels.
    fn each(&mut self, labels: &Labels, mut enter: impl FnMut(&mut Part)) {
        let slices = &self.slices;
        let places = self.places.entry(*labels).or_insert_with(|| {
            let holding = slices.iter().enumerate().filter(|(_, slice)| slice.holds(labels));
            holding.map(|(place, _)| place).collect()
        });
        for place in places.iter() {
            enter(&mut self.parts[*place]);
        }
    }

    /// Adds other metrics of the same slices.
    pub fn merge(&mut self, other: &Metrics) {
        debug_assert_eq!(self.slices, other.slices, "metrics of other slices");
        for (ours, theirs) in self.parts.iter_mut().zip(&other.parts) {
            ours.ledger.merge(&theirs.ledger);
            for (our, their) in ours.times.iter_mut().zip(&theirs.times) {
                our.merge(their);
            }
        }
        self.timeline.merge(&other.timeline);
    }

    /// What the histograms take in memory. Unit: bytes.
    pub fn bytes(&self) -> usize {
        let times = self.parts.iter().flat_map(|part| &part.times);
        times.map(Latency::bytes).sum()
    }

    /// Forgets all numbers and keeps the memory of those that are in use.
    pub fn clear(&mut self) {
        for part in &mut self.parts {
            part.ledger = Ledger::default();
            part.times.iter_mut().for_each(Latency::clear);
        }
        self.timeline.clear();
    }

    /// The counts of the slice with this place.
    pub fn ledger(&self, place: usize) -> &Ledger {
        &self.parts[place].ledger
    }

    /// All durations of one kind in the slice with this place.
    pub fn latency(&self, place: usize, time: Time) -> &Latency {
        &self.parts[place].times[time as usize]
    }

    /// A quantile (0 to 1) of a time; `None` when there is no data or, for reply times, it falls among the unanswered.
    pub fn quantile(&self, place: usize, time: Time, quantile: f64) -> Option<Duration> {
        self.latency(place, time).quantile(quantile)
    }

    /// A quantile with its interval; see [`Latency::quantile_interval`].
    pub fn quantile_interval(
        &self,
        place: usize,
        time: Time,
        quantile: f64,
        confidence: f64,
    ) -> Option<QuantileInterval> {
        self.latency(place, time).quantile_interval(quantile, confidence)
    }

    /// Hands out, and removes, the seconds before this one, in the order of time: memory stays bounded when the caller
    /// asks regularly. A second is complete once its turns are closed, at the latest deadline and grace after it; what is
    /// closed later still comes out, as another entry of the same second and channel, to be added to the first.
    pub fn take_seconds(&mut self, before: u32) -> Vec<SecondCounts> {
        self.timeline.take_before(before)
    }

    /// The channels of one second that was not handed out yet, as far as it is known: for the live view.
    pub fn second(&self, second: u32) -> impl Iterator<Item = &SecondCounts> {
        self.timeline.rows(second)
    }
}

/// The labels under which an event's times are entered, if it has any.
fn labels_of_times(event: &Event) -> Option<&Labels> {
    match event {
        Event::TurnSent { labels, .. } => Some(labels),
        Event::TurnClosed(turn) => Some(&turn.labels),
        _ => None,
    }
}

/// Hands out the times of an event; `limit` is how long an answer was waited for.
fn each_time(event: &Event, limit: Duration, mut enter: impl FnMut(Time, Wait)) {
    match event {
        Event::TurnSent { due_at, sent_at, .. } => {
            enter(Time::ScheduleLag, Wait::Over(sent_at.saturating_sub(*due_at)));
        }
        Event::TurnClosed(turn) if turn.outcome != Outcome::CutShort => {
            enter(Time::Reply, timeline::wait_for_reply(turn, limit));
            let mut measured = |time, duration: Option<Duration>| {
                duration
                    .into_iter()
                    .for_each(|duration| enter(time, Wait::Over(duration)));
            };
            measured(Time::Wire, turn.wire_time());
            measured(Time::FirstText, turn.first_text_time());
            turn.chunk_gaps
                .iter()
                .for_each(|gap| measured(Time::ChunkGap, Some(*gap)));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests;
