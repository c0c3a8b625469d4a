//! Rehearsals against bots that others wrote. They need what `make setup` installs, so plain `cargo test` leaves them out.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::collections::BTreeMap;
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use support::{Desk, Program, get};

fn real(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/real").join(path)
}

/// A port that was free a moment ago, for programs that cannot take port 0.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// llmock, an OpenAI-compatible server with chaos of known rates. Started by its own path: a killed `npx` leaves it running.
struct LlMock {
    port: u16,
    child: std::process::Child,
}

impl LlMock {
    fn start(fixture: &str, flags: &[&str]) -> LlMock {
        let port = free_port();
        let child = Command::new(real("node_modules/.bin/llmock"))
            .args([
                "-p",
                &port.to_string(),
                "-h",
                "127.0.0.1",
                "-f",
                real(fixture).to_str().unwrap(),
                "-l",
                "5",
                "-c",
                "6",
                "--metrics",
            ])
            .args(flags)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("llmock is installed by `make setup`");
        let up_by = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(Instant::now() < up_by, "llmock did not come up");
            std::thread::sleep(Duration::from_millis(50));
        }
        LlMock { port, child }
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}/v1", self.port)
    }

    /// How many chat requests it answered with this status (all when empty), by its own Prometheus counters.
    fn requests(&self, status: &str) -> u64 {
        let metrics = get(&format!("127.0.0.1:{}", self.port), "/metrics");
        let of_chat = metrics
            .lines()
            .filter(|line| line.starts_with("aimock_requests_total") && line.contains("path=\"/v1/"));
        let of_status = of_chat.filter(|line| status.is_empty() || line.contains(&format!("status=\"{status}\"")));
        of_status
            .map(|line| line.rsplit(' ').next().unwrap().parse::<f64>().unwrap() as u64)
            .sum()
    }
}

impl Drop for LlMock {
    fn drop(&mut self) {
        // It may be gone already, which is as good.
        let _is_gone = self.child.kill().is_err() || self.child.wait().is_err();
    }
}

const SINGLE_MESSAGES: &str = "
define:
  personas:
    - persona: plain
      language: en
      typing: {burst: [1], typos: 0}
      think: {median: 1s}
      patience: {max_nudges: 0, leave_after: {median: 60s}, leaves_silently: 1, max_repeats: 0}
";

fn ask_llmock(profile: &str, seconds: u32, rate: u32) -> String {
    format!(
        "
scenario: llmock
seed: 3
channels:
  - web: {{profile: {profile}, share: 1}}
customers:
  - {{persona: plain, goal: order, share: 1}}
traffic:
  arrivals: even
  phases:
    - hold: {{name: steady, for: {seconds}s, rate: {rate}/s}}
deadline: {{reply: 3s, grace: 3s}}
{SINGLE_MESSAGES}
  goals:
    - goal: order
      agenda:
        - ask: {{say: {{en: [where is my order?, has my order been sent?]}}}}
      max_turns: 1
"
    )
}

#[test]
#[ignore = "needs llmock: make real"]
fn llmock_streams_and_plain_answers_are_all_heard() {
    for profile in ["openai-chat-stream", "openai-chat", "openai-responses-stream"] {
        let bot = LlMock::start("llmock.json", &[]);
        let desk = Desk::with(&ask_llmock(profile, 4, 50));
        let rehearsed = desk.rehearse(&["--target", &bot.url()]);
        assert_eq!(rehearsed.code, 0, "{profile}: {rehearsed:?}");
        assert_eq!(rehearsed.count("/totals/turns/sent"), 200, "{profile}");
        assert_eq!(
            rehearsed.count("/totals/turns/answered"),
            200,
            "{profile}: {rehearsed:?}"
        );
        // One message more in the first contact.
        assert_eq!(bot.requests(""), 201, "{profile}");
    }
}

#[test]
#[ignore = "needs llmock: make real"]
fn llmock_chaos_is_counted_as_llmock_itself_counts_it() {
    let bot = LlMock::start(
        "llmock.json",
        &[
            "--chaos-drop",
            "0.1",
            "--chaos-ratelimit",
            "0.1",
            "--chaos-disconnect",
            "0.05",
        ],
    );
    let desk = Desk::with(&ask_llmock("openai-chat-stream", 6, 50));
    let rehearsed = desk.rehearse(&["--target", &bot.url()]);
    let count = |outcome: &str| rehearsed.count(&format!("/totals/turns/{outcome}"));
    assert_eq!(count("sent"), 300, "{rehearsed:?}");
    // The first contact takes at most three messages, which llmock counts too.
    let near = |ours: u64, theirs: u64| theirs >= ours && theirs - ours <= 3;
    assert!(
        near(count("http_error"), bot.requests("500")),
        "{} {}",
        count("http_error"),
        bot.requests("500")
    );
    assert!(
        near(count("refused"), bot.requests("429")),
        "{} {}",
        count("refused"),
        bot.requests("429")
    );
    assert!(
        near(count("answered"), bot.requests("200")),
        "{} {}",
        count("answered"),
        bot.requests("200")
    );
    assert!(
        count("http_error") > 5 && count("refused") > 5 && count("connection_lost") > 2,
        "{rehearsed:?}"
    );
    assert_eq!(
        count("answered") + count("http_error") + count("refused") + count("connection_lost"),
        300
    );
}

#[test]
#[ignore = "needs llmock: make real"]
fn questions_of_real_customers_are_asked_word_for_word() {
    let bot = LlMock::start("llmock.json", &[]);
    let desk = Desk::with(&std::fs::read_to_string(real("banking.yaml")).unwrap());
    std::fs::copy(
        real("banking77_extract.csv"),
        desk.folder.path().join("banking77_extract.csv"),
    )
    .unwrap();
    let rehearsed = desk.rehearse(&["--target", &bot.url()]);
    assert_eq!(rehearsed.code, 0, "{rehearsed:?}");
    assert_eq!(
        rehearsed.count("/totals/turns/answered"),
        rehearsed.count("/totals/turns/sent")
    );
    let extract = std::fs::read_to_string(real("banking77_extract.csv")).unwrap();
    let asked = desk.throng(&["report", desk.out().to_str().unwrap(), "--format", "html"]);
    assert!(asked.status.success());
    let resolved = std::fs::read_to_string(desk.out().join("scenario.yaml")).unwrap();
    let question = extract
        .lines()
        .nth(1)
        .unwrap()
        .split(',')
        .next()
        .unwrap()
        .trim_matches('"');
    assert!(resolved.contains(question), "{question}");
}

/// WeRoBot, and the file in which its handler writes down every message that it takes on.
struct WeRoBot {
    _program: Program,
    url: String,
    handled: tempfile::NamedTempFile,
}

const AES: [&str; 2] = ["wx0000000000throng", "throngthrongthrongthrongthrongthrongthrongA"];

impl WeRoBot {
    /// With a handler that takes so many seconds after so many quick messages; `aes` is its app id and key.
    fn start(seconds: &str, quick: &str, aes: &[&str]) -> WeRoBot {
        let handled = tempfile::NamedTempFile::new().unwrap();
        let mut command = Command::new(real(".venv/bin/python"));
        command
            .env("HANDLED", handled.path())
            .arg("-W")
            .arg("ignore")
            .arg(real("werobot_bot.py"))
            .args(["0", "throng-token", seconds, quick])
            .args(aes);
        let (program, line) = Program::start(command);
        let port = line
            .trim()
            .strip_prefix("listening ")
            .unwrap_or_else(|| panic!("WeRoBot said {line:?}"));
        WeRoBot {
            url: format!("http://127.0.0.1:{port}/"),
            _program: program,
            handled,
        }
    }

    /// How often each message came to its handler.
    fn handled(&self) -> BTreeMap<String, u32> {
        let mut times = BTreeMap::new();
        for id in std::fs::read_to_string(self.handled.path()).unwrap().lines() {
            *times.entry(id.to_owned()).or_default() += 1;
        }
        times
    }
}

fn wechat(profile: &str, seconds: u32, rate: u32) -> String {
    format!(
        "
scenario: werobot
seed: 5
channels:
  - wechat: {{profile: {profile}, share: 1}}
customers:
  - {{persona: plain, goal: order, share: 1}}
traffic:
  arrivals: even
  phases:
    - hold: {{name: steady, for: {seconds}s, rate: {rate}/s}}
deadline: {{reply: 10s, grace: 8s}}
guard: off
{SINGLE_MESSAGES}
  goals:
    - goal: order
      agenda:
        - ask: {{say: {{en: [where is my order?]}}}}
      max_turns: 1
"
    )
}

const PLAIN: &str = "wechat-official-account";
const ENCRYPTED: &str = "wechat-official-account-aes";

#[test]
#[ignore = "needs WeRoBot: make real"]
fn werobot_accepts_the_signature_and_answers_every_message_plain_and_encrypted() {
    for (profile, aes) in [(PLAIN, &[][..]), (ENCRYPTED, &AES[..])] {
        let bot = WeRoBot::start("0", "0", aes);
        let desk = Desk::with(&wechat(profile, 20, 50));
        let rehearsed = desk.rehearse(&["--target", &bot.url]);
        assert_eq!(rehearsed.code, 0, "{profile}: {rehearsed:?}");
        assert_eq!(rehearsed.count("/totals/turns/sent"), 1_000, "{profile}");
        assert_eq!(
            rehearsed.count("/totals/turns/answered"),
            1_000,
            "{profile}: {rehearsed:?}"
        );
        assert!((rehearsed.number("/totals/deliveries_per_message") - 1.0).abs() < 1e-9);
        // One message more in the first contact.
        let handled = bot.handled();
        assert_eq!(handled.len(), 1_001, "{profile}");
        assert!(handled.values().all(|times| *times == 1), "{profile}");
    }
}

#[test]
#[ignore = "needs WeRoBot: make real"]
fn a_werobot_handler_of_seven_seconds_means_three_deliveries_and_a_miss() {
    for (profile, aes) in [(PLAIN, &[][..]), (ENCRYPTED, &AES[..])] {
        // Quick for the first contact, slow from then on: each delivery is given up after five seconds.
        let bot = WeRoBot::start("7", "1", aes);
        let desk = Desk::with(&wechat(profile, 2, 10));
        let rehearsed = desk.rehearse(&["--target", &bot.url]);
        assert_eq!(rehearsed.count("/totals/turns/sent"), 20, "{profile}: {rehearsed:?}");
        assert_eq!(rehearsed.count("/totals/turns/silent"), 20, "{profile}: {rehearsed:?}");
        assert!((rehearsed.number("/totals/missed/rate") - 1.0).abs() < 1e-9);
        let deliveries = rehearsed.number("/totals/deliveries_per_message");
        assert!((deliveries - 3.0).abs() < 1e-9, "{profile}: {rehearsed:?}");
        // The bot itself says so: its handler ran three times for each message, once for that of the first contact.
        let mut handled: Vec<u32> = bot.handled().into_values().collect();
        handled.sort_unstable();
        assert_eq!(handled, [vec![1], vec![3; 20]].concat(), "{profile}");
    }
}

#[test]
#[ignore = "needs WeRoBot: make real"]
fn a_wrong_key_is_told_before_the_load() {
    let bot = WeRoBot::start("0", "0", &AES);
    let desk = Desk::with(&wechat(ENCRYPTED, 2, 5));
    let flags = [
        "--target",
        &bot.url,
        "--set",
        "channels.wechat.settings.aes_key=${THRONG_TEST_KEY}",
    ];
    let another = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    let refused = desk.rehearse_with(&flags, &[("THRONG_TEST_KEY", another)]);
    assert_eq!(refused.code, 100, "{refused:?}");
    assert!(!refused.stderr.contains("abcdefghij"), "{}", refused.stderr);
    assert!(bot.handled().is_empty());
}

#[test]
#[ignore = "needs WeRoBot: make real"]
fn a_bot_that_never_answers_in_time_is_told_before_the_load() {
    let bot = WeRoBot::start("7", "0", &[]);
    let desk = Desk::with(&wechat(PLAIN, 2, 5));
    let refused = desk.rehearse(&["--target", &bot.url]);
    assert_eq!(refused.code, 100, "{refused:?}");
    assert!(refused.stderr.contains("said nothing"), "{}", refused.stderr);
}

#[test]
#[ignore = "needs WeRoBot: make real"]
fn a_wrong_token_is_told_before_the_load() {
    let bot = WeRoBot::start("0", "0", &[]);
    let desk = Desk::with(&wechat(PLAIN, 2, 5));
    let flags = [
        "--target",
        &bot.url,
        "--set",
        "channels.wechat.settings.token=${THRONG_TEST_TOKEN}",
    ];
    let refused = desk.rehearse_with(&flags, &[("THRONG_TEST_TOKEN", "another-token")]);
    assert_eq!(refused.code, 100, "{refused:?}");
    assert!(
        refused.stderr.contains("403") && !refused.stderr.contains("another-token"),
        "{}",
        refused.stderr
    );
}

/// One question a customer, on a Telegram channel.
fn telegram(profile: &str, seconds: u32, rate: u32) -> String {
    format!(
        "
scenario: telegram
seed: 5
channels:
  - telegram: {{profile: {profile}, share: 1}}
customers:
  - {{persona: plain, goal: order, share: 1}}
traffic:
  arrivals: even
  phases:
    - hold: {{name: steady, for: {seconds}s, rate: {rate}/s}}
deadline: {{reply: 20s, grace: 5s}}
{SINGLE_MESSAGES}
  goals:
    - goal: order
      agenda:
        - ask: {{say: {{en: [where is my order?]}}}}
      max_turns: 1
"
    )
}

/// python-telegram-bot, which waits for the API at `address` before it starts.
fn ptb(address: &str, webhook_port: Option<u16>) -> Program {
    let mut command = Command::new(real(".venv/bin/python"));
    command.arg(real("ptb_bot.py")).arg(format!("http://{address}"));
    command.args(webhook_port.map(|port| port.to_string()));
    Program::start(command).0
}

fn assert_all_answered(desk: &Desk, flags: &[&str], environment: &[(&str, &str)]) {
    let rehearsed = desk.rehearse_with(flags, environment);
    assert_eq!(rehearsed.count("/totals/turns/sent"), 1_000, "{rehearsed:?}");
    assert_eq!(rehearsed.count("/totals/turns/answered"), 1_000, "{rehearsed:?}");
    assert_eq!(rehearsed.count("/platforms/telegram/replies"), 1_000);
    assert_eq!(rehearsed.run["platforms"]["telegram"]["refused"], serde_json::json!({}));
    assert_eq!(
        rehearsed.count("/totals/unsolicited") + rehearsed.count("/totals/duplicates"),
        0
    );
    assert!((rehearsed.number("/totals/deliveries_per_message") - 1.0).abs() < 1e-9);
}

#[test]
#[ignore = "needs python-telegram-bot: make real"]
fn python_telegram_bot_answers_every_webhook_by_a_call() {
    let (address, port) = (format!("127.0.0.1:{}", free_port()), free_port());
    let _bot = ptb(&address, Some(port));
    let desk = Desk::with(&telegram("telegram", 20, 50));
    let target = format!("http://127.0.0.1:{port}/tg");
    let mut flags = vec!["--target", &target, "--serve", &address, "--wait-for-target", "30s"];
    flags.extend(["--set", "channels.telegram.settings.secret_token=${THRONG_TEST_SECRET}"]);
    assert_all_answered(&desk, &flags, &[("THRONG_TEST_SECRET", "s3cret")]);
    let _is_empty = std::fs::remove_dir_all(desk.out()).is_err();
    let refused = desk.rehearse_with(&flags, &[("THRONG_TEST_SECRET", "another")]);
    assert_eq!(refused.code, 100, "{refused:?}");
    assert!(refused.stderr.contains("HTTP 403"), "{}", refused.stderr);
}

#[test]
#[ignore = "needs python-telegram-bot: make real"]
fn python_telegram_bot_polls_every_message() {
    let address = format!("127.0.0.1:{}", free_port());
    let _bot = ptb(&address, None);
    let desk = Desk::with(&telegram("telegram-get-updates", 20, 50));
    assert_all_answered(&desk, &["--target", "http://127.0.0.1:9", "--serve", &address], &[]);
}

/// Customers who come on sockets, with two questions each.
fn sockets(profile: &str, seconds: u32, rate: u32) -> String {
    format!(
        "
scenario: sockets
seed: 5
pace: 50
channels:
  - page: {{profile: {profile}, share: 1}}
customers:
  - {{persona: plain, goal: order, share: 1}}
traffic:
  arrivals: even
  phases:
    - hold: {{name: steady, for: {seconds}s, rate: {rate}/s}}
deadline: {{reply: 20s, grace: 5s}}
drain: 60s
{SINGLE_MESSAGES}
  goals:
    - goal: order
      agenda:
        - ask: {{say: {{en: [where is my order?]}}}}
        - ask: {{say: {{en: [when does it come?]}}}}
      max_turns: 2
"
    )
}

/// A program that serves sockets, and the file in which it writes down what came.
struct SocketBot {
    _program: Program,
    port: u16,
    handled: tempfile::NamedTempFile,
}

impl SocketBot {
    fn start(mut command: Command) -> SocketBot {
        let handled = tempfile::NamedTempFile::new().unwrap();
        command.env("HANDLED", handled.path());
        let (program, line) = Program::start(command);
        let port = line.trim().strip_prefix("listening ").map(str::parse);
        SocketBot {
            _program: program,
            port: port.unwrap_or_else(|| panic!("the bot said {line:?}")).unwrap(),
            handled,
        }
    }

    fn python(file: &str, arguments: &[&str]) -> SocketBot {
        let mut command = Command::new(real(".venv/bin/python"));
        command.arg(real(file)).args(arguments);
        SocketBot::start(command)
    }

    /// How many lines of what it wrote down are so.
    fn count(&self, is_so: impl Fn(&str) -> bool) -> usize {
        let handled = std::fs::read_to_string(self.handled.path()).unwrap();
        handled.lines().filter(|line| is_so(line)).count()
    }

    /// Every conversation had one socket, its two messages, and an end; the first contact had one message.
    fn assert_saw(&self, conversations: usize) {
        let closed_by = Instant::now() + Duration::from_secs(10);
        while self.count(|line| line == "closed") < conversations + 1 && Instant::now() < closed_by {
            std::thread::sleep(Duration::from_millis(50));
        }
        let seen = [self.count(|line| line == "open"), self.count(|line| line == "closed")];
        assert_eq!(seen, [conversations + 1; 2]);
        assert_eq!(
            self.count(|line| !matches!(line, "open" | "closed")),
            2 * conversations + 1
        );
    }
}

fn assert_all_answered_on_sockets(rehearsed: &support::Rehearsed, conversations: u64) {
    assert_eq!(
        rehearsed.count("/totals/turns/sent"),
        2 * conversations,
        "{rehearsed:?}"
    );
    assert_eq!(
        rehearsed.count("/totals/turns/answered"),
        2 * conversations,
        "{rehearsed:?}"
    );
    assert_eq!(rehearsed.count("/totals/unsolicited"), 0);
    let sockets = serde_json::json!({"opened": conversations, "reopened": 0, "closed_by_the_bot": 0, "unreadable": 0});
    assert_eq!(rehearsed.run["sockets"]["page"], sockets);
}

#[test]
#[ignore = "needs websockets and ws: make real"]
fn bots_on_websockets_and_ws_answer_every_message_on_the_socket_of_its_customer() {
    let mut node = Command::new("node");
    node.arg(real("ws_bot.js"));
    for bot in [SocketBot::python("websocket_bot.py", &[]), SocketBot::start(node)] {
        let desk = Desk::with(&sockets("generic-websocket", 10, 60));
        let rehearsed = desk.rehearse(&["--target", &format!("ws://127.0.0.1:{}/chat", bot.port)]);
        assert_all_answered_on_sockets(&rehearsed, 600);
        bot.assert_saw(600);
    }
}

#[test]
#[ignore = "needs python-socketio: make real"]
fn a_bot_on_python_socketio_answers_every_message_as_rasa_does() {
    let bot = SocketBot::python("socketio_bot.py", &["s3cret"]);
    let desk = Desk::with(&sockets("rasa-socketio", 10, 60));
    let target = format!("http://127.0.0.1:{}", bot.port);
    let flags = [
        "--target",
        &target,
        "--set",
        "channels.page.settings.token=${THRONG_TEST_TOKEN}",
    ];
    let refused = desk.rehearse_with(&flags, &[("THRONG_TEST_TOKEN", "another")]);
    assert_eq!(refused.code, 100, "{refused:?}");
    assert!(refused.stderr.contains("wrong token"), "{}", refused.stderr);
    assert!(!refused.stderr.contains("another"), "{}", refused.stderr);
    let _is_empty = std::fs::remove_dir_all(desk.out()).is_err();
    let rehearsed = desk.rehearse_with(&flags, &[("THRONG_TEST_TOKEN", "s3cret")]);
    assert_all_answered_on_sockets(&rehearsed, 600);
    bot.assert_saw(600);
}
