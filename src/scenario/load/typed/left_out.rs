//! What is left out of a document, so that the mistakes behind it are found too.

use super::error::Error;
use super::{Node, Reader};
use crate::scenario::place::{Path, Segment};

/// Values that have a mistake, by path.
#[derive(Default)]
pub(super) struct LeftOut<'a>(Vec<(Path, &'a Node)>);

impl<'a> LeftOut<'a> {
    /// Leaves out the value with this path; false where that cannot be done: it is the document itself, or not there.
    pub(super) fn add(&mut self, root: &'a Node, path: Path) -> bool {
        let node = root.at(&path).filter(|node| !path.0.is_empty() && !self.has(node));
        self.0.extend(node.map(|node| (path, node)));
        node.is_some()
    }

    /// True for what is to be passed over.
    pub(super) fn has(&self, node: &Node) -> bool {
        self.0.iter().any(|(_, out)| std::ptr::eq(*out, node))
    }

    /// True when a mistake is only there because something was left out: what is missing, or what holds it.
    pub(super) fn explains(&self, error: &Error) -> bool {
        let at = error.path().0;
        self.0
            .iter()
            .any(|(out, _)| match (out.0.strip_prefix(&*at), error.missing()) {
                (Some([Segment::Key(key), ..]), Some(missing)) => key == missing,
                (Some([_, ..]), None) => true,
                _ => false,
            })
    }

    pub(super) fn reader(&'a self, node: &'a Node) -> Reader<'a> {
        Reader { node, left_out: self }
    }
}
