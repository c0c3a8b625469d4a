//! A drafted profile as a file.

use serde_json::Value;

/// The file's text: what the reader should know, then the profile.
pub(super) fn file(profile: &Value, notes: &[String]) -> String {
    let mut text = String::from(
        "# yaml-language-server: $schema=../docs/schemas/profile.schema.json\n\
         # Drafted from one captured exchange. See what was taken for what, above all: where the customer's text stands, what names the\n\
         # customer (every customer must be another one to the bot), what carries message.id, and what an error looks like.\n",
    );
    for note in notes {
        text.push_str(&format!("# Look here: {}\n", note.replace(['\n', '\r'], " ")));
    }
    if let Some(entries) = profile.as_object() {
        for (name, value) in entries {
            entry(&mut text, 0, name, value);
        }
    }
    text
}

fn entry(text: &mut String, depth: usize, name: &str, value: &Value) {
    text.push_str(&"  ".repeat(depth));
    text.push_str(&scalar(&Value::from(name)));
    text.push(':');
    below(text, depth, value);
}

/// What stands behind a key.
fn below(text: &mut String, depth: usize, value: &Value) {
    match value {
        Value::Object(entries) if !entries.is_empty() => {
            text.push('\n');
            entries
                .iter()
                .for_each(|(name, value)| entry(text, depth + 1, name, value));
        }
        Value::Array(items) if !items.is_empty() => {
            text.push('\n');
            for item in items {
                text.push_str(&"  ".repeat(depth + 1));
                text.push_str("- ");
                text.push_str(&flow(item));
                text.push('\n');
            }
        }
        other => {
            text.push(' ');
            text.push_str(&scalar(other));
            text.push('\n');
        }
    }
}

/// A value in one line.
fn flow(value: &Value) -> String {
    match value {
        Value::Object(entries) => {
            let entries = entries
                .iter()
                .map(|(name, value)| format!("{}: {}", scalar(&Value::from(name.as_str())), flow(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        single => scalar(single),
    }
}

/// A single value; texts are quoted but for plain words.
fn scalar(value: &Value) -> String {
    let Some(text) = value.as_str() else {
        return value.to_string();
    };
    let is_plain = text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '/' | '.'))
        && !matches!(
            text.to_lowercase().as_str(),
            "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n" | "inf" | "nan"
        );
    match is_plain {
        true => text.to_owned(),
        // JSON's quotes are YAML's, too; what YAML does not allow in them goes by its number.
        false => Value::from(text)
            .to_string()
            .chars()
            .map(|c| match c {
                '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' => format!("\\u{:04x}", u32::from(c)),
                c => c.to_string(),
            })
            .collect(),
    }
}
