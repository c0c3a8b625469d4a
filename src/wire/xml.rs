//! XML as a small tree. Entities: the five of XML and character references; a DTD is skipped, never expanded.

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::BrokenBody;
use super::document::Document;

/// Deepest nesting that is read.
const DEEPEST: usize = 64;

/// Most elements that are read, each attribute counted like one.
const MOST_ELEMENTS: usize = 10_000;

/// Most attributes of an element. Each is compared with all before it.
const MOST_ATTRIBUTES: usize = 256;

/// An element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Element {
    /// Its name as written, prefix included.
    pub name: String,
    /// Its attributes, as (name, text).
    pub attributes: Vec<(String, String)>,
    /// Its own text, CDATA included, without that of its children.
    pub text: String,
    /// The elements in it.
    pub children: Vec<Element>,
}

impl Element {
    /// Reads a whole document.
    ///
    /// # Errors
    /// When it is not XML, or beyond its bounds.
    pub fn parse(body: &str) -> Result<Element, BrokenBody> {
        let mut reader = Reader::from_str(body);
        let mut open: Vec<Element> = Vec::new();
        let mut root = None;
        let mut elements = 0;
        let mut admit = |element: &Element, depth: usize| {
            elements += 1 + element.attributes.len();
            match depth < DEEPEST && elements <= MOST_ELEMENTS {
                true => Ok(()),
                false => Err(broken("nested too deep, or too many elements")),
            }
        };
        loop {
            let event = reader.read_event().map_err(|error| broken(&error.to_string()))?;
            match event {
                Event::Start(start) => {
                    let element = named(&start)?;
                    admit(&element, open.len())?;
                    open.push(element);
                }
                Event::Empty(start) => {
                    let element = named(&start)?;
                    admit(&element, open.len())?;
                    place(element, &mut open, &mut root)?;
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

    /// What `paths` lead to, in the order of the document, this element being the first name of each.
    pub(super) fn find<'a>(&'a self, paths: &[Path<'_>], found: &mut Vec<Document<'a>>) {
        let here: Vec<Path<'_>> = paths.iter().filter_map(|path| path.behind(&self.name)).collect();
        let ends = || here.iter().filter(|path| path.names.is_empty());
        if ends().any(|path| path.attribute.is_none()) {
            found.push(Document::Xml(self));
        }
        for name in ends().filter_map(|path| path.attribute) {
            let named = self.attributes.iter().filter(|(known, _)| known == name);
            found.extend(named.map(|(_, text)| Document::Text(text)));
        }
        let deeper: Vec<Path<'_>> = here.into_iter().filter(|path| !path.names.is_empty()).collect();
        if !deeper.is_empty() {
            self.children.iter().for_each(|child| child.find(&deeper, found));
        }
    }
}

/// Names from an element down, and of the last one an attribute or the element itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Path<'a> {
    pub(super) names: &'a [String],
    pub(super) attribute: Option<&'a str>,
}

impl<'a> Path<'a> {
    /// What is left of it behind an element of this name.
    fn behind(&self, name: &str) -> Option<Path<'a>> {
        let (first, names) = self.names.split_first()?;
        (first == name).then_some(Path { names, ..*self })
    }
}

fn broken(reason: &str) -> BrokenBody {
    BrokenBody(format!("not XML: {reason}"))
}

fn named(start: &BytesStart<'_>) -> Result<Element, BrokenBody> {
    let text = |name: &[u8]| String::from_utf8_lossy(name).into_owned();
    let attributes = start.attributes().take(MOST_ATTRIBUTES + 1).map(|attribute| {
        let attribute = attribute.map_err(|error| broken(&error.to_string()))?;
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| broken(&error.to_string()))?;
        Ok((text(attribute.key.as_ref()), value.into_owned()))
    });
    let attributes: Vec<_> = attributes.collect::<Result<_, _>>()?;
    if attributes.len() > MOST_ATTRIBUTES {
        return Err(broken("an element has too many attributes"));
    }
    Ok(Element {
        name: text(start.name().as_ref()),
        attributes,
        ..Element::default()
    })
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
    fn attributes_are_kept() {
        let root = Element::parse("<a href=\"/x?a=1&amp;b=2\"><b c='1' c2=''/></a>").unwrap();
        assert_eq!(root.attributes, [("href".to_owned(), "/x?a=1&b=2".to_owned())]);
        assert_eq!(root.children[0].attributes.len(), 2);
    }

    #[test]
    fn what_is_not_xml_is_refused_with_its_reason() {
        let deep = "<a>".repeat(100_000);
        let wide = |children: usize| format!("<a>{}</a>", "<b/>".repeat(children));
        assert_eq!(
            Element::parse(&wide(MOST_ELEMENTS - 1)).unwrap().children.len(),
            MOST_ELEMENTS - 1
        );
        let dressed = |attributes: usize| {
            let attributes: String = (0..attributes).map(|number| format!(" n{number}=''")).collect();
            format!("<b{attributes}/>")
        };
        let fully_dressed = format!(
            "<a>{}</a>",
            dressed(MOST_ATTRIBUTES).repeat(MOST_ELEMENTS / MOST_ATTRIBUTES)
        );
        for (text, reason) in [
            ("", "no element"),
            ("success", "outside of the root"),
            ("<a><b></a>", "expected `</b>`"),
            ("<a><b></b>", "it ends before </a>"),
            ("<a/><b/>", "two roots"),
            ("<a b=c/>", "not XML"),
            ("<a b='&bomb;'/>", "not XML"),
            (deep.as_str(), "too deep"),
            (wide(MOST_ELEMENTS).as_str(), "too many elements"),
            (fully_dressed.as_str(), "too many elements"),
            (dressed(MOST_ATTRIBUTES + 1).as_str(), "too many attributes"),
        ] {
            let error = Element::parse(text).unwrap_err().0;
            assert!(error.contains(reason), "{error}");
        }
    }
}
