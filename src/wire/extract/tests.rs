use super::*;
use crate::conversation::MediaKind;
use indexmap::IndexMap;
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
    let body = "<Response><Gather action=\"/menu?a=1&amp;b=2\"><Say>a</Say></Gather><Say>b</Say><Hangup/></Response>";
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
    let rule = json!({"format": "json", "each": "$.replies[*]", "text": "$.text", "capture": {"session": "$.session"}});
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
