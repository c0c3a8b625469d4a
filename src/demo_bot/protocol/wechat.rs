//! A WeChat official account in plain mode: signed XML in, XML or `success` out, and the address check by `echostr`.
//!
//! Signatures are checked with code of its own, so that throng's signing is checked by other eyes.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use bytes::Bytes;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesCData, BytesEnd, BytesRef, BytesStart, BytesText, Event};
use quick_xml::{Reader, Writer};
use serde::Deserialize;
use sha1::{Digest, Sha1};

use super::{Protocol, unix_time_s};
use crate::demo_bot::bot::Bot;
use crate::demo_bot::delivery::Delivery;
use crate::demo_bot::exchange::{Pace, Speech, answer, reject};
use crate::demo_bot::message::{Id, Inbound};

const TEXT: &str = "text/plain";
const XML: &str = "text/xml";

/// What WeChat puts into the address.
#[derive(Debug, Deserialize)]
pub(in crate::demo_bot) struct Signed {
    #[serde(default)]
    signature: String,
    #[serde(default)]
    timestamp: String,
    #[serde(default)]
    nonce: String,
    #[serde(default)]
    echostr: String,
}

/// `GET /wechat`: echoes `echostr` to those who know the token.
pub(in crate::demo_bot) async fn verify(State(bot): State<Arc<Bot>>, Query(signed): Query<Signed>) -> Response<Body> {
    if signed.fits(bot.wechat_token()) {
        signed.echostr.into_response()
    } else {
        reject(&bot, StatusCode::FORBIDDEN, "the signature is wrong")
    }
}

/// `POST /wechat`: a message. What is not text is acknowledged.
pub(in crate::demo_bot) async fn push(
    State(bot): State<Arc<Bot>>,
    Query(signed): Query<Signed>,
    body: Bytes,
) -> Response<Body> {
    if !signed.fits(bot.wechat_token()) {
        return reject(&bot, StatusCode::FORBIDDEN, "the signature is wrong");
    }
    let fields = match fields_of(&body) {
        Ok(fields) => fields,
        Err(why) => return reject(&bot, StatusCode::BAD_REQUEST, &why),
    };
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    if field("MsgType") != "text" {
        return "success".into_response();
    }
    let Ok(number) = field("MsgId").trim().parse() else {
        return reject(&bot, StatusCode::BAD_REQUEST, "expected a number in `MsgId`");
    };
    let message = Inbound {
        id: Some(Id::from_number(number, bot.run())),
        customer: Some(field("FromUserName")),
        text: field("Content"),
        protocol: Protocol::WeChat,
    };
    let (from, to) = (field("ToUserName"), field("FromUserName"));
    answer(bot, message, move |speech, pace| render(&to, &from, speech, pace)).await
}

impl Signed {
    /// True when the signature is the SHA-1 of token, timestamp and nonce, sorted and joined.
    fn fits(&self, token: &str) -> bool {
        let mut parts = [token, &self.timestamp, &self.nonce];
        parts.sort_unstable();
        let digest = Sha1::digest(parts.concat());
        let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        hex == self.signature
    }
}

fn render(to: &str, from: &str, speech: &Speech, pace: &Pace) -> Delivery {
    match speech {
        Speech::Say(texts) => {
            let text = texts.first().map_or("", String::as_str);
            match reply_xml(to, from, text) {
                Ok(xml) => Delivery::whole(XML, xml, pace.pause).with_text(),
                Err(_) => Delivery::whole(TEXT, "success", pace.pause),
            }
        }
        Speech::Acknowledge { .. } => Delivery::whole(TEXT, "success", pace.pause),
        Speech::Nothing => Delivery::whole(TEXT, "", pace.pause),
        // WeChat has no errors of its own here: whatever is neither XML nor `success` shows the customer one.
        Speech::Error => Delivery::whole(TEXT, "error: the bot failed to answer", pace.pause),
    }
}

fn reply_xml(to: &str, from: &str, text: &str) -> io::Result<Vec<u8>> {
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

fn write_text(writer: &mut Writer<Vec<u8>>, name: &str, text: &str) -> io::Result<()> {
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
fn fields_of(body: &[u8]) -> Result<BTreeMap<String, String>, String> {
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

    #[test]
    fn a_signature_is_the_digest_of_the_sorted_parts() {
        // printf '%s' 1795219433 288917963 harnesstoken | sha1sum, the parts sorted as text.
        let signed = |signature: &str| Signed {
            signature: signature.to_owned(),
            timestamp: "1795219433".to_owned(),
            nonce: "288917963".to_owned(),
            echostr: String::new(),
        };
        let right = "4cd26cd88737000c9bb9fc4e9d6ceafe4d1d7396";
        assert!(signed(right).fits("harnesstoken"));
        assert!(!signed(right).fits("other"));
        assert!(!signed("").fits("harnesstoken"));
    }
}
