//! Tables: a column of names, and beside it as many columns of figures as fit.

use comfy_table::{CellAlignment, ContentLineStyle, LineStyle, Table, TableStyle};

use super::{BETWEEN, columns};

/// A column of a table. The first holds names; of the others the lightest are dropped where they do not fit.
pub(in crate::report) struct Column {
    pub(in crate::report) header: String,
    pub(in crate::report) weight: u8,
    pub(in crate::report) cells: Vec<String>,
}

impl Column {
    pub(super) fn width(&self) -> usize {
        self.cells
            .iter()
            .map(|cell| columns(cell))
            .chain([columns(&self.header)])
            .max()
            .unwrap_or(0)
    }
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
