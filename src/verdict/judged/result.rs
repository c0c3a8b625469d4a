//! `judge.json`, a contract: what a language model said of a sample of a run's answers.
//!
//! Shares 0 to 1, every key present; no data is `null`.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::Interval;
use super::{Calibration, GateResult};
use crate::quality::judge::Ruling;

/// What a language model said of a sample of a run's answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Judged {
    /// `throng.judge/1`.
    pub schema: String,
    /// The run whose answers were judged.
    pub run: JudgedRun,
    /// When judging ended, RFC 3339.
    pub judged_at: String,
    /// Why it ended early, in words; what was judged until then is here.
    pub stopped: Option<String>,
    /// Who judged.
    pub model: ModelUsed,
    /// By what.
    pub rubric: RubricUsed,
    /// Of which answers the shares speak.
    pub population: JudgedPopulation,
    /// Which of them were judged.
    pub sample: JudgedSample,
    /// What it took, in this execution; answers from the cache took nothing.
    pub spent: JudgedSpending,
    /// By criterion, in the rubric's order.
    pub criteria: IndexMap<String, CriterionResult>,
    /// What was asked of the shares with `--gate`.
    pub gates: Vec<GateResult>,
    /// Labelled replies that were judged a second time at the end; none without a labelled set.
    pub anchors: Option<Anchors>,
    /// Every judged answer, in the order in which they were asked about.
    pub turns: Vec<JudgedTurn>,
}

/// The JSON Schema of `judge.json`, as it is written: every key is required.
pub fn judged_schema() -> serde_json::Value {
    let settings = schemars::generate::SchemaSettings::default().for_serialize();
    settings.into_generator().into_root_schema_for::<Judged>().to_value()
}

/// A run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct JudgedRun {
    /// Its scenario's name.
    pub scenario: String,
    /// Its seed.
    pub seed: u64,
    /// When it started.
    pub started_at: String,
}

/// A model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ModelUsed {
    /// Host and port of the endpoint.
    pub endpoint: String,
    /// The model that was asked for.
    pub asked: String,
    /// The models that answered, as the endpoint calls them; more than one means that it changed on the way.
    pub reported: Vec<String>,
    /// Always 0.
    pub temperature: f64,
    /// The seed that it was given.
    pub seed: u64,
    /// What the endpoint did not take of a request: `response_format`, `seed`, `temperature`.
    pub left_out: Vec<String>,
}

/// A rubric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RubricUsed {
    /// Its name.
    pub name: String,
    /// SHA-1 of the instructions made from it, in both languages: shares under different hashes do not compare.
    pub prompt_hash: String,
}

/// Of which answers the shares speak.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct JudgedPopulation {
    /// True: all answers of the run, warm-up apart. False: those of the kept conversations only, of which failed ones are
    /// more than their part.
    pub is_whole_run: bool,
    /// Why, in one sentence.
    pub because: String,
    /// How many answers these are; an estimate where conversations were sampled.
    pub answers: f64,
    /// Answers in the kept conversations.
    pub kept: u64,
    /// Turns of the kept conversations in which the bot gave no answer with text, so that there is nothing to judge.
    pub without_answer: u64,
}

/// Which answers were judged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct JudgedSample {
    /// Where the draw came from.
    pub seed: u64,
    /// Wanted of each stratum (phase, channel, goal, outcome of the hard gates).
    pub per_stratum: u64,
    /// Up to about so many answers that failed a hard gate were wanted.
    pub most_failures: u64,
    /// Strata with answers.
    pub strata: u64,
    /// Answers chosen.
    pub chosen: u64,
    /// Answers with a ruling.
    pub judged: u64,
    /// Answers on which the model gave nothing that could be read, also when asked again.
    pub unreadable: u64,
    /// Answers on which the endpoint failed, after all attempts.
    pub failed: u64,
    /// Answers that were not asked about, because judging ended early.
    pub not_asked: u64,
    /// Answers of the population in strata without a ruling: the shares do not speak of them.
    pub uncovered: f64,
    /// Of the rulings, how many came from an earlier execution or from an equal turn.
    pub from_cache: u64,
}

/// What judging took.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct JudgedSpending {
    /// Tokens of the prompts.
    pub input_tokens: u64,
    /// Tokens of the answers.
    pub output_tokens: u64,
    /// True when some of it is our own, high, guess.
    pub is_estimated: bool,
    /// In the currency of the prices; 0 without prices.
    pub money: f64,
    /// The budget in tokens.
    pub most_tokens: Option<u64>,
    /// The budget in money.
    pub most_money: Option<f64>,
}

/// What was said under one criterion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CriterionResult {
    /// Judged answers that pass.
    pub pass: u64,
    /// Judged answers that fail.
    pub fail: u64,
    /// Judged answers that the model could not tell, or whose quote does not stand in the reply.
    pub unknown: u64,
    /// Of these, those whose quote does not stand in the reply.
    pub quote_not_found: u64,
    /// The share of the population that the judge would pass, among those that it could tell; weighted.
    pub share: Option<Interval>,
    /// The share that people would pass: `share`, corrected for the judge's errors. None without a calibration, or where
    /// the judge hardly tells the two apart.
    pub corrected: Option<Interval>,
    /// The same as `share`, by phase.
    pub by_phase: IndexMap<String, Option<Interval>>,
    /// The same as `share`, by channel.
    pub by_channel: IndexMap<String, Option<Interval>>,
    /// How well the judge agrees with people; none without a labelled set.
    pub calibration: Option<Calibration>,
}

/// Labelled replies that were judged a second time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Anchors {
    /// Verdicts that were compared.
    pub compared: u64,
    /// Of these, those that were the same both times.
    pub same: u64,
}

/// A judged answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct JudgedTurn {
    /// The customer's number.
    pub customer: u64,
    /// The turn's number.
    pub turn: u16,
    /// Phase in which it was due.
    pub phase: String,
    /// Channel.
    pub channel: String,
    /// Goal.
    pub goal: String,
    /// `failed`, `passed` or `unscored`: what the hard gates say.
    pub gates: String,
    /// How many answers of the population it stands for.
    pub weight: f64,
    /// One per criterion.
    pub rulings: Vec<Ruling>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_schema_is_that_of_the_types() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schemas/judge.schema.json");
        let current = format!("{:#}\n", judged_schema());
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            std::fs::write(path, &current).unwrap();
        }
        let published = std::fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
        assert!(
            published == current,
            "run the tests with UPDATE_SCHEMAS=1 and commit docs/schemas"
        );
    }
}
