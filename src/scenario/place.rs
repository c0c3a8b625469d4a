//! Where something is written: a path of keys in a source, or a range of its bytes.

use std::fmt;
use std::ops::Range;

/// One of the texts that a scenario is made of: a file, a built-in part, or a flag of the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct SourceId(pub(super) u32);

/// A range of bytes in a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) source: SourceId,
    pub(super) bytes: Range<usize>,
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Segment {
    Key(String),
    Item(usize),
}

/// The keys and list places that lead to a value: `traffic.phases[1].hold.rate`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Path(pub(super) Vec<Segment>);

impl fmt::Display for Path {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Key(key) if place == 0 => out.write_str(key)?,
                Segment::Key(key) => write!(out, ".{key}")?,
                Segment::Item(item) => write!(out, "[{item}]")?,
            }
        }
        Ok(())
    }
}

/// A value of a document, by its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) source: SourceId,
    pub(super) path: Path,
}

impl Spot {
    /// The whole document.
    pub(super) fn root(source: SourceId) -> Spot {
        Spot {
            source,
            path: Path::default(),
        }
    }

    /// The value under a key of this one.
    pub(super) fn key(&self, key: &str) -> Spot {
        self.then(Segment::Key(key.to_owned()))
    }

    /// An item of this list.
    pub(super) fn item(&self, item: usize) -> Spot {
        self.then(Segment::Item(item))
    }

    /// The value that `path` leads to from here.
    pub(super) fn join(&self, path: &Path) -> Spot {
        let mut spot = self.clone();
        spot.path.0.extend(path.0.iter().cloned());
        spot
    }

    fn then(&self, segment: Segment) -> Spot {
        let mut spot = self.clone();
        spot.path.0.push(segment);
        spot
    }
}
