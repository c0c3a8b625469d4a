//! Opens the report in headless Chromium, light and dark, wide and narrow. Needs what `make setup` installs.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::Path;
use std::process::Command;

use support::Desk;

const SCENARIO: &str = "
scenario: page
seed: 11
knowledge: beauty-shop
goals: beauty-shop
channels:
  - douyin: {profile: generic-json, share: 50}
  - web: {profile: openai-chat-stream, share: 50}
customers:
  - {persona: bargain-hunter, goal: check-coupon, share: 1}
traffic:
  phases:
    - hold: {name: calm, for: 3s, rate: 20/s}
    - spike: {name: peak, for: 4s, peak: 80/s}
pace: 50
deadline: {reply: 2s, grace: 1s}
bot: {workers: 4, queue: 20, service_time: {median: 100ms}}
thresholds:
  that: ['missed: rate < 1%']
";

/// Chromium without any of its own errands.
fn chromium(page: &Path, folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("chromium")
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
        ])
        .args([
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ])
        .arg(format!("--user-data-dir={}", folder.display()))
        .args(arguments)
        .arg(format!("file://{}", page.display()))
        .output()
        .expect("chromium is installed by `make setup`");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
#[ignore = "needs chromium: make real"]
fn the_report_opens_in_a_browser_and_shows_its_pictures_without_running_scripts() {
    let desk = Desk::with(SCENARIO);
    let rehearsed = desk.rehearse(&[]);
    assert_eq!(rehearsed.code, 99, "{rehearsed:?}");
    let page = desk.out().join("report.html");
    let dom = chromium(&page, &desk.folder.path().join("dom"), &["--dump-dom"]);
    assert!(dom.matches("<svg").count() >= 4, "four pictures: {}", dom.len());
    assert!(!dom.contains("<script"));
    let sent = rehearsed.count("/totals/turns/sent");
    assert!(dom.contains(&sent.to_string()), "the page names the {sent} turns");
    for (name, arguments) in [
        (
            "light",
            ["--window-size=1200,3000", "--blink-settings=preferredColorScheme=1"],
        ),
        (
            "dark",
            ["--window-size=1200,3000", "--blink-settings=preferredColorScheme=0"],
        ),
        (
            "phone",
            ["--window-size=390,3000", "--blink-settings=preferredColorScheme=1"],
        ),
    ] {
        let picture = desk.folder.path().join(format!("{name}.png"));
        let shot = format!("--screenshot={}", picture.display());
        chromium(
            &page,
            &desk.folder.path().join(name),
            &[&shot, arguments[0], arguments[1]],
        );
        let size = std::fs::metadata(&picture).map(|file| file.len()).unwrap_or(0);
        assert!(size > 20_000, "{name}: a picture of {size} bytes shows nothing");
    }
}
