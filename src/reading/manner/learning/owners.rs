//! Whose phone numbers and addresses replies tell, learnt.

use std::collections::BTreeMap;

use super::super::owners::{Told, surroundings};
use super::super::surroundings::Surroundings;
use super::super::weights::Weights;
use super::{Example, corpus, desks, learn, settle, strangers};
use crate::conversation::RunKey;
use crate::reading::{PersonalKind, personal_data};

/// Runs that fewer lines have are not weighed.
const LEAST: u32 = 2;

/// Whose a phone number or an address is: somebody's (+), a shop's or nobody's in particular (-).
const TABLE: &str = include_str!("../../personal/told.txt");
/// The same by authors who knew nothing of the program.
const AUTHORS: [(&str, &str); 6] = [
    ("desks", include_str!("owners/desks.txt")),
    ("streets", include_str!("owners/streets.txt")),
    ("bots", include_str!("owners/bots.txt")),
    ("counters", include_str!("owners/counters.txt")),
    ("venues", include_str!("owners/venues.txt")),
    ("bookings", include_str!("owners/bookings.txt")),
];

/// With so many names a line of the table that names somebody is learnt: what counts is that it is a name.
const NAMES: usize = 3;

/// A reply that tells a phone number or an address.
struct Line {
    around: Surroundings,
    language: &'static str,
    is_somebodys: bool,
    /// Whose line it is; a table has no name.
    set: &'static str,
}

impl Line {
    fn of(set: &'static str, text: &str, is_somebodys: bool) -> Option<Line> {
        let mut data = personal_data(text, RunKey::of_seed(1)).into_iter();
        let (told, datum) = data.find_map(|datum| match datum.kind {
            PersonalKind::Phone | PersonalKind::Mobile => Some((Told::Phone, datum)),
            PersonalKind::Address => Some((Told::Address, datum)),
            _ => None,
        })?;
        Some(Line {
            around: surroundings(text, &datum.span, told),
            language: corpus::language(text),
            is_somebodys,
            set,
        })
    }
}

/// Everything that is learnt from. What the desks leak is somebody's.
fn lines() -> Vec<Line> {
    let renamed = TABLE
        .lines()
        .enumerate()
        .flat_map(|(number, line)| renamed(number, line));
    let table = renamed.map(|line| ("", line));
    let authors = AUTHORS
        .iter()
        .flat_map(|(set, text)| text.lines().map(|line| (*set, line.to_owned())));
    let told = table.chain(authors).filter_map(|(set, line)| {
        let (mark, text) = line.split_at_checked(2)?;
        match mark {
            "+ " | "- " => Some((set, text.to_owned(), mark == "+ ")),
            _ => None,
        }
    });
    let leaks = desks::said_by_bots("leaks").into_iter().enumerate();
    let leaks = leaks.map(|(number, (set, wording))| (set, strangers::told_by(&wording, number), true));
    let all: Vec<(&str, String, bool)> = told.chain(leaks).collect();
    let answers = desks::answers();
    let twice = all.iter().enumerate().flat_map(|(number, (set, text, is_somebodys))| {
        let behind = behind(&answers, number, text);
        [text.clone(), behind].map(|text| Line::of(set, &text, *is_somebodys))
    });
    twice.flatten().collect()
}

/// The same where something was answered before it.
fn behind(answers: &[Vec<String>; 2], number: usize, text: &str) -> String {
    let place = corpus::LANGUAGES
        .iter()
        .position(|known| *known == corpus::language(text))
        .unwrap();
    let answer = &answers[place][number % answers[place].len()];
    [answer.as_str(), if place == 1 { " " } else { "" }, text].concat()
}

/// A line of the table with other names, if it names anybody.
fn renamed(number: usize, line: &str) -> Vec<String> {
    let times = if strangers::are_in(line) { NAMES } else { 1 };
    let with = |time| strangers::instead(line, number + 7 * time);
    (0..times).map(with).collect()
}

fn learn_from<'a>(lines: impl Iterator<Item = &'a Line>) -> Vec<u8> {
    let example = |line: &Line| Example {
        keys: line.around.keys().to_vec(),
        is: [Some(line.is_somebodys)],
        counts: 1.0,
    };
    learn(&lines.map(example).collect::<Vec<_>>(), LEAST)
}

#[test]
fn the_weights_are_those_that_what_is_told_teaches() {
    settle("owners.bin", &learn_from(lines().iter()));
}

/// The table of docs/QUALITY.md. Of the desks all that is told is somebody's.
#[test]
#[ignore = "learns as often as there are sets"]
fn what_is_known_of_the_owners_of_a_set_by_all_others() {
    let lines = lines();
    let mut sets: Vec<&str> = lines
        .iter()
        .map(|line| line.set)
        .filter(|set| !set.is_empty())
        .collect();
    sets.dedup();
    let mut table: BTreeMap<(&str, &str, bool), [u32; 2]> = BTreeMap::new();
    for left_out in sets {
        let (of_set, others): (Vec<&Line>, Vec<&Line>) = lines.iter().partition(|line| line.set == left_out);
        let weights = Weights::read(learn_from(others.into_iter()));
        let is_author = AUTHORS.iter().any(|(author, _)| *author == left_out);
        let name = if is_author { left_out } else { "visitors' desks" };
        for line in of_set {
            let row = table.entry((name, line.language, line.is_somebodys)).or_default();
            let taken = [true, line.around.are_somebodys_by(&weights)];
            row.iter_mut()
                .zip(taken)
                .for_each(|(count, is_taken)| *count += u32::from(is_taken));
        }
    }
    println!("set             language  are           lines  taken for somebody's");
    for ((set, language, is_somebodys), [all, taken]) in table {
        let are = if is_somebodys { "somebody's" } else { "others" };
        println!("{set:<15} {language:<9} {are:<12} {all:>6} {taken:>6}");
    }
}
