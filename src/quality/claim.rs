//! What an answer claims, and what became of each fact in a turn.

use std::time::Duration;

use super::Quote;

/// Something that an answer claims, held against what is true.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// `TOPIC.FACT`, or the name of a forbidden claim; absent when the value belongs to no fact.
    pub fact: Option<String>,
    /// What was said, normalised, at most 80 characters.
    pub said: String,
    /// What is true, where the scenario says so; at most 80 characters. Several values that may be stated have ` / ` between them; of a
    /// thing that holds or does not, [`Claim::HOLDS`] or [`Claim::DOES_NOT_HOLD`].
    pub truth: Option<String>,
    /// How the two compare.
    pub state: ClaimState,
    /// Where in the replies it stands.
    pub quote: Option<Quote>,
}

/// How a claim compares with what is true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimState {
    /// It is true.
    Supported,
    /// It is false.
    Contradicted,
    /// It is false now and was true before a change of the scenario: contradicted as well.
    Stale {
        /// When the fact changed, from the run's start.
        changed_at: Duration,
        /// How long before the answer that was.
        ago: Duration,
    },
    /// A typed value, or a subject of the knowledge, of which the scenario says nothing; counted, never a failure.
    Unsupported,
    /// It must never be said.
    Forbidden,
}

impl ClaimState {
    /// The word for it in `run.sqlite`, `run.json` and what `throng audit` prints.
    pub fn word(self) -> &'static str {
        match self {
            ClaimState::Supported => "supported",
            ClaimState::Contradicted => "contradicted",
            ClaimState::Stale { .. } => "stale",
            ClaimState::Unsupported => "unsupported",
            ClaimState::Forbidden => "forbidden",
        }
    }

    /// True for what is false, whether or not it was true once.
    pub fn is_contradicted(self) -> bool {
        matches!(self, ClaimState::Contradicted | ClaimState::Stale { .. })
    }
}

/// What became of a fact in a turn that was asked for it or made a claim about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactFate {
    /// `TOPIC.FACT`, `RECORD.COLUMN` or `order_number`.
    pub fact: String,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a fact. The later one wins when several apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// The answer states it.
    Stated,
    /// It was asked for and the answer does not state it.
    Missing,
    /// The answer claims something else.
    Contradicted,
    /// The answer claims what was true before a change.
    Stale {
        /// When the fact changed, from the run's start.
        changed_at: Duration,
        /// How long before the answer that was.
        ago: Duration,
    },
}

impl Claim {
    /// The truth of what holds.
    pub const HOLDS: &'static str = "holds";
    /// The truth of what does not.
    pub const DOES_NOT_HOLD: &'static str = "does not hold";

    /// What it takes in memory beyond its own size. Unit: bytes.
    pub(super) fn bytes(&self) -> usize {
        let texts = [self.fact.as_ref(), Some(&self.said), self.truth.as_ref()];
        texts.into_iter().flatten().map(String::capacity).sum()
    }
}
