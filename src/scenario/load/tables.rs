//! The tables of a knowledge, from CSV files into its nodes: rows of records, and facts of topics. What comes after sees
//! rows as if they had been written in the YAML, but each mistake shows the line of the CSV file.

mod csv;
mod facts;
mod tiers;

use super::Loader;
use super::node::{Content, Entry, Node};
use super::source::{ReadError, read};
use crate::scenario::built_in::{self, Kind};
use crate::scenario::finding::{At, Finding};
use crate::scenario::place::{Segment, Spot};
use csv::Table;

/// The largest CSV file with a table. Unit: bytes.
const FILE_LIMIT: u64 = 8 * 1024 * 1024;

impl Loader<'_> {
    /// Reads the tables that a text of this kind names.
    pub(super) fn fill_tables(&mut self, root: &mut Node, at: &Spot, kind: Kind) {
        match kind {
            Kind::Knowledge => self.fill_knowledge(root, at),
            Kind::Scenario => {
                let defined = root
                    .entry_mut("define")
                    .and_then(|define| define.node.entry_mut("knowledge"));
                let Some(Content::List(items)) = defined.map(|entry| &mut entry.node.content) else {
                    return;
                };
                let at = at.key("define").key("knowledge");
                for (place, item) in items.iter_mut().enumerate() {
                    self.fill_knowledge(item, &at.item(place));
                }
            }
            Kind::Persona | Kind::Goals | Kind::Profile | Kind::Rubric => {}
        }
    }

    fn fill_knowledge(&mut self, knowledge: &mut Node, at: &Spot) {
        if let Some(Content::Map(records)) = knowledge.entry_mut("records").map(|entry| &mut entry.node.content) {
            for record in records {
                self.fill_record(&mut record.node, &at.key("records").key(&record.key));
            }
        }
        let from = knowledge.entry("facts").and_then(|facts| facts.node.entry("from"));
        let Some(from) = from.map(|from| from.node.clone()) else {
            return;
        };
        if let Some(table) = self.table(&from, &at.key("facts").key("from")) {
            facts::put(&table, knowledge, at, &mut self.findings);
            if let Content::Map(entries) = &mut knowledge.content {
                entries.retain(|entry| entry.key != "facts");
            }
        }
    }

    /// `from` becomes `rows`.
    fn fill_record(&mut self, record: &mut Node, at: &Spot) {
        let has_rows = record.entry("rows").is_some();
        let Some(entry) = record.entry_mut("from") else {
            return;
        };
        if has_rows {
            let found = Finding::new(
                At::Place(entry.key_place.clone(), at.key("from").path),
                "expected either `rows` or `from` a file, found both",
            );
            self.findings.push(found);
            return;
        }
        if let Some(table) = self.table(&entry.node, &at.key("from")) {
            "rows".clone_into(&mut entry.key);
            entry.node = table.into_node();
        }
    }

    /// The table in the file that `from` names.
    fn table(&mut self, from: &Node, at: &Spot) -> Option<Table> {
        // Anything but a text is told by whoever reads the keys.
        let reference = from.text()?;
        let folder = self.sources.get(from.place.source).folder.clone();
        let read = match &folder {
            Some(folder) => {
                let path = folder.join(reference);
                read(&path, FILE_LIMIT).map(|text| (super::source::tidy(&path), text))
            }
            None => match built_in::table(reference) {
                Some(text) => Ok((format!("built-in table {reference}"), text.to_owned())),
                None => {
                    let message = format!("no table `{reference}` is built in");
                    self.findings
                        .push(Finding::new(At::Place(from.place.clone(), at.path.clone()), message));
                    return None;
                }
            },
        };
        match read {
            Ok((name, text)) => {
                let source = self.sources.add(name, text, folder);
                let text = &self.sources.get(source).text;
                csv::parse(text, source, &mut self.table_cells, &mut self.findings)
            }
            Err(error) => {
                let hint = match &error {
                    ReadError::TooLarge { .. } => {
                        Some("leave out rows and columns that no customer asks about".to_owned())
                    }
                    _ => error.hint(),
                };
                let finding = Finding::new(At::Place(from.place.clone(), at.path.clone()), error.whole());
                self.findings.push(finding).maybe_hint(hint);
                None
            }
        }
    }
}

impl Node {
    /// The entry under `key`, if this is a map that has it.
    fn entry_mut(&mut self, key: &str) -> Option<&mut Entry> {
        match &mut self.content {
            Content::Map(entries) => entries.iter_mut().find(|entry| entry.key == key),
            _ => None,
        }
    }
}

/// The path of a key below this one.
fn below(at: &Spot, keys: &[&str]) -> crate::scenario::place::Path {
    let mut path = at.path.clone();
    path.0.extend(keys.iter().map(|key| Segment::Key((*key).to_owned())));
    path
}
