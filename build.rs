//! Tells the crate which commit it was built from, for the provenance of its runs. Outside a git checkout there is none.

use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=.git/logs/HEAD");
    println!("cargo::rerun-if-changed=build.rs");
    let output = Command::new("git").args(["rev-parse", "--short=10", "HEAD"]).output();
    if let Some(output) = output.ok().filter(|output| output.status.success()) {
        let commit = String::from_utf8_lossy(&output.stdout);
        println!("cargo::rustc-env=THRONG_COMMIT={}", commit.trim());
    }
}
