//! `throng judge` against a scripted endpoint: nothing lost, the budget kept, the run's own files untouched.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod stub;
#[path = "../support/mod.rs"]
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use serde_json::Value;
use stub::{Act, Opinion, Stub};
use support::{Desk, THRONG};
use tempfile::TempDir;

const SHOP: &str = "
scenario: judged
seed: 5
knowledge: beauty-shop
goals: beauty-shop
channels:
  - web: {profile: generic-json, share: 1}
customers:
  - {persona: bargain-hunter, goal: check-coupon, share: 1}
  - {persona: overseas-student, goal: check-coupon, share: 1}
traffic:
  arrivals: even
  phases:
    - hold: {name: calm, for: 1s, rate: 30/s}
    - hold: {name: midnight, for: 1s, rate: 30/s}
pace: 50
deadline: {reply: 3s, grace: 2s}
bot: {faults: {wrong_value: 0.2}}
thresholds: {when_unsure: pass, that: ['cross_talk: count == 0']}
";

/// One run that all tests judge, each into a folder of its own.
fn run() -> &'static Path {
    static RUN: OnceLock<(Desk, PathBuf)> = OnceLock::new();
    let (_, folder) = RUN.get_or_init(|| {
        let desk = Desk::with(SHOP);
        let rehearsed = desk.rehearse(&[]);
        assert_eq!(rehearsed.code, 0, "{rehearsed:?}");
        let folder = desk.out();
        (desk, folder)
    });
    folder
}

fn command(stub: &Stub, out: &Path, flags: &[&str]) -> Command {
    let mut command = Command::new(THRONG);
    command
        .arg("judge")
        .arg(run())
        .args([
            "--endpoint",
            &stub.base,
            "--model",
            "stub",
            "--out",
            out.to_str().unwrap(),
        ])
        .args(flags)
        .env("THRONG_MODEL_KEY", "sk-geheim-key")
        .env_remove("THRONG_ALLOW_TARGETS");
    command
}

struct Done {
    code: i32,
    judged: Value,
    stdout: String,
    stderr: String,
}

fn judge(stub: &Stub, out: &Path, flags: &[&str]) -> Done {
    done(command(stub, out, flags).output().unwrap(), out)
}

fn done(output: Output, out: &Path) -> Done {
    let text = std::fs::read_to_string(out.join("judge.json")).unwrap_or_else(|_| "null".to_owned());
    let words = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let done = Done {
        code: output.status.code().unwrap_or(-1),
        judged: serde_json::from_str(&text).unwrap(),
        stdout: words(&output.stdout),
        stderr: words(&output.stderr),
    };
    assert!(!format!("{}{}{text}", done.stdout, done.stderr).contains("geheim"));
    done
}

impl Done {
    fn count(&self, pointer: &str) -> u64 {
        let found = self.judged.pointer(pointer).and_then(Value::as_u64);
        found.unwrap_or_else(|| panic!("no {pointer}: {} {}", self.stderr, self.judged))
    }

    /// Every chosen answer is in exactly one of these.
    fn balance(&self) {
        let parts = ["judged", "unreadable", "failed", "not_asked"];
        let sum: u64 = parts.iter().map(|part| self.count(&format!("/sample/{part}"))).sum();
        assert_eq!(sum, self.count("/sample/chosen"), "{}", self.judged["sample"]);
        assert_eq!(
            self.judged["turns"].as_array().unwrap().len() as u64,
            self.count("/sample/judged")
        );
    }
}

fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.map(|path| (path.clone(), std::fs::read(path).unwrap())).collect()
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn a_judged_run_is_as_it_was_and_nothing_is_asked_twice() {
    let stub = Stub::start(|_| Act::Judge);
    let before = contents(run());
    let copy = folder();
    for (path, bytes) in &before {
        std::fs::write(copy.path().join(path.file_name().unwrap()), bytes).unwrap();
    }
    let first = judge(&stub, copy.path(), &[]);
    assert_eq!(first.code, 0, "{}", first.stderr);
    first.balance();
    assert_eq!(contents(run()), before);
    let mut after = contents(copy.path());
    after.retain(|path, _| !path.to_str().unwrap().contains("judge"));
    assert_eq!(after.values().collect::<Vec<_>>(), before.values().collect::<Vec<_>>());
    let failed = first.judged["turns"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|turn| turn["gates"] == "failed");
    assert!(failed.count() >= 3, "the bot was told to give wrong values");
    assert_eq!(
        first.judged["population"]["is_whole_run"], true,
        "{}",
        first.judged["population"]
    );
    assert_eq!(first.judged["model"]["reported"][0], "stub-judge-1");
    let weights: f64 = first.judged["turns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|turn| turn["weight"].as_f64().unwrap())
        .sum();
    assert!((weights - first.judged["population"]["answers"].as_f64().unwrap()).abs() < 1e-6);
    let asked = stub.asked();
    let different: BTreeSet<_> = asked.iter().map(|asked| &asked.data).collect();
    assert_eq!(different.len(), asked.len(), "equal turns are asked about once");
    assert_eq!(
        first.count("/spent/input_tokens") + first.count("/spent/output_tokens"),
        stub.tokens()
    );
    assert!(
        asked[0]
            .head
            .to_lowercase()
            .contains("authorization: bearer sk-geheim-key")
    );

    let second = judge(&stub, copy.path(), &[]);
    assert_eq!((second.code, stub.asked().len()), (0, asked.len()));
    assert_eq!(second.count("/sample/from_cache"), second.count("/sample/judged"));
    assert_eq!(second.judged["criteria"], first.judged["criteria"]);
}

#[test]
fn judge_json_follows_its_schema_and_a_report_shows_it() {
    let stub = Stub::start(|_| Act::Judge);
    let copy = folder();
    for (path, bytes) in contents(run()) {
        std::fs::write(copy.path().join(path.file_name().unwrap()), bytes).unwrap();
    }
    let first = judge(&stub, copy.path(), &["--sample", "1"]);
    let schema = Command::new(THRONG).args(["schema", "judge"]).output().unwrap();
    let schema: Value = serde_json::from_slice(&schema.stdout).unwrap();
    let mistakes = jsonschema::validator_for(&schema).unwrap();
    assert!(
        mistakes.is_valid(&first.judged),
        "{:?}",
        mistakes.iter_errors(&first.judged).next()
    );
    let report = Command::new(THRONG)
        .args(["report", "--lang", "zh"])
        .arg(copy.path())
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&report.stdout).contains("语言模型对答复的评审"));
    for format in ["html", "markdown"] {
        let report = Command::new(THRONG)
            .args(["report", "--format", format])
            .arg(copy.path())
            .output()
            .unwrap();
        let page = String::from_utf8_lossy(&report.stdout);
        assert!(page.contains("What a language model says of the answers"), "{format}");
    }
}

#[test]
fn whatever_the_endpoint_does_every_answer_is_accounted_for() {
    let stub = Stub::start(|number| match number % 9 {
        0 => Act::Fenced,
        1 => Act::Refuse(429),
        2 => Act::Say("I would say that it is fine.".to_owned()),
        3 => Act::Refuse(500),
        4 => Act::Truncate,
        5 => Act::WrongQuote,
        6 => Act::Oversized,
        7 => Act::Slow(Duration::from_millis(30)),
        _ => Act::Judge,
    });
    let out = folder();
    let done = judge(&stub, out.path(), &["--sample", "12"]);
    assert_eq!(done.code, 0, "{}", done.stderr);
    done.balance();
    assert!(
        done.count("/sample/judged") > 0 && done.count("/sample/failed") > 0,
        "{}",
        done.judged["sample"]
    );
    assert!(done.count("/criteria/courteous/quote_not_found") > 0);
    assert!(stub.asked().iter().any(|asked| asked.is_repair));
    assert_eq!(done.judged["spent"]["is_estimated"], true);
    let lines = std::fs::read_to_string(out.path().join("judge-answers.jsonl")).unwrap();
    assert!(lines.lines().count() > 0);
}

#[test]
fn a_model_that_never_obeys_is_asked_to_mend_once_and_then_left() {
    let hostile = r#"{"verdicts": "ignore the rules"}"#;
    let stub = Stub::start(move |_| Act::Say(hostile.to_owned()));
    let out = folder();
    let done = judge(&stub, out.path(), &["--sample", "1", "--failures", "1"]);
    done.balance();
    assert_eq!((done.code, done.count("/sample/judged")), (96, 0), "{}", done.stderr);
    let asked = stub.asked();
    assert_eq!(asked.iter().filter(|asked| asked.is_repair).count() * 2, asked.len());
    assert_eq!(done.judged["criteria"]["courteous"]["share"], Value::Null);
    let again = judge(&stub, out.path(), &["--sample", "1", "--failures", "1"]);
    assert_eq!(
        (again.code, stub.asked().len()),
        (96, asked.len()),
        "what could not be read is not paid for again"
    );
}

#[test]
fn a_budget_is_never_passed_and_the_rest_is_asked_when_there_is_more() {
    let stub = Stub::start(|_| Act::Judge);
    let out = folder();
    let all = judge(&stub, folder().path(), &["--sample", "12"]);
    let (wanted, needed) = (stub.asked().len(), stub.tokens());
    let small = Stub::start(|_| Act::Judge);
    let budget = needed / 2 + 10_000;
    let first = judge(
        &small,
        out.path(),
        &["--sample", "12", "--budget-tokens", &budget.to_string()],
    );
    assert_eq!(first.code, 105, "{}", first.stderr);
    first.balance();
    assert!(first.count("/sample/not_asked") > 0 && first.count("/sample/judged") > 0);
    assert!(
        first.judged["stopped"].as_str().unwrap().contains("budget of"),
        "{}",
        first.judged["stopped"]
    );
    let spent = first.count("/spent/input_tokens") + first.count("/spent/output_tokens");
    assert_eq!(spent, small.tokens());
    assert!(spent <= budget, "{spent} of {budget}");
    let second = judge(&small, out.path(), &["--sample", "12"]);
    assert_eq!((second.code, small.asked().len()), (0, wanted));
    assert_eq!(second.judged["criteria"], all.judged["criteria"]);
    let none = judge(&small, folder().path(), &["--budget-tokens", "10"]);
    assert_eq!(none.code, 104, "{}", none.stderr);
    assert!(none.stderr.contains("the budget of 10 tokens"), "{}", none.stderr);
    let money = ["--budget-money", "0.0001", "--price-in", "5", "--price-out", "15"];
    assert_eq!(judge(&small, folder().path(), &money).code, 104);
    assert_eq!(small.asked().len(), wanted);
}

#[cfg(unix)]
#[test]
fn an_interruption_keeps_all_that_was_judged() {
    let stub = Stub::start(|_| Act::Slow(Duration::from_millis(150)));
    let out = folder();
    let mut child = command(&stub, out.path(), &["--sample", "12"]);
    let child = child.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    while stub.asked().len() < 6 {
        std::thread::sleep(Duration::from_millis(5));
    }
    let killed = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(killed.success());
    let first = done(child.wait_with_output().unwrap(), out.path());
    assert_eq!(first.code, 105, "{}", first.stderr);
    first.balance();
    assert_eq!(first.judged["stopped"], "interrupted by the user");
    let asked = stub.asked();
    let second = judge(&stub, out.path(), &["--sample", "12"]);
    assert_eq!(second.code, 0, "{}", second.stderr);
    let all = stub.asked();
    let before: BTreeSet<_> = asked.iter().map(|asked| &asked.data).collect();
    assert!(all.len() > asked.len());
    assert!(all[asked.len()..].iter().all(|asked| !before.contains(&asked.data)));
}

#[test]
fn an_endpoint_that_cannot_be_used_is_told_in_words() {
    let stub = Stub::start(|_| Act::Refuse(401));
    let refused = judge(&stub, folder().path(), &[]);
    assert_eq!(refused.code, 100, "{}", refused.stderr);
    assert!(refused.stderr.contains("HTTP 401; check the key"), "{}", refused.stderr);
    assert!(stub.asked().len() <= 4 && refused.judged.is_null());
    let mut away = Stub::start(|_| Act::Judge);
    away.base = "https://model.example/v1".to_owned();
    let away = judge(&away, folder().path(), &[]);
    assert_eq!(away.code, 104, "{}", away.stderr);
    assert!(away.stderr.contains("--allow-target model.example"), "{}", away.stderr);
    let unknown = judge(
        &stub,
        folder().path(),
        &["--labelled", "default", "--gate", "polite: pass >= 90%"],
    );
    assert_eq!(unknown.code, 104);
    assert!(unknown.stderr.contains("no criterion `polite`"), "{}", unknown.stderr);
}

/// The labels of the shipped set, with every `wrong`-th verdict turned round.
fn labels(wrong: usize) -> Opinion {
    let mut reader =
        csv::Reader::from_path(concat!(env!("CARGO_MANIFEST_DIR"), "/rubrics/default.labelled.csv")).unwrap();
    let rows = reader.records().map(Result::unwrap).enumerate();
    rows.map(|(place, row)| {
        let passes = (&row[3] == "pass") != (place % wrong == wrong - 1);
        ((row[1].to_owned(), row[2].to_owned()), passes)
    })
    .collect()
}

const GATED: [&str; 6] = [
    "--labelled",
    "default",
    "--gate",
    "courteous: pass >= 80%",
    "--sample",
    "12",
];

#[test]
fn a_judge_that_agrees_with_people_may_decide() {
    let stub = Stub::with_opinion(labels(11), |_| Act::Judge);
    let done = judge(&stub, folder().path(), &GATED);
    assert_eq!(done.code, 0, "{}\n{}", done.stdout, done.stderr);
    let courteous = &done.judged["criteria"]["courteous"];
    assert_eq!(courteous["calibration"]["standing"], "may_gate", "{courteous}");
    assert_eq!(done.judged["gates"][0]["verdict"], "held", "{}", done.judged["gates"]);
    assert!(courteous["corrected"]["low"].as_f64().unwrap() >= 0.8);
    let anchors = &done.judged["anchors"];
    assert_eq!((&anchors["compared"], &anchors["same"]), (&24.into(), &24.into()));
    assert!(done.stdout.contains("Kappa"), "{}", done.stdout);
}

#[test]
fn a_judge_that_does_not_is_refused_and_says_why() {
    let stub = Stub::start(|_| Act::Judge);
    let done = judge(&stub, folder().path(), &GATED);
    assert_eq!(done.code, 96, "{}\n{}", done.stdout, done.stderr);
    assert_eq!(done.judged["gates"][0]["verdict"], "not_judged");
    let page = done.stdout.replace('\n', " ");
    assert!(page.contains("kappa 0.00, needed 0.60"), "{page}");
    let half = Stub::with_opinion(labels(4), |_| Act::Judge);
    let done = judge(&half, folder().path(), &[&GATED[..], &["--lang", "zh"]].concat());
    assert_eq!(done.code, 96);
    assert!(
        done.stdout.contains("请谨慎看待其比例") || done.stdout.contains("几乎不一致"),
        "{}",
        done.stdout
    );
}
