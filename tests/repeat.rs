//! Several runs of one scenario, with the real binary and the built-in bot.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::Path;

use serde_json::Value;
use support::Desk;

const SMALL: &str = "
scenario: small
seed: 2
knowledge: beauty-shop
goals: beauty-shop
channels:
  - web: {profile: generic-json, share: 1}
customers:
  - {persona: bargain-hunter, goal: check-coupon, share: 1}
traffic:
  arrivals: even
  phases:
    - hold: {name: calm, for: 1s, rate: 20/s}
pace: 50
deadline: {reply: 2s, grace: 1s}
thresholds:
  when_unsure: pass
  that: ['dropped: rate < 50%', 'cross_talk: count == 0']
";

fn json(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn repeat(desk: &Desk, flags: &[&str]) -> (Option<i32>, String, String) {
    let (scenario, out) = (desk.scenario(), desk.out());
    let mut arguments = vec!["run", scenario.to_str().unwrap(), "--out", out.to_str().unwrap()];
    arguments.extend(flags);
    let output = desk.throng(&arguments);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

/// `throng report` on the directory of several runs.
fn it_is_shown_again(desk: &Desk, told: &Value) {
    let out = desk.out();
    let report = |format: &str| desk.throng(&["report", out.to_str().unwrap(), "--format", format, "--lang", "zh"]);
    assert_eq!(&serde_json::from_slice::<Value>(&report("json").stdout).unwrap(), told);
    let summary = std::fs::read_to_string(out.join("summary.md")).unwrap();
    assert!(summary.starts_with("## "), "{summary}");
    for format in ["terminal", "markdown"] {
        let shown = String::from_utf8(report(format).stdout).unwrap();
        assert!(shown.contains("pass^"), "{shown}");
    }
    let page = report("html");
    assert_eq!(page.status.code(), Some(104));
    assert!(String::from_utf8_lossy(&page.stderr).contains("holds several runs"));
}

#[test]
fn each_run_has_its_folder_and_seed_and_their_conversations_add_up() {
    let desk = Desk::with(SMALL);
    let (code, stdout, stderr) = repeat(&desk, &["--repeat", "2", "--json", "--no-tui"]);
    assert_eq!(code, Some(0), "{stderr}");
    assert!(
        stderr.contains("run 1 of 2, seed 2") && stderr.contains("run 2 of 2, seed 3"),
        "{stderr}"
    );
    let told = json(&desk.out().join("repeat.json"));
    assert_eq!(serde_json::from_str::<Value>(&stdout).unwrap(), told);
    it_is_shown_again(&desk, &told);
    let schema: Value = serde_json::from_slice(&desk.throng(&["schema", "repeat"]).stdout).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&told));
    let mut conversations = 0;
    for (number, seed) in [("1", 2), ("2", 3)] {
        let folder = desk.out().join(number);
        let run = json(&folder.join("run.json"));
        assert_eq!(run["seed"], seed);
        for file in ["report.html", "run.sqlite", "summary.md", "junit.xml", "scenario.yaml"] {
            assert!(folder.join(file).exists(), "{number}/{file}");
        }
        let sum = |key: &str| -> u64 {
            let tasks = run["tasks"].as_array().unwrap();
            tasks.iter().map(|task| task[key].as_u64().unwrap()).sum()
        };
        let ended = &run["totals"]["conversations"];
        assert_eq!(
            sum("conversations") + sum("cut_short"),
            ended["started"].as_u64().unwrap()
        );
        assert!(sum("succeeded") <= ended["goal_met"].as_u64().unwrap());
        conversations += sum("conversations");
    }
    assert_eq!(told["tasks"][0]["conversations"], conversations);
    assert_eq!(told["verdict"], "held");
    assert_eq!(told["pass_k"]["of"].as_array().unwrap().len(), 2);
    let summary = std::fs::read_to_string(desk.out().join("summary.md")).unwrap();
    assert!(summary.contains("pass^2"), "{summary}");
}

#[test]
fn wrong_answers_lower_pass_k_faster_than_the_share_of_conversations() {
    let desk = Desk::with(SMALL);
    let wrong = [
        "--set",
        "bot.faults.wrong_value=0.2",
        "--set",
        "bot.service_time={median: 20ms}",
    ];
    let (code, stdout, _) = repeat(&desk, &[&["--repeat", "2", "--quiet"][..], &wrong].concat());
    assert!(stdout.is_empty(), "--quiet prints nothing: {stdout}");
    assert_eq!(code, Some(0));
    let told = json(&desk.out().join("repeat.json"));
    let task = &told["tasks"][0];
    let of = |key: &str| task[key].as_u64().unwrap() as f64;
    let (n, c) = (of("conversations"), of("succeeded"));
    assert!(c > 0.0 && c < n, "{task}");
    let rate = |k: usize| told["pass_k"]["of"][k - 1]["rate"].as_f64().unwrap();
    assert!((rate(1) - c / n).abs() < 1e-9);
    assert!((rate(2) - c * (c - 1.0) / (n * (n - 1.0))).abs() < 1e-9);
}

#[test]
fn a_broken_count_in_any_run_ends_99() {
    let desk = Desk::with(&SMALL.replace("cross_talk: count == 0", "answered: count == 0"));
    let (code, stdout, _) = repeat(&desk, &["--repeat", "2", "--lang", "zh"]);
    assert_eq!(code, Some(99));
    assert!(stdout.contains("2 次演练中 2 次未达标"), "{stdout}");
}

#[test]
fn times_out_of_range_and_a_folder_in_use_are_refused_before_the_load() {
    let desk = Desk::with(SMALL);
    for times in ["1", "21", "x"] {
        assert_eq!(repeat(&desk, &["--repeat", times]).0, Some(104), "{times}");
    }
    std::fs::create_dir(desk.out()).unwrap();
    std::fs::write(desk.out().join("mine"), "mine").unwrap();
    let (code, _, stderr) = repeat(&desk, &["--repeat", "2"]);
    assert_eq!(code, Some(104));
    assert!(stderr.contains("is not empty"), "{stderr}");
}

#[test]
fn a_target_that_is_not_there_leaves_nothing_behind() {
    let desk = Desk::with(SMALL);
    let (code, _, stderr) = repeat(&desk, &["--repeat", "2", "--target", "http://127.0.0.1:9/chat"]);
    assert_eq!(code, Some(100), "{stderr}");
    assert!(!desk.out().exists());
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_the_present_run_skips_the_rest_and_writes_what_is_there() {
    use std::io::{BufRead, BufReader};
    use std::os::unix::process::CommandExt;
    use std::process::{Command, Stdio};

    let desk = Desk::with(&SMALL.replace("for: 1s", "for: 12s"));
    let mut child = Command::new(support::THRONG)
        .args(["run", desk.scenario().to_str().unwrap(), "--repeat", "3", "--no-tui"])
        .args(["--out", desk.out().to_str().unwrap()])
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .process_group(0)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    // The first run says so, plays, and then the second: in its middle.
    let begun = lines.find(|line| line.as_ref().is_ok_and(|line| line.starts_with("run 2 of 3")));
    assert!(begun.is_some());
    let playing = lines.find(|line| line.as_ref().is_ok_and(|line| line.starts_with('[')));
    assert!(playing.is_some());
    let killed = Command::new("kill")
        .args(["-INT", "--", &format!("-{}", child.id())])
        .status();
    assert!(killed.unwrap().success());
    std::thread::spawn(move || lines.for_each(drop));
    assert_eq!(child.wait().unwrap().code(), Some(105));
    let told = json(&desk.out().join("repeat.json"));
    assert_eq!((&told["verdict"], &told["repeats"]), (&"interrupted".into(), &3.into()));
    assert_eq!(told["stopped"], "interrupted by the user");
    let verdicts: Vec<&Value> = told["runs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|run| &run["verdict"])
        .collect();
    assert_eq!(verdicts, ["held", "interrupted"]);
    assert_eq!(
        told["figures"]["served"]["runs"], 1,
        "the interrupted run is in no spread"
    );
    assert!(!desk.out().join("3").exists());
}
