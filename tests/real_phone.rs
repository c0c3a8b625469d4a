//! Calls to SIPp's own answerer. They need what `make setup` installs, so plain `cargo test` leaves most of them out.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use support::{Desk, Rehearsed, ports};
use tempfile::TempDir;

/// SIPp as the one who answers.
struct Answerer {
    process: Child,
    host: IpAddr,
    port: u16,
    folder: TempDir,
}

/// So often an answerer is started until one stays.
const STARTS: usize = 5;

impl Answerer {
    fn start(flags: &[&str]) -> Answerer {
        Answerer::start_at(Ipv4Addr::LOCALHOST.into(), flags)
    }

    /// Starts one that stays: on a machine where much else runs, a port may be taken between its choice and its use.
    fn start_at(host: IpAddr, flags: &[&str]) -> Answerer {
        let mut tries = (0..STARTS).map(|_| Answerer::try_at(host, flags));
        tries.find_map(|answerer| answerer).expect("sipp did not stay up")
    }

    fn try_at(host: IpAddr, flags: &[&str]) -> Option<Answerer> {
        let port = ports::port_at(host);
        let folder = tempfile::tempdir().unwrap();
        let process = Command::new("sipp")
            .args(flags)
            .args(["-i", &host.to_string(), "-p", &port.to_string()])
            .args(["-ci", "127.0.0.1", "-nostdin"])
            .args(["-trace_stat", "-stf", "statistics.csv", "-trace_counts", "-fd", "1"])
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("sipp is installed by `make setup`");
        let mut answerer = Answerer {
            process,
            host,
            port,
            folder,
        };
        let up_by = Instant::now() + Duration::from_secs(20);
        while answerer.statistics().is_none() {
            assert!(Instant::now() < up_by, "sipp did not come up");
            std::thread::sleep(Duration::from_millis(50));
        }
        // It begins its statistics before it takes its port.
        std::thread::sleep(Duration::from_millis(200));
        answerer.is_up().then_some(answerer)
    }

    fn is_up(&mut self) -> bool {
        self.process.try_wait().unwrap().is_none()
    }

    fn target(&self) -> String {
        format!("sip:service@{}", SocketAddr::new(self.host, self.port))
    }

    /// The names of its statistics and their last values, once both its tables have some; it writes them once a second.
    fn statistics(&self) -> Option<Vec<(String, u64)>> {
        let files = std::fs::read_dir(self.folder.path()).ok()?;
        let paths = files.flatten().map(|file| file.path());
        let tables = paths.filter(|path| path.extension() == Some("csv".as_ref()));
        let rows: Vec<_> = tables.filter_map(|path| last_row(&path)).collect();
        (rows.len() == 2).then(|| rows.concat())
    }

    /// A statistic, or how many messages there were at all steps of its scenario of a kind such as `BYE_Recv`.
    ///
    /// Calls are counted by their messages: it takes a call for failed whose connection is closed in the very moment after it
    /// answered the `BYE`, or whose `ACK` comes once more since it was late itself.
    fn count(&self, name: &str) -> u64 {
        let statistics = self.statistics().unwrap();
        let is_of = |known: &str| known == name || known.split_once('_').is_some_and(|(_, message)| message == name);
        let found: Vec<_> = statistics.iter().filter(|(known, _)| is_of(known)).collect();
        assert!(!found.is_empty(), "{name}: {statistics:?}");
        found.iter().map(|(_, count)| count).sum()
    }

    /// Waits until it has counted this.
    fn counts(&self, name: &str, wanted: u64) {
        let by = Instant::now() + Duration::from_secs(20);
        while self.count(name) != wanted {
            assert!(Instant::now() < by, "{name}: {} and not {wanted}", self.count(name));
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    fn end(&mut self) {
        // It may be gone already, which is as good.
        let _is_gone = self.process.kill().is_err() || self.process.wait().is_err();
    }
}

/// The columns of a table of SIPp's that hold counts, each with its value in the last row, if there is one yet.
fn last_row(table: &Path) -> Option<Vec<(String, u64)>> {
    let text = std::fs::read_to_string(table).ok()?;
    let mut lines = text.lines();
    let columns = lines.next()?.split(';').zip(lines.last()?.split(';'));
    let counts = columns.filter_map(|(name, value)| Some((name.to_owned(), value.parse().ok()?)));
    Some(counts.collect())
}

impl Drop for Answerer {
    fn drop(&mut self) {
        self.end();
    }
}

fn hotline(seconds: u32, rate: u32) -> String {
    format!(
        "
scenario: hotline
seed: 5
target: sip:service@127.0.0.1:5060
channels:
  - hotline: {{profile: sip-call-setup, share: 1, settings: {{hold_ms: 200}}}}
define:
  personas:
    - {{persona: caller, language: zh}}
  goals:
    - {{goal: ring, agenda: [call]}}
customers:
  - {{persona: caller, goal: ring, share: 1}}
traffic:
  arrivals: even
  phases:
    - hold: {{name: steady, for: {seconds}s, rate: {rate}/s}}
deadline: {{reply: 1s, grace: 1s}}
"
    )
}

/// A run that has made a hundred calls.
fn run(desk: &Desk, answerer: &Answerer) -> Child {
    let run = Command::new(support::THRONG)
        .args([
            "run",
            "test.yaml",
            "--quiet",
            "--no-tui",
            "--target",
            &answerer.target(),
        ])
        .current_dir(desk.folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while answerer.count("IncomingCall(C)") < 100 {
        std::thread::sleep(Duration::from_millis(50));
    }
    run
}

fn outcomes<const N: usize>(rehearsed: &Rehearsed, names: [&str; N]) -> [u64; N] {
    names.map(|name| rehearsed.count(&format!("/totals/turns/{name}")))
}

/// Processes of SIPp that throng started and that are still there: those that take their scenario from standard input.
fn left_behind(port: u16) -> Vec<PathBuf> {
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let commands = processes.map(|process| process.path().join("cmdline"));
    let is_ours = |path: &PathBuf| {
        let command = std::fs::read_to_string(path).unwrap_or_default();
        command.contains("/dev/stdin") && command.contains(&format!("127.0.0.1:{port}"))
    };
    commands.filter(is_ours).collect()
}

#[test]
#[ignore = "needs sipp: make real"]
fn a_line_may_be_called_over_ipv6() {
    let host = Ipv6Addr::LOCALHOST.into();
    if UdpSocket::bind((host, 0)).is_err() {
        eprintln!("left out: this machine has no IPv6");
        return;
    }
    let answerer = Answerer::start_at(host, &["-sn", "uas"]);
    let rehearsed = Desk::with(&hotline(5, 20)).rehearse(&["--target", &answerer.target()]);
    assert_eq!(rehearsed.code, 0, "{}", rehearsed.stderr);
    assert_eq!(outcomes(&rehearsed, ["sent", "answered"]), [100, 100]);
    // The first contact is one more.
    answerer.counts("TotalCallCreated", 101);
}

#[test]
#[ignore = "needs sipp: make real"]
fn every_call_that_is_picked_up_is_counted_as_the_answerer_counts_it() {
    for transport in ["u1", "t1"] {
        let answerer = Answerer::start(&["-sn", "uas", "-t", transport]);
        let target = match transport {
            "t1" => format!("{};transport=tcp", answerer.target()),
            _ => answerer.target(),
        };
        // A machine that stands still for a second or two makes nobody wait in vain.
        let patient = hotline(10, 100).replace("reply: 1s", "reply: 9s");
        let rehearsed = Desk::with(&patient).rehearse(&["--target", &target]);
        assert_eq!(rehearsed.code, 0, "{}", rehearsed.stderr);
        assert_eq!(
            outcomes(&rehearsed, ["sent", "answered"]),
            [1_000, 1_000],
            "{transport}"
        );
        assert_eq!(rehearsed.count("/totals/conversations/goal_met"), 1_000);
        // One call more in the first contact.
        answerer.counts("IncomingCall(C)", 1_001);
        answerer.counts("BYE_Recv", 1_001);
        for time in ["reply_time_ms", "wire_time_ms", "first_text_ms"] {
            assert_eq!(rehearsed.count(&format!("/totals/{time}/count")), 1_000, "{time}");
        }
        assert_eq!(left_behind(answerer.port), Vec::<PathBuf>::new());
    }
}

#[test]
#[ignore = "needs sipp: make real"]
fn calls_that_are_turned_away_and_calls_that_ring_for_ever_are_told_apart() {
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/real/sipp_some_pick_up.xml");
    let answerer = Answerer::start(&["-sf", scenario.to_str().unwrap()]);
    let rehearsed = Desk::with(&hotline(4, 60)).rehearse(&["--target", &answerer.target()]);
    // The first contact takes the first of every four, so the last one of the run is picked up.
    let [sent, answered, refused, silent] = outcomes(&rehearsed, ["sent", "answered", "refused", "silent"]);
    assert_eq!((sent, answered + refused + silent), (240, 240), "{}", rehearsed.stderr);
    // On a machine that is not in time a call is sent again after it was over, and SIPp takes it for another one: the next
    // of every four.
    let twice = answerer.count("IncomingCall(C)") - 241;
    for (found, expected) in [(answered, 60), (refused, 120), (silent, 60)] {
        assert!(
            found.abs_diff(expected) <= twice,
            "{found}, not {expected}; {twice} calls came twice"
        );
    }
    // Refusals were acknowledged and calls in vain taken back, as SIP wants it.
    answerer.counts("ACK_Recv", 241 + twice);
    assert_eq!(left_behind(answerer.port), Vec::<PathBuf>::new());
}

#[test]
#[ignore = "needs sipp: make real"]
fn a_server_that_ends_during_the_load_loses_its_calls_and_the_ledger_adds_up() {
    let mut answerer = Answerer::start(&["-sn", "uas", "-t", "t1"]);
    let target = format!("{};transport=tcp", answerer.target());
    let desk = Desk::with(&(hotline(4, 50) + "guard: off\n"));
    let ending = std::thread::spawn(move || {
        answerer.counts("IncomingCall(C)", 0);
        while answerer.count("IncomingCall(C)") < 60 {
            assert!(answerer.is_up(), "sipp ended by itself");
            std::thread::sleep(Duration::from_millis(50));
        }
        answerer.end();
        answerer
    });
    let rehearsed = desk.rehearse(&["--target", &target]);
    let answerer = ending.join().unwrap();
    let names = ["sent", "answered", "connection_lost", "silent", "cut_short"];
    let [sent, answered, lost, silent, cut_short] = outcomes(&rehearsed, names);
    let turns = &rehearsed.run["totals"]["turns"];
    assert_eq!((sent, answered + lost + silent + cut_short), (200, 200), "{turns}");
    // What SIPp was just about to send when its connection broke never left: on a busy machine more than a call or two.
    assert!(cut_short < lost, "{turns}");
    assert!(answered >= 50 && lost >= 20, "{answered} answered, {lost} lost");
    assert_eq!(left_behind(answerer.port), Vec::<PathBuf>::new());
}

#[test]
#[ignore = "needs sipp: make real"]
fn an_interrupted_run_hangs_up_its_calls() {
    let answerer = Answerer::start(&["-sn", "uas"]);
    let desk = Desk::with(&hotline(60, 50).replace("hold_ms: 200", "hold_ms: 60000"));
    let mut run = run(&desk, &answerer);
    let interrupt = ["-INT", &run.id().to_string()];
    assert!(Command::new("kill").args(interrupt).status().unwrap().success());
    assert_eq!(run.wait().unwrap().code(), Some(105));
    answerer.counts("CurrentCall", 0);
    answerer.counts("BYE_Recv", answerer.count("IncomingCall(C)"));
    assert_eq!(left_behind(answerer.port), Vec::<PathBuf>::new());
}

#[test]
#[ignore = "needs sipp: make real"]
fn a_killed_run_leaves_no_process_behind() {
    let answerer = Answerer::start(&["-sn", "uas"]);
    let mut run = run(&Desk::with(&hotline(60, 50)), &answerer);
    run.kill().unwrap();
    run.wait().unwrap();
    let by = Instant::now() + Duration::from_secs(20);
    while !left_behind(answerer.port).is_empty() {
        assert!(Instant::now() < by, "SIPp is still there");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
#[ignore = "needs sipp: make real"]
fn nobody_is_called_where_nobody_listens() {
    let port = ports::port();
    for transport in ["udp", "tcp"] {
        let target = format!("sip:service@127.0.0.1:{port};transport={transport}");
        let output = Desk::with(&hotline(1, 1)).throng(&["run", "test.yaml", "--quiet", "--target", &target]);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(100), "{told}");
        assert!(
            told.contains("nobody takes calls there (no connection") && told.contains("start the server"),
            "{told}"
        );
    }
}

#[test]
fn a_machine_without_sipp_is_told_what_to_install() {
    let desk = Desk::with(&hotline(1, 1));
    for command in ["check", "run"] {
        let output = desk.throng_with(&[command, "test.yaml"], &[("PATH", "/nowhere")]);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_ne!(output.status.code(), Some(0), "{told}");
        assert!(
            told.contains("`sipp`") && told.contains("apt install sip-tester"),
            "{told}"
        );
    }
}
