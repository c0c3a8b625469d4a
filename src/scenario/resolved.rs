//! A scenario with everything resolved: what the rest of throng works with.

use std::time::Duration;

use super::{Channel, Goal, Knowledge, Persona, Phase, ScenarioFile, Switch, Threshold};
use crate::conversation::{Labels, Language, RunKey};

/// A scenario with everything resolved. Parts are referred to by their place in these lists.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// As written, with every part it names filled into `define`: a self-contained file.
    pub file: ScenarioFile,
    /// Its channels.
    pub channels: Vec<Channel>,
    /// The personas in use.
    pub personas: Vec<Persona>,
    /// The goals in use.
    pub goals: Vec<Goal>,
    /// Who comes: places in the lists above, and shares that add up to 1.
    pub mix: Vec<Mix>,
    /// The shares of the mix in each phase, where they differ from phase to phase; empty where they do not.
    pub phase_shares: Vec<Vec<f64>>,
    /// Who goes on elsewhere after having got nowhere; the first that fits decides.
    pub switches: Vec<Switch>,
    /// What is true in the shop; empty when the scenario names none.
    pub knowledge: Knowledge,
    /// What must hold.
    pub thresholds: Vec<Threshold>,
    /// Place of the calm phase.
    pub baseline: u16,
    /// How long open conversations may run on after the last phase.
    pub drain: Duration,
    /// The shop's "now" when the run starts.
    pub clock: jiff::Zoned,
    /// Factor on all rates (`--scale`).
    pub scale: f64,
    /// The `--set` and flag overrides in force, as typed.
    pub overrides: Vec<String>,
}

/// A kind of customer with a goal and a channel, and its part of all customers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mix {
    /// Place in `personas`.
    pub persona: u16,
    /// Place in `goals`.
    pub goal: u16,
    /// Place in `channels`.
    pub channel: u16,
    /// Its part, 0 to 1.
    pub share: f64,
}

impl Scenario {
    /// The run's key, from the seed.
    pub fn run_key(&self) -> RunKey {
        RunKey::of_seed(self.file.seed)
    }

    /// The names of the phases, by place.
    pub fn phase_names(&self) -> Vec<String> {
        self.file
            .traffic
            .phases
            .iter()
            .map(|phase| phase.name().to_owned())
            .collect()
    }

    /// When the phase with this place starts, from the run's start.
    pub fn phase_start(&self, place: u16) -> Duration {
        self.file
            .traffic
            .phases
            .iter()
            .take(usize::from(place))
            .map(Phase::length)
            .sum()
    }

    /// When the last phase ends.
    pub fn traffic_length(&self) -> Duration {
        self.file.traffic.phases.iter().map(Phase::length).sum()
    }

    /// The place of the phase that holds this moment; what is after the last phase belongs to the last.
    pub fn phase_at(&self, at: Duration) -> u16 {
        let mut end = Duration::ZERO;
        for (place, phase) in self.file.traffic.phases.iter().enumerate() {
            end += phase.length();
            if at < end {
                return place_of(place);
            }
        }
        place_of(self.file.traffic.phases.len().saturating_sub(1))
    }

    /// True when the phase with this place stays out of totals and thresholds.
    pub fn is_warm_up(&self, phase: u16) -> bool {
        let phases = &self.file.traffic.phases;
        phases.get(usize::from(phase)).is_some_and(super::Phase::is_warm_up)
    }

    /// The part that the mix with this place has of the customers who come in this phase.
    pub fn share(&self, phase: u16, mix: usize) -> f64 {
        let own = self
            .phase_shares
            .get(usize::from(phase))
            .and_then(|shares| shares.get(mix));
        own.copied().or(self.mix.get(mix).map(|mix| mix.share)).unwrap_or(0.0)
    }

    /// The largest part that a channel has of the customers of a phase.
    pub fn largest_part(&self, channel: u16) -> f64 {
        let part = |phase| {
            let places = (0..self.mix.len()).filter(|place| self.mix[*place].channel == channel);
            places.map(|place| self.share(phase, place)).sum::<f64>()
        };
        let phases = 0..place_of(self.file.traffic.phases.len());
        phases.map(part).fold(0.0, f64::max)
    }

    /// True when customers on the channel with this place send something beside words.
    pub fn brings_media_to(&self, channel: u16) -> bool {
        let sends = |mix: &Mix| !self.goals[usize::from(mix.goal)].media().is_empty();
        self.mix.iter().any(|mix| mix.channel == channel && sends(mix))
    }

    /// The labels of a customer of this kind whose turn is due in `phase`.
    pub fn labels(&self, phase: u16, mix: &Mix) -> Labels {
        let language = self.personas[usize::from(mix.persona)].language;
        let place = Language::ALL.iter().position(|known| *known == language).unwrap_or(0);
        Labels {
            phase,
            channel: mix.channel,
            persona: mix.persona,
            goal: mix.goal,
            language: place_of(place),
            warm_up: self.is_warm_up(phase),
        }
    }
}

/// A place in a list as labels hold it; lists of a scenario are far shorter than 65,536 (the loader refuses longer ones).
fn place_of(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}
