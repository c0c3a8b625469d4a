//! `report.html`: one file that loads nothing, runs no script, and reads on a phone, on paper, in the light and in the dark.

mod audit;
mod figures;
mod intents;
mod judged;
mod page;
mod tables;
mod talks;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, context};

use super::ReportError;
use crate::conversation::Language;
use crate::verdict::{Evidence, Run};

/// The templates by name. All escape what they are given, but for our own drawings and style sheet.
const TEMPLATES: [(&str, &str); 7] = [
    ("report.html", include_str!("html/report.html")),
    ("parts.html", include_str!("html/parts.html")),
    ("figures.html", include_str!("html/figures.html")),
    ("tables.html", include_str!("html/tables.html")),
    ("talks.html", include_str!("html/talks.html")),
    ("audit.html", include_str!("html/audit.html")),
    ("judged.html", include_str!("html/judged.html")),
];
const STYLE: &str = include_str!("html/style.css");
const PATTERNS: &str = include_str!("html/patterns.svg");

/// The report of a run as one HTML page.
///
/// # Errors
/// When a template of ours does not fit its values: a mistake in throng.
pub fn html(run: &Run, evidence: &Evidence, language: Language) -> Result<String, ReportError> {
    let mut templates = Environment::new();
    templates.set_auto_escape_callback(|_| AutoEscape::Html);
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    templates.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    for (name, source) in TEMPLATES {
        templates.add_template(name, source)?;
    }
    let page = page::page(run, evidence, language);
    Ok(templates.get_template("report.html")?.render(context! {
        style => Value::from_safe_string(STYLE.to_owned()),
        patterns => Value::from_safe_string(PATTERNS.to_owned()),
        ..Value::from(Serde(page))
    })?)
}

#[cfg(test)]
mod tests;
