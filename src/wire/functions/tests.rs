use serde_json::json;

use super::super::scope::{Facts, Scope};
use super::super::template::{Compiler, Template};
use crate::conversation::{MessageId, RunKey};

fn settings() -> indexmap::IndexMap<String, serde_json::Value> {
    let settings = json!({
        "token": "QDG6eK", "aes_key": "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "id": "wx5823bf96d3bd56c7",
    });
    serde_json::from_value(settings).unwrap()
}

fn template(source: &str) -> Template {
    // `message` keeps it from being a constant, which would be made without a message.
    let source = format!("{{{{ [message.id, {source}][1] }}}}");
    Compiler::new(Scope::constants("", &settings()))
        .compile("test", &source)
        .unwrap()
}

/// What a template makes of `{{ source }}`.
fn made(source: &str) -> Result<String, String> {
    let facts = Facts {
        id: MessageId {
            run: RunKey::of_seed(1),
            customer: 7,
            turn: 2,
            fragment: 1,
        },
        customer_id: "throng-1-7",
        customer_name: "Li",
        text: "hi",
        media: None,
        captured: &Default::default(),
        history: &[],
        now_ms: 1_795_219_433_123,
    };
    let text = template(source).text(&Scope::constants("", &settings()).of(&facts));
    text.map(|text| text.unwrap_or_else(|| "none".to_owned()))
        .map_err(|error| error.reason)
}

fn assert_made(wanted: &[(&str, &str)]) {
    for (source, expected) in wanted {
        assert_eq!(made(source).as_deref(), Ok(*expected), "{source}");
    }
}

#[test]
fn digests_are_those_of_the_published_vectors() {
    assert_made(&[
        // RFC 1321, appendix A.5.
        ("md5hex('')", "d41d8cd98f00b204e9800998ecf8427e"),
        ("md5hex('message digest')", "f96b697d7cb7938d525a2f31aaf161d0"),
        // FIPS 180-2, appendices A.1 and B.1.
        ("sha1hex('abc')", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        (
            "sha256hex('abc')",
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        ),
        // RFC 4231, test cases 2 and 1: a text as the key, and bytes.
        (
            "hmac_sha256_hex('Jefe', 'what do ya want for nothing?')",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        (
            "hmac_sha256_hex(base64_decode('CwsLCwsLCwsLCwsLCwsLCwsLCws='), 'Hi There')",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        ),
        (
            "hmac_sha256_base64('Jefe', 'what do ya want for nothing?')",
            "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=",
        ),
        // RFC 2202, test case 2.
        (
            "hmac_sha1_hex('Jefe', 'what do ya want for nothing?')",
            "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
        ),
        ("sha1hex(123)", "40bd001563085fc35165329ea1ff5c5ecbdbbeef"),
    ]);
}

#[test]
fn a_form_is_signed_as_twilio_documents_it() {
    // Twilio, "Validating requests", the example with token 12345.
    let form = "CallSid=CA1234567890ABCDE&Caller=%2B14158675310&Digits=1234&From=%2B14158675310&To=%2B18005551212";
    let signed =
        format!("hmac_sha1_base64('12345', 'https://mycompany.com/myapp.php?foo=1&bar=2' ~ sorted_form('{form}'))");
    assert_made(&[(signed.as_str(), "GvWf1cFY/Q7PnoempGyD5oXAezc=")]);
}

#[test]
fn texts_are_encoded_and_decoded() {
    assert_made(&[
        // RFC 4648, section 10.
        ("base64('foobar')", "Zm9vYmFy"),
        ("base64(base64_decode('Zm8='))", "Zm8="),
        ("base64_decode('5oKo5aW9') ~ ''", "您好"),
        ("url_encode('a b/您*~')", "a%20b%2F%E6%82%A8%2A~"),
        ("sorted_form('b=2&a=%E6%82%A8+x&a=1')", "a1a您 xb2"),
        ("resolve('http://h:1/ivr/start?x=1', 'menu')", "http://h:1/ivr/menu"),
        ("resolve('http://h:1/ivr', '/other')", "http://h:1/other"),
        ("keypad(' 12*# ')", "12*#"),
        ("keypad('one')", "none"),
        ("keypad(' ')", "none"),
    ]);
    for (wrong, words) in [
        ("base64_decode('!')", "base64_decode() takes base64"),
        ("resolve('menu', 'x')", "resolve() takes a URL"),
        ("sha1hex([1])", "text, bytes or a number"),
    ] {
        let error = made(wrong).unwrap_err();
        assert!(error.contains(words), "{wrong}: {error}");
    }
}

/// WeCom's own sample: token, key, id, and a push with its signature (its library's `Sample.py`).
const SAMPLE: &str = "<xml><ToUserName><![CDATA[wx5823bf96d3bd56c7]]></ToUserName><Encrypt><![CDATA[RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q==]]></Encrypt><MsgSignature><![CDATA[477715d11cdb4164915debcba66cb864d751f3e6]]></MsgSignature><TimeStamp>1409659813</TimeStamp><Nonce><![CDATA[1372623149]]></Nonce></xml>";

const OPEN: &str = "token=settings.token, key=settings.aes_key, id=settings.id";

#[test]
fn wecoms_own_sample_is_decrypted() {
    let opened = made(&format!("wechat_decrypt('{SAMPLE}', {OPEN})")).unwrap();
    assert!(opened.contains("<Content><![CDATA[hello]]></Content>"), "{opened}");
    let json = format!(
        "wechat_decrypt(tojson({{'Encrypt': '{}', 'MsgSignature': '477715d11cdb4164915debcba66cb864d751f3e6', 'TimeStamp': 1409659813, 'Nonce': '1372623149'}}), format='json', {OPEN})",
        SAMPLE.split("CDATA[").nth(2).unwrap().split("]]").next().unwrap()
    );
    assert_eq!(made(&json).unwrap(), opened);
}

#[test]
fn what_was_encrypted_is_decrypted_whatever_its_length() {
    for length in 0..70 {
        let text = "您".repeat(length);
        let encrypted = made(&format!(
            "wechat_encrypt({}, key=settings.aes_key, id=settings.id)",
            json!(text)
        ))
        .unwrap();
        let sealed = json!({"Encrypt": encrypted, "TimeStamp": "1", "Nonce": "2"});
        let signature = made(&format!(
            "sha1hex(sorted_join(settings.token, '1', '2', '{encrypted}'))"
        ))
        .unwrap();
        let body = format!("dict({sealed}, MsgSignature='{signature}')");
        let opened = made(&format!("wechat_decrypt(tojson({body}), format='json', {OPEN})"));
        assert_eq!(opened, Ok(text));
    }
}

#[test]
fn what_cannot_be_decrypted_says_why_and_shows_no_secret() {
    for (body, arguments, words) in [
        ("oops", OPEN, "not XML"),
        (
            "<xml><MsgType>text</MsgType></xml>",
            OPEN,
            "not encrypted: it has no `Encrypt`",
        ),
        (
            SAMPLE,
            "token='other', key=settings.aes_key, id=settings.id",
            "MsgSignature does not fit: does the bot have the same token",
        ),
        (
            SAMPLE,
            "token=settings.token, key='abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG', id=settings.id",
            "same EncodingAESKey",
        ),
        (
            SAMPLE,
            "token=settings.token, key='short', id=settings.id",
            "43 characters",
        ),
        (
            SAMPLE,
            "token=settings.token, key=settings.aes_key, id='wxother'",
            "another app id",
        ),
        (
            SAMPLE,
            "token=settings.token, key=settings.aes_key, id=settings.id, format='yaml'",
            "formats `xml` and `json`",
        ),
        (
            "<xml><Encrypt>AAAA</Encrypt><MsgSignature>9d81bc26a5e5c0b4a2ee3a9f7f8df4ff8e1b9cfa</MsgSignature><TimeStamp>1</TimeStamp></xml>",
            OPEN,
            "no `Nonce`",
        ),
    ] {
        let error = made(&format!("wechat_decrypt('{body}', {arguments})")).unwrap_err();
        assert!(error.contains(words), "{words}: {error}");
        assert!(!error.contains("QDG6eK") && !error.contains("jWmYm7qr"), "{error}");
    }
}
