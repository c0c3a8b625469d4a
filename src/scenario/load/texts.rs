//! The texts that customers say, from CSV files into the scenario, so that a resolved scenario needs no second file.

use std::path::Path;

use super::Loader;
use super::source::{ReadError, decode, tidy};
use crate::scenario::parts::Held;
use crate::scenario::place::Spot;
use crate::scenario::suggest::{did_you_mean, listed};
use crate::scenario::{Goal, Say, Step};

/// The most rows of all CSV files of a scenario together.
const ROW_LIMIT: usize = 100_000;
/// The most bytes in the texts read from them.
const TEXT_LIMIT: usize = 20 * 1024 * 1024;
/// The largest CSV file; it may have columns that are not used.
const FILE_LIMIT: u64 = 200 * 1024 * 1024;

/// What may still be read.
pub(super) struct Allowance {
    rows: usize,
    bytes: usize,
}

impl Default for Allowance {
    fn default() -> Self {
        Allowance {
            rows: ROW_LIMIT,
            bytes: TEXT_LIMIT,
        }
    }
}

impl Loader<'_> {
    /// Reads the CSV files that these goals name.
    pub(super) fn read_texts(&mut self, goals: &mut [Held<Goal>]) {
        let mut allowance = Allowance::default();
        for goal in goals {
            for (at, say) in says_of(&mut goal.value, &goal.at) {
                self.read_say(say, &at, &mut allowance);
            }
        }
    }

    fn read_say(&mut self, say: &mut Say, at: &Spot, allowance: &mut Allowance) {
        let (from, column) = match (&say.from, &say.column) {
            (None, None) => return,
            (Some(from), Some(column)) => (from, column),
            (Some(from), None) => {
                self.findings.add(
                    &at.key("from"),
                    format!("expected a `column` of `{from}` beside it, found none"),
                );
                return;
            }
            (None, Some(_)) => {
                self.findings
                    .add(&at.key("column"), "expected a CSV file in `from` beside it, found none");
                return;
            }
        };
        if !(say.zh.is_empty() && say.en.is_empty() && say.any.is_empty() && say.verbatim.is_empty()) {
            self.findings
                .add(at, "expected texts either here or `from` a file, found both");
            return;
        }
        let Some(folder) = self.folder_of(&at.key("from")) else {
            self.findings.add(
                &at.key("from"),
                "expected the texts themselves, found a file, which built-in data cannot name",
            );
            return;
        };
        match column_of(&folder.join(from), column, allowance) {
            Ok(texts) => {
                *say = Say {
                    verbatim: texts,
                    ..Say::default()
                }
            }
            Err(Wrong {
                is_column,
                message,
                hint,
            }) => {
                let key = if is_column { "column" } else { "from" };
                self.findings.add(&at.key(key), message).maybe_hint(hint);
            }
        }
    }
}

/// Everything that a goal's customers may say, and where it is written.
fn says_of<'a>(goal: &'a mut Goal, at: &Spot) -> Vec<(Spot, &'a mut Say)> {
    let agenda = at.key("agenda");
    let steps = goal.agenda.iter_mut().enumerate();
    let steps = steps.filter_map(|(place, step)| match step {
        Step::Ask(ask) => Some((agenda.item(place).key("ask").key("say"), &mut ask.say)),
        Step::Say(say) => Some((agenda.item(place).key("say"), say)),
        Step::Call => None,
    });
    let branches = at.key("branches");
    let spoken = goal.branches.iter_mut().enumerate();
    let spoken = spoken.filter_map(|(place, branch)| Some((branches.item(place).key("say"), branch.say.as_mut()?)));
    steps.chain(spoken).collect()
}

struct Wrong {
    /// The column is wrong, not the file.
    is_column: bool,
    message: String,
    hint: Option<String>,
}

impl Wrong {
    fn file(message: String, hint: Option<String>) -> Wrong {
        Wrong {
            is_column: false,
            message,
            hint,
        }
    }
}

impl From<ReadError> for Wrong {
    fn from(error: ReadError) -> Wrong {
        Wrong::file(error.whole(), None)
    }
}

/// The texts of a column, row by row.
fn column_of(path: &Path, column: &str, allowance: &mut Allowance) -> Result<Vec<String>, Wrong> {
    let name = tidy(path);
    let file = open(path)?;
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::Headers).from_reader(file);
    let headers = reader
        .byte_headers()
        .map_err(|error| Wrong::file(format!("cannot read `{name}`: {error}"), None))?;
    let headers: Vec<String> = headers
        .iter()
        .map(|header| decode(header).unwrap_or_else(|_| "?".to_owned()))
        .collect();
    let place = headers
        .iter()
        .position(|header| header == column)
        .ok_or_else(|| Wrong {
            is_column: true,
            message: format!(
                "`{name}` has no column `{column}`; there are {}",
                listed(headers.iter().map(String::as_str))
            ),
            hint: did_you_mean(column, headers.iter().map(String::as_str)),
        })?;
    let mut texts = Vec::new();
    for (row, record) in reader.byte_records().enumerate() {
        // Rows are numbered as a spreadsheet shows them: the header is row 1.
        let where_it_is = || format!("`{name}`, row {}, column `{column}`", row + 2);
        let record =
            record.map_err(|error| Wrong::file(format!("`{name}`, row {}: {}", row + 2, reason(&error)), None))?;
        let text = decode(&record[place]).map_err(|(_, found)| {
            let hint = format!("if it was written as GBK, `iconv -f GBK -t UTF-8 {name}` converts it");
            Wrong::file(format!("{}: expected UTF-8, found {found}", where_it_is()), Some(hint))
        })?;
        if text.trim().is_empty() {
            return Err(Wrong::file(
                format!("{}: expected a text, found nothing", where_it_is()),
                None,
            ));
        }
        allowance
            .take(text.len())
            .map_err(|limit| Wrong::file(format!("{}: {limit}", where_it_is()), None))?;
        texts.push(text);
    }
    if texts.is_empty() {
        return Err(Wrong::file(
            format!("expected rows below the header of `{name}`, found none"),
            None,
        ));
    }
    Ok(texts)
}

fn open(path: &Path) -> Result<std::fs::File, Wrong> {
    super::source::measure(path, FILE_LIMIT)?;
    let io = |source| ReadError::Io {
        path: tidy(path),
        source,
    };
    Ok(std::fs::File::open(path).map_err(io)?)
}

fn reason(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("expected {expected_len} fields as in the header, found {len}")
        }
        _ => error.to_string(),
    }
}

impl Allowance {
    fn take(&mut self, bytes: usize) -> Result<(), String> {
        self.rows = self
            .rows
            .checked_sub(1)
            .ok_or(format!("expected at most {ROW_LIMIT} rows in all, found more"))?;
        let too_long = || {
            format!(
                "expected at most {} MB of texts in all, found more",
                TEXT_LIMIT / 1_048_576
            )
        };
        self.bytes = self.bytes.checked_sub(bytes).ok_or_else(too_long)?;
        Ok(())
    }
}
