//! What was really done to each message, as `GET /truth` tells it.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use crate::scenario::Fault;

use super::message::{Id, Inbound};
use super::protocol::Protocol;
use super::recent::Recent;

/// Records kept; the counts go on.
const RECORDS: usize = 200_000;
/// Messages of which deliveries are counted.
const MESSAGES: usize = 1_000_000;

/// What was really done. The body of `GET /truth`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Truth {
    /// Messages that reached the bot, each counted once however often it was delivered.
    pub messages: u64,
    /// Deliveries of messages; what they exceed `messages` by is the load that retries made.
    pub deliveries: u64,
    /// Deliveries still being worked on or answered.
    pub open: u64,
    /// Deliveries whose answer the client did not wait for.
    pub cut: u64,
    /// Requests turned away before a message was read from them (bad signature, malformed body).
    pub rejected: u64,
    /// Closed deliveries by the fault that was applied; every fault has its entry.
    pub counts: BTreeMap<Fault, u64>,
    /// Closed deliveries by a fault that was drawn but had nothing to spoil: these were treated rightly.
    pub not_applied: BTreeMap<Fault, u64>,
    /// Records that were dropped for want of room, the oldest first.
    pub dropped_records: u64,
    /// The closed deliveries, in the order in which they closed; with `?customer=N` those of one customer.
    pub turns: Vec<Record>,
}

/// What was done to one delivery of one message. Times are in milliseconds.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Record {
    /// `RUN-CUSTOMER-TURN-FRAGMENT`, or the id as it came, or nothing if it had none.
    pub id: Option<String>,
    /// The customer's number, if the id tells it.
    pub customer: Option<u64>,
    /// The turn, from 1, if the id tells it.
    pub turn: Option<u16>,
    /// The message's position in the turn, from 1, if the id tells it.
    pub fragment: Option<u16>,
    /// The how manieth delivery of this message this was, from 1.
    pub delivery: u32,
    /// How it came.
    pub protocol: Option<Protocol>,
    /// The topic that the bot took it to be about.
    pub topic: Option<String>,
    /// What it said that the customer wants, in protocols that tell it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intent: Option<String>,
    /// The fault that was applied.
    pub fault: Option<Fault>,
    /// The fault that was drawn but had nothing to spoil.
    pub not_applied: Option<Fault>,
    /// Facts that the answer told as they were before a change: the bot had not noticed yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stale: Vec<String>,
    /// True when the queue was full or the wait too long.
    pub overrun: bool,
    /// When it was received, after the bot's start.
    pub received_at_ms: f64,
    /// How long it waited for a worker; null if the client left before that was known.
    pub waited_ms: Option<f64>,
    /// From received to the first visible text handed to the socket.
    pub first_text_ms: Option<f64>,
    /// Streams: the longest time between two pieces with visible text, as they were handed to the socket.
    pub longest_gap_ms: Option<f64>,
    /// From received to the last byte handed to the socket; of a cut one, until the client had left.
    pub delay_ms: f64,
    /// The HTTP status; null when nothing was said.
    pub status: Option<u16>,
    /// Bytes of the body handed to the socket.
    pub bytes: u64,
    /// Characters of the replies, in all, as the bot worded them.
    pub reply_chars: u64,
    /// True when the client left before the answer was complete.
    pub cut: bool,
}

/// Where the truth is written down.
#[derive(Debug)]
pub(super) struct Book {
    started_at: Instant,
    pages: Mutex<Pages>,
    /// Records kept at most.
    room: usize,
}

#[derive(Debug)]
struct Pages {
    counts: Truth,
    records: VecDeque<Record>,
    deliveries: Recent<u64, u32>,
}

impl Book {
    /// An empty one.
    pub(super) fn new() -> Book {
        Book::with_room(RECORDS)
    }

    fn with_room(room: usize) -> Book {
        let zeros: BTreeMap<Fault, u64> = Fault::ALL.into_iter().map(|fault| (fault, 0)).collect();
        Book {
            started_at: Instant::now(),
            pages: Mutex::new(Pages {
                counts: Truth {
                    counts: zeros.clone(),
                    not_applied: zeros,
                    ..Truth::default()
                },
                records: VecDeque::new(),
                deliveries: Recent::new(MESSAGES),
            }),
            room,
        }
    }

    /// Begins the record of a message that was just received.
    pub(super) fn open(self: &Arc<Self>, message: &Inbound) -> Entry {
        let received_at = Instant::now();
        let place = message.place();
        Entry {
            record: Record {
                id: message.id.as_ref().map(|id| id.text.clone()),
                customer: place.map(|place| place.customer),
                turn: place.map(|place| place.turn),
                fragment: place.map(|place| place.fragment),
                delivery: self.lock().deliver(message.id.as_ref()),
                protocol: Some(message.protocol),
                received_at_ms: milliseconds(received_at - self.started_at),
                cut: true,
                ..Record::default()
            },
            received_at,
            last_text_at: None,
            book: Arc::clone(self),
        }
    }

    /// Notes a request that held no message.
    pub(super) fn reject(&self) {
        self.lock().counts.rejected += 1;
    }

    /// All that is known, with the records of one customer or of all.
    pub(super) fn read(&self, customer: Option<u64>) -> Truth {
        let pages = self.lock();
        let is_wanted = |record: &&Record| customer.is_none() || record.customer == customer;
        Truth {
            turns: pages.records.iter().filter(is_wanted).cloned().collect(),
            ..pages.counts.clone()
        }
    }

    fn lock(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pages {
    /// Counts a delivery and tells the how manieth of its message it is.
    fn deliver(&mut self, id: Option<&Id>) -> u32 {
        let delivery = match id {
            None => 1,
            Some(id) => {
                let deliveries = self.deliveries.entry(id.key);
                *deliveries = deliveries.saturating_add(1);
                *deliveries
            }
        };
        self.counts.open += 1;
        self.counts.deliveries += 1;
        self.counts.messages += u64::from(delivery == 1);
        delivery
    }

    fn close(&mut self, record: Record, room: usize) {
        self.counts.open -= 1;
        self.counts.cut += u64::from(record.cut);
        if let Some(fault) = record.fault {
            *self.counts.counts.entry(fault).or_default() += 1;
        }
        if let Some(fault) = record.not_applied {
            *self.counts.not_applied.entry(fault).or_default() += 1;
        }
        if self.records.len() >= room {
            self.records.pop_front();
            self.counts.dropped_records += 1;
        }
        self.records.push_back(record);
    }
}

/// The record of a delivery that is still open. It closes when dropped: as cut, unless it was [completed](Entry::complete).
#[derive(Debug)]
pub(super) struct Entry {
    /// What is known so far.
    pub(super) record: Record,
    received_at: Instant,
    last_text_at: Option<Instant>,
    book: Arc<Book>,
}

impl Entry {
    /// Notes that the message waited this long for a worker.
    pub(super) fn waited(&mut self, waited: Duration) {
        self.record.waited_ms = Some(milliseconds(waited));
    }

    /// Notes bytes of the body, handed to the socket now.
    pub(super) fn hand(&mut self, bytes: usize, is_text: bool) {
        self.record.bytes += bytes as u64;
        if is_text {
            let now = Instant::now();
            match self.last_text_at.replace(now) {
                None => self.record.first_text_ms = Some(milliseconds(now - self.received_at)),
                Some(last) => {
                    let gap = milliseconds(now - last);
                    let longest = self.record.longest_gap_ms.get_or_insert(gap);
                    *longest = longest.max(gap);
                }
            }
        }
    }

    /// Notes that all was done that the bot meant to do.
    pub(super) fn complete(&mut self) {
        self.record.delay_ms = milliseconds(self.received_at.elapsed());
        self.record.cut = false;
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        let mut record = std::mem::take(&mut self.record);
        if record.cut {
            record.delay_ms = milliseconds(self.received_at.elapsed());
        }
        self.book.lock().close(record, self.book.room);
    }
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(id: &str) -> Inbound {
        Inbound {
            id: (!id.is_empty()).then(|| Id::from_text(id)),
            customer: None,
            text: String::new(),
            media: None,
            protocol: Protocol::Generic,
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_record_is_cut_unless_it_was_completed() {
        let book = Arc::new(Book::new());
        let mut told = book.open(&message("48213-1-1-1"));
        let left = book.open(&message("48213-2-1-1"));
        tokio::time::advance(Duration::from_millis(40)).await;
        told.hand(10, true);
        told.complete();
        tokio::time::advance(Duration::from_millis(60)).await;
        assert_eq!(book.read(None).open, 2);
        drop((told, left));
        let truth = book.read(None);
        assert_eq!((truth.open, truth.cut, truth.messages, truth.deliveries), (0, 1, 2, 2));
        let seen: Vec<_> = truth
            .turns
            .iter()
            .map(|record| (record.cut, record.delay_ms, record.first_text_ms))
            .collect();
        assert_eq!(seen, [(false, 40.0, Some(40.0)), (true, 100.0, None)]);
    }

    #[tokio::test]
    async fn redeliveries_are_counted_per_message_and_messages_without_id_are_each_new() {
        let book = Arc::new(Book::new());
        for id in ["48213-1-1-1", "48213-1-1-1", "48213-1-1-2", "", ""] {
            drop(book.open(&message(id)));
        }
        let truth = book.read(None);
        assert_eq!((truth.messages, truth.deliveries), (4, 5));
        assert_eq!(
            truth.turns.iter().map(|record| record.delivery).collect::<Vec<_>>(),
            [1, 2, 1, 1, 1]
        );
        assert_eq!(book.read(Some(1)).turns.len(), 3);
        assert_eq!(book.read(Some(9)).turns.len(), 0);
    }

    #[tokio::test]
    async fn the_oldest_records_make_room_and_the_counts_stay_complete() {
        let book = Arc::new(Book::with_room(3));
        for turn in 1..=10 {
            let mut entry = book.open(&message(&format!("48213-1-{turn}-1")));
            entry.record.fault = Some(Fault::Empty);
            entry.complete();
        }
        let truth = book.read(None);
        assert_eq!(
            truth.turns.iter().map(|record| record.turn).collect::<Vec<_>>(),
            [Some(8), Some(9), Some(10)]
        );
        assert_eq!(
            (truth.dropped_records, truth.messages, truth.counts[&Fault::Empty]),
            (7, 10, 10)
        );
        assert_eq!(truth.counts[&Fault::Silent], 0);
    }
}
