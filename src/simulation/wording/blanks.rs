//! Wordings with nothing in them but words and facts, as most are: said without the template engine.

use crate::scenario::{FactRef, Truths};
use crate::simulation::person::Person;
use crate::simulation::speaker::column;

/// Words with blanks between them, each of which one of the customer's facts fills.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Blanks {
    pieces: Vec<(String, Blank)>,
    end: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Blank {
    /// `{{ name }}`
    Fact(String),
    /// `{{ product.price }}`
    Column(FactRef),
}

impl Blanks {
    /// The blanks of a template; nothing when it has more in it than that.
    pub(super) fn of(template: &str) -> Option<Blanks> {
        let mut pieces = Vec::new();
        let mut rest = template;
        while let Some((words, more)) = rest.split_once("{{") {
            let (inner, end) = more.split_once("}}")?;
            pieces.push((words.to_owned(), Blank::of(inner.trim())?));
            rest = end;
        }
        let is_plain = |words: &str| !["{%", "{#"].iter().any(|mark| words.contains(mark));
        let are_plain = pieces.iter().all(|(words, _)| is_plain(words)) && is_plain(rest);
        are_plain.then(|| Blanks {
            pieces,
            end: rest.to_owned(),
        })
    }

    /// What this person says; absent when they lack one of the facts.
    pub(super) fn filled(&self, person: &Person, truths: &Truths) -> Option<String> {
        let mut text = String::with_capacity(128);
        for (words, blank) in &self.pieces {
            text.push_str(words);
            text.push_str(&match blank {
                Blank::Fact(name) => person.fact(name)?,
                Blank::Column(place) => column(truths, place, person)?,
            });
        }
        text.push_str(&self.end);
        Some(text)
    }
}

impl Blank {
    fn of(inner: &str) -> Option<Blank> {
        let is_name = |name: &str| {
            name.starts_with(|first: char| first.is_ascii_alphabetic())
                && name.chars().all(|one| one.is_ascii_alphanumeric() || one == '_')
        };
        match inner.split_once('.') {
            Some((record, column)) if is_name(record) && is_name(column) => {
                Some(Blank::Column(FactRef::of(record, column)))
            }
            None if is_name(inner) => Some(Blank::Fact(inner.to_owned())),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_and_facts_are_taken() {
        for template in [
            "{{ name }}",
            "到{{city}}了吗,我是{{ name }}",
            "price of {{ product.name }}?",
        ] {
            assert!(Blanks::of(template).is_some(), "{template}");
        }
        for template in [
            "{{ name | upper }}",
            "{{- name }}",
            "{{ name ~ city }}",
            "{{ \"}}\" }}",
            "{{ a.b.c }}",
            "{% if city %}{{ name }}{% endif %}",
            "{# nobody #}{{ name }}",
            "{{ name }} {% raw %}x{% endraw %}",
            "{{ name",
        ] {
            assert!(Blanks::of(template).is_none(), "{template}");
        }
    }
}
