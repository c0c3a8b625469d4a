//! A text as patterns read it: full-width characters as their ASCII twins, nothing invisible in between.

use std::borrow::Cow;
use std::ops::Range;

/// A text as patterns read it, and where each part of it came from.
pub(super) struct Plain<'a> {
    text: Cow<'a, str>,
    /// For each byte of the plain text and its end, the byte of the original; empty when both are the same.
    origins: Vec<usize>,
}

impl<'a> Plain<'a> {
    pub(super) fn of(original: &'a str) -> Plain<'a> {
        if original.is_ascii() || original.chars().all(|one| reading(one) == Some(one)) {
            return Plain {
                text: Cow::Borrowed(original),
                origins: Vec::new(),
            };
        }
        let mut text = String::with_capacity(original.len());
        let mut origins = Vec::with_capacity(original.len() + 1);
        for (at, character) in original.char_indices() {
            if let Some(plain) = reading(character) {
                text.push(plain);
                origins.resize(text.len(), at);
            }
        }
        origins.push(original.len());
        Plain {
            text: Cow::Owned(text),
            origins,
        }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The part of the original that a part of the plain text was read from.
    pub(super) fn origin(&self, span: Range<usize>) -> Range<usize> {
        match self.origins.is_empty() {
            true => span,
            false => self.origins[span.start]..self.origins[span.end],
        }
    }
}

/// What a character is read as; nothing for those that cannot be seen.
fn reading(character: char) -> Option<char> {
    match character {
        '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => None,
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
        '\u{a0}' | '\u{3000}' => Some(' '),
        _ => Some(character),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_the_plain_text_lead_back_to_the_original() {
        for (original, plain) in [
            ("电话１３８ 0013", "电话138 0013"),
            ("1\u{200b}38", "138"),
            ("abc", "abc"),
            ("", ""),
        ] {
            let read = Plain::of(original);
            assert_eq!(read.text(), plain);
            assert_eq!(&original[read.origin(0..plain.len())], original);
        }
        let read = Plain::of("电话１３８ 0013");
        let start = read.text().find('1').unwrap();
        assert_eq!(&"电话１３８ 0013"[read.origin(start..start + 3)], "１３８");
    }
}
