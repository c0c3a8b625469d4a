//! Markup that a screen shows as the letters that it is written in: a table of bars, asterisks around a word, tags.
//!
//! Only what people do not write by themselves counts: a lone asterisk, a numbered list, `<3`, a masked name (张**) and a
//! masked number (138****5678) are text.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::scenario::{PerLanguage, Shows};

/// A kind of markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Markup {
    /// JSON: a card or a wrapping that was meant for a program.
    Json,
    /// A tag or character reference of HTML.
    Html,
    /// A Markdown table.
    Table,
    /// A Markdown heading.
    Heading,
    /// Bold text in Markdown.
    Bold,
    /// A Markdown link or image.
    Link,
    /// A Markdown block of code.
    Code,
}

impl Markup {
    /// In words.
    pub fn word(self) -> PerLanguage<&'static str> {
        let (zh, en) = match self {
            Markup::Json => ("JSON", "JSON"),
            Markup::Html => ("HTML", "HTML"),
            Markup::Table => ("Markdown 表格", "a Markdown table"),
            Markup::Heading => ("Markdown 标题", "a Markdown heading"),
            Markup::Bold => ("Markdown 粗体", "bold text in Markdown"),
            Markup::Link => ("Markdown 链接或图片", "a Markdown link or image"),
            Markup::Code => ("Markdown 代码块", "a Markdown block of code"),
        };
        PerLanguage { zh, en }
    }
}

/// The first markup of a text that a screen shows as it is written, and where it stands; nothing when there is none.
pub fn seen_as_written(text: &str, shows: Shows) -> Option<(Markup, Range<usize>)> {
    let mut found: Vec<(Markup, Range<usize>)> = Vec::new();
    found.extend(json(text).map(|at| (Markup::Json, at)));
    if shows != Shows::Html {
        found.extend(html(text, shows == Shows::Links).map(|at| (Markup::Html, at)));
    }
    if shows != Shows::Markdown {
        found.extend(markdown(text));
    }
    found.into_iter().min_by_key(|(_, at)| at.start)
}

/// An object with a plain key, wherever it stands: what shows a card as JSON often puts words before it.
fn json(text: &str) -> Option<Range<usize>> {
    static OBJECT: LazyLock<Regex> = LazyLock::new(|| pattern(r#"\{\s*"[A-Za-z_][A-Za-z0-9_.-]{0,40}"\s*:"#));
    OBJECT.find(text).map(|found| found.range())
}

fn html(text: &str, links_are_shown: bool) -> Option<Range<usize>> {
    static TAG: LazyLock<Regex> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)</?(a|b|i|u|s|p|br|hr|h[1-6]|em|strong|span|div|font|center|pre|code|blockquote|ul|ol|li|dl|dt|dd",
            r"|table|thead|tbody|tr|td|th|img|button|card|section|label|style|script|video|audio)(?:\s[^<>]{0,500})?/?>",
            r"|&(?:nbsp|lt|gt|amp|quot|#[0-9]{2,5});",
        ))
    });
    let is_link = |name: &str| name.eq_ignore_ascii_case("a");
    let mut tags = TAG.captures_iter(text);
    tags.find(|found| !links_are_shown || !found.get(1).is_some_and(|name| is_link(name.as_str())))
        .and_then(|found| found.get(0))
        .map(|whole| whole.range())
}

fn markdown(text: &str) -> impl Iterator<Item = (Markup, Range<usize>)> {
    static PATTERNS: LazyLock<[(Markup, Regex); 4]> = LazyLock::new(|| {
        [
            // The line below a table's head is what makes it one.
            (
                Markup::Table,
                pattern(r"(?m)^[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*(?:\||$)|:?-{2,}:?[ \t]*\|)[ \t:|-]*$"),
            ),
            (Markup::Heading, pattern(r"(?m)^ {0,3}#{1,6}[ \t]+\S")),
            (
                Markup::Link,
                pattern(r"!\[[^\]\n]{0,200}\]\([^)\s]+\)|\[[^\]\n]{1,200}\]\((?:[a-z]{2,12}:|www\.|[/#])[^)\s]*\)"),
            ),
            (Markup::Code, pattern(r"(?m)^[ \t]*```")),
        ]
    });
    let by_pattern = PATTERNS
        .iter()
        .filter_map(|(markup, pattern)| Some((*markup, pattern.find(text)?.range())));
    by_pattern.chain(bold(text).map(|at| (Markup::Bold, at)))
}

/// Words between two pairs of asterisks of their own. Asterisks within a number or behind a name hide something instead.
fn bold(text: &str) -> Option<Range<usize>> {
    static BOLD: LazyLock<Regex> = LazyLock::new(|| pattern(r"\*\*([^*\n]{1,200})\*\*"));
    static BEHIND_A_NAME: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^(?:[\s,，.。、;；:：!！?？)）]|先生|女士|小姐|同学|老师|经理|师傅)"));
    let is_bold = |found: &regex::Captures| {
        let (Some(whole), Some(inner)) = (found.get(0), found.get(1)) else {
            return false;
        };
        let before = text[..whole.start()].chars().next_back();
        let after = text[whole.end()..].chars().next();
        let within_a_number = before.is_some_and(|c| c.is_ascii_alphanumeric())
            && inner.as_str().starts_with(|c: char| c.is_ascii_alphanumeric());
        before != Some('*')
            && after != Some('*')
            && !within_a_number
            && !inner.as_str().ends_with(char::is_whitespace)
            && !BEHIND_A_NAME.is_match(inner.as_str())
    };
    let mut candidates = BOLD.captures_iter(text);
    let found = candidates.find(is_bold)?;
    found.get(0).map(|whole| whole.range())
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a valid pattern")
}

#[cfg(test)]
mod tests;
