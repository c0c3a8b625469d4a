//! CSV text -> cells with their places.

use std::ops::Range;

use csv::{ErrorKind, ReaderBuilder, StringRecord, Trim};

use crate::scenario::finding::{At, Finding, Findings};
use crate::scenario::load::node::{Content, Entry, Node, Scalar};
use crate::scenario::place::{Path, Place, SourceId};

/// The most rows of a table.
const ROW_LIMIT: usize = 10_000;
/// The most cells of all tables of a scenario together, so that its resolved file can be read again.
const CELL_LIMIT: usize = 100_000;
/// The longest cell. Unit: bytes.
const CELL_BYTES: usize = 4_096;

/// What other programs put between columns.
const SEPARATORS: [char; 2] = [';', '\t'];

/// What stands in a cell, and where.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) place: Place,
}

/// The rows of a CSV file.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) headers: Vec<Cell>,
    /// As many cells as there are headers.
    pub(super) rows: Vec<Vec<Cell>>,
    start: Place,
}

impl Table {
    /// A list of maps from column to text.
    pub(super) fn into_node(self) -> Node {
        let headers = self.headers;
        let row = |cells: Vec<Cell>| {
            let place = cells
                .first()
                .map_or_else(|| self.start.clone(), |cell| cell.place.clone());
            let entries = headers.iter().zip(cells).map(|(header, cell)| Entry {
                key: header.text.clone(),
                key_place: header.place.clone(),
                node: cell.into_text(),
            });
            Node {
                place,
                content: Content::Map(entries.collect()),
            }
        };
        Node {
            content: Content::List(self.rows.into_iter().map(row).collect()),
            place: self.start.clone(),
        }
    }
}

impl Cell {
    /// The cell as a text, whatever it looks like.
    pub(super) fn into_text(self) -> Node {
        self.into_scalar(false)
    }

    /// The cell as a plain scalar, which may be a number.
    pub(super) fn into_plain(self) -> Node {
        self.into_scalar(true)
    }

    fn into_scalar(self, is_plain: bool) -> Node {
        Node {
            place: self.place,
            content: Content::Scalar(Scalar {
                text: self.text,
                is_plain,
            }),
        }
    }
}

/// The table in `text`, if it is one; `cells` counts those of all tables so far.
pub(super) fn parse(text: &str, source: SourceId, cells: &mut usize, findings: &mut Findings) -> Option<Table> {
    read(text, source, cells).map_err(|wrong| findings.push(*wrong)).ok()
}

fn read(text: &str, source: SourceId, cells: &mut usize) -> Result<Table, Box<Finding>> {
    let place = |bytes| Place { source, bytes };
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let mut lines: Vec<Vec<Cell>> = Vec::new();
    let mut record = StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let start = error.position().map_or(0, |position| position.byte());
                let mut finding = wrong(place(line_at(text, start)), reason(&error));
                finding.maybe_hint(opened_quote(text, start));
                return Err(finding);
            }
        }
        let start = record.position().map_or(0, |position| position.byte());
        let cells_here = places(text, start, reader.position().byte(), &record);
        let line: Vec<Cell> = record
            .iter()
            .zip(cells_here)
            .map(|(text, bytes)| Cell {
                text: text.to_owned(),
                place: place(bytes),
            })
            .collect();
        if lines.is_empty() {
            check_separator(&line)?;
        }
        if let Some(long) = line.iter().find(|cell| cell.text.len() > CELL_BYTES) {
            let message = format!(
                "expected at most {CELL_BYTES} bytes in a cell, found {}",
                long.text.len()
            );
            return Err(wrong(long.place.clone(), message));
        }
        *cells += line.len();
        if lines.len() > ROW_LIMIT || *cells > CELL_LIMIT {
            let message =
                format!("expected at most {ROW_LIMIT} rows, and {CELL_LIMIT} cells in all tables together, found more");
            return Err(wrong(place(line_at(text, start)), message));
        }
        lines.push(line);
    }
    table(lines, place(0..0))
}

/// The first line names the columns.
fn table(lines: Vec<Vec<Cell>>, start: Place) -> Result<Table, Box<Finding>> {
    let mut lines = lines.into_iter();
    let headers = lines.next().unwrap_or_default();
    let mut seen = std::collections::HashSet::new();
    if let Some(again) = headers.iter().find(|header| !seen.insert(header.text.as_str())) {
        let message = format!("expected columns of different names, found `{}` again", again.text);
        return Err(wrong(again.place.clone(), message));
    }
    let rows: Vec<Vec<Cell>> = lines.collect();
    if rows.is_empty() {
        return Err(wrong(start, "expected rows below a header line, found none".to_owned()));
    }
    Ok(Table { headers, rows, start })
}

/// A header of one column with another separator in it is that of a table which uses that one.
fn check_separator(header: &[Cell]) -> Result<(), Box<Finding>> {
    let [only] = header else {
        return Ok(());
    };
    let Some(found) = only.text.chars().find(|character| SEPARATORS.contains(character)) else {
        return Ok(());
    };
    let message = format!(
        "expected columns with `,` between them, found `{}`",
        found.escape_default()
    );
    let mut finding = wrong(only.place.clone(), message);
    finding.hint("save the table as CSV with commas");
    Err(finding)
}

fn wrong(place: Place, message: String) -> Box<Finding> {
    Box::new(Finding::new(At::Place(place, Path::default()), message))
}

/// Where the fields of a record stand, as far as they are written as they read; else the start of the record.
fn places(text: &str, start: u64, end: u64, record: &StringRecord) -> Vec<Range<usize>> {
    let byte = |place: u64| usize::try_from(place).unwrap_or(usize::MAX).min(text.len());
    let (start, end) = (byte(start), byte(end));
    let mut from = start;
    let place = |field: &str| {
        let found = text.get(from..end).and_then(|rest| rest.find(field));
        let at = found.map_or(start, |offset| from + offset);
        from = found.map_or(from, |_| at + field.len());
        at..if found.is_some() { at + field.len() } else { at }
    };
    record.iter().map(place).collect()
}

/// The line that holds a byte.
fn line_at(text: &str, byte: u64) -> Range<usize> {
    let byte = usize::try_from(byte).unwrap_or(usize::MAX).min(text.len());
    // A record may begin with the line ends before it.
    let blank = text[byte..].len() - text[byte..].trim_start_matches(['\r', '\n']).len();
    let start = byte + blank;
    start..text[start..].find('\n').map_or(text.len(), |length| start + length)
}

/// A quote that is opened behind this byte and never closed takes all that follows into one field.
fn opened_quote(text: &str, byte: u64) -> Option<String> {
    let rest = text.get(usize::try_from(byte).ok()?..)?;
    let is_open = rest.matches('"').count() % 2 == 1;
    is_open.then(|| "a `\"` is opened here and never closed; within quotes it is written `\"\"`".to_owned())
}

fn reason(error: &csv::Error) -> String {
    match error.kind() {
        ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("expected {expected_len} fields as in the header, found {len}")
        }
        _ => error.to_string(),
    }
}
