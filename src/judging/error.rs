//! Why nothing could be judged.

use std::io;
use std::path::PathBuf;

use crate::archive::ArchiveError;
use crate::model::ModelError;

/// Why nothing could be judged.
#[derive(Debug, thiserror::Error)]
pub enum JudgingError {
    /// The run cannot be read, or the judge's files not be written.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The model cannot be asked.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// No answer with text was kept.
    #[error("there is no answer to judge in `{}`: {reason}", .folder.display())]
    NothingToJudge {
        /// The run directory.
        folder: PathBuf,
        /// Why.
        reason: String,
    },
    /// The labelled set cannot be read.
    #[error("cannot read the labelled replies in `{path}`")]
    Labelled {
        /// The file.
        path: String,
        /// What the system says.
        #[source]
        source: io::Error,
    },
    /// The labelled set has a mistake.
    #[error("{path}:{line}: {message}")]
    LabelledRow {
        /// The file.
        path: String,
        /// From 1.
        line: u64,
        /// What was expected and what was found.
        message: String,
    },
    /// A gate names no criterion of the rubric.
    #[error("gate `{that}`: the rubric has no criterion `{criterion}`; it has {known}")]
    UnknownCriterion {
        /// The gate as written.
        that: String,
        /// What it names.
        criterion: String,
        /// What there is.
        known: String,
    },
}
