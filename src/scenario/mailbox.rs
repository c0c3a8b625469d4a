//! Messages that wait until the bot asks for them, as data.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Where customers' messages wait for a bot that asks for them. With a `send` beside it, that one only tells the bot that there
/// is something, and each message's `send` and `update` see the same vars.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mailbox {
    /// A message as it is handed out by a route with `is: updates`; a JSON template like `send.json`, which also sees `update`, its
    /// number in this mailbox, from 1.
    pub update: Value,
    /// The most that are handed out at once, whatever the bot asks for; 1 to 1,000.
    #[serde(default = "Mailbox::default_at_once")]
    pub at_once: u16,
}

impl Mailbox {
    /// The most that any mailbox hands out at once.
    pub const MOST_AT_ONCE: u16 = 1_000;

    fn default_at_once() -> u16 {
        100
    }
}
