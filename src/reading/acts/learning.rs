//! How the weights are learnt.
//!
//! A linear support vector machine of each act, its squared hinge loss minimised by coordinate descent in the dual (Hsieh et al., A dual
//! coordinate descent method for large-scale linear SVM, 2008), in a fixed order and a fixed number of rounds: the same texts give the
//! same weights, byte by byte, on every machine.

mod corpus;

use std::collections::BTreeMap;

use jiff::civil::date;

use super::grams::{BIAS, Grams};
use super::{ALL, Act, RECORD, Weights, read};
use crate::conversation::scramble;
use crate::reading::hashed::Hashed;
use crate::reading::lexicon::by_words;
use crate::reading::{Passage, Subject};
use corpus::Sample;

/// What a sample that is on the wrong side costs; those of the rarer side cost as much more as they are fewer.
const COST: f64 = 3.0;
const ROUNDS: u64 = 20;
/// Grams that fewer samples have tell about these samples alone.
const LEAST_SAMPLES: u32 = 2;
/// Weights below it are left out, where all of a gram are. Unit: hundredths.
const LEAST_WEIGHT: i8 = 8;

/// A sample as counts of grams, each by its place.
struct Vector(Vec<(usize, f64)>);

/// The grams that are weighed, by key, each with its place.
struct Vocabulary(BTreeMap<u32, usize>);

impl Vocabulary {
    fn of(samples: &[Sample]) -> Vocabulary {
        let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
        for sample in samples {
            let mut keys = grams(sample).keys().to_vec();
            keys.sort_unstable();
            keys.dedup();
            keys.iter().for_each(|key| *counts.entry(*key).or_default() += 1);
        }
        let kept = counts.into_iter().filter(|(_, count)| *count >= LEAST_SAMPLES);
        let keys = std::iter::once(BIAS).chain(kept.map(|(key, _)| key));
        Vocabulary(keys.zip(0..).collect())
    }

    fn vector(&self, sample: &Sample) -> Vector {
        let grams = grams(sample);
        let known = grams.keys().iter().filter_map(|key| self.0.get(key));
        let mut counts: BTreeMap<usize, f64> = BTreeMap::from([(self.0[&BIAS], 1.0)]);
        known.for_each(|place| *counts.entry(*place).or_default() += grams.share());
        Vector(counts.into_iter().collect())
    }
}

fn grams(sample: &Sample) -> Grams {
    Grams::of(&sample.text).expect("samples are short and say something")
}

/// The weights of one act by the grams' places.
fn weigh(samples: &[(&Vector, bool)], grams: usize) -> Vec<f64> {
    let all = samples.len() as f64;
    let doing = samples.iter().filter(|(_, does)| *does).count() as f64;
    let mut weights = vec![0.0; grams];
    let mut dual = vec![0.0f64; samples.len()];
    let squares: Vec<f64> = samples
        .iter()
        .map(|(vector, _)| vector.0.iter().map(|(_, count)| count * count).sum())
        .collect();
    for round in 0..ROUNDS {
        let mut order: Vec<usize> = (0..samples.len()).collect();
        order.sort_by_key(|place| scramble(scramble(round) ^ *place as u64));
        for place in order {
            let (vector, does) = samples[place];
            let side = if does { 1.0 } else { -1.0 };
            let share = if does { doing } else { all - doing };
            let slack = share / (COST * all);
            let product: f64 = vector.0.iter().map(|(gram, count)| weights[*gram] * count).sum();
            let gradient = side * product - 1.0 + slack * dual[place];
            let moved = (dual[place] - gradient / (squares[place] + slack)).max(0.0);
            let step = (moved - dual[place]) * side;
            dual[place] = moved;
            vector.0.iter().for_each(|(gram, count)| weights[*gram] += step * count);
        }
    }
    weights
}

/// The weights of all acts, by key.
fn learn(samples: &[Sample]) -> BTreeMap<u32, Weights> {
    let vocabulary = Vocabulary::of(samples);
    let vectors: Vec<Vector> = samples.iter().map(|sample| vocabulary.vector(sample)).collect();
    let of_act = |act: Act| {
        let told = samples.iter().zip(&vectors);
        let told: Vec<(&Vector, bool)> = told
            .filter_map(|(sample, vector)| Some((vector, sample.does(act)?)))
            .collect();
        weigh(&told, vocabulary.0.len())
    };
    let columns = std::thread::scope(|scope| {
        let running = ALL.map(|act| scope.spawn(move || of_act(act)));
        running.map(|column| column.join().unwrap())
    });
    let rounded = |place: &usize| columns.each_ref().map(|column| (column[*place] * 100.0).round() as i8);
    let all = vocabulary.0.iter().map(|(key, place)| (*key, rounded(place)));
    all.filter(|(_, weights)| {
        weights
            .iter()
            .any(|weight| weight.unsigned_abs() >= LEAST_WEIGHT.unsigned_abs())
    })
    .collect()
}

fn written(weights: &BTreeMap<u32, Weights>) -> Vec<u8> {
    let record = |(key, weights): (&u32, &Weights)| {
        let weights = weights.map(i8::cast_unsigned);
        key.to_le_bytes().into_iter().chain(weights)
    };
    weights.iter().flat_map(record).collect()
}

#[test]
fn the_weights_are_those_that_the_samples_teach() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/reading/acts/weights.bin");
    let learnt = written(&learn(&corpus::all()));
    if std::env::var_os("UPDATE_ACTS").is_some() {
        std::fs::write(path, &learnt).unwrap();
    }
    assert!(
        std::fs::read(path).unwrap() == learnt,
        "run `UPDATE_ACTS=1 cargo test --lib acts` and commit src/reading/acts/weights.bin"
    );
}

#[test]
fn weights_are_read_as_they_are_written() {
    let weights = BTreeMap::from([(BIAS, [-100, -128, 127, 0, 1]), (u32::MAX, [1, 2, 3, 4, 5])]);
    let written = written(&weights);
    let (records, rest) = written.as_chunks::<RECORD>();
    let read: BTreeMap<u64, Weights> = records.iter().map(read).collect();
    assert!(rest.is_empty());
    assert_eq!(
        read,
        weights.into_iter().map(|(key, of)| (u64::from(key), of)).collect()
    );
}

/// How replies about some 300 things are read, of which it is known whether they say yes, no or neither; the weights have learnt them.
#[test]
fn whether_a_reply_says_that_something_is_so_is_mostly_known() {
    let mut read: BTreeMap<(&str, &str), [u32; 3]> = BTreeMap::new();
    for [word, subject, text] in corpus::stances() {
        let passage = Passage::new(text, date(2025, 11, 11));
        let said = passage.stances_to_who_asks(&Subject::new(&[subject.to_owned()]), true);
        let place = match said
            .first()
            .filter(|first| said.iter().all(|stance| stance.holds == first.holds))
        {
            Some(first) if first.holds => 0,
            Some(_) => 1,
            None => 2,
        };
        read.entry((word, corpus::language(text))).or_default()[place] += 1;
    }
    println!("said  language  read as: yes, no, neither");
    for ((word, language), counts) in &read {
        println!("{word:<5} {language}        {counts:?}");
        let place = ["yes", "no", "open"].iter().position(|known| known == word).unwrap();
        assert!(
            f64::from(counts[place]) >= 0.7 * f64::from(counts.iter().sum::<u32>()),
            "{word} {language}: {counts:?}"
        );
    }
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
    let samples = corpus::of_sets();
    let mut table: BTreeMap<(&str, String, &str), Taken> = BTreeMap::new();
    for left_out in corpus::SETS {
        let (of_set, others): (Vec<Sample>, Vec<Sample>) =
            samples.iter().cloned().partition(|sample| sample.set == left_out);
        let weights: Hashed<Weights> = learn(&others)
            .into_iter()
            .map(|(key, of)| (u64::from(key), of))
            .collect();
        for (act, sample) in ALL
            .iter()
            .flat_map(|act| of_set.iter().map(move |sample| (*act, sample)))
        {
            let Some(does) = sample.does(act) else { continue };
            let row = table
                .entry((left_out, format!("{act:?}"), sample.language))
                .or_default();
            let by_manner = grams(sample).done(&weights).has(act);
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
