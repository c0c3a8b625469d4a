//! Keeps the module map honest: who may import whom, and which file owns which package.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each module and the modules it may import. Read top to bottom: data flows down.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("scenario", &["conversation"]),
    ("conversation", &[]),
    ("backlog", &[]),
    ("reading", &["scenario", "conversation"]),
    ("wire", &["scenario", "conversation"]),
    ("simulation", &["scenario", "conversation", "reading"]),
    ("quality", &["scenario", "conversation", "reading"]),
    ("network", &[]),
    ("model", &["network"]),
    ("channel", &["scenario", "conversation", "wire", "network"]),
    (
        "engine",
        &["scenario", "conversation", "reading", "simulation", "channel", "model"],
    ),
    ("metrics", &["conversation"]),
    ("verdict", &["scenario", "conversation", "metrics", "quality"]),
    ("report", &["scenario", "conversation", "metrics", "quality", "verdict"]),
    (
        "archive",
        &[
            "scenario",
            "conversation",
            "backlog",
            "reading",
            "metrics",
            "quality",
            "verdict",
        ],
    ),
    ("demo_bot", &["scenario", "conversation", "wire"]),
    ("draft", &["scenario", "conversation", "wire"]),
    (
        "rehearsal",
        &[
            "scenario",
            "conversation",
            "backlog",
            "reading",
            "wire",
            "simulation",
            "channel",
            "model",
            "engine",
            "metrics",
            "quality",
            "verdict",
            "report",
            "archive",
            "demo_bot",
        ],
    ),
    (
        "judging",
        &["scenario", "conversation", "quality", "verdict", "archive", "model"],
    ),
    (
        "self_test",
        &[
            "scenario",
            "conversation",
            "verdict",
            "archive",
            "demo_bot",
            "rehearsal",
        ],
    ),
];

/// Each package that has one home, and the paths it may appear in.
const PACKAGE_HOMES: &[(&str, &[&str])] = &[
    ("clap", &["cli/args", "cli/mod.rs"]),
    ("rcgen", &["channel/platform/interceptor/authority.rs"]),
    ("hdrhistogram", &["metrics/latency.rs"]),
    ("rand", &["simulation/", "wire/", "demo_bot/", "quality/"]),
    ("fake", &["simulation/wording.rs", "simulation/wording/tests.rs"]),
    (
        "minijinja",
        &["wire/", "simulation/wording.rs", "simulation/speaker.rs", "report/"],
    ),
    ("serde_saphyr", &["scenario/load.rs", "reading/manner/learning/"]),
    ("rusqlite", &["archive/"]),
    ("goose", &["engine/closed.rs"]),
    ("ctrlc", &["engine/closed.rs"]),
    ("log", &["engine/closed.rs"]),
    ("tikv_jemallocator", &["main.rs"]),
    (
        "tokio",
        &[
            "main.rs",
            "cli/",
            "rehearsal/",
            "engine/",
            "channel/",
            "model/",
            "network/",
            "judging/",
            "demo_bot/",
            "self_test/hold.rs",
        ],
    ),
];

#[test]
fn modules_import_only_what_the_map_allows() {
    let mut broken = Vec::new();
    for (path, code) in source_files() {
        let Some((_, allowed)) = MAY_IMPORT.iter().find(|(module, _)| *module == module_of(&path)) else {
            continue;
        };
        for imported in crate_imports(&code) {
            if imported != module_of(&path) && !allowed.contains(&imported.as_str()) {
                broken.push(format!("{path} imports `{imported}`"));
            }
        }
    }
    assert!(
        broken.is_empty(),
        "imports against the module map:\n  {}",
        broken.join("\n  ")
    );
}

#[test]
fn every_module_is_on_the_map() {
    let mapped: BTreeSet<&str> = MAY_IMPORT
        .iter()
        .map(|(module, _)| *module)
        .chain(["lib", "main", "cli"])
        .collect();
    let found: BTreeSet<String> = source_files().iter().map(|(path, _)| module_of(path)).collect();
    let missing: Vec<_> = found
        .iter()
        .filter(|module| !mapped.contains(module.as_str()))
        .collect();
    assert!(missing.is_empty(), "not in MAY_IMPORT: {missing:?}");
}

#[test]
fn packages_stay_in_their_home() {
    let mut broken = Vec::new();
    for (path, code) in source_files() {
        for (package, homes) in PACKAGE_HOMES {
            let used = words_before_double_colon(&code).any(|word| word == *package);
            if used && !homes.iter().any(|home| path.starts_with(home)) {
                broken.push(format!("{path} uses `{package}` (home: {})", homes.join(", ")));
            }
        }
    }
    assert!(
        broken.is_empty(),
        "packages outside their home:\n  {}",
        broken.join("\n  ")
    );
}

/// Every `src/**/*.rs` as (path relative to `src`, code without line comments).
fn source_files() -> Vec<(String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut files, mut folders) = (Vec::new(), vec![src.clone()]);
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let code = text
                    .lines()
                    .map(|line| line.split("//").next().unwrap_or(""))
                    .collect::<Vec<_>>()
                    .join("\n");
                files.push((path.strip_prefix(&src).unwrap().to_str().unwrap().to_owned(), code));
            }
        }
    }
    files
}

fn module_of(path: &str) -> String {
    path.split('/')
        .next()
        .unwrap_or(path)
        .trim_end_matches(".rs")
        .to_owned()
}

/// First path segment of every `crate::name` and of every top-level name in `crate::{a, b::c}`.
fn crate_imports(code: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        let Some(group) = rest.strip_prefix('{') else {
            names.insert(leading_word(rest));
            continue;
        };
        let mut depth = 0usize;
        let mut at_name = true;
        for (index, character) in group.char_indices() {
            match character {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => at_name = true,
                _ if at_name && depth == 0 && !character.is_whitespace() => {
                    names.insert(leading_word(&group[index..]));
                    at_name = false;
                }
                _ => {}
            }
        }
    }
    names
}

fn leading_word(text: &str) -> String {
    text.chars()
        .take_while(|character| character.is_alphanumeric() || *character == '_')
        .collect()
}

fn words_before_double_colon(code: &str) -> impl Iterator<Item = &str> {
    code.match_indices("::").filter_map(|(end, _)| {
        code[..end]
            .rsplit(|character: char| !character.is_alphanumeric() && character != '_')
            .next()
    })
}
