//! Durations of one kind, added up: the only door to `hdrhistogram`.
//!
//! What a customer waited for in vain is a duration too: it is *unanswered*, ranks slower than any measured one, and so
//! stays in every percentile. Nothing else in throng has to think of that.

use std::io::{self, Write};
use std::time::{Duration, SystemTime};

use hdrhistogram::Histogram;
use hdrhistogram::serialization::V2DeflateSerializer;
use hdrhistogram::serialization::interval_log::{IntervalLogWriterBuilder, IntervalLogWriterError, Tag};

use super::interval::{Estimate, mean_estimate, quantile_rank, quantile_ranks};

/// The longest duration that is kept; longer ones are stored as this and counted as clamped.
pub const LONGEST: Duration = Duration::from_secs(3_600);

/// Durations of one kind.
///
/// Unit: microseconds, 0 to 1 h, three significant digits (two when coarse). Sums are exact integers, so that merging in
/// any order gives the same numbers. Empty, it costs no memory beyond itself; it grows with the longest duration seen.
#[derive(Debug, Clone)]
pub struct Latency {
    digits: u8,
    histogram: Option<Box<Histogram<u64>>>,
    unanswered: u64,
    clamped: u64,
    sum_us: u128,
    sum_of_squares: u128,
    min_us: u64,
    max_us: u64,
}

/// A quantile with its interval. `None` is "never": it falls among the unanswered, or beyond the samples there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuantileInterval {
    /// The quantile of what was seen.
    pub observed: Option<Duration>,
    /// Lower end.
    pub low: Option<Duration>,
    /// Upper end.
    pub high: Option<Duration>,
}

/// How a wait went.
#[derive(Debug, Clone, Copy)]
pub(super) enum Wait {
    /// It took so long.
    Over(Duration),
    /// It never ended within this.
    InVain(Duration),
}

impl Default for Latency {
    fn default() -> Self {
        Latency::new()
    }
}

impl Latency {
    /// Empty, with three significant digits.
    pub const fn new() -> Latency {
        Latency::with_digits(3)
    }

    /// Empty, with two significant digits: for the many small ones of a timeline.
    pub fn coarse() -> Latency {
        Latency::with_digits(2)
    }

    const fn with_digits(digits: u8) -> Latency {
        Latency {
            digits,
            histogram: None,
            unanswered: 0,
            clamped: 0,
            sum_us: 0,
            sum_of_squares: 0,
            min_us: u64::MAX,
            max_us: 0,
        }
    }

    /// Adds one wait, whichever way it went.
    pub(super) fn add(&mut self, wait: Wait) {
        match wait {
            Wait::Over(duration) => self.record(duration),
            Wait::InVain(limit) => self.record_unanswered(limit),
        }
    }

    /// Adds one measured duration.
    pub fn record(&mut self, duration: Duration) {
        let us = self.in_range(duration);
        let digits = self.digits;
        let histogram = self.histogram.get_or_insert_with(|| empty_histogram(digits));
        histogram
            .record(us)
            .expect("it resizes by itself, and an hour fits into memory");
        self.min_us = self.min_us.min(us);
        self.max_us = self.max_us.max(us);
        self.add_to_sums(us);
    }

    /// Adds one that never ended within `limit`: it ranks above all others and counts as `limit` in the mean.
    pub fn record_unanswered(&mut self, limit: Duration) {
        let us = self.in_range(limit);
        self.unanswered += 1;
        self.add_to_sums(us);
    }

    fn in_range(&mut self, duration: Duration) -> u64 {
        if duration > LONGEST {
            self.clamped += 1;
        }
        u64::try_from(duration.min(LONGEST).as_micros()).expect("an hour of microseconds fits")
    }

    fn add_to_sums(&mut self, us: u64) {
        self.sum_us += u128::from(us);
        self.sum_of_squares += u128::from(us) * u128::from(us);
    }

    /// Adds all of another one of the same precision.
    pub fn merge(&mut self, other: &Latency) {
        if let Some(theirs) = &other.histogram
            && !theirs.is_empty()
        {
            let digits = self.digits;
            let ours = self.histogram.get_or_insert_with(|| empty_histogram(digits));
            ours.add(theirs.as_ref())
                .expect("it resizes by itself, and an hour fits into memory");
        }
        self.unanswered += other.unanswered;
        self.clamped += other.clamped;
        self.sum_us += other.sum_us;
        self.sum_of_squares += other.sum_of_squares;
        self.min_us = self.min_us.min(other.min_us);
        self.max_us = self.max_us.max(other.max_us);
    }

    /// Forgets all numbers. The memory is kept for the next ones if there were any since the last time, else given back: a
    /// phase that is over costs nothing any more.
    pub fn clear(&mut self) {
        let mut histogram = self.histogram.take().filter(|histogram| !histogram.is_empty());
        if let Some(histogram) = &mut histogram {
            histogram.reset();
        }
        *self = Latency {
            histogram,
            ..Latency::with_digits(self.digits)
        };
    }

    /// What it takes in memory beside itself. Unit: bytes.
    pub fn bytes(&self) -> usize {
        let histogram = self.histogram.as_deref();
        histogram.map_or(0, |histogram| histogram.distinct_values() * size_of::<u64>())
    }

    /// How many there are, the unanswered included.
    pub fn count(&self) -> u64 {
        self.measured() + self.unanswered
    }

    /// How many never ended.
    pub fn unanswered(&self) -> u64 {
        self.unanswered
    }

    /// How many were longer than [`LONGEST`].
    pub fn clamped(&self) -> u64 {
        self.clamped
    }

    fn measured(&self) -> u64 {
        self.histogram.as_ref().map_or(0, |histogram| histogram.len())
    }

    /// How many are longer than `limit` (to the precision of the buckets), the unanswered included.
    pub fn count_above(&self, limit: Duration) -> u64 {
        let within = match &self.histogram {
            _ if limit >= LONGEST => self.measured(),
            Some(histogram) => histogram.count_between(0, u64::try_from(limit.as_micros()).unwrap_or(u64::MAX)),
            None => 0,
        };
        self.count() - within
    }

    /// The shortest measured one.
    pub fn min(&self) -> Option<Duration> {
        (self.measured() > 0).then(|| Duration::from_micros(self.min_us))
    }

    /// The longest one; absent when there is none or one never ended.
    pub fn max(&self) -> Option<Duration> {
        (self.measured() > 0 && self.unanswered == 0).then(|| Duration::from_micros(self.max_us))
    }

    /// The arithmetic mean, the unanswered at their limits.
    pub fn mean(&self) -> Option<Duration> {
        let count = u128::from(self.count());
        let mean = (self.sum_us + count / 2).checked_div(count)?;
        Some(Duration::from_micros(u64::try_from(mean).unwrap_or(u64::MAX)))
    }

    /// The mean in seconds with its interval: Student's, so too narrow where tails are heavy and samples few. Below two
    /// samples nothing bounds it.
    pub fn mean_interval(&self, confidence: f64) -> Option<Estimate> {
        let sum = self.sum_us as f64 / 1e6;
        mean_estimate(self.count(), sum, self.sum_of_squares as f64 / 1e12, confidence)
    }

    /// The quantile (0 to 1): the smallest duration that at least this part of all do not exceed. Absent without data
    /// and among the unanswered.
    pub fn quantile(&self, quantile: f64) -> Option<Duration> {
        self.at_rank(quantile_rank(self.count(), quantile))
    }

    /// The quantile with its interval from order statistics; absent without data.
    ///
    /// It assumes nothing of the distribution, but that the samples are independent of each other.
    pub fn quantile_interval(&self, quantile: f64, confidence: f64) -> Option<QuantileInterval> {
        let count = self.count();
        if count == 0 {
            return None;
        }
        let ranks = quantile_ranks(count, quantile, confidence);
        Some(QuantileInterval {
            observed: self.quantile(quantile),
            low: match ranks.low {
                0 => Some(Duration::ZERO),
                rank => self.at_rank(rank),
            },
            high: self.at_rank(ranks.high),
        })
    }

    /// The duration with this rank, from 1; absent beyond the measured ones.
    fn at_rank(&self, rank: u64) -> Option<Duration> {
        let measured = self.measured();
        if rank == 0 || rank > measured {
            return None;
        }
        let histogram = self.histogram.as_ref()?;
        // Half a rank below, so that rounding in the quotient cannot reach the next rank.
        let bucket_end = histogram.value_at_quantile((rank as f64 - 0.5) / measured as f64);
        Some(Duration::from_micros(bucket_end.clamp(self.min_us, self.max_us)))
    }
}

fn empty_histogram(digits: u8) -> Box<Histogram<u64>> {
    Box::new(Histogram::new(digits).expect("0 to 5 digits are valid"))
}

/// A log of intervals in the format of HdrHistogram (version 1.3, V2 deflated), for its own tools to read. Values are
/// microseconds; what was never answered is not in it.
pub struct IntervalLog<W: Write> {
    writer: W,
    serializer: V2DeflateSerializer,
}

impl<W: Write> IntervalLog<W> {
    /// A log without a line yet.
    pub fn new(writer: W) -> IntervalLog<W> {
        IntervalLog {
            writer,
            serializer: V2DeflateSerializer::new(),
        }
    }

    /// Writes the head of the log of a run that starts at this moment; intervals count from there.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn begin(&mut self, started_at: SystemTime) -> io::Result<()> {
        IntervalLogWriterBuilder::new()
            .add_comment("[Histogram log format version 1.3]")
            .add_comment("[Values are microseconds]")
            .with_start_time(started_at)
            .with_base_time(started_at)
            .begin_log_with(&mut self.writer, &mut self.serializer)
            .map(drop)
    }

    /// Writes what was measured from `start` (from the run's start) for `length`. Empty ones are left out. The tag names
    /// metric and channel, such as `reply_time/web`; characters that tags may not hold become `_`.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write(&mut self, tag: &str, start: Duration, length: Duration, latency: &Latency) -> io::Result<()> {
        let Some(histogram) = latency.histogram.as_deref().filter(|histogram| !histogram.is_empty()) else {
            return Ok(());
        };
        let tag = tag.replace([',', ' ', '\r', '\n'], "_");
        // A builder without headers writes nothing: it only lends its line format.
        IntervalLogWriterBuilder::new()
            .begin_log_with(&mut self.writer, &mut self.serializer)?
            .write_histogram(histogram, start, length, Tag::new(&tag))
            .map_err(|error| match error {
                IntervalLogWriterError::IoError(error) => error,
                IntervalLogWriterError::SerializeError(error) => io::Error::other(error),
            })
    }

    /// Hands on to the writer what it holds back.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

#[cfg(test)]
mod tests;

/// Here and not in `tests`, because this file alone may name the package.
#[cfg(test)]
mod log_tests {
    use hdrhistogram::serialization::Deserializer;
    use hdrhistogram::serialization::interval_log::{IntervalLogIterator, LogEntry};

    use super::*;

    fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    fn of(milliseconds: &[u64]) -> Latency {
        let mut latency = Latency::default();
        milliseconds.iter().for_each(|one| latency.record(ms(*one)));
        latency.record_unanswered(ms(60_000));
        latency
    }

    #[test]
    fn an_interval_log_reads_back_what_was_written() {
        let mut written = Vec::new();
        let mut log = IntervalLog::new(&mut written);
        log.begin(SystemTime::UNIX_EPOCH + ms(1_500)).unwrap();
        log.write("reply_time/my web", ms(3_000), ms(1_000), &of(&[100, 900]))
            .unwrap();
        log.write("wire_time/web", ms(3_000), ms(1_000), &of(&[])).unwrap();
        log.write("reply_time/web", ms(4_000), ms(1_000), &of(&[250])).unwrap();
        log.flush().unwrap();
        let mut found = Vec::new();
        for entry in IntervalLogIterator::new(&written) {
            match entry.unwrap() {
                LogEntry::BaseTime(base) | LogEntry::StartTime(base) => assert_eq!(base, ms(1_500)),
                LogEntry::Interval(interval) => {
                    let bytes = base64(interval.encoded_histogram());
                    let histogram: Histogram<u64> = Deserializer::new().deserialize(&mut bytes.as_slice()).unwrap();
                    let tag = interval.tag().unwrap().as_str().to_owned();
                    found.push((tag, interval.start_timestamp(), interval.duration(), histogram.len()));
                }
            }
        }
        assert_eq!(
            found,
            [
                ("reply_time/my_web".to_owned(), ms(3_000), ms(1_000), 2),
                ("reply_time/web".to_owned(), ms(4_000), ms(1_000), 1),
            ]
        );
        assert!(written.starts_with(b"#[Histogram log format version 1.3]\n"));
    }

    fn base64(text: &str) -> Vec<u8> {
        let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut bytes = Vec::new();
        let (mut held, mut bits) = (0u32, 0);
        for letter in text.trim_end_matches('=').bytes() {
            let value = alphabet.iter().position(|known| *known == letter).unwrap();
            held = held << 6 | u32::try_from(value).unwrap();
            bits += 6;
            if bits >= 8 {
                bits -= 8;
                bytes.push((held >> bits & 0xff) as u8);
            }
        }
        bytes
    }
}
