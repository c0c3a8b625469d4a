//! What must hold: `metric[{key=value,...}]: stat op value`.

pub(super) mod grammar;

use std::time::Duration;

use crate::conversation::{Ending, Outcome, Slice};

/// One condition that a run must keep, resolved against its scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Threshold {
    /// As the user wrote it.
    pub text: String,
    /// What is judged.
    pub metric: Metric,
    /// On which part of the run.
    pub slice: Slice,
    /// Which figure of it.
    pub stat: Stat,
    /// How it must compare.
    pub op: Op,
    /// With what.
    pub bound: Bound,
    /// When set, the run stops as soon as it is broken, judged each second on what came after this time from the start.
    pub abort_after: Option<Duration>,
}

/// What is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Metric {
    /// A time, in seconds.
    Time(TimeMetric),
    /// A share of turns or conversations, 0 to 1; its `count` is a plain number.
    Rate(RateMetric),
    /// The mean quality of turns, 0 to 1.
    Quality,
    /// A plain number.
    Count(CountMetric),
}

/// Times that are measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TimeMetric {
    /// Due to answered.
    ReplyTime,
    /// Sent to answered.
    WireTime,
    /// Due to first visible text.
    FirstTextTime,
    /// Between visible pieces of a stream.
    ChunkGap,
    /// Due to sent: the generator's own lateness.
    ScheduleLag,
}

/// Shares that are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RateMetric {
    /// Answered in time with every hard gate passed.
    Served,
    /// No answer in time.
    Missed,
    /// No answer at all.
    Dropped,
    /// Turns with this outcome.
    Outcome(Outcome),
    /// Conversations with this ending.
    Ending(Ending),
    /// Failures of the check with this place in [`Metric::CHECKS`], among the turns it could score.
    Check(usize),
}

/// Things that are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CountMetric {
    /// Replies that carry another customer's order number.
    CrossTalk,
    /// Replies that repeat an earlier one of their turn.
    Duplicates,
    /// Text that no open turn asked for.
    Unsolicited,
}

impl Metric {
    /// The quality checks, as `quality.<check>` names them, in the order of their places.
    pub const CHECKS: [&'static str; 17] = [
        "required_facts",
        "contradicted",
        "forbidden",
        "cross_talk",
        "personal_data",
        "language",
        "fallback",
        "intent",
        "relevance",
        "repeated_question",
        "handoff",
        "tone",
        "duplicate",
        "stale",
        "cut_off",
        "form",
        "media",
    ];
}

/// Which figure of a metric.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Stat {
    /// The arithmetic mean.
    Mean,
    /// The quantile, 0 to 1: `p95` is 0.95, `p999` is 0.999.
    Quantile(f64),
    /// The largest.
    Max,
    /// A share.
    Rate,
    /// A number.
    Count,
}

/// How an observed value must compare with the bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
    /// `==`
    Equal,
}

/// What an observed value is compared with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bound {
    /// Seconds for times, 0..1 for rates and quality, a plain number for counts.
    Value(f64),
    /// This many times the same figure in the phase with this place (`2x calm`).
    Times {
        /// The factor, above 0.
        factor: f64,
        /// The phase's place.
        phase: u16,
    },
}
