//! Rehearsals on WebSockets that throng opens, one for each customer, against small bots on libraries that others wrote. They need
//! what `make setup` installs, so plain `cargo test` leaves them out.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod support;

use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use support::{Desk, Program, Rehearsed, plain_shop};

fn real(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/real").join(file)
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

fn assert_all_answered_on_sockets(rehearsed: &Rehearsed, conversations: u64) {
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
    assert_eq!(rehearsed.run["sockets"]["shop"], sockets);
}

#[test]
#[ignore = "needs websockets and ws: make real"]
fn bots_on_websockets_and_ws_answer_every_message_on_the_socket_of_its_customer() {
    let mut node = Command::new("node");
    node.arg(real("ws_bot.js"));
    for bot in [SocketBot::python("websocket_bot.py", &[]), SocketBot::start(node)] {
        let desk = Desk::with(&plain_shop("generic-websocket", 10, 60, 2));
        let rehearsed = desk.rehearse(&["--target", &format!("ws://127.0.0.1:{}/chat", bot.port)]);
        assert_all_answered_on_sockets(&rehearsed, 600);
        bot.assert_saw(600);
    }
}

#[test]
#[ignore = "needs python-socketio: make real"]
fn a_bot_on_python_socketio_answers_every_message_as_rasa_does() {
    let bot = SocketBot::python("socketio_bot.py", &["s3cret"]);
    let desk = Desk::with(&plain_shop("rasa-socketio", 10, 60, 2));
    let target = format!("http://127.0.0.1:{}", bot.port);
    let flags = [
        "--target",
        &target,
        "--set",
        "channels.shop.settings.token=${THRONG_TEST_TOKEN}",
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
