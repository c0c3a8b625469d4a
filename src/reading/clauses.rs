//! Where clauses begin and end: words belong to what stands in the same one.

use std::ops::Range;

/// How far a clause reaches on either side of a place, in bytes; a bot that writes without marks must not make it endless.
pub(super) const REACH: usize = 400;

/// The clause around a place in a normalised text: what stands between two marks that end or divide a sentence.
pub(super) fn clause(text: &str, span: &Range<usize>) -> Range<usize> {
    let bytes = text.as_bytes();
    let first = text.floor_char_boundary(span.start.saturating_sub(REACH));
    let last = text.ceil_char_boundary(span.end.saturating_add(REACH).min(bytes.len()));
    let ends = |at: &usize| may_divide(bytes[*at]) && divides(text, bytes, *at);
    let start = (first..span.start).rev().find(ends);
    let end = (span.end..last).find(ends);
    let start = start.map_or(first, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    start..end.unwrap_or(last)
}

/// The sentence around a place in a normalised text.
pub fn sentence(text: &str, span: &Range<usize>) -> Range<usize> {
    let ends = |c: char| matches!(c, '。' | '!' | '?' | ';' | '.' | '\n');
    let first = text.floor_char_boundary(span.start.saturating_sub(REACH));
    let last = text.ceil_char_boundary(span.end.saturating_add(REACH).min(text.len()));
    let start = text[first..span.start].rfind(ends).map_or(first, |at| first + at);
    let end = text[span.end..last].find(ends).map_or(last, |at| span.end + at);
    start..end
}

/// True when the clause around a place asks.
pub(super) fn is_question(text: &str, clause: &Range<usize>) -> bool {
    text[clause.end..].starts_with('?') || text[clause.clone()].trim_end().ends_with(['吗', '么'])
}

/// True for the bytes with which what divides clauses begins: most of a text is told by them alone.
fn may_divide(byte: u8) -> bool {
    matches!(byte, b';' | b'!' | b'?' | b'\n' | b',' | b'.' | 0xe3)
}

/// True when the character at this byte divides clauses. A comma in 1,299 and a full stop in 9.9, 11.11 or a link do not.
fn divides(text: &str, bytes: &[u8], at: usize) -> bool {
    match bytes[at] {
        b';' | b'!' | b'?' | b'\n' => true,
        b',' => {
            let digits = |bytes: &[u8]| bytes.iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
            !(at > 0 && bytes[at - 1].is_ascii_digit() && digits(&bytes[at + 1..]) == 3)
        }
        b'.' => bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace) && !ends_in_month(&text[..at]),
        0xe3 => text[at..].starts_with(['。', '、']),
        _ => false,
    }
}

/// "nov. 11" goes on after its full stop.
fn ends_in_month(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_ascii_lowercase()).next();
    matches!(
        word,
        Some("jan" | "feb" | "mar" | "apr" | "jun" | "jul" | "aug" | "sep" | "sept" | "oct" | "nov" | "dec")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_end_where_a_sentence_is_divided_and_nowhere_else() {
        for (text, word, expected) in [
            ("满300减50,48小时发货", "50", "满300减50"),
            ("满300减50,48小时发货", "48", "48小时发货"),
            ("定金50元、尾款100元。谢谢", "100", "尾款100元"),
            ("共1,299元", "299", "共1,299元"),
            ("it is 9.9 yuan. on nov. 11 you pay", "9.9", "it is 9.9 yuan"),
            ("it is 9.9 yuan. on nov. 11 you pay", "11", " on nov. 11 you pay"),
            ("一行\n两行", "两", "两行"),
        ] {
            let at = text.find(word).unwrap();
            assert_eq!(&text[clause(text, &(at..at + word.len()))], expected, "{text}");
        }
    }
}
