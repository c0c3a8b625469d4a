//! Customers whose words a language model writes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Span;

/// A language model that plays customers: it reads what the bot said and writes what the customer says next. The first words
/// of a conversation are the goal's own, so that arrivals stay on time; when the model fails, so are the next ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlayedBy {
    /// An OpenAI-compatible endpoint, the base with `/v1`: `http://127.0.0.1:11434/v1`.
    pub endpoint: String,
    /// The model's name there.
    pub model: String,
    /// The environment variable that holds the key; default: THRONG_MODEL_KEY, else OPENAI_API_KEY, else no key is sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_from: Option<String>,
    /// The part of all customers who are played, 0 to 1.
    #[serde(default = "PlayedBy::default_share")]
    pub share: f64,
    /// How long the model may take, waiting for its turn included; then the customer says the goal's own words.
    #[serde(default = "PlayedBy::default_timeout")]
    pub timeout: Span,
    /// Questions to the model at once, 1 to 256.
    #[serde(default = "PlayedBy::default_at_once")]
    pub at_once: u16,
    /// How freely it writes, 0 to 2.
    #[serde(default = "PlayedBy::default_temperature")]
    pub temperature: f64,
    /// What it may cost; required for an endpoint that is not loopback. When it is spent, customers say the goal's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget: Option<ModelBudget>,
    /// What a million tokens cost; required beside a budget in money.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<ModelPrice>,
}

impl PlayedBy {
    fn default_share() -> f64 {
        1.0
    }

    fn default_timeout() -> Span {
        Span::seconds(20.0)
    }

    fn default_at_once() -> u16 {
        8
    }

    fn default_temperature() -> f64 {
        0.7
    }
}

/// What a model may cost.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ModelBudget {
    /// This many tokens, in and out.
    Tokens(u64),
    /// This much money, in the currency of `price`.
    Money(f64),
    /// No limit, said on purpose.
    Unlimited,
}

/// What a million tokens cost, in any currency.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ModelPrice {
    /// Of the prompt.
    pub input: f64,
    /// Of the answer.
    pub output: f64,
}
