//! What being on time costs by itself: sends one fixed request whenever the next is due, with the HTTP library, the runtime and the timer
//! that throng has, reads the answer, and does nothing else.
//!
//! ```text
//! bare http://127.0.0.1:4321/chat 20000 5     requests a second, seconds
//! {"failed": 0, "schedule_lag_p99_ms": 0.28}
//! ```
//!
//! Like throng it wakes at most once in 500 us and keeps its connections. One thread.

use std::cell::{Cell, RefCell};
use std::error::Error;
use std::os::fd::OwnedFd;
use std::rc::Rc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::header::{CONTENT_TYPE, HOST};
use hyper::{Request, Uri};
use hyper_util::rt::TokioIo;
use rustix::time::{
    Itimerspec, TimerfdClockId, TimerfdFlags, TimerfdTimerFlags, Timespec, timerfd_create, timerfd_settime,
};
use serde_json::json;
use tokio::io::unix::AsyncFd;
use tokio::net::TcpStream;
use tokio::task::{LocalSet, spawn_local};

/// The message that every client of the comparison sends.
const BODY: &str = include_str!("../../../work/one-request.json");
/// The least time between two wakings.
const REST: Duration = Duration::from_micros(500);
/// As many are sent in one go before what they put on their way gets the thread.
const BATCH: usize = 16;
/// Longer than any answer of the comparison's server takes.
const DRAIN: Duration = Duration::from_millis(500);

type Connection = SendRequest<Full<Bytes>>;

/// Whom it asks, and what it has in hand.
struct Client {
    host: String,
    path: String,
    idle: RefCell<Vec<Connection>>,
    answered: Cell<u64>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let [url, rate, seconds] = std::env::args()
        .skip(1)
        .collect::<Vec<_>>()
        .try_into()
        .map_err(|_| "URL RATE SECONDS")?;
    let (url, rate, seconds) = (url.parse::<Uri>()?, rate.parse::<u64>()?, seconds.parse::<u64>()?);
    let client = Rc::new(Client {
        host: url.authority().ok_or("the URL has no host")?.to_string(),
        path: url.path().to_owned(),
        idle: RefCell::default(),
        answered: Cell::new(0),
    });
    let mut lags = LocalSet::new()
        .run_until(keep_up(&client, rate, rate * seconds))
        .await?;
    lags.sort_unstable();
    let p99 = lags.get((lags.len() * 99).div_ceil(100).saturating_sub(1));
    let failed = rate * seconds - client.answered.get();
    println!(
        "{}",
        json!({"failed": failed, "schedule_lag_p99_ms": p99.map(|lag| lag.as_secs_f64() * 1e3)})
    );
    Ok(())
}

/// Sends so many requests, each when it is due; tells how late each was.
#[expect(
    deprecated,
    reason = "its successor is unsafe for types that may lend a closed descriptor; OwnedFd never does"
)]
async fn keep_up(client: &Rc<Client>, rate: u64, count: u64) -> Result<Vec<Duration>, Box<dyn Error>> {
    let alarm = AsyncFd::new(timerfd_create(TimerfdClockId::Monotonic, TimerfdFlags::NONBLOCK)?)?;
    let start = Instant::now();
    let due = |number: u64| start + Duration::from_nanos(number * 1_000_000_000 / rate);
    let (mut lags, mut woke_at) = (Vec::with_capacity(count as usize), start);
    while (lags.len() as u64) < count {
        let next = due(lags.len() as u64);
        if next > Instant::now() {
            wait_until(&alarm, next.max(woke_at + REST)).await?;
            woke_at = Instant::now();
        }
        let now = Instant::now();
        for _ in 0..BATCH {
            let number = lags.len() as u64;
            if number == count || due(number) > now {
                break;
            }
            lags.push(now - due(number));
            spawn_local(ask(client.clone()));
        }
        tokio::task::yield_now().await;
    }
    tokio::time::sleep(DRAIN).await;
    Ok(lags)
}

async fn wait_until(alarm: &AsyncFd<OwnedFd>, moment: Instant) -> std::io::Result<()> {
    loop {
        let wait = moment.saturating_duration_since(Instant::now());
        if wait.is_zero() {
            return Ok(());
        }
        let setting = Itimerspec {
            it_interval: Timespec { tv_sec: 0, tv_nsec: 0 },
            it_value: Timespec {
                tv_sec: wait.as_secs() as i64,
                tv_nsec: i64::from(wait.subsec_nanos()),
            },
        };
        timerfd_settime(alarm, TimerfdTimerFlags::empty(), &setting)?;
        alarm.readable().await?.clear_ready();
    }
}

/// One question and its answer; one that fails is not answered.
async fn ask(client: Rc<Client>) {
    if let Ok(connection) = exchange(&client).await {
        client.idle.borrow_mut().push(connection);
        client.answered.set(client.answered.get() + 1);
    }
}

async fn exchange(client: &Client) -> Result<Connection, Box<dyn Error>> {
    let idle = client.idle.borrow_mut().pop();
    let mut connection = match idle {
        Some(connection) => connection,
        None => connect(&client.host).await?,
    };
    let request = Request::post(client.path.as_str())
        .header(HOST, client.host.as_str())
        .header(CONTENT_TYPE, "application/json")
        .body(Full::new(Bytes::from_static(BODY.as_bytes())))?;
    let response = connection.send_request(request).await?;
    if !response.status().is_success() {
        return Err("the server refused".into());
    }
    response.into_body().collect().await?;
    Ok(connection)
}

async fn connect(host: &str) -> Result<Connection, Box<dyn Error>> {
    let stream = TcpStream::connect(host).await?;
    stream.set_nodelay(true)?;
    let (connection, driver) = handshake(TokioIo::new(stream)).await?;
    spawn_local(async move {
        // Whoever asks next on it is told.
        let _ = driver.await;
    });
    Ok(connection)
}
