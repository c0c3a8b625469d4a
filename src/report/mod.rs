//! A finished run as bytes that people and scripts read: one file per format, all of them pure functions.
//!
//! ```text
//!  Run + Evidence --> findings (what the data says) --> sentences (in words) --+--> terminal, markdown, junit
//!                 \-> parts, threshold (rows as text) -------------------------+--> html <-- picture (inline SVG)
//! ```
//!
//! All words of both languages live in `words`, all ways of writing a number in `format`. Names of a scenario and the
//! text of a bot are hostile until they have passed `clean`; HTML, XML and Markdown escape them once more in their own way.

mod against;
mod audit;
mod clean;
mod findings;
#[cfg(test)]
mod fixture;
mod format;
mod html;
mod judged;
mod junit;
mod layout;
mod markdown;
mod parts;
mod picture;
mod repeat;
mod sentences;
mod terminal;
mod threshold;
mod trial;
mod words;

pub use audit::{audit_csv, audit_json, audit_schema, audit_text};
pub use clean::line as plain;
pub use html::html;
pub use judged::judged;
pub use junit::junit;
pub use layout::{Column, table};
pub use markdown::markdown;
pub use repeat::{repeat_markdown, repeat_terminal};
pub use sentences::{headline, intercepted};
pub use terminal::{Style, terminal};
pub use trial::trial_terminal;
pub use words::{Finding, check_name, ending_name, outcome_name, recorded_in};

/// Why a report could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A template of ours does not fit its values.
    #[error("the HTML report could not be rendered")]
    Template(#[from] minijinja::Error),
    /// The XML could not be written.
    #[error("the JUnit report could not be written")]
    Junit(#[from] quick_junit::SerializeError),
}
