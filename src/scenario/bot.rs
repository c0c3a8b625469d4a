//! The built-in bot's capacity and faults, as a scenario sets them for the target `demo`.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Span, Spread};

/// What the built-in bot can carry and how it fails.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct BotSettings {
    /// Messages worked on at once; at least 1.
    pub workers: u32,
    /// How long one takes.
    pub service_time: Spread,
    /// Messages that may wait for a worker.
    pub queue: u32,
    /// What happens to a message that finds the queue full, or that waited longer than `overload.patience`.
    pub overload: Overload,
    /// Faults that happen at any time, each with its chance per message.
    pub faults: FaultRates,
    /// How long a message of the fault `slow` is held beyond its service time.
    pub slow_by: Span,
    /// Streams: the time between pieces.
    pub chunk_gap: Span,
    /// Streams: characters in a piece; at least 1.
    pub chunk_chars: u16,
    /// At these times after the bot's start (its first message) it stops working for this long: `{at: 20s, for: 2s}`.
    pub freezes: Vec<Freeze>,
    /// When a fact changes, the bot goes on telling the old value for this long.
    #[serde(skip_serializing_if = "Span::is_zero")]
    pub stale_for: Span,
}

impl Default for BotSettings {
    fn default() -> Self {
        BotSettings {
            workers: 64,
            service_time: Spread::lognormal(Span::seconds(0.15), 0.4),
            queue: 1_000,
            overload: Overload::default(),
            faults: FaultRates::default(),
            slow_by: Span::seconds(15.0),
            chunk_gap: Span::seconds(0.02),
            chunk_chars: 4,
            freezes: Vec::new(),
            stale_for: Span::seconds(0.0),
        }
    }
}

/// A pause of the whole bot.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Freeze {
    /// After the first message.
    pub at: Span,
    /// How long.
    pub r#for: Span,
}

/// What happens to messages when the bot is overrun.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Overload {
    /// A message that waited this long for a worker is given up, as by a gateway's time-out.
    pub patience: Span,
    /// What becomes of those, by weight; kinds as in `faults`.
    pub then: FaultRates,
    /// Share of the queue (0 to 1) above which answers get worse.
    pub strained_at: f64,
    /// Faults that happen to answered messages while it is strained, each with its chance per message.
    pub strained: FaultRates,
}

impl Default for Overload {
    fn default() -> Self {
        Overload {
            patience: Span::seconds(20.0),
            then: FaultRates(IndexMap::from([(Fault::Refused, 1.0)])),
            strained_at: 0.5,
            strained: FaultRates::default(),
        }
    }
}

/// Chances (0 to 1) or weights by fault.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct FaultRates(pub IndexMap<Fault, f64>);

/// One way for a bot to fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Push-back: 503 with `Retry-After`.
    Refused,
    /// Status 500.
    HttpError,
    /// An error told inside the protocol at HTTP 200.
    BotError,
    /// The connection is closed with nothing said.
    ConnectionLost,
    /// A stream that ends half way without its end mark; other protocols: a body that ends before its length.
    Truncated,
    /// Acknowledged without content.
    Empty,
    /// Nothing at all, until the client gives up.
    Silent,
    /// A holding reply and nothing else.
    Placeholder,
    /// The answer comes later by `slow_by`.
    Slow,
    /// "I did not understand that."
    Fallback,
    /// A fact's value is wrong.
    WrongValue,
    /// What holds is said not to, or the other way round (不支持 for 支持).
    WrongPolarity,
    /// A claim that must never be made.
    Forbidden,
    /// The answer in the other language.
    WrongLanguage,
    /// Another customer's order number.
    CrossTalk,
    /// The answer twice in one reply list; single-reply protocols: no effect.
    Duplicate,
    /// The answer leaves out the facts.
    MissingFact,
    /// Another person's phone, identity card, bank card or address; checksums are right, the people invented.
    PersonalData,
    /// Asks for the order number that the customer has given, where the topic needs it.
    RepeatedQuestion,
    /// Hands over to a person though nobody asked for one.
    PrematureHandoff,
    /// Does not hand over to a person though the customer asks for one.
    MissedHandoff,
    /// No word of regret to a customer who is upset.
    Cold,
    /// Answers an earlier question of the conversation.
    Stale,
    /// Breaks off within a sentence, markdown or JSON, and the protocol says that all is well.
    CutOff,
    /// A right answer to another question, about another topic.
    OffTopic,
    /// Far too long, or a table or card in markup that chats do not show.
    BadForm,
    /// Says that it cannot see, hear or play what the customer sent beside words, or asks for words instead.
    MediaIgnored,
    /// Tells another intent than the customer's beside the right answer, in protocols in which the bot tells intents.
    WrongIntent,
}

impl Fault {
    /// Every one.
    pub const ALL: [Fault; 28] = [
        Fault::Refused,
        Fault::HttpError,
        Fault::BotError,
        Fault::ConnectionLost,
        Fault::Truncated,
        Fault::Empty,
        Fault::Silent,
        Fault::Placeholder,
        Fault::Slow,
        Fault::Fallback,
        Fault::WrongValue,
        Fault::WrongPolarity,
        Fault::Forbidden,
        Fault::WrongLanguage,
        Fault::CrossTalk,
        Fault::Duplicate,
        Fault::MissingFact,
        Fault::PersonalData,
        Fault::RepeatedQuestion,
        Fault::PrematureHandoff,
        Fault::MissedHandoff,
        Fault::Cold,
        Fault::Stale,
        Fault::CutOff,
        Fault::OffTopic,
        Fault::BadForm,
        Fault::MediaIgnored,
        Fault::WrongIntent,
    ];
}
