//! Where clauses begin and end: words belong to what stands in the same one.

use std::ops::Range;

/// How far a clause reaches on either side of a place, in bytes; a bot that writes without marks must not make it endless.
pub(super) const REACH: usize = 400;

/// The clause around a place in a normalised text: what stands between two marks that end or divide a sentence.
pub(super) fn clause(text: &str, span: &Range<usize>) -> Range<usize> {
    between(text, span, |at| divides(text, text.as_bytes(), at))
}

/// The sentence around a place in a normalised text, without the marks around it.
pub fn sentence(text: &str, span: &Range<usize>) -> Range<usize> {
    let is_within = |at: usize| text.as_bytes()[at] == b',' || text[at..].starts_with('、');
    between(text, span, |at| divides(text, text.as_bytes(), at) && !is_within(at))
}

/// What stands around a place between two characters that divide, each told by its first byte.
fn between(text: &str, span: &Range<usize>, divides: impl Fn(usize) -> bool) -> Range<usize> {
    let bytes = text.as_bytes();
    let first = text.floor_char_boundary(span.start.saturating_sub(REACH));
    let last = text.ceil_char_boundary(span.end.saturating_add(REACH).min(bytes.len()));
    let ends = |at: &usize| may_divide(bytes[*at]) && divides(*at);
    let start = (first..span.start).rev().find(ends);
    let end = (span.end..last).find(ends);
    let start = start.map_or(first, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    start..end.unwrap_or(last)
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
        b'.' => bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace) && !is_abbreviated(&text[..at]),
        0xe3 => text[at..].starts_with(['。', '、']),
        _ => false,
    }
}

/// "nov. 11" and "e.g. 350 yuan" go on after their full stop.
fn is_abbreviated(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_ascii_lowercase()).next();
    let is_month = matches!(
        word,
        Some("jan" | "feb" | "mar" | "apr" | "jun" | "jul" | "aug" | "sep" | "sept" | "oct" | "nov" | "dec")
    );
    is_month || before.ends_with("e.g") || before.ends_with("i.e")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_go_on_behind_commas_and_abbreviations() {
        for (text, word, expected) in [
            (
                "it is 9.9 yuan, on nov. 11 only. see you",
                "9.9",
                "it is 9.9 yuan, on nov. 11 only",
            ),
            (
                "500 less 80. e.g. spend 600 yuan, pay 520",
                "600",
                " e.g. spend 600 yuan, pay 520",
            ),
            ("好的。满300减50、满600减90!谢谢", "600", "满300减50、满600减90"),
        ] {
            let at = text.find(word).unwrap();
            assert_eq!(&text[sentence(text, &(at..at + word.len()))], expected, "{text}");
        }
    }

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
