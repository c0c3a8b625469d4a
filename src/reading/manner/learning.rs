//! How the weights are learnt.
//!
//! A linear support vector machine of each class, its squared hinge loss minimised by coordinate descent in the dual (Hsieh et al., A dual
//! coordinate descent method for large-scale linear SVM, 2008), in a fixed order and a fixed number of rounds: the same texts give the
//! same weights, byte by byte, on every machine.

mod acts;
mod corpus;
mod denials;
mod desks;
mod ends;
mod leaning;
mod owners;
mod strangers;

use std::collections::BTreeMap;
use std::path::Path;

use super::weights::{BIAS, share};
use crate::conversation::scramble;

/// What an example that is on the wrong side costs; those of the rarer side cost as much more as they are fewer.
const COST: f64 = 3.0;
const ROUNDS: u64 = 20;
/// Weights below it are left out, where all of a run are. Unit: hundredths.
const LEAST_WEIGHT: u8 = 8;

/// A text of which it is known which classes it is of.
struct Example<const N: usize> {
    keys: Vec<u32>,
    is: [Option<bool>; N],
    /// As how many it counts.
    counts: f64,
}

/// What of an example is weighed: the places of its keys, and how much each counts.
struct Vector(Vec<(usize, f64)>);

/// The keys that are weighed, each with its place.
struct Vocabulary(BTreeMap<u32, usize>);

impl Vocabulary {
    /// Keys that fewer examples have tell about these examples alone.
    fn of<const N: usize>(examples: &[Example<N>], least: u32) -> Vocabulary {
        let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
        for example in examples {
            let mut keys = example.keys.clone();
            keys.sort_unstable();
            keys.dedup();
            keys.iter().for_each(|key| *counts.entry(*key).or_default() += 1);
        }
        let kept = counts.into_iter().filter(|(_, count)| *count >= least);
        let keys = std::iter::once(BIAS).chain(kept.map(|(key, _)| key));
        Vocabulary(keys.zip(0..).collect())
    }

    fn vector<const N: usize>(&self, example: &Example<N>) -> Vector {
        let known = example.keys.iter().filter_map(|key| self.0.get(key));
        let mut counts: BTreeMap<usize, f64> = BTreeMap::from([(self.0[&BIAS], 1.0)]);
        known.for_each(|place| *counts.entry(*place).or_default() += share(&example.keys));
        Vector(counts.into_iter().collect())
    }
}

/// The weights of one class by the keys' places.
fn weigh(examples: &[(&Vector, bool, f64)], keys: usize) -> Vec<f64> {
    let all = examples.len() as f64;
    let of_class = examples.iter().filter(|(_, is, _)| *is).count() as f64;
    let mut weights = vec![0.0; keys];
    let mut dual = vec![0.0f64; examples.len()];
    let squares: Vec<f64> = examples
        .iter()
        .map(|(vector, ..)| vector.0.iter().map(|(_, count)| count * count).sum())
        .collect();
    for round in 0..ROUNDS {
        let mut order: Vec<usize> = (0..examples.len()).collect();
        order.sort_by_key(|place| scramble(scramble(round) ^ *place as u64));
        for place in order {
            let (vector, is, counts) = examples[place];
            let side = if is { 1.0 } else { -1.0 };
            let share = if is { of_class } else { all - of_class };
            let slack = share / (COST * all * counts);
            let product: f64 = vector.0.iter().map(|(key, count)| weights[*key] * count).sum();
            let gradient = side * product - 1.0 + slack * dual[place];
            let moved = (dual[place] - gradient / (squares[place] + slack)).max(0.0);
            let step = (moved - dual[place]) * side;
            dual[place] = moved;
            vector.0.iter().for_each(|(key, count)| weights[*key] += step * count);
        }
    }
    weights
}

/// The file of weights of all classes, of keys that so many examples have at least.
fn learn<const N: usize>(examples: &[Example<N>], least: u32) -> Vec<u8> {
    let vocabulary = Vocabulary::of(examples, least);
    let vectors: Vec<Vector> = examples.iter().map(|example| vocabulary.vector(example)).collect();
    let of_class = |class: usize| {
        let told = examples.iter().zip(&vectors);
        let told: Vec<(&Vector, bool, f64)> = told
            .filter_map(|(example, vector)| Some((vector, example.is[class]?, example.counts)))
            .collect();
        weigh(&told, vocabulary.0.len())
    };
    let columns = std::thread::scope(|scope| {
        let of_class = &of_class;
        let running: [_; N] = std::array::from_fn(|class| scope.spawn(move || of_class(class)));
        running.map(|column| column.join().unwrap())
    });
    let rounded = |place: &usize| columns.each_ref().map(|column| (column[*place] * 100.0).round() as i8);
    let all = vocabulary.0.iter().map(|(key, place)| (*key, rounded(place)));
    all.filter(|(_, weights)| weights.iter().any(|weight| weight.unsigned_abs() >= LEAST_WEIGHT))
        .flat_map(|(key, weights)| {
            let weights = weights.map(i8::cast_unsigned);
            key.to_le_bytes().into_iter().chain(weights)
        })
        .collect()
}

/// The weights beside the code are those that were learnt; writes them where that is asked for.
fn settle(file: &str, learnt: &[u8]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("src/reading/manner")
        .join(file);
    if std::env::var_os("UPDATE_MANNER").is_some() {
        std::fs::write(&path, learnt).unwrap();
    }
    assert!(
        std::fs::read(&path).unwrap() == learnt,
        "run `UPDATE_MANNER=1 cargo test --lib manner` and commit {}",
        path.display()
    );
}

#[test]
fn what_is_learnt_is_read_as_it_was_written() {
    let example = |key: u32, is: bool| Example {
        keys: vec![key, 7],
        is: [Some(is), None, Some(!is)],
        counts: 1.0,
    };
    let examples: Vec<Example<3>> = (0..40).map(|number| example(1 + number % 2, number % 2 == 0)).collect();
    let weights = super::weights::Weights::<3>::read(learn(&examples, 2));
    let [first, second] = [[1, 7], [2, 7]].map(|keys| weights.scores(&keys));
    assert!(first[0] > 0.5 && second[0] < -0.5, "{first:?} {second:?}");
    assert!(first[2] < -0.5 && second[2] > 0.5, "{first:?} {second:?}");
    assert_eq!([first[1], second[1]], [0.0; 2], "nothing is known of it");
}
