//! Overrides of the command line: `--set PATH=VALUE` and the flags that stand for one. They change the scenario before
//! it is checked, so that an override meets the same checks as the file.

use std::ops::Range;

use super::node::{Content, Entry, Node, Scalar, shortened};
use super::parse::parse;
use super::scalar::is_null;
use super::source::Sources;
use crate::scenario::finding::{At, Finding, Findings};
use crate::scenario::place::{Path, Place, SourceId};
use crate::scenario::suggest::{did_you_mean, listed};

/// Keys under which the items of a list tell their names.
const NAMING_KEYS: [&str; 5] = ["name", "persona", "goal", "profile", "knowledge"];

/// An override as it was typed.
pub(super) struct Override<'a> {
    /// `--set`, `--target`, ...
    flag: &'static str,
    /// What follows the flag.
    typed: &'a str,
    /// Keys, names and numbers: the steps to the value.
    steps: Vec<&'a str>,
    /// Where the value is in `typed`.
    value: Range<usize>,
}

impl<'a> Override<'a> {
    /// `--set PATH=VALUE`.
    pub(super) fn set(typed: &'a str) -> Result<Override<'a>, String> {
        match typed.split_once('=') {
            Some((path, value)) if !path.trim().is_empty() => Ok(Override {
                flag: "--set",
                typed,
                steps: path.split('.').collect(),
                value: typed.len() - value.len()..typed.len(),
            }),
            _ => Err(format!("expected PATH=VALUE, found `{typed}`")),
        }
    }

    /// A flag whose argument ends with the text at `steps`.
    pub(super) fn text(flag: &'static str, typed: &'a str, steps: Vec<&'a str>, value: Range<usize>) -> Override<'a> {
        Override {
            flag,
            typed,
            steps,
            value,
        }
    }

    /// As it was typed, for the run's record.
    pub(super) fn words(&self) -> String {
        format!("{} {}", self.flag, self.typed)
    }

    /// Changes `root`, or says why it cannot.
    pub(super) fn apply(&self, root: &mut Node, sources: &mut Sources, findings: &mut Findings) {
        let source = sources.add(self.flag, self.typed, Some(".".into()));
        let Some(value) = self.value(source, findings) else {
            return;
        };
        if let Err(wrong) = self.put(root, 0, value, source) {
            let path = self.steps[..=wrong.depth.min(self.steps.len() - 1)].join(".");
            let place = Place {
                source,
                bytes: self.bytes_of(wrong.depth),
            };
            let finding = Finding::new(
                At::Place(place, Path::default()),
                format!("`{path}`: {}", wrong.message),
            );
            findings.push(finding).maybe_hint(wrong.hint);
        }
    }

    fn value(&self, source: SourceId, findings: &mut Findings) -> Option<Node> {
        let text = &self.typed[self.value.clone()];
        if self.flag == "--set" && !text.trim().is_empty() {
            return parse(text, source, self.value.start, findings);
        }
        let place = Place {
            source,
            bytes: self.value.clone(),
        };
        let scalar = Scalar {
            text: text.trim().to_owned(),
            is_plain: true,
        };
        Some(Node {
            place,
            content: Content::Scalar(scalar),
        })
    }

    /// Where the step is in what was typed; flags that hide their path show their whole argument.
    fn bytes_of(&self, depth: usize) -> Range<usize> {
        match self.steps.get(depth) {
            Some(step) if self.flag == "--set" => {
                let before: usize = self.steps[..depth].iter().map(|step| step.len() + 1).sum();
                before..before + step.len()
            }
            _ => 0..self.typed.len(),
        }
    }

    /// Puts `value` where the steps from `depth` on lead. Keys that are not there yet are made; whether they may be is
    /// the schema's to say.
    fn put(&self, node: &mut Node, depth: usize, value: Node, source: SourceId) -> Result<(), Wrong> {
        let Some(step) = self.steps.get(depth) else {
            *node = value;
            return Ok(());
        };
        if matches!(&node.content, Content::Scalar(scalar) if scalar.is_plain && is_null(&scalar.text)) {
            node.content = Content::Map(Vec::new());
        }
        match &mut node.content {
            Content::Map(entries) => {
                let key_place = Place {
                    source,
                    bytes: self.bytes_of(depth),
                };
                self.put(child_of(entries, step, key_place), depth + 1, value, source)
            }
            Content::List(items) => {
                let place = item_of(items, step).map_err(|(message, hint)| Wrong { depth, message, hint })?;
                self.put_in_item(&mut items[place], depth + 1, value, source)
            }
            Content::Scalar(scalar) => Err(Wrong {
                depth,
                message: format!(
                    "expected a map or list to look into, found `{}`",
                    shortened(&scalar.text)
                ),
                hint: None,
            }),
        }
    }

    /// Of an item `- web: {...}` the single key need not be said: `channels.web.share`, `traffic.phases.0.peak`.
    fn put_in_item(&self, item: &mut Node, depth: usize, value: Node, source: SourceId) -> Result<(), Wrong> {
        let skips_key = match (item.single(), self.steps.get(depth)) {
            (Some(entry), Some(step)) => *step != entry.key,
            (Some(_), None) => value.single().is_none(),
            (None, _) => false,
        };
        match &mut item.content {
            Content::Map(entries) if skips_key => self.put(&mut entries[0].node, depth, value, source),
            _ => self.put(item, depth, value, source),
        }
    }
}

/// Why a path leads nowhere.
struct Wrong {
    /// The step that does not fit, counted from the root.
    depth: usize,
    message: String,
    hint: Option<String>,
}

fn child_of<'a>(entries: &'a mut Vec<Entry>, key: &str, key_place: Place) -> &'a mut Node {
    let place = entries.iter().position(|entry| entry.key == key).unwrap_or_else(|| {
        let content = Content::Map(Vec::new());
        let node = Node {
            place: key_place.clone(),
            content,
        };
        entries.push(Entry {
            key: key.to_owned(),
            key_place,
            node,
        });
        entries.len() - 1
    });
    &mut entries[place].node
}

fn item_of(items: &[Node], step: &str) -> Result<usize, (String, Option<String>)> {
    let numbers = match items.len() {
        0 => "nothing, the list is empty".to_owned(),
        count => format!("a number from 0 to {}", count - 1),
    };
    if let Ok(number) = step.parse::<usize>() {
        let message = format!("expected {numbers}, found `{step}`");
        return if number < items.len() {
            Ok(number)
        } else {
            Err((message, None))
        };
    }
    let mut places = (0..items.len()).filter(|place| items[*place].name() == Some(step));
    match (places.next(), places.count()) {
        (Some(place), 0) => Ok(place),
        (Some(_), others) => {
            let message = format!(
                "expected a name that only one has, found `{step}`, which {} have",
                others + 1
            );
            Err((message, Some(format!("say {numbers}"))))
        }
        (None, _) => {
            let names: Vec<&str> = items.iter().filter_map(Node::name).collect();
            let known = if names.is_empty() {
                numbers
            } else {
                format!("one of {}", listed(names.iter().copied()))
            };
            Err((format!("expected {known}, found `{step}`"), did_you_mean(step, names)))
        }
    }
}

impl Node {
    /// The entry of a map that has a single key with a map under it: `web: {...}`, `spike: {...}`.
    fn single(&self) -> Option<&Entry> {
        match &self.content {
            Content::Map(entries) => match entries.as_slice() {
                [entry] if matches!(entry.node.content, Content::Map(_)) => Some(entry),
                _ => None,
            },
            _ => None,
        }
    }

    /// The name of a list item: of `- spike: {name: midnight}` the inner name, of `- web: {...}` the key, else what a
    /// naming key says.
    fn name(&self) -> Option<&str> {
        match self.single() {
            Some(entry) => {
                let inner = entry.node.entry("name").and_then(|name| name.node.text());
                Some(inner.unwrap_or(&entry.key))
            }
            None => NAMING_KEYS.iter().find_map(|key| self.entry(key)?.node.text()),
        }
    }
}
