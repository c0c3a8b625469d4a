//! What is true in the shop: topics with typed facts, how the built-in bot words them, and what must never be said.

use std::fmt;
use std::str::FromStr;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{PerLanguage, Span};

/// What is true in the shop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Knowledge {
    /// The name that scenarios use.
    pub knowledge: String,
    /// One line for people.
    #[serde(default)]
    pub description: String,
    /// The shop's name.
    #[serde(default)]
    pub shop: PerLanguage<String>,
    /// What customers ask about.
    pub topics: IndexMap<String, Topic>,
    /// What must never be said.
    #[serde(default)]
    pub forbidden: Vec<Forbidden>,
    /// What the built-in bot says beside its answers.
    #[serde(default)]
    pub bot: BotWords,
}

impl Knowledge {
    /// The fact that `reference` names.
    pub fn fact(&self, reference: &FactRef) -> Option<&Fact> {
        match reference {
            FactRef::OrderNumber => None,
            FactRef::Fact { topic, fact } => self.topics.get(topic)?.facts.get(fact),
        }
    }
}

/// Something that customers ask about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Words by which the built-in bot knows that a question is about this topic; lower case, matched as substrings.
    pub keywords: PerLanguage<Vec<String>>,
    /// What is true about it.
    #[serde(default)]
    pub facts: IndexMap<String, Fact>,
    /// How the built-in bot answers; templates (Jinja) over the facts by name and `order_number`. One is drawn.
    pub answers: PerLanguage<Vec<String>>,
    /// True when the built-in bot asks for the order number first, unless it was given.
    #[serde(default)]
    pub needs_order_number: bool,
}

/// Something that is true. Exactly one of the value keys is set.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Fact {
    /// An amount in yuan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub money: Option<f64>,
    /// A percentage, `5` for 5 %. A Chinese 八折 is 80 of the price.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent: Option<f64>,
    /// A length of time: `48h`, `7d`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<Span>,
    /// A calendar day: `2026-11-11`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub date: Option<jiff::civil::Date>,
    /// A code or name that must appear as it is: `SF-EXPRESS`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifier: Option<String>,
    /// Wordings of which one must appear.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<PerLanguage<Vec<String>>>,
    /// Words near which a value of this type is a claim about this fact (减, off): what the audit reads.
    pub subject: PerLanguage<Vec<String>>,
    /// How the built-in bot writes it; without it, it writes the value plainly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown: Option<PerLanguage<String>>,
}

/// The typed value of a fact.
#[derive(Debug, Clone, PartialEq)]
pub enum FactValue {
    /// Yuan.
    Money(f64),
    /// Percent, 5.0 for 5 %.
    Percent(f64),
    /// A length of time.
    Duration(std::time::Duration),
    /// A calendar day.
    Date(jiff::civil::Date),
    /// To appear as it is.
    Identifier(String),
    /// One of these wordings.
    Text(PerLanguage<Vec<String>>),
}

impl Fact {
    /// The value, if exactly one key is set.
    pub fn value(&self) -> Option<FactValue> {
        let values = [
            self.money.map(FactValue::Money),
            self.percent.map(FactValue::Percent),
            self.duration.map(|span| FactValue::Duration(span.get())),
            self.date.map(FactValue::Date),
            self.identifier.clone().map(FactValue::Identifier),
            self.text.clone().map(FactValue::Text),
        ];
        let mut set = values.into_iter().flatten();
        let first = set.next()?;
        set.next().is_none().then_some(first)
    }
}

/// Names a fact: `TOPIC.FACT`, or `order_number`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(into = "String", try_from = "String")]
#[schemars(with = "String")]
pub enum FactRef {
    /// The customer's own order number.
    OrderNumber,
    /// A fact of the knowledge.
    Fact {
        /// Its topic.
        topic: String,
        /// Its name within the topic.
        fact: String,
    },
}

impl fmt::Display for FactRef {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FactRef::OrderNumber => out.write_str("order_number"),
            FactRef::Fact { topic, fact } => write!(out, "{topic}.{fact}"),
        }
    }
}

impl FromStr for FactRef {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "order_number" {
            return Ok(FactRef::OrderNumber);
        }
        match text.split_once('.') {
            Some((topic, fact)) if !topic.is_empty() && !fact.is_empty() => Ok(FactRef::Fact {
                topic: topic.to_owned(),
                fact: fact.to_owned(),
            }),
            _ => Err(format!("expected `TOPIC.FACT` or `order_number`, found `{text}`")),
        }
    }
}

impl TryFrom<String> for FactRef {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<FactRef> for String {
    fn from(reference: FactRef) -> String {
        reference.to_string()
    }
}

/// Something that must never be said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Forbidden {
    /// A name for reports: `absolute-promise`.
    pub name: String,
    /// Regular expressions (case-insensitive) over the normalised reply.
    pub patterns: PerLanguage<Vec<String>>,
}

/// What the built-in bot says beside its answers. An empty list means its own defaults.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct BotWords {
    /// To a greeting or a nudge with nothing asked.
    pub greetings: PerLanguage<Vec<String>>,
    /// When it did not understand.
    pub fallbacks: PerLanguage<Vec<String>>,
    /// To buy time.
    pub holding: PerLanguage<Vec<String>>,
    /// To ask for the order number.
    pub ask_order_number: PerLanguage<Vec<String>>,
    /// A claim that is forbidden, for the fault of that name.
    pub forbidden: PerLanguage<Vec<String>>,
    /// To thanks and the like.
    pub closings: PerLanguage<Vec<String>>,
    /// To hand over to a person.
    pub handoffs: PerLanguage<Vec<String>>,
    /// Before the answer to a customer who is upset.
    pub regrets: PerLanguage<Vec<String>>,
    /// Instead of an answer with its facts, for the fault `missing_fact`.
    pub vague: PerLanguage<Vec<String>>,
    /// Instead of handing over, for the fault `missed_handoff`.
    pub brush_offs: PerLanguage<Vec<String>>,
    /// About somebody else, for the fault `personal_data`; templates over `name`, `phone`, `id_number`, `bank_card` and
    /// `address`.
    pub leaks: PerLanguage<Vec<String>>,
}
