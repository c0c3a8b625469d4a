//! Where in a body something is, compiled.

use jsonpath_rust::parser::model::{JpQuery, Segment, Selector as Part};
use jsonpath_rust::parser::parse_json_path;
use jsonpath_rust::query::js_path_process;
use serde_json::Value;

use super::document::Document;
use super::outline::Outline;
use super::part::Json;
use super::template::CompileError;
use super::xml;
use crate::scenario::Format;

mod astray;

/// Where in a body something is.
#[derive(Debug, Clone, PartialEq)]
pub struct Selector(Kind);

#[derive(Debug, Clone, PartialEq)]
enum Kind {
    /// JSONPath with names, places and `[*]` only: walked directly, since streams do it for every piece.
    Steps(Vec<Step>),
    /// Any other JSONPath.
    Query(JpQuery),
    /// Names from the root down; each path stands for what it leads to.
    Xml(Vec<XmlPath>),
    /// A form field's name.
    Field(String),
    /// A text body as it is.
    Whole,
}

#[derive(Debug, Clone, PartialEq)]
struct XmlPath {
    names: Vec<String>,
    attribute: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
enum Step {
    Name(String),
    Place(i64),
    Every,
}

impl Selector {
    /// Compiles the selector `source` for bodies of this format; it stands at `place`.
    ///
    /// # Errors
    /// When it is not a selector of that format.
    pub fn compile(place: &str, source: &str, format: Format) -> Result<Selector, CompileError> {
        let kind = match format {
            Format::Json => json_path(place, source)?,
            Format::Xml => Kind::Xml(xml_paths(place, source)?),
            Format::Form | Format::Multipart => Kind::Field(source.to_owned()),
            Format::Text => Kind::Whole,
        };
        Ok(Selector(kind))
    }

    /// Says in `outline` that what it selects is wanted; see [`Outline`].
    pub(super) fn want(&self, outline: &mut Outline) {
        if let Some(end) = self.follow(outline) {
            *end = Outline::Whole;
        }
    }

    /// The outline of what it selects, below `outline`; nothing if that is wanted whole, as it is for all but names and
    /// places.
    pub(super) fn follow<'a>(&self, outline: &'a mut Outline) -> Option<&'a mut Outline> {
        let Kind::Steps(steps) = &self.0 else {
            *outline = Outline::Whole;
            return None;
        };
        let mut at = outline;
        for step in steps {
            at = match step {
                Step::Name(name) => at.member(name)?,
                Step::Place(_) => at.item()?,
                Step::Every => {
                    *at = Outline::Whole;
                    return None;
                }
            };
        }
        Some(at)
    }

    /// True when for sure nothing that the other selects of a body is, holds or lies in something that it selects.
    pub(super) fn is_apart_from(&self, other: &Selector) -> bool {
        let (Kind::Steps(steps), Kind::Steps(others)) = (&self.0, &other.0) else {
            return false;
        };
        steps.iter().zip(others).any(|step| match step {
            (Step::Name(name), Step::Name(other)) => name != other,
            // Places from the end may be places from the start.
            (Step::Place(place), Step::Place(other)) => place != other && (*place < 0) == (*other < 0),
            (Step::Every, _) | (_, Step::Every) => false,
            (Step::Name(_), Step::Place(_)) | (Step::Place(_), Step::Name(_)) => true,
        })
    }

    /// Everything it selects, in the order of the document.
    pub fn all<'a>(&self, document: &Document<'a>) -> Vec<Document<'a>> {
        match (&self.0, document) {
            (Kind::Steps(steps), Document::Json(json)) => {
                let mut found = Vec::new();
                walk(steps, *json, &mut |json| found.push(Document::Json(json)));
                found
            }
            (Kind::Query(_), Document::Json(json)) => {
                let found = json.whole().map(|json| self.all_json(json)).unwrap_or_default();
                found.into_iter().map(|json| Document::Json(json.into())).collect()
            }
            (Kind::Xml(paths), Document::Xml(element)) => {
                let paths: Vec<xml::Path<'_>> = paths.iter().map(XmlPath::as_path).collect();
                let mut found = Vec::new();
                element.find(&paths, &mut found);
                found
            }
            (Kind::Field(name), Document::Fields(fields)) => {
                let named = fields.iter().filter(|(known, _)| known == name);
                named.map(|(_, text)| Document::Text(text)).collect()
            }
            (Kind::Field(_) | Kind::Whole, Document::Text(text)) => vec![Document::Text(text)],
            _ => Vec::new(),
        }
    }

    /// Everything that a JSONPath selects; nothing for other selectors.
    pub fn all_json<'a>(&self, json: &'a Value) -> Vec<&'a Value> {
        match &self.0 {
            Kind::Steps(steps) => {
                let mut found = Vec::new();
                walk(steps, json.into(), &mut |json| found.extend(json.whole()));
                found
            }
            Kind::Query(query) => {
                let found = js_path_process(query, json).unwrap_or_default();
                found.into_iter().map(|reference| reference.val).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The first thing that a JSONPath selects of a value, or of what was wanted of one with this selector among those that want.
    pub fn first_json<'a>(&self, json: impl Into<Json<'a>>) -> Option<&'a Value> {
        let json = json.into();
        match &self.0 {
            Kind::Steps(steps) => {
                let mut first = None;
                walk(steps, json, &mut |json| first = first.or(json.whole()));
                first
            }
            _ => self.all_json(json.whole()?).into_iter().next(),
        }
    }
}

fn walk<'a>(steps: &[Step], json: Json<'a>, found: &mut impl FnMut(Json<'a>)) {
    let Some((step, rest)) = steps.split_first() else {
        return found(json);
    };
    match (step, json) {
        (Step::Name(name), json) => {
            if let Some(member) = json.member(name) {
                walk(rest, member, found);
            }
        }
        (Step::Place(place), json) => {
            if let Some(item) = json.item(*place) {
                walk(rest, item, found);
            }
        }
        // Whoever wants every member wants the whole.
        (Step::Every, Json::Whole(Value::Array(items))) => items.iter().for_each(|item| walk(rest, item.into(), found)),
        (Step::Every, Json::Whole(Value::Object(map))) => map.values().for_each(|item| walk(rest, item.into(), found)),
        _ => {}
    }
}

fn json_path(place: &str, source: &str) -> Result<Kind, CompileError> {
    let query = parse_json_path(source).map_err(|_| {
        let reason = format!("expected a JSONPath such as `$.reply.text`, found `{source}`");
        CompileError::new(place, reason)
    })?;
    let steps: Option<Vec<Step>> = query.segments.iter().map(step).collect();
    Ok(match steps {
        Some(steps) => Kind::Steps(steps),
        None => Kind::Query(query),
    })
}

fn step(segment: &Segment) -> Option<Step> {
    match segment {
        Segment::Selector(Part::Name(name)) => Some(Step::Name(name.clone())),
        Segment::Selector(Part::Index(place)) => Some(Step::Place(*place)),
        Segment::Selector(Part::Wildcard) => Some(Step::Every),
        _ => None,
    }
}

/// `/xml/Content`, `/Response/Gather/@action`, or several with `|` between them.
fn xml_paths(place: &str, source: &str) -> Result<Vec<XmlPath>, CompileError> {
    let paths = source.split('|').map(|path| XmlPath::parse(path.trim()));
    paths.collect::<Option<Vec<_>>>().ok_or_else(|| {
        let reason = format!("expected a path such as `/xml/Content`, found `{source}`");
        CompileError::new(place, reason)
    })
}

impl XmlPath {
    fn parse(source: &str) -> Option<XmlPath> {
        let mut names: Vec<String> = source.strip_prefix('/')?.split('/').map(str::to_owned).collect();
        let attribute = names.last()?.strip_prefix('@').map(str::to_owned);
        if attribute.is_some() {
            names.pop();
        }
        let is_name = |name: &String| !name.trim().is_empty() && !name.starts_with('@');
        let is_path = !names.is_empty() && names.iter().chain(&attribute).all(is_name);
        is_path.then_some(XmlPath { names, attribute })
    }

    fn as_path(&self) -> xml::Path<'_> {
        xml::Path {
            names: &self.names,
            attribute: self.attribute.as_deref(),
        }
    }
}

#[cfg(test)]
mod tests;
