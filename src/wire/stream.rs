//! A reply that comes in pieces of JSON.

use indexmap::IndexMap;
use serde_json::Value;

use super::document::Document;
use super::framing::{Frame, Framer, TooLong};
use super::part::{Json, Part};
use super::{BrokenBody, LONGEST_TEXT};
use crate::scenario::{Framing, PickMode};

mod mould;
mod plan;

use mould::Mould;

pub use plan::StreamPlan;

/// How many bytes of an answer that is no stream are told. Far more than anybody shows, so that no secret is cut in half
/// before it can be found and blotted out.
const SHOWN: usize = 2_048;

impl StreamPlan {
    /// A reader for one answer.
    pub fn reader(&self) -> StreamReader<'_> {
        StreamReader {
            framer: Framer::new(self.framing),
            head: Vec::new(),
            answer: Answer {
                plan: self,
                text: String::new(),
                captured: IndexMap::new(),
                pieces: 0,
                cast: None,
                end: None,
            },
        }
    }
}

/// What some bytes brought.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Progress {
    /// Visible text grew or changed.
    pub grew: bool,
    /// Values to keep for later messages, new or changed.
    pub captured: Vec<(String, Value)>,
}

/// How a stream ended by its own mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StreamEnd {
    /// With its end mark.
    Complete,
    /// With an error, in its words.
    Error(String),
}

/// Reads one answer from bytes that come in any cut.
#[derive(Debug)]
pub struct StreamReader<'a> {
    framer: Framer,
    /// The first bytes, to be shown when it is no stream at all; no more of them once a piece was read.
    head: Vec<u8>,
    answer: Answer<'a>,
}

#[derive(Debug)]
struct Answer<'a> {
    plan: &'a StreamPlan,
    text: String,
    captured: IndexMap<String, Value>,
    pieces: u64,
    /// That of the last piece, if it had a text.
    cast: Option<Cast>,
    end: Option<StreamEnd>,
}

/// What makes a piece the same as the last but for its text.
#[derive(Debug)]
struct Cast {
    name: String,
    mould: Mould,
    mode: PickMode,
}

impl Cast {
    fn of(frame: &Frame<'_>, mode: PickMode, text: &str) -> Option<Cast> {
        let mould = Mould::of(&frame.data, text)?;
        let name = frame.name.clone().into_owned();
        Some(Cast { name, mould, mode })
    }

    fn text<'a>(&self, frame: &'a Frame<'_>) -> Option<(PickMode, &'a str)> {
        let text = self.mould.text(&frame.data).filter(|_| self.name == frame.name)?;
        Some((self.mode, text))
    }
}

impl StreamReader<'_> {
    /// Takes in `bytes`. What comes behind the end is not read.
    ///
    /// # Errors
    /// When the answer breaks the protocol or its bounds; it is then of no use.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Progress, BrokenBody> {
        if self.answer.pieces == 0 && self.head.len() < SHOWN {
            let more = bytes.len().min(SHOWN - self.head.len());
            self.head.extend_from_slice(&bytes[..more]);
        }
        let mut progress = Progress::default();
        let mut broken = None;
        let StreamReader { framer, answer, .. } = self;
        let pushed = framer.push(bytes, |frame| {
            if answer.end.is_none() && broken.is_none() {
                broken = answer.take(&frame, &mut progress).err();
            }
        });
        match (broken, pushed) {
            (Some(broken), _) => Err(broken),
            (None, Err(TooLong)) if answer.end.is_none() => {
                Err(BrokenBody("too long: an event beyond 1 MiB".to_owned()))
            }
            _ => Ok(progress),
        }
    }

    /// The bytes are over. A piece without its line end still counts if it is whole. An error that came instead of a
    /// stream, as a whole body, is one.
    ///
    /// # Errors
    /// When the bytes were no stream of this framing at all.
    pub fn finish(&mut self) -> Result<Progress, BrokenBody> {
        let mut progress = Progress::default();
        let StreamReader { framer, answer, .. } = self;
        let finished = framer.finish(|frame| {
            if answer.end.is_none() {
                // A piece that does not parse was cut off: then the answer is cut, not broken.
                answer.take(&frame, &mut progress).unwrap_or_default();
            }
        });
        let is_stream = finished.is_ok() && (answer.pieces > 0 || self.starts_like_a_stream());
        if is_stream {
            return Ok(progress);
        }
        match self.error_instead() {
            Some(words) => {
                self.answer.end = Some(StreamEnd::Error(words));
                Ok(progress)
            }
            None => Err(BrokenBody(format!(
                "not a stream: {}",
                String::from_utf8_lossy(&self.head)
            ))),
        }
    }

    /// The error that a body tells which is no stream but JSON.
    fn error_instead(&self) -> Option<String> {
        let plan = self.answer.plan;
        let json = plan
            .outline
            .read(serde_json::Deserializer::from_slice(&self.head))
            .ok()?;
        plan.errors.find(&Document::Json((&json).into()))
    }

    fn starts_like_a_stream(&self) -> bool {
        let head = self.head.trim_ascii_start();
        let starts: &[&[u8]] = match self.answer.plan.framing {
            Framing::Sse => &[b":", b"data", b"event", b"id", b"retry", b"\xef\xbb\xbf"],
            Framing::Ndjson | Framing::Frames => &[b"{", b"["],
        };
        head.is_empty() || starts.iter().any(|start| head.starts_with(start))
    }

    /// The text so far.
    pub fn text(&self) -> &str {
        &self.answer.text
    }

    /// How it ended, once it has.
    pub fn end(&self) -> Option<&StreamEnd> {
        self.answer.end.as_ref()
    }
}

impl Answer<'_> {
    fn take(&mut self, frame: &Frame<'_>, progress: &mut Progress) -> Result<(), BrokenBody> {
        let plan = self.plan;
        if plan.end_data.iter().any(|mark| mark == frame.data.trim()) {
            self.pieces += 1;
            self.end = Some(StreamEnd::Complete);
            return Ok(());
        }
        if let Some((mode, piece)) = self.cast.as_ref().and_then(|cast| cast.text(frame)) {
            self.pieces += 1;
            progress.grew |= self.say(mode, piece)?;
            return Ok(());
        }
        self.cast = None;
        self.read(frame, progress)
    }

    fn read(&mut self, frame: &Frame<'_>, progress: &mut Progress) -> Result<(), BrokenBody> {
        let plan = self.plan;
        let json = match frame.data.trim().is_empty() {
            true => Part::Whole(Value::Null),
            false => (plan.outline)
                .read(serde_json::Deserializer::from_str(&frame.data))
                .map_err(|error| BrokenBody(format!("not JSON in one of its events: {error}")))?,
        };
        let json = Json::from(&json);
        self.pieces += 1;
        let kind = match &plan.kind {
            Some(selector) => selector.first_json(json).and_then(Value::as_str).unwrap_or_default(),
            None => &frame.name,
        };
        let document = Document::Json(json);
        for (name, value) in plan.captures.find(&document)? {
            if self.captured.get(&name) != Some(&value) {
                self.captured.insert(name.clone(), value.clone());
                progress.captured.push((name, value));
            }
        }
        if let Some(words) = plan.errors.find(&document) {
            self.end = Some(StreamEnd::Error(words));
            return Ok(());
        }
        if let Some((mode, piece)) = self.picked(kind, json) {
            self.cast = (plan.is_text_alone).then(|| Cast::of(frame, mode, piece)).flatten();
            progress.grew |= self.say(mode, piece)?;
        }
        if plan.end_kinds.iter().any(|end| end == kind) {
            self.end = Some(StreamEnd::Complete);
        }
        Ok(())
    }

    /// The text of a piece of this kind.
    fn picked<'a>(&self, kind: &str, json: Json<'a>) -> Option<(PickMode, &'a str)> {
        self.plan.picks.iter().find_map(|pick| {
            let text = pick
                .is_for(kind, json)
                .then(|| pick.text.first_json(json))
                .flatten()?
                .as_str()?;
            Some((pick.mode, text))
        })
    }

    /// Adds the text of a piece; true when what is visible changed.
    fn say(&mut self, mode: PickMode, piece: &str) -> Result<bool, BrokenBody> {
        let before = self.text.len();
        let is_the_whole_again = mode == PickMode::AppendUnlessWhole && before > 0 && piece == self.text;
        let has_changed = match mode {
            _ if is_the_whole_again => false,
            PickMode::Replace => {
                let has_changed = self.text != piece;
                piece.clone_into(&mut self.text);
                has_changed
            }
            PickMode::Append | PickMode::AppendUnlessWhole => {
                self.text.push_str(piece);
                !piece.is_empty()
            }
        };
        if self.text.len() > LONGEST_TEXT {
            return Err(BrokenBody("too long: over 32 KiB of text".to_owned()));
        }
        Ok(has_changed && !self.text.trim_start().is_empty())
    }
}

#[cfg(test)]
mod tests;
