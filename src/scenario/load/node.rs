//! What a YAML text says, with the place of every key and value.

use crate::scenario::place::{Path, Place, Segment};

/// A value and where it is written.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) place: Place,
    pub(super) content: Content,
}

/// A value.
#[derive(Debug, Clone)]
pub(super) enum Content {
    Scalar(Scalar),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// A single value. What a plain one means (text, number, nothing) is for its reader to say.
#[derive(Debug, Clone)]
pub(super) struct Scalar {
    pub(super) text: String,
    /// Written without quotes.
    pub(super) is_plain: bool,
}

/// A key of a map and its value.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_place: Place,
    pub(super) node: Node,
}

impl Node {
    /// The value under `key`, if this is a map that has it.
    pub(super) fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.content {
            Content::Map(entries) => entries.iter().find(|entry| entry.key == key),
            _ => None,
        }
    }

    /// The text of this scalar, if it is one.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    /// The value with this path.
    pub(super) fn at(&self, path: &Path) -> Option<&Node> {
        path.0
            .iter()
            .try_fold(self, |node, segment| node.step(segment).map(|(_, node)| node))
    }

    /// Where the value with this path is written: the value itself, or the key that leads to it when the value is a map
    /// or list (whose first line would say little). A path that is not there gives the nearest value above it.
    pub(super) fn place_of(&self, path: &Path) -> &Place {
        let (mut node, mut key) = (self, None);
        for segment in &path.0 {
            let Some((key_place, child)) = node.step(segment) else {
                return key.unwrap_or(&node.place);
            };
            (node, key) = (child, key_place);
        }
        match node.content {
            Content::Scalar(_) => &node.place,
            _ => key.unwrap_or(&node.place),
        }
    }

    /// Where the last key of this path is written; a list item, where it starts.
    pub(super) fn key_place_of(&self, path: &Path) -> &Place {
        let (mut node, mut key) = (self, None);
        for segment in &path.0 {
            let Some((key_place, child)) = node.step(segment) else {
                break;
            };
            (node, key) = (child, key_place);
        }
        key.unwrap_or(&node.place)
    }

    fn step(&self, segment: &Segment) -> Option<(Option<&Place>, &Node)> {
        match (segment, &self.content) {
            (Segment::Key(key), _) => self.entry(key).map(|entry| (Some(&entry.key_place), &entry.node)),
            (Segment::Item(item), Content::List(items)) => items.get(*item).map(|node| (None, node)),
            _ => None,
        }
    }

    /// How it is called in messages.
    pub(super) fn called(&self) -> String {
        match &self.content {
            Content::Scalar(scalar) if scalar.is_plain && super::scalar::is_null(&scalar.text) => "nothing".to_owned(),
            Content::Scalar(scalar) if scalar.is_plain => format!("`{}`", shortened(&scalar.text)),
            Content::Scalar(scalar) => format!("the text `{}`", shortened(&scalar.text)),
            Content::List(_) => "a list".to_owned(),
            Content::Map(_) => "a map".to_owned(),
        }
    }
}

/// The text, or its start when it is long.
pub(super) fn shortened(text: &str) -> String {
    const LONGEST: usize = 80;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}
