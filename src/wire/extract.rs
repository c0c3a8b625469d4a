//! Replies, errors and values to keep, out of a whole body or one piece of a stream.

use std::borrow::Cow;

use serde_json::Value;

use super::document::{Body, Document};
use super::marks::{Captures, ErrorMarks, joined};
use super::outline::Outline;
use super::said::{Said, Showing};
use super::scope::Scope;
use super::selector::Selector;
use super::template::{CompileError, Compiler, Template};
use super::{BrokenBody, LONGEST_TEXT, MOST_REPLIES};
use crate::scenario::{ErrorMark, Extract, Format, Receipt};

/// What a body says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Extracted {
    /// The replies, in order; none when the body only acknowledges.
    pub replies: Vec<Said>,
    /// The error it tells, in its words.
    pub error: Option<String>,
    /// Values to keep for later messages.
    pub captured: Vec<(String, Value)>,
    /// True when it says that the reply which was asked for is there.
    pub is_done: bool,
}

impl Extracted {
    /// True when nothing at all that the profile reads was there.
    pub fn is_nothing(&self) -> bool {
        *self == Extracted::default()
    }
}

/// A profile's rule for replies in a response's body, compiled.
#[derive(Debug)]
pub struct Extractor {
    format: Format,
    decode: Option<Decode>,
    /// What of a JSON body is asked for.
    outline: Outline,
    each: Option<Selector>,
    when: Option<Selector>,
    text: Option<Selector>,
    shows: Showing,
    errors: ErrorMarks,
    captures: Captures,
    /// What it looks like when a reply that is asked for is there.
    done: ErrorMarks,
    /// Compared with what the message at hand wants.
    only: Vec<Selector>,
    acknowledges: Vec<String>,
}

impl Extractor {
    /// Compiles `rule`, which stands at `place` (`reply.response`).
    ///
    /// # Errors
    /// The first template or selector that is none.
    pub fn compile(compiler: &Compiler, place: &str, rule: &Extract) -> Result<Extractor, CompileError> {
        Extractor::compile_only(compiler, place, rule, std::iter::empty())
    }

    /// The same for replies that are told apart by what these selectors find in each.
    pub(super) fn compile_only<'a>(
        compiler: &Compiler,
        place: &str,
        rule: &Extract,
        only: impl Iterator<Item = &'a String>,
    ) -> Result<Extractor, CompileError> {
        let selector = |key: &str, source: &Option<String>| match source {
            Some(source) => Selector::compile(&format!("{place}.{key}"), source, rule.format).map(Some),
            None => Ok(None),
        };
        if rule.text.is_none() && rule.format != Format::Text {
            return Err(CompileError::new(
                place,
                "key `text` is missing: where is the visible text?",
            ));
        }
        let mut extractor = Extractor {
            format: rule.format,
            decode: match &rule.decode {
                Some(source) => Some(Decode::compile(compiler, &format!("{place}.decode"), source)?),
                None => None,
            },
            outline: Outline::default(),
            each: selector("each", &rule.each)?,
            when: selector("when", &rule.when)?,
            text: selector("text", &rule.text)?,
            shows: Showing::compile(&format!("{place}.shows"), &rule.shows, rule.format)?,
            errors: ErrorMarks::compile(place, &rule.error, rule.format)?,
            captures: Captures::compile(place, &rule.capture, rule.format)?,
            done: ErrorMarks::default(),
            only: only
                .map(|source| Selector::compile(&format!("{place}.only"), source, rule.format))
                .collect::<Result<_, _>>()?,
            acknowledges: rule.acknowledges.iter().map(|text| text.trim().to_owned()).collect(),
        };
        extractor.outline = extractor.wanted();
        Ok(extractor)
    }

    /// Compiles what is read of a response without a reply; `done` is what it looks like when the reply is there.
    pub(super) fn of_receipt(place: &str, receipt: &Receipt, done: &[ErrorMark]) -> Result<Extractor, CompileError> {
        let mut extractor = Extractor {
            format: receipt.format,
            decode: None,
            outline: Outline::default(),
            each: None,
            // A text of its own is never asked for, and a body in the format `text` has no marks in it either.
            when: None,
            text: None,
            shows: Showing::default(),
            errors: ErrorMarks::compile(place, &receipt.error, receipt.format)?,
            captures: Captures::compile(place, &receipt.capture, receipt.format)?,
            done: ErrorMarks::compile(&format!("{place}.done"), done, receipt.format)?,
            only: Vec::new(),
            acknowledges: Vec::new(),
        };
        extractor.outline = extractor.wanted();
        Ok(extractor)
    }

    /// What of a JSON body its selectors ask for.
    fn wanted(&self) -> Outline {
        let mut outline = Outline::default();
        self.errors.want(&mut outline);
        self.captures.want(&mut outline);
        self.done.want(&mut outline);
        let items = match &self.each {
            Some(each) => each.follow(&mut outline),
            None => Some(&mut outline),
        };
        if let Some(items) = items {
            let of_each = [&self.when, &self.text].into_iter().flatten().chain(&self.only);
            of_each.for_each(|selector| selector.want(items));
            self.shows.want(items);
        }
        outline
    }

    /// Reads a whole body. An empty one is always an acknowledgement.
    ///
    /// # Errors
    /// When it cannot be decoded, or is not what `format` says.
    pub fn read(&self, body: &[u8], content_type: &str) -> Result<Extracted, BrokenBody> {
        self.read_only(body, content_type, &[])
    }

    /// The same, of replies only those in which its selectors find what is `wanted`, one value for each of them.
    pub(super) fn read_only(&self, body: &[u8], content_type: &str, wanted: &[Value]) -> Result<Extracted, BrokenBody> {
        if self.is_acknowledgement(body) {
            return Ok(Extracted::default());
        }
        let decoded = match &self.decode {
            Some(decode) => Cow::Owned(decode.body(body)?.into_bytes()),
            None => Cow::Borrowed(body),
        };
        let body = Body::parse(self.format, &self.outline, &decoded, content_type)?;
        let document = body.document();
        Ok(Extracted {
            error: self.errors.find(&document),
            captured: self.captures.find(&document)?,
            replies: self.replies(&document, wanted)?,
            is_done: self.done.find(&document).is_some(),
        })
    }

    fn is_acknowledgement(&self, body: &[u8]) -> bool {
        let trimmed = body.trim_ascii();
        trimmed.is_empty() || self.acknowledges.iter().any(|known| known.as_bytes() == trimmed)
    }

    /// What a body without a reply has instead of where a reply is read, in words; nothing where it merely says nothing, or where
    /// that cannot be told.
    pub fn instead(&self, body: &[u8]) -> Option<String> {
        let text = self
            .text
            .as_ref()
            .filter(|_| self.format == Format::Json && !self.is_acknowledgement(body))?;
        let decoded = match &self.decode {
            Some(decode) => Cow::Owned(decode.body(body).ok()?.into_bytes()),
            None => Cow::Borrowed(body),
        };
        let json: Value = serde_json::from_slice(&decoded).ok()?;
        // What `when` asks for is the profile's own sign that something is a reply at all.
        match (&self.each, &self.when) {
            (None, Some(_)) => None,
            (None, None) => text.astray_from_text("", &json),
            (Some(each), Some(_)) => each.astray("", &json),
            (Some(each), None) => each.astray("", &json).or_else(|| {
                let first = each.first_json(&json)?;
                text.astray_from_text(&each.first_name(), first)
            }),
        }
    }

    /// The replies, within their bounds.
    fn replies(&self, document: &Document<'_>, wanted: &[Value]) -> Result<Vec<Said>, BrokenBody> {
        let Some(each) = &self.each else {
            return bounded(self.reply(document).into_iter());
        };
        let is_wanted = |item: &&Document<'_>| {
            let mut pairs = self.only.iter().zip(wanted);
            pairs.all(|(selector, value)| selector.all(item).iter().any(|found| found.equals(value)))
        };
        let items = each.all(document);
        bounded(items.iter().filter(is_wanted).filter_map(|item| self.reply(item)))
    }

    fn reply(&self, item: &Document<'_>) -> Option<Said> {
        if let Some(when) = &self.when
            && !when.all(item).iter().any(Document::is_something)
        {
            return None;
        }
        let text = match &self.text {
            None if self.format != Format::Text => None,
            None => item.text(),
            Some(selector) => joined(selector, item),
        };
        self.shows.reply(text, item)
    }
}

/// What turns a body into the one that is read, compiled.
#[derive(Debug)]
struct Decode {
    template: Template,
    constants: Scope,
}

impl Decode {
    fn compile(compiler: &Compiler, place: &str, source: &str) -> Result<Decode, CompileError> {
        Ok(Decode {
            template: compiler.of_bodies().compile(place, source)?,
            constants: compiler.constants().clone(),
        })
    }

    fn body(&self, body: &[u8]) -> Result<String, BrokenBody> {
        let mut scope = self.constants.clone();
        scope.set_var("body", String::from_utf8_lossy(body).into());
        let decoded = self.template.text(&scope);
        decoded
            .map(Option::unwrap_or_default)
            .map_err(|error| BrokenBody(format!("unreadable: {}", error.reason)))
    }
}

fn bounded(said: impl Iterator<Item = Said>) -> Result<Vec<Said>, BrokenBody> {
    let mut replies = Vec::new();
    let mut bytes = 0;
    for said in said {
        bytes += said.text.len();
        if replies.len() == MOST_REPLIES {
            return Err(BrokenBody(format!("too long: over {MOST_REPLIES} replies")));
        }
        if bytes > LONGEST_TEXT {
            return Err(BrokenBody("too long: over 32 KiB of text".to_owned()));
        }
        replies.push(said);
    }
    Ok(replies)
}

#[cfg(test)]
mod tests;
