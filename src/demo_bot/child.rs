//! The built-in bot as a child process of the same executable, so that its cost is not the generator's.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, PipeReader, PipeWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::Deserialize;
use tokio::process::{Child, Command};
use tokio::sync::oneshot;
use tokio::time::timeout;

/// The child must listen within this time.
const START_LIMIT: Duration = Duration::from_secs(15);
/// A child that is asked to stop is killed after this time.
const STOP_LIMIT: Duration = Duration::from_secs(5);
/// Bytes of the child's stderr that are kept, the newest.
const STDERR_KEPT: usize = 8 << 10;
/// Bytes of the line in which the child tells where it listens.
const LINE_LIMIT: u64 = 4 << 10;

/// A running child. It is killed when this is dropped, and stops by itself when this process dies.
#[derive(Debug)]
pub struct ChildBot {
    /// Where it listens, without a trailing slash: `http://127.0.0.1:40123`.
    pub url: String,
    child: Child,
    /// Held open: the child stops when it closes.
    stdin: Option<PipeWriter>,
    stderr: Tail,
}

/// Why the built-in bot could not be started.
#[derive(Debug, thiserror::Error)]
pub enum BotError {
    /// The process could not be made.
    #[error("start the built-in bot: {executable}")]
    Start {
        /// What was to be started.
        executable: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// It ended before it listened.
    #[error("the built-in bot ended before it listened ({status}){}", said(stderr))]
    Ended {
        /// How it ended.
        status: ExitStatus,
        /// What it said.
        stderr: String,
    },
    /// It said something else than where it listens.
    #[error("the built-in bot did not tell where it listens, found {found:?}{}", said(stderr))]
    NotUnderstood {
        /// Its first line.
        found: String,
        /// What it said on stderr.
        stderr: String,
    },
    /// It said nothing in time.
    #[error("the built-in bot did not listen within {} s{}", START_LIMIT.as_secs(), said(stderr))]
    TooSlow {
        /// What it said on stderr.
        stderr: String,
    },
    /// Its output could not be read, or its end not waited for.
    #[error("talk to the built-in bot")]
    Pipe(#[source] io::Error),
    /// It did not tell what it really did.
    #[error("the built-in bot did not answer `GET /truth`")]
    Unheard(#[source] io::Error),
}

fn said(stderr: &str) -> String {
    match stderr.trim() {
        "" => String::new(),
        stderr => format!("; it said:\n{stderr}"),
    }
}

/// The line in which a bot tells where it listens.
#[derive(Debug, Deserialize)]
struct Listening {
    listening: String,
}

/// Starts `executable bot --listen 127.0.0.1:0 --scenario SCENARIO_FILE --with-parent` and waits until it listens. It replies
/// by calls to `platform` where a protocol wants that.
///
/// # Errors
/// When the process cannot be made, ends, or does not tell within 15 seconds where it listens.
pub async fn start(executable: &Path, scenario_file: &Path, platform: Option<&str>) -> Result<ChildBot, BotError> {
    let mut command = Command::new(executable);
    command
        .args(["bot", "--listen", "127.0.0.1:0", "--scenario"])
        .arg(scenario_file)
        .arg("--with-parent");
    if let Some(platform) = platform {
        command.args(["--platform", platform]);
    }
    start_command(command, executable).await
}

/// Ctrl-C in a terminal goes to all of a process group. The child gets one of its own: else it would be gone at once, and
/// the conversations that are still open would find nobody.
fn leave_the_terminal(command: &mut Command) {
    #[cfg(unix)]
    command.process_group(0);
    #[cfg(windows)]
    command.creation_flags(0x0000_0200); // CREATE_NEW_PROCESS_GROUP
}

async fn start_command(mut command: Command, executable: &Path) -> Result<ChildBot, BotError> {
    let (said, stdout) = io::pipe().map_err(BotError::Pipe)?;
    let (complained, stderr) = io::pipe().map_err(BotError::Pipe)?;
    let (stdin, told) = io::pipe().map_err(BotError::Pipe)?;
    command.stdin(stdin).stdout(stdout).stderr(stderr).kill_on_drop(true);
    leave_the_terminal(&mut command);
    let mut child = command.spawn().map_err(|source| BotError::Start {
        executable: executable.to_owned(),
        source,
    })?;
    // With it go our own copies of the pipes' other ends: the readers see the end when the child is gone.
    drop(command);
    let stderr = Tail::default();
    let tail = stderr.clone();
    read_apart("bot's stderr", move || tail.follow(complained))?;
    let (first_line, line) = oneshot::channel();
    read_apart("bot's stdout", move || read_first_line(said, first_line))?;
    let line = match timeout(START_LIMIT, line).await {
        Ok(line) => line.unwrap_or_else(|_| Ok(String::new())).map_err(BotError::Pipe)?,
        Err(_) => return Err(BotError::TooSlow { stderr: stderr.text() }),
    };
    if line.is_empty() {
        let status = child.wait().await.map_err(BotError::Pipe)?;
        return Err(BotError::Ended {
            status,
            stderr: stderr.whole().await,
        });
    }
    match serde_json::from_str(&line) {
        Ok(Listening { listening }) => Ok(ChildBot {
            url: listening.trim_end_matches('/').to_owned(),
            child,
            stdin: Some(told),
            stderr,
        }),
        Err(_) => Err(BotError::NotUnderstood {
            found: line,
            stderr: stderr.text(),
        }),
    }
}

impl ChildBot {
    /// The newest of what it said on stderr.
    pub fn stderr(&self) -> String {
        self.stderr.text()
    }

    /// Tells it that the load begins after this time: from there its facts' changes count.
    ///
    /// # Errors
    /// When it is gone.
    pub fn tell_of_the_load(&self, begins_in: Duration) -> Result<(), BotError> {
        let line = serde_json::json!({"load_begins_in_ms": begins_in.as_secs_f64() * 1_000.0});
        let Some(mut stdin) = self.stdin.as_ref() else {
            return Ok(());
        };
        writeln!(stdin, "{line}").map_err(BotError::Pipe)
    }

    /// The process's number, as long as it runs.
    pub fn process_id(&self) -> Option<u32> {
        self.child.id()
    }

    /// Its end, if it has ended although nobody asked it to.
    ///
    /// # Errors
    /// When the system cannot tell.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>, BotError> {
        self.child.try_wait().map_err(BotError::Pipe)
    }

    /// Asks it to stop, and kills it if it has not after five seconds.
    ///
    /// # Errors
    /// When it cannot be killed or waited for.
    pub async fn stop(mut self) -> Result<ExitStatus, BotError> {
        drop(self.stdin.take());
        match timeout(STOP_LIMIT, self.child.wait()).await {
            Ok(status) => status.map_err(BotError::Pipe),
            Err(_) => {
                self.child.kill().await.map_err(BotError::Pipe)?;
                self.child.wait().await.map_err(BotError::Pipe)
            }
        }
    }
}

fn drain(pipe: &mut impl Read) {
    let mut buffer = [0; 256];
    loop {
        match pipe.read(&mut buffer) {
            Ok(0) => return,
            Err(error) if error.kind() != io::ErrorKind::Interrupted => return,
            Ok(_) | Err(_) => {}
        }
    }
}

/// Reads a pipe of the child on a thread of its own, so that the child never waits for room in it, whatever else this
/// process is busy with. The thread ends with the child.
fn read_apart(name: &str, read: impl FnOnce() + Send + 'static) -> Result<(), BotError> {
    let thread = std::thread::Builder::new().name(name.to_owned()).spawn(read);
    thread.map(drop).map_err(BotError::Pipe)
}

/// Tells the first line, without its end; empty when there is none. What comes after it is read and thrown away.
fn read_first_line(stdout: PipeReader, told: oneshot::Sender<io::Result<String>>) {
    let mut line = Vec::new();
    let mut limited = BufReader::new(stdout).take(LINE_LIMIT);
    let read = limited.read_until(b'\n', &mut line);
    let line = read.map(|_| String::from_utf8_lossy(&line).trim().to_owned());
    // Whoever no longer waits does not need it.
    told.send(line).ok();
    drain(&mut limited.into_inner());
}

/// The newest bytes of a stream.
#[derive(Debug, Clone, Default)]
struct Tail {
    bytes: Arc<Mutex<VecDeque<u8>>>,
    is_whole: Arc<tokio::sync::Notify>,
}

impl Tail {
    fn follow(self, mut pipe: PipeReader) {
        let mut buffer = [0; 1 << 10];
        while let Ok(count @ 1..) = pipe.read(&mut buffer) {
            let mut bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
            bytes.extend(&buffer[..count]);
            let excess = bytes.len().saturating_sub(STDERR_KEPT);
            bytes.drain(..excess);
        }
        self.is_whole.notify_one();
    }

    fn text(&self) -> String {
        let bytes = self.bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes: Vec<u8> = bytes.iter().copied().collect();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// All that came, of a process that has ended; its own children may hold the pipe open, so not for ever.
    async fn whole(&self) -> String {
        timeout(Duration::from_millis(500), self.is_whole.notified()).await.ok();
        self.text()
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    async fn start_script(script: &str) -> Result<ChildBot, BotError> {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", script]);
        start_command(command, Path::new("/bin/sh")).await
    }

    #[tokio::test]
    async fn a_bot_is_reached_where_it_says_and_stops_when_its_stdin_closes() {
        let script = r#"echo '{"listening": "http://127.0.0.1:40123/"}'; cat >/dev/null; exit 7"#;
        let mut bot = start_script(script).await.unwrap();
        assert_eq!(bot.url, "http://127.0.0.1:40123");
        assert!(bot.ended().unwrap().is_none());
        assert_eq!(bot.stop().await.unwrap().code(), Some(7));
    }

    #[tokio::test]
    async fn a_bot_is_told_when_the_load_begins() {
        let script = r#"echo '{"listening": "http://127.0.0.1:40123/"}'; read line; echo "$line" >&2; cat >/dev/null"#;
        let bot = start_script(script).await.unwrap();
        bot.tell_of_the_load(Duration::from_millis(97)).unwrap();
        let stderr = bot.stderr.clone();
        bot.stop().await.unwrap();
        assert_eq!(stderr.whole().await.trim(), r#"{"load_begins_in_ms":97.0}"#);
    }

    #[tokio::test]
    async fn an_interrupt_at_the_terminal_does_not_reach_the_bot() {
        let script = r#"echo '{"listening": "http://127.0.0.1:40123/"}'; cat >/dev/null"#;
        let bot = start_script(script).await.unwrap();
        let id = rustix::process::Pid::from_raw(bot.child.id().unwrap().cast_signed()).unwrap();
        // A terminal interrupts the process group in its foreground, which is ours.
        assert_eq!(rustix::process::getpgid(Some(id)).unwrap(), id);
        assert_ne!(rustix::process::getpgrp(), id);
        bot.stop().await.unwrap();
    }

    #[tokio::test]
    async fn a_bot_that_ends_at_once_is_an_error_with_what_it_said() {
        let error = start_script("echo 'no such scenario' >&2; exit 104").await.unwrap_err();
        insta::assert_snapshot!(error, @r"
        the built-in bot ended before it listened (exit status: 104); it said:
        no such scenario
        ");
    }

    #[tokio::test]
    async fn a_bot_that_says_something_else_is_an_error() {
        let error = start_script("echo hello; cat >/dev/null").await.unwrap_err();
        insta::assert_snapshot!(error, @r#"the built-in bot did not tell where it listens, found "hello""#);
    }

    #[tokio::test]
    async fn an_executable_that_is_not_there_is_named() {
        let error = start(Path::new("/nowhere/throng"), Path::new("x.yaml"), None)
            .await
            .unwrap_err();
        insta::assert_snapshot!(error, @"start the built-in bot: /nowhere/throng");
    }

    /// The runtime that started the bot stands still during a load: nobody drives it.
    #[test]
    fn a_bot_that_talks_all_the_time_never_waits_for_room_in_its_pipes() {
        let script = r#"echo '{"listening": "http://127.0.0.1:40123/"}'
            i=0; while [ $i -lt 20000 ]; do echo "line $i"; echo "line $i" >&2; i=$((i+1)); done; exit 5"#;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let mut bot = runtime.block_on(start_script(script)).unwrap();
        let begun = std::time::Instant::now();
        let status = loop {
            assert!(begun.elapsed() < Duration::from_secs(60), "the bot is stuck");
            match bot.ended().unwrap() {
                Some(status) => break status,
                None => std::thread::yield_now(),
            }
        };
        assert_eq!(status.code(), Some(5));
    }

    #[tokio::test]
    async fn only_the_newest_of_what_it_says_is_kept() {
        let script = r#"i=0; while [ $i -lt 3000 ]; do echo "line $i" >&2; i=$((i+1)); done; exit 1"#;
        let BotError::Ended { stderr, .. } = start_script(script).await.unwrap_err() else {
            panic!("the script ends");
        };
        assert!(
            stderr.len() <= STDERR_KEPT && stderr.ends_with("line 2999\n"),
            "{} bytes",
            stderr.len()
        );
    }

    #[test]
    fn stdin_is_read_to_its_end() {
        let mut pipe = io::Cursor::new(vec![0; 1_000]);
        drain(&mut pipe);
        assert_eq!(pipe.position(), 1_000);
    }
}
