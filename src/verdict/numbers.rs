//! The numbers of a run or of a part of it, as `run.json` holds them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The numbers of the run or of a part of it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Block {
    /// How conversations ended.
    pub conversations: Conversations,
    /// How turns turned out.
    pub turns: Turns,
    /// Of the turns that were answered late, those in which a message had failed before another one was answered.
    #[serde(default)]
    pub late_after_failure: u64,
    /// Turns answered in time with every hard gate passed.
    pub served: Option<Interval>,
    /// Turns without an answer.
    pub dropped: Option<Interval>,
    /// Turns without an answer in time.
    pub missed: Option<Interval>,
    /// Due to answered.
    pub reply_time_ms: TimeNumbers,
    /// Sent to answered.
    pub wire_time_ms: TimeNumbers,
    /// Due to first visible text.
    pub first_text_ms: TimeNumbers,
    /// Between visible pieces of a stream.
    pub chunk_gap_ms: TimeNumbers,
    /// How good the answers were.
    pub quality: QualityNumbers,
    /// Replies with another customer's order number.
    pub cross_talk: u64,
    /// Replies that repeat an earlier one of their turn.
    pub duplicates: u64,
    /// Text that no open turn asked for.
    pub unsolicited: u64,
    /// How often customers who got nowhere went on on another channel, in the order of the scenario's channels. In the block of a
    /// channel: those who left it and those who came.
    #[serde(default)]
    pub switches: Vec<SwitchNumbers>,
    /// Platform deliveries per message; `null` without messages.
    pub deliveries_per_message: Option<f64>,
    /// Requests that asked whether a reply is there, on channels that poll; no turns of their own.
    pub polls: u64,
    /// Tokens used; `null`: not known.
    pub tokens: Option<u64>,
}

/// Customers who went from one channel to another.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct SwitchNumbers {
    /// The channel on which they got nowhere.
    pub from: String,
    /// The channel on which they went on.
    pub to: String,
    /// How often; a customer may switch more than once.
    pub count: u64,
}

/// How the conversations of one task fared in one phase: a goal that customers of one persona bring to one channel.
///
/// Complete counts, of the conversations that arrived in the phase; warm-up is left out. They are what a repetition's
/// pass^k rests on ([`Repeat`](super::Repeat)).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct TaskNumbers {
    /// What they wanted.
    pub goal: String,
    /// Who they were.
    pub persona: String,
    /// Where they wrote.
    pub channel: String,
    /// In which they arrived.
    pub phase: String,
    /// Conversations that came to their own end.
    pub conversations: u64,
    /// Of those: every turn served, and the customer left with what they came for (goal met, or handed over where the goal
    /// accepts that).
    pub succeeded: u64,
    /// Of those: the same, but for turns of which it could not be told whether they served.
    pub unknown: u64,
    /// Conversations that our own run cut short, as a whole or in a turn; they are in none of the others.
    pub cut_short: u64,
}

/// A rate with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Interval {
    /// The rate; for served: with turns that could not be scored counted as not served.
    pub rate: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end; for served: with turns that could not be scored counted as served.
    pub high: f64,
}

/// How conversations ended. `started` is the sum of the others once the run is over.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the words are those of `Ending`")]
pub struct Conversations {
    pub started: u64,
    pub goal_met: u64,
    pub gave_up: u64,
    pub handed_off: u64,
    pub max_turns: u64,
    pub r#loop: u64,
    pub bot_failed: u64,
    pub cut_short: u64,
}

/// How turns turned out. `sent` is the sum of the others once the run is over.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the words are those of `Outcome`")]
pub struct Turns {
    pub sent: u64,
    pub answered: u64,
    pub late: u64,
    pub truncated: u64,
    pub bot_error: u64,
    pub refused: u64,
    pub http_error: u64,
    pub connection_lost: u64,
    pub placeholder_only: u64,
    pub empty: u64,
    pub silent: u64,
    pub cut_short: u64,
}

/// A time.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct TimeNumbers {
    /// Samples, the unanswered included where they rank.
    pub count: u64,
    /// Of those, the unanswered, which rank slower than any answered one.
    pub censored: u64,
    /// Mean; for reply times an unanswered turn counts at deadline + grace.
    pub mean: Option<f64>,
    /// Median.
    pub p50: Option<f64>,
    /// 90th percentile.
    pub p90: Option<f64>,
    /// 95th percentile.
    pub p95: Option<f64>,
    /// 99th percentile.
    pub p99: Option<f64>,
    /// 99.9th percentile.
    pub p999: Option<f64>,
    /// Largest; `null` when a turn was never answered.
    pub max: Option<f64>,
}

/// How good the answers were.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct QualityNumbers {
    /// 0 to 1.
    pub mean: Option<f64>,
    /// Lower end of its 95 % interval.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// Answered turns with a quality.
    pub scored: u64,
    /// Answered turns without.
    pub unscored: u64,
    /// Answered turns by their hard gates: none failed, one failed, none could tell.
    #[serde(default)]
    pub hard_gates: CheckCounts,
    /// Mean score of the soft checks of answered turns, whatever the gates said, 0 to 1.
    pub soft: Option<f64>,
    /// By check.
    pub checks: BTreeMap<String, CheckCounts>,
    /// How well the bot understood what customers wanted.
    pub intents: IntentNumbers,
}

/// How those fared who wanted the same.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct IntentBlock {
    /// Turns that were scored, but those cut short.
    pub turns: u64,
    /// Turns answered in time with every hard gate passed.
    pub served: Option<Interval>,
    /// How good the answers were.
    pub quality: QualityNumbers,
}

/// How well the bot understood what customers wanted.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct IntentNumbers {
    /// Turns of which it could be told.
    pub turns: u64,
    /// The mean of the intents' F1 (harmonic mean of precision and recall), 0 to 1, over all intents that customers had.
    pub macro_f1: Option<f64>,
    /// Of the questions that no bot of the shop has to know, the share that the bot did not take for something else; 0 to 1.
    pub out_of_scope_recall: Option<f64>,
    /// By what customers wanted: by what the bot took them to want, how often.
    pub confusion: BTreeMap<String, BTreeMap<String, u64>>,
}

/// What a check said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct CheckCounts {
    /// It held.
    pub pass: u64,
    /// It did not.
    pub fail: u64,
    /// It could not tell.
    pub unscored: u64,
}
