//! What stands in a drafted request: a value as it was, or an expression that makes it.

use serde_json::{Map, Value};

/// A value of a drafted request.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Made {
    Fixed(Value),
    /// What stands between `{{` and `}}`.
    Expression(String),
    List(Vec<Made>),
    Map(Vec<(String, Made)>),
}

impl Made {
    /// As a profile holds it.
    pub(super) fn into_json(self) -> Value {
        match self {
            Made::Fixed(Value::String(text)) => Value::String(literal(&text)),
            Made::Fixed(value) => value,
            Made::Expression(expression) => Value::String(format!("{{{{ {expression} }}}}")),
            Made::List(items) => items.into_iter().map(Made::into_json).collect(),
            Made::Map(entries) => {
                let entries = entries.into_iter().map(|(name, made)| (name, made.into_json()));
                Value::Object(entries.collect::<Map<_, _>>())
            }
        }
    }

    /// As an expression.
    pub(super) fn into_expression(self) -> String {
        match self {
            Made::Fixed(value) => expression(&value),
            Made::Expression(expression) => expression,
            Made::List(items) => {
                let items: Vec<String> = items.into_iter().map(Made::into_expression).collect();
                format!("[{}]", items.join(", "))
            }
            Made::Map(entries) => {
                let entries = entries
                    .into_iter()
                    .map(|(name, made)| format!("{}: {}", quoted(&name), made.into_expression()));
                format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
            }
        }
    }
}

/// A text that is to stay as it is, though templates are read in it.
pub(super) fn literal(text: &str) -> String {
    match ["{{", "{%", "{#"].iter().any(|mark| text.contains(mark)) {
        true => format!("{{{{ {} }}}}", quoted(text)),
        false => text.to_owned(),
    }
}

/// A text as templates quote it: without the marks that end an expression early.
pub(super) fn quoted(text: &str) -> String {
    // A JSON text is a text of the template language too; braces are written by their numbers.
    Value::from(text)
        .to_string()
        .replace('{', "\\u007b")
        .replace('}', "\\u007d")
        .replace('%', "\\u0025")
}

fn expression(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::String(text) => quoted(text),
        Value::Array(items) => format!("[{}]", items.iter().map(expression).collect::<Vec<_>>().join(", ")),
        Value::Object(entries) => {
            let entries = entries
                .iter()
                .map(|(name, value)| format!("{}: {}", quoted(name), expression(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        plain => plain.to_string(),
    }
}
