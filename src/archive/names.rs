//! The scenario's names by place, so that tables speak of `midnight` where labels say 2.

use crate::conversation::{Labels, Language};
use crate::scenario::Scenario;

/// The scenario's names by place.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Names {
    pub(super) phases: Vec<PhaseSpan>,
    /// Name and reply deadline in seconds.
    pub(super) channels: Vec<(String, f64)>,
    personas: Vec<String>,
    goals: Vec<String>,
}

/// A phase in the time of the run.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PhaseSpan {
    pub(super) name: String,
    pub(super) start_s: f64,
    pub(super) end_s: f64,
    pub(super) warm_up: bool,
}

impl PhaseSpan {
    pub(super) fn length_s(&self) -> f64 {
        self.end_s - self.start_s
    }
}

impl Names {
    /// Those of a scenario.
    pub fn of(scenario: &Scenario) -> Names {
        let mut start_s = 0.0;
        let phases = scenario.file.traffic.phases.iter().map(|phase| {
            let end_s = start_s + phase.length().as_secs_f64();
            let span = PhaseSpan {
                name: phase.name().to_owned(),
                start_s,
                end_s,
                warm_up: phase.is_warm_up(),
            };
            start_s = end_s;
            span
        });
        Names {
            phases: phases.collect(),
            channels: scenario
                .channels
                .iter()
                .map(|channel| (channel.name.clone(), channel.deadline.reply.get().as_secs_f64()))
                .collect(),
            personas: scenario
                .personas
                .iter()
                .map(|persona| persona.persona.clone())
                .collect(),
            goals: scenario.goals.iter().map(|goal| goal.goal.clone()).collect(),
        }
    }

    pub(super) fn phase(&self, labels: &Labels) -> &str {
        self.phases
            .get(usize::from(labels.phase))
            .map_or("", |phase| phase.name.as_str())
    }

    /// The name of the channel with this place.
    pub(super) fn channel(&self, place: u16) -> &str {
        self.channels.get(usize::from(place)).map_or("", |(name, _)| name)
    }

    pub(super) fn persona(&self, labels: &Labels) -> &str {
        at(&self.personas, labels.persona)
    }

    pub(super) fn goal(&self, labels: &Labels) -> &str {
        at(&self.goals, labels.goal)
    }

    pub(super) fn language(labels: &Labels) -> &'static str {
        Language::ALL
            .get(usize::from(labels.language))
            .map_or("", |language| language.code())
    }
}

/// The name at this place; labels come from the same scenario, so there always is one.
fn at(names: &[String], place: u16) -> &str {
    names.get(usize::from(place)).map_or("", String::as_str)
}

#[cfg(test)]
impl Names {
    /// Names made for tests: two phases of a minute, calm and midnight.
    pub(super) fn sample() -> Names {
        let phase = |name: &str, start_s: f64| PhaseSpan {
            name: name.to_owned(),
            start_s,
            end_s: start_s + 60.0,
            warm_up: false,
        };
        let named = |names: [&str; 2]| names.map(str::to_owned).to_vec();
        Names {
            phases: vec![phase("calm", 0.0), phase("midnight", 60.0)],
            channels: vec![("douyin".to_owned(), 10.0), ("web".to_owned(), 5.0)],
            personas: named(["bargain-hunter", "anxious-parent"]),
            goals: named(["check-coupon", "chase-delivery"]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::scenario;
    use super::*;

    #[test]
    fn names_and_times_are_those_of_the_scenario() {
        let names = Names::of(&scenario());
        let labels = Labels {
            phase: 1,
            ..Labels::default()
        };
        assert_eq!(names.phase(&labels), "midnight");
        let spans: Vec<_> = names
            .phases
            .iter()
            .map(|one| (one.start_s, one.end_s, one.warm_up))
            .collect();
        assert_eq!(spans, [(0.0, 10.0, true), (10.0, 70.0, false)]);
        assert_eq!(
            (names.persona(&labels), names.goal(&labels)),
            ("anxious-parent", "chase-delivery")
        );
        assert_eq!((names.channel(0), Names::language(&labels)), ("web", "zh"));
    }
}
