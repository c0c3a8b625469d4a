//! Why a rehearsal could not be held. A failing bot is no reason once the load is on.

use std::io;
use std::time::Duration;

use super::Shortage;
use crate::archive::ArchiveError;
use crate::channel::ChannelError;
use crate::conversation::{Language, Outcome};
use crate::demo_bot::BotError;
use crate::engine::RunError;
use crate::model::ModelError;
use crate::reading::PatternError;
use crate::simulation::CastError;
use crate::verdict::Imbalance;

/// Why a rehearsal could not be held.
#[derive(Debug, thiserror::Error)]
pub enum RehearsalError {
    /// Customers cannot be put together from the scenario.
    #[error("the scenario's customers cannot be put together")]
    Cast(#[from] CastError),
    /// A pattern cannot be compiled.
    #[error("the scenario's checks cannot be put together")]
    Patterns(#[from] PatternError),
    /// A channel cannot be used.
    #[error("channel `{channel}` cannot be used")]
    Channel {
        /// The channel's name.
        channel: String,
        /// Why.
        #[source]
        source: ChannelError,
    },
    /// The platforms' APIs cannot be served.
    #[error("the platform's API cannot be served")]
    Platform(#[source] ChannelError),
    /// A channel's handshake failed, or its line takes no calls.
    #[error("channel `{channel}`: {place} failed: {cause}")]
    Handshake {
        /// The channel's name.
        channel: String,
        /// Where, in words.
        place: String,
        /// What is so, in words.
        cause: String,
        /// What mends it.
        remedy: Option<String>,
    },
    /// Nobody could be talked to: before the load, or in a whole talk.
    #[error("channel `{channel}` got no answer from {target} ({outcome}): {trouble}", outcome = outcome.word())]
    NoAnswer {
        /// The channel's name.
        channel: String,
        /// Where it was asked.
        target: String,
        /// How the last turn turned out.
        outcome: Outcome,
        /// What went wrong.
        trouble: String,
        /// What mends it.
        remedy: Option<String>,
    },
    /// The model that is to play customers cannot be used.
    #[error("played_by: {0}")]
    Model(#[from] ModelError),
    /// A target did not come up in time.
    #[error("{target} accepted no connection within {limit:?}")]
    NotUp {
        /// The target.
        target: String,
        /// How long it was waited for.
        limit: Duration,
        /// The last failure.
        #[source]
        source: io::Error,
    },
    /// A bot that is to dial in has not.
    #[error("channel `{channel}`: the bot did not dial in within {limit:?}: {heard}")]
    NotDialledIn {
        /// The channel's name.
        channel: String,
        /// How long it was waited for.
        limit: Duration,
        /// What it called instead.
        heard: String,
    },
    /// The built-in bot could not be started.
    #[error("the built-in bot could not be started")]
    Bot(#[from] BotError),
    /// The run directory failed.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The engine failed.
    #[error(transparent)]
    Engine(#[from] RunError),
    /// No runtime or thread could be had.
    #[error("this machine gave no thread or runtime")]
    Runtime(#[source] io::Error),
    /// A thread of ours panicked.
    #[error("a thread of throng failed: {0}")]
    Panicked(&'static str),
    /// The ledger does not balance.
    #[error(transparent)]
    Imbalance(#[from] Imbalance),
    /// The latency log could not be begun.
    #[error("cannot write latency.hlog")]
    Log(#[source] io::Error),
    /// This machine has less memory than the plan needs: it would be killed in the middle, with nothing to show.
    #[error("this machine cannot carry the plan: {}", .0.in_words(Language::En))]
    BeyondMemory(Shortage),
    /// The user stopped it before anything was measured.
    #[error("interrupted before anything was measured")]
    Interrupted,
}

impl RehearsalError {
    /// True when the target could not be reached before the load, or by a single conversation.
    pub fn is_unreachable(&self) -> bool {
        matches!(
            self,
            RehearsalError::Handshake { .. }
                | RehearsalError::NoAnswer { .. }
                | RehearsalError::NotUp { .. }
                | RehearsalError::NotDialledIn { .. }
                | RehearsalError::Bot(_)
        )
    }

    /// True when the scenario or the usage is to blame.
    pub fn is_invalid(&self) -> bool {
        match self {
            RehearsalError::Cast(_)
            | RehearsalError::Patterns(_)
            | RehearsalError::Channel { .. }
            | RehearsalError::Platform(_)
            | RehearsalError::Model(_) => true,
            RehearsalError::Archive(error) => matches!(
                error,
                ArchiveError::NotEmpty { .. } | ArchiveError::NotADirectory { .. } | ArchiveError::Write { .. }
            ),
            _ => false,
        }
    }

    /// What to do about it, if that can be said.
    pub fn hint(&self) -> Option<String> {
        match self {
            RehearsalError::NoAnswer { remedy, .. } | RehearsalError::Handshake { remedy, .. } => remedy.clone(),
            RehearsalError::NotUp { .. } => {
                Some("start the bot first, or give it more time with `--wait-for-target`".to_owned())
            }
            RehearsalError::NotDialledIn { .. } => {
                Some("start the bot now, or give it more time with `--wait-for-target 60s`; `--serve` fixes the address that it dials".to_owned())
            }
            RehearsalError::Archive(error) => error.hint(),
            RehearsalError::Engine(RunError::WithoutGoose) => {
                Some("build it with its default features: `cargo build --release`".to_owned())
            }
            RehearsalError::Engine(RunError::Goose(_)) => {
                Some("fewer customers or a slower ramp may help: `--set population=100`".to_owned())
            }
            _ => None,
        }
    }
}
