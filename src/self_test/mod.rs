//! Rehearses against a bot that knows the truth about itself, and tells how far throng's own figures are off.
//!
//! ```text
//!  matrix --cell--> hold: bot as a child process, rehearsal, GET /truth --> judge --> cells --> limits, verdict
//!                                                                             ^
//!                                            truth (outcomes), times, freeze (the answer on paper)
//! ```
//!
//! A cell is out of tolerance when throng is wrong, and saturated when this machine was at its limit or busy with something
//! else, so that nobody can tell.

mod cell;
mod error;
#[cfg(test)]
mod fixture;
mod folder;
mod freeze;
mod hold;
mod judge;
mod limits;
mod machine;
mod matrix;
mod schedule;
mod times;
mod truth;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use cell::{Cell, CellVerdict, Compared, Count, Finding, FreezeWaits, TimeError, Times};
pub use error::SelfTestError;
pub use freeze::Waits;
pub use hold::{Witnessed, hold};
pub use judge::{Held, TOLERANCE, Tolerance, judge};
pub use limits::Limit;
pub use machine::Machine;
pub use matrix::{CellFault, CellPlan, PROTOCOLS, full, quick};
pub use schedule::{Progress, Settings, run};
pub use truth::{last_deliveries, outcome, outcomes};

/// How far throng's own figures are off: the JSON of `throng self-test --json`. Milliseconds; no data is `null`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SelfTest {
    /// `throng.self-test/1`.
    pub schema: String,
    /// throng's version and commit.
    pub throng: String,
    /// When it started, RFC 3339.
    pub started_at: String,
    /// How long it took.
    pub duration_s: f64,
    /// What it says as a whole.
    pub verdict: SelfTestVerdict,
    /// What may be off by how much.
    pub tolerance: Tolerance,
    /// What this machine offers.
    pub machine: Machine,
    /// How far each protocol came, and what stopped it.
    pub limits: Vec<Limit>,
    /// The cells, in the order in which they were held.
    pub cells: Vec<Cell>,
}

/// What the self-test says as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SelfTestVerdict {
    /// Every cell is in tolerance, but for those that look for the limit.
    InTolerance,
    /// throng is wrong in a cell.
    OutOfTolerance,
    /// throng is wrong nowhere, but this machine was too small or too busy for a cell.
    Saturated,
    /// The user stopped it before the last cell.
    Interrupted,
}

impl SelfTestVerdict {
    /// What these cells say: wrong anywhere is wrong, also in a climb; a climb that found the limit is as good as held.
    pub fn of(cells: &[Cell], is_whole: bool) -> SelfTestVerdict {
        let any = |verdict, climbs| {
            cells
                .iter()
                .any(|cell| cell.verdict == verdict && (climbs || !cell.is_climb))
        };
        if any(CellVerdict::OutOfTolerance, true) {
            SelfTestVerdict::OutOfTolerance
        } else if !is_whole {
            SelfTestVerdict::Interrupted
        } else if any(CellVerdict::Saturated, false) {
            SelfTestVerdict::Saturated
        } else {
            SelfTestVerdict::InTolerance
        }
    }
}

/// The JSON Schema of [`SelfTest`], as it is written: every key is required.
pub fn schema() -> serde_json::Value {
    let settings = schemars::generate::SchemaSettings::default().for_serialize();
    settings.into_generator().into_root_schema_for::<SelfTest>().to_value()
}

#[cfg(test)]
mod tests;
