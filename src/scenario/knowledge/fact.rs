//! Typed facts, and how they are named.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scenario::{PerLanguage, Span};

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
    /// The steps of a discount that grows with what is spent (满减): `[{spend: 200, off: 20}, {spend: 300, off: 50}]`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tiers: Option<Vec<Tier>>,
    /// Whether what the subject names is so at all: true for 支持7天无理由, false for `we do not ship abroad`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holds: Option<bool>,
    /// Words near which a value of this type is a claim about this fact (减, off): what the audit reads.
    pub subject: PerLanguage<Vec<String>>,
    /// How the built-in bot writes it; without it, it writes the value plainly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shown: Option<PerLanguage<String>>,
}

/// One step of a discount that grows with what is spent. Unit: yuan.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// What must be spent.
    pub spend: f64,
    /// What is then taken off.
    pub off: f64,
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
    /// Steps of a discount, from the smallest on.
    Tiers(Vec<Tier>),
    /// Whether what these words name is so at all.
    Holds {
        /// True when it is.
        holds: bool,
        /// What it is about: the fact's subject.
        subject: PerLanguage<Vec<String>>,
    },
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
            self.tiers.clone().map(FactValue::Tiers),
            self.holds.map(|holds| FactValue::Holds {
                holds,
                subject: self.subject.clone(),
            }),
        ];
        let mut set = values.into_iter().flatten();
        let first = set.next()?;
        set.next().is_none().then_some(first)
    }
}

impl FactValue {
    /// The key of a [`Fact`] that holds such values.
    pub fn key(&self) -> &'static str {
        match self {
            FactValue::Money(_) => "money",
            FactValue::Percent(_) => "percent",
            FactValue::Duration(_) => "duration",
            FactValue::Date(_) => "date",
            FactValue::Identifier(_) => "identifier",
            FactValue::Text(_) => "text",
            FactValue::Tiers(_) => "tiers",
            FactValue::Holds { .. } => "holds",
        }
    }
}

impl Fact {
    /// Every wording of a text in either language, or the identifier: what a thing may be called.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let wordings = self.text.iter().flat_map(|text| text.zh.iter().chain(&text.en));
        self.identifier.iter().chain(wordings).map(String::as_str)
    }
}

/// Names a fact: `TOPIC.FACT`, `RECORD.COLUMN`, or `order_number`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(into = "String", try_from = "String")]
#[schemars(with = "String")]
pub enum FactRef {
    /// The customer's own order number.
    OrderNumber,
    /// A fact of a topic, or a column of a record.
    Fact {
        /// Its topic or record; no two of them share a name.
        topic: String,
        /// Its name within the topic, or the column.
        fact: String,
    },
}

impl FactRef {
    /// The fact or column `fact` of the topic or record `topic`.
    pub fn of(topic: &str, fact: &str) -> FactRef {
        FactRef::Fact {
            topic: topic.to_owned(),
            fact: fact.to_owned(),
        }
    }

    /// As it is written.
    pub fn name(&self) -> String {
        match self {
            FactRef::OrderNumber => "order_number".to_owned(),
            FactRef::Fact { topic, fact } => [topic, ".", fact].concat(),
        }
    }
}

impl fmt::Display for FactRef {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.name())
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
            _ => Err(format!(
                "expected `TOPIC.FACT`, `RECORD.COLUMN` or `order_number`, found `{text}`"
            )),
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
