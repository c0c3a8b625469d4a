//! What is read of a body or a piece beside its replies: errors, and values to keep.

use indexmap::IndexMap;
use serde_json::Value;

use super::BrokenBody;
use super::document::Document;
use super::outline::Outline;
use super::selector::Selector;
use super::template::CompileError;
use crate::scenario::{ErrorMark, Format};

/// Longest value to keep, in bytes: every open conversation holds its own.
const LONGEST_KEPT: usize = 16 << 10;

/// What errors look like, compiled.
#[derive(Debug, Default)]
pub(super) struct ErrorMarks(Vec<CompiledMark>);

#[derive(Debug)]
struct CompiledMark {
    when: Selector,
    is: Option<Value>,
    text: Option<Selector>,
}

impl ErrorMarks {
    pub(super) fn compile(place: &str, marks: &[ErrorMark], format: Format) -> Result<ErrorMarks, CompileError> {
        let compile = |(at, mark): (usize, &ErrorMark)| {
            let place = format!("{place}.error[{at}]");
            let text = mark.text.as_ref();
            Ok(CompiledMark {
                when: Selector::compile(&format!("{place}.when"), &mark.when, format)?,
                is: mark.is.clone(),
                text: text
                    .map(|text| Selector::compile(&format!("{place}.text"), text, format))
                    .transpose()?,
            })
        };
        marks
            .iter()
            .enumerate()
            .map(compile)
            .collect::<Result<_, _>>()
            .map(ErrorMarks)
    }

    /// What it looks at.
    pub(super) fn selectors(&self) -> impl Iterator<Item = &Selector> {
        let selectors = self.0.iter().flat_map(|mark| [Some(&mark.when), mark.text.as_ref()]);
        selectors.flatten()
    }

    pub(super) fn want(&self, outline: &mut Outline) {
        self.selectors().for_each(|selector| selector.want(outline));
    }

    /// The error that `document` tells, in its own words where they are found.
    pub(super) fn find(&self, document: &Document<'_>) -> Option<String> {
        self.0.iter().find_map(|mark| {
            let selected = mark.when.all(document);
            let found = selected.iter().find(|found| match &mark.is {
                Some(wanted) => found.equals(wanted),
                None => is_error(found),
            })?;
            let words = mark.text.as_ref().and_then(|text| joined(text, document));
            let words = words.filter(|words| !words.trim().is_empty());
            Some(
                words
                    .or_else(|| found.text())
                    .unwrap_or_else(|| "error without words".to_owned()),
            )
        })
    }
}

/// Null, false, 0 and empty text are no error: many protocols always send `errcode: 0`.
fn is_error(found: &Document<'_>) -> bool {
    found.is_something() && found.text().is_none_or(|text| text.trim() != "0")
}

/// Values to keep, compiled.
#[derive(Debug)]
pub(super) struct Captures(Vec<(String, Selector)>);

impl Captures {
    pub(super) fn compile(
        place: &str,
        captures: &IndexMap<String, String>,
        format: Format,
    ) -> Result<Captures, CompileError> {
        let compile = |(name, source): (&String, &String)| {
            let selector = Selector::compile(&format!("{place}.capture.{name}"), source, format)?;
            Ok((name.clone(), selector))
        };
        captures.iter().map(compile).collect::<Result<_, _>>().map(Captures)
    }

    /// What it looks at.
    pub(super) fn selectors(&self) -> impl Iterator<Item = &Selector> {
        self.0.iter().map(|(_, selector)| selector)
    }

    pub(super) fn want(&self, outline: &mut Outline) {
        self.selectors().for_each(|selector| selector.want(outline));
    }

    /// The values in this body or piece.
    ///
    /// # Errors
    /// When one is longer than any conversation may keep.
    pub(super) fn find(&self, document: &Document<'_>) -> Result<Vec<(String, Value)>, BrokenBody> {
        let mut found = Vec::new();
        for (name, selector) in &self.0 {
            let Some(value) = selector.all(document).first().and_then(Document::to_json) else {
                continue;
            };
            if length(&value) > LONGEST_KEPT {
                return Err(BrokenBody(format!("too long: over 16 KiB in `{name}`")));
            }
            found.push((name.clone(), value));
        }
        Ok(found)
    }
}

/// How many bytes a value takes, about.
fn length(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        other => other.to_string().len(),
    }
}

/// The selected texts one behind the other; of XML only the first, since its selectors have no way to name a place.
pub(super) fn joined(selector: &Selector, item: &Document<'_>) -> Option<String> {
    let mut texts = selector.all(item).into_iter().filter_map(|found| found.text());
    match item {
        Document::Xml(_) => texts.next(),
        _ => Some(texts.collect()),
    }
}
