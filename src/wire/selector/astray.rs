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
        let Kind::Steps(steps) = &self.0 else {
            return None;
        };
        let (mut trail, mut at) = (root.to_owned(), json);
        for step in steps {
            if is_void(at) {
                return None;
            }
            let wanted = joined(&trail, step);
            at = match (step, at) {
                (Step::Name(name), Value::Object(map)) => match map.get(name) {
                    Some(found) => found,
                    None => return Some(in_words(&wanted, &trail, at)),
                },
                (Step::Place(place), Value::Array(items)) => items.get(usize::try_from(*place).ok()?)?,
                (Step::Every, Value::Array(_) | Value::Object(_)) => return None,
                _ => return Some(in_words(&wanted, &trail, at)),
            };
            trail = wanted;
        }
        None
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
    let kind = match json {
        Value::Object(map) => {
            let keys: Vec<&str> = map.keys().take(MOST_KEYS).map(String::as_str).collect();
            let more = if map.len() > MOST_KEYS { ", ..." } else { "" };
            let whose = match trail {
                "" => "its keys".to_owned(),
                trail => format!("the keys of `{trail}`"),
            };
            return format!("no `{wanted}`; {whose} are: {}{more}", keys.join(", "));
        }
        Value::Array(_) => "a list",
        Value::String(_) => "a text",
        _ => "a bare value",
    };
    match trail {
        "" => format!("no `{wanted}`; it is {kind}"),
        trail => format!("no `{wanted}`; `{trail}` is {kind}"),
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
