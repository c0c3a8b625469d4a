//! What becomes true instead at a moment of the run: a promotion begins, a deadline moves.

use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Fact, FactRef};
use crate::scenario::values::zoned;
use crate::scenario::{Span, Traffic};

/// A fact gets another value. Exactly one of `at`, `phase` and `on` says when, and exactly one of `to` and `to_column`
/// says which.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// What changes: `TOPIC.FACT` or `RECORD.COLUMN`.
    pub fact: FactRef,
    /// Only the row of the record that goes by this name; without it, every row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    /// This long after the run's start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Span>,
    /// With the start of this phase.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<String>,
    /// At this date and time by the scenario's clock: `2026-11-11T00:00+08:00`. What lies before the run holds from its
    /// start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
    /// The new value, of the same type: `{money: 80}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Fact>,
    /// Each row's new value is what it has in this column of the same record and type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to_column: Option<String>,
}

impl Change {
    /// When it happens, from the run's start; at the start, if that was before. `clock` is the shop's time at the start.
    pub(in crate::scenario) fn moment(&self, traffic: &Traffic, clock: &jiff::Zoned) -> Option<Duration> {
        if let Some(at) = self.at {
            return Some(at.get());
        }
        if let Some(name) = &self.phase {
            let place = traffic.phases.iter().position(|phase| phase.name() == name)?;
            return Some(traffic.phases[..place].iter().map(crate::scenario::Phase::length).sum());
        }
        let then = zoned(self.on.as_ref()?)?;
        Some(Duration::try_from(clock.duration_until(&then)).unwrap_or_default())
    }
}
