//! What became of each fact, phase by phase, and what the claims were. Bounded by the scenario: its facts, phases and changes.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::conversation::Turn;
use crate::quality::{ClaimState, Fate, TurnScore};

/// The facts of a run, added up.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FactTally {
    by_fact: BTreeMap<String, Vec<FactCounts>>,
    stale: BTreeMap<(String, Duration), StaleCounts>,
    /// All claims.
    pub claims: ClaimCounts,
}

/// Turns by what became of a fact in them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FactCounts {
    /// The answer states it.
    pub stated: u64,
    /// It was asked for and the answer does not state it.
    pub missing: u64,
    /// The answer claims something else; stale ones are among them.
    pub contradicted: u64,
    /// The answer claims what was true before a change.
    pub stale: u64,
}

/// Answers that claim what was true before one change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StaleCounts {
    /// How many.
    pub answers: u64,
    /// How long after the change the last one came.
    pub last_after: Duration,
}

/// Claims by state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClaimCounts {
    /// True.
    pub supported: u64,
    /// False; stale ones are among them.
    pub contradicted: u64,
    /// True before a change.
    pub stale: u64,
    /// Of no fact.
    pub unsupported: u64,
    /// Never to be said.
    pub forbidden: u64,
}

impl FactCounts {
    /// Turns in which the fact was missing or contradicted.
    pub fn failed(self) -> u64 {
        self.missing + self.contradicted
    }

    /// All turns that concern the fact.
    pub fn turns(self) -> u64 {
        self.stated + self.failed()
    }

    /// Both together.
    pub fn plus(self, other: FactCounts) -> FactCounts {
        FactCounts {
            stated: self.stated + other.stated,
            missing: self.missing + other.missing,
            contradicted: self.contradicted + other.contradicted,
            stale: self.stale + other.stale,
        }
    }

    fn note(&mut self, fate: Fate) {
        self.stated += u64::from(fate == Fate::Stated);
        self.missing += u64::from(fate == Fate::Missing);
        self.contradicted += u64::from(matches!(fate, Fate::Contradicted | Fate::Stale { .. }));
        self.stale += u64::from(matches!(fate, Fate::Stale { .. }));
    }
}

impl ClaimCounts {
    fn note(&mut self, state: ClaimState) {
        self.supported += u64::from(state == ClaimState::Supported);
        self.contradicted += u64::from(state.is_contradicted());
        self.stale += u64::from(matches!(state, ClaimState::Stale { .. }));
        self.unsupported += u64::from(state == ClaimState::Unsupported);
        self.forbidden += u64::from(state == ClaimState::Forbidden);
    }

    fn merge(&mut self, other: ClaimCounts) {
        self.supported += other.supported;
        self.contradicted += other.contradicted;
        self.stale += other.stale;
        self.unsupported += other.unsupported;
        self.forbidden += other.forbidden;
    }
}

impl StaleCounts {
    fn merge(&mut self, other: StaleCounts) {
        self.answers += other.answers;
        self.last_after = self.last_after.max(other.last_after);
    }
}

impl FactTally {
    pub(super) fn record(&mut self, turn: &Turn, score: &TurnScore) {
        for claim in &score.claims {
            self.claims.note(claim.state);
        }
        for fate in &score.fates {
            let phase = usize::from(turn.labels.phase);
            at(self.by_fact.entry(fate.fact.clone()).or_default(), phase).note(fate.fate);
            if let Fate::Stale { changed_at, ago } = fate.fate {
                let one = StaleCounts {
                    answers: 1,
                    last_after: ago,
                };
                self.stale
                    .entry((fate.fact.clone(), changed_at))
                    .or_default()
                    .merge(one);
            }
        }
    }

    pub(super) fn merge(&mut self, other: &FactTally) {
        self.claims.merge(other.claims);
        for (fact, phases) in &other.by_fact {
            let own = self.by_fact.entry(fact.clone()).or_default();
            for (phase, counts) in phases.iter().enumerate() {
                let sum = at(own, phase);
                *sum = sum.plus(*counts);
            }
        }
        for (change, counts) in &other.stale {
            self.stale.entry(change.clone()).or_default().merge(*counts);
        }
    }

    /// Each fact that was asked for or claimed, in the order of names, with its counts by place of the phase; phases at the
    /// end without any are absent.
    pub fn by_fact(&self) -> impl Iterator<Item = (&str, &[FactCounts])> {
        self.by_fact
            .iter()
            .map(|(fact, phases)| (fact.as_str(), phases.as_slice()))
    }

    /// Stale answers about this fact after it changed at this moment of the run.
    pub fn stale_after(&self, fact: &str, changed_at: Duration) -> StaleCounts {
        let key = (fact.to_owned(), changed_at);
        self.stale.get(&key).copied().unwrap_or_default()
    }
}

fn at(phases: &mut Vec<FactCounts>, phase: usize) -> &mut FactCounts {
    if phases.len() <= phase {
        phases.resize(phase + 1, FactCounts::default());
    }
    &mut phases[phase]
}
