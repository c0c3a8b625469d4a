//! The answer of a turn, read once for all checks.

use std::ops::Range;

use super::Quote;
use crate::conversation::{ReplyKind, Turn};
use crate::reading::{Passage, Reader, Reading, fingerprint};

/// The answer of a turn: all its substantive replies, read once.
pub(super) struct Answer {
    /// As the bot wrote it, one reply a line.
    pub(super) text: String,
    pub(super) passage: Passage,
    pub(super) reading: Reading,
    /// Place of each substantive reply in the turn's replies, and where it begins in `text`.
    starts: Vec<(u16, usize)>,
}

impl Answer {
    /// Absent when the bot gave no substantive answer.
    pub(super) fn read(turn: &Turn, reader: &Reader) -> Option<Answer> {
        let text = turn.answer_text();
        if text.trim().is_empty() {
            return None;
        }
        let said_at = turn.answered_at.or(turn.sent_at).unwrap_or(turn.due_at);
        let passage = reader.passage(&text, said_at);
        let reading = reader.read_passage(&passage);
        Some(Answer {
            text,
            passage,
            reading,
            starts: starts(turn),
        })
    }

    /// Equal for answers that are the same text.
    pub(super) fn fingerprint(&self) -> u32 {
        fingerprint(self.passage.text()) as u32
    }

    /// Where a place of the normalised text stands in the replies.
    pub(super) fn quote(&self, normalised: &Range<usize>) -> Option<Quote> {
        self.quote_as_written(&self.passage.as_written(&self.text, normalised))
    }

    /// Where a place of `text` stands in the replies; what reaches beyond its reply is cut there.
    pub(super) fn quote_as_written(&self, span: &Range<usize>) -> Option<Quote> {
        let following = self.starts.partition_point(|(_, start)| *start <= span.start);
        let (reply, start) = *self.starts.get(following.checked_sub(1)?)?;
        let end = self.starts.get(following).map_or(self.text.len(), |(_, next)| next - 1);
        Some(Quote {
            reply,
            span: span.start - start..span.end.min(end) - start,
        })
    }
}

/// Of each substantive reply: its place in the turn, and where it begins in the turn's answer text.
fn starts(turn: &Turn) -> Vec<(u16, usize)> {
    let mut start = 0;
    let substantive = (0..)
        .zip(&turn.replies)
        .filter(|(_, reply)| reply.kind == ReplyKind::Substantive);
    let place_and_start = substantive.map(|(place, reply)| {
        let here = start;
        start += reply.text.len() + 1;
        (place, here)
    });
    place_and_start.collect()
}
