//! Takes the teeth out of text that others wrote: names from a scenario, words of a bot, error messages.
//!
//! Nothing that passes here can move a cursor, colour a terminal, reverse the reading direction or hide. Escaping for a
//! format (HTML, XML, Markdown) comes after and is that format's own business.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// One line: escape sequences and invisible characters gone, any white space a single space.
pub fn line(text: &str) -> String {
    let mut clean = String::with_capacity(text.len().min(256));
    for character in without_escapes(text).chars() {
        if character.is_whitespace() || matches!(character, '\u{2028}' | '\u{2029}') {
            if !clean.is_empty() && !clean.ends_with(' ') {
                clean.push(' ');
            }
        } else if !is_treacherous(character) {
            clean.push(character);
        }
    }
    clean.truncate(clean.trim_end().len());
    clean
}

/// One line, at most `columns` terminal columns wide; `…` (or `~` in plain ASCII) where something was cut.
pub(super) fn short(text: &str, columns: usize, ellipsis: &str) -> String {
    let clean = line(text);
    if clean.width() <= columns {
        return clean;
    }
    let room = columns.saturating_sub(ellipsis.width());
    let mut used = 0;
    let mut cut: String = clean
        .chars()
        .take_while(|character| {
            used += character.width().unwrap_or(0);
            used <= room
        })
        .collect();
    cut.push_str(ellipsis);
    cut
}

/// Several lines for people to read: line ends stay, what is invisible is spelled out (`⟨U+202E⟩`), and of more than
/// `limit` characters only the first are kept. Returns the text and how many characters were left out.
pub(super) fn visible(text: &str, limit: usize) -> (String, usize) {
    let mut shown = String::with_capacity(text.len().min(4 * limit));
    for character in text.chars().take(limit) {
        match character {
            '\n' | '\t' => shown.push(character),
            '\r' => {}
            hidden if is_treacherous(hidden) => shown.push_str(&format!("⟨U+{:04X}⟩", u32::from(hidden))),
            plain => shown.push(plain),
        }
    }
    (shown, text.chars().count().saturating_sub(limit))
}

/// Terminal escape sequences (CSI, and OSC that end) taken out whole, so that no `[31m` is left to read.
fn without_escapes(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    while let Some(start) = rest.find(['\u{1b}', '\u{9b}']) {
        kept.push_str(&rest[..start]);
        rest = after_escape(&rest[start..]);
    }
    kept.push_str(rest);
    kept
}

/// What follows the escape sequence at the start of `text`.
fn after_escape(text: &str) -> &str {
    let (body, is_csi) = if let Some(body) = text.strip_prefix("\u{1b}[").or_else(|| text.strip_prefix('\u{9b}')) {
        (body, true)
    } else {
        (&text[1..], false)
    };
    if is_csi {
        let parameters = body.trim_start_matches(|byte: char| ('\u{20}'..='\u{3f}').contains(&byte));
        let last = parameters
            .chars()
            .next()
            .filter(|byte| ('\u{40}'..='\u{7e}').contains(byte));
        return last.map_or(parameters, |byte| &parameters[byte.len_utf8()..]);
    }
    if let Some(command) = body.strip_prefix(']')
        && let Some(end) = command.find(['\u{7}', '\u{1b}'])
    {
        return command[end..]
            .trim_start_matches(['\u{7}', '\u{1b}'])
            .trim_start_matches('\\');
    }
    body
}

/// Characters that are not seen but change what is: controls, bidirectional marks, zero-width and tag characters.
/// The joiners U+200C and U+200D stay: scripts and emoji need them.
fn is_treacherous(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'
                | '\u{200e}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_leave_no_trace_and_swallow_nothing_else() {
        for (hostile, clean) in [
            ("\u{1b}[31mred\u{1b}[0m shop", "red shop"),
            ("\u{1b}]0;title\u{7}shop", "shop"),
            ("\u{1b}]8;;http://x\u{1b}\\shop", "shop"),
            ("\u{1b}]never closed", "]never closed"),
            ("\u{9b}2Jshop", "shop"),
            ("\u{1b}[", ""),
            ("\u{1b}[31客服", "客服"),
            ("a\u{202e}b\u{200b}c\0d", "abcd"),
            ("two\r\nlines\tand more  ", "two lines and more"),
            ("👩\u{200d}💻", "👩\u{200d}💻"),
        ] {
            assert_eq!(line(hostile), clean, "{hostile:?}");
        }
    }

    #[test]
    fn a_long_name_is_cut_to_columns_not_to_characters() {
        assert_eq!(short("双十一大促", 10, "…"), "双十一大促");
        assert_eq!(short("双十一大促", 9, "…"), "双十一大…");
        assert_eq!(short("singles-day", 6, "~"), "singl~");
        assert_eq!(short("x", 0, ""), "");
    }

    #[test]
    fn what_is_invisible_is_spelled_out_in_text_to_read() {
        assert_eq!(visible("a\u{202e}b\nc\u{1b}[1m", 100).0, "a⟨U+202E⟩b\nc⟨U+001B⟩[1m");
        assert_eq!(visible("客服客服", 3), ("客服客".to_owned(), 1));
    }
}
