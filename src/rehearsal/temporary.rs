//! Files that last as long as a rehearsal without a run directory.

use std::path::{Path, PathBuf};

/// A file for others to read, gone when this is dropped.
#[derive(Debug)]
pub(super) struct TemporaryFile(PathBuf);

impl TemporaryFile {
    /// A new file in the folder for such files, with this ending to its name.
    pub(super) fn with(text: &str, ending: &str) -> std::io::Result<TemporaryFile> {
        let nanoseconds = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .map_or(0, |since| since.as_nanos());
        let name = format!("throng-{}-{nanoseconds}.{ending}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&path)
            .and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()))?;
        Ok(TemporaryFile(path))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        // A file that another program removed first is as gone as we want it.
        let _gone = std::fs::remove_file(&self.0).is_err();
    }
}
