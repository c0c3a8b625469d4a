//! Finds all unknown keys at once, by the JSON Schema of the types that will be read. The schema is derived from those
//! types, so there is one list of keys.
//!
//! A key that is nearly a known one is taken for it afterwards, so that the rest of the file is still checked and a slip
//! is not reported a second time as a missing key; other unknown keys are left out.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::mistake::MOST_SHOWN;
use super::node::{Content, Entry, Node};
use crate::scenario::finding::{At, Finding, Findings};
use crate::scenario::place::Spot;
use crate::scenario::suggest::{listed, nearest};

/// Reports all keys of `node` that `schema` does not know.
pub(super) fn check(node: &mut Node, schema: &Value, at: &Spot, findings: &mut Findings) {
    Keys {
        definitions: schema.get("$defs"),
        findings,
    }
    .walk(node, schema, at);
}

struct Keys<'a> {
    definitions: Option<&'a Value>,
    findings: &'a mut Findings,
}

impl<'a> Keys<'a> {
    fn walk(&mut self, node: &mut Node, schema: &'a Value, at: &Spot) {
        let schema = self.target(schema);
        match &mut node.content {
            Content::Scalar(_) => {}
            Content::List(items) => {
                let Some(of_item) = self.alternatives(schema).iter().find_map(|one| one.get("items")) else {
                    return;
                };
                for (place, item) in items.iter_mut().enumerate() {
                    self.walk(item, of_item, &at.item(place));
                }
            }
            Content::Map(entries) => self.walk_map(entries, schema, at),
        }
    }

    fn walk_map(&mut self, entries: &mut Vec<Entry>, schema: &'a Value, at: &Spot) {
        let maps: Vec<&'a Map<String, Value>> = self
            .alternatives(schema)
            .into_iter()
            .filter(|one| is_about_maps(one))
            .collect();
        let known: Vec<&str> = maps
            .iter()
            .flat_map(|one| properties(one))
            .map(|(key, _)| key.as_str())
            .collect();
        let is_closed = |one: &&Map<String, Value>| one.get("additionalProperties") == Some(&Value::Bool(false));
        if !maps.is_empty() && maps.iter().all(is_closed) {
            // Among several alternatives the key says which is meant; reading it says better what is wrong with it.
            let keeps_strangers = maps.len() > 1;
            self.settle(entries, &known, keeps_strangers, at);
        }
        for entry in entries {
            let of_value = maps
                .iter()
                .find_map(|one| properties(one).find(|(key, _)| **key == entry.key));
            let of_others = || maps.iter().find_map(|one| one.get("additionalProperties"));
            if let Some(schema) = of_value.map(|(_, schema)| schema).or_else(of_others) {
                self.walk(&mut entry.node, schema, &at.key(&entry.key));
            }
        }
    }

    /// Reports unknown keys, and takes those that are nearly known for what they nearly are.
    fn settle(&mut self, entries: &mut Vec<Entry>, known: &[&str], keeps_strangers: bool, at: &Spot) {
        let present: HashSet<String> = entries.iter().map(|entry| entry.key.clone()).collect();
        entries.retain_mut(|entry| {
            if known.contains(&entry.key.as_str()) {
                return true;
            }
            let absent = known.iter().copied().filter(|key| !present.contains(*key));
            // Beyond what is shown, nobody reads what was meant.
            let meant = if self.findings.0.len() < MOST_SHOWN {
                nearest(&entry.key, absent)
            } else {
                None
            };
            let spot = at.key(&entry.key);
            let place = At::Place(entry.key_place.clone(), spot.path);
            let mut finding = Finding::new(place, "unknown key");
            finding.is_unknown_key = true;
            finding.hint(match meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("the keys here are {}", listed(known.iter().copied())),
            });
            self.findings.push(finding);
            match meant {
                Some(meant) => meant.clone_into(&mut entry.key),
                None => return keeps_strangers,
            }
            true
        });
    }

    /// The schemas of which one must hold, references followed.
    fn alternatives(&self, schema: &'a Value) -> Vec<&'a Map<String, Value>> {
        let schema = self.target(schema);
        match schema
            .get("anyOf")
            .or_else(|| schema.get("oneOf"))
            .and_then(Value::as_array)
        {
            Some(options) => options.iter().flat_map(|one| self.alternatives(one)).collect(),
            None => schema.as_object().into_iter().collect(),
        }
    }

    fn target(&self, schema: &'a Value) -> &'a Value {
        let name = schema
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|path| path.strip_prefix("#/$defs/"));
        let found = name.and_then(|name| self.definitions?.get(name));
        found.map_or(schema, |found| self.target(found))
    }
}

fn is_about_maps(schema: &Map<String, Value>) -> bool {
    schema.contains_key("properties") || schema.contains_key("additionalProperties")
}

fn properties<'a>(schema: &'a Map<String, Value>) -> impl Iterator<Item = (&'a String, &'a Value)> + use<'a> {
    schema
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
}
