//! A call of the bot to the platform's API, read into one JSON value.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, Method};
use serde_json::{Map, Value};
use url::form_urlencoded;

use super::{BrokenBody, multipart};

/// A call: `{method, path, query, headers, body}`.
#[derive(Debug, Clone, PartialEq)]
pub struct Call(pub(super) Value);

/// The parts of a request that a call is read from.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The method.
    pub method: &'a Method,
    /// The query, without its question mark.
    pub query: &'a str,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The body.
    pub body: &'a [u8],
}

impl Call {
    /// Reads a call; `path` is what the route's names stand for. A body's form is what its `Content-Type` says; one without
    /// is JSON if it can be read as such, else text.
    ///
    /// # Errors
    /// When the body is not what its `Content-Type` says.
    pub fn read(request: Request<'_>, path: Vec<(String, String)>) -> Result<Call, BrokenBody> {
        let headers = request.headers.iter().map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            (name.as_str().to_owned(), value)
        });
        let query = form_urlencoded::parse(request.query.as_bytes()).into_owned();
        let mut call = Map::new();
        call.insert("method".to_owned(), request.method.as_str().into());
        call.insert("path".to_owned(), texts(path.into_iter()));
        call.insert("query".to_owned(), texts(query));
        call.insert("headers".to_owned(), texts(headers));
        call.insert("body".to_owned(), body(request.headers, request.body)?);
        Ok(Call(Value::Object(call)))
    }

    /// A call whose body cannot be read, for the answer that says so.
    pub fn without_body(request: Request<'_>) -> Call {
        let bare = Request { body: &[], ..request };
        Call::read(bare, Vec::new()).unwrap_or(Call(Value::Null))
    }

    pub(super) fn value(&self) -> minijinja::Value {
        minijinja::value::Serde(&self.0).into()
    }
}

fn body(headers: &HeaderMap, bytes: &[u8]) -> Result<Value, BrokenBody> {
    if bytes.trim_ascii().is_empty() {
        return Ok(Value::Null);
    }
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default();
    let is = |wanted: &str| kind.trim_start().to_ascii_lowercase().starts_with(wanted);
    if is("multipart/form-data") {
        return Ok(texts(multipart::parse(bytes, kind)?.into_iter()));
    }
    if is("application/x-www-form-urlencoded") {
        return Ok(texts(form_urlencoded::parse(bytes).into_owned()));
    }
    match serde_json::from_slice(bytes) {
        Ok(json) => Ok(json),
        Err(error) if kind.contains("json") => Err(BrokenBody(format!("not JSON: {error}"))),
        Err(_) => Ok(String::from_utf8_lossy(bytes).into_owned().into()),
    }
}

fn texts(fields: impl Iterator<Item = (String, String)>) -> Value {
    Value::Object(fields.map(|(name, text)| (name, text.into())).collect())
}
