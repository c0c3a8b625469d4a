//! A profile's request: compiled once, rendered for each message.

use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{HeaderMap, Method};
use serde_json::Value as Json;
use url::form_urlencoded;

use super::scope::Scope;
use super::template::{CompileError, Compiler, RenderError, Template};
use crate::scenario::{Answer, Request};

/// A request, ready to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Rendered {
    /// The method.
    pub method: Method,
    /// The whole URL, query included.
    pub url: String,
    /// The profile's headers, signature included; not `Host` and `Content-Length`.
    pub headers: HeaderMap,
    /// The exact bytes of the body.
    pub body: Vec<u8>,
}

/// A profile's request, compiled.
#[derive(Debug)]
pub struct RequestPlan {
    method: Method,
    url: Template,
    query: Vec<(String, Template)>,
    headers: Vec<(HeaderName, Template)>,
    body: BodyPlan,
    sign: Option<(HeaderName, Template)>,
}

#[derive(Debug)]
pub(super) enum BodyPlan {
    None,
    Json(Node),
    Form(Vec<(String, Template)>),
    Text(Template),
}

/// A JSON tree whose fixed parts are already bytes.
#[derive(Debug)]
pub(super) enum Node {
    Fixed(Vec<u8>),
    Value(Template),
    List(Vec<Node>),
    /// Keys are already JSON: quoted, and with the colon.
    Map(Vec<(Vec<u8>, Node)>),
}

impl RequestPlan {
    /// Compiles `request`, which stands at `place` (`send`).
    ///
    /// # Errors
    /// The first key that is not valid.
    pub fn compile(compiler: &Compiler, place: &str, request: &Request) -> Result<RequestPlan, CompileError> {
        let method = match request.method.as_str() {
            "GET" => Method::GET,
            "POST" => Method::POST,
            "PUT" => Method::PUT,
            other => {
                let reason = format!("expected GET, POST or PUT, found `{other}`");
                return Err(CompileError::new(&format!("{place}.method"), reason));
            }
        };
        let mut headers = Vec::new();
        for (name, value) in &request.headers {
            let place = format!("{place}.headers.{name}");
            headers.push((header_name(&place, name)?, compiler.compile(&place, value)?));
        }
        Ok(RequestPlan {
            method,
            url: compiler.compile(&format!("{place}.url"), &request.url)?,
            query: pairs(compiler, &format!("{place}.query"), request.query.iter())?,
            headers,
            body: BodyPlan::compile(compiler, place, request)?,
            sign: sign(compiler, place, request)?,
        })
    }

    /// The request for this scope.
    ///
    /// # Errors
    /// When a template fails, or a header's value has a line break.
    pub fn render(&self, scope: &mut Scope) -> Result<Rendered, RenderError> {
        let mut url = self.url.text(scope)?.unwrap_or_default();
        let query = encoded(&self.query, scope)?;
        if !query.is_empty() {
            url.push(if url.contains('?') { '&' } else { '?' });
            url.push_str(&query);
        }
        let body = self.body.render(scope)?;
        let mut headers = HeaderMap::with_capacity(self.headers.len() + 3);
        if let Some(kind) = self.body.content_type() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        }
        for (name, template) in &self.headers {
            insert(&mut headers, name, template, scope)?;
        }
        if let Some((name, template)) = &self.sign {
            scope.set_raw_body(Some(&String::from_utf8_lossy(&body)));
            let signed = insert(&mut headers, name, template, scope);
            scope.set_raw_body(None);
            signed?;
        }
        Ok(Rendered {
            method: self.method.clone(),
            url,
            headers,
            body,
        })
    }
}

fn header_name(place: &str, name: &str) -> Result<HeaderName, CompileError> {
    name.parse()
        .map_err(|_| CompileError::new(place, "not a header's name"))
}

fn insert(headers: &mut HeaderMap, name: &HeaderName, template: &Template, scope: &Scope) -> Result<(), RenderError> {
    match template.text(scope)? {
        None => headers.remove(name),
        Some(text) => {
            let value = HeaderValue::from_bytes(text.as_bytes());
            let value = value.map_err(|_| template.error("a header's value cannot have line breaks".to_owned()))?;
            headers.insert(name, value)
        }
    };
    Ok(())
}

fn pairs<'a>(
    compiler: &Compiler,
    place: &str,
    entries: impl Iterator<Item = (&'a String, &'a String)>,
) -> Result<Vec<(String, Template)>, CompileError> {
    entries
        .map(|(name, source)| Ok((name.clone(), compiler.compile(&format!("{place}.{name}"), source)?)))
        .collect()
}

fn encoded(entries: &[(String, Template)], scope: &Scope) -> Result<String, RenderError> {
    let mut form = form_urlencoded::Serializer::new(String::new());
    for (name, template) in entries {
        if let Some(value) = template.text(scope)? {
            form.append_pair(name, &value);
        }
    }
    Ok(form.finish())
}

fn sign(compiler: &Compiler, place: &str, request: &Request) -> Result<Option<(HeaderName, Template)>, CompileError> {
    let Some(sign) = &request.sign else { return Ok(None) };
    let mut compiler = compiler.clone();
    compiler.learn("raw_body");
    let header = format!("{place}.sign.header");
    let name = compiler.compile(&header, &sign.header)?;
    let Some(name) = name.constant().and_then(|name| name.as_str()) else {
        return Err(CompileError::new(
            &header,
            "a header's name may only depend on `settings`",
        ));
    };
    Ok(Some((
        header_name(&header, name)?,
        compiler.compile(&format!("{place}.sign.value"), &sign.value)?,
    )))
}

impl BodyPlan {
    fn compile(compiler: &Compiler, place: &str, request: &Request) -> Result<BodyPlan, CompileError> {
        match (&request.json, &request.form, &request.body) {
            (None, None, None) => Ok(BodyPlan::None),
            (Some(json), None, None) => BodyPlan::compile_json(compiler, &format!("{place}.json"), json),
            (None, Some(form), None) => pairs(compiler, &format!("{place}.form"), form.iter()).map(BodyPlan::Form),
            (None, None, Some(body)) => compiler.compile(&format!("{place}.body"), body).map(BodyPlan::Text),
            _ => Err(CompileError::new(
                place,
                "expected one of `json`, `form` and `body`, found more",
            )),
        }
    }

    /// The body of an answer to a call, which stands at `place`.
    pub(super) fn compile_answer(compiler: &Compiler, place: &str, answer: &Answer) -> Result<BodyPlan, CompileError> {
        match (&answer.json, &answer.body) {
            (Some(json), _) => BodyPlan::compile_json(compiler, &format!("{place}.json"), json),
            (None, Some(body)) => compiler.compile(&format!("{place}.body"), body).map(BodyPlan::Text),
            (None, None) => Ok(BodyPlan::None),
        }
    }

    /// A text, which stands at `place`.
    pub(super) fn compile_text(compiler: &Compiler, place: &str, text: &str) -> Result<BodyPlan, CompileError> {
        compiler.compile(place, text).map(BodyPlan::Text)
    }

    /// A JSON body, which stands at `place`.
    pub(super) fn compile_json(compiler: &Compiler, place: &str, json: &Json) -> Result<BodyPlan, CompileError> {
        Node::compile(compiler, place, json).map(BodyPlan::Json)
    }

    pub(super) fn content_type(&self) -> Option<&'static str> {
        match self {
            BodyPlan::None => None,
            BodyPlan::Json(_) => Some("application/json"),
            BodyPlan::Form(_) => Some("application/x-www-form-urlencoded"),
            BodyPlan::Text(_) => Some("text/plain; charset=utf-8"),
        }
    }

    pub(super) fn render(&self, scope: &Scope) -> Result<Vec<u8>, RenderError> {
        match self {
            BodyPlan::None => Ok(Vec::new()),
            BodyPlan::Form(entries) => encoded(entries, scope).map(String::into_bytes),
            BodyPlan::Text(template) => Ok(template.text(scope)?.unwrap_or_default().into_bytes()),
            BodyPlan::Json(node) => {
                let mut bytes = Vec::with_capacity(512);
                node.write(scope, &mut bytes)?;
                Ok(bytes)
            }
        }
    }
}

impl Node {
    fn compile(compiler: &Compiler, place: &str, json: &Json) -> Result<Node, CompileError> {
        let inside = |name: &dyn std::fmt::Display| format!("{place}.{name}");
        let node = match json {
            Json::String(source) => match compiler.compile(place, source)? {
                template if template.constant().is_some_and(|value| !value.is_none()) => {
                    Node::Fixed(bytes_of(template.place(), template.constant())?)
                }
                template => Node::Value(template),
            },
            Json::Array(items) => {
                let compiled = items.iter().enumerate();
                let compiled = compiled.map(|(at, item)| Node::compile(compiler, &format!("{place}[{at}]"), item));
                Node::List(compiled.collect::<Result<_, _>>()?)
            }
            Json::Object(entries) => {
                let mut compiled = Vec::with_capacity(entries.len());
                for (name, value) in entries {
                    let mut key = bytes_of(place, name)?;
                    key.push(b':');
                    compiled.push((key, Node::compile(compiler, &inside(name), value)?));
                }
                Node::Map(compiled)
            }
            plain => Node::Fixed(bytes_of(place, plain)?),
        };
        Ok(node)
    }

    /// Writes this value. `none` is null in a list; in a map the caller leaves its key out.
    fn write(&self, scope: &Scope, bytes: &mut Vec<u8>) -> Result<(), RenderError> {
        match self {
            Node::Fixed(fixed) => bytes.extend_from_slice(fixed),
            Node::Value(template) => write_value(template, &template.value(scope)?, bytes)?,
            Node::List(items) => {
                bytes.push(b'[');
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        bytes.push(b',');
                    }
                    item.write(scope, bytes)?;
                }
                bytes.push(b']');
            }
            Node::Map(entries) => write_map(entries, scope, bytes)?,
        }
        Ok(())
    }
}

fn write_map(entries: &[(Vec<u8>, Node)], scope: &Scope, bytes: &mut Vec<u8>) -> Result<(), RenderError> {
    bytes.push(b'{');
    let mut is_first = true;
    for (key, node) in entries {
        let value = match node {
            Node::Value(template) => Some((template, template.value(scope)?)),
            _ => None,
        };
        if value.as_ref().is_some_and(|(_, value)| value.is_none()) {
            continue;
        }
        if !is_first {
            bytes.push(b',');
        }
        is_first = false;
        bytes.extend_from_slice(key);
        match value {
            Some((template, value)) => write_value(template, &value, bytes)?,
            None => node.write(scope, bytes)?,
        }
    }
    bytes.push(b'}');
    Ok(())
}

fn write_value(template: &Template, value: &minijinja::Value, bytes: &mut Vec<u8>) -> Result<(), RenderError> {
    serde_json::to_writer(bytes, value).map_err(|error| template.error(format!("not a JSON value: {error}")))
}

fn bytes_of(place: &str, value: impl serde::Serialize) -> Result<Vec<u8>, CompileError> {
    serde_json::to_vec(&value).map_err(|error| CompileError::new(place, format!("not a JSON value: {error}")))
}
