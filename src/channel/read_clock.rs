//! Remembers when bytes came, so that a busy thread does not stamp them later and what came together stays together.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Instant;

use super::hang_up::HangUp;
use super::tcp::Receiver;

/// When what a connection read last had come. Shared with the task that reads.
#[derive(Debug, Clone)]
pub(super) struct ReadClock {
    opened_at: Instant,
    nanoseconds: Arc<AtomicU64>,
}

impl ReadClock {
    fn start() -> ReadClock {
        ReadClock {
            opened_at: Instant::now(),
            nanoseconds: Arc::default(),
        }
    }

    /// Something was read that came at this moment. Nothing comes before what was read before it.
    fn tick(&self, at: Instant) {
        let nanoseconds = u64::try_from(at.saturating_duration_since(self.opened_at).as_nanos()).unwrap_or(u64::MAX);
        self.nanoseconds.fetch_max(nanoseconds, Ordering::Relaxed);
    }

    /// When the last of it came; before the first read, when the connection was opened.
    pub(super) fn last(&self) -> Instant {
        self.opened_at + Duration::from_nanos(self.nanoseconds.load(Ordering::Relaxed))
    }
}

/// A socket whose reads are stamped, and whose reader closes our side when that is wished.
#[derive(Debug)]
pub(super) struct Stamped<S> {
    socket: S,
    clock: ReadClock,
    hang_up: HangUp,
    is_closed: bool,
}

impl<S> Stamped<S> {
    pub(super) fn new(socket: S) -> (Stamped<S>, ReadClock, HangUp) {
        let (clock, hang_up) = (ReadClock::start(), HangUp::default());
        let stamped = Stamped {
            socket,
            clock: clock.clone(),
            hang_up: hang_up.clone(),
            is_closed: false,
        };
        (stamped, clock, hang_up)
    }
}

impl<S: Receiver> AsyncRead for Stamped<S> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = into.filled().len();
        let polled = Pin::new(&mut self.socket).poll_read(context, into);
        if into.filled().len() > before {
            self.clock.tick(self.socket.received_at().unwrap_or_else(Instant::now));
        }
        if polled.is_pending() && !self.is_closed && self.hang_up.is_wished(context) {
            // A socket that cannot be closed is as good as closed.
            self.is_closed = Pin::new(&mut self.socket).poll_shutdown(context).is_ready();
        }
        polled
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Stamped<S> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.socket).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(context)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.socket).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }
}
