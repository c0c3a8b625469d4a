//! What claims may be about, and where a text speaks of it.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use daachorse::{DoubleArrayAhoCorasick, DoubleArrayAhoCorasickBuilder};

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
struct Words {
    /// Of each word its place; absent where there are none.
    found: Option<DoubleArrayAhoCorasick<u32>>,
    /// Each once, with the places of its subjects.
    all: Vec<(String, Vec<usize>)>,
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
        let mut found: Vec<FoundWord> = Vec::new();
        for word in words.found.iter().flat_map(|words| words.find_overlapping_iter(text)) {
            let (place, start) = (word.value() as usize, word.start());
            if start < free_from[place] {
                continue;
            }
            free_from[place] = word.end();
            let (word, subjects) = &words.all[place];
            let Some(span) = whole_words(text, word, start) else {
                continue;
            };
            found.extend(subjects.iter().map(|subject| FoundWord {
                span: span.clone(),
                length: word.len(),
                subject: *subject,
            }));
        }
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

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_list().entries(&self.all).finish()
    }
}

impl Words {
    fn of(subjects: &[Subject]) -> Words {
        let mut all: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, subject) in subjects.iter().enumerate() {
            subject
                .words()
                .for_each(|word| all.entry(word).or_default().push(place));
        }
        // Its prefilter is 64 KiB for each topic, to find a handful of words in a few sentences.
        let builder = DoubleArrayAhoCorasickBuilder::new().use_prefilter(false);
        let find = || builder.build(all.keys()).expect("no word is empty, each there once");
        let found = (!all.is_empty()).then(find);
        let all = all.into_iter().map(|(word, subjects)| (word.to_owned(), subjects));
        Words {
            found,
            all: all.collect(),
        }
    }
}
