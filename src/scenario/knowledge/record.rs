//! Things of which each customer has one, kept as a table: products, orders.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Fact;
use crate::conversation::{Language, customer_in_order_numbers, scramble};
use crate::scenario::PerLanguage;

/// What stands between two wordings in a cell.
const ALTERNATIVE: char = '|';

/// A table of things of which each customer has one: a row is a thing, a column a fact about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The column (of type `text` or `identifier`) by whose words a question names its row. Without it, a customer's row
    /// is known by their order number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found_by: Option<String>,
    /// What is known of each row.
    pub columns: IndexMap<String, Column>,
    /// The rows: a cell for each column. A cell of texts holds its alternatives separated by `|`, and may be given by
    /// language (`name.zh`, `name.en`).
    #[serde(default)]
    pub rows: Vec<IndexMap<String, String>>,
    /// A CSV file with the rows (UTF-8, with a header line of the columns' names), relative to the file that names it; the
    /// loader fills them in, so that a resolved scenario needs no second file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
}

/// What is known of each row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// The type of its values.
    pub r#type: FactType,
    /// Words near which a value of this type is a claim about this column (定金, deposit): what the audit reads.
    #[serde(default)]
    pub subject: PerLanguage<Vec<String>>,
}

/// The type of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FactType {
    /// An amount in yuan: `199`, `1299.50`.
    Money,
    /// A percentage: `5` for 5 %.
    Percent,
    /// A length of time: `48h`, `7d`.
    Duration,
    /// A calendar day: `2026-11-11`.
    Date,
    /// A code or name that must appear as it is.
    Identifier,
    /// Wordings of which one must appear.
    Text,
}

/// A cell that does not hold a value of its column's type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellError {
    /// The cell, as its row calls it: `price`, `name.zh`.
    pub cell: String,
    /// What was expected and what was found.
    pub message: String,
}

impl Record {
    /// The row of the customer with this number: the same for everybody who asks, in every run. Numbers count as order
    /// numbers hold them. Without rows: none.
    pub fn row_of(name: &str, rows: usize, customer: u64) -> Option<usize> {
        let of_customer = scramble(customer_in_order_numbers(customer));
        let drawn = name
            .bytes()
            .fold(of_customer, |state, byte| scramble(state ^ u64::from(byte)));
        usize::try_from(drawn.checked_rem(rows as u64)?).ok()
    }

    /// The place of the row that goes by this name, as `found_by` says.
    pub fn place_of(&self, name: &str) -> Option<usize> {
        let column_name = self.found_by.as_ref()?;
        let column = self.columns.get(column_name)?;
        let is_called = |row: &IndexMap<String, String>| match column.read(column_name, row) {
            Ok(fact) => fact.names().any(|one| one == name),
            Err(_) => false,
        };
        self.rows.iter().position(is_called)
    }
}

impl Column {
    /// The value that a row has in this column, called `name`.
    ///
    /// # Errors
    /// [`CellError`] for a cell that is missing, empty, or of another type.
    pub fn read(&self, name: &str, row: &IndexMap<String, String>) -> Result<Fact, CellError> {
        if self.r#type == FactType::Text {
            return texts(name, row);
        }
        let wrong = |message| CellError {
            cell: name.to_owned(),
            message,
        };
        let cell = row.get(name).map_or("", |cell| cell.trim());
        if cell.is_empty() {
            return Err(wrong(format!("expected {}, found nothing", self.r#type.wanted())));
        }
        let fact = self.r#type.read(cell);
        fact.ok_or_else(|| wrong(format!("expected {}, found `{cell}`", self.r#type.wanted())))
    }
}

impl FactType {
    /// Every one.
    pub const ALL: [FactType; 6] = [
        FactType::Money,
        FactType::Percent,
        FactType::Duration,
        FactType::Date,
        FactType::Identifier,
        FactType::Text,
    ];

    /// The key of a [`Fact`] that holds values of this type.
    pub fn key(self) -> &'static str {
        match self {
            FactType::Money => "money",
            FactType::Percent => "percent",
            FactType::Duration => "duration",
            FactType::Date => "date",
            FactType::Identifier => "identifier",
            FactType::Text => "text",
        }
    }

    /// The fact that a cell holds.
    fn read(self, cell: &str) -> Option<Fact> {
        let amount = || {
            cell.parse::<f64>()
                .ok()
                .filter(|amount| amount.is_finite() && *amount >= 0.0)
        };
        let fact = Fact::default();
        Some(match self {
            FactType::Money => Fact {
                money: Some(amount()?),
                ..fact
            },
            FactType::Percent => Fact {
                percent: Some(amount()?),
                ..fact
            },
            FactType::Duration => Fact {
                duration: Some(cell.parse().ok()?),
                ..fact
            },
            FactType::Date => Fact {
                date: Some(cell.parse().ok()?),
                ..fact
            },
            FactType::Identifier => Fact {
                identifier: Some(cell.to_owned()),
                ..fact
            },
            FactType::Text => return None,
        })
    }

    fn wanted(self) -> &'static str {
        match self {
            FactType::Money => "an amount in yuan such as `199` or `1299.50`",
            FactType::Percent => "a percentage such as `95`",
            FactType::Duration => "a length of time such as `48h` or `7d`",
            FactType::Date => "a day such as `2026-11-11`",
            FactType::Identifier => "a code",
            FactType::Text => "a text",
        }
    }
}

/// The wordings of a cell by language; a cell without a language holds them for both.
fn texts(name: &str, row: &IndexMap<String, String>) -> Result<Fact, CellError> {
    let of = |language: Language| {
        let own = format!("{name}.{}", language.code());
        let (cell, text) = match (row.get(&own), row.get(name)) {
            (Some(text), _) => (own, text.as_str()),
            (None, Some(text)) => (name.to_owned(), text.as_str()),
            (None, None) => return Ok(Vec::new()),
        };
        let wordings: Vec<String> = text.split(ALTERNATIVE).map(|text| text.trim().to_owned()).collect();
        match wordings.iter().any(String::is_empty) {
            true => Err(CellError {
                cell,
                message: format!("expected texts with `{ALTERNATIVE}` between them, found `{text}`"),
            }),
            false => Ok(wordings),
        }
    };
    let wordings = PerLanguage {
        zh: of(Language::Zh)?,
        en: of(Language::En)?,
    };
    if wordings.zh.is_empty() && wordings.en.is_empty() {
        return Err(CellError {
            cell: name.to_owned(),
            message: "expected a text, found nothing".to_owned(),
        });
    }
    Ok(Fact {
        text: Some(wordings),
        ..Fact::default()
    })
}
