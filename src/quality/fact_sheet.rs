//! What answers about a topic or a record are held against: its facts with a type and with words for their subject.

use indexmap::IndexMap;

use super::answer::Answer;
use super::check::Case;
use crate::reading::{Subject, Subjects};
use crate::scenario::{FactRef, FactType, FactValue, Knowledge, PerLanguage, Record, Truths};

/// The sheets of all topics and records, and what is true.
pub(super) struct FactSheets {
    pub(super) truths: Truths,
    /// By topic or record; no two share a name.
    sheets: IndexMap<String, FactSheet>,
    /// Of each record that questions name by words: those of each row.
    names: IndexMap<String, Vec<Vec<String>>>,
}

/// The facts of a topic, or the columns of a record, whose values can be audited.
pub(super) struct FactSheet {
    /// Its place among the sheets.
    pub(super) place: usize,
    pub(super) facts: Vec<FactRef>,
    /// In the order of `facts`; empty for those that no single value states.
    pub(super) subjects: Subjects,
    /// Facts that are steps of a discount or a stance, by their place in `facts`.
    pub(super) wholes: Vec<(usize, Subject)>,
}

impl FactSheets {
    pub(super) fn new(knowledge: &Knowledge) -> FactSheets {
        let of_topics = (0..).zip(&knowledge.topics).map(|(place, (name, topic))| {
            let facts = topic.facts.iter().filter(|(_, fact)| {
                let value = fact.value();
                value.is_some_and(|value| !matches!(value, FactValue::Identifier(_) | FactValue::Text(_)))
            });
            let facts = facts.map(|(fact_name, fact)| {
                let is_whole = fact.tiers.is_some() || fact.holds.is_some();
                (FactRef::of(name, fact_name), &fact.subject, is_whole)
            });
            (name.clone(), FactSheet::new(place, facts))
        });
        let of_records = (knowledge.topics.len()..)
            .zip(&knowledge.records)
            .map(|(place, (name, record))| {
                let columns = record
                    .columns
                    .iter()
                    .filter(|(_, column)| !matches!(column.r#type, FactType::Identifier | FactType::Text));
                let facts =
                    columns.map(|(column_name, column)| (FactRef::of(name, column_name), &column.subject, false));
                (name.clone(), FactSheet::new(place, facts))
            });
        let names = knowledge
            .records
            .iter()
            .map(|(name, record)| (name.clone(), names_of_rows(record)));
        FactSheets {
            truths: Truths::new(knowledge),
            sheets: of_topics.chain(of_records).collect(),
            names: names.collect(),
        }
    }

    /// That of a topic or record.
    pub(super) fn get(&self, name: &str) -> Option<&FactSheet> {
        self.sheets.get(name)
    }

    /// Those of all topics and records but this one.
    pub(super) fn others(&self, name: Option<&str>) -> impl Iterator<Item = &FactSheet> {
        let others = self
            .sheets
            .iter()
            .filter(move |(other, _)| Some(other.as_str()) != name);
        others.map(|(_, sheet)| sheet)
    }

    /// What is right to answer in this case: the true value, and where a change lies between the turn's first message and its
    /// last reply, the values before and after it. Empty when the scenario does not say what is true.
    pub(super) fn right(&self, fact: &FactRef, case: &Case) -> Vec<&FactValue> {
        let (begun, ended) = case.turn.span();
        self.truths.values_within(fact, case.turn.customer, begun, ended)
    }

    /// What is true of the fact in what the answer speaks of: of a record whose rows go by names, in the rows that it names.
    pub(super) fn spoken_of<'a>(&'a self, fact: &'a FactRef, answer: &'a Answer, case: &Case) -> Vec<&'a FactValue> {
        let names = match fact {
            FactRef::Fact { topic: record, .. } => self.names.get(record),
            FactRef::OrderNumber => None,
        };
        if names.is_some_and(|rows| !rows.is_empty()) {
            self.of_named_rows(fact, answer, case)
        } else {
            self.right(fact, case)
        }
    }

    /// What is true of rows of the fact's record that the answer names: "the mask costs 49, the cream 199".
    pub(super) fn of_named_rows<'a>(
        &'a self,
        fact: &'a FactRef,
        answer: &'a Answer,
        case: &Case,
    ) -> Vec<&'a FactValue> {
        let FactRef::Fact { topic: record, .. } = fact else {
            return Vec::new();
        };
        let names = self.names.get(record).into_iter().flatten().enumerate();
        let named = names.filter(|(_, names)| names.iter().any(|name| answer.passage.holds(name)));
        let at = case.turn.answered_at.unwrap_or(case.turn.due_at);
        named
            .filter_map(|(row, _)| Some(&self.truths.in_row(fact, row, at)?.value))
            .collect()
    }
}

impl FactSheet {
    fn new<'a>(place: usize, named: impl Iterator<Item = (FactRef, &'a PerLanguage<Vec<String>>, bool)>) -> FactSheet {
        let words = |subject: &'a PerLanguage<Vec<String>>| subject.zh.iter().chain(&subject.en);
        let (mut facts, mut subjects, mut wholes) = (Vec::new(), Vec::new(), Vec::new());
        for (fact, subject, is_whole) in named.filter(|(_, subject, _)| words(subject).next().is_some()) {
            let subject = Subject::new(words(subject));
            match is_whole {
                true => {
                    subjects.push(Subject::new([]));
                    wholes.push((facts.len(), subject));
                }
                false => subjects.push(subject),
            }
            facts.push(fact);
        }
        FactSheet {
            place,
            facts,
            subjects: Subjects::from_iter(subjects),
            wholes,
        }
    }

    /// Every fact with the words for it.
    pub(super) fn named(&self) -> impl Iterator<Item = (&FactRef, &Subject)> {
        let wholes = self
            .wholes
            .iter()
            .map(|(place, subject)| (&self.facts[*place], subject));
        self.facts.iter().zip(self.subjects.iter()).chain(wholes)
    }
}

/// What each row may be called; nothing for records whose rows questions do not name.
fn names_of_rows(record: &Record) -> Vec<Vec<String>> {
    let Some((name, column)) = record
        .found_by
        .as_ref()
        .and_then(|name| Some((name, record.columns.get(name)?)))
    else {
        return Vec::new();
    };
    let names = |row: &IndexMap<String, String>| {
        let fact = column.read(name, row);
        fact.map_or(Vec::new(), |fact| fact.names().map(str::to_owned).collect())
    };
    record.rows.iter().map(names).collect()
}
