//! Whoever writes the words of the customers whom a model plays.
//!
//! A thread of its own asks the model, so that neither its network nor its answers delay a message. Whatever happens, each
//! question gets an answer within the time that is allowed: words, or why there are none. The engine goes on with the
//! customer's own words then.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::time::Instant;

use crate::channel::Speaker;
use crate::model::{Client, Message, ModelError, Question};
use crate::simulation::Role;

/// Questions that wait for the author at the most; more find it busy.
const WAITING: usize = 256;

/// The longest answer. Unit: tokens; a customer's words take a few dozen.
const MOST_TOKENS: u32 = 300;

/// Why there are no words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unwritten {
    /// Too many questions waited already.
    Busy,
    /// The time was over.
    TooSlow,
    /// The endpoint could not be reached, or broke off.
    Unreachable,
    /// The endpoint said no.
    Refused,
    /// What came was no answer, or no words that a customer would send.
    Malformed,
    /// The budget is spent.
    BudgetSpent,
}

impl Unwritten {
    /// Every reason.
    pub const ALL: [Unwritten; 6] = [
        Unwritten::Busy,
        Unwritten::TooSlow,
        Unwritten::Unreachable,
        Unwritten::Refused,
        Unwritten::Malformed,
        Unwritten::BudgetSpent,
    ];

    /// The word as reports spell it.
    pub fn word(self) -> &'static str {
        match self {
            Unwritten::Busy => "busy",
            Unwritten::TooSlow => "too_slow",
            Unwritten::Unreachable => "unreachable",
            Unwritten::Refused => "refused",
            Unwritten::Malformed => "malformed",
            Unwritten::BudgetSpent => "budget_spent",
        }
    }
}

/// How the author works.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Manner {
    /// How long a question may take, waiting for its turn included.
    pub timeout: Duration,
    /// Questions to the model at once; at least 1.
    pub at_once: u16,
    /// How freely it writes, 0 to 2.
    pub temperature: f64,
}

/// A hand on the author; cheap to copy. The author is gone with the last one.
#[derive(Debug, Clone)]
pub struct Author {
    commissions: mpsc::Sender<Commission>,
    temperature: f64,
    books: Arc<Books>,
}

/// What is asked, and where the answer goes.
#[derive(Debug)]
pub(super) struct Commission {
    question: Question,
    asked_at: Instant,
    pub(super) written: oneshot::Sender<Result<String, Unwritten>>,
}

#[derive(Debug, Default)]
struct Books {
    asked: AtomicU64,
    written: AtomicU64,
    unwritten: [AtomicU64; Unwritten::ALL.len()],
}

/// What the author did so far; `asked` = `written` + all of `unwritten` + what it is still at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Authored {
    /// Answers of the bot for which words were wanted.
    pub asked: u64,
    /// Words that customers said, or took as a reason to leave.
    pub written: u64,
    /// Why there were none, in the order of [`Unwritten::ALL`].
    pub unwritten: [u64; Unwritten::ALL.len()],
}

impl Author {
    /// Starts an author at this model.
    ///
    /// # Errors
    /// When the system gives no thread or no runtime.
    pub fn start(client: Arc<Client>, manner: Manner) -> io::Result<Author> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (author, desk) = Author::with_desk(manner.temperature);
        std::thread::Builder::new()
            .name("author".to_owned())
            .spawn(move || runtime.block_on(work(desk, client, manner)))?;
        Ok(author)
    }

    /// An author whose work is done by whoever has the desk.
    pub(super) fn with_desk(temperature: f64) -> (Author, mpsc::Receiver<Commission>) {
        let (commissions, desk) = mpsc::channel(WAITING);
        let author = Author {
            commissions,
            temperature,
            books: Arc::default(),
        };
        (author, desk)
    }

    /// Asks for words. The answer comes in any case.
    pub(super) fn ask(&self, role: Role, said: &[(Speaker, String)]) -> oneshot::Receiver<Result<String, Unwritten>> {
        self.books.asked.fetch_add(1, Ordering::Relaxed);
        let (written, answer) = oneshot::channel();
        let commission = Commission {
            question: question(role, said, self.temperature),
            asked_at: Instant::now(),
            written,
        };
        if let Err(refused) = self.commissions.try_send(commission) {
            // Nobody waits for an answer only when the conversation is over.
            let _gone = refused.into_inner().written.send(Err(Unwritten::Busy)).is_err();
        }
        answer
    }

    /// Takes note of how a question ended.
    pub(super) fn note(&self, written: Result<(), Unwritten>) {
        let count = match written {
            Ok(()) => &self.books.written,
            Err(why) => &self.books.unwritten[why as usize],
        };
        count.fetch_add(1, Ordering::Relaxed);
    }

    /// What was done so far.
    pub fn numbers(&self) -> Authored {
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
        Authored {
            asked: read(&self.books.asked),
            written: read(&self.books.written),
            unwritten: std::array::from_fn(|place| read(&self.books.unwritten[place])),
        }
    }
}

/// The bot speaks to the model, which is the customer.
fn question(role: Role, said: &[(Speaker, String)], temperature: f64) -> Question {
    let spoken = said.iter().map(|(speaker, text)| match speaker {
        Speaker::Customer => Message::new(crate::model::Role::Assistant, as_written(text)),
        Speaker::Bot => Message::new(crate::model::Role::User, text.clone()),
    });
    let instructions = Message::new(crate::model::Role::System, role.instructions);
    Question {
        messages: std::iter::once(instructions).chain(spoken).collect(),
        most_tokens: MOST_TOKENS,
        temperature,
        seed: Some(role.seed),
        wants_json: true,
    }
}

/// What the customer said, in the form in which the model is to go on.
fn as_written(text: &str) -> String {
    serde_json::json!({ "say": text }).to_string()
}

async fn work(mut desk: mpsc::Receiver<Commission>, client: Arc<Client>, manner: Manner) {
    let places = Arc::new(Semaphore::new(usize::from(manner.at_once.max(1))));
    while let Some(commission) = desk.recv().await {
        let ends_at = commission.asked_at + manner.timeout;
        let place = tokio::time::timeout_at(ends_at, Arc::clone(&places).acquire_owned()).await;
        let client = Arc::clone(&client);
        let Ok(Ok(place)) = place else {
            let _gone = commission.written.send(Err(Unwritten::TooSlow)).is_err();
            continue;
        };
        tokio::spawn(async move {
            let asking = tokio::time::timeout_at(ends_at, client.ask(&commission.question));
            let written = match asking.await {
                Ok(Ok(answer)) => Ok(answer.text),
                Ok(Err(error)) => Err(why(&error)),
                Err(_) => Err(Unwritten::TooSlow),
            };
            drop(place);
            let _gone = commission.written.send(written).is_err();
        });
    }
}

fn why(error: &ModelError) -> Unwritten {
    match error {
        ModelError::Budget(_) => Unwritten::BudgetSpent,
        ModelError::Refused { .. } | ModelError::WaitTooLong { .. } => Unwritten::Refused,
        ModelError::Malformed { .. } => Unwritten::Malformed,
        _ => Unwritten::Unreachable,
    }
}
