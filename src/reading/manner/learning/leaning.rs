//! What answers lean to, learnt.

use std::collections::BTreeMap;

use super::super::leaning::Leaning;
use super::super::weights::Weights;
use super::corpus::{self, Sample};
use super::{Example, learn, settle};

/// Runs that fewer samples have are not weighed.
const LEAST: u32 = 2;

fn learn_from<'a>(samples: impl Iterator<Item = &'a Sample>) -> Vec<u8> {
    let example = |sample: &Sample| {
        Some(Example {
            keys: sample.grams().keys().to_vec(),
            is: [Some(sample.holds?)],
            counts: 1.0,
        })
    };
    learn(&samples.filter_map(example).collect::<Vec<_>>(), LEAST)
}

#[test]
fn the_weights_are_those_that_yes_and_no_teach() {
    settle("leaning.bin", &learn_from(corpus::all().iter()));
}

/// The table of docs/QUALITY.md.
#[test]
#[ignore = "learns as often as there are sets"]
fn what_is_known_of_yes_and_no_of_a_set_by_all_others() {
    let samples = corpus::of_sets();
    let told: Vec<&Sample> = samples.iter().filter(|sample| sample.holds.is_some()).collect();
    println!("set          language  said     all   surely   surely the opposite   doubted");
    for left_out in corpus::sets(&samples) {
        let (of_set, others): (Vec<&Sample>, Vec<&Sample>) = told.iter().partition(|sample| sample.set == left_out);
        let weights = Weights::read(learn_from(others.into_iter()));
        let mut table: BTreeMap<(&str, bool), [u32; 4]> = BTreeMap::new();
        for (sample, holds) in of_set.iter().filter_map(|sample| Some((sample, sample.holds?))) {
            let leaning = Leaning::by(&sample.grams(), &weights);
            let counted = [
                true,
                leaning.surely() == Some(holds),
                leaning.surely() == Some(!holds),
                leaning.speaks_against(holds),
            ];
            let row = table.entry((sample.language, holds)).or_default();
            row.iter_mut()
                .zip(counted)
                .for_each(|(count, is_counted)| *count += u32::from(is_counted));
        }
        for ((language, holds), [all, surely, opposite, doubted]) in table {
            let said = if holds { "yes" } else { "no" };
            println!("{left_out:<12} {language:<9} {said:<4} {all:>7} {surely:>8} {opposite:>21} {doubted:>9}");
        }
    }
}
