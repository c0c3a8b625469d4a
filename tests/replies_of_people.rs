//! False alarms on the clean replies of people: sets in which somebody answers customers, and no answer is a fallback, cut off, or
//! tells what is none of the reader's business.
//!
//! A small part of the sets stands in `tests/replies_of_people` and is counted with every test. The whole sets are not part of the
//! project: `THRONG_REPLIES=DIR cargo test --test replies_of_people -- --ignored --nocapture` counts each file in DIR and prints
//! every alarm. A file is one conversation a block, blocks divided by an empty line, each line `customer<TAB>text` or
//! `reply<TAB>text`; `tests/replies_of_people/README.md` tells how to make it from a public set.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use throng::conversation::{Given, Labels, Message, MessageId, MessageKind, Outcome, Reply, ReplyKind, RunKey, Turn};
use throng::quality::{Finding, Memory, Scorer, checks};
use throng::scenario::{Channel, Connection, Deadline, Form, Scenario, Shows};

/// The checks that need nothing but the reply and what was said before.
const COUNTED: [&str; 5] = ["fallback", "cross_talk", "personal_data", "cut_off", "form"];

#[derive(Default)]
struct Count {
    replies: usize,
    /// By check: failures, with the reply.
    alarms: BTreeMap<&'static str, Vec<String>>,
    /// By check: replies of which it could not tell.
    open: BTreeMap<&'static str, usize>,
}

fn scenario() -> Arc<Scenario> {
    let file = json!({
        "scenario": "people", "channels": [], "customers": [],
        "traffic": {"phases": [{"quiet": {"name": "calm", "for": "10s"}}]}
    });
    let goals = json!([{"goal": "talk", "agenda": [{"say": {"any": ["?"]}}]}]);
    Arc::new(Scenario {
        file: serde_json::from_value(file).unwrap(),
        channels: vec![channel()],
        personas: serde_json::from_value(json!([{"persona": "anybody", "language": "zh"}])).unwrap(),
        goals: serde_json::from_value(goals).unwrap(),
        mix: Vec::new(),
        knowledge: serde_json::from_value(json!({"knowledge": "none", "topics": {}})).unwrap(),
        phase_shares: Vec::new(),
        switches: Vec::new(),
        thresholds: Vec::new(),
        baseline: 0,
        drain: Duration::ZERO,
        clock: "2026-11-10T23:50:00+08:00[Asia/Shanghai]".parse().unwrap(),
        scale: 1.0,
        overrides: Vec::new(),
    })
}

/// A screen that shows plain text and nothing else.
fn channel() -> Channel {
    let profile = json!({
        "profile": "chat", "proven": "sketch", "target": "", "send": {"method": "POST", "url": "{{ target }}"},
        "reply": {"response": {"format": "text"}}
    });
    Channel {
        name: "chat".to_owned(),
        profile: serde_json::from_value(profile).unwrap(),
        share: 1.0,
        target: "demo".to_owned(),
        deadline: Deadline::default(),
        settings: indexmap::IndexMap::new(),
        form: Form {
            shows: Some(Shows::Plain),
            ..Form::default()
        },
        platform_faults: Default::default(),
        connection: Connection::default(),
        source_addresses: Vec::new(),
    }
}

fn turn(customer: &[&str], replies: &[&str]) -> Turn {
    let messages = customer.iter().map(|text| Message {
        id: MessageId {
            run: RunKey::of_seed(0),
            customer: 7,
            turn: 1,
            fragment: 1,
        },
        kind: MessageKind::Utterance,
        text: (*text).to_owned(),
        media: None,
        due_at: Duration::ZERO,
        sent_at: Duration::ZERO,
        deliveries: 1,
    });
    let replies = replies.iter().map(|text| Reply {
        text: (*text).to_owned(),
        kind: ReplyKind::Substantive,
        first_text_at: Duration::from_secs(2),
        complete_at: Duration::from_secs(2),
    });
    Turn {
        customer: 7,
        number: 1,
        labels: Labels::default(),
        step: 0,
        given: Given::default(),
        messages: messages.collect(),
        replies: replies.collect(),
        due_at: Duration::from_secs(1),
        sent_at: Some(Duration::from_secs(1)),
        first_event_at: None,
        first_text_at: None,
        answered_at: Some(Duration::from_secs(2)),
        polls: 0,
        chunk_gaps: Vec::new(),
        outcome: Outcome::Answered,
        duplicates: 0,
        intent: None,
        trouble: None,
        failure: None,
        open_conversations: 1,
    }
}

/// Each reply is a turn of its own with what the customer said since the one before.
fn count(set: &str) -> Count {
    let scorer = Scorer::new(scenario()).unwrap();
    let mut count = Count::default();
    for conversation in set.split("\n\n") {
        let (mut memory, mut heard) = (Memory::default(), Vec::new());
        for line in conversation.lines() {
            match line.split_once('\t') {
                Some(("customer", text)) => heard.push(text),
                Some(("reply", text)) => {
                    let score = scorer.score(&turn(&heard, &[text]), &mut memory);
                    count.note(&score.findings, text);
                    heard.clear();
                }
                _ => assert!(line.is_empty() || line.starts_with('#'), "neither side: {line}"),
            }
        }
    }
    count
}

impl Count {
    fn note(&mut self, findings: &[Finding], text: &str) {
        self.replies += 1;
        for (check, finding) in checks().iter().zip(findings) {
            match finding {
                _ if !COUNTED.contains(&check.name) => {}
                Finding::Pass => {}
                Finding::Unscored => *self.open.entry(check.name).or_default() += 1,
                Finding::Fail(evidence) => {
                    let alarm = format!("{}: {text}", evidence.words.en);
                    self.alarms.entry(check.name).or_default().push(alarm);
                }
            }
        }
    }

    fn add(&mut self, other: Count) {
        self.replies += other.replies;
        for (check, alarms) in other.alarms {
            self.alarms.entry(check).or_default().extend(alarms);
        }
        for (check, open) in other.open {
            *self.open.entry(check).or_default() += open;
        }
    }

    fn alarms(&self, check: &str) -> usize {
        self.alarms.get(check).map_or(0, Vec::len)
    }

    /// All counts and every alarm, a line each.
    fn told(&self, name: &str) -> String {
        let mut lines = vec![format!("{name}: {} replies", self.replies)];
        for check in COUNTED {
            let alarms = self.alarms(check);
            let rate = 100.0 * alarms as f64 / self.replies.max(1) as f64;
            let open = self.open.get(check).copied().unwrap_or(0);
            lines.push(format!(
                "  {check}: {alarms} alarms ({rate:.2} %), could not tell {open}"
            ));
            let each = self.alarms.get(check).into_iter().flatten();
            lines.extend(each.map(|alarm| format!("    {alarm}")));
        }
        lines.join("\n")
    }

    fn assert_few_alarms(&self, name: &str) {
        for check in COUNTED {
            let alarms = self.alarms(check);
            assert!(alarms * 100 < self.replies, "{check} has too many\n{}", self.told(name));
        }
    }
}

/// Every file with replies in a folder, by name.
fn sets(folder: &Path) -> Vec<(String, String)> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files
        .filter(|path| path.extension().is_some_and(|end| end == "tsv"))
        .collect();
    files.sort();
    let read = |path: &std::path::PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        (name, std::fs::read_to_string(path).unwrap())
    };
    files.iter().map(read).collect()
}

#[test]
#[ignore = "needs data sets; tests/replies_of_people/README.md says where they come from"]
fn whole_sets_of_peoples_replies_raise_few_alarms() {
    let sets = sets(Path::new(&std::env::var("THRONG_REPLIES").unwrap()));
    assert!(!sets.is_empty(), "no .tsv file in THRONG_REPLIES");
    let counts: Vec<(&String, Count)> = sets.iter().map(|(name, set)| (name, count(set))).collect();
    for (name, count) in &counts {
        println!("{}", count.told(name));
    }
    counts.iter().for_each(|(name, count)| count.assert_few_alarms(name));
}

#[test]
fn peoples_replies_raise_few_alarms() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/replies_of_people");
    let sets = sets(&folder);
    assert!(!sets.is_empty());
    let mut all = Count::default();
    for (_, set) in &sets {
        all.add(count(set));
    }
    assert!(all.replies > 400, "only {} replies", all.replies);
    all.assert_few_alarms("all");
}
