//! What became of the facts: `facts` of `run.json`.

use std::collections::BTreeMap;
use std::time::Duration;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::figure::Measured;
use crate::metrics::Proportion;
use crate::quality::FactCounts;

/// Calm turns below which nothing is said of a fact, however they turned out.
const FEWEST_TURNS: u64 = 10;

/// Of the interval by which a fact counts as always wrong.
const CONFIDENCE: f64 = 0.95;

/// What became of the facts that answers were held against.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct FactNumbers {
    /// Every claim of every answer.
    pub claims: ClaimNumbers,
    /// By fact: `TOPIC.FACT`, `RECORD.COLUMN`, `order_number`.
    pub by_fact: BTreeMap<String, FactNumbersOf>,
    /// Facts that failed in more than half of their turns in the baseline phase, so that the peak is not to blame: the
    /// knowledge or the bot is always wrong.
    pub always_wrong: Vec<String>,
    /// Each change of the scenario, in the order of time.
    pub changes: Vec<ChangeNumbers>,
}

/// Claims by how they compare with what is true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct ClaimNumbers {
    /// True.
    pub supported: u64,
    /// False; `stale` among them.
    pub contradicted: u64,
    /// False, and true before a change.
    pub stale: u64,
    /// Typed values of which the scenario says nothing; no failure.
    pub unsupported: u64,
    /// What must never be said.
    pub forbidden: u64,
}

/// What became of one fact.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct FactNumbersOf {
    /// All phases but warm-up.
    pub total: FateNumbers,
    /// By phase, in the scenario's order; every phase is present.
    pub by_phase: IndexMap<String, FateNumbers>,
}

/// Turns by what became of a fact in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct FateNumbers {
    /// The answer states it.
    pub stated: u64,
    /// It was asked for, and the answer does not state it.
    pub missing: u64,
    /// The answer claims something else; `stale` among them.
    pub contradicted: u64,
    /// The answer claims what was true before a change.
    pub stale: u64,
}

/// How long one change of the scenario took to reach the answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangeNumbers {
    /// What changed.
    pub fact: String,
    /// When, in seconds from the run's start.
    pub at_s: f64,
    /// Answers after it that claim what was true before.
    pub stale: u64,
    /// How long after it the last of them came; `null` without any.
    pub last_stale_after_s: Option<f64>,
}

impl From<FactCounts> for FateNumbers {
    fn from(counts: FactCounts) -> FateNumbers {
        FateNumbers {
            stated: counts.stated,
            missing: counts.missing,
            contradicted: counts.contradicted,
            stale: counts.stale,
        }
    }
}

/// The facts of a run.
pub(super) fn facts(measured: &Measured<'_>) -> FactNumbers {
    let tally = measured.tally.facts();
    let scenario = measured.scenario;
    let baseline = usize::from(scenario.baseline);
    let warm_up: Vec<bool> = scenario
        .file
        .traffic
        .phases
        .iter()
        .map(|phase| phase.is_warm_up())
        .collect();
    let mut by_fact = BTreeMap::new();
    let mut always_wrong = Vec::new();
    for (fact, phases) in tally.by_fact() {
        let counts = |place: usize| phases.get(place).copied().unwrap_or_default();
        if is_always_wrong(counts(baseline)) {
            always_wrong.push(fact.to_owned());
        }
        let total = (0..phases.len())
            .filter(|place| !warm_up.get(*place).copied().unwrap_or(false))
            .fold(FactCounts::default(), |sum, place| sum.plus(counts(place)));
        let names = scenario.phase_names().into_iter().enumerate();
        let numbers = FactNumbersOf {
            total: total.into(),
            by_phase: names.map(|(place, name)| (name, counts(place).into())).collect(),
        };
        by_fact.insert(fact.to_owned(), numbers);
    }
    let claims = tally.claims;
    FactNumbers {
        claims: ClaimNumbers {
            supported: claims.supported,
            contradicted: claims.contradicted,
            stale: claims.stale,
            unsupported: claims.unsupported,
            forbidden: claims.forbidden,
        },
        by_fact,
        always_wrong,
        changes: changes(measured),
    }
}

/// True when more than half of a fact's calm turns fail, and by so many that chance does not explain it: the Wilson interval
/// lies above one half.
fn is_always_wrong(calm: FactCounts) -> bool {
    let failed = Proportion {
        count: calm.failed(),
        of: calm.turns(),
    };
    let interval = failed.wilson(CONFIDENCE);
    calm.turns() >= FEWEST_TURNS && interval.is_some_and(|interval| interval.low > 0.5)
}

fn changes(measured: &Measured<'_>) -> Vec<ChangeNumbers> {
    let mut moments: Vec<(Duration, String)> = measured
        .scenario
        .knowledge
        .changes
        .iter()
        .filter_map(|change| Some((change.at?.get(), change.fact.to_string())))
        .collect();
    moments.sort();
    moments.dedup();
    let numbers = |(at, fact): (Duration, String)| {
        let stale = measured.tally.facts().stale_after(&fact, at);
        ChangeNumbers {
            at_s: at.as_secs_f64(),
            stale: stale.answers,
            last_stale_after_s: (stale.answers > 0).then_some(stale.last_after.as_secs_f64()),
            fact,
        }
    };
    moments.into_iter().map(numbers).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_is_always_wrong_when_more_than_half_of_enough_calm_turns_fail() {
        for (stated, missing, contradicted, expected) in [
            (0, 0, 0, false),
            (0, 9, 0, false),
            (0, 5, 5, true),
            (5, 5, 0, false),
            (40, 60, 0, true),
            (48, 52, 0, false),
            (100, 0, 3, false),
        ] {
            let calm = FactCounts {
                stated,
                missing,
                contradicted,
                stale: 0,
            };
            assert_eq!(is_always_wrong(calm), expected, "{calm:?}");
        }
    }
}
