//! What those who watch a run see, once a second.

use std::time::Duration;

/// A moment of a run.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Snapshot {
    /// From the run's start.
    pub at: Duration,
    /// When the last phase ends.
    pub traffic_length: Duration,
    /// The phase's name; `drain` after the last.
    pub phase: String,
    /// Conversations that the traffic and seed give; in a closed workload nobody can know.
    pub planned: Option<u64>,
    /// Those that began.
    pub started: u64,
    /// Those that are open now.
    pub open: u32,
    /// Turns sent.
    pub sent: u64,
    /// Turns answered in time.
    pub answered: u64,
    /// Turns that were closed without an answer in time.
    pub missed: u64,
    /// Conversations that began since the last snapshot.
    pub started_per_s: u64,
    /// Turns sent since the last snapshot.
    pub sent_per_s: u64,
    /// How late throng itself is: 99th percentile so far.
    pub lag_p99: Option<Duration>,
    /// By channel.
    pub channels: Vec<ChannelSnapshot>,
}

/// A moment of one channel.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ChannelSnapshot {
    /// Its name.
    pub name: String,
    /// Turns sent.
    pub sent: u64,
    /// Turns answered in time.
    pub answered: u64,
    /// Turns closed without an answer in time.
    pub missed: u64,
    /// 95th percentile of the reply time so far; none among the unanswered.
    pub reply_p95: Option<Duration>,
}
