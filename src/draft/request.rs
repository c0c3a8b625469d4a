//! The request of a drafted profile.

use indexmap::IndexMap;
use serde_json::{Map, Value, json};
use url::form_urlencoded;

use super::curl::Command;
use super::made::{Made, literal, quoted};
use super::names::{Role, is_signature, role, setting, text_rank};
use super::reply::{Answer, Places, Step, selector};
use super::{DraftError, shown};

/// What was made of a command.
pub(super) struct Request {
    /// The profile's `send`.
    pub(super) send: Value,
    pub(super) settings: Map<String, Value>,
    /// The secrets that became settings, as they were.
    pub(super) values: IndexMap<String, Value>,
    pub(super) captures: Map<String, Value>,
    pub(super) keeps_history: bool,
    pub(super) notes: Vec<String>,
}

/// Headers that a browser or its connection adds and no bot needs.
const NOISE: &[&str] = &[
    "host",
    "connection",
    "content-length",
    "accept-encoding",
    "accept-language",
    "user-agent",
    "priority",
    "dnt",
    "pragma",
    "cache-control",
    "te",
    "upgrade-insecure-requests",
    "expect",
    "transfer-encoding",
    "keep-alive",
];

/// Drafts the request that carries a customer's message. `text` is what they wrote, where it is not to be guessed.
pub(super) fn draft(command: &Command, text: Option<&str>, answer: &Answer) -> Result<Request, DraftError> {
    let body = Body::of(command);
    let query: Vec<(String, String)> = command.url.query_pairs().into_owned().collect();
    let mut texts = Vec::new();
    match &body {
        Body::Json(json) => fields(json, "", &mut texts),
        Body::Form(fields) => texts.extend(fields.clone()),
        Body::Text(text) => texts.push(("body".to_owned(), text.clone())),
        Body::None => {}
    }
    texts.extend(query.iter().cloned());
    let mut drafting = Drafting {
        text: customers_text(&texts, text)?,
        answer,
        request: Request {
            send: Value::Null,
            settings: Map::new(),
            values: IndexMap::new(),
            captures: Map::new(),
            keeps_history: false,
            notes: Vec::new(),
        },
    };
    let mut send = Map::new();
    send.insert("method".to_owned(), json!(command.method));
    send.insert(
        "url".to_owned(),
        json!(format!("{{{{ target }}}}{}", literal(command.url.path()))),
    );
    if !query.is_empty() {
        send.insert("query".to_owned(), drafting.pairs(&query));
    }
    let headers = drafting.headers(command, &body);
    if !headers.is_empty() {
        send.insert("headers".to_owned(), Value::Object(headers));
    }
    match body {
        Body::Json(json) => drop(send.insert("json".to_owned(), drafting.value("", "", &json).into_json())),
        Body::Form(fields) => drop(send.insert("form".to_owned(), drafting.pairs(&fields))),
        Body::Text(text) => drop(send.insert("body".to_owned(), drafting.value("", "body", &json!(text)).into_json())),
        Body::None => {}
    }
    drafting.request.send = Value::Object(send);
    drafting.request.name_message_and_customer();
    Ok(drafting.request)
}

impl Request {
    /// Every message must carry its id, for redeliveries to be known, and its customer, for customers to be told apart.
    fn name_message_and_customer(&mut self) {
        let sent = self.send.to_string();
        if !sent.contains("message.id") && !sent.contains("message.number") {
            self.send["headers"]["X-Request-Id"] = json!("{{ message.id }}");
        }
        if !sent.contains("customer.") && !self.keeps_history {
            self.notes.push(
                "nothing in the request names the customer, so all customers would be one to the bot: put `{{ customer.id }}` where \
                 the bot knows a customer by"
                    .to_owned(),
            );
        }
        if self.values.contains_key("cookie") {
            self.notes.push(
                "the captured cookie may be one customer's session, which all customers would then share: leave it out if the bot \
                 answers without"
                    .to_owned(),
            );
        }
    }
}

/// A request's body.
enum Body {
    None,
    Json(Value),
    Form(Vec<(String, String)>),
    Text(String),
}

impl Body {
    fn of(command: &Command) -> Body {
        let Some(data) = &command.data else { return Body::None };
        let kind = command.header("content-type").unwrap_or_default().to_lowercase();
        if let Ok(json @ (Value::Object(_) | Value::Array(_))) = serde_json::from_str(data) {
            return Body::Json(json);
        }
        // curl's own kind for data where the command names none.
        match kind.is_empty() || kind.contains("form-urlencoded") {
            true => Body::Form(form_urlencoded::parse(data.as_bytes()).into_owned().collect()),
            false => Body::Text(data.clone()),
        }
    }
}

/// The texts in `json` by the names of their fields, those inside JSON texts too.
fn fields(json: &Value, name: &str, found: &mut Vec<(String, String)>) {
    match json {
        Value::String(text) => match inside(text) {
            Some(inner) => fields(&inner, name, found),
            None => found.push((name.to_owned(), text.clone())),
        },
        Value::Array(items) => items.iter().for_each(|item| fields(item, name, found)),
        Value::Object(entries) => entries.iter().for_each(|(name, value)| fields(value, name, found)),
        _ => {}
    }
}

/// The JSON that a text is, where platforms write JSON into JSON.
fn inside(text: &str) -> Option<Value> {
    let json: Value = serde_json::from_str(text).ok()?;
    (json.is_object() || json.is_array()).then_some(json)
}

/// What the customer wrote: as named, or the likeliest of the texts.
fn customers_text(texts: &[(String, String)], named: Option<&str>) -> Result<String, DraftError> {
    let all = || shown(texts.iter().map(|(_, text)| text.as_str()));
    if let Some(named) = named {
        let is_there = texts.iter().any(|(_, text)| text.contains(named.trim()));
        return match is_there && !named.trim().is_empty() {
            true => Ok(named.trim().to_owned()),
            false => Err(DraftError::TextNotFound(all())),
        };
    }
    let ranked = texts
        .iter()
        .enumerate()
        .map(|(at, (name, text))| (text_rank(name), at, text));
    // Of several with the same name the last one: what was said before stands above it.
    let best = ranked
        .filter(|(rank, _, text)| *rank > 0 && !text.trim().is_empty())
        .max_by_key(|(rank, at, _)| (*rank, *at));
    best.map(|(_, _, text)| text.trim().to_owned())
        .ok_or_else(|| DraftError::NoText(all()))
}

struct Drafting<'a> {
    text: String,
    answer: &'a Answer,
    request: Request,
}

impl Drafting<'_> {
    fn pairs(&mut self, pairs: &[(String, String)]) -> Value {
        let made = pairs
            .iter()
            .map(|(name, text)| (name.clone(), self.value("", name, &json!(text)).into_json()));
        Value::Object(made.collect())
    }

    fn headers(&mut self, command: &Command, body: &Body) -> Map<String, Value> {
        let mut headers = Map::new();
        for (name, value) in &command.headers {
            let plain = name.to_lowercase();
            let is_default_kind = plain == "content-type"
                && match body {
                    Body::Json(_) => value.starts_with("application/json"),
                    Body::Form(_) => value.starts_with("application/x-www-form-urlencoded"),
                    Body::None => true,
                    Body::Text(_) => false,
                };
            if NOISE.contains(&plain.as_str())
                || plain.starts_with("sec-")
                || is_default_kind
                || (plain == "accept" && value == "*/*")
            {
                continue;
            }
            headers.insert(name.clone(), json!(self.header(name, value)));
        }
        headers
    }

    fn header(&mut self, name: &str, value: &str) -> String {
        match role("header", name) {
            Role::Secret => match value.split_once(' ') {
                Some((scheme @ ("Bearer" | "Basic" | "bearer" | "Token"), secret)) => {
                    format!("{scheme} {{{{ settings.{} }}}}", self.secret(name, secret))
                }
                _ => format!("{{{{ settings.{} }}}}", self.secret(name, value)),
            },
            Role::Message => "{{ message.id }}".to_owned(),
            _ => literal(value),
        }
    }

    /// A setting for a secret; gives its name.
    fn secret(&mut self, name: &str, value: &str) -> String {
        let Request {
            settings,
            values,
            notes,
            ..
        } = &mut self.request;
        let (mut key, mut number) = (setting(name), 1);
        while values.get(&key).is_some_and(|known| known != value) {
            number += 1;
            key = format!("{}_{number}", setting(name));
        }
        if values.insert(key.clone(), json!(value)).is_none() {
            settings.insert(
                key.clone(),
                json!({"description": format!("`{name}` of the captured request"), "secret": true, "required": true}),
            );
            if is_signature(name) {
                notes.push(format!(
                    "`{name}` looks like a signature, which fits one request only: replace the setting by the platform's formula \
                     (`sign`, hmac_sha256_hex(), ... in docs/CHANNELS.md)"
                ));
            }
        }
        key
    }

    fn value(&mut self, parent: &str, name: &str, json: &Value) -> Made {
        match json {
            Value::Object(entries) => Made::Map(
                entries
                    .iter()
                    .map(|(key, value)| (key.clone(), self.value(name, key, value)))
                    .collect(),
            ),
            Value::Array(items) if name == "messages" => self.messages(items),
            Value::Array(items) => Made::List(items.iter().map(|item| self.value(parent, name, item)).collect()),
            Value::String(text) => self.string(parent, name, text),
            Value::Number(number) => match (role(parent, name), number.as_u64()) {
                (Role::Customer, Some(_)) => Made::Expression("customer.number".to_owned()),
                (Role::Message, Some(_)) => Made::Expression("message.number".to_owned()),
                (Role::Time, Some(time)) => {
                    now(time).map_or_else(|| Made::Fixed(json.clone()), |now| Made::Expression(now.to_owned()))
                }
                _ => Made::Fixed(json.clone()),
            },
            fixed => Made::Fixed(fixed.clone()),
        }
    }

    /// OpenAI's `messages`: what was said before is sent along; anything else is a list like others.
    fn messages(&mut self, items: &[Value]) -> Made {
        let said = |item: &Value| Some((item["role"].as_str()?.to_owned(), item["content"].as_str()?.to_owned()));
        let said: Option<Vec<(String, String)>> = items.iter().map(said).collect();
        let said = said.unwrap_or_default();
        let is_history = said
            .last()
            .is_some_and(|(role, text)| role == "user" && text.trim() == self.text);
        if !is_history {
            return Made::List(items.iter().map(|item| self.value("", "messages", item)).collect());
        }
        self.request.keeps_history = true;
        match said.first() {
            Some((role, prompt)) if role == "system" => {
                let system = json!({"description": "the system prompt, as captured", "default": prompt});
                self.request.settings.insert("system".to_owned(), system);
                Made::Expression("history(system=settings.system, text=message.text)".to_owned())
            }
            _ => Made::Expression("history(text=message.text)".to_owned()),
        }
    }

    fn string(&mut self, parent: &str, name: &str, text: &str) -> Made {
        let expression = |source: &str| Made::Expression(source.to_owned());
        if text.trim() == self.text {
            return expression("message.text");
        }
        if let Some(inner) = inside(text) {
            let made = self.value(parent, name, &inner).into_expression();
            return Made::Expression(format!("tojson({made})"));
        }
        if let Some((before, after)) = text.split_once(&self.text) {
            let around = [
                (!before.is_empty()).then(|| quoted(before)),
                Some("message.text".to_owned()),
                (!after.is_empty()).then(|| quoted(after)),
            ];
            return Made::Expression(around.into_iter().flatten().collect::<Vec<_>>().join(" ~ "));
        }
        match role(parent, name) {
            Role::Secret if !text.is_empty() => Made::Expression(format!("settings.{}", self.secret(name, text))),
            Role::Customer => expression("customer.id"),
            Role::CustomerName => expression("customer.name"),
            Role::Message => expression("message.id"),
            Role::Conversation => self.conversation(name),
            Role::Time => match text.parse().ok().and_then(now) {
                Some(now) => Made::Expression(format!("{now} ~ ''")),
                None => Made::Fixed(json!(text)),
            },
            Role::Other | Role::Secret => Made::Fixed(json!(text)),
        }
    }

    /// A conversation's id: what the bot's last answer named, where answers name it; else each customer's own.
    fn conversation(&mut self, name: &str) -> Made {
        let found = self.answer.bodies.iter().find_map(|body| path_to(body, name));
        let Some(path) = found else {
            return Made::Expression("customer.id".to_owned());
        };
        let key = setting(name);
        self.request.captures.insert(key.clone(), json!(path));
        Made::Expression(format!("conversation.{key} | default('')"))
    }
}

/// The function that gives a time like this one, if it is one of this century.
fn now(time: u64) -> Option<&'static str> {
    match time {
        1_000_000_000..10_000_000_000 => Some("now_s()"),
        1_000_000_000_000..10_000_000_000_000 => Some("now_ms()"),
        _ => None,
    }
}

/// The selector of the first field of this name.
fn path_to(json: &Value, name: &str) -> Option<String> {
    fn search(json: &Value, name: &str, steps: &mut Vec<Step>) -> bool {
        let Value::Object(entries) = json else { return false };
        if entries
            .get(name)
            .is_some_and(|value| value.is_string() || value.is_number())
        {
            steps.push(Step::Key(name.to_owned()));
            return true;
        }
        entries.iter().any(|(key, value)| {
            steps.push(Step::Key(key.clone()));
            let is_found = search(value, name, steps);
            if !is_found {
                steps.pop();
            }
            is_found
        })
    }
    let mut steps = Vec::new();
    search(json, name, &mut steps).then(|| selector(&steps, Places::These))
}
