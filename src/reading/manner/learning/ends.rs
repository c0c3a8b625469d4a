//! Where replies end and where they do not, learnt: whole ones, and the same broken off behind each word after which they went on.

use std::collections::BTreeMap;

use super::super::ends::{End, is_open_by};
use super::super::weights::Weights;
use super::corpus::{self, Sample};
use super::{Example, learn, settle};
use crate::reading::normalise;

/// Runs that fewer ends have are not weighed.
const LEAST: u32 = 2;

const STOPS: &str = "。.!?~…\n";
const COMMAS: &str = ",;:、";

/// What an end of each kind counts for. Clauses may end at a comma and not be whole.
const WHOLE: f64 = 3.0;
const SENTENCE: f64 = 1.0;
const CLAUSE: f64 = 0.5;
const CUT: f64 = 1.0;

struct Ending<'a> {
    text: &'a str,
    is_open: bool,
    counts: f64,
}

/// All ends of a text.
fn endings(text: &str) -> Vec<Ending<'_>> {
    let end = |text, is_open, counts| Ending { text, is_open, counts };
    let bare = text.trim_end_matches(|c: char| STOPS.contains(c) || c.is_whitespace());
    let mut all = vec![end(bare, false, WHOLE)];
    for (at, mark) in bare.char_indices() {
        let before = bare[..at].trim_end();
        if STOPS.contains(mark) {
            all.push(end(before, false, SENTENCE));
        } else if COMMAS.contains(mark) {
            all.push(end(before, false, CLAUSE));
        } else if is_between_words(bare, at) {
            all.push(end(before, true, CUT));
        }
    }
    all
}

/// True where a word ends and another one follows, with no mark between.
fn is_between_words(text: &str, at: usize) -> bool {
    let (before, after) = (&text[..at], text[at..].trim_start());
    let (Some(last), Some(next)) = (before.chars().next_back(), after.chars().next()) else {
        return false;
    };
    let is_one_word = last.is_ascii_alphanumeric() && !text[at..].starts_with(' ');
    before.chars().count() >= 2 && last.is_alphabetic() && next.is_alphanumeric() && !is_one_word
}

/// Texts that break off behind such a word, each a manner of its own.
const BROKEN: &str = include_str!("broken.txt");

fn learn_from(samples: &[Sample]) -> Vec<u8> {
    let example = |ending: Ending| {
        let keys = End::of(&normalise(ending.text))?.keys().to_vec();
        Some(Example {
            keys,
            is: [Some(ending.is_open)],
            counts: ending.counts,
        })
    };
    let all = samples.iter().flat_map(|sample| endings(&sample.text));
    let broken = BROKEN.lines().map(|text| Ending {
        text,
        is_open: true,
        counts: WHOLE,
    });
    learn(&all.chain(broken).filter_map(example).collect::<Vec<_>>(), LEAST)
}

#[test]
fn the_weights_are_those_that_the_ends_teach() {
    settle("ends.bin", &learn_from(&corpus::all()));
}

/// The table of docs/QUALITY.md.
#[test]
#[ignore = "learns as often as there are sets"]
fn what_is_known_of_the_ends_of_a_set_by_all_others() {
    let samples = corpus::of_sets();
    println!("set        language  broken off   found    whole   blamed");
    for left_out in corpus::sets(&samples) {
        let (of_set, others): (Vec<Sample>, Vec<Sample>) =
            samples.iter().cloned().partition(|sample| sample.set == left_out);
        let weights = Weights::read(learn_from(&others));
        let mut table: BTreeMap<&str, [u32; 4]> = BTreeMap::new();
        for sample in &of_set {
            let [cut, found, whole, blamed] = table.entry(sample.language).or_default();
            let cuts = endings(&sample.text).into_iter();
            for ending in cuts.filter(|ending| ending.is_open && End::of(ending.text).is_some()) {
                *cut += 1;
                *found += u32::from(is_open_by(ending.text, &weights));
            }
            *whole += 1;
            *blamed += u32::from(is_open_by(&sample.text, &weights));
        }
        for (language, [cut, found, whole, blamed]) in table {
            println!("{left_out:<10} {language:<8} {cut:>11} {found:>7} {whole:>8} {blamed:>8}");
        }
    }
}
