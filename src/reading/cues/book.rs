//! The cues of throng's own patterns, read off beforehand: to read them off would be half of what a run takes to start.
//!
//! ```text
//!  patterns --test, when asked: cues--> book.txt --build script: indexes--> the program --by what the patterns say--> Index
//! ```
//!
//! A set of patterns is known by all that they say: cues of one that has been changed since are read off anew, so that a book that has
//! fallen behind costs time and nothing else. A test fails then.

use super::{Index, Letters, Spelling};
use crate::conversation::{scramble, scramble_text};
use crate::reading::classes::Classes;
use crate::reading::patterns::of_latin_words;

/// Each index behind its key (u64) and its length (u32), little-endian.
static INDEXES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/cues.bin"));

/// The index of patterns of throng's own that may mention these classes.
pub(in crate::reading) fn index_of<T: AsRef<str>>(classes: &Classes, patterns: &[T]) -> Index {
    let known = known(key(classes, patterns));
    known.unwrap_or_else(|| Index::new(&read_off(classes, patterns)))
}

/// Of each pattern its cues.
fn read_off<T: AsRef<str>>(classes: &Classes, patterns: &[T]) -> Vec<Option<Vec<String>>> {
    let mut spelling = Spelling::new(Letters::AsWritten);
    let marked = classes.marked();
    marked.for_each(|class| spelling.learn(&of_latin_words(&class)));
    let cues = |pattern: &T| spelling.cues(&of_latin_words(&classes.mark(pattern.as_ref())));
    patterns.iter().map(cues).collect()
}

/// A number for all that the patterns say.
fn key<T: AsRef<str>>(classes: &Classes, patterns: &[T]) -> u64 {
    let said = classes.said().chain(patterns.iter().map(AsRef::as_ref));
    said.fold(0, |key, text| scramble(key ^ scramble_text(text)))
}

/// What the program has under this key.
fn known(key: u64) -> Option<Index> {
    let mut rest = INDEXES;
    loop {
        let (at, behind) = rest.split_first_chunk()?;
        let (length, behind) = behind.split_first_chunk()?;
        let (index, behind) = behind.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        if u64::from_le_bytes(*at) == key {
            return Index::of_bytes(index);
        }
        rest = behind;
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::reading::{Patterns, ending, lexicon, personal};

    /// All patterns of throng's own.
    fn all() -> Vec<&'static Patterns> {
        let others = [&*personal::PATTERNS, &*ending::LINK];
        lexicon::all().into_iter().chain(others).collect()
    }

    /// A set as the book has it: its key, how many patterns it has, and a line for each pattern, of its cues.
    fn written<T: AsRef<str>>(classes: &Classes, patterns: &[T]) -> String {
        let mut set = format!("set {:016x} {}\n", key(classes, patterns), patterns.len());
        for cues in read_off(classes, patterns) {
            let cues = cues.unwrap_or_default().join("\t").replace('\n', "␊");
            writeln!(set, "{cues}").unwrap();
        }
        set
    }

    #[test]
    fn the_book_has_the_cues_of_the_patterns() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/reading/cues/book.txt");
        let sets = all();
        let each = sets.iter().flat_map(|patterns| patterns.said());
        let book: String = each.map(|(classes, patterns)| written(classes, &patterns)).collect();
        if std::env::var_os("UPDATE_CUES").is_some() {
            std::fs::write(path, &book).unwrap();
        }
        assert!(
            std::fs::read_to_string(path).unwrap() == book,
            "run `make cues` and commit {path}"
        );
    }

    #[test]
    fn what_the_build_script_made_is_what_would_be_made_anew() {
        for (classes, patterns) in all().iter().flat_map(|patterns| patterns.said()) {
            let known = known(key(classes, &patterns)).unwrap();
            assert!(known.to_bytes() == Index::new(&read_off(classes, &patterns)).to_bytes());
        }
        assert!(known(1).is_none());
        let mixed = [
            Some(vec!["sorry".to_owned(), "apolog".to_owned()]),
            None,
            Some(vec!["sorry".to_owned()]),
        ];
        let index = Index::of_bytes(&Index::new(&mixed).to_bytes()).unwrap();
        assert_eq!(
            ["so sorry", "apology", "fine"].map(|text| index.may_match(text)),
            [0b111, 0b011, 0b010]
        );
        assert!(Index::of_bytes(&[1; 40]).is_none());
    }
}
