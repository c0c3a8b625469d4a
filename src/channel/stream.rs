//! Replies that come in pieces.
//!
//! The conversation waits for the first text and for the end; what lies between is only measured, and told at the end: a
//! stream costs its reader what its bytes cost, and nobody else anything.

use super::body::{Body, Piece, RanOut};
use super::delivery::{Delivered, Ear, Read};
use super::growth::Growth;
use super::{Ended, Signal};
use crate::scenario::RetryOn;
use crate::wire::{BrokenBody, Progress, StreamEnd, StreamPlan, StreamReader};

/// Reads pieces until the end mark, an error, or the end of patience.
pub(super) async fn read(plan: &StreamPlan, body: Body, ear: &mut Ear<'_>) -> Read {
    let mut answer = Answer {
        reader: plan.reader(),
        body,
        growth: Growth::default(),
    };
    let delivered = match answer.read_on(ear).await {
        Ok(delivered) => delivered,
        Err(broken) => Delivered::with(Ended::HttpError(broken.to_string())),
    };
    if let Some(gaps) = answer.growth.gaps() {
        ear.hear(gaps);
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
    growth: Growth,
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
        let at = self.body.last_read_at();
        if progress.grew && self.growth.grew(at) {
            ear.hear(Signal::FirstText(at));
        }
    }

    /// How the stream ended, once it said so.
    fn ended(&self, ear: &mut Ear<'_>) -> Option<Ended> {
        let ended = match (self.reader.end()?, self.growth.first_at()) {
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
        self.growth.cut(self.reader.text(), without_text)
    }
}

#[cfg(test)]
mod tests;
