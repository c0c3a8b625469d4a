//! What a channel's screen can show.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a channel takes and shows of a bot's replies. What is not set is not known, and nothing is judged by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Form {
    /// The longest reply, in characters; at least 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub characters: Option<u32>,
    /// The longest reply, in bytes of UTF-8; at least 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u32>,
    /// The most replies that it lets through for one message of a customer; at least 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub messages: Option<u16>,
    /// What it shows as more than the letters that it is written in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shows: Option<Shows>,
}

/// The markup that a screen shows as what it means. All other markup is seen as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Shows {
    /// None.
    Plain,
    /// HTML's links (`<a href="...">`) alone, as WeChat does.
    Links,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
}

impl Form {
    /// This form; what it leaves open is as in the other.
    pub fn or(self, other: Form) -> Form {
        Form {
            characters: self.characters.or(other.characters),
            bytes: self.bytes.or(other.bytes),
            messages: self.messages.or(other.messages),
            shows: self.shows.or(other.shows),
        }
    }

    /// True when nothing is known.
    pub fn is_unknown(&self) -> bool {
        *self == Form::default()
    }
}
