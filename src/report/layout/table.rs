//! Tables: a column of names, and beside it as many columns of figures as fit.

use comfy_table::{CellAlignment, ContentLineStyle, LineStyle, Table, TableStyle};

use super::wrapping::{pieces, wrapped};
use super::{BETWEEN, columns};

/// Labels are not made narrower than this.
const NARROWEST_LABEL: usize = 10;
/// A word of a label that is longer may be broken: this much of it stays on one line of a narrow page, and of a wide one.
const LONGEST_WORD: (usize, usize) = (12, 24);
/// Two characters in Chinese, whose headers have no spaces: narrower than this none is broken.
const NARROWEST_HEADER: usize = 4;
/// Below this width a page is narrow.
const NARROW: usize = 60;

/// A column of a table. The first holds labels and is always kept; of the others the lightest are left out where they do not
/// fit, of several as light the last one first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What the column holds.
    pub header: String,
    /// How much is lost without it.
    pub weight: u8,
    /// One a row, in all columns alike.
    pub cells: Vec<String>,
}

impl Column {
    fn width(&self) -> usize {
        widest(self.cells.iter().chain([&self.header]))
    }

    /// The same with a header on two lines.
    fn narrowest(&self) -> usize {
        let mut rooms = longest_word(&self.header).max(NARROWEST_HEADER)..columns(&self.header);
        let header = rooms.find(|room| wrapped(&self.header, *room).len() <= 2);
        let cells = widest(&self.cells);
        header.map_or(self.width(), |header| cells.max(header))
    }
}

/// A table that stands alone, in at most `width` columns where that can be.
pub fn table(columns: Vec<Column>, width: u16) -> String {
    drawn(&fitted(columns, usize::from(width)).0)
}

/// The columns that fit into `width`, and the headers of those that do not. Room is won in this order: headers are broken at
/// their words, then labels, then columns are left out; at least two stay.
pub(super) fn fitted(mut table: Vec<Column>, width: usize) -> (Vec<Column>, Vec<String>) {
    let mut left_out = Vec::new();
    let Some(labels) = table.first() else {
        return (table, left_out);
    };
    let (natural, narrowest) = (labels.width(), narrowest_label(labels, width));
    let figures = |table: &[Column], width: fn(&Column) -> usize| -> usize {
        table.iter().skip(1).map(|column| width(column) + BETWEEN).sum()
    };
    while narrowest + figures(&table, Column::narrowest) > width && table.len() > 2 {
        let lightest = (1..table.len()).rev().min_by_key(|place| table[*place].weight);
        left_out.push(table.remove(lightest.unwrap_or(1)).header);
    }
    if natural + figures(&table, Column::width) > width {
        table.iter_mut().skip(1).for_each(break_header);
    }
    let room = width.saturating_sub(figures(&table, Column::width)).max(narrowest);
    for label in table.iter_mut().take(1).flat_map(|labels| &mut labels.cells) {
        *label = broken(label, room);
    }
    (table, left_out)
}

/// A label on lines of at most `room`; those that follow are indented where that breaks no word, so as to look like no row.
fn broken(label: &str, room: usize) -> String {
    match columns(label) <= room {
        true => label.to_owned(),
        false if longest_word(label) < room => wrapped(label, room - 1).join("\n "),
        false => wrapped(label, room).join("\n"),
    }
}

/// Breaks a header where it is wider than its cells.
fn break_header(column: &mut Column) {
    column.header = wrapped(&column.header, column.narrowest()).join("\n");
}

/// As wide as the longest word of the labels, as far as that is bearable.
fn narrowest_label(labels: &Column, width: usize) -> usize {
    let longest = match width < NARROW {
        true => LONGEST_WORD.0,
        false => LONGEST_WORD.1,
    };
    let words = labels.cells.iter().map(|label| longest_word(label));
    let words = words.max().unwrap_or(0).clamp(NARROWEST_LABEL, longest);
    words.min(labels.width()).max(columns(&labels.header))
}

fn longest_word(text: &str) -> usize {
    pieces(text)
        .iter()
        .map(|word| columns(word.trim_end()))
        .max()
        .unwrap_or(0)
}

/// The widest line of these texts.
fn widest<'a>(texts: impl IntoIterator<Item = &'a String>) -> usize {
    let lines = texts.into_iter().flat_map(|text| text.split('\n'));
    lines.map(columns).max().unwrap_or(0)
}

pub(super) fn drawn(columns: &[Column]) -> String {
    let mut table = Table::new();
    table.load_style(
        TableStyle::new()
            .header_lines(ContentLineStyle::none())
            .header_separator(LineStyle::none().fill('─').junction('─'))
            .content_lines(ContentLineStyle::none()),
    );
    table.set_header(columns.iter().map(|column| column.header.as_str()));
    let rows = columns.first().map_or(0, |column| column.cells.len());
    for row in 0..rows {
        table.add_row(columns.iter().map(|column| column.cells[row].as_str()));
    }
    let last = columns.len().saturating_sub(1);
    for (place, column) in table.column_iter_mut().enumerate() {
        // The separator between two columns is itself one column wide.
        column.set_padding((0, if place == last { 0 } else { BETWEEN as u16 - 1 }));
        if place > 0 {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.trim_fmt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(header: &str, weight: u8, cell: &str) -> Column {
        Column {
            header: header.to_owned(),
            weight,
            cells: vec![cell.to_owned()],
        }
    }

    fn drawn_in(width: usize, table: Vec<Column>) -> (Vec<String>, Vec<String>) {
        let (kept, left_out) = fitted(table, width);
        (drawn(&kept).lines().map(str::to_owned).collect(), left_out)
    }

    #[test]
    fn labels_are_whole_where_there_is_room_and_broken_at_words_where_there_is_none() {
        let table = || {
            vec![
                column("Figure", 9, "contradicted facts: failed"),
                column("calm", 8, "4.7%"),
            ]
        };
        let (lines, _) = drawn_in(40, table());
        assert_eq!(lines[2], "contradicted facts: failed  4.7%");
        let (lines, _) = drawn_in(20, table());
        assert_eq!(lines[2..], ["contradicted    4.7%", " facts: failed"]);
    }

    #[test]
    fn headers_are_broken_before_a_column_is_left_out_and_the_last_of_the_lightest_goes_first() {
        let table = || {
            let light = || [column("repeated question", 1, "1/1"), column("cut off", 1, "2/2")];
            let mut table = vec![column("Goal", 1, "ask-price"), column("Served", 9, "1/2")];
            table.extend(light());
            table
        };
        let (lines, left_out) = drawn_in(34, table());
        assert_eq!(lines[0], "Goal       Served  repeated  cut");
        assert!(left_out.is_empty(), "{left_out:?}");
        let (lines, left_out) = drawn_in(30, table());
        assert_eq!(
            (lines[0].as_str(), left_out),
            ("Goal       Served  repeated", vec!["cut off".to_owned()])
        );
        let (lines, left_out) = drawn_in(10, table());
        assert_eq!(lines[2], "ask-price     1/2");
        assert_eq!(left_out, ["cut off", "repeated question"]);
    }
}
