//! Puts the finished run's numbers together.

use std::collections::BTreeMap;
use std::time::Duration;

use indexmap::IndexMap;

use crate::conversation::{Hindrance, Language, NotSent, Slice};
use crate::metrics::Time;
use crate::quality::{Intents, Task, TaskCounts};
use crate::scenario::{Scenario, Stat, WhenUnsure};

use super::against_calm::against_calm;
use super::block::{block, by_intent, lag_numbers, milliseconds};
use super::facts;
use super::figure::Measured;
use super::judge::judge;
use super::saturation::{Saturation, missing_population, saturation};
use super::{
    Block, GeneratorNumbers, NotSentNumbers, PlayedNumbers, Provenance, Run, TaskNumbers, ThresholdResult,
    ThresholdVerdict, Verdict, WireNumbers,
};

/// What is known of a run beside what was counted.
#[derive(Debug, Clone, PartialEq)]
pub struct RunFacts {
    /// When it started.
    pub started_at: jiff::Timestamp,
    /// From the start to the last event, drain included.
    pub duration: Duration,
    /// Why it is not whole, if so.
    pub stopped: Option<Stop>,
    /// Conversations that the traffic and seed give, or that a population was handed; absent while a closed run goes on.
    pub planned: Option<u64>,
    /// Processor time of throng, its built-in bot not included.
    pub cpu: Option<Duration>,
    /// Peak resident memory.
    pub peak_rss_bytes: Option<u64>,
    /// Peak of conversations open at once.
    pub peak_open_conversations: u64,
    /// Messages that never left this machine, by what kept them (order of [`Hindrance::ALL`]).
    pub hindered_messages: [u64; Hindrance::ALL.len()],
    /// Turns that could not be scored because scoring fell behind.
    pub scoring_overflow: u64,
    /// Conversations that could not be kept because writing fell behind.
    pub archive_overflow: u64,
    /// Things a reader should know before believing the numbers.
    pub warnings: Vec<String>,
    /// How whole conversations fared, by task and by the place of their phase.
    pub tasks: BTreeMap<(Task, u16), TaskCounts>,
    /// The model that wrote what some customers said.
    pub played_by: Option<PlayedNumbers>,
    /// What happened on the wire beside the turns.
    pub wire: WireNumbers,
    /// Where the numbers come from.
    pub provenance: Provenance,
}

/// Why a run is not whole; each with its reason in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// It still goes on, or ended so abruptly that turns are open: `interrupted`, and the balances cannot be asked for.
    Unfinished(String),
    /// By the user, a spent budget, the transport guard: `interrupted`.
    Interrupted(String),
    /// By the aborting threshold with this text, which is broken whatever the whole run says of it.
    Aborted(String),
}

impl Stop {
    /// The reason as reports tell it.
    pub fn in_words(&self) -> String {
        match self {
            Stop::Unfinished(reason) | Stop::Interrupted(reason) => reason.clone(),
            Stop::Aborted(that) => format!("threshold broken: {that}"),
        }
    }
}

/// The books of a run do not balance: throng itself is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the ledger does not balance{slice}: {what}\n\nhint: this is a defect of throng; please report it with the run directory"
)]
pub struct Imbalance {
    /// ` (phase peak)`, or nothing for the whole run.
    slice: String,
    /// What does not add up.
    what: String,
}

/// The whole of `run.json`.
///
/// # Errors
/// [`Imbalance`] when turns or conversations were lost or counted twice.
pub fn summarise(measured: &Measured<'_>, facts: RunFacts) -> Result<Run, Imbalance> {
    check_balances(measured, &facts)?;
    let scenario = measured.scenario;
    let mut saturation = saturation(measured, &facts.hindered_messages);
    if facts.stopped.is_none() && saturation.reason.is_none() {
        let population = scenario.file.largest_population();
        saturation.reason = missing_population(population, facts.peak_open_conversations);
    }
    let mut thresholds = judge(measured, saturation.reason.is_some());
    if let Some(Stop::Aborted(that)) = &facts.stopped {
        mark_aborting(&mut thresholds, that);
    }
    let intents = Intents::of(scenario);
    let named = |names: Vec<String>, places: &[usize]| -> IndexMap<String, Block> {
        let blocks = places.iter().map(|place| block(measured, &intents, *place));
        names.into_iter().zip(blocks).collect()
    };
    let (slices, phases) = (measured.slices, scenario.phase_names());
    let languages = slices.languages.iter();
    Ok(Run {
        schema: "throng.run/1".to_owned(),
        scenario: scenario.file.scenario.clone(),
        seed: scenario.file.seed,
        started_at: facts.started_at.to_string(),
        duration_s: milliseconds(facts.duration) / 1_000.0,
        pace: scenario.file.pace,
        scale: scenario.scale,
        workload: scenario.file.workload,
        population: scenario.file.largest_population(),
        verdict: overall(scenario, &facts, &thresholds, &saturation),
        stopped: facts.stopped.as_ref().map(Stop::in_words),
        thresholds,
        totals: block(measured, &intents, slices.totals),
        baseline: phases.get(usize::from(scenario.baseline)).cloned(),
        against_calm: against_calm(measured),
        warm_up: warm_up(scenario),
        by_phase: named(phases, &slices.phases),
        by_channel: named(names(&scenario.channels, |channel| &channel.name), &slices.channels),
        by_persona: named(names(&scenario.personas, |persona| &persona.persona), &slices.personas),
        by_goal: named(names(&scenario.goals, |goal| &goal.goal), &slices.goals),
        by_intent: by_intent(measured, &intents),
        by_language: languages
            .map(|(language, place)| (language.code().to_owned(), block(measured, &intents, *place)))
            .collect(),
        played_by: facts.played_by.clone(),
        failures: facts.wire.failures.clone(),
        platforms: facts.wire.platforms.clone(),
        intercepted: facts.wire.intercepted.clone(),
        sockets: facts.wire.sockets.clone(),
        hang_ups: facts.wire.hang_ups.clone(),
        channel_spread_ms: channel_spread(measured),
        tasks: tasks(scenario, &facts.tasks),
        facts: facts::facts(measured),
        generator: generator(measured, &facts, saturation),
        provenance: facts.provenance,
    })
}

fn tasks(scenario: &Scenario, counted: &BTreeMap<(Task, u16), TaskCounts>) -> Vec<TaskNumbers> {
    let phases = scenario.phase_names();
    let numbers = |((task, phase), counts): (&(Task, u16), &TaskCounts)| TaskNumbers {
        goal: scenario.goals[usize::from(task.goal)].goal.clone(),
        persona: scenario.personas[usize::from(task.persona)].persona.clone(),
        channel: scenario.channels[usize::from(task.channel)].name.clone(),
        phase: phases[usize::from(*phase)].clone(),
        conversations: counts.conversations,
        succeeded: counts.succeeded,
        unknown: counts.unknown,
        cut_short: counts.cut_short,
    };
    counted.iter().map(numbers).collect()
}

/// The names of the phases that stay out of the totals.
fn warm_up(scenario: &Scenario) -> Vec<String> {
    let phases = scenario.file.traffic.phases.iter().filter(|phase| phase.is_warm_up());
    phases.map(|phase| phase.name().to_owned()).collect()
}

fn names<T>(parts: &[T], name: impl Fn(&T) -> &String) -> Vec<String> {
    parts.iter().map(|part| name(part).clone()).collect()
}

fn check_balances(measured: &Measured<'_>, facts: &RunFacts) -> Result<(), Imbalance> {
    let (slices, metrics) = (measured.slices, measured.metrics);
    let is_unfinished = matches!(facts.stopped, Some(Stop::Unfinished(_)));
    let wrong = |place: usize| match metrics.ledger(place) {
        ledger if is_unfinished => ledger.overdrawn(),
        ledger if place == slices.run => ledger.imbalance(facts.planned),
        ledger => ledger.imbalance(None),
    };
    let found = (0..slices.list().len()).find_map(|place| Some((place, wrong(place)?)));
    found.map_or(Ok(()), |(place, what)| {
        Err(Imbalance {
            slice: in_names(measured.scenario, &slices.list()[place]),
            what,
        })
    })
}

/// A slice by the names of its keys; nothing for the whole run.
fn in_names(scenario: &Scenario, slice: &Slice) -> String {
    let name = |key: &str, names: Vec<String>, place: Option<u16>| {
        let name = names.into_iter().nth(usize::from(place?))?;
        Some(format!("{key} {name}"))
    };
    let keys = [
        name("phase", scenario.phase_names(), slice.phase),
        name(
            "channel",
            names(&scenario.channels, |channel| &channel.name),
            slice.channel,
        ),
        name(
            "persona",
            names(&scenario.personas, |persona| &persona.persona),
            slice.persona,
        ),
        name("goal", names(&scenario.goals, |goal| &goal.goal), slice.goal),
        name(
            "language",
            Language::ALL.map(|language| language.to_string()).to_vec(),
            slice.language,
        ),
        slice.skips_warm_up.then(|| "without warm-up".to_owned()),
    ];
    let named: Vec<String> = keys.into_iter().flatten().collect();
    if named.is_empty() {
        return String::new();
    }
    format!(" ({})", named.join(", "))
}

/// Rules out that a run ends `held` which one of its own thresholds stopped.
fn mark_aborting(thresholds: &mut [ThresholdResult], that: &str) {
    let aborting = thresholds.iter_mut().filter(|result| result.that == that);
    for result in aborting.filter(|result| result.verdict != ThresholdVerdict::Broken) {
        result.verdict = ThresholdVerdict::Broken;
        result.reason = format!(
            "it was broken while the run went on, and stopped it; over the whole run: {}",
            result.reason
        );
    }
}

/// The first that applies, in the order of the exit codes: interrupted, a broken count, saturated, broken, unsure or
/// without data, held. What is unsure lets a run pass whose scenario says so.
fn overall(scenario: &Scenario, facts: &RunFacts, results: &[ThresholdResult], saturation: &Saturation) -> Verdict {
    let any = |verdict| results.iter().any(|result| result.verdict == verdict);
    let mut judged = results.iter().zip(&scenario.thresholds);
    let breaks_a_count =
        judged.any(|(result, asked)| asked.stat == Stat::Count && result.verdict == ThresholdVerdict::Broken);
    match &facts.stopped {
        Some(Stop::Unfinished(_) | Stop::Interrupted(_)) => Verdict::Interrupted,
        _ if breaks_a_count => Verdict::Broken,
        _ if saturation.reason.is_some() => Verdict::GeneratorSaturated,
        _ if any(ThresholdVerdict::Broken) => Verdict::Broken,
        _ if any(ThresholdVerdict::Unsure) && scenario.file.thresholds.when_unsure == WhenUnsure::Fail => {
            Verdict::Unsure
        }
        _ if any(ThresholdVerdict::NoData) => Verdict::NoData,
        _ => Verdict::Held,
    }
}

/// Conversations are those of the whole run; the lag is that of the totals, by which saturation is judged.
fn generator(measured: &Measured<'_>, facts: &RunFacts, saturation: Saturation) -> GeneratorNumbers {
    let run = measured.metrics.ledger(measured.slices.run);
    let reasons = NotSent::ALL.map(|reason| (reason.word().to_owned(), run.not_sent_for(reason)));
    let mut warnings: Vec<String> = [saturation.reason, saturation.warning].into_iter().flatten().collect();
    warnings.extend(saturation.advice.into_iter().map(str::to_owned));
    warnings.extend(facts.warnings.iter().cloned());
    let clamped = Time::ALL.map(|time| measured.metrics.latency(measured.slices.run, time).clamped());
    let clamped: u64 = clamped.iter().sum();
    if clamped > 0 {
        warnings.push(format!(
            "{clamped} times were longer than an hour and are counted as an hour"
        ));
    }
    GeneratorNumbers {
        planned: facts.planned.unwrap_or(run.started + run.not_sent_total()),
        started: run.started,
        not_sent: NotSentNumbers {
            total: run.not_sent_total(),
            reasons: BTreeMap::from(reasons),
        },
        schedule_lag_ms: lag_numbers(measured, measured.slices.totals),
        cpu_s: facts.cpu.map(|cpu| milliseconds(cpu) / 1_000.0),
        peak_rss_bytes: facts.peak_rss_bytes,
        peak_open_conversations: facts.peak_open_conversations,
        scoring_overflow: facts.scoring_overflow,
        archive_overflow: facts.archive_overflow,
        warnings,
    }
}

/// Population standard deviation of the channels' mean reply times.
fn channel_spread(measured: &Measured<'_>) -> Option<f64> {
    let channels = measured.slices.channels.iter();
    let means: Vec<f64> = channels
        .filter_map(|place| measured.metrics.latency(*place, Time::Reply).mean())
        .map(milliseconds)
        .collect();
    if means.len() < 2 {
        return None;
    }
    let count = means.len() as f64;
    let mean = means.iter().sum::<f64>() / count;
    let variance = means.iter().map(|one| (one - mean).powi(2)).sum::<f64>() / count;
    Some((variance.sqrt() * 1_000.0).round() / 1_000.0)
}

#[cfg(test)]
mod tests;
