//! The visible text of a reply that comes in pieces, as it grows.

use std::time::Duration;

use tokio::time::Instant;

use super::{Ended, Signal};
use crate::wire::LONGEST_TEXT;

/// Growths of one answer that are measured: as many as its text may have bytes. Only a stream that keeps replacing its
/// text has more, and then its gaps would take this machine's memory.
const MOST_GAPS: usize = LONGEST_TEXT;

/// When a text grew.
#[derive(Debug, Default)]
pub(super) struct Growth {
    first_at: Option<Instant>,
    last_at: Option<Instant>,
    gaps: Vec<Duration>,
}

impl Growth {
    /// It grew; true when that was the first of it.
    pub(super) fn grew(&mut self, at: Instant) -> bool {
        match self.last_at.replace(at) {
            None => {
                self.first_at = Some(at);
                return true;
            }
            // What came in one read is one growth: gaps between its pieces would be ours, not the bot's.
            Some(last) if last == at => {}
            Some(last) if self.gaps.len() < MOST_GAPS => self.gaps.push(at - last),
            Some(_) => {}
        }
        false
    }

    /// When the first of the text came, if any did.
    pub(super) fn first_at(&self) -> Option<Instant> {
        self.first_at
    }

    /// The reply is whole; what comes next is another. Gives when the first of it came.
    pub(super) fn next_reply(&mut self) -> Option<Instant> {
        self.last_at = None;
        self.first_at.take()
    }

    /// All gaps, once.
    pub(super) fn gaps(&mut self) -> Option<Signal> {
        (!self.gaps.is_empty()).then(|| Signal::Gaps(std::mem::take(&mut self.gaps)))
    }

    /// An answer without its end mark: cut off if text came, else this.
    pub(super) fn cut(&self, text: &str, without_text: Ended) -> Ended {
        match self.first_at {
            None => without_text,
            Some(first_text_at) => Ended::Truncated {
                text: text.to_owned(),
                first_text_at,
                at: Instant::now(),
            },
        }
    }
}
