//! How far each protocol came on this machine, and what stopped it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::cell::{Cell, CellVerdict, Finding};

/// How far a protocol came, over all of its cells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Limit {
    /// The channel profile.
    pub protocol: String,
    /// The highest rate that stayed in tolerance, new conversations a second; `null`: none did.
    pub in_tolerance_per_s: Option<f64>,
    /// The lowest rate above it that did not; `null`: the matrix went no higher.
    pub stopped_at_per_s: Option<f64>,
    /// What stopped it there.
    pub stopped_by: Vec<Finding>,
}

/// How far each protocol came, in the order of the cells.
pub(super) fn limits(cells: &[Cell]) -> Vec<Limit> {
    let mut protocols: Vec<&str> = Vec::new();
    for cell in cells {
        if !protocols.contains(&cell.protocol.as_str()) {
            protocols.push(&cell.protocol);
        }
    }
    protocols.into_iter().map(|protocol| limit(protocol, cells)).collect()
}

fn limit(protocol: &str, cells: &[Cell]) -> Limit {
    let of_it = || cells.iter().filter(|cell| cell.protocol == protocol);
    let is_good = |cell: &&Cell| cell.verdict == CellVerdict::InTolerance;
    let by_rate = |one: &&Cell, other: &&Cell| one.rate_per_s.total_cmp(&other.rate_per_s);
    let best = of_it().filter(is_good).max_by(by_rate).map(|cell| cell.rate_per_s);
    let is_beyond =
        |cell: &&Cell| cell.verdict != CellVerdict::InTolerance && best.is_none_or(|best| cell.rate_per_s > best);
    let stopped = of_it().filter(is_beyond).min_by(by_rate);
    Limit {
        protocol: protocol.to_owned(),
        in_tolerance_per_s: best,
        stopped_at_per_s: stopped.map(|cell| cell.rate_per_s),
        stopped_by: stopped.map(|cell| cell.findings.clone()).unwrap_or_default(),
    }
}
