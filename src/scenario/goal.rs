//! What a customer wants this time: an agenda of things to ask and say, and branches on what the bot says.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{FactRef, PerLanguage};
use crate::conversation::{Language, MediaKind};

/// A customer's own facts, which templates may use beside the records of the knowledge.
pub const CUSTOMER_FACTS: [&str; 7] = ["order_number", "name", "city", "address", "phone", "email", "amount"];

/// What a customer wants this time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Goal {
    /// The name that scenarios use.
    pub goal: String,
    /// One line for people.
    #[serde(default)]
    pub description: String,
    /// What is still to be asked and said, in this order.
    pub agenda: Vec<Step>,
    /// What to do when the bot says something in particular; the first that fits is taken, before the agenda goes on.
    #[serde(default)]
    pub branches: Vec<Branch>,
    /// What the customer knows beside their own facts, for a model that plays them ([`PlayedBy`](super::PlayedBy)).
    #[serde(default, skip_serializing_if = "PerLanguage::is_default")]
    pub known: PerLanguage<Vec<String>>,
    /// What they do not know and so must not say, for the same.
    #[serde(default, skip_serializing_if = "PerLanguage::is_default")]
    pub unknown: PerLanguage<Vec<String>>,
    /// True when being handed to a person is what the customer came for.
    #[serde(default)]
    pub accepts_handoff: bool,
    /// The customer leaves after this many turns; 1 to 1,000.
    #[serde(default = "Goal::default_max_turns")]
    pub max_turns: u16,
}

impl Goal {
    fn default_max_turns() -> u16 {
        12
    }
}

impl Goal {
    /// True when its customers call instead of writing.
    pub fn is_call(&self) -> bool {
        self.agenda.contains(&Step::Call)
    }

    /// What its customers may send beside words, each kind once.
    pub fn media(&self) -> Vec<MediaKind> {
        let steps = self.agenda.iter().map(Step::words);
        let branches = self.branches.iter().filter_map(|branch| branch.say.as_ref());
        let sent: Vec<MediaKind> = steps.chain(branches).filter_map(|say| say.media).collect();
        MediaKind::ALL.into_iter().filter(|kind| sent.contains(kind)).collect()
    }
}

/// What stands for a call where only text can be shown.
static CALLING: LazyLock<Say> = LazyLock::new(|| Say {
    verbatim: vec!["[call]".to_owned()],
    ..Say::default()
});

/// One step of an agenda.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// A question; the answer must hold the facts that it names.
    Ask(Ask),
    /// Something said; any substantive answer will do.
    Say(Say),
    /// A call, on a telephone line: nothing is said, and that somebody picks up is the answer. It is its goal's only step.
    Call,
}

impl Step {
    /// The ways to say it.
    pub fn words(&self) -> &Say {
        match self {
            Step::Ask(ask) => &ask.say,
            Step::Say(say) => say,
            Step::Call => &CALLING,
        }
    }
}

/// The intent of what no bot of the shop has to know.
pub const OUT_OF_SCOPE: &str = "out_of_scope";

/// A question and what a right answer to it holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// What the question is about: a topic or a record of the knowledge. Its facts are what the answer is audited against.
    #[serde(default)]
    pub about: Option<String>,
    /// The ways to put the question.
    pub say: Say,
    /// Facts that the answer must state: `TOPIC.FACT`; `RECORD.COLUMN` and `order_number` for the customer's own.
    #[serde(default)]
    pub expects: Vec<FactRef>,
    /// True when the question concerns the customer's order, so that they may have to give its number.
    #[serde(default)]
    pub concerns_order: bool,
    /// What a bot that tells its intents (a value that the channel's profile captures as `intent`) calls this question; without
    /// it, `about`. `out_of_scope` for what no bot of this shop has to know. The built-in bot calls questions by their topics.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intent: Option<String>,
}

impl Ask {
    /// True for what no bot of the shop has to know: who says that they do not know it has answered it.
    pub fn is_out_of_scope(&self) -> bool {
        self.intent.as_deref() == Some(OUT_OF_SCOPE)
    }
}

/// Ways to say one thing; one is drawn for each customer. Texts are templates (Jinja): `{{ order_number }}`,
/// `{{ name }}`, `{{ city }}`, `{{ address }}`, `{{ phone }}`, `{{ email }}`, `{{ amount }}`, and the customer's row of a
/// record: `{{ product.name }}`.
///
/// Either by language, or from a column of a CSV file. With `media` no texts are needed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Say {
    /// In Chinese.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub zh: Vec<String>,
    /// In English.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub en: Vec<String>,
    /// For any language.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub any: Vec<String>,
    /// What is sent along: a picture or a video, whose caption the texts are, or a voice message, in which they are spoken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media: Option<MediaKind>,
    /// A CSV file (UTF-8, with a header line), relative to the file that names it. Its rows are said as they are, not
    /// as templates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The column of `from` that holds the texts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// The texts read from `from`; filled in by the loader, so that a resolved scenario needs no second file.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub verbatim: Vec<String>,
}

impl Say {
    /// The templates for this language: its own, else those for any language.
    pub fn templates(&self, language: Language) -> &[String] {
        let own = match language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        };
        if own.is_empty() { &self.any } else { own }
    }

    /// True when it takes no texts: a picture speaks for itself.
    pub fn is_wordless(&self) -> bool {
        let texts = [&self.zh, &self.en, &self.any, &self.verbatim];
        self.media.is_some() && texts.iter().all(|texts| texts.is_empty()) && self.from.is_none()
    }
}

/// What to do when the bot says something in particular.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Branch {
    /// When it applies.
    pub when: Condition,
    /// What the customer says then; without it they only do `then`.
    #[serde(default)]
    pub say: Option<Say>,
    /// What happens to the agenda.
    #[serde(default)]
    pub then: Then,
    /// How often it may be taken in one conversation.
    #[serde(default = "Branch::default_max")]
    pub max: u8,
}

impl Branch {
    fn default_max() -> u8 {
        2
    }
}

/// What a bot's answer is asked about, through the eyes of `reading`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// It asks for this: `order_number`, `phone`, `address` or `name`.
    AsksFor(String),
    /// It did not understand.
    Fallback,
    /// It hands over to a person.
    Handoff,
    /// It matches this regular expression.
    Says(String),
    /// It states this fact with its true value.
    States(FactRef),
}

/// What happens to the agenda after a branch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Then {
    /// The current step stays open: the answer to what was said now is the answer to it.
    #[default]
    Stay,
    /// The agenda goes on with the next step.
    Next,
    /// The customer has what they wanted.
    Done,
    /// The customer gives up on the bot.
    Leave,
}

impl From<PerLanguage<Vec<String>>> for Say {
    fn from(texts: PerLanguage<Vec<String>>) -> Self {
        Say {
            zh: texts.zh,
            en: texts.en,
            ..Say::default()
        }
    }
}
