//! What is read of some fifteen hundred sentences, own and other people's, in Chinese and English.
//!
//! The tables are in `tests/readings`; its README has their notation, sources and licences. The public face of `reading`
//! is all that is used here.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::fmt::Write;
use std::path::Path;

use jiff::civil::{Date, date};
use throng::reading::{Amount, Force, Passage, Stance, Subject, Value};

/// The day on which a sentence is said unless its line names another: a Tuesday, the day before Singles' Day.
const TODAY: Date = date(2026, 11, 10);

/// One line of a table.
struct Case {
    table: String,
    is_held_out: bool,
    language: String,
    today: Date,
    expected: String,
    sentence: String,
}

/// Tables of what is said to be so, rather than of values.
fn is_of_stances(table: &str) -> bool {
    table.starts_with("polarity") || table == "tiers"
}

fn cases() -> Vec<Case> {
    tables(false)
}

fn tables(of_stances: bool) -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readings");
    let mut files: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "tsv"));
    files.retain(|path| {
        path.file_stem()
            .is_some_and(|name| is_of_stances(&name.to_string_lossy()))
            == of_stances
    });
    files.sort();
    files.iter().flat_map(|path| cases_of(path)).collect()
}

fn cases_of(path: &Path) -> Vec<Case> {
    let text = std::fs::read_to_string(path).unwrap();
    let table = path.file_stem().unwrap().to_str().unwrap();
    let case = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let [split, language, clock, expected, sentence, ..] = cells[..] else {
            panic!("{table}: a line of {} cells: {line}", cells.len());
        };
        Case {
            table: table.to_owned(),
            is_held_out: split == "held",
            language: language.to_owned(),
            today: clock.parse().unwrap_or(TODAY),
            expected: expected.to_owned(),
            sentence: sentence.replace(r"\n", "\n"),
        }
    };
    text.lines().skip(1).map(case).collect()
}

impl Case {
    /// What is read of stances and steps, in the notation of the tables.
    fn stances(&self) -> String {
        let passage = Passage::new(&self.sentence, self.today);
        let of_item = |item: &str| {
            let asked = item.starts_with("yes ") || item.starts_with("no ") || item.starts_with("open ");
            let Some((_, words)) = item
                .split_once(' ')
                .filter(|(verb, _)| !["tier", "step"].contains(verb))
            else {
                let (steps, verb) = match item.starts_with("step") {
                    true => (passage.tiers_to_who_asks(&[]), "step"),
                    false => (passage.tiers().to_vec(), "tier"),
                };
                let steps: Vec<String> = steps
                    .iter()
                    .map(|step| format!("{verb} {}-{}", step.spend, step.off))
                    .collect();
                return if steps.is_empty() && item == "step -" {
                    item.to_owned()
                } else if steps.is_empty() {
                    "-".to_owned()
                } else {
                    steps.join("; ")
                };
            };
            let subject = Subject::new([&words.to_owned()]);
            let verb = match asked {
                true => verb(&passage.stances_to_who_asks(&subject, true), ["yes", "no", "open"]),
                false => verb(&passage.stances(&subject), ["holds", "denies", "silent"]),
            };
            format!("{verb} {words}")
        };
        let mut found: Vec<String> = self.expected.split("; ").map(of_item).collect();
        found.dedup();
        found.join("; ")
    }

    /// What is read, in the notation of the tables.
    fn read(&self) -> String {
        let passage = Passage::new(&self.sentence, self.today);
        let mut found: Vec<String> = passage
            .values()
            .iter()
            .map(|stated| {
                let force = match stated.force {
                    Force::Plain => "",
                    Force::Loose => " loose",
                    Force::Former => " former",
                    Force::Denied => " denied",
                };
                let said = &passage.text()[stated.span.clone()];
                format!("{}{force}", shown(&stated.value, said, self.today))
            })
            .collect();
        found.extend(self.expected.split("; ").filter_map(|item| {
            let words = item.strip_prefix("says ").or_else(|| item.strip_prefix("lacks "))?;
            let verb = if passage.holds(words) { "says" } else { "lacks" };
            Some(format!("{verb} {words}"))
        }));
        if found.is_empty() {
            "-".to_owned()
        } else {
            found.join("; ")
        }
    }
}

fn shown(value: &Value, said: &str, today: Date) -> String {
    match value {
        Value::Money(amount) => format!("money {}", ends(amount, 1.0)),
        Value::Percent(amount) => format!("percent {}", ends(amount, 1.0)),
        Value::PercentOff(amount) => format!("off {}", ends(amount, 1.0)),
        Value::Duration(amount) => {
            let whole = |unit: &&(f64, &str)| [amount.low, amount.high].iter().all(|end| end.round() % unit.0 == 0.0);
            let units = [(86_400.0, "d"), (3_600.0, "h"), (60.0, "min"), (1.0, "s")];
            let (unit, name) = units.iter().find(whole).unwrap_or(&units[3]);
            format!("duration {}{name}", ends(amount, *unit))
        }
        Value::Date { year, month, day } => {
            let year = year.map_or(String::new(), |year| format!("{year}-"));
            format!("date {year}{month:02}-{day:02}")
        }
        Value::Day(day) => {
            let near = (-60..60).map(|days| today.checked_add(jiff::Span::new().days(days)).unwrap());
            let days: Vec<Date> = near.filter(|date| day.may_be(*date, today)).collect();
            match days[..] {
                [only] => format!("day {only}"),
                [first, .., last] => format!("day {first}..{last}"),
                [] => "day never".to_owned(),
            }
        }
        Value::Identifier => format!("id {said}"),
    }
}

fn ends(amount: &Amount, unit: f64) -> String {
    let round = |value: f64| (value / unit * 100.0).round() / 100.0;
    if amount.low == amount.high {
        round(amount.low).to_string()
    } else {
        format!("{}..{}", round(amount.low), round(amount.high))
    }
}

/// The word for what is said: that it is so, that it is not, nothing.
fn verb(stances: &[Stance], [holds, denies, silent]: [&'static str; 3]) -> &'static str {
    match stances.first() {
        None => silent,
        Some(stance) if stance.holds => holds,
        Some(_) => denies,
    }
}

/// The sentences that are known to be read otherwise than a person reads them.
fn open() -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readings/open.txt");
    std::fs::read_to_string(path)
        .unwrap()
        .lines()
        .map(str::to_owned)
        .collect()
}

#[test]
fn each_sentence_is_read_as_a_person_reads_it_but_for_those_that_are_listed_as_open() {
    let (cases, open) = (cases(), open());
    let mut wrong = String::new();
    for case in &cases {
        let found = case.read();
        let is_open = open.contains(&case.sentence);
        if (found == case.expected) == is_open {
            let Case {
                table,
                language,
                sentence,
                expected,
                ..
            } = case;
            let listed = if is_open { ", but it is listed as open" } else { "" };
            writeln!(
                wrong,
                "{table} {language}: {sentence}\n    expected {expected}\n    read     {found}{listed}"
            )
            .unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    for sentence in &open {
        assert!(
            cases.iter().any(|case| case.sentence == *sentence),
            "no case says: {sentence}"
        );
    }
}

#[test]
fn the_tables_are_as_large_and_as_mixed_as_their_readme_says() {
    let cases = cases();
    let of_others = |case: &&Case| ["banking77", "crosswoz", "tau2_retail"].contains(&case.table.as_str());
    let held_out = cases.iter().filter(|case| case.is_held_out).count();
    assert!(cases.len() >= 600, "{} cases", cases.len());
    assert!(cases.iter().filter(of_others).count() >= 150);
    assert!(held_out * 4 >= cases.len(), "{held_out} held out of {}", cases.len());
    let mut sentences: Vec<_> = cases.iter().map(|case| (&case.sentence, case.today)).collect();
    sentences.sort();
    sentences.dedup();
    assert_eq!(sentences.len(), cases.len(), "a sentence stands twice");
}

#[test]
fn what_is_said_to_be_so_is_told_from_what_is_denied_asked_or_conditional() {
    let (cases, open) = (tables(true), open());
    let mut wrong = String::new();
    let mut right = [0, 0];
    for case in &cases {
        let found = case.stances();
        let (is_right, is_open) = (found == case.expected, open.contains(&case.sentence));
        right[usize::from(case.is_held_out)] += usize::from(is_right);
        if is_right == is_open {
            let (table, sentence, expected) = (&case.table, &case.sentence, &case.expected);
            let split = if case.is_held_out { "held out" } else { "tune" };
            writeln!(
                wrong,
                "{table} {split}: {sentence}\n    expected {expected}\n    read     {found}"
            )
            .unwrap();
        }
    }
    println!(
        "right: {} looked at, {} held out, of {}",
        right[0],
        right[1],
        cases.len()
    );
    assert!(wrong.is_empty(), "\n{wrong}");
    let of_others = cases.iter().filter(|case| case.table.contains('_')).count();
    assert!(
        cases.len() >= 120 && of_others >= 40,
        "{} cases, {of_others} of others",
        cases.len()
    );
}
