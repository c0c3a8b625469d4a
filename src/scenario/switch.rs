//! Customers who get nowhere on one channel and go on with the same need on another.
//!
//! It stays one conversation: all that a customer says and hears about one need. Each turn counts for the channel that it was sent
//! on, the conversation for the channel on which it began; so the planned conversations are known beforehand, and every balance
//! holds as it does without switches.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Span, Spread};
use crate::conversation::Ending;

/// Customers who get nowhere on one channel and go on with the same need on another.
///
/// The first entry that fits decides, and each entry takes a customer along once at most.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SwitchSettings {
    /// The channel that they leave.
    pub from: String,
    /// The channel on which they go on.
    pub to: String,
    /// What makes them leave it.
    #[serde(default = "SwitchSettings::default_when")]
    pub when: Vec<Impasse>,
    /// How many of them go on instead of leaving for good, 0 to 1.
    pub share: f64,
    /// How long it takes them to open the other channel, before they type.
    #[serde(default = "SwitchSettings::default_after")]
    pub after: Spread,
    /// The bot sees the same customer id there, as behind a shop's own login. Otherwise the id is another one, as platforms give
    /// each of their users one of their own.
    #[serde(default)]
    pub keeps_id: bool,
    /// Only customers of this persona; without it, of any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persona: Option<String>,
    /// Only customers with this goal; without it, with any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<String>,
}

impl SwitchSettings {
    fn default_when() -> Vec<Impasse> {
        vec![Impasse::GaveUp]
    }

    fn default_after() -> Spread {
        Spread::lognormal(Span::seconds(20.0), 0.6)
    }
}

/// What makes a customer try elsewhere; the words are those of the endings that a conversation would have had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Impasse {
    /// Their patience ran out: they waited in vain.
    GaveUp,
    /// The bot answered, but could not help.
    BotFailed,
    /// The bot said the same again and again.
    Loop,
}

impl Impasse {
    /// The ending that it is without a switch.
    pub fn ending(self) -> Ending {
        match self {
            Impasse::GaveUp => Ending::GaveUp,
            Impasse::BotFailed => Ending::BotFailed,
            Impasse::Loop => Ending::Loop,
        }
    }
}

/// The same with everything resolved: places in the scenario's lists.
#[derive(Debug, Clone, PartialEq)]
pub struct Switch {
    /// The channel that they leave.
    pub from: u16,
    /// The channel on which they go on.
    pub to: u16,
    /// What makes them leave it.
    pub when: Vec<Ending>,
    /// The chance that such a customer goes on, 0 to 1.
    pub share: f64,
    /// How long it takes them.
    pub after: Spread,
    /// The bot sees the same customer id.
    pub keeps_id: bool,
    /// Only this persona.
    pub persona: Option<u16>,
    /// Only this goal.
    pub goal: Option<u16>,
}

impl Switch {
    /// True when it is for customers of this persona with this goal.
    pub fn is_for(&self, persona: u16, goal: u16) -> bool {
        self.persona.is_none_or(|one| one == persona) && self.goal.is_none_or(|one| one == goal)
    }
}
