//! How well the nearest exemplar tells what a question is about, on a public set of bank customers' questions.
//!
//! The set is not part of the project: `THRONG_BANKING77=FOLDER cargo test --test intents_of_banking77 -- --ignored --nocapture`, where
//! FOLDER holds `banking77_train.csv` and `banking77_test.csv` (PolyAI-LDN/task-specific-datasets, `banking_data/`, CC BY 4.0).

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeMap;
use std::path::Path;

use throng::reading::Exemplars;

/// Every so-manieth intent, in the order of the alphabet, is held out as one that the exemplars do not know.
const HELD_OUT: usize = 7;

/// Questions by intent.
fn questions(path: &Path) -> BTreeMap<String, Vec<String>> {
    let mut questions: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in csv::Reader::from_path(path).unwrap().into_records() {
        let row = row.unwrap();
        questions.entry(row[1].to_owned()).or_default().push(row[0].to_owned());
    }
    questions
}

fn exemplars(train: &BTreeMap<String, Vec<String>>, knows: impl Fn(usize) -> bool) -> Exemplars {
    let known = train.values().enumerate().filter(|(place, _)| knows(*place));
    let groups: Vec<(u16, Vec<String>)> = known
        .map(|(place, texts)| (u16::try_from(place).unwrap(), texts.clone()))
        .collect();
    Exemplars::new(&groups)
}

/// Mean of the intents' F1, and the share of right answers.
fn macro_f1(exemplars: &Exemplars, test: &BTreeMap<String, Vec<String>>) -> (f64, f64) {
    let classes = test.len();
    let mut confusion = vec![vec![0_u32; classes + 1]; classes];
    for (expected, texts) in test.values().enumerate() {
        for text in texts {
            let found = exemplars
                .nearest(text)
                .map_or(classes, |nearest| usize::from(nearest.class));
            confusion[expected][found] += 1;
        }
    }
    let f1 = |class: usize| {
        let right = f64::from(confusion[class][class]);
        let expected: u32 = confusion[class].iter().sum();
        let found: u32 = confusion.iter().map(|row| row[class]).sum();
        2.0 * right / f64::from(expected + found)
    };
    let right: u32 = (0..classes).map(|class| confusion[class][class]).sum();
    let all: u32 = confusion.iter().flatten().sum();
    let mean = (0..classes).map(f1).sum::<f64>() / classes as f64;
    (mean, f64::from(right) / f64::from(all))
}

#[test]
#[ignore = "needs a data set that is not part of the project"]
fn the_nearest_exemplar_finds_most_intents_of_banking77() {
    let folder = std::env::var("THRONG_BANKING77").unwrap();
    let read = |name: &str| questions(&Path::new(&folder).join(name));
    let (train, test) = (read("banking77_train.csv"), read("banking77_test.csv"));
    assert!(train.keys().eq(test.keys()) && train.len() == 77);

    let (macro_f1, accuracy) = macro_f1(&exemplars(&train, |_| true), &test);
    println!("77 intents: macro-F1 {macro_f1:.3}, accuracy {accuracy:.3}");

    let is_known = |place: usize| !place.is_multiple_of(HELD_OUT);
    let knows_some = exemplars(&train, is_known);
    let [mut known, mut right, mut unclear, mut unknown, mut refused] = [0_u32; 5];
    for (place, texts) in test.values().enumerate() {
        for text in texts {
            let clear = knows_some.nearest(text).filter(|nearest| nearest.is_clear());
            if is_known(place) {
                known += 1;
                unclear += u32::from(clear.is_none());
                right += u32::from(clear.is_some_and(|nearest| usize::from(nearest.class) == place));
            } else {
                unknown += 1;
                refused += u32::from(clear.is_none());
            }
        }
    }
    let share = |part: u32, whole: u32| f64::from(part) / f64::from(whole);
    println!(
        "out of scope: {refused} of {unknown} told apart, recall {:.3}",
        share(refused, unknown)
    );
    println!(
        "in scope: {:.3} clear, {:.3} of these right",
        share(known - unclear, known),
        share(right, known - unclear)
    );
    assert!(macro_f1 > 0.75, "{macro_f1}");
}
