//! A thread that writes transcripts while the run goes on. It may fall behind; it never holds the run up.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::RecvTimeoutError;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::keep::{Decision, Room, Selection, has_failed};
use super::open::{Conversation, EndedConversation, OpenConversations, bytes_of};
use super::store::Store;
use super::{ArchiveError, Names, RunFolder};
use crate::backlog::{Inlet, Outlet, backlog};
use crate::conversation::{RunKey, Turn};
use crate::quality::TurnScore;
use crate::scenario::{Scenario, Transcripts};
use crate::verdict::Second;

/// What is written becomes visible to readers after at most this time.
const COMMIT_EVERY: Duration = Duration::from_secs(1);

/// What to keep, and how much room to take for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The scenario's name.
    pub scenario: String,
    /// The names that the tables speak of.
    pub names: Names,
    /// Draws the sample.
    pub seed: u64,
    /// Its order numbers are not masked.
    pub key: RunKey,
    /// Which conversations are kept.
    pub transcripts: Transcripts,
    /// How many conversations that failed are kept, first come first: 10,000.
    pub keep_failed: usize,
    /// How many of the others are kept: 10,000.
    pub keep_others: usize,
    /// How many customers will come, if that is known.
    pub expected: Option<u64>,
    /// Bytes of open conversations that wait in memory until it is known whether they are kept: 256 MiB.
    pub held: usize,
    /// Bytes of kept conversations, texts included: 1 GiB.
    pub kept: usize,
    /// Bytes of records that wait for the writer: 64 MiB.
    pub queue: usize,
}

/// Something to be written.
#[derive(Debug)]
pub enum Record {
    /// A closed turn, with its score unless scoring fell behind.
    Turn(Box<Turn>, Option<Box<TurnScore>>),
    /// A conversation is over. It may come before its turns.
    Ended(EndedConversation),
    /// Seconds of the run; one that came before is replaced.
    Seconds(Vec<Second>),
}

/// What was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kept {
    /// Conversations that failed.
    pub failed: u64,
    /// The sample of all others.
    pub others: u64,
    /// Conversations that could not be considered, because writing fell behind.
    pub overflow: u64,
    /// Conversations that were not considered, because those kept take all the room that there is for them.
    pub without_room: u64,
}

/// The thread and the way to it.
#[derive(Debug)]
pub struct ArchiveWriter {
    queue: Inlet<Order>,
    thread: JoinHandle<Result<Kept, rusqlite::Error>>,
    keeps_conversations: bool,
    overflow: Arc<AtomicU64>,
    path: PathBuf,
}

#[derive(Debug)]
enum Order {
    Write(Record),
    Finish(Vec<Second>),
}

impl Record {
    /// Whose conversation it belongs to.
    fn customer(&self) -> Option<u64> {
        match self {
            Record::Turn(turn, _) => Some(turn.customer),
            Record::Ended(ended) => Some(ended.customer),
            Record::Seconds(_) => None,
        }
    }

    /// What it takes in memory.
    fn bytes(&self) -> usize {
        let own = size_of::<Record>();
        match self {
            Record::Turn(turn, score) => own + bytes_of(turn, score.as_deref()),
            Record::Ended(_) => own,
            Record::Seconds(seconds) => own + size_of_val(seconds.as_slice()),
        }
    }
}

impl Settings {
    /// Those of a scenario.
    pub fn of(scenario: &Scenario) -> Settings {
        Settings {
            scenario: scenario.file.scenario.clone(),
            names: Names::of(scenario),
            seed: scenario.file.seed,
            key: scenario.run_key(),
            transcripts: scenario.file.transcripts,
            keep_failed: 10_000,
            keep_others: 10_000,
            expected: None,
            held: 256 << 20,
            kept: 1 << 30,
            queue: 64 << 20,
        }
    }
}

impl ArchiveWriter {
    /// Makes `run.sqlite` and starts the thread.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn start(folder: &RunFolder, settings: &Settings) -> Result<ArchiveWriter, ArchiveError> {
        let path = folder.database();
        let store = Store::create(&path, settings).map_err(|source| write_error(path.clone(), source))?;
        ArchiveWriter::run(store, path, settings)
    }

    fn run(store: Store, path: PathBuf, settings: &Settings) -> Result<ArchiveWriter, ArchiveError> {
        let (queue, orders) = backlog(settings.queue);
        let overflow = Arc::new(AtomicU64::new(0));
        let desk = Desk::new(store, settings, Arc::clone(&overflow));
        let thread = std::thread::Builder::new()
            .name("archive".to_owned())
            .spawn(move || desk.work(&orders))
            .map_err(|source| ArchiveError::Write {
                path: path.clone(),
                source,
            })?;
        Ok(ArchiveWriter {
            queue,
            thread,
            keeps_conversations: settings.transcripts != Transcripts::None,
            overflow,
            path,
        })
    }

    /// Hands a record over; never blocks. False when there was no room: the record is gone, and its conversation will
    /// not be kept. Seconds always find room: they are few and small, and reports draw them.
    pub fn offer(&self, record: Record) -> bool {
        let bytes = record.bytes();
        match &record {
            Record::Seconds(_) => self.queue.insist(Order::Write(record)).is_ok(),
            Record::Turn(..) | Record::Ended(_) if !self.keeps_conversations => true,
            Record::Turn(..) => self.queue.offer(Order::Write(record), bytes).is_ok(),
            Record::Ended(_) => {
                let taken = self.queue.offer(Order::Write(record), bytes).is_ok();
                // Without its ending, the thread never learns that there was a conversation to count.
                self.miss_endings(u64::from(!taken));
                taken
            }
        }
    }

    /// Counts conversations whose ending was lost on the way here, so that nobody else can count them.
    pub fn miss_endings(&self, endings: u64) {
        if self.keeps_conversations {
            self.overflow.fetch_add(endings, Ordering::Relaxed);
        }
    }

    /// Conversations that could not be considered so far, because writing fell behind.
    pub fn overflow(&self) -> u64 {
        self.overflow.load(Ordering::Relaxed)
    }

    /// Writes what is still waiting and the timeline as it is at the end, which replaces the seconds offered before; then
    /// closes the file.
    ///
    /// # Errors
    /// The first trouble with the file (a full disk, say). What was written before it is there.
    pub fn finish(self, timeline: Vec<Second>) -> Result<Kept, ArchiveError> {
        let told = self.queue.insist(Order::Finish(timeline));
        match self.thread.join() {
            Ok(kept) if told.is_ok() => kept.map_err(|source| write_error(self.path, source)),
            _ => Err(ArchiveError::WriterDied { path: self.path }),
        }
    }
}

/// Where the thread works.
struct Desk {
    store: Store,
    open: OpenConversations,
    selection: Selection,
    room: Room,
    without_room: u64,
    overflow: Arc<AtomicU64>,
    /// The first error. From then on nothing is written but the timeline at the end, so that a full disk is not filled again
    /// as soon as somebody has freed it.
    trouble: Option<rusqlite::Error>,
}

impl Desk {
    fn new(store: Store, settings: &Settings, overflow: Arc<AtomicU64>) -> Desk {
        let keep_others = match settings.transcripts {
            Transcripts::Sample => settings.keep_others,
            Transcripts::None | Transcripts::Failures => 0,
        };
        Desk {
            store,
            open: OpenConversations::new(settings.held),
            selection: Selection::new(settings.seed, settings.keep_failed, keep_others, settings.expected),
            room: Room::of(settings.kept),
            without_room: 0,
            overflow,
            trouble: None,
        }
    }

    fn work(mut self, orders: &Outlet<Order>) -> Result<Kept, rusqlite::Error> {
        let mut committed_at = Instant::now();
        let timeline = loop {
            match orders.next_within(COMMIT_EVERY) {
                Ok(Order::Write(record)) => self.take(record),
                Ok(Order::Finish(timeline)) => break timeline,
                Err(RecvTimeoutError::Timeout) => {}
                // The run ended without a last word; what came is still worth keeping.
                Err(RecvTimeoutError::Disconnected) => break Vec::new(),
            }
            if committed_at.elapsed() >= COMMIT_EVERY {
                self.attempt(Store::commit);
                committed_at = Instant::now();
            }
        };
        self.close(&timeline)
    }

    fn take(&mut self, record: Record) {
        if let Some(customer) = record.customer().filter(|customer| !self.selection.may_keep(*customer)) {
            // Whatever else comes of them, they need no room while it does.
            return self.open.forget(customer);
        }
        let lost = self.open.lost();
        let whole = match record {
            Record::Turn(turn, score) => self.open.add_turn((*turn, score.map(|score| *score))),
            Record::Ended(ended) => self.open.add_ending(ended),
            Record::Seconds(seconds) => {
                self.attempt(|store| store.begin().and_then(|()| store.write_seconds(&seconds)));
                None
            }
        };
        self.overflow.fetch_add(self.open.lost() - lost, Ordering::Relaxed);
        if let Some(conversation) = whole {
            self.judge(&conversation);
        }
    }

    fn judge(&mut self, conversation: &Conversation) {
        let (customer, failed) = (conversation.ended.customer, has_failed(conversation));
        let bytes = conversation.bytes();
        if !self.room.has(bytes) {
            self.without_room += 1;
            return;
        }
        if let Decision::Keep { instead_of } = self.selection.decide(customer, failed) {
            self.room.exchange(instead_of, customer, bytes);
            self.attempt(|store| {
                store.begin()?;
                instead_of.map_or(Ok(()), |evicted| store.remove(evicted))?;
                store.keep(conversation, failed)
            });
        }
    }

    fn attempt(&mut self, write: impl FnOnce(&Store) -> Result<(), rusqlite::Error>) {
        if self.trouble.is_none() {
            self.trouble = write(&self.store).err();
            if self.trouble.is_some() {
                // Half a conversation is worse than none. Where SQLite has rolled back already, there is nothing to do.
                drop(self.store.roll_back());
            }
        }
    }

    fn close(mut self, timeline: &[Second]) -> Result<Kept, rusqlite::Error> {
        let lost = self.open.lost();
        self.open.close();
        self.overflow.fetch_add(self.open.lost() - lost, Ordering::Relaxed);
        self.attempt(Store::commit);
        // The timeline is tried in any case: it is small, and reports draw it.
        let seconds = self.store.begin().and_then(|()| self.store.write_seconds(timeline));
        let closed = seconds.and_then(|()| self.store.close());
        match self.trouble {
            Some(trouble) => Err(trouble),
            None => closed.map(|()| Kept {
                failed: self.selection.failures(),
                others: self.selection.others(),
                overflow: self.overflow.load(Ordering::Relaxed),
                without_room: self.without_room,
            }),
        }
    }
}

fn write_error(path: PathBuf, source: rusqlite::Error) -> ArchiveError {
    ArchiveError::Database {
        doing: "write",
        path,
        source,
    }
}

#[cfg(test)]
mod tests;
