//! Replies that people judged, against which a judge is held.

use std::fs;
use std::io::Read;

use serde::Deserialize;

use super::JudgingError;
use crate::conversation::Language;
use crate::quality::judge::Exhibit;
use crate::scenario::{Judgement, Rubric};

/// The set that is built in, under this name, and what it holds.
const BUILT_IN: (&str, &str) = (
    "default",
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rubrics/default.labelled.csv")),
);
/// The largest file that is read. Unit: bytes.
const FILE_LIMIT: u64 = 32 << 20;
/// The most labels.
const MOST: usize = 20_000;

/// A reply and what people say of it.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelledReply {
    /// The reply and what it answers.
    pub exhibit: Exhibit,
    /// Criterion and label: pass or fail.
    pub labels: Vec<(String, Judgement)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    question: String,
    reply: String,
    criterion: String,
    label: String,
    language: String,
}

/// The labelled replies that `reference` names: a CSV file with the columns `question`, `reply`, `criterion`, `label` (pass
/// or fail) and `language` (zh or en), or `default`.
///
/// # Errors
/// When it cannot be read, or a row says what cannot be.
pub fn labelled(reference: &str, rubric: &Rubric) -> Result<Vec<LabelledReply>, JudgingError> {
    let text = match reference == BUILT_IN.0 {
        true => BUILT_IN.1.to_owned(),
        false => read(reference)?,
    };
    parse(reference, &text, rubric)
}

fn read(path: &str) -> Result<String, JudgingError> {
    let mut text = String::new();
    let read = fs::File::open(path).and_then(|file| file.take(FILE_LIMIT).read_to_string(&mut text));
    read.map_err(|source| JudgingError::Labelled {
        path: path.to_owned(),
        source,
    })?;
    Ok(text)
}

fn parse(path: &str, text: &str, rubric: &Rubric) -> Result<Vec<LabelledReply>, JudgingError> {
    let wrong = |line: u64, message: String| JudgingError::LabelledRow {
        path: path.to_owned(),
        line,
        message,
    };
    let mut replies: Vec<LabelledReply> = Vec::new();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headers = reader.headers().map_err(|error| wrong(1, error.to_string()))?.clone();
    for (place, record) in reader.records().enumerate() {
        let record =
            record.map_err(|error| wrong(error.position().map_or(0, csv::Position::line), error.to_string()))?;
        let line = record.position().map_or(0, csv::Position::line);
        if place >= MOST {
            return Err(wrong(line, format!("expected at most {MOST} labels")));
        }
        let row: Row = record
            .deserialize(Some(&headers))
            .map_err(|error| wrong(line, error.to_string()))?;
        add(&mut replies, row, rubric).map_err(|message| wrong(line, message))?;
    }
    match replies.is_empty() {
        true => Err(wrong(1, "expected labelled replies, found none".to_owned())),
        false => Ok(replies),
    }
}

/// Rows of the same reply stand together or apart; either way it is asked about once.
fn add(replies: &mut Vec<LabelledReply>, row: Row, rubric: &Rubric) -> Result<(), String> {
    let label = match row.label.trim() {
        "pass" => Judgement::Pass,
        "fail" => Judgement::Fail,
        other => {
            return Err(format!(
                "label: expected `pass` or `fail`, found `{}`",
                other.escape_debug()
            ));
        }
    };
    let criterion = row.criterion.trim();
    if !rubric.criteria.iter().any(|known| known.name == criterion) {
        let known: Vec<&str> = rubric.criteria.iter().map(|known| known.name.as_str()).collect();
        let (found, known) = (criterion.escape_debug(), known.join("`, `"));
        return Err(format!("criterion: expected one of `{known}`, found `{found}`"));
    }
    let exhibit = Exhibit {
        language: row
            .language
            .trim()
            .parse()
            .map_err(|error| format!("language: {error}"))?,
        question: row.question,
        reply: row.reply,
    };
    let place = match replies.iter().rposition(|known| known.exhibit == exhibit) {
        Some(place) => place,
        None => {
            replies.push(LabelledReply {
                exhibit,
                labels: Vec::new(),
            });
            replies.len() - 1
        }
    };
    let labels = &mut replies[place].labels;
    if labels.iter().any(|(known, _)| known == criterion) {
        return Err(format!(
            "expected one label per reply and criterion, found `{criterion}` again"
        ));
    }
    labels.push((criterion.to_owned(), label));
    Ok(())
}

impl LabelledReply {
    /// How many of these are in this language.
    pub fn count(replies: &[LabelledReply], language: Language) -> usize {
        replies
            .iter()
            .filter(|reply| reply.exhibit.language == language)
            .count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::load_rubric;

    #[test]
    fn the_built_in_set_labels_a_hundred_replies_in_both_languages_and_of_both_kinds() {
        let rubric = load_rubric("default").unwrap();
        let replies = labelled("default", &rubric).unwrap();
        for language in Language::ALL {
            assert!(LabelledReply::count(&replies, language) >= 50, "{language}");
        }
        for criterion in &rubric.criteria {
            let labels = replies.iter().flat_map(|reply| &reply.labels);
            let labels: Vec<Judgement> = labels
                .filter(|(name, _)| *name == criterion.name)
                .map(|(_, label)| *label)
                .collect();
            let passed = labels.iter().filter(|label| **label == Judgement::Pass).count();
            assert_eq!(labels.len(), replies.len(), "{}", criterion.name);
            assert!(
                passed >= 30 && labels.len() - passed >= 20,
                "{}: {passed} of {}",
                criterion.name,
                labels.len()
            );
        }
    }

    #[test]
    fn a_mistake_is_told_with_its_line() {
        let rubric = load_rubric("default").unwrap();
        let head = "question,reply,criterion,label,language\n";
        let good = "有券吗,没有,courteous,pass,zh\n";
        for (rows, wanted) in [
            (
                "有券吗,没有,courteous,maybe,zh\n",
                "x.csv:3: label: expected `pass` or `fail`, found `maybe`",
            ),
            (
                "有券吗,没有,polite,pass,zh\n",
                "x.csv:3: criterion: expected one of `answers_question`",
            ),
            (
                "有券吗,没有,courteous,pass,fr\n",
                "x.csv:3: language: expected `zh` or `en`",
            ),
            (
                "有券吗,没有,courteous,pass,zh\n",
                "x.csv:3: expected one label per reply and criterion",
            ),
            ("有券吗,没有\n", "x.csv:3: "),
        ] {
            let error = parse("x.csv", &format!("{head}{good}{rows}"), &rubric)
                .unwrap_err()
                .to_string();
            assert!(error.starts_with(wanted), "{error}");
        }
        assert!(parse("x.csv", head, &rubric).is_err());
        assert!(labelled("no/such.csv", &rubric).is_err());
        let two = "有券吗,没有,courteous,pass,zh\n有券吗,没有,clear_next_step,fail,zh\n";
        assert_eq!(
            parse("x.csv", &format!("{head}{two}"), &rubric).unwrap()[0]
                .labels
                .len(),
            2
        );
    }
}
