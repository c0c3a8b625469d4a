//! Where the runs of a self-test leave their files.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::error::SelfTestError;

/// A folder for the cells' runs: one that stays, or one that goes when this is dropped.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    stays: bool,
}

impl Folder {
    /// The folder that was asked for, which must be absent or empty; else a new one among the system's temporary files.
    pub(super) fn open(asked: Option<&Path>) -> Result<Folder, SelfTestError> {
        let folder = match asked {
            Some(path) => Folder {
                path: path.to_owned(),
                stays: true,
            },
            None => Folder {
                path: std::env::temp_dir().join(format!("throng-self-test-{}-{}", std::process::id(), nanoseconds())),
                stays: false,
            },
        };
        let failed = |source| SelfTestError::Write {
            path: folder.path.clone(),
            source,
        };
        fs::create_dir_all(&folder.path).map_err(failed)?;
        match fs::read_dir(&folder.path).map_err(failed)?.next() {
            None => Ok(folder),
            Some(_) => Err(SelfTestError::NotEmpty {
                // What is there belongs to somebody else.
                path: folder.keep(),
            }),
        }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    fn keep(mut self) -> PathBuf {
        self.stays = true;
        self.path.clone()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is among temporary files, which the system removes.
        let _stayed = !self.stays && fs::remove_dir_all(&self.path).is_err();
    }
}

fn nanoseconds() -> u128 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |since| since.as_nanos())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_our_own_goes_and_one_that_was_asked_for_stays() {
        let own = Folder::open(None).unwrap();
        let path = own.path().to_owned();
        assert!(path.is_dir());
        drop(own);
        assert!(!path.exists());

        let asked = tempfile::tempdir().unwrap();
        let inside = asked.path().join("runs");
        drop(Folder::open(Some(&inside)).unwrap());
        assert!(inside.is_dir());
        fs::write(inside.join("mine"), "x").unwrap();
        assert!(matches!(
            Folder::open(Some(&inside)),
            Err(SelfTestError::NotEmpty { .. })
        ));
        assert!(inside.join("mine").exists());
    }
}
