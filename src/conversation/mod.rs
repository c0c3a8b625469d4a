//! The words that all modules share: who said what, when, and how it ended.
//!
//! A **conversation** is all turns of one customer. A **turn** is what the customer says in one go (a burst of messages
//! and its nudges) and all that the bot sends for it. This module imports none of ours and holds no behaviour beyond
//! what a word means; the full list of words is `docs/GLOSSARY.md`.
//!
//! All instants (`*_at`) are durations since the run's start, so that a plan, a test with paused time and a live run
//! speak of time in the same way.

mod event;
mod fingerprint;
mod hindrance;
mod identity;
mod labels;
mod language;
mod media;
mod outcome;
mod scramble;
mod slot;
mod trouble;
mod turn;

pub use event::{Event, NotSent};
pub use fingerprint::fingerprint;
pub use hindrance::Hindrance;
pub use identity::{MessageId, ORDER_DIGITS, RunKey, customer_in_order_numbers, customer_named_by, order_numbers_in};
pub use labels::{Labels, Slice};
pub use language::Language;
pub use media::MediaKind;
pub use outcome::{Ending, Outcome};
pub use scramble::{ByName, ByNumber, scramble, scramble_text};
pub use slot::{Given, Mention, Slot, Slots};
pub use trouble::Trouble;
pub use turn::{Message, MessageKind, Reply, ReplyKind, Turn, shown};
