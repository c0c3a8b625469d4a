//! Scores one answer again and again, for counting instructions: `work NAME TIMES`, under callgrind (benches/quality/instructions.sh).
//! `people` are the replies of people in tests/replies_of_people, one after the other.

#![expect(clippy::unwrap_used, reason = "a bench may panic")]

mod shop;

use std::hint::black_box;

use shop::{answers, scenario, turn};
use throng::conversation::Turn;
use throng::quality::{Memory, Scorer};

const PEOPLE: &str = include_str!("../../tests/replies_of_people/crosswoz.tsv");

fn turns(name: &str) -> Vec<Turn> {
    if name == "people" {
        return PEOPLE
            .lines()
            .filter_map(|line| line.strip_prefix("reply\t"))
            .map(turn)
            .collect();
    }
    answers()
        .iter()
        .filter(|(other, _)| *other == name)
        .map(|(_, text)| turn(text))
        .collect()
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let (Some(name), Some(times)) = (arguments.next(), arguments.next()) else {
        return; // `cargo bench` and `cargo test` run every bench: this one has nothing to say by itself
    };
    let turns = turns(&name);
    assert!(!turns.is_empty(), "no answer is called {name}");
    let scorer = Scorer::new(scenario()).unwrap();
    for turn in turns.iter().cycle().take(times.parse().unwrap()) {
        black_box(scorer.score(black_box(turn), &mut Memory::default()));
    }
}
