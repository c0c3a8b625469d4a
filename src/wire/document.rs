//! A body, read in its format.

use serde_json::Value;
use url::form_urlencoded;

use super::outline::Outline;
use super::part::{Json, Part};
use super::xml::Element;
use super::{BrokenBody, multipart};
use crate::scenario::Format;

/// A body that was read, owned.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Body<'o> {
    Json(Part<'o>),
    Xml(Element),
    Fields(Vec<(String, String)>),
    Text(String),
}

/// A body, or a part of one that a selector selected.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Document<'a> {
    /// A JSON value, or what was wanted of one.
    Json(Json<'a>),
    /// An element.
    Xml(&'a Element),
    /// Form fields as (name, text).
    Fields(&'a [(String, String)]),
    /// A text.
    Text(&'a str),
}

impl<'o> Body<'o> {
    /// Reads `bytes` in this format, of JSON only what is in `outline`; `content_type` is only asked for a multipart's
    /// boundary.
    pub(super) fn parse(
        format: Format,
        outline: &'o Outline,
        bytes: &[u8],
        content_type: &str,
    ) -> Result<Body<'o>, BrokenBody> {
        let body = match format {
            Format::Json => {
                let part = outline.read(serde_json::Deserializer::from_slice(bytes));
                Body::Json(part.map_err(|error| BrokenBody(format!("not JSON: {error}")))?)
            }
            Format::Xml => Body::Xml(Element::parse(&String::from_utf8_lossy(bytes))?),
            Format::Form => Body::Fields(form_urlencoded::parse(bytes).into_owned().collect()),
            Format::Multipart => Body::Fields(multipart::parse(bytes, content_type)?),
            Format::Text => Body::Text(String::from_utf8_lossy(bytes).into_owned()),
        };
        Ok(body)
    }

    pub(super) fn document(&self) -> Document<'_> {
        match self {
            Body::Json(part) => Document::Json(part.into()),
            Body::Xml(root) => Document::Xml(root),
            Body::Fields(fields) => Document::Fields(fields),
            Body::Text(text) => Document::Text(text),
        }
    }
}

impl Document<'_> {
    /// Its text: a string as it is, a number in digits, an element's own text. Nothing for null, true, false, lists
    /// and maps.
    pub fn text(&self) -> Option<String> {
        match self {
            Document::Json(Json::Whole(Value::String(text))) => Some(text.clone()),
            Document::Json(Json::Whole(Value::Number(number))) => Some(number.to_string()),
            Document::Json(_) | Document::Fields(_) => None,
            Document::Xml(element) => Some(element.text.clone()),
            Document::Text(text) => Some((*text).to_owned()),
        }
    }

    /// As a value that can be kept for later messages.
    pub fn to_json(&self) -> Option<Value> {
        match self {
            Document::Json(json) => json.whole().filter(|json| !json.is_null()).cloned(),
            other => other.text().map(Value::String),
        }
    }

    /// True for anything but null, false and empty text; `0` counts as something.
    pub fn is_something(&self) -> bool {
        match self {
            Document::Json(Json::Whole(Value::Null | Value::Bool(false))) => false,
            Document::Json(Json::Whole(Value::String(text))) => !text.trim().is_empty(),
            Document::Json(_) => true,
            Document::Xml(element) => !element.text.trim().is_empty() || !element.children.is_empty(),
            Document::Fields(fields) => !fields.is_empty(),
            Document::Text(text) => !text.trim().is_empty(),
        }
    }

    /// True when it equals `wanted`: by value in JSON, by text elsewhere.
    pub fn equals(&self, wanted: &Value) -> bool {
        if let Document::Json(json) = self {
            return json.whole() == Some(wanted);
        }
        let wanted = match wanted {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        self.text().is_some_and(|text| text.trim() == wanted)
    }
}
