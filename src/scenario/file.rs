//! A scenario as it is written.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    BotSettings, Change, ChannelSettings, Goal, Knowledge, Named, PerLanguage, Persona, PlayedBy, Profile, Rate, Span,
    SwitchSettings, ThresholdSettings, Traffic, Workload,
};

/// A scenario as it is written: one rehearsal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScenarioFile {
    /// Its name: letters, digits, `-` and `_`.
    pub scenario: String,
    /// One line for people.
    #[serde(default)]
    pub description: String,
    /// The endpoint under test: `demo` (the built-in bot) or a URL.
    #[serde(default = "ScenarioFile::default_target")]
    pub target: String,
    /// Where all chance comes from.
    #[serde(default = "ScenarioFile::default_seed")]
    pub seed: u64,
    /// The shop's "now" when the run starts: `2026-11-10T23:50+08:00`. Without it, the real now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<String>,
    /// What is true in the shop: a name or path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub knowledge: Option<String>,
    /// What becomes true instead at a moment of this run, beside the knowledge's own changes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// A file of goals, a name or path; those of `define.goals` come on top.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goals: Option<String>,
    /// Where customers write.
    pub channels: Vec<Named<ChannelSettings>>,
    /// Who comes.
    pub customers: Vec<Customers>,
    /// Customers who get nowhere on one channel and go on with the same need on another.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub switches: Vec<SwitchSettings>,
    /// A language model that writes what customers say; without it they say the goals' own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub played_by: Option<PlayedBy>,
    /// What makes conversations start: `open` (the traffic) or `closed` (the endings of others).
    #[serde(default, skip_serializing_if = "Workload::is_open")]
    pub workload: Workload,
    /// How many customers are there at once at the most. Closed workload only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<u64>,
    /// When they come.
    pub traffic: Traffic,
    /// Customers think and type this many times faster; patience, deadlines and the bot stay as they are. Above 0, at most 1000.
    #[serde(default = "ScenarioFile::default_pace")]
    pub pace: f64,
    /// How long an answer may take.
    #[serde(default)]
    pub deadline: Deadline,
    /// How long open conversations may run on after the last phase; default: the longest deadline + grace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drain: Option<Span>,
    /// The calm phase that others are compared with; default: the first that is not warm-up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baseline: Option<String>,
    /// What must hold.
    #[serde(default)]
    pub thresholds: ThresholdSettings,
    /// Holding replies beside those that throng knows, as regular expressions.
    #[serde(default)]
    pub holding: PerLanguage<Vec<String>>,
    /// Fallback replies beside those that throng knows, as regular expressions.
    #[serde(default)]
    pub fallbacks: PerLanguage<Vec<String>>,
    /// The built-in bot's capacity and faults, for the target `demo`.
    #[serde(default)]
    pub bot: BotSettings,
    /// The most conversations that may start in a second; the rest is refused at `check`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_rate: Option<Rate>,
    /// What the run may spend. Required for a target that is not loopback.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<Budget>,
    /// What the target is; `production` also needs `max_rate`.
    #[serde(default)]
    pub environment: Environment,
    /// Stops starting when more than half of the messages fail in transport for 20 s.
    #[serde(default)]
    pub guard: Guard,
    /// Customer ids carry the run's mark, so that a bot's team can route and purge them.
    #[serde(default)]
    pub mark: Mark,
    /// Which conversations are kept in full.
    #[serde(default)]
    pub transcripts: Transcripts,
    /// Parts that are written here instead of in files of their own.
    #[serde(default)]
    pub define: Definitions,
}

impl ScenarioFile {
    fn default_target() -> String {
        "demo".to_owned()
    }

    fn default_seed() -> u64 {
        1
    }

    fn default_pace() -> f64 {
        1.0
    }
}

/// Parts that a scenario writes itself; they go before files and built-ins of the same name.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Definitions {
    /// Personas.
    pub personas: Vec<Persona>,
    /// Goals.
    pub goals: Vec<Goal>,
    /// Channel profiles.
    pub profiles: Vec<Profile>,
    /// Knowledge.
    pub knowledge: Vec<Knowledge>,
}

/// A kind of customer with a goal, and how many of all customers are such.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Customers {
    /// A persona's name or path.
    pub persona: String,
    /// A goal's name.
    pub goal: String,
    /// Their part, relative to the others' shares; at least 0.
    pub share: f64,
    /// Only on these channels; none: on all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<String>,
}

/// How long an answer may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Deadline {
    /// From when the turn was due. What comes later is missed.
    pub reply: Span,
    /// After that, how long throng still listens, to tell late from dropped.
    pub grace: Span,
}

impl Default for Deadline {
    fn default() -> Self {
        Deadline {
            reply: Span::seconds(30.0),
            grace: Span::seconds(30.0),
        }
    }
}

/// What a run may spend. When it is spent nothing more starts.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Budget {
    /// This many turns.
    Turns(u64),
    /// No limit, said on purpose.
    Unlimited,
}

/// What a target is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Environment {
    /// A copy for tests.
    #[default]
    Test,
    /// The one that real customers use.
    Production,
}

/// Whether the run protects a target that no longer answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Guard {
    /// Yes.
    #[default]
    On,
    /// No.
    Off,
}

/// Whether customer ids carry the run's mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// `throng-48213-17`.
    #[default]
    On,
    /// `c48213-17`; the report says so.
    Off,
}

/// Which conversations are kept in full.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Transcripts {
    /// None.
    None,
    /// The first 10,000 that failed.
    Failures,
    /// Those, and a seeded sample of 10,000 others.
    #[default]
    Sample,
}
