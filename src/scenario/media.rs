//! What customers can send on a channel beside words.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::conversation::MediaKind;

/// What customers can send on a channel beside words. How each looks on the wire, `send` says by `message.media`, which is
/// `none` in messages of words alone.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Carries {
    /// The kinds that it carries.
    pub kinds: Vec<MediaKind>,
    /// True when a picture or video has its words with it. Without it they follow as a message of their own.
    pub captions: bool,
}

impl Carries {
    /// True when it carries words alone.
    pub fn is_nothing(&self) -> bool {
        *self == Carries::default()
    }
}
