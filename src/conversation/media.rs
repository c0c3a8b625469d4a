//! What a message may be beside words: a picture, a voice message, a video.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A kind of message that is more than words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    /// A picture.
    Image,
    /// A voice message.
    Voice,
    /// A video.
    Video,
}

impl MediaKind {
    /// Every one.
    pub const ALL: [MediaKind; 3] = [MediaKind::Image, MediaKind::Voice, MediaKind::Video];

    /// The word as scenarios and reports spell it.
    pub fn word(self) -> &'static str {
        match self {
            MediaKind::Image => "image",
            MediaKind::Voice => "voice",
            MediaKind::Video => "video",
        }
    }

    /// The one that `word` names, if any.
    pub fn named(word: &str) -> Option<MediaKind> {
        MediaKind::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// What stands for it where only text can be shown: `[image]`.
    pub fn mark(self) -> &'static str {
        match self {
            MediaKind::Image => "[image]",
            MediaKind::Voice => "[voice]",
            MediaKind::Video => "[video]",
        }
    }
}
