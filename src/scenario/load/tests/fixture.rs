//! A small shop in a temporary folder.

use std::path::{Path, PathBuf};

use crate::scenario::built_in::{Kind, Part};
use crate::scenario::load::Loader;
use crate::scenario::{LoadError, LoadOptions, Mistake, Scenario};

pub(super) const PERSONA: &str = "\
persona: hunter
language: zh
";

pub(super) const PROFILE: &str = "\
profile: plain
proven: proven
target: the base URL
built_in_bot: /plain
settings:
  key: {required: true, secret: true, description: the API key}
  model: {default: m-1}
  shop: {}
send: {method: POST, url: \"{{ target }}/chat\", json: {text: \"{{ message.text }}\"}}
reply:
  response: {format: json, text: $.text}
";

pub(super) const KNOWLEDGE: &str = "\
knowledge: shop
topics:
  coupon:
    keywords: {zh: [券], en: [coupon]}
    facts:
      amount: {money: 50}
      until: {date: 2026-11-11}
    answers: {zh: [\"满减 {{ amount }}\"]}
";

pub(super) const GOALS: &str = "\
goals:
  - goal: check-coupon
    agenda:
      - ask:
          about: coupon
          say: {zh: [有券吗], en: [any coupon?]}
          expects: [coupon.amount, order_number]
    branches:
      - when: {asks_for: order_number}
        say: {any: [\"{{ order_number }}\"]}
      - when: fallback
        then: leave
";

pub(super) const SCENARIO: &str = "\
scenario: small
target: http://127.0.0.1:8080
clock: 2026-11-10T23:50+08:00
knowledge: shop
goals: shop
channels:
  - web: {profile: plain, share: 3, deadline: 20s, settings: {key: \"${WEB_KEY}\"}}
  - app: {profile: plain, share: 1, settings: {key: \"${APP_KEY}\", model: 007}}
customers:
  - {persona: hunter, goal: check-coupon, share: 2}
traffic:
  phases:
    - hold: {name: warm, for: 5s, rate: 1/s, warm_up: true}
    - hold: {name: calm, for: 10s, rate: 2/s}
    - spike: {name: midnight, for: 10s, peak: 50/s}
thresholds:
  that:
    - \"reply_time{phase=midnight, channel=web}: p95 < 2x calm\"
    - {that: \"dropped: rate < 20%\", abort: true, after: 30s}
";

/// The same as built-in data.
pub(super) const PARTS: &[Part] = &[
    Part {
        kind: Kind::Scenario,
        name: "small",
        text: SCENARIO,
    },
    Part {
        kind: Kind::Persona,
        name: "hunter",
        text: PERSONA,
    },
    Part {
        kind: Kind::Goals,
        name: "shop",
        text: GOALS,
    },
    Part {
        kind: Kind::Profile,
        name: "plain",
        text: PROFILE,
    },
    Part {
        kind: Kind::Knowledge,
        name: "shop",
        text: KNOWLEDGE,
    },
];

/// A folder with files, gone after the test.
pub(super) struct Shop {
    folder: tempfile::TempDir,
}

impl Shop {
    /// No files; parts come from the built-in data above.
    pub(super) fn new() -> Shop {
        Shop {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(super) fn with(self, path: &str, text: impl AsRef<[u8]>) -> Shop {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Loads `scenarios/s.yaml`, where the other folders are beside `scenarios`.
    pub(super) fn load(&self, options: &LoadOptions) -> Result<Scenario, LoadError> {
        Loader::new(PARTS).load(self.path("scenarios/s.yaml").to_str().unwrap(), options)
    }

    /// What is wrong, one line for each mistake: `file:line:column path: message (hint)`.
    pub(super) fn briefly(&self, options: &LoadOptions) -> String {
        let LoadError::Invalid(invalid) = self.load(options).unwrap_err() else {
            panic!("the text can be read")
        };
        let line = |mistake: &Mistake| {
            let (line, column, path) = (mistake.line, mistake.column, &mistake.path);
            let hint = mistake
                .hint
                .as_ref()
                .map(|hint| format!(" ({hint})"))
                .unwrap_or_default();
            format!("{}:{line}:{column} {path}: {}{hint}", mistake.file, mistake.message)
        };
        let lines: Vec<String> = invalid.mistakes.iter().map(line).collect();
        let folder = format!("{}/", self.folder.path().display());
        lines.join("\n").replace(&folder, "").replace("scenarios/s.yaml:", "")
    }

    /// The message and hint of what is wrong, without the temporary folder's name.
    pub(super) fn wrong(&self, options: &LoadOptions) -> String {
        told(&self.load(options).unwrap_err(), self.folder.path())
    }
}

/// Loads a scenario's text, with built-in parts.
pub(super) fn load(text: &str) -> Result<Scenario, LoadError> {
    Shop::new().with("scenarios/s.yaml", text).load(&LoadOptions::default())
}

/// What is wrong with a scenario's text, as people see it.
pub(super) fn wrong(text: &str) -> String {
    Shop::new()
        .with("scenarios/s.yaml", text)
        .wrong(&LoadOptions::default())
}

/// What is wrong with a scenario's text, one line for each mistake.
pub(super) fn briefly(text: &str) -> String {
    Shop::new()
        .with("scenarios/s.yaml", text)
        .briefly(&LoadOptions::default())
}

/// What is wrong with the small scenario for each pair (old, new) of its text.
pub(super) fn briefly_each(changes: &[(&str, &str)]) -> String {
    let told: Vec<String> = changes
        .iter()
        .map(|(old, new)| briefly(&small_with(old, new)))
        .collect();
    told.join("\n")
}

/// The small scenario with `old` as `new`.
pub(super) fn small_with(old: &str, new: &str) -> String {
    assert!(SCENARIO.contains(old), "{old}");
    SCENARIO.replacen(old, new, 1)
}

/// Options with these overrides.
pub(super) fn sets(sets: &[&str]) -> LoadOptions {
    LoadOptions {
        sets: sets.iter().map(|&set| set.to_owned()).collect(),
        ..LoadOptions::default()
    }
}

fn told(error: &LoadError, folder: &Path) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    if let Some(hint) = error.hint() {
        text = format!("{text}\n\nhint: {hint}");
    }
    text.replace(&format!("{}/", folder.display()), "")
}
