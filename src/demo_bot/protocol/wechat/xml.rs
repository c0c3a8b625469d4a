//! WeChat's XML, read and written.

use std::collections::BTreeMap;
use std::io;

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesCData, BytesEnd, BytesRef, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};

use crate::demo_bot::protocol::unix_time_s;

/// What the account says to this customer.
pub(super) fn reply_xml(to: &str, from: &str, text: &str) -> io::Result<Vec<u8>> {
    let mut writer = Writer::new(Vec::new());
    writer.write_event(Event::Start(BytesStart::new("xml")))?;
    for (name, value) in [("ToUserName", to), ("FromUserName", from)] {
        write_text(&mut writer, name, value)?;
    }
    let created = unix_time_s().to_string();
    writer
        .create_element("CreateTime")
        .write_text_content(BytesText::new(&created))?;
    write_text(&mut writer, "MsgType", "text")?;
    write_text(&mut writer, "Content", text)?;
    writer.write_event(Event::End(BytesEnd::new("xml")))?;
    Ok(writer.into_inner())
}

pub(super) fn write_text(writer: &mut Writer<Vec<u8>>, name: &str, text: &str) -> io::Result<()> {
    // XML 1.0 has no place for other control characters, not even escaped.
    let is_allowed = |character: &char| !character.is_control() || matches!(character, '\n' | '\t');
    let text: String = text.chars().filter(is_allowed).collect();
    writer.write_event(Event::Start(BytesStart::new(name)))?;
    for section in BytesCData::escaped(&text) {
        writer.write_event(Event::CData(section))?;
    }
    writer.write_event(Event::End(BytesEnd::new(name)))
}

/// The texts of the elements below the root.
pub(super) fn fields_of(body: &[u8]) -> Result<BTreeMap<String, String>, String> {
    let text = std::str::from_utf8(body).map_err(|_| "expected UTF-8".to_owned())?;
    let mut reader = Reader::from_str(text);
    let mut fields = BTreeMap::new();
    let mut open: Vec<String> = Vec::new();
    loop {
        let piece = match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(element) => {
                open.push(String::from_utf8_lossy(element.name().as_ref()).into_owned());
                continue;
            }
            Event::End(_) => {
                open.pop();
                continue;
            }
            Event::Eof if open.is_empty() && !fields.is_empty() => return Ok(fields),
            Event::Eof => return Err("expected `<xml>` with the fields of a message".to_owned()),
            Event::Text(text) => text.decode().map_err(|error| error.to_string())?.into_owned(),
            Event::CData(text) => text.decode().map_err(|error| error.to_string())?.into_owned(),
            Event::GeneralRef(reference) => resolved(&reference)?,
            _ => continue,
        };
        if let [_, name] = open.as_slice() {
            fields.entry(name.clone()).or_insert_with(String::new).push_str(&piece);
        }
    }
}

/// `&lt;` and `&#60;` are known; entities that a document declares itself are not.
fn resolved(reference: &BytesRef<'_>) -> Result<String, String> {
    if let Some(character) = reference.resolve_char_ref().map_err(|error| error.to_string())? {
        return Ok(character.to_string());
    }
    let name = reference.decode().map_err(|error| error.to_string())?;
    resolve_predefined_entity(&name)
        .map(str::to_owned)
        .ok_or_else(|| format!("unknown entity `{name}`"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_of_a_push_are_read_whatever_their_quoting() {
        let body = "<xml>\n<Content><![CDATA[a<b]]>&amp;&#99;</Content><MsgId>7</MsgId><Empty/><x><y>z</y></x></xml>";
        let fields = fields_of(body.as_bytes()).unwrap();
        assert_eq!(fields["Content"], "a<b&c");
        assert_eq!(fields["MsgId"], "7");
        assert!(!fields.contains_key("y"));
        for broken in [
            "",
            "text",
            "<xml>",
            "<xml></xml>",
            "<a></b>",
            "<xml><a>&bomb;</a></xml>",
            "<xml><a>&#0;</a></xml>",
        ] {
            assert!(fields_of(broken.as_bytes()).is_err(), "{broken}");
        }
        assert!(fields_of(b"<xml><a>\xff</a></xml>").is_err());
    }

    #[test]
    fn any_text_survives_the_reply() {
        for text in ["您好", "a ]]> b", "]]>", "<xml>&amp;</xml>", "", "line\nline\u{0}\u{8}"] {
            let xml = reply_xml("oUser", "gh_shop", text).unwrap();
            let fields = fields_of(&xml).unwrap();
            let expected = text.replace(['\u{0}', '\u{8}'], "");
            assert_eq!(fields.get("Content").cloned().unwrap_or_default(), expected);
            assert_eq!(fields["ToUserName"], "oUser");
        }
    }
}
