//! A channel profile drafted from one captured exchange: the curl command that a browser copies, and the answer to it.
//!
//! ```text
//!  curl command --shell, curl--> Command --request--> settings, send --+
//!                                                                      +--> profile --written, tried on the exchange--> Draft
//!  answer ------------reply, stream-----------------> reply -----------+
//! ```
//!
//! It sends nothing. Secrets become settings, and their values are in nothing that it writes. What it makes is a sketch: it
//! has seen one exchange, and says in the file what it took for what.

mod curl;
mod made;
mod names;
mod reply;
mod request;
mod shell;
mod stream;
mod trial;
mod yaml;

use indexmap::IndexMap;
use serde_json::{Value, json};

pub use curl::CommandError;

use crate::wire::BrokenBody;

/// What is drafted from.
#[derive(Debug, Clone, Copy)]
pub struct Captured<'a> {
    /// The curl command, as browsers copy it for a POSIX shell.
    pub command: &'a str,
    /// The answer's body; the head that `curl -i` prints before it is left out.
    pub answer: &'a str,
    /// What the customer wrote, where it is not to be guessed.
    pub text: Option<&'a str>,
    /// What the bot said, where it is not to be guessed.
    pub reply: Option<&'a str>,
    /// The profile's name.
    pub name: &'a str,
}

/// A drafted profile.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The file's text.
    pub yaml: String,
    /// The URL that the exchange went to, without its path: the target.
    pub target: String,
    /// The settings that a scenario must give, secrets all.
    pub secrets: Vec<String>,
    /// What the reader should look at.
    pub notes: Vec<String>,
}

/// Why nothing can be drafted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// The command is not one that can be read.
    #[error("the captured command cannot be read: {0}")]
    Command(#[from] CommandError),
    /// It cannot be told where the customer's text stands.
    #[error("no part of the captured request looks like a customer's text{}; say with `--text` what the customer wrote", among(.0))]
    NoText(Vec<String>),
    /// The text that was named is not there.
    #[error("the captured request does not hold the text that `--text` names{}", among(.0))]
    TextNotFound(Vec<String>),
    /// It cannot be told where the reply stands.
    #[error("no part of the captured answer looks like a reply{}; say with `--answer` what the bot said", among(.0))]
    NoReply(Vec<String>),
    /// The reply that was named is not there.
    #[error("the captured answer does not hold the reply that `--answer` names{}", among(.0))]
    ReplyNotFound(Vec<String>),
    /// The answer begins like XML and is none.
    #[error("the captured {0}")]
    Answer(#[from] BrokenBody),
    /// The answer is empty.
    #[error("the captured answer is empty: save the response's body to the file, not its headers only")]
    NoAnswer,
    /// What was drafted does not do what the exchange did.
    #[error("the draft does not repeat the captured exchange: {0}")]
    Untrue(String),
}

fn among(texts: &[String]) -> String {
    match texts {
        [] => String::new(),
        texts => format!(" (texts in it: {})", texts.join(", ")),
    }
}

/// Drafts a profile.
///
/// # Errors
/// When the exchange cannot be read, or it cannot be told what in it is the customer's text or the bot's reply.
pub fn draft(captured: &Captured<'_>) -> Result<Draft, DraftError> {
    let command = curl::read(captured.command)?;
    let answer = reply::read(captured.answer, captured.reply, captured.text)?;
    let request = request::draft(&command, captured.text, &answer)?;
    let mut profile = IndexMap::from([
        ("profile", json!(captured.name)),
        (
            "description",
            json!(format!("drafted from one exchange with {}", command.host())),
        ),
        ("proven", json!("sketch")),
        ("target", json!(format!("the base URL, such as {}", command.target()))),
    ]);
    if !request.settings.is_empty() {
        profile.insert("settings", Value::Object(request.settings.clone()));
    }
    if request.keeps_history {
        profile.insert("conversation", json!("client"));
    }
    profile.insert("send", request.send);
    if answer.is_stream {
        profile.insert("limits", json!({"idle": "30s"}));
    }
    let mut rule = answer.rule;
    if !request.captures.is_empty() {
        for rule in rule.as_object_mut().into_iter().flat_map(|rule| rule.values_mut()) {
            rule["capture"] = Value::Object(request.captures.clone());
        }
    }
    profile.insert("reply", rule);
    let profile = json!(profile);
    trial::repeat(
        &profile,
        command.target(),
        &request.values,
        &answer.text,
        captured.answer,
    )?;
    let notes = [request.notes, answer.notes].concat();
    Ok(Draft {
        yaml: yaml::file(&profile, &notes),
        target: command.target().to_owned(),
        secrets: request.values.keys().cloned().collect(),
        notes,
    })
}

/// A few texts of an exchange, to be shown.
fn shown<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<String> {
    let fit = texts.filter(|text| !text.trim().is_empty());
    fit.take(8)
        .map(|text| format!("`{}`", text.chars().take(40).collect::<String>().escape_debug()))
        .collect()
}

#[cfg(test)]
mod tests;
