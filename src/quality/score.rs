//! What is said of one turn.

use super::check::CHECK_COUNT;
use super::{Claim, Evidence, FactFate, Understood};
use crate::conversation::{Outcome, Turn};

/// What a check says of a turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// It holds.
    Pass,
    /// It does not; with what shows it.
    Fail(Box<Evidence>),
    /// It could not tell, or does not apply.
    Unscored,
}

/// Whether a turn served its customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Served {
    /// Answered in time, every applicable hard gate passed.
    Yes,
    /// Not answered in time, or a hard gate failed.
    No,
    /// Answered in time, but a gate that applies could not be scored.
    Unknown,
}

impl Served {
    /// Of a closed turn. Without a score, one that was answered in time may have served.
    pub fn of(turn: &Turn, score: Option<&TurnScore>) -> Served {
        match score {
            Some(score) => score.served,
            None if turn.outcome == Outcome::Answered => Served::Unknown,
            None => Served::No,
        }
    }
}

/// The score of one closed turn.
#[derive(Debug, Clone, PartialEq)]
pub struct TurnScore {
    /// One finding per check, in the order of [`Metric::CHECKS`](crate::scenario::Metric::CHECKS).
    pub findings: [Finding; CHECK_COUNT],
    /// Whether it served its customer.
    pub served: Served,
    /// 0 to 1; absent when nothing could be scored.
    pub quality: Option<f64>,
    /// Replies of the turn that carry another customer's order number.
    pub cross_talk: u16,
    /// What the answer claims, in its order; at most 16 that are supported or unsupported, 16 that are false, and one forbidden.
    pub claims: Vec<Claim>,
    /// What became of each fact that was asked for or claimed.
    pub fates: Vec<FactFate>,
    /// What the customer wanted, a place in [`Intents`](super::Intents); absent where nothing with a name was asked.
    pub wanted: Option<u16>,
    /// What the customer wanted and what the bot took them to want; absent when it cannot be told.
    pub understood: Option<Understood>,
}

impl TurnScore {
    /// What the score takes in memory, evidence included. Unit: bytes.
    pub fn bytes(&self) -> usize {
        let evidence = self.findings.iter().map(|finding| match finding {
            Finding::Fail(evidence) => evidence.bytes(),
            Finding::Pass | Finding::Unscored => 0,
        });
        let claims = self.claims.iter().map(|claim| size_of::<Claim>() + claim.bytes());
        let fates = self
            .fates
            .iter()
            .map(|fate| size_of::<FactFate>() + fate.fact.capacity());
        size_of::<TurnScore>() + evidence.chain(claims).chain(fates).sum::<usize>()
    }
}

/// A rate whose interval is known: 95 % unless said otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// Numerator.
    pub count: u64,
    /// Denominator.
    pub of: u64,
}
