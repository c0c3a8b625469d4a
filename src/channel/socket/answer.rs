//! What frames come to: replies, whole or in pieces.

use tokio::time::Instant;

use crate::channel::growth::Growth;
use crate::channel::{Ended, Signal};
use crate::wire::{
    BrokenBody, Extractor, LONGEST_TEXT, MOST_REPLIES, ReplyPlan, Said, StreamEnd, StreamPlan, StreamReader,
};

/// Gathers one answer from its frames.
pub(super) struct Answer<'a> {
    kind: Kind<'a>,
    growth: Growth,
    replies: usize,
    bytes: usize,
}

enum Kind<'a> {
    Frames(&'a Extractor),
    Pieces(&'a StreamPlan, Box<StreamReader<'a>>),
    /// A profile whose frames nobody reads is not valid.
    Nothing,
}

impl<'a> Answer<'a> {
    pub(super) fn of(reply: &'a ReplyPlan) -> Answer<'a> {
        Answer {
            kind: match reply {
                ReplyPlan::Response(extractor) => Kind::Frames(extractor),
                ReplyPlan::Stream(plan) => Kind::Pieces(plan, Box::new(plan.reader())),
                ReplyPlan::Poll(_) | ReplyPlan::Call => Kind::Nothing,
            },
            growth: Growth::default(),
            replies: 0,
            bytes: 0,
        }
    }

    /// Takes in a frame that came at this moment.
    ///
    /// # Errors
    /// How the answer ends, when the frame tells an error or breaks the protocol.
    pub(super) fn take(&mut self, frame: &str, at: Instant, tell: &mut dyn FnMut(Signal)) -> Result<(), Ended> {
        let taken = match self.kind {
            Kind::Frames(extractor) => self.take_whole(extractor, frame, at, tell),
            Kind::Pieces(..) => self.take_piece(frame, at, tell),
            Kind::Nothing => Ok(Ok(())),
        };
        taken.unwrap_or_else(|broken| Err(Ended::HttpError(broken.to_string())))
    }

    fn take_whole(
        &mut self,
        extractor: &Extractor,
        frame: &str,
        at: Instant,
        tell: &mut dyn FnMut(Signal),
    ) -> Result<Result<(), Ended>, BrokenBody> {
        let extracted = extractor.read(frame.as_bytes(), "")?;
        for (name, value) in extracted.captured {
            tell(Signal::Captured { name, value });
        }
        if let Some(words) = extracted.error {
            return Ok(Err(Ended::BotError(words)));
        }
        for said in extracted.replies {
            self.reply(said, at, at, tell)?;
        }
        Ok(Ok(()))
    }

    fn take_piece(
        &mut self,
        frame: &str,
        at: Instant,
        tell: &mut dyn FnMut(Signal),
    ) -> Result<Result<(), Ended>, BrokenBody> {
        let Kind::Pieces(plan, reader) = &mut self.kind else {
            return Ok(Ok(()));
        };
        let plan = *plan;
        let progress = reader.push(frame.as_bytes())?;
        let ended = reader.end().cloned();
        let text = ended.as_ref().map(|_| reader.text().to_owned());
        for (name, value) in progress.captured {
            tell(Signal::Captured { name, value });
        }
        if progress.grew && self.growth.grew(at) {
            tell(Signal::FirstText(at));
        }
        match ended {
            None => Ok(Ok(())),
            Some(StreamEnd::Error(words)) => Ok(Err(Ended::BotError(words))),
            Some(StreamEnd::Complete) => {
                self.kind = Kind::Pieces(plan, Box::new(plan.reader()));
                if let Some(first_text_at) = self.growth.next_reply() {
                    self.reply(Said::words(text.unwrap_or_default()), first_text_at, at, tell)?;
                }
                Ok(Ok(()))
            }
        }
    }

    fn reply(
        &mut self,
        said: Said,
        first_text_at: Instant,
        complete_at: Instant,
        tell: &mut dyn FnMut(Signal),
    ) -> Result<(), BrokenBody> {
        self.replies += 1;
        self.bytes += said.text.len();
        if self.replies > MOST_REPLIES {
            return Err(BrokenBody(format!("too long: over {MOST_REPLIES} replies")));
        }
        if self.bytes > LONGEST_TEXT {
            return Err(BrokenBody("too long: over 32 KiB of text".to_owned()));
        }
        tell(Signal::Reply {
            text: said.text,
            media: said.media,
            first_text_at,
            complete_at,
        });
        Ok(())
    }

    /// The bot says that nothing more comes: what came of a text is all of it.
    ///
    /// # Errors
    /// As for `take`.
    pub(super) fn end(&mut self, at: Instant, tell: &mut dyn FnMut(Signal)) -> Result<(), Ended> {
        let Kind::Pieces(plan, reader) = &self.kind else {
            return Ok(());
        };
        let (plan, text) = (*plan, reader.text().to_owned());
        let Some(first_text_at) = self.growth.next_reply() else {
            return Ok(());
        };
        self.kind = Kind::Pieces(plan, Box::new(plan.reader()));
        let told = self.reply(Said::words(text), first_text_at, at, tell);
        told.map_err(|broken| Ended::HttpError(broken.to_string()))
    }

    /// True when a reply is whole, and no other has begun.
    pub(super) fn is_whole(&self) -> bool {
        self.replies > 0 && self.growth.first_at().is_none()
    }

    /// The gaps within its replies, once.
    pub(super) fn gaps(&mut self) -> Option<Signal> {
        self.growth.gaps()
    }

    /// Nothing more comes: cut off in the middle of a text, complete with a whole reply, else this.
    pub(super) fn over(&self, without_text: Ended) -> Ended {
        let text = match &self.kind {
            Kind::Pieces(_, reader) => reader.text(),
            Kind::Frames(_) | Kind::Nothing => "",
        };
        match self.replies {
            0 => self.growth.cut(text, without_text),
            _ => self.growth.cut(text, Ended::Complete),
        }
    }
}
