//! Facts of topics from a table: each row becomes an entry of its topic's `facts`.

use super::below;
use super::csv::{Cell, Table};
use super::tiers;
use crate::scenario::FactType;
use crate::scenario::finding::{At, Finding, Findings};
use crate::scenario::load::node::{Content, Entry, Node};
use crate::scenario::place::{Place, Spot};
use crate::scenario::suggest::{did_you_mean, listed};

/// What stands between two alternatives in a cell.
pub(super) const ALTERNATIVE: char = '|';
/// Types that a fact may have and a column of a record may not.
const OF_FACTS_ALONE: [&str; 2] = ["tiers", "holds"];
/// The columns that a table of facts may have.
const COLUMNS: [&str; 10] = [
    "topic",
    "fact",
    "type",
    "value",
    "value.zh",
    "value.en",
    "subject.zh",
    "subject.en",
    "shown.zh",
    "shown.en",
];

/// Puts each row's fact into its topic; `at` is where the knowledge is.
pub(super) fn put(table: &Table, knowledge: &mut Node, at: &Spot, findings: &mut Findings) {
    let unknown = table
        .headers
        .iter()
        .filter(|header| !COLUMNS.contains(&header.text.as_str()));
    let before = findings.0.len();
    for header in unknown {
        let message = format!("no column `{}` is known; there are {}", header.text, listed(COLUMNS));
        let finding = Finding::new(At::Place(header.place.clone(), below(at, &["facts"])), message);
        findings.push(finding).maybe_hint(did_you_mean(&header.text, COLUMNS));
    }
    for needed in ["topic", "fact", "type"] {
        if !table.headers.iter().any(|header| header.text == needed) {
            let place = table
                .headers
                .first()
                .map_or_else(|| knowledge.place.clone(), |first| first.place.clone());
            let message = format!("expected a column `{needed}`, found none");
            findings.push(Finding::new(At::Place(place, below(at, &["facts"])), message));
        }
    }
    if findings.0.len() > before {
        return;
    }
    for cells in &table.rows {
        let row = Row { table, cells };
        if let Err(finding) = row.put(knowledge, at) {
            findings.push(*finding);
        }
    }
}

struct Row<'a> {
    table: &'a Table,
    cells: &'a [Cell],
}

impl Row<'_> {
    /// The cell of a column, unless it is empty or not there.
    fn cell(&self, column: &str) -> Option<&Cell> {
        let place = self.table.headers.iter().position(|header| header.text == column)?;
        self.cells.get(place).filter(|cell| !cell.text.is_empty())
    }

    fn needed(&self, column: &str, at: &Spot) -> Result<&Cell, Box<Finding>> {
        self.cell(column).ok_or_else(|| {
            let place = self.cells.first().map_or_else(
                || Place {
                    source: at.source,
                    bytes: 0..0,
                },
                |cell| cell.place.clone(),
            );
            let message = format!("expected something under `{column}`, found nothing");
            Box::new(Finding::new(At::Place(place, below(at, &["facts"])), message))
        })
    }

    fn put(&self, knowledge: &mut Node, at: &Spot) -> Result<(), Box<Finding>> {
        let (topic, name) = (self.needed("topic", at)?, self.needed("fact", at)?);
        let fact = self.fact(at)?;
        let wrong = |cell: &Cell, message| {
            let path = below(at, &["topics", &topic.text, "facts", &name.text]);
            Box::new(Finding::new(At::Place(cell.place.clone(), path), message))
        };
        let Some(Content::Map(topics)) = knowledge.entry_mut("topics").map(|entry| &mut entry.node.content) else {
            return Err(wrong(
                topic,
                format!("no topic is called `{}`; there are none", topic.text),
            ));
        };
        let Some(place) = topics.iter().position(|entry| entry.key == topic.text) else {
            let known = || topics.iter().map(|entry| entry.key.as_str());
            let mut finding = wrong(
                topic,
                format!("no topic is called `{}`; there are {}", topic.text, listed(known())),
            );
            finding.maybe_hint(did_you_mean(&topic.text, known()));
            return Err(finding);
        };
        let facts = match topics[place].node.entries_of("facts", &topic.place) {
            Some(facts) => facts,
            // What else the topic's facts are is told by whoever reads them.
            None => return Ok(()),
        };
        if facts.iter().any(|entry| entry.key == name.text) {
            return Err(wrong(
                name,
                format!("expected each fact once, found `{}` again", name.text),
            ));
        }
        facts.push(Entry {
            key: name.text.clone(),
            key_place: name.place.clone(),
            node: fact,
        });
        Ok(())
    }

    /// The row's fact: `{money: 50, subject: {zh: [...]}, shown: {zh: ...}}`.
    fn fact(&self, at: &Spot) -> Result<Node, Box<Finding>> {
        let named = self.needed("type", at)?;
        let keys = || FactType::ALL.into_iter().map(FactType::key).chain(OF_FACTS_ALONE);
        let Some(kind) = keys().find(|key| *key == named.text) else {
            let message = format!("no type is called `{}`; there are {}", named.text, listed(keys()));
            let mut finding = Finding::new(At::Place(named.place.clone(), below(at, &["facts"])), message);
            finding.maybe_hint(did_you_mean(&named.text, keys()));
            return Err(Box::new(finding));
        };
        let value = match kind {
            "text" => match self.cell("value") {
                Some(both) => by_language([Some(alternatives(both)), Some(alternatives(both))], both),
                None => self.by_language("value", alternatives, at)?,
            },
            "identifier" => self.needed("value", at)?.clone().into_text(),
            "tiers" => {
                tiers::steps(self.needed("value", at)?).map_err(|message| self.wrong_value(kind, message, at))?
            }
            _ => self.needed("value", at)?.clone().into_plain(),
        };
        let mut entries = vec![entry(kind, value, &named.place)];
        for (key, read) in [("subject", alternatives as fn(&Cell) -> Node), ("shown", text)] {
            if let Ok(node) = self.by_language(key, read, at) {
                entries.push(entry(key, node, &named.place));
            }
        }
        Ok(map(entries, &named.place))
    }

    /// A value that is none of its type, told with the form that it must have.
    fn wrong_value(&self, kind: &str, message: String, at: &Spot) -> Box<Finding> {
        let of = |column| self.cell(column).map_or("", |cell| cell.text.as_str());
        let path = below(at, &["topics", of("topic"), "facts", of("fact"), kind]);
        match self.needed("value", at) {
            Ok(cell) => {
                let mut finding = Finding::new(At::Place(cell.place.clone(), path), message);
                finding.maybe_hint(Some(tiers::FORM.to_owned()));
                Box::new(finding)
            }
            Err(missing) => missing,
        }
    }

    /// `{zh: ..., en: ...}` from the columns `KEY.zh` and `KEY.en`, of which one must hold something.
    fn by_language(&self, key: &str, read: fn(&Cell) -> Node, at: &Spot) -> Result<Node, Box<Finding>> {
        let of = |code: &str| self.cell(&format!("{key}.{code}"));
        let (zh, en) = (of("zh"), of("en"));
        match zh.or(en) {
            Some(first) => Ok(by_language([zh.map(read), en.map(read)], first)),
            None => Err(self.needed(key, at).err().unwrap_or_else(|| self.nothing(key, at))),
        }
    }

    fn nothing(&self, key: &str, at: &Spot) -> Box<Finding> {
        let place = self.cells.first().map_or_else(
            || Place {
                source: at.source,
                bytes: 0..0,
            },
            |cell| cell.place.clone(),
        );
        Box::new(Finding::new(
            At::Place(place, below(at, &["facts"])),
            format!("expected something under `{key}.zh` or `{key}.en`, found nothing"),
        ))
    }
}

impl Node {
    /// The entries of the map under `key`, which is made if it is not there.
    fn entries_of(&mut self, key: &str, place: &Place) -> Option<&mut Vec<Entry>> {
        let Content::Map(entries) = &mut self.content else {
            return None;
        };
        if !entries.iter().any(|entry| entry.key == key) {
            entries.push(entry(key, map(Vec::new(), place), place));
        }
        let found = entries.iter_mut().find(|entry| entry.key == key)?;
        match &mut found.node.content {
            Content::Map(entries) => Some(entries),
            _ => None,
        }
    }
}

fn by_language([zh, en]: [Option<Node>; 2], at: &Cell) -> Node {
    let given = [("zh", zh), ("en", en)].into_iter();
    let entries = given.filter_map(|(code, node)| Some(entry(code, node?, &at.place)));
    map(entries.collect(), &at.place)
}

fn alternatives(cell: &Cell) -> Node {
    let part = |text: &str| {
        let part = Cell {
            text: text.trim().to_owned(),
            place: cell.place.clone(),
        };
        part.into_text()
    };
    Node {
        place: cell.place.clone(),
        content: Content::List(cell.text.split(ALTERNATIVE).map(part).collect()),
    }
}

fn text(cell: &Cell) -> Node {
    cell.clone().into_text()
}

pub(super) fn entry(key: &str, node: Node, place: &Place) -> Entry {
    Entry {
        key: key.to_owned(),
        key_place: place.clone(),
        node,
    }
}

pub(super) fn map(entries: Vec<Entry>, place: &Place) -> Node {
    Node {
        place: place.clone(),
        content: Content::Map(entries),
    }
}
