//! When customers come: phases of traffic, one after the other. Those of the closed workload are in `population.rs`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Keep, RampPlan, Rate, Shift, Span};

/// When conversations start.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Traffic {
    /// How arrivals lie within the rate; default: `poisson`. Open workload only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub arrivals: Option<Arrivals>,
    /// One after the other, from the start of the run.
    #[serde(default)]
    pub phases: Vec<Phase>,
    /// Instead of phases, in goose's notation: `10,30s;500,2m;500,5m;0,30s` (population, and the time in which it is
    /// reached). Its phases are called `step-1`, `step-2` and so on. Closed workload only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<RampPlan>,
}

/// How arrivals lie within the rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Arrivals {
    /// As independent people come: exponential gaps (an inhomogeneous Poisson process).
    #[default]
    Poisson,
    /// Evenly spaced: the n-th comes when the expected count reaches n - 1/2.
    Even,
}

/// A stretch of traffic. A rate counts conversations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// A constant rate.
    Hold(Hold),
    /// A straight line from the rate before to another.
    Ramp(Ramp),
    /// Smoothly up and down again: `base + (peak - base) * sin^2(pi t / for)`; base is the rate before.
    Spike(Spike),
    /// Many at once, spread evenly over a short time.
    Burst(Burst),
    /// Nobody.
    Quiet(Quiet),
    /// A constant number of customers who come back (closed workload).
    Keep(Keep),
    /// From one number of customers to another in a straight line (closed workload).
    Shift(Shift),
}

/// A constant rate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hold {
    /// For thresholds and reports.
    pub name: String,
    /// How long.
    pub r#for: Span,
    /// Conversations per time.
    pub rate: Rate,
    /// Keeps the phase out of totals and thresholds.
    #[serde(default)]
    pub warm_up: bool,
}

/// A straight line from the rate before (0 at the start, or after a burst or quiet phase the one before it) to another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ramp {
    /// For thresholds and reports.
    pub name: String,
    /// How long.
    pub r#for: Span,
    /// The rate at its end.
    pub to: Rate,
    /// Keeps the phase out of totals and thresholds.
    #[serde(default)]
    pub warm_up: bool,
}

/// Smoothly up and down again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spike {
    /// For thresholds and reports.
    pub name: String,
    /// How long.
    pub r#for: Span,
    /// The rate in its middle.
    pub peak: Rate,
    /// Keeps the phase out of totals and thresholds.
    #[serde(default)]
    pub warm_up: bool,
}

/// Many at once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Burst {
    /// For thresholds and reports.
    pub name: String,
    /// How many conversations.
    pub at_once: u64,
    /// The time over which they come.
    pub r#for: Span,
    /// Keeps the phase out of totals and thresholds.
    #[serde(default)]
    pub warm_up: bool,
}

/// Nobody comes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quiet {
    /// For thresholds and reports.
    pub name: String,
    /// How long.
    pub r#for: Span,
    /// Keeps the phase out of totals and thresholds.
    #[serde(default)]
    pub warm_up: bool,
}

impl Phase {
    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Phase::Hold(phase) => &phase.name,
            Phase::Ramp(phase) => &phase.name,
            Phase::Spike(phase) => &phase.name,
            Phase::Burst(phase) => &phase.name,
            Phase::Quiet(phase) => &phase.name,
            Phase::Keep(phase) => &phase.name,
            Phase::Shift(phase) => &phase.name,
        }
    }

    /// How long it takes.
    pub fn length(&self) -> std::time::Duration {
        match self {
            Phase::Hold(phase) => phase.r#for.get(),
            Phase::Ramp(phase) => phase.r#for.get(),
            Phase::Spike(phase) => phase.r#for.get(),
            Phase::Burst(phase) => phase.r#for.get(),
            Phase::Quiet(phase) => phase.r#for.get(),
            Phase::Keep(phase) => phase.r#for.get(),
            Phase::Shift(phase) => phase.r#for.get(),
        }
    }

    /// True when it stays out of totals and thresholds.
    pub fn is_warm_up(&self) -> bool {
        match self {
            Phase::Hold(phase) => phase.warm_up,
            Phase::Ramp(phase) => phase.warm_up,
            Phase::Spike(phase) => phase.warm_up,
            Phase::Burst(phase) => phase.warm_up,
            Phase::Quiet(phase) => phase.warm_up,
            Phase::Keep(phase) => phase.warm_up,
            Phase::Shift(phase) => phase.warm_up,
        }
    }
}

impl Traffic {
    /// A plan in goose's notation turned into the phases that it stands for.
    pub(super) fn in_phases(self) -> Traffic {
        match self.plan {
            Some(plan) => Traffic {
                phases: plan.phases(),
                plan: None,
                ..self
            },
            None => self,
        }
    }

    /// How many conversations are expected: the integral of the rate; 0 in a closed workload, where nobody can know.
    pub fn planned(&self) -> f64 {
        let (mut before, mut planned) = (0.0, 0.0);
        for phase in &self.phases {
            let seconds = phase.length().as_secs_f64();
            match phase {
                Phase::Hold(hold) => {
                    planned += hold.rate.get() * seconds;
                    before = hold.rate.get();
                }
                Phase::Ramp(ramp) => {
                    planned += (before + ramp.to.get()) / 2.0 * seconds;
                    before = ramp.to.get();
                }
                // The mean of sin^2 over a half period is 1/2.
                Phase::Spike(spike) => planned += (before + spike.peak.get()) / 2.0 * seconds,
                Phase::Burst(burst) => planned += burst.at_once as f64,
                Phase::Quiet(_) | Phase::Keep(_) | Phase::Shift(_) => {}
            }
        }
        planned
    }
}
