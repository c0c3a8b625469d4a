//! How a turn turned out, and how a conversation ended.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! closed_words {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$doc])* $variant,)+
        }

        impl $name {
            /// Every one, in the order of the definition.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word as files, thresholds and reports spell it.
            pub fn word(self) -> &'static str {
                match self {
                    $($name::$variant => $word,)+
                }
            }

            /// The one that `word` names, if any.
            pub fn named(word: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|one| one.word() == word)
            }

            /// Its place in [`Self::ALL`].
            pub fn index(self) -> usize {
                self as usize
            }
        }
    };
}

closed_words! {
    /// How one turn turned out: the first of these that applies, in this order.
    Outcome {
        /// A complete, substantive answer by the deadline.
        Answered = "answered",
        /// The same, after the deadline and within the grace time after it.
        Late = "late",
        /// Text began and ended without its end mark, or stalled beyond the idle limit.
        Truncated = "truncated",
        /// An error told inside the protocol (an error event, an error body at HTTP 200).
        BotError = "bot_error",
        /// Explicit push-back: 429, 503, a quota.
        Refused = "refused",
        /// Any other failing status, or a body that breaks the protocol.
        HttpError = "http_error",
        /// No connection, TLS failure, reset, closed with nothing said.
        ConnectionLost = "connection_lost",
        /// Only holding replies ("one moment please").
        PlaceholderOnly = "placeholder_only",
        /// Acknowledged, no content.
        Empty = "empty",
        /// Nothing at all.
        Silent = "silent",
        /// Our run ended first and the deadline had not passed; in no rate, always shown.
        CutShort = "cut_short",
    }
}

impl Outcome {
    /// True when no answer came at all, neither in time nor late.
    pub fn is_dropped(self) -> bool {
        !matches!(self, Outcome::Answered | Outcome::Late | Outcome::CutShort)
    }

    /// True when no answer came in time.
    pub fn is_missed(self) -> bool {
        self == Outcome::Late || self.is_dropped()
    }
}

closed_words! {
    /// Why a conversation ended.
    Ending {
        /// The customer heard what they came for.
        GoalMet = "goal_met",
        /// The customer's patience ran out; silently or with a word.
        GaveUp = "gave_up",
        /// The bot handed over to a person and the goal accepts that.
        HandedOff = "handed_off",
        /// The goal's limit of turns was reached.
        MaxTurns = "max_turns",
        /// The bot said the same again and again.
        Loop = "loop",
        /// The bot answered, but could not help (fallback upon fallback).
        BotFailed = "bot_failed",
        /// Our run ended first.
        CutShort = "cut_short",
    }
}
