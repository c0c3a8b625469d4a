//! What customers send beside words: made by rule from the message's id, so that nothing is kept and everybody sees the
//! same bytes.
//!
//! A picture is a small figure of its own colours, a voice message a second of a tone, a video a second of such a picture.
//! Nobody is to be seen or heard: a bot that looks closely finds nothing that its customer spoke of.

mod mp4;
mod png;
mod wav;

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minijinja::Value;
use minijinja::value::Object;
use sha2::{Digest, Sha256};

use crate::conversation::{MediaKind, MessageId, RunKey, scramble};

/// A picture, voice message or video: that of one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Media {
    /// What it is.
    pub kind: MediaKind,
    /// The message that it came with.
    pub message: MessageId,
}

impl Media {
    /// What platforms call it: `image-48213-17-2-1`.
    pub fn id(&self) -> String {
        format!("{}-{}", self.kind.word(), self.message)
    }

    /// The one that an id names, if it is one of this run.
    pub fn named(id: &str, run: RunKey) -> Option<Media> {
        let (kind, message) = id.split_once('-')?;
        Some(Media {
            kind: MediaKind::named(kind)?,
            message: run.message_in(message)?,
        })
    }

    /// The type of its bytes.
    pub fn mime(&self) -> &'static str {
        match self.kind {
            MediaKind::Image => "image/png",
            MediaKind::Voice => "audio/wav",
            MediaKind::Video => "video/mp4",
        }
    }

    /// Its bytes; at most some 9,000.
    pub fn bytes(&self) -> Vec<u8> {
        let seed = scramble(self.message.number());
        match self.kind {
            MediaKind::Image => png::picture(seed),
            MediaKind::Voice => wav::tone(seed),
            MediaKind::Video => mp4::video(&png::picture(seed)),
        }
    }
}

/// Media as templates see it: `kind`, `id`, `url`, `mime`, `format` (the last part of `mime`), `size`, `sha256`, `base64`.
#[derive(Debug)]
pub(super) struct MediaSeen {
    media: Media,
    url: String,
}

impl MediaSeen {
    /// `platform` is where the run's media is served.
    pub(super) fn new(media: Media, platform: &str) -> MediaSeen {
        MediaSeen {
            url: format!("{platform}/media/{}", media.id()),
            media,
        }
    }
}

impl Object for MediaSeen {
    fn is_true(self: &Arc<Self>) -> bool {
        true
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let media = &self.media;
        Some(match key {
            "kind" => media.kind.word().into(),
            "id" => media.id().into(),
            "url" => self.url.clone().into(),
            "mime" => media.mime().into(),
            "format" => media.mime().split('/').next_back()?.into(),
            "size" => media.bytes().len().into(),
            "sha256" => super::functions::hex(&Sha256::digest(media.bytes())).into(),
            "base64" => STANDARD.encode(media.bytes()).into(),
            _ => return None,
        })
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }
}

#[cfg(test)]
mod tests;
