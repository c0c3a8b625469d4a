//! One message on a socket: listens until its answer is over.

use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};

use super::answer::Answer;
use super::held::Held;
use super::talk::{Heard, Order};
use crate::channel::Ended;
use crate::channel::body::Patience;
use crate::channel::delivery::Ear;
use crate::wire::SocketPlan;

/// A message on its way, and what comes for it.
pub(super) struct Exchange<'a> {
    pub(super) socket: &'a SocketPlan,
    pub(super) answer: Answer<'a>,
    pub(super) heard: mpsc::Receiver<Heard>,
    pub(super) held: Held,
    pub(super) patience: Patience,
    /// When the last frame for it came.
    pub(super) last_at: Option<Instant>,
    /// The bot said that it has the message.
    pub(super) is_heard: bool,
}

impl Exchange<'_> {
    /// Listens until the answer is over, or nobody waits for it any more.
    pub(super) async fn listen(&mut self, ear: &mut Ear<'_>) -> Ended {
        loop {
            let (by, why) = self.until();
            match timeout_at(by, self.heard.recv()).await {
                Err(_) => return self.ran_out(why),
                Ok(None) => {
                    return self
                        .answer
                        .over(Ended::ConnectionLost("the socket's task is gone".to_owned()));
                }
                Ok(Some(Heard::Gone(ended))) => return self.answer.over(ended),
                Ok(Some(Heard::LetOff)) => return self.answer.over(Ended::Empty),
                Ok(Some(Heard::Broken(words, at))) => {
                    ear.sign_of_life(at);
                    return self.answer.over(Ended::HttpError(words));
                }
                Ok(Some(Heard::Frame { text, note, at })) => {
                    ear.sign_of_life(at);
                    self.last_at = Some(at);
                    self.is_heard |= note.is_heard;
                    let tell = &mut |signal| ear.hear(signal);
                    let taken = self.answer.take(&text, at, tell);
                    if let Err(ended) = taken {
                        return ended;
                    }
                    if note.is_end {
                        let ended = self.answer.end(at, tell).err();
                        return ended.unwrap_or_else(|| self.over(Ended::Empty));
                    }
                }
            }
        }
    }

    /// Until when it listens, and why no longer.
    fn until(&self) -> (Instant, Why) {
        let (by, _) = match self.last_at {
            None => self.patience.for_head(),
            Some(last_at) => self.patience.for_more(last_at),
        };
        let settles = self
            .last_at
            .filter(|_| self.answer.is_whole() && !self.socket.marks_ends());
        match settles.map(|last_at| last_at + self.socket.settle) {
            Some(settled_at) if settled_at <= by => (settled_at, Why::Settled),
            _ => (by, Why::RanOut),
        }
    }

    fn ran_out(&mut self, why: Why) -> Ended {
        match why {
            Why::Settled => self.over(Ended::Empty),
            Why::RanOut if self.is_heard => self.answer.over(Ended::Empty),
            Why::RanOut => self.answer.over(Ended::Silent),
        }
    }

    /// The answer is over. Unless frames name their messages, it answers all that was said before it.
    fn over(&mut self, without_text: Ended) -> Ended {
        if !self.socket.names_messages() {
            let up_to = self.last_at.unwrap_or_else(Instant::now);
            self.held.orders.send(Order::LetOff(up_to)).unwrap_or_default();
        }
        self.answer.over(without_text)
    }
}

/// Why an exchange listens no longer.
enum Why {
    /// The answer has had time to become whole.
    Settled,
    /// Its time is over.
    RanOut,
}
