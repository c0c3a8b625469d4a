//! Settings with their secrets: taken from the environment, and kept out of every text.

use indexmap::IndexMap;
use serde_json::Value;

use super::{ChannelError, Ended};
use crate::scenario::Channel;

/// Longest text of an [`Ended`](super::Ended), in characters.
const LONGEST_WORDS: usize = 200;

/// Shorter values are not searched for: they would blot out ordinary words, and protect nothing.
const SHORTEST_SECRET: usize = 4;

/// Values that must never be shown.
#[derive(Debug, Default)]
pub(super) struct Secrets(Vec<String>);

impl Secrets {
    /// `text` fit to be shown: secrets blotted out, printable, short.
    pub(super) fn words(&self, text: &str) -> String {
        let words = self.all_words(text);
        match words.chars().count() > LONGEST_WORDS {
            true => words.chars().take(LONGEST_WORDS - 1).chain(['…']).collect(),
            false => words,
        }
    }

    /// The same, however long: for what we say ourselves.
    pub(super) fn all_words(&self, text: &str) -> String {
        let mut text = text.to_owned();
        self.blot_out(&mut text);
        let printable = text
            .chars()
            .map(|character| if character.is_control() { ' ' } else { character });
        printable.collect()
    }

    /// Blots out every secret in a text that is kept whole, such as a reply of a bot that repeats its key.
    pub(super) fn blot_out(&self, text: &mut String) {
        for secret in &self.0 {
            if text.contains(secret.as_str()) {
                *text = text.replace(secret.as_str(), "***");
            }
        }
    }

    /// The same end with words fit to be shown.
    pub(super) fn fit_to_show(&self, ended: Ended) -> Ended {
        match ended {
            Ended::Unread(words) => Ended::Unread(self.words(&words)),
            Ended::BotError(words) => Ended::BotError(self.words(&words)),
            Ended::Refused(words) => Ended::Refused(self.words(&words)),
            Ended::HttpError(words) => Ended::HttpError(self.words(&words)),
            Ended::ConnectionLost(words) => Ended::ConnectionLost(self.words(&words)),
            Ended::Hindered { by, words } => Ended::Hindered {
                by,
                words: self.words(&words),
            },
            Ended::Truncated {
                mut text,
                first_text_at,
                at,
            } => {
                self.blot_out(&mut text);
                Ended::Truncated {
                    text,
                    first_text_at,
                    at,
                }
            }
            wordless => wordless,
        }
    }

    fn keep(&mut self, value: &str) {
        if value.len() >= SHORTEST_SECRET && !self.0.iter().any(|known| known == value) {
            self.0.push(value.to_owned());
            // Longest first, so that a secret within another does not leave half of it.
            self.0.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        }
    }
}

/// The channel's settings with `${NAME}` replaced from the environment, every declared setting present.
pub(super) fn settings(
    channel: &Channel,
    variable: impl Fn(&str) -> Option<String>,
) -> Result<(IndexMap<String, Value>, Secrets), ChannelError> {
    let mut secrets = Secrets::default();
    let mut settings = IndexMap::new();
    for (name, value) in &channel.settings {
        let missing = |variable: String| ChannelError::MissingVariable {
            channel: channel.name.clone(),
            setting: name.clone(),
            variable,
        };
        let value = filled(value, &variable, &mut secrets).map_err(missing)?;
        settings.insert(name.clone(), value);
    }
    for (name, declared) in &channel.profile.settings {
        let value = settings
            .entry(name.clone())
            .or_insert(declared.default.clone().unwrap_or(Value::Null));
        if declared.required && value.is_null() {
            return Err(ChannelError::MissingSetting {
                channel: channel.name.clone(),
                setting: name.clone(),
                description: declared.description.clone(),
            });
        }
        if declared.secret {
            strings(value).into_iter().for_each(|secret| secrets.keep(secret));
        }
    }
    Ok((settings, secrets))
}

/// `value` with every `${NAME}` in its texts replaced, or the name that is not set.
fn filled(value: &Value, variable: &impl Fn(&str) -> Option<String>, secrets: &mut Secrets) -> Result<Value, String> {
    Ok(match value {
        Value::String(text) => Value::String(filled_text(text, variable, secrets)?),
        Value::Array(items) => {
            let items = items.iter().map(|item| filled(item, variable, secrets));
            Value::Array(items.collect::<Result<_, _>>()?)
        }
        Value::Object(entries) => {
            let entries = entries
                .iter()
                .map(|(name, item)| Ok((name.clone(), filled(item, variable, secrets)?)));
            Value::Object(entries.collect::<Result<_, String>>()?)
        }
        plain => plain.clone(),
    })
}

fn filled_text(
    mut text: &str,
    variable: &impl Fn(&str) -> Option<String>,
    secrets: &mut Secrets,
) -> Result<String, String> {
    let mut filled = String::new();
    while let Some(start) = text.find("${") {
        let Some(length) = text[start..].find('}') else { break };
        let name = &text[start + 2..start + length];
        let value = variable(name).ok_or_else(|| name.to_owned())?;
        secrets.keep(&value);
        filled.push_str(&text[..start]);
        filled.push_str(&value);
        text = &text[start + length + 1..];
    }
    filled.push_str(text);
    Ok(filled)
}

fn strings(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(strings).collect(),
        Value::Object(entries) => entries.values().flat_map(strings).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variable(name: &str) -> Option<String> {
        (name == "KEY").then(|| "sk-12345".to_owned())
    }

    #[test]
    fn variables_are_filled_in_wherever_they_stand() {
        let mut secrets = Secrets::default();
        let value = serde_json::json!({"auth": "Bearer ${KEY}!", "list": ["${KEY}", 7], "plain": "${", "none": null});
        let filled_in = filled(&value, &variable, &mut secrets).unwrap();
        assert_eq!(filled_in["auth"], "Bearer sk-12345!");
        assert_eq!(filled_in["list"], serde_json::json!(["sk-12345", 7]));
        assert_eq!(filled_in["plain"], "${");
        assert_eq!(filled(&"${NO}".into(), &variable, &mut secrets), Err("NO".to_owned()));
    }

    #[test]
    fn words_are_printable_short_and_without_secrets() {
        let mut secrets = Secrets::default();
        secrets.keep("sk-12345");
        secrets.keep("sk-12345-long");
        secrets.keep("k");
        assert_eq!(
            secrets.words("key sk-12345-long and\r\n\u{1b}[31msk-12345"),
            "key *** and   [31m***"
        );
        let long = secrets.words(&"你".repeat(300));
        assert_eq!((long.chars().count(), long.chars().last()), (200, Some('…')));
    }
}
