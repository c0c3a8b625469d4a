//! Where a JSONPath goes astray, so that a body with other keys is told from one that has nothing to say.

use serde_json::Value;

use super::{Kind, Selector, Step};

/// So many keys are told.
const MOST_KEYS: usize = 8;

impl Selector {
    /// What `json`, which stands at `root` in a body (`replies[0]`; empty for the body itself), has instead of what it selects, in
    /// words. Nothing where the way is there to its end, or to something empty (`{}`, `[]`, null): whoever says nothing says it like
    /// that. Nothing for selectors that are no mere names and places either.
    pub(in crate::wire) fn astray(&self, root: &str, json: &Value) -> Option<String> {
        self.followed(root, json).err()
    }

    /// The same where it selects a text: a list or an object there is none.
    pub(in crate::wire) fn astray_from_text(&self, root: &str, json: &Value) -> Option<String> {
        match self.followed(root, json) {
            Ok(Some((trail, found))) if found.is_array() || found.is_object() => {
                (!is_void(found)).then(|| format!("no text in `{trail}`, which is {}", kind(found)))
            }
            Ok(_) => None,
            Err(words) => Some(words),
        }
    }

    /// Where the way ends and what is there, if it is one that can be told; in words where it goes astray.
    fn followed<'a>(&self, root: &str, json: &'a Value) -> Result<Option<(String, &'a Value)>, String> {
        let Kind::Steps(steps) = &self.0 else {
            return Ok(None);
        };
        let (mut trail, mut at) = (root.to_owned(), json);
        for step in steps {
            if is_void(at) {
                return Ok(None);
            }
            let wanted = joined(&trail, step);
            at = match (step, at) {
                (Step::Name(name), Value::Object(map)) => match map.get(name) {
                    Some(found) => found,
                    None => return Err(in_words(&wanted, &trail, at)),
                },
                (Step::Place(place), Value::Array(items)) => {
                    match usize::try_from(*place).ok().and_then(|place| items.get(place)) {
                        Some(found) => found,
                        None => return Ok(None),
                    }
                }
                (Step::Every, Value::Array(_) | Value::Object(_)) => return Ok(None),
                _ => return Err(in_words(&wanted, &trail, at)),
            };
            trail = wanted;
        }
        Ok(Some((trail, at)))
    }

    /// What the first of the things that it selects is called: `replies[0]`.
    pub(in crate::wire) fn first_name(&self) -> String {
        let Kind::Steps(steps) = &self.0 else {
            return String::new();
        };
        steps.iter().fold(String::new(), |trail, step| joined(&trail, step))
    }
}

fn is_void(json: &Value) -> bool {
    match json {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::String(text) => text.trim().is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

fn joined(trail: &str, step: &Step) -> String {
    match step {
        Step::Name(name) if trail.is_empty() => name.clone(),
        Step::Name(name) => format!("{trail}.{name}"),
        Step::Place(place) => format!("{trail}[{place}]"),
        Step::Every => format!("{trail}[0]"),
    }
}

/// ``no `replies`; its keys are: answer``.
fn in_words(wanted: &str, trail: &str, json: &Value) -> String {
    if let Value::Object(map) = json {
        let keys: Vec<&str> = map.keys().take(MOST_KEYS).map(String::as_str).collect();
        let more = if map.len() > MOST_KEYS { ", ..." } else { "" };
        let whose = match trail {
            "" => "its keys".to_owned(),
            trail => format!("the keys of `{trail}`"),
        };
        return format!("no `{wanted}`; {whose} are: {}{more}", keys.join(", "));
    }
    let kind = kind(json);
    match trail {
        "" => format!("no `{wanted}`; it is {kind}"),
        trail => format!("no `{wanted}`; `{trail}` is {kind}"),
    }
}

fn kind(json: &Value) -> &'static str {
    match json {
        Value::Object(_) => "an object",
        Value::Array(_) => "a list",
        Value::String(_) => "a text",
        _ => "a bare value",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::scenario::Format;

    fn astray(source: &str, json: &Value) -> Option<String> {
        let selector = Selector::compile("reply.text", source, Format::Json).unwrap();
        selector.astray("", json)
    }

    #[test]
    fn other_keys_are_told_with_what_was_looked_for() {
        let every = "$.replies[*]";
        for (source, json, told) in [
            (every, json!({"answer": "hello"}), "no `replies`; its keys are: answer"),
            (every, json!([1, 2]), "no `replies`; it is a list"),
            (every, json!("ok"), "no `replies`; it is a text"),
            (
                every,
                json!({"replies": "hello"}),
                "no `replies[0]`; `replies` is a text",
            ),
            (
                "$.choices[0].message.content",
                json!({"choices": [{"text": "a", "index": 0}]}),
                "no `choices[0].message`; the keys of `choices[0]` are: text, index",
            ),
        ] {
            assert_eq!(astray(source, &json).as_deref(), Some(told), "{json}");
        }
        let many: serde_json::Map<String, Value> = (0..9).map(|at| (format!("k{at}"), json!(1))).collect();
        assert!(astray("$.text", &many.into()).unwrap().ends_with("k7, ..."));
    }

    #[test]
    fn what_is_no_text_is_told_where_a_text_is_looked_for() {
        let selector = Selector::compile("reply.text", "$.data.answer", Format::Json).unwrap();
        for (answer, told) in [
            (json!(["hello"]), Some("no text in `data.answer`, which is a list")),
            (
                json!({"text": "hello"}),
                Some("no text in `data.answer`, which is an object"),
            ),
            (json!([]), None),
            (json!(""), None),
            (json!(7), None),
        ] {
            let json = json!({"data": {"answer": answer}});
            assert_eq!(selector.astray_from_text("", &json).as_deref(), told, "{json}");
            assert_eq!(selector.astray("", &json), None, "{json}");
        }
    }

    #[test]
    fn what_says_nothing_is_not_astray() {
        for (source, json) in [
            ("$.replies[*]", json!({"replies": []})),
            ("$.replies[*]", json!({"replies": null})),
            ("$.replies[*]", json!({})),
            ("$[*]", json!([])),
            ("$.text", json!({"text": null})),
            ("$.choices[0].message.content", json!({"choices": []})),
            (
                "$.choices[0].message.content",
                json!({"choices": [{"message": {"content": ""}}]}),
            ),
            ("$..text", json!({"answer": 1})),
        ] {
            assert_eq!(astray(source, &json), None, "{source} {json}");
        }
    }
}
