//! Where in a captured answer the reply stands.

use serde_json::{Map, Value, json};

use super::names::{Role, reply_rank, role};
use super::{DraftError, shown, stream};
use crate::wire::Element;

/// What was found in an answer.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Answer {
    /// The profile's `reply`.
    pub(super) rule: Value,
    /// The reply's text.
    pub(super) text: String,
    /// The JSON texts in it: the body, or its pieces.
    pub(super) bodies: Vec<Value>,
    pub(super) is_stream: bool,
    pub(super) notes: Vec<String>,
}

/// A text and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Leaf {
    pub(super) steps: Vec<Step>,
    pub(super) text: String,
}

/// A step on the way to a part of JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Key(String),
    Place(usize),
}

/// Reads an answer: JSON, XML, a stream of events or of lines, or plain text. `said` is the reply where it is named, `asked` the
/// customer's text, which an answer may repeat.
pub(super) fn read(captured: &str, said: Option<&str>, asked: Option<&str>) -> Result<Answer, DraftError> {
    let body = without_head(captured.trim_start_matches('\u{feff}'));
    if body.trim().is_empty() {
        return Err(DraftError::NoAnswer);
    }
    let wanted = Wanted { said, asked };
    if let Ok(json) = serde_json::from_str::<Value>(body) {
        return in_json(json, &wanted);
    }
    if let Some(answer) = stream::read(body, &wanted)? {
        return Ok(answer);
    }
    if body.trim_start().starts_with('<') {
        return in_xml(body, &wanted);
    }
    Ok(Answer {
        rule: json!({"response": {"format": "text"}}),
        text: body.to_owned(),
        bodies: Vec::new(),
        is_stream: false,
        notes: vec![
            "the answer is neither JSON nor XML nor a stream: its whole body is taken for the reply".to_owned(),
        ],
    })
}

/// The body behind the head that `curl -i` prints, and behind those of redirects.
pub(super) fn without_head(captured: &str) -> &str {
    let mut body = captured;
    while body.starts_with("HTTP/") {
        let ends = ["\r\n\r\n", "\n\n"].into_iter().filter_map(|end| body.split_once(end));
        body = ends
            .map(|(_, rest)| rest)
            .max_by_key(|rest| rest.len())
            .unwrap_or_default();
    }
    body
}

/// What is looked for.
pub(super) struct Wanted<'a> {
    said: Option<&'a str>,
    asked: Option<&'a str>,
}

impl Wanted<'_> {
    /// The place in `texts` of what is most likely the reply; each is the name of its field and its text.
    pub(super) fn find(&self, texts: &[(&str, &str)]) -> Result<usize, DraftError> {
        let all = || shown(texts.iter().map(|(_, text)| *text));
        if let Some(said) = self.said {
            let exact = texts.iter().position(|(_, text)| text.trim() == said.trim());
            let holding = || texts.iter().position(|(_, text)| text.contains(said.trim()));
            return exact.or_else(holding).ok_or_else(|| DraftError::ReplyNotFound(all()));
        }
        let scored = texts
            .iter()
            .enumerate()
            .map(|(at, (name, text))| (self.score(name, text), at));
        let best = scored
            .filter(|(score, _)| *score > 0)
            .max_by_key(|(score, at)| (*score, std::cmp::Reverse(*at)));
        best.map(|(_, at)| at).ok_or_else(|| DraftError::NoReply(all()))
    }

    /// How much a text of this name looks like a reply; 0: not at all.
    fn score(&self, name: &str, text: &str) -> usize {
        let text = text.trim();
        let is_code = matches!(
            text.to_lowercase().as_str(),
            "" | "ok" | "success" | "text" | "assistant" | "user" | "none"
        );
        if is_code || self.asked.is_some_and(|asked| asked.trim() == text) || role("x", name) != Role::Other {
            return 0;
        }
        let rank = reply_rank(name);
        match (rank, is_prose(text)) {
            (0, false) => 0,
            (rank, is_prose) => 1 + rank * 10 + usize::from(is_prose) * 100 + text.chars().count().min(9),
        }
    }
}

/// True for what people would read: with spaces or beyond ASCII.
fn is_prose(text: &str) -> bool {
    text.contains(' ') || !text.is_ascii()
}

fn in_json(json: Value, wanted: &Wanted<'_>) -> Result<Answer, DraftError> {
    let leaves = leaves(&json);
    let texts: Vec<(&str, &str)> = leaves.iter().map(|leaf| (leaf.name(), leaf.text.as_str())).collect();
    let leaf = leaves[wanted.find(&texts)?].clone();
    let mut rule = Map::new();
    rule.insert("format".to_owned(), json!("json"));
    let last_place = leaf.steps.iter().rposition(|step| matches!(step, Step::Place(_)));
    let text = match last_place {
        Some(at) => {
            rule.insert("each".to_owned(), json!(selector(&leaf.steps[..=at], Places::Every)));
            let of_each = selector(&leaf.steps[at + 1..], Places::Every);
            let each = replies_of_each(&json, &leaf.steps[..=at], &leaf.steps[at + 1..]);
            rule.insert("text".to_owned(), json!(of_each));
            each
        }
        None => {
            rule.insert("text".to_owned(), json!(selector(&leaf.steps, Places::Every)));
            leaf.text.clone()
        }
    };
    let error = error_marks(&json);
    if !error.is_empty() {
        rule.insert("error".to_owned(), Value::Array(error));
    }
    Ok(Answer {
        rule: json!({"response": rule}),
        text,
        bodies: vec![json],
        is_stream: false,
        notes: Vec::new(),
    })
}

/// The texts of all items, one behind the other with line ends between them.
fn replies_of_each(json: &Value, each: &[Step], rest: &[Step]) -> String {
    let mut items = vec![json];
    for step in each {
        items = match step {
            Step::Key(name) => items.into_iter().filter_map(|item| item.get(name)).collect(),
            Step::Place(_) => items.into_iter().filter_map(Value::as_array).flatten().collect(),
        };
    }
    let texts = items.into_iter().filter_map(|item| {
        let found = rest.iter().try_fold(item, |item, step| match step {
            Step::Key(name) => item.get(name),
            Step::Place(place) => item.get(place),
        });
        found?.as_str().filter(|text| !text.trim().is_empty())
    });
    texts.collect::<Vec<_>>().join("\n")
}

/// What marks an error in bodies like this one, which tells none.
pub(super) fn error_marks(json: &Value) -> Vec<Value> {
    let is_fine = |value: Option<&Value>| {
        value.is_none_or(|value| matches!(value, Value::Null | Value::Bool(false)) || value == "")
    };
    let mut marks = Vec::new();
    if json.is_object() && is_fine(json.get("error")) {
        marks.push(json!({"when": "$.error"}));
    }
    for name in ["errcode", "err_no", "errno", "code"] {
        if json.get(name).is_some_and(|code| code == 0 || code == "0") {
            let words = ["errmsg", "err_msg", "message", "msg"]
                .into_iter()
                .find(|words| json.get(words).is_some());
            let mut mark = json!({"when": format!("$.{name}")});
            if let Some(words) = words {
                mark["text"] = json!(format!("$.{words}"));
            }
            marks.push(mark);
        }
    }
    marks
}

fn in_xml(body: &str, wanted: &Wanted<'_>) -> Result<Answer, DraftError> {
    let root = Element::parse(body)?;
    let mut found = Vec::new();
    texts_of(&root, String::new(), &mut found);
    let named = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let names: Vec<String> = found.iter().map(|(path, _)| named(path)).collect();
    let texts: Vec<(&str, &str)> = names
        .iter()
        .zip(&found)
        .map(|(name, (_, text))| (name.as_str(), text.as_str()))
        .collect();
    let (path, _) = &found[wanted.find(&texts)?];
    let said: Vec<&str> = found
        .iter()
        .filter(|(other, _)| other == path)
        .map(|(_, text)| text.as_str())
        .collect();
    let rule = match said.as_slice() {
        [_] => json!({"format": "xml", "text": path}),
        _ => json!({"format": "xml", "each": path, "text": format!("/{}", named(path))}),
    };
    Ok(Answer {
        text: said.join("\n"),
        rule: json!({"response": rule}),
        bodies: Vec::new(),
        is_stream: false,
        notes: Vec::new(),
    })
}

fn texts_of(element: &Element, above: String, found: &mut Vec<(String, String)>) {
    let path = format!("{above}/{}", element.name);
    if !element.text.trim().is_empty() {
        found.push((path.clone(), element.text.clone()));
    }
    element
        .children
        .iter()
        .for_each(|child| texts_of(child, path.clone(), found));
}

/// All texts of a JSON value.
pub(super) fn leaves(json: &Value) -> Vec<Leaf> {
    let mut found = Vec::new();
    walk(json, &mut Vec::new(), &mut found);
    found
}

fn walk(json: &Value, steps: &mut Vec<Step>, found: &mut Vec<Leaf>) {
    match json {
        Value::String(text) => found.push(Leaf {
            steps: steps.clone(),
            text: text.clone(),
        }),
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                steps.push(Step::Place(place));
                walk(item, steps, found);
                steps.pop();
            }
        }
        Value::Object(entries) => {
            for (name, value) in entries {
                steps.push(Step::Key(name.clone()));
                walk(value, steps, found);
                steps.pop();
            }
        }
        _ => {}
    }
}

impl Leaf {
    /// The name of the field that it stands in.
    pub(super) fn name(&self) -> &str {
        let names = self.steps.iter().rev().find_map(|step| match step {
            Step::Key(name) => Some(name.as_str()),
            Step::Place(_) => None,
        });
        names.unwrap_or_default()
    }
}

/// Which items of a list a selector names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Places {
    Every,
    These,
}

/// The JSONPath of `steps`.
pub(super) fn selector(steps: &[Step], places: Places) -> String {
    let parts = steps.iter().map(|step| match (step, places) {
        (Step::Place(_), Places::Every) => "[*]".to_owned(),
        (Step::Place(place), Places::These) => format!("[{place}]"),
        (Step::Key(name), _) if is_plain(name) => format!(".{name}"),
        (Step::Key(name), _) => format!("['{}']", name.replace('\\', "\\\\").replace('\'', "\\'")),
    });
    format!("${}", parts.collect::<String>())
}

fn is_plain(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}
