//! One folder per run: made in the first second, its small files replaced whole.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::ArchiveError;
use crate::verdict::{Run, Verdict};

/// What `run.json` says it is.
const SCHEMA: &str = "throng.run/1";

/// Why a run ended, as `run.json` says it until it has ended.
const STILL_RUNNING: &str = "still running or ended without a last word";

/// All that a run writes into its directory.
const FILES: [&str; 8] = [
    "run.json",
    "scenario.yaml",
    "report.html",
    "latency.hlog",
    RunFolder::DATABASE,
    "junit.xml",
    "summary.md",
    RunFolder::CERTIFICATE,
];

/// The directory of one run. Files in it are replaced as a whole: a reader sees the old one or the new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunFolder {
    path: PathBuf,
    /// False when the user had made the directory before.
    is_ours: bool,
}

impl RunFolder {
    /// The name of the file with conversations, turns, messages, scores and seconds.
    pub const DATABASE: &str = "run.sqlite";
    /// The name of the file with the certificate that a bot must trust whose calls are intercepted.
    pub const CERTIFICATE: &str = "ca.pem";

    /// Makes the directory of a run and sees to it that all its files can be written.
    ///
    /// `out` is the directory itself; without it, it is `results/<scenario>-<YYYYMMDD-HHMMSS>/` in the current directory,
    /// with `-2`, `-3` and so on when that is taken.
    ///
    /// # Errors
    /// When `out` is a file or holds something already, or when nothing can be written there.
    pub fn create(out: Option<&Path>, scenario_name: &str, started: &jiff::Zoned) -> Result<RunFolder, ArchiveError> {
        RunFolder::of_files(out, scenario_name, started, &FILES)
    }

    /// The same for a directory of these files.
    pub(super) fn of_files(
        out: Option<&Path>,
        scenario_name: &str,
        started: &jiff::Zoned,
        files: &[&str],
    ) -> Result<RunFolder, ArchiveError> {
        let folder = match out {
            Some(path) => RunFolder::create_at(path)?,
            None => RunFolder::create_in(Path::new("results"), scenario_name, started)?,
        };
        folder.probe(files)?;
        Ok(folder)
    }

    /// The directory of a run that is over, so that a report can be written into it again.
    ///
    /// # Errors
    /// When there is no `run.json` in it.
    pub fn open(path: &Path) -> Result<RunFolder, ArchiveError> {
        match path.join("run.json").is_file() {
            true => Ok(RunFolder {
                path: path.into(),
                is_ours: false,
            }),
            false => Err(ArchiveError::NotARun {
                path: path.into(),
                reason: "it has no run.json",
            }),
        }
    }

    fn create_at(path: &Path) -> Result<RunFolder, ArchiveError> {
        if path.exists() && !path.is_dir() {
            return Err(ArchiveError::NotADirectory { path: path.into() });
        }
        let is_ours = !path.exists();
        fs::create_dir_all(path).map_err(|source| write_error(path, source))?;
        let mut entries = fs::read_dir(path).map_err(|source| read_error(path, source))?;
        if entries.next().is_some() {
            return Err(ArchiveError::NotEmpty { path: path.into() });
        }
        Ok(RunFolder {
            path: path.into(),
            is_ours,
        })
    }

    pub(super) fn create_in(
        results: &Path,
        scenario_name: &str,
        started: &jiff::Zoned,
    ) -> Result<RunFolder, ArchiveError> {
        fs::create_dir_all(results).map_err(|source| write_error(results, source))?;
        let name = format!("{}-{}", file_name(scenario_name), started.strftime("%Y%m%d-%H%M%S"));
        let numbered = (2u32..).map(|number| format!("{name}-{number}"));
        for name in std::iter::once(name.clone()).chain(numbered) {
            let path = results.join(name);
            match fs::create_dir(&path) {
                Ok(()) => return Ok(RunFolder { path, is_ours: true }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(source) => return Err(write_error(&path, source)),
            }
        }
        unreachable!("some number below 2^32 is free")
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where the file with the conversations is.
    pub fn database(&self) -> PathBuf {
        self.path.join(RunFolder::DATABASE)
    }

    /// Writes the scenario as resolved.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn write_scenario(&self, yaml: &str) -> Result<(), ArchiveError> {
        self.write("scenario.yaml", yaml.as_bytes())
    }

    /// Writes `run.json` with the run's last word.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn write_run(&self, run: &Run) -> Result<(), ArchiveError> {
        let bytes = json_bytes(&self.path.join("run.json"), run)?;
        self.write("run.json", &bytes)
    }

    /// Writes `run.json` while the run goes on. Should throng die before [`write_run`](RunFolder::write_run), it is
    /// already marked as what it then is: interrupted.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn write_run_so_far(&self, run: &Run) -> Result<(), ArchiveError> {
        self.write_run(&Run {
            verdict: Verdict::Interrupted,
            stopped: Some(STILL_RUNNING.to_owned()),
            ..run.clone()
        })
    }

    /// Replaces the file `name` as a whole.
    ///
    /// # Errors
    /// When the system refuses; the file is then as it was.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), ArchiveError> {
        let path = self.path.join(name);
        replace(&path, bytes).map_err(|source| write_error(&path, source))
    }

    /// Takes the directory back when nothing was measured: its files, and the directory itself unless it was there before
    /// or holds something else by now. What cannot be removed stays.
    pub fn discard(self) {
        self.discard_files(&FILES);
    }

    /// The same for a directory of these files.
    pub(super) fn discard_files(self, files: &[&str]) {
        for name in files {
            let _kept = fs::remove_file(self.path.join(name)).is_err();
        }
        if self.is_ours {
            let _kept = fs::remove_dir(&self.path).is_err();
        }
    }

    /// Fails now, not after the load, when a file of the run cannot be written.
    fn probe(&self, files: &[&str]) -> Result<(), ArchiveError> {
        for name in files {
            let path = self.path.join(name);
            OpenOptions::new()
                .write(true)
                .create_new(true)
                .open(&path)
                .and_then(|_| fs::remove_file(&path))
                .map_err(|source| write_error(&path, source))?;
        }
        Ok(())
    }
}

/// Reads the numbers of a run; `path` is its directory or its `run.json`.
///
/// # Errors
/// When it is not a run, of another version of the contract, or broken.
pub fn read_run(path: &Path) -> Result<Run, ArchiveError> {
    let path = if path.is_file() {
        path.into()
    } else {
        path.join("run.json")
    };
    read_contract(path, SCHEMA)
}

/// Reads a file of numbers that names its schema.
pub(super) fn read_contract<T: DeserializeOwned>(path: PathBuf, schema: &'static str) -> Result<T, ArchiveError> {
    #[derive(Deserialize)]
    struct Head {
        schema: Option<String>,
    }

    let not_a_run = |reason| ArchiveError::NotARun {
        path: path.parent().unwrap_or(&path).into(),
        reason,
    };
    let json = fs::read(&path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => not_a_run("it has no run.json"),
        _ => read_error(&path, source),
    })?;
    let head: Head = serde_json::from_slice(&json).map_err(|source| broken(&path, source))?;
    match head.schema.as_deref() {
        Some(found) if found == schema => serde_json::from_slice(&json).map_err(|source| broken(&path, source)),
        Some(found) => Err(ArchiveError::OtherSchema {
            found: found.to_owned(),
            path,
            expected: schema,
        }),
        None => Err(not_a_run("its numbers do not name throng's schema")),
    }
}

/// The newest run below `results`, by the moment at which it started. What is not a run is passed over.
///
/// # Errors
/// When there is none.
pub fn latest(results: &Path) -> Result<PathBuf, ArchiveError> {
    let no_runs = || ArchiveError::NoRuns { path: results.into() };
    let entries = match fs::read_dir(results) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(no_runs()),
        entries => entries.map_err(|source| read_error(results, source))?,
    };
    entries
        .filter_map(|entry| started(&entry.ok()?.path()))
        .max()
        .map(|(_, _, path)| path)
        .ok_or_else(no_runs)
}

/// When the run in this directory started and, for runs of the same second, was last written.
fn started(path: &Path) -> Option<(jiff::Timestamp, std::time::SystemTime, PathBuf)> {
    #[derive(Deserialize)]
    struct Head {
        started_at: String,
    }

    let json = path.join("run.json");
    let head: Head = serde_json::from_slice(&fs::read(&json).ok()?).ok()?;
    let written = fs::metadata(&json).ok()?.modified().ok()?;
    Some((head.started_at.parse().ok()?, written, path.into()))
}

/// A value as the JSON of the file at `path`, for people too.
pub(super) fn json_bytes(path: &Path, value: &impl serde::Serialize) -> Result<Vec<u8>, ArchiveError> {
    let mut json = serde_json::to_vec_pretty(value).map_err(|source| write_error(path, source.into()))?;
    json.push(b'\n');
    Ok(json)
}

/// Writes beside the file and renames: whoever reads at that moment finds one of the two, whole.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.new"));
    let mut file = File::create(&beside)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_data());
    drop(file);
    let replaced = written.and_then(|()| fs::rename(&beside, path));
    if replaced.is_err() {
        // The first error is the one to tell; what is left beside the file harms nobody.
        drop(fs::remove_file(&beside));
    }
    replaced
}

/// The scenario's name with nothing in it that a path could mean otherwise.
fn file_name(scenario_name: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || c == '_' { c } else { '-' };
    scenario_name.chars().map(plain).collect()
}

fn write_error(path: &Path, source: io::Error) -> ArchiveError {
    ArchiveError::Write {
        path: path.into(),
        source,
    }
}

fn read_error(path: &Path, source: io::Error) -> ArchiveError {
    ArchiveError::Read {
        path: path.into(),
        source,
    }
}

fn broken(path: &Path, source: serde_json::Error) -> ArchiveError {
    ArchiveError::Broken {
        path: path.into(),
        line: source.line(),
        column: source.column(),
        source,
    }
}

#[cfg(test)]
mod tests;
