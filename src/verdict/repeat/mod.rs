//! `repeat.json`: what several runs of one scenario say together. Pure.
//!
//! ```text
//!  runs --+--> thresholds, figures (median and range) --+
//!         +--> tasks --PassK--> pass^k -----------------+--> Repeat
//! ```

mod headline;
mod pass_k;

use std::collections::BTreeMap;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Run, TaskNumbers, ThresholdResult, ThresholdVerdict, Verdict};
use crate::scenario::{Scenario, Stat, Threshold};
pub use headline::{Headline, Spread};
use pass_k::Trials;
pub use pass_k::{PassK, PassRate};

/// What several runs of one scenario say together: `repeat.json`. Milliseconds, rates 0 to 1, every key present; no data
/// is `null`.
///
/// A run that was interrupted is listed and counts for the verdict; it is in no spread and in no task, since it saw a
/// part of the traffic only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Repeat {
    /// `throng.repeat/1`.
    pub schema: String,
    /// The scenario's name.
    pub scenario: String,
    /// How many runs were asked for.
    pub repeats: u32,
    /// How many times faster customers thought and typed.
    pub pace: f64,
    /// Factor on all rates.
    pub scale: f64,
    /// The first that applies to any run, in the order of the exit codes: interrupted, a broken count, saturated, broken,
    /// unsure, without data, held.
    pub verdict: Verdict,
    /// Why there are fewer runs than were asked for, in words.
    pub stopped: Option<String>,
    /// The runs, in the order in which they were held.
    pub runs: Vec<RepeatedRun>,
    /// What was asked of each run, one by one.
    pub thresholds: Vec<RepeatedThreshold>,
    /// The headline figures over all runs that were not interrupted.
    pub figures: Headline<Spread>,
    /// How likely it is that several customers with the same wish are all served well.
    pub pass_k: PassK,
    /// The same for those who arrived in a phase, in the scenario's order; warm-up is left out.
    pub pass_k_by_phase: IndexMap<String, PassK>,
    /// The conversations that this rests on, of all phases but warm-up.
    pub tasks: Vec<RepeatedTask>,
}

/// The JSON Schema of `repeat.json`, as it is written: every key is required.
pub fn repeat_schema() -> serde_json::Value {
    let settings = schemars::generate::SchemaSettings::default().for_serialize();
    settings.into_generator().into_root_schema_for::<Repeat>().to_value()
}

/// One of the runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RepeatedRun {
    /// From 1; also the name of its folder, with all its files.
    pub number: u32,
    /// Where all its chance came from: that of the scenario for the first run, one more for each that follows.
    pub seed: u64,
    /// When it started, RFC 3339.
    pub started_at: String,
    /// From its start to its last event, drain included.
    pub duration_s: f64,
    /// What it says by itself.
    pub verdict: Verdict,
    /// Why it ended early, in words.
    pub stopped: Option<String>,
    /// Conversations that began, but for warm-up.
    pub conversations: u64,
    /// Turns sent and not cut short, but for warm-up.
    pub turns: u64,
    /// Replies with another customer's order number.
    pub cross_talk: u64,
    /// Its headline figures. `null`: no data, or a percentile among turns without an answer.
    pub figures: Headline<Option<f64>>,
}

/// What became of one threshold in all runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RepeatedThreshold {
    /// As written.
    pub that: String,
    /// The worst of `verdicts`: broken, unsure, no data, not judged, held.
    pub verdict: ThresholdVerdict,
    /// True when it held in one run and was broken in another: the scenario is close to what the bot can carry.
    pub is_mixed: bool,
    /// By run.
    pub verdicts: Vec<ThresholdVerdict>,
    /// The figure over all runs that were not interrupted; seconds for times.
    pub observed: Spread,
}

/// The conversations of one task in all runs that were not interrupted: what [`TaskNumbers`] says of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[expect(missing_docs, reason = "the words are those of `TaskNumbers`")]
pub struct RepeatedTask {
    pub goal: String,
    pub persona: String,
    pub channel: String,
    pub conversations: u64,
    pub succeeded: u64,
    pub unknown: u64,
    pub cut_short: u64,
}

/// What these runs of `scenario` say together; `repeats` were asked for, and `stopped` says why there are fewer. In the
/// order in which they were held.
pub fn repeat(scenario: &Scenario, repeats: u32, runs: &[Run], stopped: Option<String>) -> Repeat {
    let whole: Vec<&Run> = runs.iter().filter(|run| is_whole(run)).collect();
    let figures: Vec<Headline<Option<f64>>> = whole.iter().map(|run| Headline::of(run)).collect();
    let most = u32::try_from(whole.len()).unwrap_or(u32::MAX);
    let tasks = || whole.iter().flat_map(|run| &run.tasks);
    let phases = scenario.file.traffic.phases.iter().filter(|phase| !phase.is_warm_up());
    Repeat {
        schema: "throng.repeat/1".to_owned(),
        scenario: scenario.file.scenario.clone(),
        repeats,
        pace: scenario.file.pace,
        scale: scenario.scale,
        verdict: overall(&scenario.thresholds, runs, stopped.is_some()),
        stopped,
        runs: (1..).zip(runs).map(|(number, run)| listed(number, run)).collect(),
        thresholds: thresholds(runs),
        figures: Headline::spread(&figures),
        pass_k: PassK::of(&trials(tasks()), most),
        pass_k_by_phase: phases
            .map(|phase| {
                let in_phase = tasks().filter(|task| task.phase == phase.name());
                (phase.name().to_owned(), PassK::of(&trials(in_phase), most))
            })
            .collect(),
        tasks: added_up(tasks()),
    }
}

fn is_whole(run: &Run) -> bool {
    run.verdict != Verdict::Interrupted
}

fn listed(number: u32, run: &Run) -> RepeatedRun {
    let totals = &run.totals;
    RepeatedRun {
        number,
        seed: run.seed,
        started_at: run.started_at.clone(),
        duration_s: run.duration_s,
        verdict: run.verdict,
        stopped: run.stopped.clone(),
        conversations: totals.conversations.started,
        turns: totals.turns.sent.saturating_sub(totals.turns.cut_short),
        cross_talk: totals.cross_talk,
        figures: Headline::of(run).told(),
    }
}

/// The first that applies to any of the runs, in the order of the exit codes.
fn overall(asked: &[Threshold], runs: &[Run], is_stopped: bool) -> Verdict {
    let breaks_a_count = |run: &Run| {
        let mut judged = run.thresholds.iter().zip(asked);
        judged.any(|(result, asked)| asked.stat == Stat::Count && result.verdict == ThresholdVerdict::Broken)
    };
    let rank = |run: &Run| match run.verdict {
        Verdict::Interrupted => 0,
        Verdict::Broken if breaks_a_count(run) => 1,
        Verdict::GeneratorSaturated => 2,
        Verdict::Broken => 3,
        Verdict::Unsure => 4,
        Verdict::NoData => 5,
        Verdict::Held => 6,
    };
    match runs.iter().min_by_key(|run| rank(run)) {
        Some(run) if !is_stopped => run.verdict,
        _ => Verdict::Interrupted,
    }
}

/// The thresholds of all runs, by place: every run has those of the scenario.
fn thresholds(runs: &[Run]) -> Vec<RepeatedThreshold> {
    let count = runs.iter().map(|run| run.thresholds.len()).min().unwrap_or(0);
    let threshold = |place: usize| {
        let results = || runs.iter().map(move |run| &run.thresholds[place]);
        let verdicts: Vec<ThresholdVerdict> = results().map(|result| result.verdict).collect();
        let has = |verdict| verdicts.contains(&verdict);
        let whole = runs.iter().filter(|run| is_whole(run));
        RepeatedThreshold {
            that: results().next().map(|result| result.that.clone()).unwrap_or_default(),
            verdict: worst(&verdicts),
            is_mixed: has(ThresholdVerdict::Held) && has(ThresholdVerdict::Broken),
            observed: Spread::of(whole.map(|run| observed(&run.thresholds[place]))),
            verdicts,
        }
    };
    (0..count).map(threshold).collect()
}

/// Infinite: never.
fn observed(result: &ThresholdResult) -> Option<f64> {
    let has_samples = result.samples > 0;
    let is_judged = !matches!(result.verdict, ThresholdVerdict::NoData | ThresholdVerdict::NotJudged);
    result.observed.or((has_samples && is_judged).then_some(f64::INFINITY))
}

fn worst(verdicts: &[ThresholdVerdict]) -> ThresholdVerdict {
    let badness = |verdict: &ThresholdVerdict| match verdict {
        ThresholdVerdict::Held => 0,
        ThresholdVerdict::NotJudged => 1,
        ThresholdVerdict::NoData => 2,
        ThresholdVerdict::Unsure => 3,
        ThresholdVerdict::Broken => 4,
    };
    let worst = verdicts.iter().copied().max_by_key(badness);
    worst.unwrap_or(ThresholdVerdict::NoData)
}

type TaskName<'a> = (&'a str, &'a str, &'a str);

fn name(task: &TaskNumbers) -> TaskName<'_> {
    (&task.goal, &task.persona, &task.channel)
}

fn trials<'a>(tasks: impl Iterator<Item = &'a TaskNumbers>) -> BTreeMap<TaskName<'a>, Trials> {
    let mut trials: BTreeMap<TaskName<'_>, Trials> = BTreeMap::new();
    for task in tasks {
        let of_task = trials.entry(name(task)).or_default();
        of_task.conversations += task.conversations;
        of_task.succeeded += task.succeeded;
        of_task.unknown += task.unknown;
    }
    trials
}

/// In the order in which the runs have them.
fn added_up<'a>(tasks: impl Iterator<Item = &'a TaskNumbers>) -> Vec<RepeatedTask> {
    let mut added: IndexMap<TaskName<'_>, RepeatedTask> = IndexMap::new();
    for task in tasks {
        let (goal, persona, channel) = name(task);
        let sum = added.entry((goal, persona, channel)).or_insert_with(|| RepeatedTask {
            goal: goal.to_owned(),
            persona: persona.to_owned(),
            channel: channel.to_owned(),
            ..RepeatedTask::default()
        });
        sum.conversations += task.conversations;
        sum.succeeded += task.succeeded;
        sum.unknown += task.unknown;
        sum.cut_short += task.cut_short;
    }
    added.into_values().collect()
}

#[cfg(test)]
mod tests;
