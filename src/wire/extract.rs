//! Replies, errors and values to keep, out of a whole body or one piece of a stream.

use std::borrow::Cow;

use indexmap::IndexMap;
use serde_json::Value;

use super::document::{Body, Document};
use super::outline::Outline;
use super::said::{Said, Showing};
use super::scope::Scope;
use super::selector::Selector;
use super::template::{CompileError, Compiler, Template};
use super::{BrokenBody, LONGEST_TEXT, MOST_REPLIES};
use crate::scenario::{ErrorMark, Extract, Format};

/// Longest value to keep, in bytes: every open conversation holds its own.
const LONGEST_KEPT: usize = 16 << 10;

/// What a body says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Extracted {
    /// The replies, in order; none when the body only acknowledges.
    pub replies: Vec<Said>,
    /// The error it tells, in its words.
    pub error: Option<String>,
    /// Values to keep for later messages.
    pub captured: Vec<(String, Value)>,
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
    acknowledges: Vec<String>,
}

impl Extractor {
    /// Compiles `rule`, which stands at `place` (`reply.response`).
    ///
    /// # Errors
    /// The first template or selector that is none.
    pub fn compile(compiler: &Compiler, place: &str, rule: &Extract) -> Result<Extractor, CompileError> {
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
            acknowledges: rule.acknowledges.iter().map(|text| text.trim().to_owned()).collect(),
        };
        extractor.outline = extractor.wanted();
        Ok(extractor)
    }

    /// What of a JSON body its selectors ask for.
    fn wanted(&self) -> Outline {
        let mut outline = Outline::default();
        self.errors.want(&mut outline);
        self.captures.want(&mut outline);
        let items = match &self.each {
            Some(each) => each.follow(&mut outline),
            None => Some(&mut outline),
        };
        if let Some(items) = items {
            let of_each = [&self.when, &self.text].into_iter().flatten();
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
        let trimmed = body.trim_ascii();
        if trimmed.is_empty() || self.acknowledges.iter().any(|known| known.as_bytes() == trimmed) {
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
            replies: self.replies(&document)?,
        })
    }

    /// The replies, within their bounds.
    fn replies(&self, document: &Document<'_>) -> Result<Vec<Said>, BrokenBody> {
        let Some(each) = &self.each else {
            return bounded(self.reply(document).into_iter());
        };
        bounded(each.all(document).iter().filter_map(|item| self.reply(item)))
    }

    fn reply(&self, item: &Document<'_>) -> Option<Said> {
        if let Some(when) = &self.when
            && !when.all(item).iter().any(Document::is_something)
        {
            return None;
        }
        let text = match &self.text {
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

/// The selected texts one behind the other; of XML only the first, since its selectors have no way to name a place.
fn joined(selector: &Selector, item: &Document<'_>) -> Option<String> {
    let mut texts = selector.all(item).into_iter().filter_map(|found| found.text());
    match item {
        Document::Xml(_) => texts.next(),
        _ => Some(texts.collect()),
    }
}

/// What errors look like, compiled.
#[derive(Debug)]
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

    pub(super) fn want(&self, outline: &mut Outline) {
        let selectors = self.0.iter().flat_map(|mark| [Some(&mark.when), mark.text.as_ref()]);
        selectors.flatten().for_each(|selector| selector.want(outline));
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

    pub(super) fn want(&self, outline: &mut Outline) {
        self.0.iter().for_each(|(_, selector)| selector.want(outline));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::MediaKind;
    use serde_json::json;

    fn read(rule: Value, body: &str) -> Result<Extracted, BrokenBody> {
        let rule: Extract = serde_json::from_value(rule).unwrap();
        let compiler = Compiler::new(Scope::constants("", &IndexMap::from([("key".to_owned(), json!("k"))])));
        let extractor = Extractor::compile(&compiler, "reply.response", &rule).unwrap();
        extractor.read(body.as_bytes(), "multipart/form-data; boundary=b")
    }

    fn replies(rule: &Value, body: &str) -> Vec<String> {
        texts(read(rule.clone(), body).unwrap())
    }

    fn texts(extracted: Extracted) -> Vec<String> {
        extracted.replies.into_iter().map(|said| said.text).collect()
    }

    #[test]
    fn replies_are_found_in_every_format() {
        let xml = json!({"format": "xml", "when": "/xml/MsgType", "text": "/xml/Content", "acknowledges": ["success"]});
        let rasa = json!({"format": "json", "each": "$[*]", "text": "$.text"});
        let openai = json!({"format": "json", "text": "$.choices[0].message.content"});
        let parts = json!({"format": "json", "text": "$.content[*].text"});
        let form = json!({"format": "form", "when": "method", "text": "text"});
        let multipart = json!({"format": "multipart", "text": "text"});
        let text = json!({"format": "text", "acknowledges": ["ok"]});
        for (rule, body, expected) in [
            (
                &xml,
                "<xml><MsgType>text</MsgType><Content><![CDATA[好]]></Content></xml>",
                vec!["好"],
            ),
            (&xml, "<xml><Content>x</Content></xml>", vec![]),
            (&xml, " success\n", vec![]),
            (&xml, "", vec![]),
            (
                &rasa,
                "[{\"text\": \"a\"}, {\"image\": \"x\"}, {\"text\": \"b\"}, {\"text\": \" \"}]",
                vec!["a", "b"],
            ),
            (&rasa, "[]", vec![]),
            (
                &openai,
                "{\"choices\": [{\"message\": {\"content\": \"hi\"}}]}",
                vec!["hi"],
            ),
            (&openai, "{\"choices\": [{\"message\": {\"content\": null}}]}", vec![]),
            (
                &parts,
                "{\"content\": [{\"text\": \"a\"}, {\"x\": 1}, {\"text\": 7}]}",
                vec!["a7"],
            ),
            (&form, "method=sendMessage&text=%E6%82%A8+%E5%A5%BD", vec!["您 好"]),
            (&form, "text=hi", vec![]),
            (
                &multipart,
                "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nhi\r\n--b--",
                vec!["hi"],
            ),
            (&text, "hello", vec!["hello"]),
            (&text, "ok", vec![]),
        ] {
            assert_eq!(replies(rule, body), expected, "{rule} on {body}");
        }
    }

    #[test]
    fn a_reply_without_words_is_known_by_what_it_shows() {
        let shows = json!({"image": "$.image", "video": "$.attachments[?@.type == 'video'].url"});
        let rule = json!({"format": "json", "each": "$[*]", "text": "$.text", "shows": shows});
        let body = r#"[{"image": "http://x/1.png"}, {"text": "hi", "image": "x"}, {"image": "", "text": " "},
            {"attachments": [{"type": "video", "url": "v"}]}, {"image": null}]"#;
        let replies = read(rule, body).unwrap().replies;
        let seen: Vec<_> = replies.iter().map(|said| (said.text.as_str(), said.media)).collect();
        assert_eq!(
            seen,
            [
                ("[image]", Some(MediaKind::Image)),
                ("hi", None),
                ("[video]", Some(MediaKind::Video))
            ]
        );
        let wechat = json!({"format": "xml", "when": "/xml/MsgType", "text": "/xml/Content", "shows": {"image": "/xml/Image/MediaId"}});
        let body = "<xml><MsgType>image</MsgType><Image><MediaId>m1</MediaId></Image></xml>";
        assert_eq!(replies_of(wechat, body), [Some(MediaKind::Image)]);
    }

    fn replies_of(rule: Value, body: &str) -> Vec<Option<MediaKind>> {
        let replies = read(rule, body).unwrap().replies;
        replies.into_iter().map(|said| said.media).collect()
    }

    #[test]
    fn errors_and_values_to_keep_are_found_beside_replies() {
        let rule = json!({
            "format": "json", "each": "$.replies[*]", "text": "$.text",
            "error": [{"when": "$.error", "text": "$.error.message"}, {"when": "$.status", "is": "failed"}, {"when": "$.errcode"}],
            "capture": {"session": "$.session", "n": "$.n"},
        });
        for (body, error) in [
            ("{\"error\": {\"message\": \"no quota\"}}", Some("no quota")),
            ("{\"error\": \"down\"}", Some("down")),
            ("{\"error\": {\"code\": 7}}", Some("error without words")),
            ("{\"error\": null, \"status\": \"done\", \"errcode\": 0}", None),
            ("{\"status\": \"failed\"}", Some("failed")),
            ("{\"errcode\": 45047}", Some("45047")),
        ] {
            assert_eq!(read(rule.clone(), body).unwrap().error.as_deref(), error, "{body}");
        }
        let kept = read(rule, "{\"session\": \"s1\", \"n\": null}").unwrap().captured;
        assert_eq!(kept, [("session".to_owned(), json!("s1"))]);
    }

    #[test]
    fn of_several_xml_paths_all_are_read_in_the_order_of_the_document() {
        let twiml = json!({
            "format": "xml", "each": "/Response/Say | /Response/Gather/Say", "text": "/Say",
            "capture": {"action": "/Response/Gather/@action"},
        });
        let body =
            "<Response><Gather action=\"/menu?a=1&amp;b=2\"><Say>a</Say></Gather><Say>b</Say><Hangup/></Response>";
        let said = read(twiml, body).unwrap();
        assert_eq!(said.captured, [("action".to_owned(), json!("/menu?a=1&b=2"))]);
        assert_eq!(texts(said), ["a", "b"]);
        let sms = json!({"format": "xml", "each": "/R/Message | /R/Message/Body", "text": "/Message | /Body"});
        let body = "<R><Message>plain</Message><Message> <Body>in a body</Body></Message><Message/></R>";
        assert_eq!(replies(&sms, body), ["plain", "in a body"]);
    }

    #[test]
    fn a_body_is_decoded_before_it_is_read_and_an_acknowledgement_is_not() {
        let rule = json!({
            "format": "json", "text": "$.text", "acknowledges": ["success"],
            "decode": "{{ base64_decode(body | replace(settings.key, '')) }}",
        });
        assert_eq!(replies(&rule, "keyJ0ZXh0IjogIuWlvSJ9"), ["好"]);
        assert_eq!(read(rule.clone(), "success").unwrap(), Extracted::default());
        assert_eq!(
            read(rule, "!").unwrap_err().to_string(),
            "answer is unreadable: base64_decode() takes base64 with its padding"
        );
    }

    #[test]
    fn what_no_customer_could_read_is_too_long() {
        let rule =
            json!({"format": "json", "each": "$.replies[*]", "text": "$.text", "capture": {"session": "$.session"}});
        let body = |count: usize, text: &str, session: &str| {
            json!({"replies": vec![json!({"text": text}); count], "session": session}).to_string()
        };
        let outcome = |body: String| read(rule.clone(), &body).map(|extracted| extracted.replies.len());
        let too_long = |what: &str| Err(BrokenBody(format!("too long: over {what}")));
        assert_eq!(outcome(body(100, "a", "s")), Ok(100));
        assert_eq!(outcome(body(101, "a", "s")), too_long("100 replies"));
        assert_eq!(outcome(body(2, &"a".repeat(16 << 10), "s")), Ok(2));
        assert_eq!(outcome(body(2, &"a".repeat(17 << 10), "s")), too_long("32 KiB of text"));
        assert_eq!(
            outcome(body(1, "a", &"s".repeat(17 << 10))),
            too_long("16 KiB in `session`")
        );
    }

    #[test]
    fn a_body_of_another_format_is_broken_with_the_reason() {
        let broken = |rule: Value, body: &str| read(rule, body).unwrap_err().to_string();
        let json = json!({"format": "json", "text": "$.a"});
        assert!(broken(json.clone(), "<html>").starts_with("answer is not JSON: expected value"));
        assert!(broken(json, &format!("{{\"a\": {}", "[".repeat(100_000))).contains("recursion limit"));
        assert!(broken(json!({"format": "xml", "text": "/a"}), "{}").starts_with("answer is not XML: "));
    }
}
