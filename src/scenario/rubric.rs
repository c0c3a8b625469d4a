//! What a language model is asked about an answer: criteria, each of which an answer passes or fails.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::PerLanguage;
use crate::conversation::Language;

/// What a language model is asked about an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rubric {
    /// Its name.
    pub rubric: String,
    /// One line for people.
    #[serde(default)]
    pub description: String,
    /// Each is judged by itself; 1 to 12.
    pub criteria: Vec<Criterion>,
}

/// A question that is answered with pass or fail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// The name that reports, labelled sets and gates use.
    pub name: String,
    /// What is asked about the reply. A language that is left out is asked in the other.
    pub question: PerLanguage<String>,
    /// When it passes.
    pub pass: PerLanguage<String>,
    /// When it fails.
    pub fail: PerLanguage<String>,
    /// Cases that show where the line is; at most 12.
    #[serde(default)]
    pub examples: Vec<RubricExample>,
}

/// A case that was judged by people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RubricExample {
    /// Shown when this language is judged; absent: always.
    pub language: Option<Language>,
    /// What the customer said.
    pub question: String,
    /// What the bot said.
    pub reply: String,
    /// What people say of it.
    pub verdict: Judgement,
    /// Why.
    #[serde(default)]
    pub why: String,
}

/// What is said of a reply under one criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Judgement {
    /// It meets the criterion.
    Pass,
    /// It does not.
    Fail,
    /// It cannot be told, or was not shown by a quote.
    Unknown,
}

impl PerLanguage<String> {
    /// The text in this language, else in the other.
    pub fn or_other(&self, language: Language) -> &str {
        match self.get(language).trim() {
            "" => Language::ALL
                .iter()
                .map(|other| self.get(*other).trim())
                .find(|text| !text.is_empty()),
            text => Some(text),
        }
        .unwrap_or_default()
    }
}
