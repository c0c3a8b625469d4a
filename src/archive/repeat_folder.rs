//! One folder for several runs of one scenario: a folder for each, and what they say together.

use std::path::{Path, PathBuf};

use super::ArchiveError;
use super::folder::{RunFolder, json_bytes, read_contract};
use crate::verdict::Repeat;

/// The directory of several runs: `1`, `2`, ... with all their files, `repeat.json` and `summary.md`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepeatFolder {
    folder: RunFolder,
}

impl RepeatFolder {
    const FILES: [&str; 2] = ["repeat.json", "summary.md"];

    /// Makes the directory and sees to it that its files can be written; `out` as for [`RunFolder::create`].
    ///
    /// # Errors
    /// When `out` is a file or holds something already, or when nothing can be written there.
    pub fn create(
        out: Option<&Path>,
        scenario_name: &str,
        started: &jiff::Zoned,
    ) -> Result<RepeatFolder, ArchiveError> {
        let folder = RunFolder::of_files(out, scenario_name, started, &RepeatFolder::FILES)?;
        Ok(RepeatFolder { folder })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Where the run with this number goes, from 1; it is made with the run.
    pub fn of_run(&self, number: u32) -> PathBuf {
        self.path().join(number.to_string())
    }

    /// Writes `repeat.json`.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn write_repeat(&self, repeat: &Repeat) -> Result<(), ArchiveError> {
        let bytes = json_bytes(&self.path().join("repeat.json"), repeat)?;
        self.folder.write("repeat.json", &bytes)
    }

    /// Writes `summary.md`.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn write_summary(&self, markdown: &str) -> Result<(), ArchiveError> {
        self.folder.write("summary.md", markdown.as_bytes())
    }

    /// Takes the directory back when no run was held: unless it was there before or holds something by now.
    pub fn discard(self) {
        self.folder.discard_files(&RepeatFolder::FILES);
    }
}

/// Reads what several runs say together, when `path` is their directory or its `repeat.json`; nothing when it is neither.
///
/// # Errors
/// When it is of another version of the contract, or broken.
pub fn read_repeat(path: &Path) -> Result<Option<Repeat>, ArchiveError> {
    let is_the_file = path.is_file() && path.file_name().is_some_and(|name| name == "repeat.json");
    let file = if is_the_file {
        path.into()
    } else {
        path.join("repeat.json")
    };
    if !file.is_file() {
        return Ok(None);
    }
    read_contract(file, "throng.repeat/1").map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn create(out: &Path) -> Result<RepeatFolder, ArchiveError> {
        RepeatFolder::create(Some(out), "smoke", &jiff::Zoned::now())
    }

    #[test]
    fn it_is_absent_or_empty_before_and_gone_when_nothing_was_held() {
        let desk = tempfile::tempdir().unwrap();
        let out = desk.path().join("new");
        let folder = create(&out).unwrap();
        assert_eq!(folder.of_run(3), out.join("3"));
        assert_eq!(
            std::fs::read_dir(&out).unwrap().count(),
            0,
            "a probe leaves nothing behind"
        );
        folder.discard();
        assert!(!out.exists());
        assert!(create(desk.path()).is_ok(), "an empty folder of the user's will do");
        std::fs::write(desk.path().join("mine"), "mine").unwrap();
        assert!(matches!(create(desk.path()), Err(ArchiveError::NotEmpty { .. })));
    }
}
