//! What replies do, learnt.

use std::collections::BTreeMap;

use jiff::civil::date;

use super::super::acts::{ACTS, ALL, Act};
use super::super::weights::Weights;
use super::corpus::{self, Sample};
use super::desks;
use super::{Example, learn, settle};
use crate::reading::lexicon::by_words;
use crate::reading::{Passage, Subject};

/// Runs that fewer samples have are not weighed.
const LEAST: u32 = 2;

fn learn_from(samples: &[Sample]) -> Vec<u8> {
    let example = |sample: &Sample| Example {
        keys: sample.grams().keys().to_vec(),
        is: ALL.map(|act| sample.does(act)),
        counts: 1.0,
    };
    learn(&samples.iter().map(example).collect::<Vec<_>>(), LEAST)
}

#[test]
fn the_weights_are_those_that_the_samples_teach() {
    settle(
        "acts.bin",
        &learn_from(&[corpus::all(), desks::behind_regrets()].concat()),
    );
}

/// How replies about some 800 things are read, of which it is known whether they say yes, no or neither; what the weights tell of them they
/// have learnt. Of those that do not name what they are about few are understood, and then rightly; that the others say yes or no is known.
#[test]
fn whether_a_reply_says_that_something_is_so_is_known_or_left_open() {
    let [named, implied] = corpus::named_and_implied().map(|replies| table(&replies));
    println!("said  language  read as: yes, no, neither; said in words that are not understood");
    for (table, is_named) in [(named, true), (implied, false)] {
        println!(
            "{}",
            if is_named {
                "the thing is mostly named"
            } else {
                "it is mostly not"
            }
        );
        for ((word, language), counts) in table {
            println!("{word:<5} {language}        {counts:?}");
            let place = ["yes", "no", "open"].iter().position(|known| *known == word).unwrap();
            let share = |count: u32| f64::from(count) / f64::from(counts.iter().sum::<u32>());
            let least = if is_named || word == "open" { 0.6 } else { 0.1 };
            assert!(share(counts[place]) >= least, "{word} {language}: {counts:?}");
            // What is not understood is left open, not taken for its opposite.
            let opposite = [1, 0].get(place).map_or(0, |opposite| counts[*opposite]);
            assert!(share(opposite) <= 0.1, "{word} {language}: {counts:?}");
            let blamed = if word == "open" { 0 } else { counts[2] };
            assert!(share(blamed) <= 0.1, "{word} {language}: {counts:?}");
        }
    }
}

/// Of each word and language, how many are read as yes, as no, as neither, and as a yes or no in words that are not understood.
fn table(replies: &[[&'static str; 3]]) -> BTreeMap<(&'static str, &'static str), [u32; 4]> {
    let mut read: BTreeMap<(&str, &str), [u32; 4]> = BTreeMap::new();
    for [word, subject, text] in replies {
        let passage = Passage::new(text, date(2025, 11, 11));
        let subject = Subject::new(&[(*subject).to_owned()]);
        let said = passage.stances_to_who_asks(&subject, true);
        let holds = said.first().map(|first| first.holds);
        let place = match holds.filter(|holds| said.iter().all(|stance| stance.holds == *holds)) {
            Some(true) => 0,
            Some(false) => 1,
            None if said.is_empty() && passage.may_tell_who_asks(&subject) => 3,
            None => 2,
        };
        read.entry((*word, corpus::language(text))).or_default()[place] += 1;
    }
    read
}

/// What becomes of a set's sentences: of those that do an act, and of those that do not, how many are taken to do it by the words of the
/// lexicon, by what all other sets teach, and by either.
#[derive(Default)]
struct Taken([[u32; 4]; 2]);

impl Taken {
    fn add(&mut self, does: bool, [by_words, by_manner]: [bool; 2]) {
        let taken = [true, by_words, by_manner, by_words || by_manner];
        let row = &mut self.0[usize::from(!does)];
        row.iter_mut()
            .zip(taken)
            .for_each(|(count, is_taken)| *count += u32::from(is_taken));
    }
}

/// The table of docs/QUALITY.md.
#[test]
#[ignore = "learns as often as there are sets"]
fn what_is_known_of_a_set_by_all_others() {
    let samples = [corpus::of_sets(), desks::behind_regrets()].concat();
    let mut table: BTreeMap<(&str, String, &str), Taken> = BTreeMap::new();
    for left_out in corpus::sets(&samples) {
        let (of_set, others): (Vec<Sample>, Vec<Sample>) =
            samples.iter().cloned().partition(|sample| sample.set == left_out);
        let weights = Weights::<ACTS>::read(learn_from(&others));
        for (act, sample) in ALL
            .iter()
            .flat_map(|act| of_set.iter().map(move |sample| (*act, sample)))
        {
            let Some(does) = sample.does(act) else { continue };
            let row = table
                .entry((left_out, format!("{act:?}"), sample.language))
                .or_default();
            let by_manner = match act {
                Act::TakesAStance => sample.grams().take_a_stance_alone(&sample.text, &weights),
                _ => sample.grams().done(&weights).has(act),
            };
            row.add(does, [by_words(&sample.text, act), by_manner]);
        }
    }
    println!("set        act               language   doing  words manner either   others  words manner either");
    for ((set, act, language), Taken([doing, others])) in table {
        let [doing, others] = [doing, others].map(|[all, rest @ ..]| {
            let rest = rest.map(|count| format!(" {count:>6}")).concat();
            format!("{all:>6}{rest}")
        });
        println!("{set:<10} {act:<17} {language:<9} {doing}   {others}");
    }
}
