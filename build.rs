//! Tells the crate which commit it was built from, for the provenance of its runs, and makes the indexes of its own patterns' cues.

use std::process::Command;

#[path = "src/reading/cues/index.rs"]
#[expect(dead_code, reason = "only the program asks an index")]
mod index;

use index::Index;

fn main() {
    tell_commit();
    index_cues();
}

/// Outside a git checkout there is none.
fn tell_commit() {
    println!("cargo::rerun-if-changed=.git/logs/HEAD");
    println!("cargo::rerun-if-changed=build.rs");
    let output = Command::new("git").args(["rev-parse", "--short=10", "HEAD"]).output();
    if let Some(output) = output.ok().filter(|output| output.status.success()) {
        let commit = String::from_utf8_lossy(&output.stdout);
        println!("cargo::rustc-env=THRONG_COMMIT={}", commit.trim());
    }
}

/// Makes an index of each set of patterns in the book of cues (`src/reading/cues/book.rs`), behind its key and its length.
fn index_cues() {
    const BOOK: &str = "src/reading/cues/book.txt";
    println!("cargo::rerun-if-changed={BOOK}");
    println!("cargo::rerun-if-changed=src/reading/cues/index.rs");
    let book = std::fs::read_to_string(BOOK).expect("the book of cues is part of the source");
    let mut lines = book.lines();
    let mut indexes: Vec<u8> = Vec::new();
    while let Some(head) = lines.next() {
        let (key, count) = head
            .strip_prefix("set ")
            .and_then(|head| head.split_once(' '))
            .expect("the head of a set");
        let key = u64::from_str_radix(key, 16).expect("a key of 16 digits");
        let of_each: Vec<_> = lines
            .by_ref()
            .take(count.parse().expect("how many patterns there are"))
            .map(cues)
            .collect();
        let index = Index::new(&of_each).to_bytes();
        indexes.extend(key.to_le_bytes());
        indexes.extend(
            u32::try_from(index.len())
                .expect("an index of less than 4 GiB")
                .to_le_bytes(),
        );
        indexes.extend(index);
    }
    let out = std::env::var_os("OUT_DIR").expect("cargo sets it");
    std::fs::write(std::path::Path::new(&out).join("cues.bin"), indexes).expect("cargo's directory can be written to");
}

/// Those of a pattern, from its line.
fn cues(line: &str) -> Option<Vec<String>> {
    let each = line.split('\t').map(|cue| cue.replace('␊', "\n"));
    (!line.is_empty()).then(|| each.collect())
}
