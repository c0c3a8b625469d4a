//! What templates see: a customer's own facts and their row of each record.

use std::sync::Arc;
use std::time::Duration;

use minijinja::value::{Object, Value};

use super::person::Person;
use crate::conversation::{Language, scramble};
use crate::scenario::{FactRef, FactValue, Truths};

/// A customer who speaks. Of records they know what was true when the run started: it is what they saw before they came.
#[derive(Debug)]
pub(super) struct Speaker {
    pub(super) person: Person,
    pub(super) truths: Arc<Truths>,
}

/// A customer's row of one record.
#[derive(Debug)]
struct Row {
    record: String,
    speaker: Arc<Speaker>,
}

impl Object for Speaker {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let name = key.as_str()?;
        if let Some(fact) = self.person.fact(name) {
            return Some(Value::from(fact));
        }
        (self.truths.rows(name) > 0).then(|| {
            Value::from_object(Row {
                record: name.to_owned(),
                speaker: Arc::clone(self),
            })
        })
    }
}

impl Object for Row {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let Speaker { person, truths } = &*self.speaker;
        let place = FactRef::of(&self.record, key.as_str()?);
        column(truths, &place, person).map(Value::from)
    }
}

/// What this customer says of a column of their row.
pub(super) fn column(truths: &Truths, place: &FactRef, person: &Person) -> Option<String> {
    let value = truths.value(place, person.number, Duration::ZERO)?;
    Some(said(value, person))
}

/// The value in this customer's words: a thing with several names has one of them for each customer.
fn said(value: &FactValue, person: &Person) -> String {
    let FactValue::Text(wordings) = value else {
        return value.written(person.language);
    };
    let mut words = wordings.get(person.language);
    if words.is_empty() {
        let other = Language::ALL.into_iter().find(|other| *other != person.language);
        words = other.map_or(words, |other| wordings.get(other));
    }
    let drawn = scramble(person.seed ^ scramble(person.number)) % (words.len().max(1) as u64);
    let word = usize::try_from(drawn).ok().and_then(|drawn| words.get(drawn));
    word.cloned().unwrap_or_default()
}
