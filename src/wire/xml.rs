//! XML as a small tree. Entities: the five of XML and character references; a DTD is skipped, never expanded.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::BrokenBody;

/// Deepest nesting that is read.
const DEEPEST: usize = 64;

/// Most elements that are read.
const MOST_ELEMENTS: usize = 10_000;

/// An element. Attributes are not kept: no platform puts a reply there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Element {
    /// Its name as written, prefix included.
    pub name: String,
    /// Its own text, CDATA included, without that of its children.
    pub text: String,
    /// The elements in it.
    pub children: Vec<Element>,
}

impl Element {
    /// Reads a whole document.
    pub(super) fn parse(body: &str) -> Result<Element, BrokenBody> {
        let mut reader = Reader::from_str(body);
        let mut open: Vec<Element> = Vec::new();
        let mut root = None;
        let mut elements = 0;
        loop {
            let event = reader.read_event().map_err(|error| broken(&error.to_string()))?;
            match event {
                Event::Start(start) => {
                    elements += 1;
                    if open.len() >= DEEPEST || elements > MOST_ELEMENTS {
                        return Err(broken("nested too deep, or too many elements"));
                    }
                    open.push(named(&start));
                }
                Event::Empty(start) => {
                    elements += 1;
                    place(named(&start), &mut open, &mut root)?;
                }
                Event::End(_) => {
                    let closed = open.pop().ok_or_else(|| broken("an end without a start"))?;
                    place(closed, &mut open, &mut root)?;
                }
                Event::Text(text) => add(&mut open, &text.decode().map_err(|error| broken(&error.to_string()))?)?,
                Event::CData(text) => add(&mut open, &text.decode().map_err(|error| broken(&error.to_string()))?)?,
                Event::GeneralRef(reference) => add(&mut open, &resolved(&reference)?)?,
                Event::Eof => break,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
        match (root, open.pop()) {
            (_, Some(unclosed)) => Err(broken(&format!("it ends before </{}>", unclosed.name))),
            (Some(root), None) => Ok(root),
            (None, None) => Err(broken("it has no element")),
        }
    }

    /// The elements that `path` leads to, this one being its first name.
    pub(super) fn find<'a>(&'a self, path: &[String], found: &mut Vec<&'a Element>) {
        match path {
            [name] if *name == self.name => found.push(self),
            [name, rest @ ..] if *name == self.name => self.children.iter().for_each(|child| child.find(rest, found)),
            _ => {}
        }
    }
}

fn broken(reason: &str) -> BrokenBody {
    BrokenBody(format!("not XML: {reason}"))
}

fn named(start: &BytesStart<'_>) -> Element {
    Element {
        name: String::from_utf8_lossy(start.name().as_ref()).into_owned(),
        ..Element::default()
    }
}

fn place(closed: Element, open: &mut [Element], root: &mut Option<Element>) -> Result<(), BrokenBody> {
    match open.last_mut() {
        Some(parent) => parent.children.push(closed),
        None if root.is_none() => *root = Some(closed),
        None => return Err(broken("it has two roots")),
    }
    Ok(())
}

fn add(open: &mut [Element], text: &str) -> Result<(), BrokenBody> {
    match open.last_mut() {
        Some(element) => element.text.push_str(text),
        None if text.trim().is_empty() => {}
        None => return Err(broken("text outside of the root")),
    }
    Ok(())
}

fn resolved(reference: &BytesRef<'_>) -> Result<String, BrokenBody> {
    if let Some(character) = reference
        .resolve_char_ref()
        .map_err(|error| broken(&error.to_string()))?
    {
        return Ok(character.to_string());
    }
    let name = reference.decode().map_err(|error| broken(&error.to_string()))?;
    let known = resolve_predefined_entity(&name).map(str::to_owned);
    known.ok_or_else(|| broken(&format!("unknown entity `&{name};`")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cdata_and_entities_are_read_and_a_dtd_is_never_expanded() {
        let xml = "<?xml version=\"1.0\"?><xml><A><![CDATA[<b>&amp;]]></A><B>a &lt; b &#20320;&#x597d;</B><C/></xml>";
        let root = Element::parse(xml).unwrap();
        let texts: Vec<_> = root.children.iter().map(|child| child.text.as_str()).collect();
        assert_eq!(texts, ["<b>&amp;", "a < b 你好", ""]);
        let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><xml>&b;</xml>";
        assert!(Element::parse(bomb).unwrap_err().0.contains("unknown entity `&b;`"));
    }

    #[test]
    fn what_is_not_xml_is_refused_with_its_reason() {
        let deep = "<a>".repeat(100_000);
        let wide = format!("<a>{}</a>", "<b/>".repeat(100));
        assert_eq!(Element::parse(&wide).unwrap().children.len(), 100);
        for (text, reason) in [
            ("", "no element"),
            ("success", "outside of the root"),
            ("<a><b></a>", "expected `</b>`"),
            ("<a><b></b>", "it ends before </a>"),
            ("<a/><b/>", "two roots"),
            (deep.as_str(), "too deep"),
        ] {
            let error = Element::parse(text).unwrap_err().0;
            assert!(error.contains(reason), "{error}");
        }
    }
}
