//! The built-in bot under test, which knows the truth about itself.
//!
//! ```text
//!  bytes --protocol--> Inbound --memory--> Understood --desk--> worked on, or overrun
//!                                                                  |
//!  bytes <--protocol-- Speech <--phrasebook-- Act <---- fault? ----+
//!    |
//!    +--> truth: what was really done, told by `GET /truth`
//! ```
//!
//! It answers from the scenario's knowledge and fails as its settings say. It knows nothing that a real bot would not
//! know, but that message ids name customer, turn and fragment. It never imports `reading`: it must not share the eyes
//! of those who judge it.

mod answer;
mod ask;
mod bot;
mod caller;
mod capacity;
mod chance;
mod child;
mod clock;
mod delivery;
mod exchange;
mod fact_text;
mod fault;
mod freeze;
mod intent;
mod malformed;
mod memory;
mod message;
mod mood;
mod parent;
mod protocol;
mod recent;
mod serve;
mod small_talk;
mod spoil;
mod stranger;
mod template;
mod things;
mod topic;
mod truth;
mod words;

#[cfg(test)]
mod tests;

pub use bot::{Bot, Telegram};
pub use child::{BotError, ChildBot, start};
pub use clock::LoadClock;
pub use parent::obey_the_parent;
pub use protocol::{Protocol, TelegramMailbox, WeChatAccount};
pub use serve::{listen, serve};
pub use truth::{Record, Truth};
