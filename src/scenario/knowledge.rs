//! What is true in the shop: topics with typed facts, how the built-in bot words them, and what must never be said.

mod change;
mod fact;
mod record;
mod written;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Goal, PerLanguage, Step};

pub use change::Change;
pub use fact::{Fact, FactRef, FactValue, Tier};
pub use record::{CellError, Column, FactType, Record};
pub use written::{amount_text, count_and_unit, date_text};

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
    /// Facts of the topics from a CSV file; the loader puts them into their topics.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<FactsFile>,
    /// Things of which each customer has one: products, orders.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub records: IndexMap<String, Record>,
    /// What becomes true instead, and when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// What must never be said.
    #[serde(default)]
    pub forbidden: Vec<Forbidden>,
    /// What the built-in bot says beside its answers.
    #[serde(default)]
    pub bot: BotWords,
}

impl Knowledge {
    /// The fact of a topic that `reference` names, as it is before any change; columns of records have no one value.
    /// What is true for a customer at a moment is told by [`Truths`](super::Truths).
    pub fn fact(&self, reference: &FactRef) -> Option<&Fact> {
        match reference {
            FactRef::OrderNumber => None,
            FactRef::Fact { topic, fact } => self.topics.get(topic)?.facts.get(fact),
        }
    }

    /// The column of a record that `reference` names.
    pub fn column(&self, reference: &FactRef) -> Option<&Column> {
        match reference {
            FactRef::OrderNumber => None,
            FactRef::Fact { topic, fact } => self.records.get(topic)?.columns.get(fact),
        }
    }

    /// The names of all facts, as [`FactRef`] writes them: of topics, of records' columns, and the order number.
    pub fn fact_names(&self) -> Vec<String> {
        let of_topics = self.topics.iter().map(|(topic, one)| (topic, one.facts.keys()));
        let of_records = self.records.iter().map(|(record, one)| (record, one.columns.keys()));
        let mut names: Vec<String> = of_topics
            .flat_map(|(topic, facts)| facts.map(move |fact| format!("{topic}.{fact}")))
            .collect();
        names.extend(of_records.flat_map(|(record, columns)| columns.map(move |column| format!("{record}.{column}"))));
        names.push(FactRef::OrderNumber.to_string());
        names
    }

    /// True when the shop hands the question that this step of a goal asks to a person.
    pub fn wants_person(&self, goal: &Goal, step: u16) -> bool {
        let Some(Step::Ask(ask)) = goal.agenda.get(usize::from(step)) else {
            return false;
        };
        let topic = ask.about.as_ref().and_then(|topic| self.topics.get(topic));
        topic.is_some_and(|topic| topic.needs_person)
    }
}

/// A CSV file of facts (UTF-8, with a header line), relative to the file that names it. A row is a fact: `topic`, `fact`,
/// `type`, `value`, and where wanted `value.zh`, `value.en`, `subject.zh`, `subject.en`, `shown.zh`, `shown.en`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FactsFile {
    /// The file.
    pub from: String,
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
    /// How the built-in bot answers; templates over the facts by name, `order_number`, `shop`, and the columns of records
    /// (`{{ product.price }}`). One is drawn.
    pub answers: PerLanguage<Vec<String>>,
    /// How the built-in bot answers when it has steps of a discount wrong (`wrong_value`), or takes what holds for what does not and the
    /// other way round (`wrong_polarity`); templates like `answers`. Without them it says such facts wrong in plain words of its own.
    #[serde(default)]
    pub wrong_answers: PerLanguage<Vec<String>>,
    /// True when the built-in bot asks for the order number first, unless it was given.
    #[serde(default)]
    pub needs_order_number: bool,
    /// True when the shop's policy is to hand such questions to a person.
    #[serde(default)]
    pub needs_person: bool,
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
    /// To ask which one is meant, when a question is about a record that is found by words and none was named.
    pub ask_which: PerLanguage<Vec<String>>,
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
