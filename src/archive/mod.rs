//! The run directory: written while the run goes on, read back for reports. `docs/RESULTS.md` describes its files.
//!
//! ```text
//!                                     masks
//!  turns, endings -----backlog-----> writer ---keep---> store (run.sqlite) ---> read ---> Evidence
//!  run.json, report.html, ... ------------------------> folder ---------------> folder ---> Run
//! ```
//!
//! Nothing here may slow the run down or lose its numbers: what the writer cannot take is counted, and a full disk costs
//! transcripts, never `run.json`.

mod claims;
mod error;
mod folder;
mod judged;
mod keep;
mod masks;
mod names;
mod open;
mod provenance;
mod read;
mod repeat_folder;
mod store;
mod worst;
mod writer;

pub use claims::{Wanted, audit};
pub use error::ArchiveError;
pub use folder::{RunFolder, latest, read_run};
pub use judged::{JudgeAnswers, KeptAnswer, KeptAnswers, kept_answers, read_judged, write_judged};
pub use masks::Masks;
pub use names::Names;
pub use open::EndedConversation;
pub use provenance::{cpu_s, peak_rss_bytes, provenance};
pub use read::evidence;
pub use repeat_folder::RepeatFolder;
pub use writer::{ArchiveWriter, Kept, Record, Settings};

#[cfg(test)]
mod samples;
