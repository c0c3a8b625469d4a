//! Patterns that look at a text only where it holds one of their cues.
//!
//! Most patterns of a lexicon cannot match most texts. One pass for the cues of all of them, by their letters, costs less than one
//! pattern does, and tells which are left to be tried:
//!
//! ```text
//!  text --one pass: cues--> the few patterns that may match --each by itself--> matches
//! ```

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use regex::{Regex, RegexBuilder};

use super::PatternError;
use super::classes::Classes;
use super::cues::{Index, Letters, Spelling, index_of};

/// Patterns over normalised texts, each a way of its own to say the same. Each is compiled once: when it is tried first.
pub struct Patterns(Vec<Few>);

/// As many patterns as a set of bits tells apart.
struct Few {
    index: Index,
    patterns: Vec<Pattern>,
}

/// One of them.
pub(super) struct Pattern {
    written: String,
    /// What it may mention.
    classes: Arc<Classes>,
    compiled: OnceLock<Regex>,
}

impl Pattern {
    fn compiled(&self) -> &Regex {
        let compile = || {
            let whole = of_latin_words(&self.classes.spelt_out(&self.written));
            Regex::new(&whole).expect("the patterns of the lexicon are tested")
        };
        self.compiled.get_or_init(compile)
    }

    /// Its matches, which do not overlap.
    pub(super) fn find_iter<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
        self.compiled().find_iter(text).map(|found| found.range())
    }
}

/// A pattern of throng's own as it is compiled: words are of Latin letters, so they end before Chinese ones. A boundary that only looks at
/// ASCII lets an expression run as an automaton, ten times faster on Chinese text; and the letters of all scripts, spelt out in bytes, would
/// be most of what there is to compile.
pub(super) fn of_latin_words(pattern: &str) -> String {
    pattern.replace(r"\b", r"(?-u:\b)").replace(r"\w", r"(?-u:\w)")
}

impl Patterns {
    /// Patterns of throng's own, over normalised texts.
    pub(super) fn new<T: AsRef<str>>(patterns: &[T]) -> Patterns {
        Patterns::with_classes(Classes::default(), patterns)
    }

    /// The same, where patterns mention classes of words.
    pub(super) fn with_classes<T: AsRef<str>>(classes: Classes, patterns: &[T]) -> Patterns {
        let classes = Arc::new(classes);
        let pattern = |written: &T| Pattern {
            written: written.as_ref().to_owned(),
            classes: Arc::clone(&classes),
            compiled: OnceLock::new(),
        };
        let few = patterns.chunks(Index::MOST).map(|few| Few {
            index: index_of(&classes, few),
            patterns: few.iter().map(pattern).collect(),
        });
        Patterns(few.collect())
    }

    /// Patterns that a user wrote, over normalised texts; letter case does not matter to them.
    ///
    /// # Errors
    /// [`PatternError`] for the first that is no regular expression.
    pub fn of_user<T: AsRef<str>>(patterns: &[T]) -> Result<Patterns, PatternError> {
        let (spelling, classes) = (Spelling::new(Letters::Small), Arc::default());
        let compile = |pattern: &T| {
            let pattern = pattern.as_ref();
            let build = RegexBuilder::new(pattern).case_insensitive(true).build();
            let compiled = build.map_err(|source| PatternError {
                pattern: pattern.to_owned(),
                source,
            })?;
            let pattern = Pattern {
                written: pattern.to_owned(),
                classes: Arc::clone(&classes),
                compiled: OnceLock::from(compiled),
            };
            Ok((spelling.cues(&pattern.written), pattern))
        };
        let few = patterns.chunks(Index::MOST).map(|few| {
            let each: Vec<_> = few.iter().map(compile).collect::<Result<_, _>>()?;
            let (cues, patterns): (Vec<_>, Vec<_>) = each.into_iter().unzip();
            let index = Index::new(&cues);
            Ok(Few { index, patterns })
        });
        few.collect::<Result<_, _>>().map(Patterns)
    }

    /// True when one of the patterns matches somewhere.
    pub fn is_match(&self, text: &str) -> bool {
        self.tried(text).any(|(_, pattern)| pattern.compiled().is_match(text))
    }

    /// Every match of every pattern, pattern by pattern in their order, with the pattern's place; those of one do not overlap.
    pub fn find_iter<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, Range<usize>)> + 'a {
        self.tried(text)
            .flat_map(move |(place, pattern)| pattern.find_iter(text).map(move |range| (place, range)))
    }

    /// The match that starts first and holds to this; of those that start together the longest.
    pub(super) fn first(&self, text: &str, is_meant: impl Fn(&Range<usize>) -> bool) -> Option<Range<usize>> {
        let of_each = self
            .tried(text)
            .filter_map(|(_, pattern)| pattern.find_iter(text).find(|range| is_meant(range)));
        of_each.min_by_key(|range| (range.start, std::cmp::Reverse(range.end)))
    }

    /// The patterns as they were written and what they may mention, as many as an index holds at a time.
    #[cfg(test)]
    pub(super) fn said(&self) -> impl Iterator<Item = (&Classes, Vec<&str>)> {
        self.0.iter().filter_map(|few| {
            let written = few.patterns.iter().map(|pattern| pattern.written.as_str());
            Some((&*few.patterns.first()?.classes, written.collect()))
        })
    }

    /// The patterns that may match, with their places.
    pub(super) fn tried(&self, text: &str) -> impl Iterator<Item = (usize, &Pattern)> {
        let parts = (0..).step_by(Index::MOST).zip(&self.0);
        parts.flat_map(move |(first, few)| few.tried(text).map(move |(place, pattern)| (first + place, pattern)))
    }
}

impl Few {
    fn tried(&self, text: &str) -> impl Iterator<Item = (usize, &Pattern)> {
        let mut left = self.index.may_match(text);
        std::iter::from_fn(move || {
            let place = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            Some((place, self.patterns.get(place)?))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_match_is_tried_and_all_of_that() {
        let patterns = Patterns::new(&["没听懂", r"[a-z]+\d", "听(?:不|没)懂|没懂", r"\bno idea\b"]);
        for (text, tried, found) in [
            ("满300减50", 1, vec![]),
            ("我没听懂", 2, vec![(0, "没听懂")]),
            ("听不懂a1 b2", 2, vec![(1, "a1"), (1, "b2"), (2, "听不懂")]),
            ("no ideas", 2, vec![]),
            ("", 1, vec![]),
        ] {
            let found_in = patterns.find_iter(text).map(|(place, range)| (place, &text[range]));
            let matches: Vec<(usize, &str)> = found_in.collect();
            assert_eq!((patterns.tried(text).count(), matches), (tried, found), "{text}");
            assert_eq!(patterns.is_match(text), patterns.find_iter(text).next().is_some());
        }
        let first = |text: &str| patterns.first(text, |range| range.len() > 2);
        assert_eq!(first("a1 ab1 没听懂"), Some(3..6));
        assert_eq!(first("没听懂 听不懂"), Some(0..9));
        assert_eq!(first("a1"), None);
    }

    #[test]
    fn classes_have_cues_wherever_they_are_mentioned_and_however_often() {
        let classes = Classes::from_iter([("very", "太|很"), ("good", "<very>?(?:好|棒)"), ("any", "[a-z]*")]);
        for (pattern, matching, cueless) in [
            ("真<very>*妙", "真很太妙", "不行"),
            ("真<very>+妙", "真很太妙", "不行"),
            ("(?:<good>|<very>)*了", "太好很棒了", "太好"),
            ("<good>了", "很棒了", "很妙了"),
            ("<any>不<very>", "ok不很", "不是"),
        ] {
            let patterns = Patterns::with_classes(classes.clone(), &[pattern]);
            assert!(patterns.is_match(matching), "{pattern}");
            assert_eq!(patterns.tried(cueless).count(), 0, "{pattern}");
        }
    }

    #[test]
    fn letter_case_does_not_matter_to_patterns_of_users_however_many() {
        let mut all: Vec<String> = (0..200).map(|number| format!("word{number}x")).collect();
        all.push("Add Me on (?:WeChat|VX)".to_owned());
        let patterns = Patterns::of_user(&all).unwrap();
        let places = |text: &str| patterns.find_iter(text).map(|(place, _)| place).collect::<Vec<_>>();
        assert_eq!(places("word150x, please add me on wechat"), [150, 200]);
        assert_eq!(patterns.tried("word150x").count(), 1);
        assert_eq!(places("nothing of the kind"), [0_usize; 0]);
        assert_eq!(Patterns::of_user(&["a", "("]).err().unwrap().pattern, "(");
        assert!(!Patterns::new::<&str>(&[]).is_match("a"));
    }
}
