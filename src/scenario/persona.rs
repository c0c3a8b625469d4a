//! A kind of customer: language, typing, patience and the words they use.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Span, Spread};
use crate::conversation::Language;

/// A kind of customer. The distributions behind the shipped ones and their sources are in `docs/DESIGN.md`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Persona {
    /// The name that scenarios use.
    pub persona: String,
    /// One line for people.
    #[serde(default)]
    pub description: String,
    /// The language they write in and expect to be answered in.
    pub language: Language,
    /// How they type.
    #[serde(default)]
    pub typing: Typing,
    /// How many characters of a reply they read in a second; above 0.
    #[serde(default = "Persona::default_reading")]
    pub reads_chars_per_s: f64,
    /// How long they think before they type the next turn.
    #[serde(default = "Persona::default_think")]
    pub think: Spread,
    /// When they ask "are you there?" and when they leave.
    #[serde(default)]
    pub patience: Patience,
    /// When they give their order number.
    #[serde(default)]
    pub gives_order_number: Disclosure,
    /// How they feel when they come; the first answer to an upset customer should hold a word of understanding.
    #[serde(default)]
    pub mood: Mood,
    /// The small words they use; each language has its own defaults.
    #[serde(default)]
    pub words: Words,
}

impl Persona {
    fn default_reading() -> f64 {
        12.0
    }

    /// Median 43 s with a heavy tail: measured think and type time of 20 turns of U-NEED.
    fn default_think() -> Spread {
        Spread::lognormal(Span::seconds(43.0), 1.2)
    }
}

/// How a persona types.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Typing {
    /// Characters typed in a second; above 0.
    pub chars_per_s: f64,
    /// Weights of splitting a turn into 1, 2, 3, ... messages.
    pub burst: Vec<f64>,
    /// Time between the messages of a burst.
    pub gap: Spread,
    /// Chance of a slip per message, 0 to 1.
    pub typos: f64,
}

impl Default for Typing {
    /// Bursts as measured in 994 real after-sale sessions (JDDC): 61 %, 24 %, 9 %, 6 %; gap median 9 s.
    fn default() -> Self {
        Typing {
            chars_per_s: 4.0,
            burst: vec![0.61, 0.24, 0.09, 0.06],
            gap: Spread::lognormal(Span::seconds(9.0), 0.9),
            typos: 0.02,
        }
    }
}

/// How long a persona waits. All times count from when the turn's last message was due.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Patience {
    /// When they first ask "are you there?", and the time between such nudges.
    pub nudge_after: Spread,
    /// How often they nudge in one turn.
    pub max_nudges: u8,
    /// When they leave.
    pub leave_after: Spread,
    /// Chance that they leave without a word, 0 to 1.
    pub leaves_silently: f64,
    /// How often they put the same question again before they give up on the bot.
    pub max_repeats: u8,
}

impl Default for Patience {
    /// Leaving near the platforms' three-minute clock; 70 % leave silently (33 firms, arXiv 2304.11754).
    fn default() -> Self {
        Patience {
            nudge_after: Spread::lognormal(Span::seconds(45.0), 0.5),
            max_nudges: 2,
            leave_after: Spread::lognormal(Span::seconds(150.0), 0.6),
            leaves_silently: 0.7,
            max_repeats: 2,
        }
    }
}

/// When a customer gives the number of their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Disclosure {
    /// When the bot asks for it.
    #[default]
    OnAsk,
    /// With the first question that concerns an order.
    Upfront,
}

/// How a customer feels when they come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mood {
    /// Nothing is amiss.
    #[default]
    Calm,
    /// Something went wrong before they wrote.
    Upset,
}

/// A persona's small words. An empty list means the language's defaults.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Words {
    /// "Are you there?"
    pub nudges: Vec<String>,
    /// Said by those who do not leave silently.
    pub farewells: Vec<String>,
    /// Put before a question that is asked again.
    pub again: Vec<String>,
    /// Put before a question that was asked on another channel before.
    pub elsewhere: Vec<String>,
}
