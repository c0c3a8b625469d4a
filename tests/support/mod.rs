//! What the integration tests share: a folder with a scenario in it, the real binary, the built-in bot and its truth.

#![allow(dead_code, reason = "each test file uses a part of this")]

pub(crate) mod ports;

use std::ffi::OsString;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The binary under test.
pub(crate) const THRONG: &str = env!("CARGO_BIN_EXE_throng");

/// The binary that [`Desk`] and [`Program`] run: `THRONG_BINARY`, for tests that take minutes of a build without optimisation, or [`THRONG`].
fn binary() -> OsString {
    std::env::var_os("THRONG_BINARY").unwrap_or_else(|| THRONG.into())
}

/// A folder of its own with a scenario in it.
pub(crate) struct Desk {
    pub(crate) folder: TempDir,
}

impl Desk {
    /// A desk with this scenario, named `test`.
    pub(crate) fn with(scenario: &str) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("test.yaml"), scenario).unwrap();
        Desk { folder }
    }

    pub(crate) fn scenario(&self) -> PathBuf {
        self.folder.path().join("test.yaml")
    }

    pub(crate) fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    /// Runs throng here with these arguments.
    pub(crate) fn throng(&self, arguments: &[&str]) -> Output {
        self.throng_with(arguments, &[])
    }

    /// The same in an environment of its own.
    pub(crate) fn throng_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
        let mut command = Command::new(binary());
        command
            .args(arguments)
            .envs(environment.iter().copied())
            .current_dir(self.folder.path());
        command.output().unwrap()
    }

    /// Rehearses the scenario with these flags beside; gives the exit code and `run.json`.
    pub(crate) fn rehearse(&self, flags: &[&str]) -> Rehearsed {
        self.rehearse_with(flags, &[])
    }

    /// The same in an environment of its own.
    pub(crate) fn rehearse_with(&self, flags: &[&str], environment: &[(&str, &str)]) -> Rehearsed {
        let scenario = self.scenario();
        let out = self.out();
        let mut arguments = vec![
            "run",
            scenario.to_str().unwrap(),
            "--out",
            out.to_str().unwrap(),
            "--quiet",
        ];
        arguments.extend(flags);
        let output = self.throng_with(&arguments, environment);
        let code = output.status.code().unwrap_or(-1);
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        let text = std::fs::read_to_string(out.join("run.json"));
        let run = text
            .map(|text| serde_json::from_str(&text).unwrap())
            .unwrap_or(Value::Null);
        Rehearsed { code, run, stderr }
    }
}

/// How a rehearsal ended.
#[derive(Debug)]
pub(crate) struct Rehearsed {
    pub(crate) code: i32,
    pub(crate) run: Value,
    pub(crate) stderr: String,
}

impl Rehearsed {
    /// A number of `run.json` by JSON pointer.
    pub(crate) fn count(&self, pointer: &str) -> u64 {
        self.run
            .pointer(pointer)
            .and_then(Value::as_u64)
            .unwrap_or_else(|| panic!("no count at {pointer}: {self:?}"))
    }

    pub(crate) fn number(&self, pointer: &str) -> f64 {
        self.run
            .pointer(pointer)
            .and_then(Value::as_f64)
            .unwrap_or_else(|| panic!("no number at {pointer}: {self:?}"))
    }
}

/// A program that was started for a test and ends with it.
pub(crate) struct Program {
    child: Child,
    pub(crate) url: String,
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may be gone already, which is as good.
        let _is_gone = self.child.kill().is_err() || self.child.wait().is_err();
    }
}

impl Program {
    /// The built-in bot with this scenario.
    pub(crate) fn bot(scenario: &Path, flags: &[&str]) -> Program {
        let mut command = Command::new(binary());
        command
            .args([
                "bot",
                "--scenario",
                scenario.to_str().unwrap(),
                "--listen",
                "127.0.0.1:0",
            ])
            .args(flags);
        let (mut program, line) = Program::start(command);
        let line: Value = serde_json::from_str(&line).unwrap();
        program.url = line["listening"].as_str().unwrap().to_owned();
        program
    }

    /// Starts a program and reads the first line that it prints.
    pub(crate) fn start(mut command: Command) -> (Program, String) {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .stdin(Stdio::null())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        // What it prints later must not stop it for want of a reader.
        std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
        (
            Program {
                child,
                url: String::new(),
            },
            line,
        )
    }

    /// Its process id.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// What the built-in bot really did.
    pub(crate) fn truth(&self) -> Value {
        let address = self.url.strip_prefix("http://").unwrap();
        serde_json::from_str(&get(address, "/truth")).unwrap()
    }
}

/// The body of a GET over a connection of its own.
pub(crate) fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(
        stream,
        "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer.split_once("\r\n\r\n").unwrap().1.to_owned()
}

/// A scenario with one channel `shop` on this profile: so many customers a second, each asking one question `turns` times, without bursts and nudges.
pub(crate) fn plain_shop(profile: &str, seconds: u32, rate: u32, turns: u32) -> String {
    let asks = "        - ask: {say: {en: [where is my order?]}}\n".repeat(turns as usize);
    format!(
        "
scenario: shop
seed: 5
pace: 20
channels:
  - shop: {{profile: {profile}, share: 1}}
customers:
  - {{persona: plain, goal: order, share: 1}}
traffic:
  arrivals: even
  phases:
    - hold: {{name: steady, for: {seconds}s, rate: {rate}/s}}
    - quiet: {{name: after, for: 2s}}
deadline: {{reply: 10s, grace: 5s}}
define:
  personas:
    - persona: plain
      language: en
      typing: {{burst: [1], typos: 0}}
      think: {{median: 1s}}
      patience: {{max_nudges: 0, leave_after: {{median: 60s}}, leaves_silently: 1, max_repeats: 0}}
  goals:
    - goal: order
      agenda:
{asks}      max_turns: {turns}
"
    )
}
