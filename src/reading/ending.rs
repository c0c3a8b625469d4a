//! Does a text break off in the middle? Told by what is open and by the last words, never by a missing full stop alone: most
//! chat answers end without one.

mod dangling;

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::patterns::Patterns;
use crate::scenario::PerLanguage;
use dangling::dangling;

/// Why a text is taken for cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Break {
    /// A character was cut in its bytes (U+FFFD).
    BrokenCharacter,
    /// A code block, bold text, a table row, a link or a tag is not closed.
    OpenMarkup,
    /// JSON ends in the middle.
    OpenJson,
    /// A bracket or a quotation mark is not closed.
    OpenBracket,
    /// It ends with a mark or word after which something must come.
    Dangling,
    /// A list marker with nothing behind it.
    EmptyItem,
}

impl Break {
    /// In words.
    pub fn word(self) -> PerLanguage<&'static str> {
        let (zh, en) = match self {
            Break::BrokenCharacter => ("残缺的字符", "a broken character"),
            Break::OpenMarkup => ("没有闭合的标记", "markup that is not closed"),
            Break::OpenJson => ("中途断掉的 JSON", "JSON that ends in the middle"),
            Break::OpenBracket => ("没有闭合的括号或引号", "a bracket or quotation mark that is not closed"),
            Break::Dangling => ("话没有说完", "an end after which something must come"),
            Break::EmptyItem => ("空的列表项", "a list item with nothing in it"),
        };
        PerLanguage { zh, en }
    }
}

/// Where and why a text, as the bot wrote it, breaks off; nothing for one that may be whole.
pub fn breaks_off(text: &str) -> Option<(Break, Range<usize>)> {
    let trimmed = text.trim_end_matches(|c: char| c.is_whitespace() || is_invisible(c));
    if trimmed.is_empty() {
        return None;
    }
    let last_line = trimmed.rfind('\n').map_or(0, |end| end + 1);
    let found = |why: Break| move |at: Range<usize>| (why, at);
    let broken = || trimmed.find('\u{fffd}').map(|at| at..at + '\u{fffd}'.len_utf8());
    broken()
        .map(found(Break::BrokenCharacter))
        .or_else(|| open_json(trimmed).map(found(Break::OpenJson)))
        .or_else(|| open_markup(trimmed, last_line).map(found(Break::OpenMarkup)))
        .or_else(|| empty_item(trimmed, last_line).map(found(Break::EmptyItem)))
        .or_else(|| dangling(trimmed, last_line).map(found(Break::Dangling)))
        .or_else(|| open_bracket(trimmed).map(found(Break::OpenBracket)))
}

fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

fn open_json(text: &str) -> Option<Range<usize>> {
    let start = text.len() - text.trim_start().len();
    static OBJECT: LazyLock<Regex> = LazyLock::new(|| pattern(r#"^(?:\{\s*"|\[\s*[{"])"#));
    let json = &text[start..];
    if !json.starts_with(['{', '[']) || !OBJECT.is_match(json) {
        return None;
    }
    // Line breaks within its strings are wrong, but what it lacks is its end.
    let json = json.replace(|c: char| c.is_control(), " ");
    let read = serde_json::from_str::<serde::de::IgnoredAny>(&json);
    // A quote that its writer did not escape ends a string too soon; then the braces tell.
    let is_open = || json.matches('{').count() > json.matches('}').count();
    let lacks_its_end = |error: serde_json::Error| error.is_eof() || is_open();
    read.is_err_and(lacks_its_end).then_some(start..text.len())
}

/// A link or a tag without its end, at the end of a line.
pub(super) static LINK: LazyLock<Patterns> = LazyLock::new(|| {
    Patterns::new(&[
        r"\]\([^)\s]*$",
        r"https?:?/{0,2}$",
        r"<(?:a|b|br|p|div|span|img|table|ul|li|strong|em)(?:\s[^>]*)?$|</[a-z]*$|<$",
    ])
});

/// A code block, bold text or a link without its end; a table row without its last bar below rows that have one.
fn open_markup(text: &str, last_line: usize) -> Option<Range<usize>> {
    let line = &text[last_line..];
    if text.contains("```") && text.matches("```").count() % 2 == 1 {
        return text.rfind("```").map(|at| at..text.len());
    }
    if let Some(at) = open_bold(line) {
        return Some(last_line + at..text.len());
    }
    if line.starts_with('|') && !line.ends_with('|') {
        let above = text[..last_line].lines().next_back()?;
        if above.starts_with('|') && above.ends_with('|') && above.len() > 1 {
            return Some(last_line..text.len());
        }
    }
    LINK.first(line, |_| true)
        .map(|found| last_line + found.start..text.len())
}

/// Two asterisks that open bold text and are the last of their line: 张**先生 and 138****0000 open nothing.
fn open_bold(line: &str) -> Option<usize> {
    let marks: Vec<usize> = line.match_indices("**").map(|(at, _)| at).collect();
    let last = *marks.last().filter(|_| marks.len() % 2 == 1)?;
    let before = line[..last].chars().next_back();
    let after = line[last + 2..].chars().next();
    let opens =
        before.is_none_or(|c| c.is_whitespace() || is_opening(c) || matches!(c, ':' | '：' | ',' | '，' | '。' | '-'));
    let follows = after.is_none_or(|c| c != '*' && !c.is_whitespace());
    (opens && follows).then_some(last)
}

fn is_opening(character: char) -> bool {
    matches!(character, '(' | '（' | '[' | '【' | '「' | '『' | '《' | '“' | '"')
}

/// A marker with nothing behind it, below an item of the same list.
fn empty_item(text: &str, last_line: usize) -> Option<Range<usize>> {
    static MARKER: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^\s*(?:[0-9]{1,2}[.、)）．]|[-*•·]|#{1,6}|[（(][0-9]{1,2}[)）])\s*$"));
    static ITEM: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?m)^\s*(?:[0-9]{1,2}[.、)）．]|[-*•·]|#{1,6}|[（(][0-9]{1,2}[)）])\s*\S"));
    let line = &text[last_line..];
    (last_line > 0 && MARKER.is_match(line) && ITEM.is_match(&text[..last_line])).then_some(last_line..text.len())
}

/// What a bracket holds is short; whoever goes on for longer has forgotten to close it. Unit: characters.
const LONGEST_IN_BRACKETS: usize = 40;

/// How many brackets deep one is closed. Deeper ones stay open.
const DEEPEST: usize = 64;

/// A bracket or quotation mark that is open at the end of a text without an end mark.
fn open_bracket(text: &str) -> Option<Range<usize>> {
    if ends_a_sentence(text) {
        return None;
    }
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut previous = ' ';
    for (at, character) in text.char_indices() {
        if let Some(closing) = closing(character).filter(|_| !is_face(previous, &text[at + character.len_utf8()..])) {
            open.push((at, closing));
        } else if is_closing(character) {
            // Only the last few: whoever opens brackets without end would have each that closes look through all of them.
            let last = open.len().saturating_sub(DEEPEST);
            let place = open[last..]
                .iter()
                .rposition(|(_, closing)| *closing == plain(character));
            place.into_iter().for_each(|place| open.truncate(last + place));
        }
        previous = character;
    }
    let (at, _) = *open.last()?;
    let is_short = text[at..].chars().nth(LONGEST_IN_BRACKETS + 1).is_none();
    is_short.then_some(at..text.len())
}

/// What closes a bracket, in one width for both; nothing for any other character.
fn closing(character: char) -> Option<char> {
    match character {
        '(' | '（' => Some(')'),
        '[' | '［' => Some(']'),
        '{' | '｛' => Some('}'),
        '【' => Some('】'),
        '「' => Some('」'),
        '『' => Some('』'),
        '《' => Some('》'),
        '“' => Some('”'),
        _ => None,
    }
}

fn is_closing(character: char) -> bool {
    matches!(plain(character), ')' | ']' | '}' | '】' | '」' | '』' | '》' | '”')
}

fn plain(character: char) -> char {
    match character {
        '）' => ')',
        '］' => ']',
        '｝' => '}',
        other => other,
    }
}

/// `:(` and (╯ are faces.
fn is_face(before: char, after: &str) -> bool {
    matches!(before, ':' | ';' | '=' | '：' | '-' | '\'') || after.starts_with(['╯', '≧', '•', '´', '｡', '^', '>', '*'])
}

fn ends_a_sentence(text: &str) -> bool {
    text.ends_with(['。', '！', '？', '!', '?', '.', '~', '～', '…'])
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a valid pattern")
}

#[cfg(test)]
mod tests;
