//! When two texts are the same one.

use crate::conversation::scramble;

/// Equal for texts that differ only in case, spaces and punctuation; what has neither letter nor digit counts as it is.
pub fn fingerprint(text: &str) -> u64 {
    let add = |hash, character| scramble(hash ^ u64::from(u32::from(character)));
    // The same as below, without a table: most letters are Latin or Chinese, which have no case.
    let is_han = |character: char| matches!(character, '\u{4e00}'..='\u{9fff}');
    let is_letter = |character: &char| is_han(*character) || character.is_alphanumeric();
    let letters = text.chars().filter(is_letter);
    let lower = |hash, character: char| match character {
        '\0'..='\u{7f}' => add(hash, character.to_ascii_lowercase()),
        _ if is_han(character) => add(hash, character),
        _ => character.to_lowercase().fold(hash, add),
    };
    match letters.fold(0, lower) {
        0 => text.chars().fold(0, add),
        hash => hash,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_spaces_and_marks_make_no_other_text() {
        assert_eq!(fingerprint("Over 300, 50 off!"), fingerprint("over 300 50 off"));
        assert_eq!(fingerprint("满300减50哦~"), fingerprint("满300减50哦"));
        assert_ne!(fingerprint("满300减50"), fingerprint("满300减60"));
        assert_ne!(fingerprint("??"), fingerprint("!"));
    }
}
