//! What was answered before: by the model, the prompt and the turn, so that nothing is asked twice.

use std::collections::HashMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::archive::{ArchiveError, JudgeAnswers};
use crate::conversation::fingerprint;
use crate::model::Question;
use crate::quality::judge::Ruling;

/// An answer as it is remembered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Remembered {
    key: String,
    /// The model, as the endpoint calls it.
    pub(super) model: String,
    /// None: an answer came that could not be read, also when asked again.
    pub(super) rulings: Option<Vec<Ruling>>,
}

/// Answers by key.
pub(super) struct Memory {
    answers: HashMap<String, Remembered>,
    file: JudgeAnswers,
}

impl Memory {
    /// What was answered in this folder before. Lines that are none of ours are passed over.
    pub(super) fn open(folder: &Path) -> Result<Memory, ArchiveError> {
        let (file, lines) = JudgeAnswers::open(folder)?;
        let known = lines
            .iter()
            .filter_map(|line| serde_json::from_str::<Remembered>(line).ok());
        Ok(Memory {
            answers: known.map(|answer| (answer.key.clone(), answer)).collect(),
            file,
        })
    }

    /// What an answer is remembered by: everything that it depends on.
    pub(super) fn key(model: &str, question: &Question) -> String {
        let mut text = format!("{model}\0{:?}\0{}", question.seed, question.most_tokens);
        for message in &question.messages {
            text.push('\0');
            text.push_str(&message.text);
        }
        fingerprint(text.as_bytes())
    }

    pub(super) fn get(&self, key: &str) -> Option<&Remembered> {
        self.answers.get(key)
    }

    /// Remembers, on disk first.
    pub(super) fn add(&mut self, key: &str, model: &str, rulings: Option<Vec<Ruling>>) -> std::io::Result<()> {
        let answer = Remembered {
            key: key.to_owned(),
            model: model.to_owned(),
            rulings,
        };
        self.file.add(&serde_json::to_string(&answer)?)?;
        self.answers.insert(key.to_owned(), answer);
        Ok(())
    }
}
