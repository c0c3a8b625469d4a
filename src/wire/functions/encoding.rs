//! Texts and bytes written another way.

use std::borrow::Cow;
use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minijinja::value::Rest;
use minijinja::{Environment, Error, Value};
use url::{Url, form_urlencoded};

use super::refused;

pub(super) fn add(environment: &mut Environment<'static>) {
    environment.add_function("base64", |data: Value| {
        Ok::<_, Error>(STANDARD.encode(bytes_of(&data)?))
    });
    environment.add_function("base64_decode", |text: String| match STANDARD.decode(text.trim()) {
        Ok(bytes) => Ok(Value::from_bytes(bytes)),
        Err(_) => Err(refused("base64_decode() takes base64 with its padding")),
    });
    environment.add_function("url_encode", |text: String| url_encode(&text));
    environment.add_function("resolve", resolve);
    environment.add_function("sorted_join", sorted_join);
    environment.add_function("sorted_form", |form: String| sorted_form(&form));
    environment.add_function("keypad", |text: String| keypad(&text));
    environment.add_function("cdata", |text: String| {
        format!("<![CDATA[{}]]>", text.replace("]]>", "]]]]><![CDATA[>"))
    });
}

/// The bytes of a text, or bytes as they are; a number in its digits.
pub(super) fn bytes_of(value: &Value) -> Result<Cow<'_, [u8]>, Error> {
    if let Some(bytes) = value.as_bytes() {
        return Ok(bytes.into());
    }
    match value.is_number() {
        true => Ok(value.to_string().into_bytes().into()),
        false => Err(refused("a digest takes text, bytes or a number")),
    }
}

/// Percent-encodes all but letters, digits and `-._~` (RFC 3986, section 2.3).
fn url_encode(text: &str) -> String {
    text.bytes()
        .fold(String::with_capacity(text.len()), |mut encoded, byte| {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(byte.into()),
                // Writing to a string cannot fail.
                _ => write!(encoded, "%{byte:02X}").unwrap_or_default(),
            }
            encoded
        })
}

/// The URL that `reference` means on the page `base` (RFC 3986, section 5).
fn resolve(base: String, reference: String) -> Result<String, Error> {
    let url = Url::parse(&base).and_then(|base| base.join(&reference));
    url.map(String::from)
        .map_err(|error| refused(format!("resolve() takes a URL and a reference from it: {error}")))
}

fn sorted_join(mut parts: Rest<String>) -> String {
    parts.sort_unstable();
    parts.concat()
}

/// The fields of a form body, sorted by name, each name with its value behind it: what Twilio signs.
fn sorted_form(form: &str) -> String {
    let mut fields: Vec<(Cow<'_, str>, Cow<'_, str>)> = form_urlencoded::parse(form.as_bytes()).collect();
    fields.sort();
    fields
        .iter()
        .flat_map(|(name, value)| [name.as_ref(), value.as_ref()])
        .collect()
}

/// What a phone's keys can say: `text` if it is digits, `*` and `#` only, else `none`.
fn keypad(text: &str) -> Option<String> {
    let keys = text.trim();
    let is_key = |c: char| c.is_ascii_digit() || matches!(c, '*' | '#');
    (!keys.is_empty() && keys.chars().all(is_key)).then(|| keys.to_owned())
}
