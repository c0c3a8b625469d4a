//! What a rehearsal would be, without holding it: expected numbers, and what its thresholds could tell.

use std::sync::Arc;
use std::time::Duration;

use super::means::{ChannelNeeds, Needs, Shortage};
use super::{RehearsalError, machine};
use crate::conversation::Slice;
use crate::scenario::{Connection, DEMO, Mix, Scenario, Switch, Workload, is_loopback};
use crate::simulation::{Cast, OnPaper, arrivals, expected, on_paper, rate_at};
use crate::verdict::{Detection, Expected, Slices, detectable};

/// Customers who are played on paper to estimate how much one says.
const SAMPLE: u64 = 500;
/// How long the imagined bot takes to answer.
const ANSWER_AFTER: Duration = Duration::from_secs(1);

/// What a rehearsal would be.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Conversations that the traffic and seed give, exactly; in a closed workload, which cannot know, as many as the
    /// population would have with a bot that answers well.
    pub planned: u64,
    /// Customers of a closed workload who are there at once, second by second; none in an open one.
    pub population: Option<Vec<f64>>,
    /// Conversations per second, second by second.
    pub rates: Vec<f64>,
    /// By phase.
    pub phases: Vec<PlannedPhase>,
    /// What customers say to a bot that answers well, a sample.
    pub on_paper: OnPaper,
    /// Conversations open at once at the peak, if the bot answers well.
    pub peak_open: f64,
    /// What becomes of customers who get nowhere, by the scenario's `switches`.
    pub switches: Vec<PlannedSwitch>,
    /// What each threshold could tell.
    pub detections: Vec<Detection>,
    /// What this machine has too little of to carry it.
    pub shortages: Vec<Shortage>,
}

/// A switch of a plan. How many customers get nowhere is the bot's doing; how many of those would go on is known.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedSwitch {
    /// The channel that they would leave.
    pub from: String,
    /// The channel on which they would go on.
    pub to: String,
    /// How many of those who get nowhere, 0 to 1.
    pub share: f64,
    /// Conversations that begin on `from` and are of its kind; of a closed workload, an expectation.
    pub conversations: f64,
    /// The most of them that go on: all get nowhere at once. Those who came to `from` by a switch themselves are not in it.
    pub at_most: f64,
}

/// A phase of a plan. Turns and messages are expectations; conversations are so in a closed workload only.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedPhase {
    /// Its name.
    pub name: String,
    /// When it starts, from the run's start.
    pub start: Duration,
    /// How long it is.
    pub length: Duration,
    /// Conversations that arrive.
    pub conversations: f64,
    /// Their turns.
    pub turns: f64,
    /// Messages of those turns, which is requests without redeliveries.
    pub messages: f64,
    /// The highest rate of conversations within it, a second.
    pub peak_rate: f64,
}

impl Plan {
    /// Turns of one conversation, on average.
    pub fn turns_per_conversation(&self) -> f64 {
        self.on_paper.turns as f64 / self.on_paper.conversations.max(1) as f64
    }

    /// Messages of one conversation, on average.
    pub fn messages_per_conversation(&self) -> f64 {
        self.on_paper.messages as f64 / self.on_paper.conversations.max(1) as f64
    }
}

/// The plan of a scenario. Sends nothing.
///
/// # Errors
/// When customers cannot be put together from the scenario.
pub fn plan(scenario: Scenario) -> Result<Plan, RehearsalError> {
    let cast = Cast::new(Arc::new(scenario))?;
    let scenario = &cast.scenario;
    let on_paper = on_paper(&cast, SAMPLE, ANSWER_AFTER);
    let outlook = Outlook {
        scenario,
        mean_conversation: on_paper.mean_conversation,
        drawn: (scenario.file.workload == Workload::Open).then(|| drawn(scenario)),
    };
    let rates = outlook.rates();
    let population = scenario.file.largest_population();
    let mut plan = Plan {
        planned: outlook.planned(),
        population: population.map(|_| {
            let middles = (0..seconds_of(scenario)).map(|second| Duration::from_secs(second) + HALF);
            middles.map(|at| scenario.population_at(at)).collect()
        }),
        peak_open: outlook.peak_open(&rates),
        rates,
        phases: Vec::new(),
        on_paper,
        switches: Vec::new(),
        detections: Vec::new(),
        shortages: shortages(&cast),
    };
    plan.phases = phases(&outlook, &plan);
    plan.switches = switches(&outlook);
    plan.detections = detections(&outlook, plan.turns_per_conversation());
    Ok(plan)
}

/// What this machine has too little of to carry the load of these customers.
pub fn shortages(cast: &Cast) -> Vec<Shortage> {
    needs(cast).beyond(&machine::means())
}

/// What the load of these customers needs of this machine at its peak, if the bot answers as fast as planned here.
pub(super) fn needs(cast: &Cast) -> Needs {
    let scenario = &cast.scenario;
    let on_paper = on_paper(cast, SAMPLE, ANSWER_AFTER);
    let outlook = Outlook {
        scenario,
        mean_conversation: on_paper.mean_conversation,
        drawn: None,
    };
    let rates = outlook.rates();
    let open = outlook.peak_open(&rates);
    let closed_a_minute = peak_open(&rates, Duration::from_secs(60));
    let messages = on_paper.messages as f64 / on_paper.conversations.max(1) as f64;
    let in_flight = rates.iter().copied().fold(0.0, f64::max) * messages * ANSWER_AFTER.as_secs_f64();
    let channels = (0_u16..).zip(&scenario.channels).map(|(place, channel)| {
        let part = scenario.largest_part(place);
        let has_sockets = channel.profile.socket.is_some();
        let is_pooled = channel.connection == Connection::Pooled && !has_sockets;
        let (connections, closed) = match is_pooled {
            // A customer who thinks holds their socket.
            false => (open.max(in_flight), closed_a_minute),
            true => (in_flight, 0.0),
        };
        ChannelNeeds {
            name: channel.name.clone(),
            is_pooled,
            has_sockets,
            connections: (connections * part).ceil() as u64,
            closed_a_minute: (closed * part).ceil() as u64,
            source_addresses: channel.source_addresses.len() as u64,
            is_called: channel.profile.serve.is_some(),
            is_loopback: is_loopback(&channel.target),
            is_demo: channel.target == DEMO,
        }
    });
    Needs {
        conversations: open.ceil() as u64,
        is_closed: scenario.file.workload == Workload::Closed,
        channels: channels.collect(),
    }
}

/// The seconds that traffic comes in.
fn seconds_of(scenario: &Scenario) -> u64 {
    scenario.traffic_length().as_secs_f64().ceil() as u64
}

/// A population is counted in the middle of each second.
const HALF: Duration = Duration::from_millis(500);

/// What a scenario lets one expect of conversations.
struct Outlook<'a> {
    scenario: &'a Scenario,
    /// What a conversation takes with a bot that answers well. A population has as many a second as it has members, divided
    /// by this (Little's law).
    mean_conversation: Duration,
    /// The conversations of an open workload by phase and place in the mix, as the seed gives them.
    drawn: Option<Vec<Vec<u64>>>,
}

/// How many conversations the seed gives, by phase and place in the mix.
fn drawn(scenario: &Scenario) -> Vec<Vec<u64>> {
    let mut counts = vec![vec![0; scenario.mix.len()]; scenario.file.traffic.phases.len()];
    for arrival in arrivals(scenario) {
        let phase = counts.get_mut(usize::from(arrival.phase));
        if let Some(count) = phase.and_then(|phase| phase.get_mut(usize::from(arrival.mix))) {
            *count += 1;
        }
    }
    counts
}

impl Outlook<'_> {
    fn planned(&self) -> u64 {
        let phases = 0..u16::try_from(self.scenario.file.traffic.phases.len()).unwrap_or(u16::MAX);
        phases.map(|phase| self.conversations(phase)).sum::<f64>().round() as u64
    }

    /// The rate of each second, a mean: a burst may be over in less.
    fn rates(&self) -> Vec<f64> {
        let tenths = |second: u64| (0..10).map(move |tenth| Duration::from_millis(second * 1_000 + tenth * 100 + 50));
        (0..seconds_of(self.scenario))
            .map(|second| tenths(second).map(|at| self.rate_at(at)).sum::<f64>() / 10.0)
            .collect()
    }

    /// The most conversations that are open at once; a population has no more than members.
    fn peak_open(&self, rates: &[f64]) -> f64 {
        let members = self.scenario.file.largest_population();
        members.map_or_else(|| peak_open(rates, self.mean_conversation), |most| most as f64)
    }

    fn rate_at(&self, at: Duration) -> f64 {
        match self.scenario.file.workload {
            Workload::Open => rate_at(self.scenario, at),
            Workload::Closed => self.scenario.population_at(at) * self.turnover(),
        }
    }

    /// The conversations of a phase.
    fn conversations(&self, phase: u16) -> f64 {
        let drawn = self.drawn.as_ref().and_then(|phases| phases.get(usize::from(phase)));
        if let Some(drawn) = drawn {
            return drawn.iter().sum::<u64>() as f64;
        }
        let headcount = self.scenario.file.headcounts().get(usize::from(phase)).copied();
        match headcount.filter(|_| self.scenario.file.workload == Workload::Closed) {
            Some(one) => (one.from + one.to) as f64 / 2.0 * one.length.as_secs_f64() * self.turnover(),
            None => expected(self.scenario, phase),
        }
    }

    /// Conversations of these kinds of customers.
    fn of_kind(&self, is_one: impl Fn(u16, &Mix) -> bool) -> f64 {
        let scenario = self.scenario;
        let phases = 0..u16::try_from(scenario.file.traffic.phases.len()).unwrap_or(u16::MAX);
        let of_phase = |phase| {
            let places = (0..scenario.mix.len()).filter(|place| is_one(phase, &scenario.mix[*place]));
            match self.drawn.as_ref().and_then(|phases| phases.get(usize::from(phase))) {
                Some(drawn) => places.map(|place| drawn[place]).sum::<u64>() as f64,
                None => self.conversations(phase) * places.map(|place| scenario.share(phase, place)).sum::<f64>(),
            }
        };
        phases.map(of_phase).sum()
    }

    /// Conversations that one member of a population has in a second.
    fn turnover(&self) -> f64 {
        1.0 / self.mean_conversation.as_secs_f64().max(0.001)
    }
}

fn phases(outlook: &Outlook<'_>, plan: &Plan) -> Vec<PlannedPhase> {
    let scenario = outlook.scenario;
    let phases = (0_u16..).zip(&scenario.file.traffic.phases);
    phases
        .map(|(place, phase)| {
            let (start, length) = (scenario.phase_start(place), phase.length());
            let conversations = outlook.conversations(place);
            let within = (0..=20)
                .map(|step| outlook.rate_at(start + length.mul_f64(f64::from(step) / 20.0).saturating_sub(EDGE)));
            PlannedPhase {
                name: phase.name().to_owned(),
                start,
                length,
                conversations,
                turns: conversations * plan.turns_per_conversation(),
                messages: conversations * plan.messages_per_conversation(),
                peak_rate: within.fold(0.0, f64::max),
            }
        })
        .collect()
}

/// A phase's end belongs to the next one.
const EDGE: Duration = Duration::from_micros(1);

/// The most conversations within the length of one: those that arrived since then are still open.
fn peak_open(rates: &[f64], mean_conversation: Duration) -> f64 {
    let length = mean_conversation.as_secs_f64();
    let window = (length.ceil() as usize).clamp(1, rates.len().max(1));
    let most = rates
        .windows(window.min(rates.len().max(1)))
        .map(|window| window.iter().sum::<f64>())
        .fold(0.0, f64::max);
    most * length / window as f64
}

fn switches(outlook: &Outlook<'_>) -> Vec<PlannedSwitch> {
    let scenario = outlook.scenario;
    let name = |place: u16| scenario.channels[usize::from(place)].name.clone();
    let plan = |switch: &Switch| {
        let is_of_kind = |mix: &Mix| mix.channel == switch.from && switch.is_for(mix.persona, mix.goal);
        let conversations = outlook.of_kind(|_, mix| is_of_kind(mix));
        PlannedSwitch {
            from: name(switch.from),
            to: name(switch.to),
            share: switch.share,
            conversations,
            at_most: conversations * switch.share,
        }
    };
    scenario.switches.iter().map(plan).collect()
}

fn detections(outlook: &Outlook<'_>, turns_per_conversation: f64) -> Vec<Detection> {
    let scenario = outlook.scenario;
    let slices = Slices::of(scenario);
    let expected: Vec<Expected> = slices
        .list()
        .iter()
        .map(|slice| {
            let conversations = conversations_in(outlook, slice);
            Expected {
                conversations,
                turns: conversations * turns_per_conversation,
            }
        })
        .collect();
    detectable(scenario, &slices, &expected)
}

fn conversations_in(outlook: &Outlook<'_>, slice: &Slice) -> f64 {
    outlook.of_kind(|phase, mix| slice.holds(&outlook.scenario.labels(phase, mix)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_phases_of_an_open_plan_have_the_conversations_that_the_seed_gives() {
        let scenario = crate::scenario::load("smoke", &crate::scenario::LoadOptions::default()).unwrap();
        let plan = plan(scenario.clone()).unwrap();
        let came = arrivals(&scenario).filter(|arrival| arrival.phase == 0).count();
        assert_eq!(plan.phases[0].conversations, came as f64);
        let of_phases: f64 = plan.phases.iter().map(|phase| phase.conversations).sum();
        assert_eq!(of_phases, plan.planned as f64);
    }

    #[test]
    fn open_conversations_follow_from_rate_and_length() {
        let steady = vec![10.0; 60];
        assert!((peak_open(&steady, Duration::from_secs(6)) - 60.0).abs() < 1e-9);
        assert!((peak_open(&steady, Duration::from_millis(500)) - 5.0).abs() < 1e-9);
        assert_eq!(peak_open(&[], Duration::from_secs(6)), 0.0);
    }
}
