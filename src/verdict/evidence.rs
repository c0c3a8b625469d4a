//! What a report shows beside the numbers: the seconds of the run, conversations to read, what a judge said.

use serde::{Deserialize, Serialize};

use crate::metrics::SecondCounts;
use crate::scenario::PerLanguage;

use super::Audit;
use super::block::milliseconds;
use super::judged::Judged;

/// What a report shows beside the numbers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Evidence {
    /// One entry per second and channel in which something happened, in the order of time.
    pub seconds: Vec<Second>,
    /// Conversations worth reading, worst first; at most 20.
    pub worst: Vec<KeptConversation>,
    /// Where each phase starts and ends, in seconds from the run's start: (name, start, end).
    pub phases: Vec<(String, f64, f64)>,
    /// What the kept answers claimed that is not true, or must not be said; absent for runs that did not write it down.
    pub audit: Option<Audit>,
    /// What a language model said of the answers; absent until one was asked.
    pub judged: Option<Judged>,
    /// Each channel's name and reply deadline in seconds, in the order of their places.
    pub channels: Vec<(String, f64)>,
}

/// One second of the run on one channel. Turns count in the second in which they were due.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Second {
    /// From the run's start.
    pub second: u32,
    /// The channel's place.
    pub channel: u16,
    /// Conversations that began.
    pub started: u64,
    /// Turns sent.
    pub sent: u64,
    /// Turns answered in time.
    pub answered: u64,
    /// Turns answered late.
    pub late: u64,
    /// Turns without an answer.
    pub dropped: u64,
    /// Turns that served.
    pub served: u64,
    /// Median reply time; `null` among the unanswered or without data.
    pub reply_p50_ms: Option<f64>,
    /// 95th percentile.
    pub reply_p95_ms: Option<f64>,
}

impl Second {
    /// What was counted, with the turns of that second that served their customers.
    pub fn of(counts: &SecondCounts, served: u64) -> Second {
        let reply = |quantile| counts.reply.quantile(quantile).map(milliseconds);
        Second {
            second: counts.second,
            channel: counts.channel,
            started: counts.started,
            sent: counts.sent,
            answered: counts.answered,
            late: counts.late,
            dropped: counts.dropped,
            served,
            reply_p50_ms: reply(0.5),
            reply_p95_ms: reply(0.95),
        }
    }
}

/// A conversation that was kept in full. Personal data is masked.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptConversation {
    /// The customer's number.
    pub customer: u64,
    /// Names of persona, goal, channel and phase of arrival.
    pub persona: String,
    /// What they wanted.
    pub goal: String,
    /// Where.
    pub channel: String,
    /// When they came.
    pub phase: String,
    /// Why it ended.
    pub ending: String,
    /// When it began, seconds from the run's start.
    pub started_s: f64,
    /// Its turns.
    pub turns: Vec<KeptTurn>,
}

/// A turn that was kept.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptTurn {
    /// Position, from 1.
    pub number: u16,
    /// The phase in which it was due.
    pub phase: String,
    /// How it turned out.
    pub outcome: String,
    /// Due to answered.
    pub reply_time_ms: Option<f64>,
    /// What went wrong on the wire.
    pub trouble: Option<String>,
    /// The checks that failed.
    pub failed: Vec<FailedCheck>,
    /// What was said, in order of time.
    pub messages: Vec<KeptMessage>,
}

/// A check that failed in a turn that was kept.
#[derive(Debug, Clone, PartialEq)]
pub struct FailedCheck {
    /// Its name.
    pub check: String,
    /// What shows it, in words.
    pub evidence: PerLanguage<String>,
}

/// A message or reply that was kept.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptMessage {
    /// True for the bot's.
    pub from_bot: bool,
    /// `utterance`, `nudge`, `farewell`, `substantive`, `holding` or `truncated`.
    pub kind: String,
    /// Seconds from the run's start; of a reply, its first visible text.
    pub at_s: f64,
    /// When a reply was complete, likewise.
    pub complete_s: Option<f64>,
    /// What was said.
    pub text: String,
}
