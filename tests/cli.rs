//! The real binary as a user meets it: exit codes, messages, files.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::io::{BufRead, BufReader};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use support::{Desk, Program, THRONG};

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
    - hold: {name: calm, for: 2s, rate: 20/s}
pace: 50
deadline: {reply: 2s, grace: 1s}
thresholds:
  when_unsure: pass
  that: ['dropped: rate < 50%', 'cross_talk: count == 0']
";

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_run_writes_every_file_and_its_json_follows_the_published_schema() {
    let desk = Desk::with(SMALL);
    let rehearsed = desk.rehearse(&[]);
    assert_eq!(rehearsed.code, 0, "{rehearsed:?}");
    for file in [
        "run.json",
        "scenario.yaml",
        "report.html",
        "latency.hlog",
        "run.sqlite",
        "junit.xml",
        "summary.md",
    ] {
        let size = std::fs::metadata(desk.out().join(file))
            .unwrap_or_else(|_| panic!("no {file}"))
            .len();
        assert!(size > 0, "{file} is empty");
    }
    let schema: Value = serde_json::from_str(&stdout(&desk.throng(&["schema", "run"]))).unwrap();
    let mistakes: Vec<String> = jsonschema::validator_for(&schema)
        .unwrap()
        .iter_errors(&rehearsed.run)
        .map(|error| error.to_string())
        .collect();
    assert!(mistakes.is_empty(), "{mistakes:?}");
    assert_eq!(rehearsed.run["schema"], "throng.run/1");
    assert_eq!(rehearsed.count("/generator/planned"), 40);
    assert_eq!(rehearsed.count("/generator/started"), 40);
    assert_eq!(rehearsed.run["verdict"], "held");
}

#[test]
fn an_audit_refuses_names_that_the_run_does_not_have() {
    let desk = Desk::with(SMALL);
    assert_eq!(desk.rehearse(&[]).code, 0);
    let out = desk.out();
    let audit = |flag: &str, name: &str| desk.throng(&["audit", out.to_str().unwrap(), flag, name, "--format", "json"]);
    for (flag, name) in [("--fact", "coupon.amuont"), ("--phase", "noon")] {
        let refused = audit(flag, name);
        assert_eq!(refused.status.code(), Some(104), "{name}");
        assert!(
            stderr(&refused).contains(&format!("is called `{name}`")),
            "{}",
            stderr(&refused)
        );
    }
    let schema: Value = serde_json::from_str(&stdout(&desk.throng(&["schema", "audit"]))).unwrap();
    let scenario = throng::scenario::load(desk.scenario().to_str().unwrap(), &Default::default()).unwrap();
    let fact = scenario.knowledge.fact_names().remove(0);
    for name in [&fact, &scenario.knowledge.forbidden[0].name, "order_number"] {
        let listed = audit("--fact", name);
        assert_eq!(listed.status.code(), Some(0), "{name}: {}", stderr(&listed));
        let told = serde_json::from_str(&stdout(&listed)).unwrap();
        assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&told));
    }
}

#[test]
fn a_slip_in_a_scenarios_name_is_told_with_the_name_that_is_near() {
    let desk = Desk::with(SMALL);
    for command in ["run", "check"] {
        let refused = desk.throng(&[command, "singles-dya"]);
        assert_eq!(refused.status.code(), Some(104));
        assert!(
            stderr(&refused).contains("hint: did you mean `singles-day`?"),
            "{refused:?}"
        );
    }
    let refused = desk.throng(&["check", "smoke", "--set", "trafic=1"]);
    assert!(
        stderr(&refused).contains("`throng schema scenario` lists the keys"),
        "{refused:?}"
    );
}

#[test]
fn numbers_out_of_range_are_refused_by_flags_as_in_files() {
    let desk = Desk::with(SMALL);
    for (flags, told) in [
        (["bot", "--workers", "0"], "0 is not in 1..=4294967295"),
        (["bot", "--workers", "-1"], "-1 is not in 1..=4294967295"),
        (
            ["check", "--seed", "-1"],
            "expected a whole number from 0 to 18446744073709551615, found `-1`",
        ),
    ] {
        let refused = desk.throng(
            &[
                flags.as_slice(),
                &["--scenario", "smoke"][..2 * usize::from(flags[0] == "bot")],
            ]
            .concat(),
        );
        let told_so = stderr(&refused);
        assert_eq!(refused.status.code(), Some(104), "{told_so}");
        assert!(told_so.contains(told) && !told_so.contains("tip:"), "{told_so}");
    }
}

#[test]
fn customers_without_a_mark_are_told_of() {
    let desk = Desk::with(SMALL);
    let rehearsed = desk.rehearse(&["--set", "mark=off"]);
    assert_eq!(rehearsed.code, 0, "{rehearsed:?}");
    assert!(
        rehearsed.run["generator"]["warnings"].to_string().contains("mark: off"),
        "{rehearsed:?}"
    );
}

#[test]
fn the_ledger_of_a_finished_run_balances() {
    let desk = Desk::with(SMALL);
    let rehearsed = desk.rehearse(&["--set", "bot.faults.refused=0.2", "--set", "bot.faults.silent=0.05"]);
    for block in ["/totals", "/by_phase/calm", "/by_channel/web", "/by_language/zh"] {
        for (kind, whole) in [("turns", "sent"), ("conversations", "started")] {
            let counts = rehearsed
                .run
                .pointer(&format!("{block}/{kind}"))
                .unwrap()
                .as_object()
                .unwrap();
            let parts: u64 = counts
                .iter()
                .filter(|(name, _)| *name != whole)
                .map(|(_, count)| count.as_u64().unwrap())
                .sum();
            assert_eq!(parts, counts[whole].as_u64().unwrap(), "{block}/{kind}: {counts:?}");
        }
    }
}

#[test]
fn two_runs_with_one_seed_say_the_same_at_the_same_times() {
    let said = || {
        let desk = Desk::with(SMALL);
        // Long enough for every conversation to end by itself: which turns find no time before the drain's end depends on the
        // moment of the replies before.
        let set = ["--set", "bot.service_time={median: 50ms}", "--set", "drain=60s"];
        assert_eq!(desk.rehearse(&set).code, 0);
        let resolved = std::fs::read_to_string(desk.out().join("scenario.yaml")).unwrap();
        let html = stdout(&desk.throng(&["report", desk.out().to_str().unwrap(), "--format", "json"]));
        let run: Value = serde_json::from_str(&html).unwrap();
        (
            resolved,
            run["totals"]["conversations"].clone(),
            run["totals"]["turns"].clone(),
            run["provenance"]["scenario_hash"].clone(),
        )
    };
    assert_eq!(said(), said());
}

#[test]
fn a_broken_threshold_ends_99_and_an_unsure_one_96() {
    let desk = Desk::with(SMALL);
    let broken = desk.rehearse(&["--set", "thresholds.that.0='answered: rate < 10%'"]);
    assert_eq!(
        (broken.code, broken.run["verdict"].as_str()),
        (99, Some("broken")),
        "{broken:?}"
    );
    let desk = Desk::with(SMALL);
    let unsure = desk.rehearse(&[
        "--set",
        "thresholds.when_unsure=fail",
        "--set",
        "thresholds.that.0='missed: rate < 0.01%'",
    ]);
    assert_eq!(
        (unsure.code, unsure.run["verdict"].as_str()),
        (96, Some("unsure")),
        "{unsure:?}"
    );
}

#[test]
fn a_target_that_is_not_there_ends_100_and_leaves_no_run_behind() {
    let desk = Desk::with(SMALL);
    let rehearsed = desk.rehearse(&["--target", "http://127.0.0.1:9"]);
    assert_eq!(rehearsed.code, 100);
    assert!(
        rehearsed.stderr.contains("127.0.0.1:9") && rehearsed.stderr.contains("hint:"),
        "{}",
        rehearsed.stderr
    );
    assert!(!desk.out().exists(), "a run that was not held leaves no folder");
}

#[test]
fn a_host_that_is_not_loopback_must_be_named() {
    let desk = Desk::with(SMALL);
    let rehearsed = desk.rehearse(&["--target", "http://bot.example.com/chat", "--set", "budget={turns: 10}"]);
    assert_eq!(rehearsed.code, 104);
    assert!(
        rehearsed.stderr.contains("--allow-target bot.example.com"),
        "{}",
        rehearsed.stderr
    );
}

#[test]
fn wrong_input_ends_104_and_names_place_and_remedy() {
    let desk = Desk::with(
        &SMALL
            .replace("share: 1}\ncustomers", "shaer: 1, share: 1}\ncustomers")
            .replace("rate: 20/s", "rate: 20"),
    );
    let scenario = desk.scenario();
    let output = desk.throng(&["check", scenario.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(104));
    assert!(stderr(&output).contains("test.yaml"), "{}", stderr(&output));
    for (arguments, wanted) in [
        (vec!["check", "no-such-scenario"], "no-such-scenario"),
        (vec!["check", "."], "folder"),
        (vec!["run"], "SCENARIO"),
        (vec!["report", "nowhere"], "nowhere"),
        (vec!["schema", "nothing"], "scenario, persona"),
        (vec!["run", "smoke", "--scale", "0"], "scale"),
        (vec!["run", "smoke", "--set", "traffic.nothing=1"], "nothing"),
    ] {
        let output = desk.throng(&arguments);
        assert_eq!(output.status.code(), Some(104), "{arguments:?}: {}", stderr(&output));
        assert!(stderr(&output).contains(wanted), "{arguments:?}: {}", stderr(&output));
    }
}

#[test]
fn files_of_any_kind_are_refused_without_a_panic() {
    let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n\
                e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\nscenario: [*f,*f,*f,*f,*f,*f,*f,*f,*f]\n";
    let cases: [(&str, Vec<u8>); 5] = [
        ("bomb", bomb.into()),
        ("latin-1", b"scenario: caf\xe9\n".to_vec()),
        ("empty", Vec::new()),
        ("binary", (0..=255).collect()),
        ("large", vec![b'#'; 50 * 1024 * 1024]),
    ];
    for (name, bytes) in cases {
        let desk = Desk::with("");
        std::fs::write(desk.scenario(), bytes).unwrap();
        let output = desk.throng(&["check", desk.scenario().to_str().unwrap()]);
        assert_eq!(output.status.code(), Some(104), "{name}: {}", stderr(&output));
        assert!(!stderr(&output).contains("panicked"), "{name}: {}", stderr(&output));
    }
}

#[test]
fn every_built_in_scenario_is_valid_and_check_sends_nothing() {
    let desk = Desk::with("");
    let listed: Value = serde_json::from_str(&stdout(&desk.throng(&["list", "scenarios", "--json"]))).unwrap();
    let names: Vec<&str> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["name"].as_str().unwrap())
        .collect();
    for wanted in ["singles-day", "singles-day-prepared", "smoke"] {
        assert!(names.contains(&wanted), "{names:?}");
    }
    for name in names {
        let output = desk.throng(&["check", name]);
        assert!(output.status.success(), "{name}: {}", stderr(&output));
        assert!(!desk.folder.path().join("results").exists());
    }
}

#[test]
fn data_goes_to_standard_output_and_the_rest_to_standard_error() {
    let desk = Desk::with(SMALL);
    let output = desk.throng(&["run", desk.scenario().to_str().unwrap(), "--json", "--out", "out"]);
    let run: Value = serde_json::from_str(&stdout(&output)).unwrap();
    assert_eq!(run["scenario"], "small");
    assert!(stderr(&output).contains("report.html"));
}

#[test]
fn an_out_folder_that_is_in_use_is_refused_before_the_load() {
    let desk = Desk::with(SMALL);
    std::fs::create_dir(desk.out()).unwrap();
    std::fs::write(desk.out().join("precious.txt"), "mine").unwrap();
    let rehearsed = desk.rehearse(&[]);
    assert_eq!(rehearsed.code, 104, "{}", rehearsed.stderr);
    assert_eq!(
        std::fs::read_to_string(desk.out().join("precious.txt")).unwrap(),
        "mine"
    );
}

#[test]
fn what_new_writes_runs_from_there() {
    let desk = Desk::with("");
    assert!(desk.throng(&["new", "shop"]).status.success());
    let output = desk.throng(&["check", "shop/scenarios/singles-day.yaml"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(desk.throng(&["new", "shop"]).status.code(), Some(104));
}

/// A question to a bot in its own JSON, as a browser copies it, and the answer to it.
const CAPTURED: [(&str, &str); 2] = [
    (
        "asked.txt",
        "curl 'http://127.0.0.1:9/chat' -H 'Authorization: Bearer sk-captured' -H 'content-type: application/json' \\\n  \
         --data-raw '{\"id\":\"x-1\",\"customer\":{\"id\":\"u-1\",\"name\":\"Li\"},\"text\":\"where is my order?\"}'",
    ),
    (
        "answered.txt",
        "{\"replies\": [{\"text\": \"Your order is on its way.\"}]}",
    ),
];

const DRAFTED: &str = "
scenario: drafted
target: http://127.0.0.1:9
channels:
  - web: {profile: ./drafted.yaml, share: 100, settings: {authorization: \"${DRAFTED_KEY}\"}}
customers:
  - {persona: weekday-visitor, goal: chase-delivery, share: 1}
knowledge: beauty-shop
goals: beauty-shop
pace: 20
traffic:
  phases:
    - burst: {name: now, at_once: 3, for: 1s}
";

#[test]
fn a_drafted_channel_passes_the_check_and_talks_to_the_bot_that_it_was_drafted_from() {
    let desk = Desk::with(DRAFTED);
    for (file, text) in CAPTURED {
        std::fs::write(desk.folder.path().join(file), text).unwrap();
    }
    let draft = ["new", "channel", "--from-curl", "asked.txt", "--reply", "answered.txt"];
    let printed = desk.throng(&draft);
    assert!(printed.status.success(), "{}", stderr(&printed));
    assert!(
        stderr(&printed).contains("authorization: \"${AUTHORIZATION}\""),
        "{}",
        stderr(&printed)
    );
    let written = desk.throng(&[&draft[..], &["--out", "drafted.yaml"]].concat());
    assert!(
        written.status.success() && written.stdout.is_empty(),
        "{}",
        stderr(&written)
    );
    assert_eq!(
        desk.throng(&[&draft[..], &["--out", "drafted.yaml"]].concat())
            .status
            .code(),
        Some(104)
    );
    let profile = std::fs::read_to_string(desk.folder.path().join("drafted.yaml")).unwrap();
    assert!(
        profile.contains("\nprofile: drafted\n") && !profile.contains("sk-captured"),
        "{profile}"
    );
    let bot = Program::bot(&desk.scenario(), &[]);
    let key = [("DRAFTED_KEY", "sk-test")];
    let rehearsed = desk.rehearse_with(&["--target", &bot.url], &key);
    assert_eq!(rehearsed.code, 0, "{rehearsed:?}");
    let turns = rehearsed.count("/totals/turns/sent");
    assert!(
        turns >= 3 && rehearsed.count("/totals/turns/answered") == turns,
        "{rehearsed:?}"
    );
}

#[test]
fn check_says_what_a_real_bot_with_production_secrets_may_do() {
    let desk = Desk::with("");
    let real = desk.throng(&["check", "smoke", "--target", "http://127.0.0.1:9/chat"]);
    assert!(
        real.status.success() && stderr(&real).contains("invalidate the live access token"),
        "{}",
        stderr(&real)
    );
    let own = desk.throng(&["check", "smoke"]);
    assert!(
        own.status.success() && !stderr(&own).contains("access token"),
        "{}",
        stderr(&own)
    );
}

#[test]
fn what_cannot_be_drafted_from_is_told() {
    let desk = Desk::with("");
    for (file, text) in CAPTURED {
        std::fs::write(desk.folder.path().join(file), text).unwrap();
    }
    for (curl, reply, words) in [
        ("none.txt", "answered.txt", "cannot read `none.txt`"),
        ("answered.txt", "answered.txt", "begins with `curl`"),
        ("asked.txt", "test.yaml", "the captured answer is empty"),
    ] {
        let refused = desk.throng(&["new", "channel", "--from-curl", curl, "--reply", reply]);
        assert_eq!(refused.status.code(), Some(104));
        assert!(stderr(&refused).contains(words), "{}", stderr(&refused));
    }
}

/// Starts a run, interrupts it as a terminal does (its whole process group) as soon as its first progress line is there,
/// and gives the exit code.
#[cfg(unix)]
fn interrupt(desk: &Desk, times: u32) -> i32 {
    use std::os::unix::process::CommandExt;
    let mut child = Command::new(THRONG)
        .args([
            "run",
            desk.scenario().to_str().unwrap(),
            "--out",
            desk.out().to_str().unwrap(),
            "--no-tui",
        ])
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .process_group(0)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    lines.next().unwrap().unwrap();
    for _ in 0..times {
        let killed = Command::new("kill")
            .args(["-INT", "--", &format!("-{}", child.id())])
            .status()
            .unwrap();
        assert!(killed.success());
        if times > 1 {
            // The second must come after the first was taken note of.
            lines
                .find(|line| {
                    line.as_ref()
                        .is_ok_and(|line| line.contains("stop") || line.contains("leaving"))
                })
                .unwrap()
                .unwrap();
        }
    }
    std::thread::spawn(move || lines.for_each(drop));
    child.wait().unwrap().code().unwrap()
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_the_run_in_good_order_with_what_was_measured() {
    let desk = Desk::with(&SMALL.replace("for: 2s", "for: 10m"));
    let started = Instant::now();
    assert_eq!(interrupt(&desk, 1), 105);
    assert!(started.elapsed() < Duration::from_secs(60));
    let run: Value = serde_json::from_str(&std::fs::read_to_string(desk.out().join("run.json")).unwrap()).unwrap();
    assert_eq!(run["verdict"], "interrupted");
    assert!(run["totals"]["turns"]["sent"].as_u64().unwrap() > 0);
    let lost = run["totals"]["turns"]["connection_lost"].as_u64();
    assert_eq!(lost, Some(0), "the built-in bot outlives the interrupt of its parent");
    let not_sent = run["generator"]["not_sent"]["total"].as_u64().unwrap();
    assert_eq!(
        run["generator"]["planned"].as_u64().unwrap(),
        run["generator"]["started"].as_u64().unwrap() + not_sent
    );
    assert!(desk.out().join("report.html").exists());
}

#[cfg(unix)]
#[test]
fn a_second_interrupt_leaves_at_once_with_the_files_whole() {
    let desk = Desk::with(&SMALL.replace("for: 2s", "for: 10m").replace("grace: 1s", "grace: 60s"));
    assert_eq!(interrupt(&desk, 2), 105);
    let run: Value = serde_json::from_str(&std::fs::read_to_string(desk.out().join("run.json")).unwrap()).unwrap();
    assert_eq!(run["verdict"], "interrupted");
    assert!(desk.out().join("report.html").exists());
}

#[test]
fn a_spent_budget_stops_the_run_and_says_so() {
    let desk = Desk::with(SMALL);
    let rehearsed = desk.rehearse(&["--set", "budget={turns: 15}"]);
    assert_eq!(rehearsed.code, 105, "{rehearsed:?}");
    assert_eq!(rehearsed.count("/totals/turns/sent"), 15);
    assert!(
        rehearsed.run["stopped"]
            .as_str()
            .unwrap()
            .contains("budget of 15 turns"),
        "{rehearsed:?}"
    );
}
