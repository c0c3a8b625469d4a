//! Replies that come in pieces.
//!
//! The conversation waits for the first text and for the end; what lies between is only measured, and told at the end: a
//! stream costs its reader what its bytes cost, and nobody else anything.

use std::time::Duration;

use tokio::time::Instant;

use super::body::{Body, Piece, RanOut};
use super::delivery::{Delivered, Ear, Read};
use super::{Ended, Signal};
use crate::scenario::RetryOn;
use crate::wire::{BrokenBody, LONGEST_TEXT, Progress, StreamEnd, StreamPlan, StreamReader};

/// Growths of one stream that are measured: as many as its text may have bytes. Only a stream that keeps replacing its
/// text has more, and then its gaps would take this machine's memory.
const MOST_GAPS: usize = LONGEST_TEXT;

/// Reads pieces until the end mark, an error, or the end of patience.
pub(super) async fn read(plan: &StreamPlan, body: Body, ear: &mut Ear<'_>) -> Read {
    let mut answer = Answer {
        reader: plan.reader(),
        body,
        first_text_at: None,
        last_text_at: None,
        gaps: Vec::new(),
    };
    let delivered = match answer.read_on(ear).await {
        Ok(delivered) => delivered,
        Err(broken) => Delivered::with(Ended::HttpError(broken.to_string())),
    };
    if !answer.gaps.is_empty() {
        ear.hear(Signal::Gaps(std::mem::take(&mut answer.gaps)));
    }
    let is_over = answer.reader.end().is_some();
    Read {
        delivered,
        is_reusable: is_over && answer.body.drain().await,
    }
}

struct Answer<'a> {
    reader: StreamReader<'a>,
    body: Body,
    first_text_at: Option<Instant>,
    last_text_at: Option<Instant>,
    gaps: Vec<Duration>,
}

impl Answer<'_> {
    async fn read_on(&mut self, ear: &mut Ear<'_>) -> Result<Delivered, BrokenBody> {
        loop {
            let piece = self.body.next().await;
            match piece {
                Piece::Bytes(bytes) => {
                    let progress = self.reader.push(&bytes)?;
                    self.tell(progress, ear);
                }
                Piece::End => {
                    let progress = self.reader.finish()?;
                    self.tell(progress, ear);
                    return Ok(Delivered::with(
                        self.ended(ear).unwrap_or_else(|| self.cut(Ended::Empty)),
                    ));
                }
                Piece::Broken(reason) => {
                    return Ok(Delivered {
                        ended: self.cut(reason.into()),
                        again: Some(RetryOn::Connection),
                    });
                }
                Piece::RanOut(RanOut::Patience) => return Ok(Delivered::with(self.cut(Ended::Silent))),
                Piece::RanOut(RanOut::Platform) => return Ok(Delivered::silent(RanOut::Platform)),
            }
            if let Some(ended) = self.ended(ear) {
                return Ok(Delivered::with(ended));
            }
        }
    }

    fn tell(&mut self, progress: Progress, ear: &mut Ear<'_>) {
        for (name, value) in progress.captured {
            ear.hear(Signal::Captured { name, value });
        }
        if progress.grew {
            self.grew(self.body.last_read_at(), ear);
        }
    }

    fn grew(&mut self, at: Instant, ear: &mut Ear<'_>) {
        match self.last_text_at.replace(at) {
            None => {
                self.first_text_at = Some(at);
                ear.hear(Signal::FirstText(at));
            }
            // What came in one read is one growth: gaps between its pieces would be ours, not the bot's.
            Some(last) if last == at => {}
            Some(last) if self.gaps.len() < MOST_GAPS => self.gaps.push(at - last),
            Some(_) => {}
        }
    }

    /// How the stream ended, once it said so.
    fn ended(&self, ear: &mut Ear<'_>) -> Option<Ended> {
        let ended = match (self.reader.end()?, self.first_text_at) {
            (StreamEnd::Error(words), _) => Ended::BotError(words.clone()),
            (StreamEnd::Complete, None) => Ended::Empty,
            (StreamEnd::Complete, Some(first_text_at)) => {
                ear.hear(Signal::Reply {
                    text: self.reader.text().to_owned(),
                    media: None,
                    first_text_at,
                    complete_at: self.body.last_read_at(),
                });
                Ended::Complete
            }
        };
        Some(ended)
    }

    /// A stream without its end mark: cut off if text came, else this.
    fn cut(&self, without_text: Ended) -> Ended {
        match self.first_text_at {
            None => without_text,
            Some(first_text_at) => Ended::Truncated {
                text: self.reader.text().to_owned(),
                first_text_at,
                at: Instant::now(),
            },
        }
    }
}

#[cfg(test)]
mod tests;
