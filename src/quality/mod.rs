//! How good the answers are, turn by turn: one file per check, and the tally that adds them up. Pure.
//!
//! ```text
//!  closed turn --Scorer--> Case --each Check--> Opinion --> TurnScore --Tally--> sums by slice, mean quality with interval
//! ```
//!
//! Each check says pass, fail or unscored (could not tell), never a guess. To add one: a file with its `CHECK`, a line
//! in the table of `check.rs`, and its word in [`Metric::CHECKS`](crate::scenario::Metric::CHECKS).
//! What rules cannot tell, a language model may be asked afterwards: [`judge`].

mod answer;
mod asked;
mod audit;
mod cause;
mod check;
mod claim;
mod contradicted;
mod cross_talk;
mod cut_off;
mod disclosure;
mod duplicate;
mod evidence;
mod fact_sheet;
mod fallback;
mod forbidden;
mod form;
mod handoff;
mod intent;
mod intents;
pub mod judge;
mod language;
mod media;
mod memory;
mod personal_data;
mod relevance;
mod repeated_question;
mod required_facts;
mod score;
mod scorer;
mod stale;
mod tally;
mod tasks;
mod told;
mod tone;

pub use cause::Cause;
pub use check::{Check, checks};
pub use claim::{Claim, ClaimState, FactFate, Fate};
pub use evidence::{Evidence, Quote};
pub use intents::{Confusion, Intents, Understood};
pub use memory::Memory;
pub use score::{Finding, Served, Share, TurnScore};
pub use scorer::Scorer;
pub use tally::{
    ClaimCounts, Difference, FactCounts, FactTally, Incomparable, Lost, Paired, ServedSecond, SliceTally, StaleCounts,
    Tally,
};
pub use tasks::{Task, TaskCounts, Tasks};

#[cfg(test)]
mod tests;
