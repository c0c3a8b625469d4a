//! The answer of a turn, read once for all checks.

use std::cell::OnceCell;
use std::ops::Range;

use super::Quote;
use super::forbidden::Bans;
use crate::conversation::{ReplyKind, Turn};
use crate::reading::{Passage, Reader, Reading, fingerprint, regret_at};

/// The answer of a turn: all its substantive replies, read once.
pub(super) struct Answer {
    /// As the bot wrote it, one reply a line.
    pub(super) text: String,
    pub(super) passage: Passage,
    pub(super) reading: Reading,
    /// Place of each substantive reply in the turn's replies, and where it begins in `text`.
    starts: Vec<(u16, usize)>,
    /// Where it first says that it is sorry or understands, once somebody asked.
    regret: OnceCell<Option<Range<usize>>>,
    /// The first forbidden claim, by name and place, once somebody asked.
    ban: OnceCell<Option<(String, Range<usize>)>>,
    fingerprint: OnceCell<u32>,
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
            regret: OnceCell::new(),
            ban: OnceCell::new(),
            fingerprint: OnceCell::new(),
        })
    }

    /// Where its normalised text first says that it is sorry or that it understands.
    pub(super) fn regret(&self) -> Option<&Range<usize>> {
        let regret = self.regret.get_or_init(|| regret_at(self.passage.text()));
        regret.as_ref()
    }

    /// The first claim in its normalised text that is forbidden: its name and place.
    pub(super) fn broken_ban(&self, bans: &Bans) -> Option<(&String, &Range<usize>)> {
        let broken = || {
            let (name, place) = bans.broken_by(self.passage.text())?;
            Some((name.to_owned(), place))
        };
        let ban = self.ban.get_or_init(broken);
        ban.as_ref().map(|(name, place)| (name, place))
    }

    /// Equal for answers that are the same text.
    pub(super) fn fingerprint(&self) -> u32 {
        *self.fingerprint.get_or_init(|| fingerprint(self.passage.text()) as u32)
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
