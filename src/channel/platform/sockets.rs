//! The sockets that a bot opened, and the messages on them.
//!
//! ```text
//!  a shard: deliver --> link in turn --> queue --> the socket's task --> the bot
//!              ^                                          |
//!              +-------- acknowledged, by message <-------+
//! ```
//!
//! A message that waits for a socket, for room in its queue or for its acknowledgement is held by whoever delivers it, so
//! there are never more than are open.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, mpsc, oneshot};
use tokio::time::{Instant, sleep_until, timeout_at};
use tokio_util::sync::CancellationToken;

use super::counts::SocketCounts;
use super::tokens::Tokens;
use crate::conversation::{MessageId, scramble};
use crate::scenario::{DialIn, Sharing};
use crate::wire::DialInPlan;

/// Frames that wait for one socket; more wait at those who deliver.
const QUEUE: usize = 64;

/// The sockets of one channel's bot.
#[derive(Debug)]
pub(in crate::channel) struct Sockets {
    pub(super) plan: DialInPlan,
    pub(super) rules: DialIn,
    pub(super) tickets: Mutex<Tokens>,
    pub(super) counts: Mutex<SocketCounts>,
    links: Mutex<Vec<Arc<Link>>>,
    turn: AtomicU64,
    opened: Notify,
    expected: Mutex<HashMap<Place, oneshot::Sender<Acknowledged>>>,
}

/// Customer, turn and fragment.
type Place = (u64, u16, u16);

/// The way to one socket.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) frames: mpsc::Sender<String>,
    /// When the bot was last heard.
    pub(super) heard_at: Mutex<Instant>,
    is_open: AtomicBool,
    is_leaving: AtomicBool,
    gone: CancellationToken,
}

/// A place among the sockets, given back when this is dropped.
#[derive(Debug)]
pub(super) struct Seat {
    pub(super) sockets: Arc<Sockets>,
    pub(super) link: Arc<Link>,
    pub(super) frames: mpsc::Receiver<String>,
}

/// The bot has a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::channel) struct Acknowledged {
    pub(in crate::channel) at: Instant,
    /// Why it failed, if it says so.
    pub(in crate::channel) error: Option<String>,
}

/// What became of one delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::channel) enum Fate {
    Acknowledged(Acknowledged),
    /// No socket was open.
    WithoutSocket,
    /// The socket closed before it was acknowledged.
    CutOff,
    /// Nobody acknowledged it in time.
    Unacknowledged,
}

impl Sockets {
    pub(super) fn new(plan: DialInPlan, rules: DialIn) -> Sockets {
        Sockets {
            plan,
            rules,
            tickets: Mutex::default(),
            counts: Mutex::default(),
            links: Mutex::default(),
            turn: AtomicU64::default(),
            opened: Notify::new(),
            expected: Mutex::default(),
        }
    }

    /// A place for one more socket, if there is any.
    pub(super) fn seat(self: &Arc<Self>) -> Option<Seat> {
        let mut links = lock(&self.links);
        if links.len() >= usize::from(self.rules.most) {
            return None;
        }
        let (sender, frames) = mpsc::channel(QUEUE);
        let link = Arc::new(Link {
            frames: sender,
            heard_at: Mutex::new(Instant::now()),
            is_open: AtomicBool::new(false),
            is_leaving: AtomicBool::new(false),
            gone: CancellationToken::new(),
        });
        links.push(Arc::clone(&link));
        Some(Seat {
            sockets: Arc::clone(self),
            link,
            frames,
        })
    }

    /// How many are open.
    pub(super) fn open(&self) -> usize {
        lock(&self.links).iter().filter(|link| link.is_open()).count()
    }

    /// Waits until a socket is open, until then at most. True if one is.
    pub(super) async fn wait_until_open(&self, by: Instant) -> bool {
        loop {
            // Before the look, so that none that opens in between is missed.
            let opened = self.opened.notified();
            if self.open() > 0 {
                return true;
            }
            if timeout_at(by, opened).await.is_err() {
                return false;
            }
        }
    }

    /// Hands the message to a socket and waits until the bot has acknowledged it, at most until `by`.
    pub(in crate::channel) async fn deliver(&self, message: MessageId, frame: String, by: Instant) -> Fate {
        let fate = self.fate(message, frame, by).await;
        let mut counts = lock(&self.counts);
        match &fate {
            Fate::Acknowledged(_) => counts.acknowledged += 1,
            Fate::WithoutSocket => counts.without_socket += 1,
            Fate::CutOff => counts.cut_off += 1,
            Fate::Unacknowledged => counts.unacknowledged += 1,
        }
        drop(counts);
        fate
    }

    async fn fate(&self, message: MessageId, frame: String, by: Instant) -> Fate {
        let waits = self.rules.waits.map_or(Duration::ZERO, |span| span.get());
        if !self.wait_until_open((Instant::now() + waits).min(by)).await {
            return Fate::WithoutSocket;
        }
        let Some(link) = self.next_link(message) else {
            return Fate::WithoutSocket;
        };
        let mut expected = self.expect(message);
        let acknowledged = async {
            if link.frames.send(frame).await.is_err() {
                return None;
            }
            (&mut expected.heard).await.ok()
        };
        tokio::select! {
            biased;
            acknowledged = acknowledged => acknowledged.map_or(Fate::CutOff, Fate::Acknowledged),
            () = link.gone.cancelled() => Fate::CutOff,
            () = sleep_until(by) => Fate::Unacknowledged,
        }
    }

    /// The socket for this message; one that will be closed only while there is no other.
    fn next_link(&self, message: MessageId) -> Option<Arc<Link>> {
        let links = lock(&self.links);
        let mut able: Vec<&Arc<Link>> = links.iter().filter(|link| link.stays()).collect();
        if able.is_empty() {
            able = links.iter().filter(|link| link.is_open()).collect();
        }
        let key = match self.rules.share {
            Sharing::InTurn => self.turn.fetch_add(1, Ordering::Relaxed),
            Sharing::AtRandom => scramble(message.number()),
        };
        let place = key.checked_rem(able.len() as u64)?;
        able.get(usize::try_from(place).ok()?).map(|link| Arc::clone(link))
    }

    fn expect(&self, message: MessageId) -> Expected<'_> {
        let place = place(message);
        let (sender, heard) = oneshot::channel();
        lock(&self.expected).insert(place, sender);
        Expected {
            sockets: self,
            place,
            heard,
        }
    }

    /// The bot says that it has this message; false when nobody waits for that.
    pub(super) fn acknowledge(&self, message: MessageId, acknowledged: Acknowledged) -> bool {
        let waiting = lock(&self.expected).remove(&place(message));
        waiting.is_some_and(|waiting| waiting.send(acknowledged).is_ok())
    }
}

/// Somebody who waits for an acknowledgement, until this is dropped.
struct Expected<'a> {
    sockets: &'a Sockets,
    place: Place,
    heard: oneshot::Receiver<Acknowledged>,
}

impl Drop for Expected<'_> {
    fn drop(&mut self) {
        lock(&self.sockets.expected).remove(&self.place);
    }
}

impl Link {
    fn is_open(&self) -> bool {
        self.is_open.load(Ordering::Relaxed)
    }

    fn stays(&self) -> bool {
        self.is_open() && !self.is_leaving.load(Ordering::Relaxed)
    }

    /// The bot was told that this socket will be closed.
    pub(super) fn leaves(&self) {
        self.is_leaving.store(true, Ordering::Relaxed);
    }

    /// The bot was heard.
    pub(super) fn hear(&self) {
        *lock(&self.heard_at) = Instant::now();
    }
}

impl Seat {
    /// From here on, messages take this socket.
    pub(super) fn opens(&self) {
        self.link.is_open.store(true, Ordering::Relaxed);
        lock(&self.sockets.counts).opened += 1;
        self.sockets.opened.notify_waiters();
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        lock(&self.sockets.links).retain(|link| !Arc::ptr_eq(link, &self.link));
        self.link.gone.cancel();
    }
}

fn place(message: MessageId) -> Place {
    (message.customer, message.turn, message.fragment)
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
