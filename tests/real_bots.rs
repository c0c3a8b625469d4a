//! Rehearsals against bots that others wrote. They need what `make setup` installs, so plain `cargo test` leaves them out.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::collections::BTreeMap;
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use support::{Desk, Program, Rehearsed, get, ports};

fn real(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/real").join(path)
}

/// llmock, an OpenAI-compatible server with chaos of known rates. Started by its own path: a killed `npx` leaves it running.
struct LlMock {
    port: u16,
    child: std::process::Child,
}

impl LlMock {
    fn start(fixture: &str, flags: &[&str]) -> LlMock {
        let port = ports::port();
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

/// One question a customer, on one channel.
fn one_question(channel: &str, profile: &str, (seconds, rate): (u32, u32), rules: &str) -> String {
    format!(
        "
scenario: real-bot
seed: 5
channels:
  - {channel}: {{profile: {profile}, share: 1}}
customers:
  - {{persona: plain, goal: order, share: 1}}
traffic:
  arrivals: even
  phases:
    - hold: {{name: steady, for: {seconds}s, rate: {rate}/s}}
{rules}
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
        - ask: {{say: {{en: [where is my order?, has my order been sent?]}}}}
      max_turns: 1
"
    )
}

fn ask_llmock(profile: &str, seconds: u32, rate: u32) -> String {
    one_question("web", profile, (seconds, rate), "deadline: {reply: 3s, grace: 3s}")
}

#[test]
#[ignore = "needs llmock: make real"]
fn llmock_streams_and_plain_answers_are_all_heard() {
    for profile in ["openai-chat-stream", "openai-chat", "openai-responses-stream"] {
        let bot = LlMock::start("llmock.json", &[]);
        let desk = Desk::with(&ask_llmock(profile, 20, 50));
        let rehearsed = desk.rehearse(&["--target", &bot.url()]);
        assert_eq!(rehearsed.code, 0, "{profile}: {rehearsed:?}");
        assert_eq!(rehearsed.count("/totals/turns/sent"), 1_000, "{profile}");
        assert_eq!(
            rehearsed.count("/totals/turns/answered"),
            1_000,
            "{profile}: {rehearsed:?}"
        );
        // One message more in the first contact.
        assert_eq!(bot.requests(""), 1_001, "{profile}");
    }
}

#[test]
#[ignore = "needs llmock: make real"]
fn llmock_chaos_is_counted_as_llmock_itself_counts_it() {
    let drops = ["--chaos-drop", "0.1"];
    let chaos = [&drops[..], &["--chaos-ratelimit", "0.1", "--chaos-disconnect", "0.05"]].concat();
    let desk = Desk::with(&ask_llmock("openai-chat-stream", 6, 50));
    let try_once = || {
        let bot = LlMock::start("llmock.json", &chaos);
        let rehearsed = desk.rehearse(&["--target", &bot.url()]);
        (bot, rehearsed)
    };
    // One first contact in sixty meets nothing but chaos, and no load follows.
    let mut tries = std::iter::repeat_with(try_once).take(5);
    let met = tries.find(|(_, rehearsed)| rehearsed.code != 100);
    let (bot, rehearsed) = met.expect("a first contact without chaos");
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
    one_question(
        "wechat",
        profile,
        (seconds, rate),
        "deadline: {reply: 10s, grace: 8s}\nguard: off",
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
        // It answered each time when WeChat had gone, and nobody saw any of it.
        let hang_ups = &rehearsed.run["hang_ups"]["wechat"];
        let expected =
            serde_json::json!({"hung_up": 60, "answered_after": 60, "unheard": 0, "answers_per_message": 3.0});
        assert_eq!(*hang_ups, expected, "{profile}");
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

/// On a channel whose bot replies by calls.
fn by_calls(profile: &str, seconds: u32, rate: u32) -> String {
    one_question("chat", profile, (seconds, rate), "deadline: {reply: 20s, grace: 5s}")
}

/// python-telegram-bot, which waits for the API at `address` before it starts.
fn ptb(address: &str, webhook_port: Option<u16>) -> Program {
    let mut command = Command::new(real(".venv/bin/python"));
    command.arg(real("ptb_bot.py")).arg(format!("http://{address}"));
    command.args(webhook_port.map(|port| port.to_string()));
    Program::start(command).0
}

fn assert_all_answered(desk: &Desk, flags: &[&str], environment: &[(&str, &str)]) -> Rehearsed {
    let rehearsed = desk.rehearse_with(flags, environment);
    assert_eq!(rehearsed.count("/totals/turns/sent"), 1_000, "{rehearsed:?}");
    assert_eq!(rehearsed.count("/totals/turns/answered"), 1_000, "{rehearsed:?}");
    assert_eq!(rehearsed.count("/platforms/chat/replies"), 1_000);
    assert_eq!(rehearsed.run["platforms"]["chat"]["refused"], serde_json::json!({}));
    assert_eq!(
        rehearsed.count("/totals/unsolicited") + rehearsed.count("/totals/duplicates"),
        0
    );
    assert!((rehearsed.number("/totals/deliveries_per_message") - 1.0).abs() < 1e-9);
    rehearsed
}

#[test]
#[ignore = "needs python-telegram-bot: make real"]
fn python_telegram_bot_answers_every_webhook_by_a_call() {
    let (address, port) = (ports::address(), ports::port());
    let _bot = ptb(&address, Some(port));
    let desk = Desk::with(&by_calls("telegram", 20, 50));
    let target = format!("http://127.0.0.1:{port}/tg");
    let mut flags = vec!["--target", &target, "--serve", &address, "--wait-for-target", "30s"];
    flags.extend(["--set", "channels.chat.settings.secret_token=${THRONG_TEST_SECRET}"]);
    assert_all_answered(&desk, &flags, &[("THRONG_TEST_SECRET", "s3cret")]);
    let _is_empty = std::fs::remove_dir_all(desk.out()).is_err();
    let refused = desk.rehearse_with(&flags, &[("THRONG_TEST_SECRET", "another")]);
    assert_eq!(refused.code, 100, "{refused:?}");
    assert!(refused.stderr.contains("HTTP 403"), "{}", refused.stderr);
}

#[test]
#[ignore = "needs python-telegram-bot: make real"]
fn python_telegram_bot_polls_every_message() {
    let address = ports::address();
    let _bot = ptb(&address, None);
    let desk = Desk::with(&by_calls("telegram-get-updates", 20, 50));
    assert_all_answered(&desk, &["--target", "http://127.0.0.1:9", "--serve", &address], &[]);
}

/// The environment of a bot whose calls are intercepted at `address`, with the certificate of this desk's run.
fn behind(address: &str, desk: &Desk, command: &mut Command) {
    let certificate = desk.out().join("ca.pem");
    command.env("HTTPS_PROXY", format!("http://{address}"));
    for variable in ["REQUESTS_CA_BUNDLE", "SSL_CERT_FILE"] {
        command.env(variable, &certificate);
    }
}

#[test]
#[ignore = "needs WeRoBot: make real"]
fn werobot_with_its_own_client_unchanged_replies_through_the_interceptor() {
    let desk = Desk::with(&wechat("wechat-official-account-custom-send", 20, 50));
    let address = ports::address();
    let mut command = Command::new(real(".venv/bin/python"));
    command
        .args(["-W", "ignore"])
        .arg(real("werobot_calling_bot.py"))
        .arg("throng-token");
    behind(&address, &desk, &mut command);
    let (_bot, line) = Program::start(command);
    let target = format!("http://127.0.0.1:{}/", line.trim().strip_prefix("listening ").unwrap());
    let rehearsed = desk.rehearse(&["--target", &target, "--intercept", &address]);
    assert_eq!(rehearsed.count("/totals/turns/sent"), 1_000, "{rehearsed:?}");
    assert_eq!(rehearsed.count("/totals/turns/answered"), 1_000, "{rehearsed:?}");
    assert_eq!(rehearsed.count("/platforms/wechat/replies"), 1_000);
    assert_eq!(rehearsed.run["platforms"]["wechat"]["refused"], serde_json::json!({}));
    let intercepted = &rehearsed.run["intercepted"];
    // A tunnel for each call: 1,000 replies, one in the first contact, and the token or tokens.
    assert!(
        intercepted["tunnels"]["api.weixin.qq.com"].as_u64().unwrap() >= 1_002,
        "{intercepted}"
    );
    assert_eq!(intercepted["refused"], serde_json::json!({}));
    assert_eq!(
        intercepted["untrusted"].as_u64().unwrap() + intercepted["broken"].as_u64().unwrap(),
        0
    );
}

#[test]
#[ignore = "needs python-telegram-bot: make real"]
fn python_telegram_bot_without_a_base_url_replies_through_the_interceptor() {
    for (profile, webhook_port) in [("telegram", Some(ports::port())), ("telegram-get-updates", None)] {
        let desk = Desk::with(&by_calls(profile, 20, 50));
        let address = ports::address();
        let mut command = Command::new(real(".venv/bin/python"));
        command.arg(real("ptb_bot.py")).arg("-");
        command.args(webhook_port.map(|port| port.to_string()));
        behind(&address, &desk, &mut command);
        let (_bot, _) = Program::start(command);
        let target = format!("http://127.0.0.1:{}/tg", webhook_port.unwrap_or(9));
        let mut flags = vec!["--target", &target, "--intercept", &address];
        let mut environment = Vec::new();
        if webhook_port.is_some() {
            flags.extend(["--wait-for-target", "30s"]);
            flags.extend(["--set", "channels.chat.settings.secret_token=${THRONG_TEST_SECRET}"]);
            environment.push(("THRONG_TEST_SECRET", "s3cret"));
        }
        assert_all_answered(&desk, &flags, &environment);
    }
}

/// An app on slack-bolt, which waits for the API at `address`: on the Events API behind Flask, whose address it gives.
fn slack(address: &str, environment: &[(&str, &str)]) -> (Program, String) {
    let mut command = Command::new(real(".venv/bin/python"));
    command
        .arg(real("slack_bot.py"))
        .arg(format!("http://{address}"))
        .arg("0");
    command.envs(environment.iter().copied());
    let (program, line) = Program::start(command);
    let port = line.trim().strip_prefix("listening ");
    let port = port.unwrap_or_else(|| panic!("the Slack app said {line:?}"));
    (program, format!("http://127.0.0.1:{port}/slack/events"))
}

#[test]
#[ignore = "needs slack-bolt: make real"]
fn slack_bolt_answers_every_event_by_a_call() {
    let address = ports::address();
    let (_bot, target) = slack(&address, &[]);
    let desk = Desk::with(&by_calls("slack", 20, 50));
    let flags = ["--target", &target, "--serve", &address, "--wait-for-target", "30s"];
    assert_all_answered(&desk, &flags, &[]);
    let _is_empty = std::fs::remove_dir_all(desk.out()).is_err();
    let mut wrong = flags.to_vec();
    wrong.extend(["--set", "channels.chat.settings.signing_secret=${THRONG_TEST_SECRET}"]);
    let refused = desk.rehearse_with(&wrong, &[("THRONG_TEST_SECRET", "another")]);
    assert_eq!(refused.code, 100, "{refused:?}");
    assert!(refused.stderr.contains("HTTP 401"), "{}", refused.stderr);
}

#[test]
#[ignore = "needs slack-bolt: make real"]
fn a_slack_app_that_acknowledges_too_late_gets_the_event_again_and_says_it_twice() {
    let address = ports::address();
    let (_bot, target) = slack(&address, &[("SLOW", "4")]);
    let desk = Desk::with(&by_calls("slack", 2, 10));
    let rehearsed = desk.rehearse(&["--target", &target, "--serve", &address, "--wait-for-target", "30s"]);
    assert_eq!(rehearsed.count("/totals/turns/sent"), 20, "{rehearsed:?}");
    assert_eq!(rehearsed.count("/totals/turns/answered"), 20, "{rehearsed:?}");
    // At once a second time; the third would come after a minute, when nobody listens any more.
    assert!((rehearsed.number("/totals/deliveries_per_message") - 2.0).abs() < 1e-9);
    // It believes that it answered each time; what came after the run's end is nobody's to count.
    assert!(rehearsed.count("/platforms/chat/calls") > 20, "{rehearsed:?}");
}

/// Whether all were answered over sockets that the bot opened, each acknowledged once.
fn assert_all_answered_on_sockets(profile: &str, address: &str, rate: u32) {
    let desk = Desk::with(&by_calls(profile, 1_000 / rate, rate));
    let flags = [
        "--target",
        "http://127.0.0.1:9",
        "--serve",
        address,
        "--wait-for-target",
        "60s",
    ];
    let rehearsed = assert_all_answered(&desk, &flags, &[]);
    assert_eq!(rehearsed.count("/platforms/chat/sockets/acknowledged"), 1_000);
    for nothing in ["lost", "unacknowledged", "without_socket", "cut_off"] {
        assert_eq!(
            rehearsed.count(&format!("/platforms/chat/sockets/{nothing}")),
            0,
            "{nothing}"
        );
    }
}

#[test]
#[ignore = "needs slack-bolt: make real"]
fn slack_bolt_in_socket_mode_answers_every_event() {
    let address = ports::address();
    let mut command = Command::new(real(".venv/bin/python"));
    command.arg(real("slack_bot.py")).arg(format!("http://{address}"));
    let _bot = Program::start(command).0;
    assert_all_answered_on_sockets("slack-socket-mode", &address, 50);
}

#[test]
#[ignore = "needs dingtalk-stream: make real"]
fn dingtalks_sdk_in_stream_mode_answers_every_message() {
    let address = ports::address();
    let mut command = Command::new(real(".venv/bin/python"));
    command.arg(real("dingtalk_bot.py"));
    command.env("DINGTALK_OPENAPI_ENDPOINT", format!("http://{address}"));
    let _bot = Program::start(command).0;
    assert_all_answered_on_sockets("dingtalk-stream", &address, 25);
}
