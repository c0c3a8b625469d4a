//! The claims of kept answers that are not simply true, as `throng audit` lists them.

use schemars::JsonSchema;
use serde::Serialize;

/// What was found in the conversations that were kept.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Audit {
    /// In the order of time; perhaps only the first of them.
    pub claims: Vec<KeptClaim>,
    /// How many there are in the kept conversations.
    pub found: u64,
    /// How many conversations were kept.
    pub conversations: u64,
}

/// A claim of a kept answer. Personal data is masked; all text is the bot's.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct KeptClaim {
    /// `contradicted`, `stale`, `forbidden` or `unsupported`.
    pub state: String,
    /// `TOPIC.FACT`, or the name of a forbidden claim; none when the value belongs to no fact.
    pub fact: Option<String>,
    /// What was said.
    pub said: String,
    /// The sentence in which it was said; none in runs of earlier versions, and where it is not one place.
    pub sentence: Option<String>,
    /// What is true; none where the scenario does not say.
    pub truth: Option<String>,
    /// Of a stale claim: how long before the answer the fact had changed.
    pub stale_for_s: Option<f64>,
    /// The customer's number, which is that of the conversation.
    pub customer: u64,
    /// The turn, from 1.
    pub turn: u16,
    /// The phase in which the turn was due.
    pub phase: String,
    /// Where they talked.
    pub channel: String,
    /// When the answer was complete, or else when the turn was due, in seconds from the run's start.
    pub at_s: f64,
    /// Conversations that were open in the whole run when the turn was due.
    pub open_conversations: u64,
}
