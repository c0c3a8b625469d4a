//! Why a run could not be written or read.

use std::io;
use std::path::{Path, PathBuf};

/// Why a run could not be written or read.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The directory given with `--out` holds something already.
    #[error("run directory `{}` is not empty", .path.display())]
    NotEmpty {
        /// The directory.
        path: PathBuf,
    },
    /// There is a file where the run directory should be.
    #[error("run directory `{}` is a file", .path.display())]
    NotADirectory {
        /// The file.
        path: PathBuf,
    },
    /// The system refuses to write.
    #[error("cannot write `{}`", .path.display())]
    Write {
        /// The file or directory.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: io::Error,
    },
    /// The system refuses to read.
    #[error("cannot read `{}`", .path.display())]
    Read {
        /// The file or directory.
        path: PathBuf,
        /// What the system says.
        #[source]
        source: io::Error,
    },
    /// There is no `run.json`, or it is somebody else's.
    #[error("`{}` is not a run directory: {reason}", .path.display())]
    NotARun {
        /// The directory.
        path: PathBuf,
        /// How that shows.
        reason: &'static str,
    },
    /// There is no run at all.
    #[error("no run found in `{}`", .path.display())]
    NoRuns {
        /// The directory of all runs.
        path: PathBuf,
    },
    /// The `run.json` is of another version of the contract.
    #[error("`{}` has the schema `{found}`, expected `{expected}`", .path.display())]
    OtherSchema {
        /// The file.
        path: PathBuf,
        /// What it says it is.
        found: String,
        /// What this throng reads.
        expected: &'static str,
    },
    /// The `run.json` is not what the contract says.
    #[error("`{}:{line}:{column}` is not valid", .path.display())]
    Broken {
        /// The file.
        path: PathBuf,
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// What is wrong there.
        #[source]
        source: serde_json::Error,
    },
    /// The `run.sqlite` cannot be written or read.
    #[error("cannot {doing} `{}`", .path.display())]
    Database {
        /// `write` or `read`.
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        #[source]
        source: rusqlite::Error,
    },
    /// The run was written without the claims of its answers.
    #[error("`{}` holds no claims of answers", .path.display())]
    NoClaims {
        /// The file.
        path: PathBuf,
    },
    /// The thread that writes transcripts ended by a fault of throng itself.
    #[error("the writer of `{}` died", .path.display())]
    WriterDied {
        /// The file.
        path: PathBuf,
    },
}

impl ArchiveError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            ArchiveError::NotEmpty { .. } => {
                "name a directory that does not exist yet, or leave `--out` out to get a new one under `results/`"
                    .into()
            }
            ArchiveError::NotADirectory { .. } => "name a directory with `--out DIR`".into(),
            ArchiveError::Write { path, source } => write_hint(path, source.kind()),
            ArchiveError::Read { .. } | ArchiveError::WriterDied { .. } => return None,
            ArchiveError::NotARun { .. } => "name the directory of a run, such as `results/singles-day-...`".into(),
            ArchiveError::NoRuns { .. } => "make one with `throng run SCENARIO`, or name a run's directory".into(),
            ArchiveError::OtherSchema { .. } => "read it with the version of throng that wrote it".into(),
            ArchiveError::Broken { .. } => "`throng schema run` prints what a run.json must hold".into(),
            ArchiveError::Database { doing: "read", .. } => {
                "the numbers in run.json do not depend on it: move it away to report without conversations".into()
            }
            ArchiveError::NoClaims { .. } => {
                "earlier versions of throng did not write them down: rehearse again, and audit that run".into()
            }
            ArchiveError::Database { .. } => "free some space, or keep less with `transcripts: failures`".into(),
        })
    }
}

fn write_hint(path: &Path, kind: io::ErrorKind) -> String {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let place = parent.unwrap_or(Path::new(".")).display();
    match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            format!("free some space below `{place}`, or write elsewhere with `--out DIR`")
        }
        io::ErrorKind::NotFound if parent.is_some_and(|parent| !parent.exists()) => {
            format!("create it with `mkdir -p {place}`")
        }
        _ => format!("`ls -ld {place}` shows who may write there; `--out DIR` writes elsewhere"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_is_to_be_made_only_where_there_is_none() {
        let desk = tempfile::tempdir().unwrap();
        let hint = |path: &Path| write_hint(path, io::ErrorKind::NotFound);
        assert!(hint(&desk.path().join("absent/run.json")).starts_with("create it with `mkdir -p "));
        assert!(
            hint(&desk.path().join("run.json")).starts_with("`ls -ld "),
            "the parent is there"
        );
    }
}
