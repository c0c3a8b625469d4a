//! The sentences that are learnt from.

use std::collections::BTreeSet;

use jiff::civil::date;

use super::super::acts::grams::Grams;
use super::super::acts::{ACTS, Act, masked};
use super::desks;
use crate::reading::language::is_han;
use crate::reading::{Passage, Subject, normalise};

/// A text of which it is known what it does.
#[derive(Debug, Clone)]
pub(super) struct Sample {
    /// Normalised.
    pub(super) text: String,
    pub(super) language: &'static str,
    /// Whose it is; a table has no name.
    pub(super) set: &'static str,
    /// Of each act whether it does it, where that is known.
    does: [Option<bool>; ACTS],
    /// What it says to who asked whether something is so, where it says so or that it is not.
    pub(super) holds: Option<bool>,
}

impl Sample {
    pub(super) fn does(&self, act: Act) -> Option<bool> {
        self.does[act as usize]
    }

    pub(super) fn grams(&self) -> Grams {
        Grams::of(&self.text).expect("samples are short and say something")
    }

    /// Nothing of a text that is too long to be looked at.
    pub(super) fn of(text: &str, set: &'static str, does: [Option<bool>; ACTS]) -> Option<Sample> {
        let text = normalise(text);
        Grams::of(&text)?;
        let language = language(&text);
        Some(Sample {
            text,
            language,
            set,
            does,
            holds: None,
        })
    }

    pub(super) fn saying(self, holds: Option<bool>) -> Sample {
        Sample { holds, ..self }
    }
}

/// Sentences with what they do (+) and such that only look like it (-).
const TABLES: [(Act, &str); 4] = [
    (Act::FallsBack, include_str!("../../lexicon/said/fallback.txt")),
    (Act::HandsOver, include_str!("../../lexicon/said/handoff.txt")),
    (
        Act::AsksOrderNumber,
        include_str!("../../lexicon/said/order_number.txt"),
    ),
    (Act::RefusesMedia, include_str!("../../lexicon/said/media_refused.txt")),
];

/// Replies of all fields by an author: a list of each act, and one of replies that do none of them, many of which look like it.
type Field = (&'static str, [(Option<Act>, &'static str); 5]);

macro_rules! field {
    ($name:literal) => {
        (
            $name,
            [
                (Some(Act::FallsBack), include_str!(concat!($name, "/fallback.txt"))),
                (Some(Act::HandsOver), include_str!(concat!($name, "/handoff.txt"))),
                (
                    Some(Act::AsksOrderNumber),
                    include_str!(concat!($name, "/order_number.txt")),
                ),
                (
                    Some(Act::RefusesMedia),
                    include_str!(concat!($name, "/media_refused.txt")),
                ),
                (None, include_str!(concat!($name, "/ordinary.txt"))),
            ],
        )
    };
}

/// All fields of service, from shops to hospitals: a crowd, people, machines and more.
const FIELDS: [Field; 9] = [
    field!("crowd"),
    field!("people"),
    field!("machines"),
    field!("assistants"),
    field!("hosts"),
    field!("clerks"),
    field!("abroad"),
    field!("shopfolk"),
    field!("talkers"),
];

/// Whole replies that end with a word after which a sentence mostly goes on.
const WHOLE: &str = include_str!("whole.txt");

/// What sentences say of a subject: word, subject, sentence.
const STANCES: &str = include_str!("stances.tsv");
/// The same where the subject is mostly not named: by another word, a part of it, or what is done (`you'd have the whole fare back`).
const IMPLIED: &str = include_str!("implied.tsv");
/// The same by one more author, of banks, clinics, schools and offices as much as of shops.
const UNNAMED: &str = include_str!("unnamed.tsv");
/// The same by yet another, in everyday words.
const EVERYDAY: &str = include_str!("everyday.tsv");
/// The same among other columns.
const READINGS: &str = include_str!("../../../../tests/readings/polarity.tsv");

pub(super) const LANGUAGES: [&str; 2] = ["zh", "en"];

/// Everything that is learnt from.
pub(super) fn all() -> Vec<Sample> {
    let tables = TABLES.iter().flat_map(|(act, table)| of_table(*act, table));
    let shop = desks::of_desk("", include_str!("../../../../knowledge/beauty-shop.yaml"));
    let readings = READINGS.lines().skip(1).filter_map(|line| {
        let columns: Vec<&str> = line.split('\t').collect();
        let (word, subject) = columns[3].split_once(' ')?;
        of_stance("", [word, subject, columns[4]])
    });
    tables.chain(readings).chain(shop).chain(of_sets()).collect()
}

/// The names of the sets that these are of.
pub(super) fn sets(samples: &[Sample]) -> BTreeSet<&'static str> {
    samples.iter().map(|sample| sample.set).collect()
}

/// The sentences of the sets alone.
pub(super) fn of_sets() -> Vec<Sample> {
    let fields = FIELDS
        .iter()
        .flat_map(|(set, lists)| lists.iter().flat_map(|(act, list)| of_list(set, *act, list)));
    let about = [
        ("stances", STANCES),
        ("implied", IMPLIED),
        ("unnamed", UNNAMED),
        ("everyday", EVERYDAY),
    ];
    let about = about
        .into_iter()
        .flat_map(|(set, table)| stances(table).filter_map(move |columns| of_stance(set, columns)));
    let whole = WHOLE.lines().filter_map(|text| Sample::of(text, "whole", [None; ACTS]));
    desks::all()
        .into_iter()
        .chain(fields)
        .chain(about)
        .chain(whole)
        .collect()
}

/// Word, subject and reply; of those where the subject is mostly named, and where it mostly is not.
pub(super) fn named_and_implied() -> [Vec<[&'static str; 3]>; 2] {
    [&[STANCES][..], &[IMPLIED, UNNAMED, EVERYDAY]]
        .map(|tables| tables.iter().flat_map(|table| stances(table)).collect())
}

fn stances(table: &'static str) -> impl Iterator<Item = [&'static str; 3]> {
    let columns = |line: &'static str| line.split('\t').collect::<Vec<_>>().try_into().ok();
    table.lines().filter_map(columns)
}

pub(super) fn language(text: &str) -> &'static str {
    LANGUAGES[usize::from(!text.contains(is_han))]
}

fn of_list(set: &'static str, act: Option<Act>, list: &'static str) -> impl Iterator<Item = Sample> {
    let does = act.map_or(NEITHER, doing);
    list.lines().filter_map(move |text| Sample::of(text, set, does))
}

fn of_table(act: Act, table: &str) -> impl Iterator<Item = Sample> {
    let lines = table.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(move |line| {
        let (mark, text) = line.split_at_checked(2)?;
        let mut does = [None; ACTS];
        does[act as usize] = Some(mark == "+ ");
        Sample::of(text, "", does)
    })
}

/// None of the first four; whether it takes a stance is not known.
pub(super) const NEITHER: [Option<bool>; ACTS] = [Some(false), Some(false), Some(false), Some(false), None];

/// The same of a text of which that is known.
pub(super) const fn stance(is_taken: bool) -> [Option<bool>; ACTS] {
    [Some(false), Some(false), Some(false), Some(false), Some(is_taken)]
}

/// One of the first four alone.
pub(super) fn doing(act: Act) -> [Option<bool>; ACTS] {
    let mut does = stance(false);
    does[act as usize] = Some(true);
    if act == Act::RefusesMedia {
        // Who cannot see a picture cannot help either.
        does[Act::FallsBack as usize] = None;
    }
    does
}

fn of_stance(set: &'static str, [word, subject, text]: [&str; 3]) -> Option<Sample> {
    // What says nothing of a subject may do anything else.
    let open = [None, None, None, None, Some(false)];
    let holds = match word {
        "yes" | "holds" => Some(true),
        "no" | "denies" => Some(false),
        _ => None,
    };
    let does = holds.map_or(open, |_| stance(true));
    Sample::of(&about(text, &[subject]), set, does).map(|sample| sample.saying(holds))
}

/// The text without the words of its subject.
pub(super) fn about(text: &str, subject: &[&str]) -> String {
    let words: Vec<String> = subject.iter().map(|word| (*word).to_owned()).collect();
    let subject = Subject::new(&words);
    let passage = Passage::new(text, date(2025, 11, 11));
    masked(passage.text(), &passage.mentions_to_who_asks(&subject))
}
