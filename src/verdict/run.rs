//! `run.json`, the contract: what a run measured, as scripts read it.
//!
//! Milliseconds, rates 0 to 1, every key present; no data is `null`.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::numbers::{Block, IntentBlock, TaskNumbers};
use super::saturation::missing_population;
use super::wire::{CustomerSocketNumbers, FailureNumbers, HangUpNumbers, InterceptedNumbers, PlatformNumbers};
use super::{AgainstCalm, FactNumbers};
use crate::scenario::Workload;

/// The numbers of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Run {
    /// `throng.run/1`.
    pub schema: String,
    /// The scenario's name.
    pub scenario: String,
    /// Where all chance came from.
    pub seed: u64,
    /// When the run started, RFC 3339.
    pub started_at: String,
    /// From the start to the last event, drain included.
    pub duration_s: f64,
    /// How many times faster customers thought and typed.
    pub pace: f64,
    /// Factor on all rates.
    pub scale: f64,
    /// What made conversations start.
    #[serde(default)]
    pub workload: Workload,
    /// The most customers at once that a closed workload planned; none in an open one.
    pub population: Option<u64>,
    /// Where the numbers come from.
    pub provenance: Provenance,
    /// What the run says as a whole.
    pub verdict: Verdict,
    /// Why it ended early, in words: `interrupted by the user`, `budget of 5000 turns spent`.
    pub stopped: Option<String>,
    /// What was asked of it, one by one.
    pub thresholds: Vec<ThresholdResult>,
    /// How throng itself did.
    pub generator: GeneratorNumbers,
    /// All phases but warm-up.
    pub totals: Block,
    /// The phases that are in no total and under no threshold, since they only warm the bot up; they are in `by_phase`.
    #[serde(default)]
    pub warm_up: Vec<String>,
    /// By phase, in the scenario's order.
    pub by_phase: IndexMap<String, Block>,
    /// By channel.
    pub by_channel: IndexMap<String, Block>,
    /// By persona.
    pub by_persona: IndexMap<String, Block>,
    /// By goal.
    pub by_goal: IndexMap<String, Block>,
    /// By the customer's language.
    pub by_language: IndexMap<String, Block>,
    /// By what customers wanted: a topic, or the intent that a question names. Of turns that were scored, warm-up left out.
    #[serde(default)]
    pub by_intent: IndexMap<String, IntentBlock>,
    /// How whole conversations fared, by task and phase; those without conversations are left out.
    #[serde(default)]
    pub tasks: Vec<TaskNumbers>,
    /// What became of the facts that answers were held against.
    #[serde(default)]
    pub facts: FactNumbers,
    /// The calm phase that others are compared with.
    pub baseline: Option<String>,
    /// Every phase but warm-up and the calm one, beside the calm one.
    #[serde(default)]
    pub against_calm: IndexMap<String, AgainstCalm>,
    /// The model that wrote what some customers said; `null` when they all had the goals' own words.
    #[serde(default)]
    pub played_by: Option<PlayedNumbers>,
    /// Questions that the bot turned away or that broke on the wire, by channel; only channels that have some.
    #[serde(default)]
    pub failures: BTreeMap<String, Vec<FailureNumbers>>,
    /// What the bot called at the platforms' APIs, by channel; only channels that have one.
    #[serde(default)]
    pub platforms: BTreeMap<String, PlatformNumbers>,
    /// What the bot asked of the interceptor; `null` without `--intercept`.
    #[serde(default)]
    pub intercepted: Option<InterceptedNumbers>,
    /// What happened to customers' sockets beside the turns, by channel; only channels that have them.
    #[serde(default)]
    pub sockets: BTreeMap<String, CustomerSocketNumbers>,
    /// What became of deliveries whose reply comes in the response, by channel; only channels whose platform hangs up after a while.
    #[serde(default)]
    pub hang_ups: BTreeMap<String, HangUpNumbers>,
    /// Population standard deviation of the channels' mean reply times; below two channels with data: none.
    pub channel_spread_ms: Option<f64>,
}

impl Run {
    /// True when fewer customers than planned came together in a closed workload, so that it was another experiment.
    pub fn lacks_population(&self) -> bool {
        let open = self.generator.peak_open_conversations;
        missing_population(self.population, open).is_some()
    }
}

/// The JSON Schema of `run.json`, as it is written: every key is required.
pub fn run_schema() -> serde_json::Value {
    let settings = schemars::generate::SchemaSettings::default().for_serialize();
    settings.into_generator().into_root_schema_for::<Run>().to_value()
}

/// What became of the questions to a model that plays customers.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct PlayedNumbers {
    /// Host and port of the model.
    pub endpoint: String,
    /// Its name there.
    pub model: String,
    /// Answers of the bot for which words were wanted.
    pub asked: u64,
    /// Words of the model that customers said, or took as a reason to leave.
    pub written: u64,
    /// How often a customer said the goal's own words instead.
    pub own_words: u64,
    /// Why, by reason; every reason is present.
    pub reasons: BTreeMap<String, u64>,
    /// Tokens of the prompts.
    pub tokens_in: u64,
    /// Tokens of the answers.
    pub tokens_out: u64,
    /// True when the endpoint did not tell all of them, so that they are partly our (high) guess.
    pub tokens_estimated: bool,
    /// What they cost, in the currency of the scenario's price; 0 without a price.
    pub cost: f64,
}

/// Where the numbers come from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Provenance {
    /// throng's version and commit.
    pub throng: String,
    /// SHA-1 of the resolved scenario.
    pub scenario_hash: String,
    /// SHA-1 of each channel's resolved profile.
    pub profile_hashes: BTreeMap<String, String>,
    /// Host and port of the target, or `demo`; several by channel, comma-separated.
    pub target_host: String,
    /// Overrides in force, as typed.
    pub overrides: Vec<String>,
    /// Cores, memory, system.
    pub machine: String,
}

/// What a run says as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// All thresholds held.
    Held,
    /// One was broken.
    Broken,
    /// None was broken, one is unsure.
    Unsure,
    /// None was broken or unsure, one has no data.
    NoData,
    /// throng could not keep its own schedule: do not blame the bot.
    GeneratorSaturated,
    /// The run was stopped; what was measured is here.
    Interrupted,
}

/// What became of one threshold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThresholdResult {
    /// As written.
    pub that: String,
    /// The figure; seconds for times. `null` without data, or where a percentile falls among unanswered turns.
    pub observed: Option<f64>,
    /// Lower end of the interval by which it was judged; the thresholds of a run share an error of 5 %, so with several
    /// it is wider than a 95 % interval. Counts and maxima are exact: all three are the same.
    pub low: Option<f64>,
    /// Upper end of that interval; `null` with `observed` set: unbounded (among unanswered turns).
    pub high: Option<f64>,
    /// Turns, conversations or gaps that it rests on.
    pub samples: u64,
    /// Held or not.
    pub verdict: ThresholdVerdict,
    /// One sentence: why.
    pub reason: String,
}

/// Held or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ThresholdVerdict {
    /// The whole interval is on the right side.
    Held,
    /// The whole interval is on the wrong side.
    Broken,
    /// The interval holds the bound.
    Unsure,
    /// Nothing to judge.
    NoData,
    /// The generator was saturated.
    NotJudged,
}

/// How throng itself did.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct GeneratorNumbers {
    /// Conversations that the traffic and seed give; in a closed workload, which cannot know beforehand, those that the
    /// population came for. Always started + not sent.
    pub planned: u64,
    /// Those that began.
    pub started: u64,
    /// Those that did not.
    pub not_sent: NotSentNumbers,
    /// Due to sent.
    pub schedule_lag_ms: LagNumbers,
    /// Processor time of throng, its built-in bot not included.
    pub cpu_s: Option<f64>,
    /// Peak resident memory of the process; of `--repeat`, that of the runs before it too.
    pub peak_rss_bytes: Option<u64>,
    /// Peak of conversations open at once.
    pub peak_open_conversations: u64,
    /// Turns that could not be scored because scoring fell behind.
    pub scoring_overflow: u64,
    /// Conversations that could not be kept because writing fell behind.
    pub archive_overflow: u64,
    /// Things a reader should know before believing the numbers.
    pub warnings: Vec<String>,
}

/// Conversations that never began.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct NotSentNumbers {
    /// All.
    pub total: u64,
    /// By reason; every reason is present.
    pub reasons: BTreeMap<String, u64>,
}

/// Due to sent.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct LagNumbers {
    /// Median.
    pub p50: Option<f64>,
    /// 99th percentile.
    pub p99: Option<f64>,
    /// Largest.
    pub max: Option<f64>,
}
