//! Which parts of a run must be counted so that its thresholds can be judged and its report be filled.

use std::collections::HashMap;
use std::time::Duration;

use crate::conversation::{Language, Slice};
use crate::metrics::Metrics;
use crate::quality::Tally;
use crate::scenario::{Bound, Scenario, Threshold};

/// The slices of a scenario's run, each once, and what each is for (by its place in the list).
#[derive(Debug, Clone, PartialEq)]
pub struct Slices {
    list: Vec<Slice>,
    limits: Vec<Duration>,
    /// All that happened, warm-up included: what the generator did.
    pub run: usize,
    /// All phases but warm-up.
    pub totals: usize,
    /// By the phase's place.
    pub phases: Vec<usize>,
    /// By the channel's place.
    pub channels: Vec<usize>,
    /// By the persona's place.
    pub personas: Vec<usize>,
    /// By the goal's place.
    pub goals: Vec<usize>,
    /// The languages that the personas write.
    pub languages: Vec<(Language, usize)>,
    /// By the threshold's place.
    pub thresholds: Vec<ThresholdPlaces>,
}

/// The slices that a threshold looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThresholdPlaces {
    /// What is judged.
    pub judged: usize,
    /// What it is compared with, for `2x calm`.
    pub reference: Option<usize>,
    /// The whole phase that it lies in, the totals when it names none.
    pub phase: usize,
}

impl Slices {
    /// The slices that this scenario's run needs.
    pub fn of(scenario: &Scenario) -> Slices {
        let has_warm_up = scenario.file.traffic.phases.iter().any(|phase| phase.is_warm_up());
        let totals = Slice {
            // Without a warm-up the totals are the whole run, one slice for both.
            skips_warm_up: has_warm_up,
            ..Slice::ALL
        };
        let mut list = List::default();
        let languages = Language::ALL.into_iter().enumerate().filter(|(_, language)| {
            let mut spoken = scenario.personas.iter().map(|persona| persona.language);
            spoken.any(|spoken| spoken == *language)
        });
        Slices {
            limits: limits(scenario),
            run: list.place(Slice::ALL),
            totals: list.place(totals),
            phases: list.each(scenario.file.traffic.phases.len(), |phase| Slice {
                phase,
                ..Slice::ALL
            }),
            channels: list.each(scenario.channels.len(), |channel| Slice { channel, ..totals }),
            personas: list.each(scenario.personas.len(), |persona| Slice { persona, ..totals }),
            goals: list.each(scenario.goals.len(), |goal| Slice { goal, ..totals }),
            languages: languages
                .map(|(place, known)| {
                    let language = u16::try_from(place).ok();
                    (known, list.place(Slice { language, ..totals }))
                })
                .collect(),
            thresholds: scenario
                .thresholds
                .iter()
                .map(|threshold| list.threshold(threshold, totals))
                .collect(),
            list: list.slices,
        }
    }

    /// The slices, in the order of their places.
    pub fn list(&self) -> &[Slice] {
        &self.list
    }

    /// Empty metrics for a run of the scenario.
    pub fn metrics(&self) -> Metrics {
        Metrics::with_limits(&self.list, self.limits.clone())
    }

    /// An empty tally for a part of a run: it compares no phases.
    pub fn tally(&self) -> Tally {
        Tally::new(&self.list)
    }

    /// An empty tally for a run of the scenario, whose phases it compares with the calm one.
    pub fn comparing_tally(&self, scenario: &Scenario) -> Tally {
        Tally::comparing(&self.list, scenario)
    }
}

/// How long an answer is waited for, by channel.
fn limits(scenario: &Scenario) -> Vec<Duration> {
    let wait = |deadline: &crate::scenario::Deadline| deadline.reply.get() + deadline.grace.get();
    scenario
        .channels
        .iter()
        .map(|channel| wait(&channel.deadline))
        .collect()
}

/// Slices without repetition.
#[derive(Default)]
struct List {
    slices: Vec<Slice>,
    places: HashMap<Slice, usize>,
}

impl List {
    fn place(&mut self, slice: Slice) -> usize {
        *self.places.entry(slice).or_insert_with(|| {
            self.slices.push(slice);
            self.slices.len() - 1
        })
    }

    fn each(&mut self, count: usize, slice: impl Fn(Option<u16>) -> Slice) -> Vec<usize> {
        let places = (0..count).map(|place| u16::try_from(place).ok());
        places.map(|place| self.place(slice(place))).collect()
    }

    fn threshold(&mut self, threshold: &Threshold, totals: Slice) -> ThresholdPlaces {
        // Who names a warm-up phase means it.
        let in_phase = |phase: Option<u16>, keys: Slice| Slice {
            phase,
            skips_warm_up: phase.is_none() && totals.skips_warm_up,
            ..keys
        };
        let phase = threshold.slice.phase;
        ThresholdPlaces {
            judged: self.place(in_phase(phase, threshold.slice)),
            reference: match threshold.bound {
                Bound::Value(_) => None,
                Bound::Times { phase, .. } => Some(self.place(in_phase(Some(phase), threshold.slice))),
            },
            phase: self.place(in_phase(phase, Slice::ALL)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::testing;

    #[test]
    fn each_slice_is_there_once_and_thresholds_share_those_of_the_report() {
        let scenario = testing::scenario(
            &["calm", "peak"],
            vec![testing::missed_in(Some(1)), testing::missed_in(None)],
        );
        let slices = Slices::of(&scenario);
        let mut seen = std::collections::HashSet::new();
        assert!(slices.list().iter().all(|slice| seen.insert(*slice)));
        assert_eq!(slices.run, slices.totals);
        assert_eq!(slices.thresholds[0].judged, slices.phases[1]);
        assert_eq!(slices.thresholds[1].judged, slices.totals);
        assert_eq!(slices.languages.len(), 1);
    }

    #[test]
    fn warm_up_stays_out_of_everything_but_its_own_phase_and_the_run() {
        let scenario = testing::scenario(&["warm", "peak"], vec![testing::missed_in(None)]);
        let slices = Slices::of(&testing::with_warm_up(scenario, 0));
        let skips = |place: usize| slices.list()[place].skips_warm_up;
        assert_ne!(slices.run, slices.totals);
        assert!(!skips(slices.run) && !skips(slices.phases[0]));
        let without = [
            slices.totals,
            slices.channels[0],
            slices.personas[0],
            slices.thresholds[0].judged,
        ];
        assert!(without.into_iter().all(skips));
    }

    #[test]
    fn a_relative_threshold_keeps_its_other_keys_in_the_phase_it_refers_to() {
        let mut threshold = testing::missed_in(Some(1));
        threshold.slice.channel = Some(0);
        threshold.bound = Bound::Times { factor: 2.0, phase: 0 };
        let slices = Slices::of(&testing::scenario(&["calm", "peak"], vec![threshold]));
        let places = slices.thresholds[0];
        let reference = slices.list()[places.reference.unwrap()];
        assert_eq!((reference.phase, reference.channel), (Some(0), Some(0)));
        assert_eq!(places.phase, slices.phases[1]);
    }
}
