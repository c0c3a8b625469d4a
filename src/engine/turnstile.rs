//! Hands the customers of a closed workload over to the shards, each when the one before has left.
//!
//! ```text
//!  member of the population --pass--> Turnstile --arrival--> Entrance (one per shard) --> Play
//!            ^                       next number                                           |
//!            +------------------------------ gone (the conversation is over) <-------------+
//! ```
//!
//! Who brings the members and when is another's business (`closed.rs`); who a customer is derives from seed and number.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::mpsc::error::TryRecvError;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tokio::time::sleep;

use super::Clock;
use super::open::WANT_LASTS;
use crate::scenario::Scenario;
use crate::simulation::{Arrival, Newcomers};

/// Where members of a population become customers, numbered in the order in which they come.
pub struct Turnstile {
    newcomers: Newcomers,
    entrances: Vec<UnboundedSender<HandedOver>>,
    next_customer: AtomicU64,
    handed_over: AtomicU64,
}

/// A shard's side of the turnstile: the customers whose number is the shard's.
pub struct Entrance {
    inbox: UnboundedReceiver<HandedOver>,
    next: Option<HandedOver>,
    /// Dropping a customer's token tells the member who brought them that they are gone, a word that they were refused.
    inside: HashMap<u64, oneshot::Sender<()>>,
    is_open: bool,
}

struct HandedOver {
    arrival: Arrival,
    inside: oneshot::Sender<()>,
}

impl Turnstile {
    /// A turnstile with an entrance for each of so many shards; the customer's number modulo their count tells which.
    pub fn new(scenario: &Arc<Scenario>, shards: u64) -> (Turnstile, Vec<Entrance>) {
        let (entrances, inboxes): (Vec<_>, Vec<_>) = (0..shards.max(1)).map(|_| unbounded_channel()).unzip();
        let turnstile = Turnstile {
            newcomers: Newcomers::new(scenario),
            entrances,
            next_customer: AtomicU64::new(0),
            handed_over: AtomicU64::new(0),
        };
        let entrance = |inbox| Entrance {
            inbox,
            next: None,
            inside: HashMap::new(),
            is_open: true,
        };
        (turnstile, inboxes.into_iter().map(entrance).collect())
    }

    /// Customers handed over so far: what a closed run counts as planned, since every one of them is started or not sent.
    pub fn handed_over(&self) -> u64 {
        self.handed_over.load(Ordering::Relaxed)
    }

    /// Sends the next customer in, due now, and returns when their conversation is over. Where nobody is let in any more
    /// it does not return, since whoever waits here has nothing else to do: the caller ends by dropping it.
    pub async fn pass(&self, clock: Clock) {
        let customer = self.next_customer.fetch_add(1, Ordering::Relaxed);
        let Some(arrival) = self.newcomers.arrival(customer, clock.now()) else {
            return std::future::pending().await;
        };
        let (inside, gone) = oneshot::channel();
        let shard = usize::try_from(customer % self.entrances.len() as u64).unwrap_or(0);
        if self.entrances[shard].send(HandedOver { arrival, inside }).is_err() {
            return std::future::pending().await;
        }
        self.handed_over.fetch_add(1, Ordering::Relaxed);
        // The other side drops its token when the customer has left; a word tells that they were never let in.
        if gone.await.is_ok() {
            sleep(WANT_LASTS).await;
        }
    }
}

impl Entrance {
    pub(super) fn next_due(&mut self) -> Option<Duration> {
        if self.next.is_none() {
            self.next = self.receive();
        }
        self.next.as_ref().map(|next| next.arrival.due_at)
    }

    pub(super) fn next(&mut self) -> Option<Arrival> {
        let HandedOver { arrival, inside } = self.next.take().or_else(|| self.receive())?;
        self.inside.insert(arrival.customer, inside);
        Some(arrival)
    }

    pub(super) fn is_open(&self) -> bool {
        self.is_open
    }

    pub(super) async fn changed(&mut self) {
        if self.next.is_some() {
            // Who is known of is let in when they are due; ready here, they would keep everybody else from their turn.
            return std::future::pending().await;
        }
        self.next = self.inbox.recv().await;
        self.is_open = self.next.is_some();
    }

    pub(super) fn close(&mut self) {
        self.inbox.close();
        self.is_open = false;
    }

    pub(super) fn gone(&mut self, customer: u64) {
        self.inside.remove(&customer);
    }

    /// This customer was not let in; whoever brought them is told, so that they do not come again at once.
    pub(super) fn refused(&mut self, customer: u64) {
        if let Some(member) = self.inside.remove(&customer) {
            // A member who has gone meanwhile needs no word.
            let _gone = member.send(()).is_err();
        }
    }

    /// The next hand-over that is there. Once closed, one that is under way is waited for: it is counted already.
    fn receive(&mut self) -> Option<HandedOver> {
        loop {
            match self.inbox.try_recv() {
                Ok(handed_over) => return Some(handed_over),
                Err(TryRecvError::Empty) if !self.is_open => std::thread::yield_now(),
                Err(_) => return None,
            }
        }
    }
}
