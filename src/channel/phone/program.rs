//! SIPp at work: one process for all calls of a line, each of which begins when it is told to.
//!
//! ```text
//!  throng --- begin, end: Call-ID: ...7-1-1@throng-48213-7 (TCP, as from the other half of a pair: -3pcc) ---> SIPp ---> the server
//!         <-- its log of the wire (-trace_msg), read by a thread of its own --------------------+
//! ```
//!
//! A shell ends SIPp when its own standard input ends: also when throng is killed, no process is left behind.

use std::collections::{HashMap, HashSet};
use std::io::{self, BufReader, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::{Instant, sleep};

use super::super::{connection::ConnectError, now_ms};
use super::call_log::{self, Entry, Heard};
use crate::wire::CallOutPlan;

/// SIPp takes some 5 ms until it listens to commands.
const STARTS_WITHIN: Duration = Duration::from_secs(5);
const LOOKS_EVERY: Duration = Duration::from_millis(2);
/// Starts SIPp with a scenario, and ends it when nobody holds this shell any more. Its end must show at the end of its log, so
/// nothing else keeps that open. A scenario may hold secrets, which would be seen by all among the arguments of a process. SIPp was seen
/// to hang for ever in what it does when it is told to end, so it has a second for that.
const KEEPER: &str = r#"printf %s "$THRONG_SCENARIO" | "$@" &
sipp=$!
exec 2>/dev/null
cat >/dev/null
kill $sipp
{ sleep 1; kill -9 $sipp; } &
wait $sipp
kill $!"#;
/// What SIPp says of a port that somebody else has.
const TAKEN: &str = "already in use";
const ATTEMPTS: u8 = 4;
/// So much time is there to end all calls.
const HANGS_UP_WITHIN: Duration = Duration::from_secs(1);
/// SIPp has so much time to end by itself; then it is ended.
const ENDS_WITHIN: Duration = Duration::from_secs(2);

/// A moment, and what was heard of a call then.
pub(super) type News = (Instant, Heard);

/// SIPp at work.
pub(super) struct Program {
    process: Child,
    started_at_ms: u64,
    commands: TcpStream,
    book: Arc<Mutex<Book>>,
    /// Tells when the log has ended.
    log_ended: Receiver<()>,
}

/// Who waits for news of which call.
#[derive(Default)]
struct Book {
    calls: HashMap<String, Waiting>,
    /// Calls that are not over and were not told to end, whether anybody waits for news of them or not.
    lasting: HashSet<String>,
    /// Those that were told to end when the line is closed.
    ending: HashSet<String>,
    /// What SIPp said of itself last.
    words: Option<String>,
    is_closed: bool,
}

struct Waiting {
    progress: u8,
    news: UnboundedSender<News>,
}

/// A call that is being made.
pub(super) struct Call {
    id: String,
    news: UnboundedReceiver<News>,
    book: Arc<Mutex<Book>>,
}

impl Program {
    /// Starts SIPp for calls to `server`. Ports that were free a moment ago may be taken by others before it has them.
    pub(super) async fn start(plan: &CallOutPlan, server: SocketAddr, is_tcp: bool) -> Result<Program, ConnectError> {
        let mut attempt = 1;
        loop {
            match Program::start_once(plan, server, is_tcp).await {
                Err(ConnectError::Lost(words)) if attempt < ATTEMPTS && words.contains(TAKEN) => attempt += 1,
                started => return started,
            }
        }
    }

    async fn start_once(plan: &CallOutPlan, server: SocketAddr, is_tcp: bool) -> Result<Program, ConnectError> {
        let failed = |error: &io::Error| ConnectError::of(&format!("`{}` cannot be started", plan.program), error);
        let here = way_to(server).map_err(|error| ConnectError::of("no way to the server", &error))?;
        let commands_at = free_port().map_err(|error| failed(&error))?;
        let mut process = spawn(plan, server, is_tcp, [here, commands_at]).map_err(|error| failed(&error))?;
        let book = Arc::new(Mutex::new(Book::default()));
        let log_ended = read_in_background(process.stderr.take(), Arc::clone(&book)).map_err(|error| failed(&error))?;
        match connect(commands_at, &book).await {
            Ok(commands) => Ok(Program {
                process,
                started_at_ms: now_ms(),
                commands,
                book,
                log_ended,
            }),
            Err(error) => {
                end(&mut process, &log_ended, ENDS_WITHIN);
                Err(error)
            }
        }
    }

    /// False once it has ended.
    pub(super) fn is_at_work(&self) -> bool {
        !open(&self.book).is_closed
    }

    /// What it said of itself.
    pub(super) fn words(&self) -> String {
        open(&self.book).words()
    }

    /// Begins a call, whose Call-ID says of whom it is; `of` is no other call's of this run.
    pub(super) fn call(&self, of: &str) -> io::Result<Call> {
        // No call of any other run has it either (RFC 3261, section 8.1.1.4): what is repeated is no call to the other side.
        let id = format!("{}-{of}", self.started_at_ms);
        let (news, receiver) = unbounded_channel();
        {
            let mut book = open(&self.book);
            if !book.is_closed {
                book.calls.insert(id.clone(), Waiting { progress: 0, news });
                book.lasting.insert(id.clone());
            }
        }
        let call = Call {
            id,
            news: receiver,
            book: Arc::clone(&self.book),
        };
        if let Err(error) = self.command(&call.id) {
            // It was never begun; a second command would begin it.
            open(&self.book).lasting.remove(&call.id);
            return Err(error);
        }
        Ok(call)
    }

    /// Ends a call that still rings or is held.
    pub(super) fn hang_up(&self, id: &str) {
        // To one that SIPp does not know any more, the command would be that to call again.
        let is_known = open(&self.book).lasting.remove(id);
        if is_known {
            // One that takes no commands has ended, or is ended with the line.
            self.command(id).unwrap_or_default();
        }
    }

    fn command(&self, id: &str) -> io::Result<()> {
        let command = format!("Call-ID: {id}\r\n\r\n\u{1b}");
        match (&self.commands).write(command.as_bytes())? {
            written if written == command.len() => Ok(()),
            // Half a command would be read with the next one.
            _ => {
                open(&self.book).close();
                Err(io::ErrorKind::WouldBlock.into())
            }
        }
    }

    /// Ends all calls, and waits until the other side was told.
    fn hang_up_all(&self) {
        let lasting = open(&self.book).lasting.clone();
        open(&self.book).ending.clone_from(&lasting);
        lasting.iter().for_each(|id| self.hang_up(id));
        let until = std::time::Instant::now() + HANGS_UP_WITHIN;
        while std::time::Instant::now() < until && !open(&self.book).ending.is_empty() {
            std::thread::sleep(LOOKS_EVERY);
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        if self.is_at_work() {
            self.hang_up_all();
        }
        end(&mut self.process, &self.log_ended, ENDS_WITHIN);
    }
}

impl Call {
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// The next news; nothing once SIPp has ended.
    pub(super) async fn next(&mut self) -> Option<News> {
        self.news.recv().await
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        open(&self.book).calls.remove(&self.id);
    }
}

impl Book {
    fn note(&mut self, entry: Entry) {
        match entry {
            Entry::Of(id, heard) => {
                if matches!(heard, Heard::TurnedAway(..) | Heard::Over) {
                    self.lasting.remove(&id);
                    self.ending.remove(&id);
                }
                let waiting = self
                    .calls
                    .get_mut(&id)
                    .filter(|waiting| waiting.progress < heard.progress());
                if let Some(waiting) = waiting {
                    waiting.progress = heard.progress();
                    // Nobody waits any more.
                    let _gone = waiting.news.send((Instant::now(), heard)).is_err();
                }
            }
            Entry::Words(words) => self.words = Some(words),
            Entry::Other => {}
        }
    }

    /// Whoever still waits hears that there is no more to come.
    fn close(&mut self) {
        self.is_closed = true;
        self.calls.clear();
        self.lasting.clear();
        self.ending.clear();
    }

    fn words(&self) -> String {
        let words = self.words.clone();
        words.unwrap_or_else(|| "SIPp ended without a word".to_owned())
    }
}

fn open(book: &Mutex<Book>) -> MutexGuard<'_, Book> {
    book.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The address, with a free port, from which this machine reaches `server`. Sends nothing.
fn way_to(server: SocketAddr) -> io::Result<SocketAddr> {
    let any: SocketAddr = match server {
        SocketAddr::V4(_) => (Ipv4Addr::UNSPECIFIED, 0).into(),
        SocketAddr::V6(_) => (std::net::Ipv6Addr::UNSPECIFIED, 0).into(),
    };
    let socket = UdpSocket::bind(any)?;
    socket.connect(server)?;
    socket.local_addr()
}

/// A port at which SIPp can listen to commands.
fn free_port() -> io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()
}

fn spawn(
    plan: &CallOutPlan,
    server: SocketAddr,
    is_tcp: bool,
    [here, commands_at]: [SocketAddr; 2],
) -> io::Result<Child> {
    let mut command = Command::new("/bin/sh");
    command
        .env("THRONG_SCENARIO", &plan.scenario)
        .args(["-c", KEEPER, "sh", &plan.program])
        .arg(server.to_string())
        .args(["-sf", "/dev/stdin", "-nostdin"])
        .args(["-trace_msg", "-message_file", "/dev/stderr"])
        .args(["-3pcc", &commands_at.to_string(), "-ci", "127.0.0.1"])
        .args(["-i", &here.ip().to_string(), "-p", &here.port().to_string()])
        .args(["-t", if is_tcp { "t1" } else { "u1" }])
        .current_dir(std::env::temp_dir())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    // Ctrl-C in a terminal goes to all of a process group, and would end the calls that are still to be carried to their end.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command.spawn()
}

/// Connects as the one who commands.
async fn connect(commands_at: SocketAddr, book: &Mutex<Book>) -> Result<TcpStream, ConnectError> {
    let until = Instant::now() + STARTS_WITHIN;
    loop {
        match TcpStream::connect(commands_at) {
            // A port that nobody listens at may connect to itself.
            Ok(commands) if commands.local_addr().is_ok_and(|local| local != commands_at) => {
                let set_up = commands.set_nodelay(true).and_then(|()| commands.set_nonblocking(true));
                set_up.map_err(|error| ConnectError::of("cannot set up SIPp's socket", &error))?;
                return Ok(commands);
            }
            _ if open(book).is_closed => return Err(ConnectError::Lost(open(book).words())),
            _ if Instant::now() >= until => {
                let words = format!("SIPp does not listen within {} s", STARTS_WITHIN.as_secs());
                return Err(ConnectError::Lost(words));
            }
            _ => sleep(LOOKS_EVERY).await,
        }
    }
}

/// Reads the log as it grows, so that SIPp never waits for a reader and every entry has the moment at which it came.
fn read_in_background(log: Option<ChildStderr>, book: Arc<Mutex<Book>>) -> io::Result<Receiver<()>> {
    let (ended, log_ended) = sync_channel(1);
    let mut log = BufReader::new(log.ok_or(io::ErrorKind::BrokenPipe)?);
    std::thread::Builder::new().name("sipp".to_owned()).spawn(move || {
        while let Ok(Some(entry)) = call_log::next(&mut log) {
            open(&book).note(entry);
        }
        open(&book).close();
        // Whoever waited for it may have gone.
        ended.send(()).unwrap_or_default();
    })?;
    Ok(log_ended)
}

/// Waits until the process has ended, for at most so long; then ends it.
fn end(process: &mut Child, log_ended: &Receiver<()>, patience: Duration) {
    drop(process.stdin.take());
    let until = std::time::Instant::now() + patience;
    let _in_time = log_ended.recv_timeout(patience).is_ok();
    while let Ok(None) = process.try_wait() {
        if std::time::Instant::now() >= until {
            // It may have ended by itself just now.
            process.kill().unwrap_or_default();
            break;
        }
        std::thread::sleep(LOOKS_EVERY);
    }
    let _reaped = process.wait().is_ok();
}
