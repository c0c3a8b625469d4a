//! The words by which a reply is known for what it does. Patterns are over normalised texts.

mod disclaimed;
mod either;
mod fallback;
mod handoff;
mod holding;
mod media;
mod person;
mod plea;
mod regret;
mod slots;

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};

use super::PatternError;
use super::clauses::clause;
use super::patterns::{Patterns, of_latin_words};

pub use disclaimed::is_disclaimed;
#[cfg(test)]
pub(super) use disclaimed::is_disclaimed_or;
#[cfg(test)]
pub(super) use either::by_words;
pub(super) use holding::{Phrases, kind_of, prompts};
pub use media::{asks_for_media_at, asks_what_is_wanted_at, speaks_of_media};
pub use person::tells_how_to_reach_a_person;
pub use plea::Plea;
pub use regret::regret_at;

/// One expression that matches what any of the patterns matches.
fn any_of(patterns: &[&str]) -> Regex {
    let joined: Vec<String> = patterns.iter().map(|pattern| format!("(?:{pattern})")).collect();
    Regex::new(&of_latin_words(&joined.join("|"))).expect("the patterns of the lexicon are tested")
}

/// Sentences as patterns over [`Classes`](super::classes::Classes) of words.
struct Grammar {
    classes: &'static [(&'static str, &'static str)],
    sentences: &'static [&'static str],
}

impl Grammar {
    /// The sentences as patterns.
    fn patterns(&self) -> Patterns {
        Patterns::with_classes(self.classes.iter().copied().collect(), self.sentences)
    }
}

/// All patterns of the lexicon, whose cues are read off beforehand.
#[cfg(test)]
pub(super) fn all() -> Vec<&'static Patterns> {
    let of_a_person = [
        &*plea::WORDS,
        &*person::WORDS,
        &*person::COMES,
        &*person::HERE,
        &*handoff::WORDS,
    ];
    let of_waiting = [&*holding::PROMPT, &*holding::WAIT, &*holding::MARK];
    let of_media = [&*media::REFUSALS, &*media::WISHES, &*media::RECEIPTS];
    let others = fallback::WORDS.iter().chain([&*regret::WORDS, &slots::ASKING.patterns]);
    others.chain(of_a_person).chain(of_waiting).chain(of_media).collect()
}

/// One expression for patterns that a user wrote; none when there are none.
fn compiled<'a>(patterns: impl Iterator<Item = &'a String>) -> Result<Option<Regex>, PatternError> {
    let mut joined: Vec<String> = Vec::new();
    for pattern in patterns {
        // Alone first: a pattern must not lean on its neighbours.
        user_pattern(pattern)?;
        joined.push(format!("(?:{pattern})"));
    }
    if joined.is_empty() {
        return Ok(None);
    }
    user_pattern(&joined.join("|")).map(Some)
}

/// A user's pattern, which letter case does not matter to.
fn user_pattern(pattern: &str) -> Result<Regex, PatternError> {
    let build = RegexBuilder::new(pattern).case_insensitive(true).build();
    build.map_err(|source| PatternError {
        pattern: pattern.to_owned(),
        source,
    })
}

/// The part of a clause before a match in it.
fn before_in_clause<'a>(text: &'a str, found: &Range<usize>) -> &'a str {
    &text[clause(text, found).start..found.start]
}

/// True when what stands right before a claim denies it or warns of it: 不能保证, 请勿加微信, `we cannot guarantee`.
/// "Not only" denies nothing.
pub(super) fn denied_before(text: &str, found: &Range<usize>) -> bool {
    static DENIAL: LazyLock<Regex> = LazyLock::new(|| {
        any_of(&[
            r"(?:不|没|无法|未|别|勿|莫|非|难以|谨防|警惕)(?:能|会|可|要|敢|得|有|是|可以|应|该|应该|随意|轻易|随便|私下|相信|添加|任何)*\s*$",
            r"(?:请勿|切勿|不要|不得|不能|不会|无法).?\s*$",
            r"\b(?:not|never|cannot|no|without|don't|doesn't|can't|won't|isn't|aren't|didn't|unable to|refuse to|beware of)(?: (?:a|an|the|any|be|to|we|ever|make|claim|say|promise|give|offer|you|our|is|are))*\s*$",
        ])
    });
    static NO_DENIAL: LazyLock<Regex> =
        LazyLock::new(|| any_of(&[r"不(?:但|仅|只|仅仅|光)是?\s*$", r"\bnot only(?: \w+)?\s*$"]));
    let before = before_in_clause(text, found);
    DENIAL.is_match(before) && !NO_DENIAL.is_match(before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::normalise;

    /// Holds a table of sentences against what should know those that begin with `+`, and none that begin with `-`.
    pub(super) fn hold(table: &str, knows: impl Fn(&str) -> bool) {
        let lines = table.lines().filter(|line| !line.starts_with('#'));
        let wrong: Vec<&str> = lines
            .filter(|line| knows(&normalise(&line[2..])) != line.starts_with('+'))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn classes_are_spelt_out_within_classes() {
        let grammar = Grammar {
            classes: &[("not", "not|never"), ("cannot", "can<not>|<not> able to")],
            sentences: &["<cannot> help"],
        };
        for (text, matches) in [("cannot help", true), ("never able to help", true), ("can help", false)] {
            assert_eq!(grammar.patterns().is_match(text), matches, "{text}");
        }
    }
}
