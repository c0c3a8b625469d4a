//! Things that messages name: the rows of records, by the words that the knowledge calls them.

use std::collections::HashMap;

use crate::scenario::{Knowledge, Record};

use super::template;

/// The rows of all records that are found by words, and which topics need them.
#[derive(Debug)]
pub(super) struct Things {
    /// (lower-case words, record, row), the longest words first.
    words: Vec<(String, String, usize)>,
    /// By the topic's place: the records of which its answers name a column.
    needed: Vec<Vec<String>>,
}

/// The rows that a customer was last heard to name, by record.
pub(super) type Rows = HashMap<String, usize>;

/// How near a topic is to what a customer speaks of; the nearest are tried first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Nearness {
    /// It is about a thing that they named.
    Named,
    /// It is about no thing.
    Apart,
    /// It is about a thing that they never named.
    Unnamed,
}

impl Nearness {
    /// Every one, the nearest first.
    pub(super) const ALL: [Nearness; 3] = [Nearness::Named, Nearness::Apart, Nearness::Unnamed];
}

impl Things {
    /// Those of `knowledge`.
    pub(super) fn of(knowledge: &Knowledge) -> Things {
        let mut words: Vec<(String, String, usize)> = knowledge
            .records
            .iter()
            .flat_map(|(name, record)| words_of(record).map(move |(word, row)| (word, name.clone(), row)))
            .collect();
        words.sort_by(|(one, ..), (other, ..)| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
        let found_by_words = |record: &String| {
            knowledge
                .records
                .get(record)
                .is_some_and(|record| record.found_by.is_some())
        };
        let needed = knowledge.topics.values().map(|topic| {
            let mut records = records_in(topic.answers.zh.iter().chain(&topic.answers.en));
            records.retain(found_by_words);
            records
        });
        Things {
            words,
            needed: needed.collect(),
        }
    }

    /// The rows that `text` names, at most one of a record, and the text in lower case without their names: those say
    /// nothing of what is asked about them.
    pub(super) fn named_in(&self, text: &str) -> (Rows, String) {
        let mut rest = text.to_lowercase();
        let mut rows = Rows::new();
        for (word, record, row) in &self.words {
            if !rows.contains_key(record) && rest.contains(word.as_str()) {
                rest = rest.replace(word.as_str(), " ");
                rows.insert(record.clone(), *row);
            }
        }
        (rows, rest)
    }

    /// True when all things are known that the topic with this place is about.
    pub(super) fn are_known(&self, topic: usize, rows: &Rows) -> bool {
        self.needed
            .get(topic)
            .is_none_or(|records| records.iter().all(|record| rows.contains_key(record)))
    }

    /// How near the topic with this place is to a customer who named these things.
    pub(super) fn nearness(&self, topic: usize, rows: &Rows) -> Nearness {
        match self.needed.get(topic) {
            None => Nearness::Apart,
            Some(records) if records.is_empty() => Nearness::Apart,
            Some(_) if self.are_known(topic, rows) => Nearness::Named,
            Some(_) => Nearness::Unnamed,
        }
    }
}

/// The records of which these templates name a column, each once.
pub(super) fn records_in<'a>(templates: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut records: Vec<String> = Vec::new();
    for name in templates.flat_map(|text| template::names(text)) {
        if let Some((record, _)) = name.split_once('.')
            && !records.iter().any(|known| known == record)
        {
            records.push(record.to_owned());
        }
    }
    records
}

fn words_of(record: &Record) -> impl Iterator<Item = (String, usize)> + '_ {
    let column = record
        .found_by
        .as_ref()
        .and_then(|name| Some((name, record.columns.get(name)?)));
    let rows = record.rows.iter().enumerate();
    rows.filter_map(move |(row, cells)| {
        let (name, column) = column?;
        let fact = column.read(name, cells).ok()?;
        let words: Vec<String> = fact.names().map(str::to_lowercase).collect();
        Some(words.into_iter().map(move |word| (word, row)))
    })
    .flatten()
}
