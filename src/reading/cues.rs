//! What must stand in a text for a pattern to match: of `(?:听|看)不(?:懂|明白)`, one of 听不懂, 听不明白, 看不懂, 看不明白.
//!
//! A text without any of a pattern's cues need not be held against the pattern. They are read off its syntax, so that no list of them
//! can fall behind its pattern.

mod book;
#[cfg_attr(not(test), expect(dead_code, reason = "only the build script writes an index"))]
mod index;

use std::collections::BTreeMap;

use regex_syntax::hir::{Class, Hir, HirKind};

pub(super) use book::index_of;
pub(super) use index::Index;

/// The most strings that parts in a row are spelt out to.
const MOST_SPELT_OUT: usize = 96;

/// The most characters of a class that are spelt out.
const MOST_OF_CLASS: usize = 24;

/// The most cues of a pattern: more are no help.
const MOST_CUES: usize = 512;

/// Which letters a pattern is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    /// Those that it is written with.
    AsWritten,
    /// Those of a normalised text, small ones, whatever case the pattern has.
    Small,
}

/// What is known of the texts that a part of a pattern matches.
#[derive(Clone)]
enum Known {
    /// All of them.
    All(Vec<String>),
    /// Strings of which each holds one.
    Holding(Vec<String>),
    Nothing,
}

/// How patterns are spelt out.
pub(super) struct Spelling {
    letters: Letters,
    /// What is known of the classes that patterns may mention, each in its place.
    classes: Vec<Known>,
}

impl Spelling {
    pub(super) fn new(letters: Letters) -> Spelling {
        let classes = Vec::new();
        Spelling { letters, classes }
    }

    /// Learns the next class, which may mention those before it. Patterns that mention it need not be read with all that it says: of
    /// what a lexicon has to read that would be most.
    pub(super) fn learn(&mut self, class: &str) {
        let known = self.read(class).unwrap_or(Known::Nothing);
        self.classes.push(known);
    }

    /// Strings of which each match of the pattern holds at least one; absent when there are none to be told, or too many.
    pub(super) fn cues(&self, pattern: &str) -> Option<Vec<String>> {
        self.read(pattern)?.required().map(needed)
    }

    fn read(&self, pattern: &str) -> Option<Known> {
        let is_small = self.letters == Letters::Small;
        let mut parser = regex_syntax::ParserBuilder::new().case_insensitive(is_small).build();
        Some(self.known(&parser.parse(pattern).ok()?))
    }

    /// The class that a group of this name stands for.
    fn mentioned(&self, group: Option<&str>) -> Option<&Known> {
        self.classes.get(super::classes::mentioned(group?)?)
    }

    fn known(&self, part: &Hir) -> Known {
        match part.kind() {
            HirKind::Empty | HirKind::Look(_) => Known::All(vec![String::new()]),
            HirKind::Literal(literal) => match std::str::from_utf8(&literal.0) {
                Ok(text) => Known::All(vec![text.to_owned()]),
                Err(_) => Known::Nothing,
            },
            HirKind::Class(class) => self.spelt_out(class).map_or(Known::Nothing, Known::All),
            HirKind::Capture(capture) => match self.mentioned(capture.name.as_deref()) {
                Some(class) => class.clone(),
                None => self.known(&capture.sub),
            },
            HirKind::Repetition(repetition) => match (repetition.min, repetition.max, self.known(&repetition.sub)) {
                (0, Some(1), Known::All(mut all)) => {
                    all.push(String::new());
                    Known::All(all)
                }
                (0, ..) => Known::Nothing,
                (_, _, once) => Known::holding(once.required()),
            },
            HirKind::Concat(parts) => self.in_a_row(parts),
            HirKind::Alternation(parts) => self.any_of(parts),
        }
    }

    /// The characters of a class of few.
    fn spelt_out(&self, class: &Class) -> Option<Vec<String>> {
        let Class::Unicode(class) = class else {
            return None;
        };
        // ſ and the Kelvin sign are letters in any case, and stand in no normalised text.
        let is_held =
            |c: &char| self.letters == Letters::AsWritten || !c.is_uppercase() && !matches!(c, 'ſ' | '\u{212a}');
        let count: usize = class.iter().map(|range| range.len()).sum();
        let characters = class.iter().flat_map(|range| range.start()..=range.end());
        (count <= MOST_OF_CLASS).then(|| characters.filter(is_held).map(String::from).collect())
    }

    /// Parts in a row are spelt out as far as they are known; what is rarest among the pieces is what is required.
    fn in_a_row(&self, parts: &[Hir]) -> Known {
        let (mut piece, mut is_whole) = (vec![String::new()], true);
        let mut required: Option<Vec<String>> = None;
        let mut least_common = f64::INFINITY;
        let mut offer = |candidate: Option<Vec<String>>| {
            let Some(candidate) = candidate else { return };
            let common = commonness(&candidate);
            if common < least_common {
                (required, least_common) = (Some(candidate), common);
            }
        };
        for part in parts {
            match self.known(part) {
                Known::All(all) if all.len() * piece.len() <= MOST_SPELT_OUT => {
                    piece = in_turn(piece, all);
                }
                known => {
                    is_whole = false;
                    offer(telling(piece));
                    piece = match known {
                        Known::All(all) => all,
                        other => {
                            offer(other.required());
                            vec![String::new()]
                        }
                    };
                }
            }
        }
        if is_whole {
            return Known::All(piece);
        }
        offer(telling(piece));
        Known::holding(required)
    }

    fn any_of(&self, parts: &[Hir]) -> Known {
        let known: Vec<Known> = parts.iter().map(|part| self.known(part)).collect();
        let count = |one: &Known| match one {
            Known::All(all) => Some(all.len()),
            _ => None,
        };
        let all: Option<usize> = known.iter().map(count).sum();
        if all.is_some_and(|all| all <= MOST_SPELT_OUT) {
            let of_each = known.into_iter().flat_map(|one| match one {
                Known::All(all) => all,
                _ => Vec::new(),
            });
            return Known::All(of_each.collect());
        }
        let required: Option<Vec<Vec<String>>> = known.into_iter().map(Known::required).collect();
        Known::holding(required.map(|required| required.concat()))
    }
}

impl Known {
    fn holding(required: Option<Vec<String>>) -> Known {
        required.map_or(Known::Nothing, Known::Holding)
    }

    /// Strings of which each text holds one.
    fn required(self) -> Option<Vec<String>> {
        match self {
            Known::All(strings) | Known::Holding(strings) => telling(strings),
            Known::Nothing => None,
        }
    }
}

/// Each of these with each of those behind it.
fn in_turn(before: Vec<String>, after: Vec<String>) -> Vec<String> {
    let is_nothing = |strings: &[String]| matches!(strings, [only] if only.is_empty());
    if is_nothing(&before) {
        return after;
    }
    if is_nothing(&after) {
        return before;
    }
    let mut both = Vec::with_capacity(before.len() * after.len());
    for start in &before {
        both.extend(after.iter().map(|end| [start.as_str(), end].concat()));
    }
    both
}

/// The strings, unless there are too many, or one is empty: every text holds that.
fn telling(strings: Vec<String>) -> Option<Vec<String>> {
    let tells = (1..=MOST_CUES).contains(&strings.len()) && !strings.iter().any(String::is_empty);
    tells.then_some(strings)
}

/// The strings without those that hold another one. To be asked once, of what is left in the end.
fn needed(mut strings: Vec<String>) -> Vec<String> {
    strings.sort_unstable_by_key(String::len);
    // By their first characters: at most places of a string none of those that it may hold begins.
    let mut needed: BTreeMap<char, Vec<String>> = BTreeMap::new();
    for string in strings {
        let begins_with_one = |(at, first): (usize, char)| {
            let mut shorter = needed.get(&first).into_iter().flatten();
            shorter.any(|shorter| string[at..].starts_with(shorter.as_str()))
        };
        if !string.char_indices().any(begins_with_one)
            && let Some(first) = string.chars().next()
        {
            needed.entry(first).or_default().push(string);
        }
    }
    needed.into_values().flatten().collect()
}

/// Words and characters that stand in most texts, so that they tell little of them.
const COMMON_WORDS: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "can", "do", "for", "have", "i", "if", "in", "is", "it", "me", "my",
    "not", "of", "on", "or", "our", "that", "the", "this", "to", "us", "we", "will", "with", "you", "your",
];
const COMMON_CHARACTERS: &str = "一不个为了们以会你可在好就您我是有没的能要请这";

/// About how likely one of the strings stands at a place of a text: a Latin letter tells three bits, a blank one, a Chinese character eight;
/// a common word or character five, however long it is.
fn commonness(strings: &[String]) -> f64 {
    let bits = |character: char| match character {
        ' ' => 1,
        '\0'..='\u{7f}' => 3,
        _ if COMMON_CHARACTERS.contains(character) => 5,
        _ => 8,
    };
    let bits_of = |string: &String| match COMMON_WORDS.contains(&string.trim()) {
        true => 5,
        false => string.chars().map(bits).sum(),
    };
    strings.iter().map(|string| 0.5_f64.powi(bits_of(string))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_match_holds_a_cue() {
        for (pattern, expected) in [
            ("没听懂", Some(vec!["没听懂"])),
            (
                "(?:听|看)不(?:懂|明白)",
                Some(vec!["听不懂", "听不明白", "看不懂", "看不明白"]),
            ),
            (r"转(?:接)?人工", Some(vec!["转人工", "转接人工"])),
            (r"\bsorry\b|(?-u:\b)apolog[a-z]+", Some(vec!["apolog", "sorry"])),
            ("换[^,]{0,3}说法", Some(vec!["说法"])),
            ("(?:再|又)+试", Some(vec!["试"])),
            ("很?(?:好|棒)", Some(vec!["好", "棒"])),
            ("organi[sz]e", Some(vec!["organise", "organize"])),
            ("(?:人|人工)", Some(vec!["人"])),
            ("a*|b", None),
            (r"\p{Han}+", None),
            (
                "[0-9]+天?",
                Some(vec!["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]),
            ),
            ("", None),
        ] {
            let found = Spelling::new(Letters::AsWritten).cues(pattern).map(|mut found| {
                found.sort_unstable();
                found
            });
            let expected = expected.map(|mut expected| {
                expected.sort_unstable();
                expected.into_iter().map(str::to_owned).collect::<Vec<_>>()
            });
            assert_eq!(found, expected, "{pattern}");
        }
        let small = Spelling::new(Letters::Small);
        assert_eq!(small.cues("Skip"), Some(vec!["skip".to_owned()]));
        assert_eq!(small.cues("("), None);
    }
}
