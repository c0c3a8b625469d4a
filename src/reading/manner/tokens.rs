//! A normalised text as words and characters.

use crate::conversation::scramble_text;

/// Tokens that no text has: between those of a pair with a gap; before and behind a text; for any number; between the last one of a text and
/// how its clause begins, or how long that is.
pub(super) const GAP: u64 = 1;
pub(super) const START: u64 = 2;
pub(super) const END: u64 = 3;
const NUMBER: u64 = 4;
pub(super) const BEGUN: u64 = 5;
pub(super) const LONG: u64 = 6;

/// Behind these a clause begins.
pub(super) const MARKS: [char; 10] = [',', '.', '!', '?', ';', ':', '。', '~', '、', '\n'];

/// Words are of Latin letters, every other letter and mark of a sentence stands for itself, all numbers are alike.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = u64> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let character = rest.chars().next()?;
            let length = match character {
                'a'..='z' => rest
                    .find(|c: char| !c.is_ascii_lowercase() && c != '\'')
                    .unwrap_or(rest.len()),
                '0'..='9' => rest
                    .find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')
                    .unwrap_or(rest.len()),
                other => other.len_utf8(),
            };
            let (token, after) = rest.split_at(length);
            rest = after;
            match character {
                '0'..='9' => return Some(NUMBER),
                _ if character.is_alphabetic() || "\u{fffc}?.!,;:~。".contains(character) => {
                    return Some(scramble_text(token));
                }
                _ => {}
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_alike_and_blanks_are_nothing() {
        let tokens = |text: &str| tokens(text).collect::<Vec<_>>();
        assert_eq!(tokens("满300减50"), tokens("满 1,200 减（20）"));
        assert_eq!(tokens("it's 5 yuan").len(), 3);
        assert_ne!(tokens("can you"), tokens("you can"));
        assert!(tokens(" （） ").is_empty());
    }
}
