//! What is true, for which customer and when: the one place where everybody asks.

use std::time::Duration;

use indexmap::IndexMap;

use super::{Change, Fact, FactRef, FactValue, Knowledge, PerLanguage, Record};
use crate::conversation::ByName;

/// All that a knowledge says is true, with its changes in their order. Moments count from the run's start.
///
/// Of a column of a record each customer has the value of their own row, which follows from the customer's number and the
/// record's name. The customer's order number is no fact of the knowledge and is not told here.
#[derive(Debug, Clone, Default)]
pub struct Truths {
    /// How many rows each record has.
    rows: IndexMap<String, usize>,
    facts: ByName<FactRef, Told>,
}

/// A value, and how the built-in bot writes it.
#[derive(Debug, Clone, PartialEq)]
pub struct TrueValue {
    /// What is true.
    pub value: FactValue,
    /// How it is written; without it, plainly.
    pub shown: Option<PerLanguage<String>>,
}

/// A value that was true before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Past<'a> {
    /// The value.
    pub value: &'a FactValue,
    /// Until when it was true.
    pub until: Duration,
}

/// What becomes true, and from when on; the first from the start, in the order of time.
type History = Vec<(Duration, TrueValue)>;

#[derive(Debug, Clone)]
enum Told {
    /// The same for everybody.
    Fact(History),
    /// By row.
    Column(Vec<History>),
}

impl Truths {
    /// What this knowledge says. Its changes count where they say `at`; the loader makes that of phases and dates
    /// ([`Scenario::knowledge`](super::Scenario)). What is not well formed is not true: the loader finds it.
    pub fn new(knowledge: &Knowledge) -> Truths {
        let mut truths = Truths::default();
        for (name, topic) in &knowledge.topics {
            for (fact_name, fact) in &topic.facts {
                if let Some(value) = TrueValue::of(fact) {
                    let told = Told::Fact(vec![(Duration::ZERO, value)]);
                    truths.facts.insert(FactRef::of(name, fact_name), told);
                }
            }
        }
        for (name, record) in &knowledge.records {
            truths.take_in(name, record);
        }
        let mut changes: Vec<(Duration, &Change)> = knowledge
            .changes
            .iter()
            .filter_map(|change| Some((change.at?.get(), change)))
            .collect();
        changes.sort_by_key(|(at, _)| *at);
        for (at, change) in changes {
            truths.change(at, change, knowledge);
        }
        truths
    }

    /// What is true for this customer at this moment, if the knowledge knows the fact.
    pub fn value(&self, fact: &FactRef, customer: u64, at: Duration) -> Option<&FactValue> {
        let history = self.history(fact, customer)?;
        Some(&history[place_at(history, at)].1.value)
    }

    /// All that was true for this customer at some moment from `from` to `to`, both included, in the order of time. More
    /// than one when a change lies between: who asks at `from` and is answered at `to` may be told either.
    pub fn values_within(&self, fact: &FactRef, customer: u64, from: Duration, to: Duration) -> Vec<&FactValue> {
        let Some(history) = self.history(fact, customer) else {
            return Vec::new();
        };
        let (first, last) = (place_at(history, from), place_at(history, to.max(from)));
        history[first..=last].iter().map(|(_, truth)| &truth.value).collect()
    }

    /// What was true for this customer before this moment and is not any more, the latest first.
    pub fn past(&self, fact: &FactRef, customer: u64, at: Duration) -> Vec<Past<'_>> {
        let Some(history) = self.history(fact, customer) else {
            return Vec::new();
        };
        let now = place_at(history, at);
        let before = history[..=now].windows(2).rev().map(|pair| Past {
            value: &pair[0].1.value,
            until: pair[1].0,
        });
        before.filter(|past| *past.value != history[now].1.value).collect()
    }

    /// This customer's row of a record, if it has any rows.
    pub fn row_of(&self, record: &str, customer: u64) -> Option<usize> {
        Record::row_of(record, *self.rows.get(record)?, customer)
    }

    /// How many rows a record has.
    pub fn rows(&self, record: &str) -> usize {
        self.rows.get(record).copied().unwrap_or(0)
    }

    /// The names of the records that have rows.
    pub fn records(&self) -> impl Iterator<Item = &str> {
        self.rows
            .iter()
            .filter(|(_, rows)| **rows > 0)
            .map(|(name, _)| name.as_str())
    }

    /// What is true at this moment in a row of a record; for facts of topics the row does not matter.
    pub fn in_row(&self, fact: &FactRef, row: usize, at: Duration) -> Option<&TrueValue> {
        let history = match self.facts.get(fact)? {
            Told::Fact(history) => history,
            Told::Column(rows) => rows.get(row)?,
        };
        Some(&history[place_at(history, at)].1)
    }

    fn history(&self, fact: &FactRef, customer: u64) -> Option<&History> {
        match (self.facts.get(fact)?, fact) {
            (Told::Fact(history), _) => Some(history),
            (Told::Column(rows), FactRef::Fact { topic, .. }) => rows.get(self.row_of(topic, customer)?),
            (Told::Column(_), FactRef::OrderNumber) => None,
        }
    }

    fn take_in(&mut self, name: &str, record: &Record) {
        for (column_name, column) in &record.columns {
            let cells = record.rows.iter().map(|row| {
                let fact = column.read(column_name, row).ok()?;
                Some(vec![(Duration::ZERO, TrueValue::of(&fact)?)])
            });
            if let Some(rows) = cells.collect() {
                let told = Told::Column(rows);
                self.facts.insert(FactRef::of(name, column_name), told);
            }
        }
        self.rows.insert(name.to_owned(), record.rows.len());
    }

    fn change(&mut self, at: Duration, change: &Change, knowledge: &Knowledge) {
        let to = change.to.as_ref().and_then(TrueValue::of);
        let others = match (&change.fact, &change.to_column) {
            (FactRef::Fact { topic, .. }, Some(column)) => self.column_at(&FactRef::of(topic, column), at),
            _ => Vec::new(),
        };
        let only = match (&change.row, &change.fact) {
            (Some(row), FactRef::Fact { topic, .. }) => knowledge.records.get(topic).map(|record| record.place_of(row)),
            _ => None,
        };
        match self.facts.get_mut(&change.fact) {
            Some(Told::Fact(history)) => {
                let to = to.map(|to| to.about_the_same_as(&history[0].1));
                history.extend(to.map(|to| (at, to)));
            }
            Some(Told::Column(rows)) => {
                for (place, history) in rows.iter_mut().enumerate() {
                    let new = others.get(place).or(to.as_ref());
                    if only.is_none_or(|only| only == Some(place)) {
                        history.extend(new.map(|to| (at, to.clone())));
                    }
                }
            }
            None => {}
        }
    }

    /// What a column says at a moment, row by row.
    fn column_at(&self, column: &FactRef, at: Duration) -> Vec<TrueValue> {
        match self.facts.get(column) {
            Some(Told::Column(rows)) => rows
                .iter()
                .map(|history| history[place_at(history, at)].1.clone())
                .collect(),
            _ => Vec::new(),
        }
    }
}

impl TrueValue {
    /// What a fact says, if it says one thing.
    pub fn of(fact: &Fact) -> Option<TrueValue> {
        Some(TrueValue {
            value: fact.value()?,
            shown: fact.shown.clone(),
        })
    }

    /// The same of the subject of `before`, where this one names none: what a change says holds or not.
    fn about_the_same_as(mut self, before: &TrueValue) -> TrueValue {
        if let (FactValue::Holds { subject, .. }, FactValue::Holds { subject: earlier, .. }) =
            (&mut self.value, &before.value)
            && subject.is_default()
        {
            subject.clone_from(earlier);
        }
        self
    }
}

/// The place of what holds at a moment; a history is never empty and begins with the start.
fn place_at(history: &History, at: Duration) -> usize {
    history.partition_point(|(from, _)| *from <= at).saturating_sub(1)
}

#[cfg(test)]
mod tests;
