//! A run with `--intercept` against a bot that has the platform's host in its code.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;
#[path = "support/tunnel.rs"]
mod tunnel;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use support::{Desk, ports};

const HOST: &str = "api.telegram.org";

const SCENARIO: &str = "
scenario: intercepted
seed: 5
channels:
  - chat: {profile: telegram, share: 1}
customers: [{persona: plain, goal: order, share: 1}]
traffic:
  arrivals: even
  phases: [{hold: {name: calm, for: 2s, rate: 20/s}}]
deadline: {reply: 5s, grace: 2s}
define:
  personas:
    - persona: plain
      language: en
      typing: {burst: [1], typos: 0}
      think: {median: 1s}
      patience: {max_nudges: 0, leave_after: {median: 60s}, leaves_silently: 1, max_repeats: 0}
  goals:
    - goal: order
      agenda:
        - ask: {say: {en: [where is my order?]}}
      max_turns: 1
";

/// A Telegram bot that knows no base URL: it answers each webhook by a call through the proxy to the platform's own host, and
/// before its first asks for another host, 12 times.
fn bot(proxy: String, certificate: PathBuf) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/tg", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for (number, stream) in listener.incoming().flatten().enumerate() {
            let (proxy, certificate) = (proxy.clone(), certificate.clone());
            std::thread::spawn(move || {
                if number == 0 {
                    for _ in 0..12 {
                        assert!(tunnel::connect(&proxy, "evil.example").1.contains("403"));
                    }
                }
                serve(stream, &proxy, &certificate);
            });
        }
    });
    url
}

fn serve(stream: TcpStream, proxy: &str, certificate: &Path) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut stream = stream;
    let mut tunnel = None;
    while let Some(update) = next_body(&mut reader) {
        stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            .unwrap();
        let tunnel = tunnel.get_or_insert_with(|| {
            let pem = std::fs::read(certificate).unwrap();
            tunnel::enter(proxy, HOST, &pem).unwrap()
        });
        let body = json!({"chat_id": update["message"]["chat"]["id"], "text": "满 300 减 50"}).to_string();
        assert_eq!(tunnel::post(tunnel, "/bot123456:throng/sendMessage", &body), 200);
    }
}

fn next_body(reader: &mut BufReader<TcpStream>) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if let Some(value) = line.to_lowercase().strip_prefix("content-length: ") {
            length = value.trim().parse().unwrap();
        }
        if line == "\r\n" {
            let mut body = vec![0; length];
            reader.read_exact(&mut body).ok()?;
            return serde_json::from_slice(&body).ok();
        }
    }
}

#[test]
fn every_turn_is_answered_through_the_interceptor_and_its_key_is_written_nowhere() {
    let desk = Desk::with(SCENARIO);
    let address = ports::address();
    let target = bot(format!("http://{address}"), desk.out().join("ca.pem"));
    let flags = ["--target", &target, "--intercept", &address, "--wait-for-target", "30s"];
    let rehearsed = desk.rehearse(&flags);
    for pointer in [
        "/totals/turns/sent",
        "/totals/turns/answered",
        "/platforms/chat/replies",
    ] {
        assert_eq!(rehearsed.count(pointer), 40, "{pointer}: {rehearsed:?}");
    }
    let intercepted = &rehearsed.run["intercepted"];
    assert_eq!(intercepted["refused"], json!({"evil.example": 12}), "{intercepted}");
    assert!(intercepted["tunnels"][HOST].as_u64().unwrap() > 0, "{intercepted}");
    let summary = std::fs::read_to_string(desk.out().join("summary.md")).unwrap();
    assert!(
        summary.contains("The bot asked for evil.example (12 times), which no channel serves"),
        "{summary}"
    );
    let files: Vec<PathBuf> = std::fs::read_dir(desk.out())
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    assert!(files.len() >= 8, "{files:?}");
    for file in files {
        let bytes = std::fs::read(&file).unwrap();
        // A private key of EC P-256 as PKCS#8 or SEC1 has it: version 1 and 32 bytes.
        let [pem, der] = [&b"PRIVATE KEY"[..], &[2, 1, 1, 4, 32]];
        for mark in [pem, der] {
            let found = bytes.windows(mark.len()).any(|window| window == mark);
            assert!(!found, "{} has {mark:?}", file.display());
        }
    }
    let certificate = std::fs::read_to_string(desk.out().join("ca.pem")).unwrap();
    assert_eq!(certificate.matches("BEGIN").count(), 1, "{certificate}");
}

#[test]
fn a_bot_is_told_how_to_start_before_it_is_waited_for() {
    let desk = Desk::with(SCENARIO);
    let scenario = desk.scenario();
    let arguments = [
        "run",
        scenario.to_str().unwrap(),
        "--out",
        "out",
        "--no-tui",
        "--target",
        "http://127.0.0.1:1/tg",
    ];
    let output = desk.throng(&[&arguments[..], &["--wait-for-target", "1s", "--intercept"]].concat());
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(100), "{told}");
    for line in [
        "export HTTPS_PROXY=http://127.0.0.1:",
        "export REQUESTS_CA_BUNDLE=/",
        "out/ca.pem",
        HOST,
    ] {
        assert!(told.contains(line), "{line}: {told}");
    }
    assert!(
        !desk.out().join("ca.pem").exists(),
        "a run that was not held leaves nothing"
    );
    let output = desk.throng(&["run", scenario.to_str().unwrap(), "--repeat", "2", "--intercept"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.code() == Some(104) && told.contains("--intercept 127.0.0.1:8899"),
        "{told}"
    );
    let hostless = Desk::with(&SCENARIO.replace("telegram", "generic-json"));
    let output = hostless.throng(&["run", hostless.scenario().to_str().unwrap(), "--intercept"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.code() == Some(104) && told.contains("replies by calls"),
        "{told}"
    );
}

#[test]
fn check_names_the_host_that_a_bot_has_in_its_code() {
    let desk = Desk::with(SCENARIO);
    let address = ports::address();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let target = format!("http://{}/tg", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            if next_body(&mut reader).is_some() {
                stream
                    .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                    .unwrap();
            }
        }
    });
    let scenario = desk.scenario();
    let arguments = [
        "check",
        scenario.to_str().unwrap(),
        "--connect",
        "--target",
        &target,
        "--intercept",
        &address,
    ];
    let output = desk.throng(&arguments);
    let (page, told) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    assert_eq!(output.status.code(), Some(100), "{page} {told}");
    assert!(
        page.contains("replies go past throng") && page.contains("environment lines"),
        "{page}"
    );
    assert!(told.contains("export SSL_CERT_FILE="), "{told}");
    let printed = told
        .lines()
        .find_map(|line| line.trim().strip_prefix("export SSL_CERT_FILE="))
        .unwrap();
    assert!(!Path::new(printed).exists(), "{printed} is still there");
}
