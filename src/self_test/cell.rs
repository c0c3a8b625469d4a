//! What a cell gave: throng's figures beside the bot's own. Part of the published JSON.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::verdict::LagNumbers;

use super::freeze::Waits;
use super::matrix::CellFault;

/// One cell of the matrix. Milliseconds; what was not measured or could not be compared is `null`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Cell {
    /// The channel profile.
    pub protocol: String,
    /// New conversations a second.
    pub rate_per_s: f64,
    /// Conversations that were open at once, at the peak.
    pub open_conversations: u64,
    /// How the bot failed.
    pub fault: CellFault,
    /// True when the cell looks for the highest rate.
    pub is_climb: bool,
    /// How often it was held. A cell whose times are off, or could not be judged, is held again, three times in all:
    /// what throng does wrong repeats, what the machine did meanwhile does not. Unequal counts are final at once.
    pub tries: u32,
    /// Turns that throng sent.
    pub turns: u64,
    /// What throng counted beside what the bot did.
    pub counts: Vec<Count>,
    /// How many turns are counted otherwise than the bot treated them; tolerated: none.
    pub miscounted: u64,
    /// throng's times beside the bot's.
    pub times: Times,
    /// What was due until it was sent, by throng's own clock.
    pub schedule_lag_ms: LagNumbers,
    /// Processor time of throng per turn, microseconds.
    pub cpu_us_per_turn: Option<f64>,
    /// Processor time of throng in cores, over the time in which conversations came.
    pub cpu_cores: Option<f64>,
    /// The same of the built-in bot, which has one core at most.
    pub bot_cpu_cores: Option<f64>,
    /// Cells with a freeze: how customers waited.
    pub freeze: Option<FreezeWaits>,
    /// What was found wrong.
    pub findings: Vec<Finding>,
    /// What the cell says.
    pub verdict: CellVerdict,
}

/// A count by throng and by the bot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Count {
    /// `sent`, or an outcome's word. Under a freeze late answers count among `answered`.
    pub of: String,
    /// What throng says.
    pub reported: u64,
    /// What the bot says.
    pub truth: u64,
}

/// Times by throng and by the bot.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Times {
    /// Sent to answered; truth: received to the last byte handed to the socket.
    pub wire_time_ms: Option<TimeError>,
    /// Due to first visible text; truth: the plan's moment to the first text handed to the socket, by the bot's clock.
    pub first_text_ms: Option<TimeError>,
    /// Due to answered; truth: the plan's moment to the last byte handed to the socket, by the bot's clock.
    pub reply_time_ms: Option<TimeError>,
}

/// How far a time is off.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TimeError {
    /// The median.
    pub p50: Compared,
    /// The 99th percentile.
    pub p99: Compared,
}

/// A figure by throng and by the bot; `null`: among the unanswered.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Compared {
    /// What throng says.
    pub reported: Option<f64>,
    /// What the bot says.
    pub truth: Option<f64>,
    /// The difference.
    pub error: Option<f64>,
}

/// How customers waited for a bot that stood still.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FreezeWaits {
    /// What throng says.
    pub reported: Waits,
    /// What arithmetic says.
    pub on_paper: Waits,
    /// What a tool with one connection that waits for each answer would say: the error that throng must not make.
    pub one_at_a_time: Waits,
}

/// Something that was found wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// throng counted otherwise than the bot did.
    Miscounted,
    /// A time is off by more than is tolerated.
    TimesOff,
    /// The waits under a freeze are not those of arithmetic.
    FreezeOff,
    /// Not all planned conversations began.
    NotSent,
    /// throng fell behind its schedule and had used its share of the processor.
    GeneratorCpu,
    /// throng fell behind its schedule although it had processor time left: something else held it up.
    GeneratorLag,
    /// The bot's core was spent, so that its own record is late.
    BotCpu,
    /// Something stood still so long that answers came near a deadline: counts cannot be told apart.
    Disturbed,
}

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CellVerdict {
    /// All counts are equal, all times within what is tolerated.
    InTolerance,
    /// throng is wrong.
    OutOfTolerance,
    /// This machine was at its limit, or busy with something else: throng cannot be judged.
    Saturated,
}

impl Cell {
    /// The largest errors of the medians and of the 99th percentiles, by amount.
    pub fn largest_errors(&self) -> (Option<f64>, Option<f64>) {
        let times = [
            self.times.wire_time_ms,
            self.times.first_text_ms,
            self.times.reply_time_ms,
        ];
        let largest = |pick: fn(&TimeError) -> Compared| {
            let errors = times.iter().flatten().filter_map(|time| pick(time).error);
            errors.max_by(|one, other| one.abs().total_cmp(&other.abs()))
        };
        (largest(|time| time.p50), largest(|time| time.p99))
    }
}
