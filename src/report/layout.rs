//! Lines of at most so many columns, with or without colour.

mod table;
mod wrapping;

use unicode_width::UnicodeWidthStr;

pub use table::{Column, table};
use table::{drawn, fitted};
use wrapping::wrapped;

use super::Style;
use super::threshold::ThresholdRow;

pub(in crate::report) const GREEN: &str = "32";
pub(in crate::report) const RED: &str = "31";
pub(in crate::report) const YELLOW: &str = "33";
const BOLD: &str = "1";
const DIM: &str = "2";

/// Nothing is laid out narrower than this.
const NARROWEST: usize = 40;
/// Space between what stands beside each other.
const BETWEEN: usize = 2;

/// A page that grows downwards.
pub(in crate::report) struct Layout {
    colour: bool,
    width: usize,
    page: String,
}

impl Layout {
    pub(in crate::report) fn new(style: Style) -> Layout {
        Layout {
            colour: style.colour,
            width: usize::from(style.width).max(NARROWEST),
            page: String::new(),
        }
    }

    /// The page; without colour our own signs are ASCII.
    pub(in crate::report) fn finish(self) -> String {
        if self.colour {
            self.page
        } else {
            self.page.chars().map(plain).collect()
        }
    }

    /// An empty line.
    pub(in crate::report) fn gap(&mut self) {
        self.page.push('\n');
    }

    /// Text after a mark; the lines that follow are indented as wide as the mark.
    pub(in crate::report) fn text(&mut self, text: &str, mark: &str) {
        self.painted(text, mark, "");
    }

    pub(in crate::report) fn bold(&mut self, text: &str) {
        self.painted(text, "", BOLD);
    }

    pub(in crate::report) fn dim(&mut self, text: &str) {
        self.painted(text, "", DIM);
    }

    pub(in crate::report) fn warning(&mut self, text: &str) {
        self.painted(text, "! ", YELLOW);
    }

    /// The verdict in colour, and why.
    pub(in crate::report) fn verdict(&mut self, verdict: &str, because: &str, colour: &str, end: &str) {
        let lines = wrapped(&format!("{verdict} – {because}{end}"), self.width);
        for (place, line) in lines.iter().enumerate() {
            match line.strip_prefix(verdict).filter(|_| place == 0) {
                Some(rest) => {
                    let bold = self.paint(verdict, &format!("{BOLD};{colour}"));
                    self.page.push_str(&format!("{bold}{rest}\n"));
                }
                None => self.page.push_str(&format!("{line}\n")),
            }
        }
    }

    /// A threshold on one line where it fits, else on several; below it why, where the figures do not say.
    pub(in crate::report) fn threshold(&mut self, row: &ThresholdRow, that_width: usize) {
        let interval = if row.interval.contains(' ') {
            format!(" ({})", row.interval)
        } else {
            String::new()
        };
        let figures = format!("{}{interval}", row.observed);
        let colour = match row.key {
            "held" => GREEN,
            "broken" => RED,
            _ => YELLOW,
        };
        let mark = self.paint(row.mark, colour);
        let word = self.paint(row.verdict, colour);
        let used = 2 + that_width + BETWEEN + columns(&figures) + BETWEEN + columns(row.verdict);
        if used <= self.width {
            let space = " ".repeat(that_width - columns(&row.that) + BETWEEN);
            self.page
                .push_str(&format!("{mark} {}{space}{figures}  {word}\n", row.that));
        } else {
            let mut lines = wrapped(&row.that, self.width - 2).into_iter();
            self.page
                .push_str(&format!("{mark} {}\n", lines.next().unwrap_or_default()));
            lines.for_each(|line| self.page.push_str(&format!("  {line}\n")));
            self.page.push_str(&format!("  {figures}  {word}\n"));
        }
        self.painted(&row.reason, "  ", DIM);
    }

    /// A table; returns the headers of the columns that did not fit, as [`table::fitted`] says.
    pub(in crate::report) fn table(&mut self, table: Vec<Column>) -> Vec<String> {
        let (kept, left_out) = fitted(table, self.width);
        for line in drawn(&kept).lines() {
            self.page.push_str(&format!("{line}\n"));
        }
        left_out
    }

    fn painted(&mut self, text: &str, mark: &str, code: &str) {
        if text.is_empty() {
            return;
        }
        let indent = " ".repeat(columns(mark));
        for (place, line) in wrapped(text, self.width - columns(mark)).iter().enumerate() {
            let lead = if place == 0 { mark } else { &indent };
            let line = self.paint(&format!("{lead}{line}"), code);
            self.page.push_str(&format!("{line}\n"));
        }
    }

    fn paint(&self, text: &str, code: &str) -> String {
        if self.colour && !code.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
}

/// Width in terminal columns; Chinese characters take two.
pub(in crate::report) fn columns(text: &str) -> usize {
    text.width()
}

/// What a sign of ours is in ASCII; all of them are one column wide.
fn plain(sign: char) -> char {
    match sign {
        '✓' => '+',
        '✗' => 'x',
        '–' | '─' | '·' => '-',
        '…' => '~',
        '→' => '>',
        '“' | '”' => '"',
        '±' => '=',
        other => other,
    }
}
