//! Why the self-test could not be held. That throng is wrong is a result, not an error.

use std::io;
use std::path::PathBuf;

use crate::demo_bot::BotError;
use crate::rehearsal::RehearsalError;
use crate::scenario::LoadError;

/// Why the self-test could not be held.
#[derive(Debug, thiserror::Error)]
pub enum SelfTestError {
    /// Its folder could not be made or written to.
    #[error("cannot write the self-test's files: {path}")]
    Write {
        /// Where.
        path: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
    /// The folder for its runs holds something already.
    #[error("the folder for the self-test's runs is not empty: {path}")]
    NotEmpty {
        /// Which.
        path: PathBuf,
    },
    /// A cell's scenario is not valid.
    #[error("the scenario of cell `{cell}` is not valid")]
    Scenario {
        /// Which.
        cell: String,
        /// What is wrong with it.
        #[source]
        source: LoadError,
    },
    /// The bot could not be started or asked.
    #[error(transparent)]
    Bot(#[from] BotError),
    /// A rehearsal could not be held.
    #[error("cell `{cell}` could not be rehearsed")]
    Rehearsal {
        /// Which.
        cell: String,
        /// Why.
        #[source]
        source: Box<RehearsalError>,
    },
    /// No runtime could be had.
    #[error("this machine gave no thread or runtime")]
    Runtime(#[source] io::Error),
    /// The user stopped it before any cell was held.
    #[error("interrupted before anything was measured")]
    Interrupted,
}
