mod trouble;

use std::path::Path;

use proptest::prelude::*;
use rusqlite::Connection;

use super::super::samples::{ended, score, second, settings, turn};
use super::*;
use crate::conversation::{Ending, Outcome};
use crate::quality::Served;

fn folder(path: &Path) -> RunFolder {
    RunFolder::create(Some(path), "singles-day", &jiff::Zoned::now()).unwrap()
}

fn numbers(path: &Path, sql: &str) -> Vec<i64> {
    let connection = Connection::open(path.join(RunFolder::DATABASE)).unwrap();
    let mut statement = connection.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

/// What one conversation of `outcomes.len()` turns gives to the writer.
fn records(customer: u64, ending: Ending, outcomes: &[Outcome]) -> Vec<Record> {
    let scored = |outcome: &Outcome, number| {
        let score = (*outcome == Outcome::Answered).then(|| Box::new(score(Served::Yes)));
        Record::Turn(Box::new(turn(customer, number, *outcome)), score)
    };
    let mut records: Vec<Record> = outcomes
        .iter()
        .zip(1..)
        .map(|(outcome, number)| scored(outcome, number))
        .collect();
    records.push(Record::Ended(ended(
        customer,
        ending,
        u16::try_from(outcomes.len()).unwrap(),
    )));
    records
}

/// Writes all records, however full the queue is.
fn written(path: &Path, settings: &Settings, records: Vec<Record>, timeline: Vec<Second>) -> Kept {
    let writer = ArchiveWriter::start(&folder(path), settings).unwrap();
    for record in records {
        writer.queue.insist(Order::Write(record)).unwrap();
    }
    writer.finish(timeline).unwrap()
}

#[test]
fn failures_and_a_sample_of_the_others_are_kept_up_to_their_limits() {
    let directory = tempfile::tempdir().unwrap();
    let settings = Settings {
        keep_failed: 3,
        keep_others: 5,
        ..settings()
    };
    let mut all = Vec::new();
    for customer in 0..40 {
        let outcomes = match customer % 4 {
            0 => [Outcome::Answered, Outcome::Silent],
            _ => [Outcome::Answered, Outcome::Answered],
        };
        all.extend(records(customer, Ending::GoalMet, &outcomes));
    }
    let kept = written(directory.path(), &settings, all, Vec::new());
    assert_eq!((kept.failed, kept.others, kept.overflow), (3, 5, 0));
    let sql = "SELECT customer FROM conversations WHERE failed ORDER BY customer";
    assert_eq!(numbers(directory.path(), sql), [0, 4, 8]);
    assert_eq!(numbers(directory.path(), "SELECT count(*) FROM conversations"), [8]);
    // Nothing is left of those who were evicted.
    for (table, rows) in [("turns", 16), ("messages", 29), ("scores", 13 * 5)] {
        assert_eq!(
            numbers(directory.path(), &format!("SELECT count(*) FROM {table}")),
            [rows],
            "{table}"
        );
        let strangers =
            format!("SELECT count(*) FROM {table} WHERE customer NOT IN (SELECT customer FROM conversations)");
        assert_eq!(numbers(directory.path(), &strangers), [0], "{table}");
    }
}

#[test]
fn a_scenario_says_what_is_kept() {
    let scenario = super::super::samples::scenario();
    let settings = Settings::of(&scenario);
    assert_eq!((settings.scenario.as_str(), settings.seed), ("small", 7));
    assert_eq!(settings.transcripts, Transcripts::Failures);
    assert_eq!((settings.keep_failed, settings.keep_others), (10_000, 10_000));
    assert_eq!(settings.key, scenario.run_key());
}

#[test]
fn transcripts_none_keeps_the_seconds_only_and_failures_no_sample() {
    for (transcripts, kept_customers) in [
        (Transcripts::None, vec![]),
        (Transcripts::Failures, vec![1]),
        (Transcripts::Sample, vec![1, 2]),
    ] {
        let directory = tempfile::tempdir().unwrap();
        let settings = Settings {
            transcripts,
            ..settings()
        };
        let writer = ArchiveWriter::start(&folder(directory.path()), &settings).unwrap();
        let mut all = records(1, Ending::GaveUp, &[Outcome::Silent]);
        all.extend(records(2, Ending::GoalMet, &[Outcome::Answered]));
        all.push(Record::Seconds(vec![second(0, 0, 4), second(1, 1, 5)]));
        for record in all {
            assert!(writer.offer(record));
        }
        writer.finish(vec![second(1, 1, 6)]).unwrap();
        let sql = "SELECT customer FROM conversations ORDER BY customer";
        assert_eq!(numbers(directory.path(), sql), kept_customers, "{transcripts:?}");
        assert_eq!(
            numbers(directory.path(), "SELECT sent FROM seconds ORDER BY second"),
            [4, 6]
        );
    }
}

#[test]
fn after_the_end_the_folder_holds_one_file_and_it_is_whole() {
    let directory = tempfile::tempdir().unwrap();
    written(
        directory.path(),
        &settings(),
        records(1, Ending::GaveUp, &[Outcome::Silent]),
        vec![second(0, 0, 1)],
    );
    let files: Vec<_> = std::fs::read_dir(directory.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(files, [RunFolder::DATABASE]);
    let connection = Connection::open(directory.path().join(RunFolder::DATABASE)).unwrap();
    let check: String = connection
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(check, "ok");
}

#[test]
fn personal_data_is_masked_in_all_that_is_written() {
    let directory = tempfile::tempdir().unwrap();
    let mut failed = turn(1, 1, Outcome::Answered);
    failed.trouble = Some("mail to a@b.com".to_owned());
    let all = vec![
        Record::Turn(Box::new(failed), Some(Box::new(score(Served::No)))),
        Record::Ended(ended(1, Ending::GaveUp, 1)),
    ];
    written(directory.path(), &settings(), all, Vec::new());
    let bytes = std::fs::read(directory.path().join(RunFolder::DATABASE)).unwrap();
    let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(!holds("13800138000") && !holds("a@b.com"));
    assert!(holds("[phone]") && holds("mail to [email]"));
    assert!(
        holds(&settings().key.order_number(1)),
        "the run's own order numbers stay"
    );
}

#[test]
fn what_a_bot_tells_one_customer_after_the_other_is_masked_for_each() {
    let directory = tempfile::tempdir().unwrap();
    let told = ["call 13800138000", "call us", "call 13800138000", "call us"];
    let mut all = Vec::new();
    for (customer, text) in (0..).zip(told) {
        let mut turn = turn(customer, 1, Outcome::Answered);
        turn.replies[0].text = text.to_owned();
        all.push(Record::Turn(Box::new(turn), None));
        all.push(Record::Ended(ended(customer, Ending::GoalMet, 1)));
    }
    written(directory.path(), &settings(), all, Vec::new());
    let connection = Connection::open(directory.path().join(RunFolder::DATABASE)).unwrap();
    let sql = "SELECT text FROM messages WHERE from_bot ORDER BY customer";
    let mut statement = connection.prepare(sql).unwrap();
    let texts = statement.query_map([], |row| row.get(0)).unwrap();
    let texts: Vec<String> = texts.collect::<Result<_, _>>().unwrap();
    assert_eq!(texts, ["call [phone]", "call us", "call [phone]", "call us"]);
}

#[test]
fn conversations_that_cannot_be_kept_any_more_take_no_room() {
    let directory = tempfile::tempdir().unwrap();
    let settings = Settings {
        keep_failed: 2,
        keep_others: 0,
        ..settings()
    };
    let store = Store::create(&folder(directory.path()).database(), &settings).unwrap();
    let mut desk = Desk::new(store, &settings, Arc::default());
    let begin = |customer| Record::Turn(Box::new(turn(customer, 1, Outcome::Answered)), None);
    desk.take(begin(7));
    for record in (0..2).flat_map(|customer| records(customer, Ending::GaveUp, &[Outcome::Silent])) {
        desk.take(record);
    }
    assert_eq!(desk.open.held_by(7), 1, "open since before the last place was taken");
    desk.take(begin(7));
    desk.take(begin(8));
    assert_eq!((desk.open.held_by(7), desk.open.held_by(8)), (0, 0));
    let kept = desk.close(&[]).unwrap();
    assert_eq!((kept.failed, kept.overflow), (2, 0));
}

#[test]
fn a_bot_that_talks_without_end_does_not_fill_the_disk() {
    let directory = tempfile::tempdir().unwrap();
    let settings = Settings {
        kept: 1 << 20,
        ..settings()
    };
    let mut all = Vec::new();
    for customer in 0..100 {
        let mut long = turn(customer, 1, Outcome::Answered);
        long.replies[0].text = "好".repeat(10_000);
        all.push(Record::Turn(Box::new(long), None));
        all.push(Record::Ended(ended(customer, Ending::GoalMet, 1)));
    }
    let kept = written(directory.path(), &settings, all, Vec::new());
    assert_eq!(kept.others + kept.without_room, 100);
    assert!((20..40).contains(&kept.others), "{kept:?}");
    let size = std::fs::metadata(directory.path().join(RunFolder::DATABASE))
        .unwrap()
        .len();
    assert!(size < 2 << 20, "{size} bytes");
}

#[test]
fn a_hundred_thousand_turns_leave_no_more_than_the_limits() {
    let directory = tempfile::tempdir().unwrap();
    let settings = Settings {
        keep_failed: 50,
        keep_others: 50,
        held: 1 << 20,
        ..settings()
    };
    let writer = ArchiveWriter::start(&folder(directory.path()), &settings).unwrap();
    for customer in 0..50_000 {
        let ending = if customer % 2 == 0 {
            Ending::GaveUp
        } else {
            Ending::GoalMet
        };
        for record in records(customer, ending, &[Outcome::Answered, Outcome::Answered]) {
            writer.queue.insist(Order::Write(record)).unwrap();
        }
    }
    let kept = writer.finish(Vec::new()).unwrap();
    assert_eq!((kept.failed, kept.others, kept.overflow), (50, 50, 0));
    assert_eq!(numbers(directory.path(), "SELECT count(*) FROM turns"), [200]);
    let size = std::fs::metadata(directory.path().join(RunFolder::DATABASE))
        .unwrap()
        .len();
    assert!(size < 1_000_000, "{size} bytes for 100 conversations");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn what_is_kept_does_not_depend_on_the_order_in_which_it_came(
        shuffled in Just((0..60).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        let settings = Settings { keep_failed: 4, keep_others: 6, ..settings() };
        let all = || -> Vec<Record> {
            (0..20)
                .flat_map(|customer| {
                    let last = if customer % 3 == 0 { Outcome::Refused } else { Outcome::Answered };
                    records(customer, Ending::GoalMet, &[Outcome::Answered, last])
                })
                .collect()
        };
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        written(one.path(), &settings, all(), Vec::new());
        let mut in_order: Vec<Option<Record>> = all().into_iter().map(Some).collect();
        let mixed = shuffled.iter().map(|place| in_order[*place].take().unwrap()).collect();
        written(other.path(), &settings, mixed, Vec::new());
        let sql = "SELECT customer * 2 + failed FROM conversations ORDER BY customer";
        prop_assert_eq!(numbers(one.path(), sql), numbers(other.path(), sql));
    }
}
