//! The table of cells: as many columns as fit, and below that one short paragraph per cell.

use comfy_table::{CellAlignment, Table};
use throng::self_test::{Cell, TimeError};

use super::words::{Words, plain, signed};

/// Below this width the columns that matter do not fit.
const NARROW: usize = 72;

/// A column; the lightest are left out first where they do not fit.
struct Column {
    weight: u8,
    header: &'static str,
    show: fn(Words, &Cell) -> String,
}

/// The cells in at most `width` columns.
pub(super) fn table(cells: &[Cell], words: Words, width: usize) -> String {
    if width < NARROW {
        return paragraphs(cells, words);
    }
    let mut columns = columns(words);
    loop {
        let drawn = drawn(cells, words, &columns);
        let widest = drawn.lines().map(console::measure_text_width).max().unwrap_or(0);
        let lightest = columns.iter().enumerate().min_by_key(|(_, column)| column.weight);
        match lightest.map(|(place, _)| place) {
            Some(place) if widest > width && columns.len() > 4 => {
                columns.remove(place);
            }
            _ => return drawn,
        }
    }
}

fn columns(words: Words) -> Vec<Column> {
    let column = |weight, header, show| Column { weight, header, show };
    vec![
        column(99, words.pick("协议", "protocol"), |_, cell| cell.protocol.clone()),
        column(8, words.pick("每秒", "rate/s"), |_, cell| {
            format!("{}", cell.rate_per_s)
        }),
        column(1, words.pick("同时", "open"), |_, cell| {
            cell.open_conversations.to_string()
        }),
        column(98, words.pick("故障", "faults"), |words, cell| {
            words.fault(cell.fault)
        }),
        column(6, words.pick("轮次", "turns"), |_, cell| cell.turns.to_string()),
        column(97, words.pick("计错", "miscounted"), |_, cell| {
            cell.miscounted.to_string()
        }),
        column(5, words.pick("链路", "wire"), |_, cell| {
            error(cell.times.wire_time_ms)
        }),
        column(4, words.pick("首字", "first text"), |_, cell| {
            error(cell.times.first_text_ms)
        }),
        column(9, words.pick("答复", "reply"), |_, cell| {
            error(cell.times.reply_time_ms)
        }),
        column(7, words.pick("发送延迟", "lag"), |_, cell| {
            let lag = &cell.schedule_lag_ms;
            format!("{}/{}", plain(lag.p50), plain(lag.p99))
        }),
        column(3, words.pick("µs/轮", "µs/turn"), |_, cell| {
            cell.cpu_us_per_turn
                .map_or_else(|| "-".to_owned(), |cpu| format!("{cpu:.0}"))
        }),
        column(96, "", |words, cell| words.cell_verdict(cell).to_owned()),
    ]
}

/// Median and 99th percentile.
fn error(time: Option<TimeError>) -> String {
    match time.map(|time| (time.p50.error, time.p99.error)) {
        None | Some((None, None)) => "-".to_owned(),
        Some((p50, p99)) => format!("{}/{}", signed(p50), signed(p99)),
    }
}

fn drawn(cells: &[Cell], words: Words, columns: &[Column]) -> String {
    let mut table = Table::new();
    table
        .load_style(comfy_table::presets::NOTHING)
        .set_header(columns.iter().map(|column| column.header));
    for cell in cells {
        table.add_row(columns.iter().map(|column| (column.show)(words, cell)));
    }
    for (place, column) in table.column_iter_mut().enumerate() {
        column.set_padding((0, 2));
        let is_text = columns
            .get(place)
            .is_none_or(|column| column.weight > 95 && column.weight != 97);
        if !is_text {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.trim_fmt()
}

fn paragraphs(cells: &[Cell], words: Words) -> String {
    let paragraph = |cell: &Cell| {
        let (wire, reply) = (error(cell.times.wire_time_ms), error(cell.times.reply_time_ms));
        let (rate, fault, verdict) = (cell.rate_per_s, words.fault(cell.fault), words.cell_verdict(cell));
        let (protocol, turns, miscounted) = (&cell.protocol, cell.turns, cell.miscounted);
        words.pick(
            format!("{protocol} {rate}/s {fault}：{verdict}\n  轮次 {turns} 计错 {miscounted}\n  链路 {wire} 答复 {reply} ms"),
            format!("{protocol} {rate}/s {fault}: {verdict}\n  {turns} turns, {miscounted} miscounted\n  wire {wire} reply {reply} ms"),
        )
    };
    cells.iter().map(paragraph).collect::<Vec<_>>().join("\n")
}
