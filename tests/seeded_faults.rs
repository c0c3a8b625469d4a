//! Each check against the built-in bot's seeded faults: what it finds of them, and what it blames on right answers.
//!
//! The bot says its right and wrong answers in words that no check was made for (`tests/seeded`), under load, over two
//! protocols. `cargo test --test seeded_faults -- --nocapture` prints the table.

#![expect(clippy::unwrap_used, reason = "a test may panic")]
#![expect(clippy::print_stdout, reason = "the table is what it is for")]

#[path = "seeded/count.rs"]
mod count;
mod support;
#[path = "seeded/words.rs"]
mod words;

use count::{Cell, Counts, Key, Told};
use support::{Desk, Program};
use throng::scenario::{Fault, Metric};
use words::Split;

/// The checks with the faults that each must find.
const CHECKS: [(&str, &[Fault]); 16] = [
    ("required_facts", &[Fault::MissingFact]),
    ("contradicted", &[Fault::WrongValue]),
    ("forbidden", &[Fault::Forbidden]),
    ("cross_talk", &[Fault::CrossTalk]),
    ("personal_data", &[Fault::PersonalData]),
    ("language", &[Fault::WrongLanguage]),
    ("fallback", &[Fault::Fallback]),
    ("relevance", &[Fault::OffTopic]),
    ("repeated_question", &[Fault::RepeatedQuestion]),
    ("handoff", &[Fault::PrematureHandoff, Fault::MissedHandoff]),
    ("tone", &[Fault::Cold]),
    ("duplicate", &[Fault::Duplicate]),
    ("stale", &[Fault::Stale]),
    ("cut_off", &[Fault::CutOff]),
    ("form", &[Fault::BadForm]),
    ("media", &[Fault::MediaIgnored]),
];
/// How they speak with the bot, and where.
const PROTOCOLS: [(&str, &str); 2] = [("generic-json", "/chat"), ("openai-chat-stream", "/v1")];
/// Of the faults that concern a check, at least so many are found.
const RECALL: f64 = 0.98;
/// Of the turns without a fault, at most so many are blamed.
const FALSE_ALARMS: f64 = 0.005;
/// Fewer prove nothing.
const ENOUGH_FAULTS: u64 = 25;
const ENOUGH_CLEAN: u64 = 500;
/// Where a check is known to miss its bounds today; docs/QUALITY.md says by how much and why. Whoever mends one takes it
/// off.
const OPEN: [(&str, &str, Split); 2] = [
    ("personal_data", "en", Split::HeldOut),
    ("cut_off", "en", Split::HeldOut),
];

/// A run of the real binary and what came of it.
struct Run {
    split: Split,
    told: Told,
    desk: Desk,
}

fn rehearse(profile: &str, path: &str, split: Split) -> Run {
    let customers = include_str!("seeded/customers.yaml").replace("generic-json", profile);
    let desk = Desk::with(&customers);
    std::fs::write(desk.folder.path().join("desk.yaml"), words::of(split)).unwrap();
    let bot = Program::bot(&desk.scenario(), &[]);
    let rehearsed = desk.rehearse(&["--target", &format!("{}{path}", bot.url)]);
    assert_eq!(rehearsed.count("/totals/turns/cut_short"), 0, "{rehearsed:?}");
    let told = Told::by(&serde_json::from_value(bot.truth()).unwrap());
    Run { split, told, desk }
}

fn counted() -> Counts {
    let mut counts = Counts::new(&CHECKS);
    for (profile, path) in PROTOCOLS {
        let runs = Split::ALL.map(|split| std::thread::spawn(move || rehearse(profile, path, split)));
        for run in runs.map(|run| run.join().unwrap()) {
            counts.add(run.split, &run.told, &run.desk.out().join("run.sqlite"));
        }
    }
    counts
}

/// What is wrong with a cell, if anything.
fn trouble(cell: &Cell) -> Option<&'static str> {
    if cell.faults < ENOUGH_FAULTS || cell.clean < ENOUGH_CLEAN {
        return Some("too few turns to prove anything");
    }
    if cell.recall() < RECALL {
        return Some("misses too many");
    }
    (cell.alarm_rate() > FALSE_ALARMS).then_some("blames too many")
}

/// The check's finding is held to the bounds unless the cell is open. What has no check yet is only counted.
fn is_held(key: &Key) -> bool {
    Metric::CHECKS.contains(&key.check) && !OPEN.contains(&(key.check, key.language.as_str(), key.split))
}

fn print(counts: &Counts) {
    println!("{}", Cell::HEAD);
    for (key, cell) in counts.cells() {
        println!("{}", cell.line(key, Metric::CHECKS.contains(&key.check)));
    }
    for (key, cell) in counts.cells().filter(|(key, _)| !is_held(key)) {
        let state = match (Metric::CHECKS.contains(&key.check), trouble(cell)) {
            (false, _) => "no such check yet",
            (true, None) => "open, and right today: take it off the list",
            (true, Some(trouble)) => trouble,
        };
        println!("not held: {key}: {state}");
    }
    for example in counts.examples() {
        println!("{example}");
    }
}

#[test]
fn checks_find_seeded_faults_and_blame_no_right_answer() {
    let counts = counted();
    print(&counts);
    let held = counts.cells().filter(|(key, _)| is_held(key));
    let troubles: Vec<String> = held
        .filter_map(|(key, cell)| Some(format!("{key}: {}", trouble(cell)?)))
        .collect();
    assert!(troubles.is_empty(), "{troubles:#?}");
}
