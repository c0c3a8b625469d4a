//! The bytes of a response, within the protocol's limits.

use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::{Body as _, Frame, Incoming};
use tokio::time::{Instant, Sleep, sleep_until, timeout};

use super::Ended;
use super::read_clock::ReadClock;
use crate::scenario::Limits;

/// How long, and how much, is read of an answer that is of no interest any more, so that its connection can be kept.
const DRAIN_FOR: Duration = Duration::from_millis(50);
const DRAIN_BYTES: usize = 64 * 1024;

/// Until when one delivery is waited for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    acknowledge_by: Option<Instant>,
    first_byte_by: Option<Instant>,
    idle: Option<Duration>,
    give_up_at: Instant,
}

/// Which limit ran out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RanOut {
    /// The platform's: it hangs up.
    Platform,
    /// The longest silence within an answer, or the turn's end.
    Patience,
}

impl Patience {
    /// The limits of a delivery that starts now.
    pub(super) fn start(limits: &Limits, give_up_at: Instant) -> Patience {
        let now = Instant::now();
        Patience {
            acknowledge_by: limits.acknowledge.map(|span| now + span.get()),
            first_byte_by: limits.first_byte.map(|span| now + span.get()),
            idle: limits.idle.map(|span| span.get()),
            give_up_at,
        }
    }

    /// No limit but this.
    pub(super) fn until(give_up_at: Instant) -> Patience {
        Patience {
            acknowledge_by: None,
            first_byte_by: None,
            idle: None,
            give_up_at,
        }
    }

    pub(super) fn give_up_at(&self) -> Instant {
        self.give_up_at
    }

    /// Until when the response must begin.
    pub(super) fn for_head(&self) -> (Instant, RanOut) {
        let platform = [self.acknowledge_by, self.first_byte_by].into_iter().flatten().min();
        sooner(platform, self.give_up_at)
    }

    /// Until when more of the answer must come, or its end.
    pub(super) fn for_more(&self, last_read_at: Instant) -> (Instant, RanOut) {
        let idle = self.idle.map(|idle| last_read_at + idle);
        sooner(
            self.acknowledge_by,
            idle.map_or(self.give_up_at, |idle| idle.min(self.give_up_at)),
        )
    }
}

fn sooner(platform: Option<Instant>, patience: Instant) -> (Instant, RanOut) {
    match platform {
        Some(platform) if platform <= patience => (platform, RanOut::Platform),
        _ => (patience, RanOut::Patience),
    }
}

/// The next thing of a body.
#[derive(Debug)]
pub(super) enum Piece {
    /// Some bytes, never none.
    Bytes(Bytes),
    /// It is over, in good order.
    End,
    /// It broke off.
    Broken(Break),
    /// It did not come in time.
    RanOut(RanOut),
}

/// How a body broke off.
#[derive(Debug)]
pub(super) enum Break {
    /// Its connection was closed or reset.
    Lost(String),
    /// Its chunks are none.
    NotHttp(String),
}

impl Break {
    fn of(error: &hyper::Error) -> Break {
        let socket = std::error::Error::source(error).and_then(|cause| cause.downcast_ref::<io::Error>());
        match socket.map(io::Error::kind) {
            Some(io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData) => {
                Break::NotHttp(format!("answer is not HTTP: {}", words(error)))
            }
            _ => Break::Lost(words(error)),
        }
    }
}

/// When nothing of the answer came before.
impl From<Break> for Ended {
    fn from(broken: Break) -> Ended {
        match broken {
            Break::Lost(reason) => Ended::ConnectionLost(reason),
            Break::NotHttp(reason) => Ended::HttpError(reason),
        }
    }
}

/// A response's body.
pub(super) struct Body {
    incoming: Incoming,
    read_clock: ReadClock,
    patience: Patience,
    /// Rings when patience may have run out; made when something is first waited for. While pieces come it is left as it
    /// is and asked again when it rings, since setting it for every piece costs more than reading one.
    alarm: Option<Pin<Box<Sleep>>>,
}

impl Body {
    pub(super) fn new(incoming: Incoming, read_clock: ReadClock, patience: Patience) -> Body {
        Body {
            incoming,
            read_clock,
            patience,
            alarm: None,
        }
    }

    /// When the latest bytes that were read had come.
    pub(super) fn last_read_at(&self) -> Instant {
        self.read_clock.last()
    }

    /// Waits for the next piece.
    pub(super) async fn next(&mut self) -> Piece {
        loop {
            let (by, ran_out) = self.patience.for_more(self.last_read_at());
            let frame = match poll_fn(|context| self.poll_frame(context)).await {
                Err(ran_out) => return Piece::RanOut(ran_out),
                // A bot that never pauses would never let the timer speak.
                Ok(_) if self.last_read_at() > by => return Piece::RanOut(ran_out),
                Ok(None) => return Piece::End,
                Ok(Some(Err(error))) => return Piece::Broken(Break::of(&error)),
                Ok(Some(Ok(frame))) => frame,
            };
            match frame.into_data() {
                Ok(bytes) if !bytes.is_empty() => return Piece::Bytes(bytes),
                _ => {}
            }
        }
    }

    /// The next frame, or which limit ran out before it came.
    fn poll_frame(&mut self, context: &mut Context<'_>) -> Poll<Result<Option<hyper::Result<Frame<Bytes>>>, RanOut>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.incoming).poll_frame(context) {
            return Poll::Ready(Ok(frame));
        }
        let (by, ran_out) = self.patience.for_more(self.read_clock.last());
        let alarm = self.alarm.get_or_insert_with(|| Box::pin(sleep_until(by)));
        while alarm.as_mut().poll(context).is_ready() {
            if alarm.deadline() >= by {
                return Poll::Ready(Err(ran_out));
            }
            alarm.as_mut().reset(by);
        }
        Poll::Pending
    }

    /// Reads on to the end, if that is near; true when the connection can carry another exchange.
    pub(super) async fn drain(mut self) -> bool {
        let end = async {
            let mut left = DRAIN_BYTES;
            while let Some(frame) = self.incoming.frame().await {
                let length = frame.ok()?.data_ref().map_or(0, Bytes::len);
                left = left.checked_sub(length)?;
            }
            Some(())
        };
        timeout(DRAIN_FOR, end).await.is_ok_and(|end| end.is_some())
    }
}

/// A broken exchange in words, with the cause beneath hyper's own.
pub(super) fn words(error: &hyper::Error) -> String {
    let cause = std::error::Error::source(error);
    let socket = cause.and_then(|cause| cause.downcast_ref::<io::Error>());
    if error.is_incomplete_message() || socket.is_some_and(|socket| socket.kind() == io::ErrorKind::UnexpectedEof) {
        return "closed before the answer was complete".to_owned();
    }
    match cause {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}
