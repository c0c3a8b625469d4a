//! A text without what was put between its letters to hide a word: 保 证, 微-信, g u a r a n t e e.

use std::ops::Range;

/// A text without blanks and marks between Chinese characters and between single Latin letters.
pub struct Squeezed {
    text: String,
    /// Of each byte, where it stood.
    places: Vec<usize>,
    /// Of each byte, whether it goes on with a row of single Latin letters.
    in_rows: Vec<bool>,
}

/// So many single letters in a row are a word that was spaced out; fewer are initials.
const LETTERS: usize = 5;

impl Squeezed {
    /// Nothing when there is nothing to take out of the normalised text.
    pub fn of(text: &str) -> Option<Squeezed> {
        if !text.contains(|character| is_gap(character) || letter(character) != character) {
            return None;
        }
        let characters: Vec<(usize, char)> = text.char_indices().collect();
        let spaced = spaced_out(&characters);
        let mut squeezed = Squeezed {
            text: String::with_capacity(text.len()),
            places: Vec::with_capacity(text.len()),
            in_rows: Vec::with_capacity(text.len()),
        };
        let (mut last, mut gap) = (None, Vec::new());
        for (place, (at, character)) in characters.iter().copied().enumerate() {
            if is_gap(character) {
                gap.push((at, character));
                continue;
            }
            let hides = spaced[place] || last.is_some_and(is_chinese) && is_chinese(character);
            let hides = hides || character == '%' && last.is_some_and(|c: char| c.is_ascii_digit());
            if !hides || last.is_none() {
                gap.iter().for_each(|(at, mark)| squeezed.push(*at, *mark, false));
            }
            gap.clear();
            squeezed.push(at, letter(character), spaced[place]);
            last = Some(character);
        }
        (squeezed.text != text).then_some(squeezed)
    }

    fn push(&mut self, at: usize, character: char, in_row: bool) {
        self.text.push(character);
        self.places.resize(self.text.len(), at);
        self.in_rows.resize(self.text.len(), in_row);
    }

    /// What is left.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// True when there was a row of single Latin letters, of one word or of several.
    pub(super) fn has_rows(&self) -> bool {
        self.in_rows.contains(&true)
    }

    /// True for a place of what is left between two letters of such a row.
    pub(super) fn is_within_row(&self, place: usize) -> bool {
        self.in_rows.get(place).is_some_and(|in_row| *in_row)
    }

    /// Where a place of what is left stands in `text`, which it was made of.
    pub fn place_in(&self, text: &str, span: &Range<usize>) -> Range<usize> {
        let start = self.places.get(span.start).copied().unwrap_or(text.len());
        let end = span.end.checked_sub(1).and_then(|last| self.places.get(last));
        let end = end.map_or(start, |last| text.ceil_char_boundary(last + 1));
        start..end
    }
}

/// True for each character that goes on with a row of single Latin letters.
fn spaced_out(characters: &[(usize, char)]) -> Vec<bool> {
    let mut spaced = vec![false; characters.len()];
    let mut row: Vec<usize> = Vec::new();
    let mut close = |row: &mut Vec<usize>| {
        if row.len() >= LETTERS {
            row.iter().skip(1).for_each(|place| spaced[*place] = true);
        }
        row.clear();
    };
    let letter_at = |place: usize| characters.get(place).is_some_and(|(_, c)| c.is_ascii_alphabetic());
    for (place, (_, character)) in characters.iter().enumerate() {
        let is_single = letter_at(place) && !letter_at(place + 1) && (place == 0 || !letter_at(place - 1));
        match (is_single, is_gap(*character)) {
            (true, _) => row.push(place),
            (false, true) => {}
            (false, false) => close(&mut row),
        }
    }
    close(&mut row);
    spaced
}

pub(super) fn is_gap(character: char) -> bool {
    matches!(
        character,
        ' ' | '.' | '·' | '•' | '*' | '_' | '-' | '~' | '|' | '/' | '+' | '^' | '\''
    )
}

fn is_chinese(character: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&character)
}

/// Two ways to write one: 帐 and 账, which normalising leaves alone.
fn letter(character: char) -> char {
    match character {
        '帐' => '账',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_between_letters_goes_and_words_stay() {
        for (text, left) in [
            ("我们保 证最低", "我们保证最低"),
            ("加微-信,便宜", "加微信,便宜"),
            ("we g u a r a n t e e it", "we guarantee it"),
            ("g.u.a.r.a.n.t.e.e", "guarantee"),
            ("转帐给他", "转账给他"),
            ("100 %", "100%"),
        ] {
            assert_eq!(
                Squeezed::of(text).map(|left| left.text),
                Some(left.to_owned()),
                "{text}"
            );
        }
        for text in ["满300减50", "e.g. a b", "we ship in 24 hours", "最低价,保证", ""] {
            assert!(Squeezed::of(text).is_none(), "{text}");
        }
    }

    #[test]
    fn rows_are_known_by_the_letters_that_go_on_with_them() {
        let squeezed = Squeezed::of("我们保 证 a b c d e").unwrap();
        let within = (0..=squeezed.text().len()).filter(|place| squeezed.is_within_row(*place));
        assert_eq!(
            (squeezed.text(), within.collect::<Vec<_>>()),
            ("我们保证 abcde", vec![14, 15, 16, 17])
        );
        assert!(squeezed.has_rows() && !Squeezed::of("保 证 a b c d").unwrap().has_rows());
    }

    #[test]
    fn a_place_is_found_again_in_the_text() {
        let text = "我们保 证最低";
        let squeezed = Squeezed::of(text).unwrap();
        let at = squeezed.text().find("保证").unwrap();
        assert_eq!(&text[squeezed.place_in(text, &(at..at + 6))], "保 证");
    }
}
