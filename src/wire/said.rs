//! A reply as its customer sees it: words, or a picture, voice message or video without any.

use indexmap::IndexMap;

use super::document::Document;
use super::outline::Outline;
use super::selector::Selector;
use super::template::CompileError;
use crate::conversation::MediaKind;
use crate::scenario::Format;

/// What a customer sees of a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Its words, or what stands for it where it has none: `[image]`.
    pub text: String,
    /// What it is when it has no words.
    pub media: Option<MediaKind>,
}

impl Said {
    /// A reply of words.
    pub fn words(text: impl Into<String>) -> Said {
        Said {
            text: text.into(),
            media: None,
        }
    }

    fn media(kind: MediaKind) -> Said {
        Said {
            text: kind.mark().to_owned(),
            media: Some(kind),
        }
    }
}

/// Where a reply has something beside words, compiled.
#[derive(Debug, Default)]
pub(super) struct Showing(Vec<(MediaKind, Selector)>);

impl Showing {
    /// Compiles `shows`, which stands at `place` (`reply.response.shows`).
    ///
    /// # Errors
    /// The first selector that is none.
    pub(super) fn compile(
        place: &str,
        shows: &IndexMap<MediaKind, String>,
        format: Format,
    ) -> Result<Showing, CompileError> {
        let compile = |(kind, source): (&MediaKind, &String)| {
            let place = format!("{place}.{}", kind.word());
            Ok((*kind, Selector::compile(&place, source, format)?))
        };
        shows.iter().map(compile).collect::<Result<_, _>>().map(Showing)
    }

    pub(super) fn want(&self, outline: &mut Outline) {
        self.0.iter().for_each(|(_, selector)| selector.want(outline));
    }

    /// The reply with these words, if it has any; else what it shows, if anything.
    pub(super) fn reply(&self, text: Option<String>, document: &Document<'_>) -> Option<Said> {
        if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
            return Some(Said::words(text));
        }
        let mut shown = self.0.iter();
        let (kind, _) = shown.find(|(_, selector)| selector.all(document).iter().any(Document::is_something))?;
        Some(Said::media(*kind))
    }
}
