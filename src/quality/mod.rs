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
mod check;
mod contradicted;
mod cross_talk;
mod evidence;
mod fallback;
mod forbidden;
pub mod judge;
mod language;
mod memory;
mod required_facts;
mod score;
mod scorer;
mod tally;
mod tasks;

pub use check::{Check, checks};
pub use evidence::{Evidence, Quote};
pub use memory::Memory;
pub use score::{Finding, Served, Share, TurnScore};
pub use scorer::Scorer;
pub use tally::{ServedSecond, SliceTally, Tally};
pub use tasks::{Task, TaskCounts, Tasks};

#[cfg(test)]
mod tests;
