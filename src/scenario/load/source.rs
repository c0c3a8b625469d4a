//! The texts that a scenario is made of, and reading them safely.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use super::node::Node;
use crate::scenario::place::{Place, SourceId};

/// The largest file that is read. A scenario with all its CSV texts filled in (at most 20 MB) still fits.
pub(super) const FILE_LIMIT: u64 = 32 * 1024 * 1024;

/// A text that was read.
#[derive(Debug)]
pub(super) struct Source {
    /// As messages call it: a file's path, `built-in persona x`, `--set`.
    pub(super) name: String,
    pub(super) text: String,
    /// What paths in it are relative to; none in built-in data, which names no files.
    pub(super) folder: Option<PathBuf>,
    /// What it says, once it is parsed.
    pub(super) root: Option<Node>,
}

/// All texts read so far.
#[derive(Debug, Default)]
pub(super) struct Sources(Vec<Source>);

impl Sources {
    /// Takes in a text.
    pub(super) fn add(
        &mut self,
        name: impl Into<String>,
        text: impl Into<String>,
        folder: Option<PathBuf>,
    ) -> SourceId {
        let id = SourceId(u32::try_from(self.0.len()).unwrap_or(u32::MAX));
        self.0.push(Source {
            name: name.into(),
            text: text.into(),
            folder,
            root: None,
        });
        id
    }

    /// The text with this id.
    pub(super) fn get(&self, id: SourceId) -> &Source {
        &self.0[id.0 as usize]
    }

    /// Keeps what a text says.
    pub(super) fn set_root(&mut self, id: SourceId, root: Node) {
        self.0[id.0 as usize].root = Some(root);
    }

    /// The bytes of a place, as text.
    pub(super) fn slice(&self, place: &Place) -> &str {
        self.get(place.source).text.get(place.bytes.clone()).unwrap_or("")
    }
}

/// A path as messages show it, without `x/..` in it. Only for showing: where `x` is a link it is another path.
pub(super) fn tidy(path: &Path) -> String {
    let mut parts: Vec<Component<'_>> = Vec::new();
    for part in path.components() {
        match (part, parts.last()) {
            (Component::ParentDir, Some(Component::Normal(_))) => drop(parts.pop()),
            (Component::CurDir, Some(_)) => {}
            _ => parts.push(part),
        }
    }
    parts.iter().collect::<PathBuf>().display().to_string()
}

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The system says no.
    #[error("cannot read `{path}`")]
    Io {
        /// The file.
        path: String,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// It is a folder, or a device.
    #[error("cannot read `{path}`: expected a file, found {found}")]
    NotAFile {
        /// The path.
        path: String,
        /// What it is.
        found: &'static str,
    },
    /// It is far larger than any scenario.
    #[error("cannot read `{path}`: expected at most {} MB, found {} MB", .limit / 1_048_576, .size.div_ceil(1_048_576))]
    TooLarge {
        /// The file.
        path: String,
        /// Its size in bytes.
        size: u64,
        /// The largest that is read, in bytes.
        limit: u64,
    },
    /// It is not UTF-8.
    #[error("cannot read `{path}`: expected UTF-8, found {found} at byte {offset}")]
    NotUtf8 {
        /// The file.
        path: String,
        /// The first byte that breaks the encoding, from 0.
        offset: usize,
        /// What is there.
        found: String,
    },
}

impl ReadError {
    /// The way out.
    pub fn hint(&self) -> Option<String> {
        match self {
            ReadError::Io { .. } => None,
            ReadError::NotAFile { .. } => Some("name a file in it".to_owned()),
            ReadError::TooLarge { .. } => {
                Some("keep many texts in a CSV file: `say: {from: file.csv, column: text}`".to_owned())
            }
            ReadError::NotUtf8 { path, found, .. } if found.contains("UTF-16") => {
                Some(format!("`iconv -f UTF-16 -t UTF-8 {path}` converts it"))
            }
            ReadError::NotUtf8 { path, .. } => Some(format!(
                "if it was written as GBK, `iconv -f GBK -t UTF-8 {path}` converts it"
            )),
        }
    }

    /// The message with its cause, on one line.
    pub(super) fn whole(&self) -> String {
        match self {
            ReadError::Io { source, .. } => format!("{self}: {}", cause(source)),
            _ => self.to_string(),
        }
    }
}

fn cause(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

/// The text of a file of at most `limit` bytes, without its byte-order mark.
///
/// The size is looked at before anything is read, and no more than the limit is read even if the file grows meanwhile.
pub(super) fn read(path: &Path, limit: u64) -> Result<String, ReadError> {
    measure(path, limit)?;
    let name = || tidy(path);
    let io = |source| ReadError::Io { path: name(), source };
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(limit + 1).read_to_end(&mut bytes))
        .map_err(io)?;
    if bytes.len() as u64 > limit {
        let size = bytes.len() as u64;
        return Err(ReadError::TooLarge {
            path: name(),
            size,
            limit,
        });
    }
    decode(&bytes).map_err(|(offset, found)| ReadError::NotUtf8 {
        path: name(),
        offset,
        found,
    })
}

/// Refuses what is not a file, or larger than the limit.
pub(super) fn measure(path: &Path, limit: u64) -> Result<(), ReadError> {
    let name = || tidy(path);
    let metadata = std::fs::metadata(path).map_err(|source| ReadError::Io { path: name(), source })?;
    if !metadata.is_file() {
        let found = if metadata.is_dir() { "a folder" } else { "a device" };
        return Err(ReadError::NotAFile { path: name(), found });
    }
    let size = metadata.len();
    if size > limit {
        return Err(ReadError::TooLarge {
            path: name(),
            size,
            limit,
        });
    }
    Ok(())
}

/// UTF-8 text without its byte-order mark, or the offset of the first wrong byte and what is there.
pub(super) fn decode(bytes: &[u8]) -> Result<String, (usize, String)> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err((0, "the mark of UTF-16".to_owned()));
    }
    let without_mark = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    match std::str::from_utf8(without_mark) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let place = error.valid_up_to();
            let offset = place + (bytes.len() - without_mark.len());
            Err((offset, format!("0x{:02x}", without_mark[place])))
        }
    }
}
