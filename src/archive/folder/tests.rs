use std::error::Error;

use insta::assert_snapshot;

use super::super::samples::run;
use super::*;

fn started() -> jiff::Zoned {
    "2026-11-10T23:50:07+08:00[Asia/Shanghai]".parse().unwrap()
}

/// The error as a user reads it, with `DIR` for the test's directory.
fn told(error: &ArchiveError, directory: &Path) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!(": {error}"));
        cause = error.source();
    }
    if let Some(hint) = error.hint() {
        text.push_str(&format!("\n\nhint: {hint}"));
    }
    text.replace(&directory.display().to_string(), "DIR")
}

fn names(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_folder_is_named_for_scenario_and_start_and_numbered_when_taken() {
    let results = tempfile::tempdir().unwrap();
    for _ in 0..3 {
        let folder = RunFolder::create_in(results.path(), "singles-day", &started()).unwrap();
        folder.probe(&FILES).unwrap();
        assert!(names(folder.path()).is_empty());
    }
    RunFolder::create_in(results.path(), "../双11", &started()).unwrap();
    assert_eq!(
        names(results.path()),
        [
            "---双11-20261110-235007",
            "singles-day-20261110-235007",
            "singles-day-20261110-235007-2",
            "singles-day-20261110-235007-3",
        ]
    );
}

#[test]
fn out_is_the_directory_itself_absent_or_empty() {
    let directory = tempfile::tempdir().unwrap();
    let deep = directory.path().join("a/b");
    for _ in 0..2 {
        let folder = RunFolder::create(Some(&deep), "smoke", &started()).unwrap();
        assert_eq!(folder.path(), deep);
    }
    fs::write(deep.join("run.json"), "{}").unwrap();
    let error = RunFolder::create(Some(&deep), "smoke", &started()).unwrap_err();
    assert_snapshot!(told(&error, directory.path()), @r#"
    run directory `DIR/a/b` is not empty

    hint: name a directory that does not exist yet, or leave `--out` out to get a new one under `results/`
    "#);
}

#[test]
fn out_may_not_be_a_file_nor_lie_below_one() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("file");
    fs::write(&file, "").unwrap();
    let error = RunFolder::create(Some(&file), "smoke", &started()).unwrap_err();
    assert_snapshot!(told(&error, directory.path()), @r#"
    run directory `DIR/file` is a file

    hint: name a directory with `--out DIR`
    "#);
    let error = RunFolder::create(Some(&file.join("below")), "smoke", &started()).unwrap_err();
    assert_snapshot!(told(&error, directory.path()), @r#"
    cannot write `DIR/file/below`: Not a directory (os error 20)

    hint: `ls -ld DIR/file` shows who may write there; `--out DIR` writes elsewhere
    "#);
}

#[test]
fn a_file_that_cannot_be_written_is_found_before_the_load() {
    let directory = tempfile::tempdir().unwrap();
    let folder = RunFolder::create(Some(directory.path()), "smoke", &started()).unwrap();
    // Somebody else's directory stands where a file of the run will go.
    fs::create_dir(directory.path().join("junit.xml")).unwrap();
    assert_snapshot!(told(&folder.probe(&FILES).unwrap_err(), directory.path()), @r#"
    cannot write `DIR/junit.xml`: File exists (os error 17)

    hint: `ls -ld DIR` shows who may write there; `--out DIR` writes elsewhere
    "#);
}

#[test]
fn a_run_that_was_read_is_told_to_the_last_digit() {
    let directory = tempfile::tempdir().unwrap();
    let folder = RunFolder::create(Some(directory.path()), "smoke", &started()).unwrap();
    // Read the quick way, each of these comes out one digit off.
    for figure in [0.45813379262176995, 0.012153437143942271, 0.9614847306845391] {
        let mut run = run();
        run.totals.quality.soft = Some(figure);
        folder.write_run(&run).unwrap();
        let again = serde_json::to_string_pretty(&read_run(directory.path()).unwrap()).unwrap();
        assert_eq!(
            again.trim(),
            fs::read_to_string(directory.path().join("run.json")).unwrap().trim()
        );
    }
}

#[test]
fn a_run_reads_back_as_it_was_written() {
    let directory = tempfile::tempdir().unwrap();
    let folder = RunFolder::create(Some(directory.path()), "smoke", &started()).unwrap();
    assert!(matches!(
        RunFolder::open(directory.path()),
        Err(ArchiveError::NotARun { .. })
    ));
    folder.write_run(&run()).unwrap();
    assert_eq!(RunFolder::open(directory.path()).unwrap(), folder);
    assert_eq!(read_run(directory.path()).unwrap(), run());
    assert_eq!(read_run(&directory.path().join("run.json")).unwrap(), run());
    let text = fs::read_to_string(directory.path().join("run.json")).unwrap();
    assert!(text.starts_with("{\n  \"schema\": \"throng.run/1\",\n"));
    assert!(
        text.find("\"midnight\"") < text.find("\"calm\""),
        "the scenario's order"
    );
}

#[test]
fn a_run_without_a_last_word_is_marked_interrupted() {
    let directory = tempfile::tempdir().unwrap();
    let folder = RunFolder::create(Some(directory.path()), "smoke", &started()).unwrap();
    folder.write_run_so_far(&run()).unwrap();
    let died = read_run(directory.path()).unwrap();
    assert_eq!(died.verdict, Verdict::Interrupted);
    assert_eq!(
        died.stopped.as_deref(),
        Some("still running or ended without a last word")
    );
    folder.write_run(&run()).unwrap();
    assert_eq!(read_run(directory.path()).unwrap().verdict, Verdict::Held);
}

#[test]
fn a_file_is_replaced_as_a_whole_or_not_at_all() {
    let directory = tempfile::tempdir().unwrap();
    let folder = RunFolder::create(Some(directory.path()), "smoke", &started()).unwrap();
    let path = directory.path().join("summary.md");
    folder.write("summary.md", b"old").unwrap();
    let mut reader = File::open(&path).unwrap();
    folder.write("summary.md", b"new and longer").unwrap();
    let mut seen = String::new();
    io::Read::read_to_string(&mut reader, &mut seen).unwrap();
    assert_eq!(seen, "old", "who has it open keeps the whole old file");
    assert_eq!(fs::read_to_string(&path).unwrap(), "new and longer");

    // The file beside it cannot be made: the old one stays.
    fs::create_dir(directory.path().join(".summary.md.new")).unwrap();
    assert!(folder.write("summary.md", b"newest").is_err());
    assert_eq!(fs::read_to_string(&path).unwrap(), "new and longer");
    assert_eq!(names(directory.path()), [".summary.md.new", "summary.md"]);
}

#[test]
fn what_is_not_a_run_says_what_it_is_instead() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path();
    let read = |json: &str| {
        fs::write(path.join("run.json"), json).unwrap();
        told(&read_run(path).unwrap_err(), path)
    };
    assert_snapshot!(told(&read_run(path).unwrap_err(), path), @r#"
    `DIR` is not a run directory: it has no run.json

    hint: name the directory of a run, such as `results/singles-day-...`
    "#);
    assert_snapshot!(told(&read_run(&path.join("absent")).unwrap_err(), path), @r#"
    `DIR/absent` is not a run directory: it has no run.json

    hint: name the directory of a run, such as `results/singles-day-...`
    "#);
    assert_snapshot!(read("{}"), @r#"
    `DIR` is not a run directory: its numbers do not name throng's schema

    hint: name the directory of a run, such as `results/singles-day-...`
    "#);
    assert_snapshot!(read(r#"{"schema": "throng.run/9", "news": 1}"#), @r#"
    `DIR/run.json` has the schema `throng.run/9`, expected `throng.run/1`

    hint: read it with the version of throng that wrote it
    "#);
    assert_snapshot!(read("{\n  \"schema\": \"throng.run/1\",\n  \"seed\": "), @r#"
    `DIR/run.json:3:10` is not valid: EOF while parsing a value at line 3 column 10

    hint: `throng schema run` prints what a run.json must hold
    "#);
    assert_snapshot!(read("{\n  \"schema\": \"throng.run/1\",\n  \"seed\": \"seven\"\n}"), @r#"
    `DIR/run.json:3:17` is not valid: invalid type: string "seven", expected u64 at line 3 column 17

    hint: `throng schema run` prints what a run.json must hold
    "#);
    assert_snapshot!(read("[1, 2]"), @r#"
    `DIR/run.json:1:2` is not valid: invalid type: integer `1`, expected a string at line 1 column 2

    hint: `throng schema run` prints what a run.json must hold
    "#);
}

#[test]
fn the_latest_run_is_the_one_that_started_last() {
    let results = tempfile::tempdir().unwrap();
    assert_snapshot!(told(&latest(results.path()).unwrap_err(), results.path()), @r#"
    no run found in `DIR`

    hint: make one with `throng run SCENARIO`, or name a run's directory
    "#);
    assert!(matches!(
        latest(&results.path().join("absent")),
        Err(ArchiveError::NoRuns { .. })
    ));
    for (name, started_at) in [
        ("a", "2026-11-10T15:50:00Z"),
        ("b", "2026-11-11T00:10:00+08:00"),
        ("c", "2026-11-10T16:05:00Z"),
    ] {
        let folder = RunFolder::create(Some(&results.path().join(name)), "smoke", &started()).unwrap();
        let started_at = started_at.to_owned();
        folder.write_run(&Run { started_at, ..run() }).unwrap();
    }
    for (name, json) in [("broken", "{"), ("foreign", r#"{"started_at": "tomorrow"}"#)] {
        fs::create_dir(results.path().join(name)).unwrap();
        fs::write(results.path().join(name).join("run.json"), json).unwrap();
    }
    fs::write(results.path().join("README.md"), "").unwrap();
    assert_eq!(latest(results.path()).unwrap(), results.path().join("b"));
}
