//! The closed workload: how many customers are there at once, phase by phase.
//!
//! goose's own notation for such a plan, `10,30s;500,2m;500,5m;0,30s`, is read here and becomes phases.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::{Phase, Scenario, ScenarioFile, Span};

/// What makes conversations start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Workload {
    /// The traffic: conversations arrive however slow the bot is, as customers of a peak do.
    #[default]
    Open,
    /// The endings: a population of customers who come back, each conversation after another has ended. A bot that slows
    /// down gets fewer conversations, so this says nothing about a peak. Runs on goose.
    Closed,
}

impl Workload {
    /// True for the default.
    pub fn is_open(&self) -> bool {
        *self == Workload::Open
    }
}

/// A constant number of customers (closed workload).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Keep {
    /// For thresholds and reports.
    pub name: String,
    /// How long, in whole seconds.
    pub r#for: Span,
    /// How many; default: the scenario's `population`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<u64>,
    /// Keeps the phase out of totals and thresholds.
    #[serde(default)]
    pub warm_up: bool,
}

/// A straight line from one number of customers to another, up or down (closed workload). Who leaves ends their
/// conversation first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Shift {
    /// For thresholds and reports.
    pub name: String,
    /// How long, in whole seconds.
    pub r#for: Span,
    /// How many at its start; default: as many as before (0 at the start of the run).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<u64>,
    /// How many at its end; default: the scenario's `population`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<u64>,
    /// Keeps the phase out of totals and thresholds.
    #[serde(default)]
    pub warm_up: bool,
}

/// How many customers are there in a phase: a straight line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Headcount {
    /// At its start.
    pub from: u64,
    /// At its end.
    pub to: u64,
    /// How long it is.
    pub length: Duration,
}

impl ScenarioFile {
    /// How many customers each phase has at once; none in phases of open traffic.
    pub fn headcounts(&self) -> Vec<Headcount> {
        let population = self.population.unwrap_or(0);
        let mut before = 0;
        let headcount = |phase: &Phase| {
            let (from, to) = match phase {
                Phase::Keep(keep) => {
                    let all = keep.population.unwrap_or(population);
                    (all, all)
                }
                Phase::Shift(shift) => (shift.from.unwrap_or(before), shift.to.unwrap_or(population)),
                _ => (0, 0),
            };
            before = to;
            let length = phase.length();
            Headcount { from, to, length }
        };
        self.traffic.phases.iter().map(headcount).collect()
    }

    /// The most customers that are there at once; absent in an open workload.
    pub fn largest_population(&self) -> Option<u64> {
        let largest = self.headcounts().into_iter().map(|one| one.from.max(one.to)).max();
        largest.filter(|_| self.workload == Workload::Closed)
    }
}

impl Scenario {
    /// How many customers of a closed workload are there at this moment, by plan; 0 after the last phase.
    pub fn population_at(&self, at: Duration) -> f64 {
        let mut start = Duration::ZERO;
        for one in self.file.headcounts() {
            if at < start + one.length {
                let part = (at.saturating_sub(start)).as_secs_f64() / one.length.as_secs_f64();
                return one.from as f64 + (one.to as f64 - one.from as f64) * part;
            }
            start += one.length;
        }
        0.0
    }
}

/// A plan in goose's notation: steps `population,time` with `;` between them. Each goes in a straight line from the
/// population before to its own within its time (`500,30s`, `500,90`, `0,1h30m`); a time of 0 is a jump.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RampPlan {
    steps: Vec<(u64, Span)>,
}

impl FromStr for RampPlan {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let steps = text.split(';').map(step);
        Ok(RampPlan {
            steps: steps.collect::<Result<_, _>>()?,
        })
    }
}

fn step(text: &str) -> Result<(u64, Span), String> {
    let wanted = || format!("expected steps of population and time such as `10,30s;500,2m;0,30s`, found `{text}`");
    let (population, time) = text.split_once(',').ok_or_else(wanted)?;
    let time = time.trim().to_ascii_lowercase();
    let span = match time.parse::<u32>() {
        Ok(seconds) => Span::seconds(f64::from(seconds)),
        Err(_) => time.parse().map_err(|_| wanted())?,
    };
    Ok((population.trim().parse().map_err(|_| wanted())?, span))
}

impl TryFrom<String> for RampPlan {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<RampPlan> for String {
    fn from(plan: RampPlan) -> String {
        plan.to_string()
    }
}

impl fmt::Display for RampPlan {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, (population, time)) in self.steps.iter().enumerate() {
            let between = if place == 0 { "" } else { ";" };
            write!(out, "{between}{population},{time}")?;
        }
        Ok(())
    }
}

impl JsonSchema for RampPlan {
    fn schema_name() -> Cow<'static, str> {
        "RampPlan".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let step = r"\s*[0-9]+\s*,\s*([0-9]+|([0-9.]+\s*[hmsHMS]\s*)+)\s*";
        json_schema!({"type": "string", "pattern": format!("^{step}(;{step})*$")})
    }
}

impl RampPlan {
    /// The same as phases, named `step-1`, `step-2` and so on by their steps; a jump is no phase of its own.
    pub(super) fn phases(&self) -> Vec<Phase> {
        let mut phases = Vec::new();
        let (mut before, mut has_jumped) = (0, false);
        for (place, &(to, r#for)) in self.steps.iter().enumerate() {
            let from = std::mem::replace(&mut before, to);
            if r#for.get().is_zero() {
                has_jumped = true;
                continue;
            }
            let name = format!("step-{}", place + 1);
            phases.push(if from == to {
                Phase::Keep(Keep {
                    name,
                    r#for,
                    population: Some(to),
                    warm_up: false,
                })
            } else {
                Phase::Shift(Shift {
                    name,
                    r#for,
                    from: has_jumped.then_some(from),
                    to: Some(to),
                    warm_up: false,
                })
            });
            has_jumped = false;
        }
        phases
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_in_gooses_notation_becomes_phases() {
        let plan: RampPlan = "10,30s;500,2m; 500,300 ;200,0;0,1m30S".parse().unwrap();
        assert_eq!(plan.to_string(), "10,30s;500,2m;500,5m;200,0ms;0,90s");
        assert_eq!(plan.to_string().parse::<RampPlan>().unwrap(), plan);
        let phases: Vec<String> = plan
            .phases()
            .iter()
            .map(|phase| serde_json::to_string(phase).unwrap())
            .collect();
        insta::assert_snapshot!(phases.join("\n"), @r#"
        {"shift":{"name":"step-1","for":"30s","to":10,"warm_up":false}}
        {"shift":{"name":"step-2","for":"2m","to":500,"warm_up":false}}
        {"keep":{"name":"step-3","for":"5m","population":500,"warm_up":false}}
        {"shift":{"name":"step-5","for":"90s","from":200,"to":0,"warm_up":false}}
        "#);
        for wrong in ["", "10", "10,", "x,10s", "-1,10s", "10,10s;", "10,10parsecs"] {
            assert!(wrong.parse::<RampPlan>().is_err(), "{wrong}");
        }
    }
}
