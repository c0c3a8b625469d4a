//! Patterns of several words over words that were spaced out, and so run together when they are squeezed: `lowest price` in
//! `l o w e s t p r i c e`.
//!
//! ```text
//!  lowest price --loosened--> lowest(?: |())price --held against--> lowestprice, where () lies within the row
//! ```
//!
//! A row of letters does not say where its words end. So blanks of a pattern may be missing in one, and in nothing else: `the rapist` is
//! not found in therapist.

use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;
use regex_syntax::hir::{Capture, Class, Hir, HirKind, Look, Repetition};

use super::Squeezed;
use super::squeezed::is_gap;

/// The patterns of several words among a user's.
pub struct RunTogether(Vec<Loosened>);

struct Loosened {
    /// Which of the user's patterns it is.
    place: usize,
    /// With an empty group for each blank and each end of a word that may be missing.
    written: String,
    /// Nothing when it has grown beyond what is compiled.
    compiled: OnceLock<Option<Regex>>,
}

impl RunTogether {
    /// Those of `patterns` that have a blank or a mark between words.
    pub fn of_user<T: AsRef<str>>(patterns: &[T]) -> RunTogether {
        let several = patterns.iter().enumerate().filter_map(|(place, pattern)| {
            let mut parser = regex_syntax::ParserBuilder::new().case_insensitive(true).build();
            let pattern = parser.parse(pattern.as_ref()).ok()?;
            has_blank(&pattern).then(|| Loosened {
                place,
                written: loosened(&pattern).to_string(),
                compiled: OnceLock::new(),
            })
        });
        RunTogether(several.collect())
    }

    /// Matches that lack a blank or the end of a word, each within a row of letters: the pattern's place, and where it is in what was
    /// squeezed.
    pub fn find_iter<'a>(&'a self, squeezed: &'a Squeezed) -> impl Iterator<Item = (usize, Range<usize>)> + 'a {
        let tried = self.0.iter().filter(|_| squeezed.has_rows());
        tried.flat_map(move |pattern| pattern.find_iter(squeezed).map(|found| (pattern.place, found)))
    }
}

impl Loosened {
    fn find_iter<'a>(&'a self, squeezed: &'a Squeezed) -> impl Iterator<Item = Range<usize>> + 'a {
        let compiled = self.compiled.get_or_init(|| Regex::new(&self.written).ok());
        let found = compiled.iter().flat_map(|regex| regex.captures_iter(squeezed.text()));
        found.filter_map(|found| {
            let mut missing = found.iter().skip(1).flatten();
            let is_within = missing.all(|blank| squeezed.is_within_row(blank.start()));
            is_within.then_some(found.get(0)?.range())
        })
    }
}

/// True when a blank or a mark stands in a pattern.
fn has_blank(part: &Hir) -> bool {
    match part.kind() {
        HirKind::Literal(literal) => literal.0.iter().any(|byte| is_mark(*byte)),
        HirKind::Class(class) => is_blank(class),
        HirKind::Repetition(repetition) => has_blank(&repetition.sub),
        HirKind::Capture(capture) => has_blank(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().any(has_blank),
        HirKind::Empty | HirKind::Look(_) => false,
    }
}

/// The same, where each blank and each end of a word may be missing; its groups are those that say so.
fn loosened(part: &Hir) -> Hir {
    match part.kind() {
        HirKind::Literal(literal) => Hir::concat(
            literal
                .0
                .chunk_by(|one, next| !is_mark(*one) && !is_mark(*next))
                .map(|piece| match piece {
                    [mark] if is_mark(*mark) => may_be_missing(Hir::literal(piece)),
                    word => Hir::literal(word),
                })
                .collect(),
        ),
        HirKind::Class(class) if is_blank(class) => may_be_missing(part.clone()),
        HirKind::Look(look) if is_end_of_word(*look) => may_be_missing(part.clone()),
        HirKind::Repetition(repetition) => Hir::repetition(Repetition {
            sub: Box::new(loosened(&repetition.sub)),
            ..repetition.clone()
        }),
        HirKind::Capture(capture) => loosened(&capture.sub),
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(loosened).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.iter().map(loosened).collect()),
        HirKind::Empty | HirKind::Class(_) | HirKind::Look(_) => part.clone(),
    }
}

/// The part, or else a group of nothing, which tells where it is missing.
fn may_be_missing(part: Hir) -> Hir {
    let missing = Hir::capture(Capture {
        index: 1,
        name: None,
        sub: Box::new(Hir::empty()),
    });
    Hir::alternation(vec![part, missing])
}

/// True for what stands between words: a class with a blank or a mark and without letters and digits.
fn is_blank(class: &Class) -> bool {
    let Class::Unicode(class) = class else {
        return false;
    };
    let holds = |from: char, to: char| class.iter().any(|range| range.start() <= to && from <= range.end());
    let has_letters = [('a', 'z'), ('A', 'Z'), ('0', '9')]
        .iter()
        .any(|(from, to)| holds(*from, *to));
    !has_letters && (' '..='~').any(|mark| is_gap(mark) && holds(mark, mark))
}

/// True for a blank or a mark in a pattern's bytes: those of a longer character are none.
fn is_mark(byte: u8) -> bool {
    byte.is_ascii() && is_gap(char::from(byte))
}

fn is_end_of_word(look: Look) -> bool {
    use Look::{WordAscii, WordEndAscii, WordEndUnicode, WordStartAscii, WordStartUnicode, WordUnicode};
    matches!(
        look,
        WordAscii | WordUnicode | WordStartAscii | WordStartUnicode | WordEndAscii | WordEndUnicode
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What each of the patterns finds in a normalised text.
    fn found(patterns: &[&str], text: &str) -> Vec<(usize, String)> {
        let Some(squeezed) = Squeezed::of(text) else {
            return Vec::new();
        };
        let patterns = RunTogether::of_user(patterns);
        let found = patterns.find_iter(&squeezed);
        found
            .map(|(place, span)| (place, text[squeezed.place_in(text, &span)].to_owned()))
            .collect()
    }

    #[test]
    fn words_that_were_spaced_out_are_found_together() {
        for (pattern, text, part) in [
            (
                "lowest price",
                "my l o w e s t p r i c e, friend",
                "l o w e s t p r i c e",
            ),
            ("Lowest Price", "l o w e s t p r i c e", "l o w e s t p r i c e"),
            (
                r"\blowest\s+price\b",
                "it's the l.o.w.e.s.t p.r.i.c.e!",
                "l.o.w.e.s.t p.r.i.c.e",
            ),
            (
                r"\blowest[ -]price\b",
                "t h e l o w e s t p r i c e",
                "l o w e s t p r i c e",
            ),
            (r"\bbest price\b", "a b e s t p r i c e s", "b e s t p r i c e"),
            (r"100% (?:safe|no risk)", "100% n o r i s k", "100% n o r i s k"),
            (
                "最低 best price 保证",
                "最低 b e s t p r i c e 保证",
                "最低 b e s t p r i c e 保证",
            ),
            (
                r"(?:zero|no) risk (at) all",
                "n o r i s k a t a l l",
                "n o r i s k a t a l l",
            ),
            ("add me on wechat", "a d d m e on wechat", "a d d m e on wechat"),
            ("add me on wechat", "add m e o n w e c h a t", "add m e o n w e c h a t"),
            ("money-back", "m o n e y b a c k", "m o n e y b a c k"),
            ("don't tell", "d o n ' t t e l l anybody", "d o n ' t t e l l"),
            (
                "transfer to my account",
                "t r a n s f e r t o m y a c c o u n t",
                "t r a n s f e r t o m y a c c o u n t",
            ),
        ] {
            assert_eq!(found(&[pattern], text), [(0, part.to_owned())], "{pattern}: {text}");
        }
        let both = found(
            &["lowest", "lowest price", "no risk"],
            "l o w e s t p r i c e n o r i s k",
        );
        assert_eq!(both.iter().map(|(place, _)| *place).collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn words_that_stand_as_they_do_are_not() {
        for (pattern, text) in [
            ("the rapist", "our therapist, a b c d e"),
            (r"\bwin now\b", "plans a/b/c/d/e: windows nowhere"),
            ("we .*guarantee", "west wing, rows a b c d e, guaranteed"),
            ("no risk", "a b c d e norisk"),
            ("best price", "sizes s / m / l / x / y, bestprice"),
            ("lowest", "l o w e s t"),
            (r"\bsure win\b", "p.l.e.a.s.u.r.e wing"),
            ("buy now", "e.g. b u y"),
            ("no[a-z ]risk", "n o r i s k"),
            ("(", "l o w e s t p r i c e"),
            ("lowest price", ""),
        ] {
            assert_eq!(found(&[pattern], text), [], "{pattern}: {text}");
        }
    }
}
