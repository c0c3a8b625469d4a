//! What claims may be about, and where a text speaks of it.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use super::normalise::normalise;
use super::passage::whole_words;

/// What claims may be about, known by the words near which its values stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    words: Vec<String>,
}

impl Subject {
    /// A subject with these words.
    pub fn new<'a>(words: impl IntoIterator<Item = &'a String>) -> Subject {
        let words = words
            .into_iter()
            .map(|word| normalise(word))
            .filter(|word| !word.trim().is_empty());
        Subject { words: words.collect() }
    }

    /// Its words, normalised.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }
}

/// Subjects among which a value is told to be about one. Their words are found together, in one pass over a text.
#[derive(Debug)]
pub struct Subjects {
    all: Vec<Subject>,
    /// Put together when a text is read first: most of a run's questions are about few topics.
    words: OnceLock<Words>,
}

/// The words of all subjects.
#[derive(Debug)]
struct Words {
    cues: AhoCorasick,
    /// Of each: the word, and the place of its subject.
    all: Vec<(String, usize)>,
}

/// A subject's word in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundWord {
    /// Where, in bytes; with the s of a plural.
    pub(super) span: Range<usize>,
    /// How long the word is without it.
    pub(super) length: usize,
    /// Place of the subject.
    pub(super) subject: usize,
}

impl Subjects {
    /// All of them, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &Subject> {
        self.all.iter()
    }

    /// Every word of a subject in a normalised text, in the order in which they end. Matches of one word do not overlap.
    pub(super) fn found_in(&self, text: &str) -> Vec<FoundWord> {
        let words = self.words.get_or_init(|| Words::of(&self.all));
        let mut free_from = vec![0; words.all.len()];
        let found = words.cues.find_overlapping_iter(text).filter_map(|found| {
            let (place, start) = (found.pattern().as_usize(), found.start());
            if start < free_from[place] {
                return None;
            }
            free_from[place] = found.end();
            let (word, subject) = &words.all[place];
            Some(FoundWord {
                span: whole_words(text, word, start)?,
                length: word.len(),
                subject: *subject,
            })
        });
        let mut found: Vec<FoundWord> = found.collect();
        found.sort_by_key(|word| word.span.end);
        found
    }
}

impl FromIterator<Subject> for Subjects {
    fn from_iter<T: IntoIterator<Item = Subject>>(subjects: T) -> Subjects {
        Subjects {
            all: subjects.into_iter().collect(),
            words: OnceLock::new(),
        }
    }
}

impl Words {
    fn of(subjects: &[Subject]) -> Words {
        let of_each = subjects.iter().enumerate();
        let all = of_each.flat_map(|(place, subject)| subject.words().map(move |word| (word.to_owned(), place)));
        let all: Vec<(String, usize)> = all.collect();
        Words {
            cues: AhoCorasick::new(all.iter().map(|(word, _)| word)).expect("as many words as a topic has"),
            all,
        }
    }
}
