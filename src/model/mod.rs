//! A client for OpenAI-compatible chat endpoints: messages in, text and usage out.
//!
//! ```text
//!  Question --reserve--> Budget     Answer { text, model, usage }   <-- answer.rs reads
//!     |                                ^
//!     +--> Client --connection.rs--> POST {base}/chat/completions --+
//!             ^                                                     |
//!             +----- again, later: 429, 5xx, a lost connection <----+
//! ```
//!
//! It asks one thing at a time and waits for the whole answer: no streams, no tools. Redirects are never followed. A key
//! comes from the environment, and neither the key nor what was asked or answered stands in any error or debug text.

mod answer;
mod budget;
mod client;
mod connection;
mod dialect;
mod error;
mod key;

pub use answer::{Answer, Usage};
pub use budget::{Budget, Limits, Price, Spent};
pub use client::{Client, Settings};
pub use error::ModelError;
pub use key::Key;

/// Who says something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The instructions.
    System,
    /// Whoever asks the model.
    User,
    /// The model.
    Assistant,
}

impl Role {
    /// As the wire spells it.
    pub fn word(self) -> &'static str {
        match self {
            Role::System => "system",
            Role::User => "user",
            Role::Assistant => "assistant",
        }
    }
}

/// One message of what a model is shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Message {
    /// Who says it.
    pub role: Role,
    /// What is said.
    pub text: String,
}

impl Message {
    /// A message.
    pub fn new(role: Role, text: impl Into<String>) -> Message {
        Message {
            role,
            text: text.into(),
        }
    }
}

impl std::fmt::Debug for Message {
    /// The text may be a customer's: only its length is shown.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}: {} bytes", self.role.word(), self.text.len())
    }
}

/// What a model is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// From the first to the last.
    pub messages: Vec<Message>,
    /// The longest answer. Unit: tokens.
    pub most_tokens: u32,
    /// 0: the likeliest answer each time.
    pub temperature: f64,
    /// What chance there is comes from here, where the endpoint can do that.
    pub seed: Option<u64>,
    /// True when the answer must be a JSON object, where the endpoint can promise that.
    pub wants_json: bool,
}
