//! Closes our side of a connection that another task holds.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use futures_util::task::AtomicWaker;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// Hangs up on a connection.
#[derive(Debug, Clone, Default)]
pub(super) struct HangUp(Arc<Wish>);

#[derive(Debug, Default)]
struct Wish {
    is_made: AtomicBool,
    reader: AtomicWaker,
}

impl HangUp {
    /// Closes our side; what the other side still says can be read.
    pub(super) fn now(&self) {
        self.0.is_made.store(true, Ordering::Release);
        self.0.reader.wake();
    }
}

/// A socket whose reader closes our side when that is wished.
#[derive(Debug)]
pub(super) struct Closable<S> {
    socket: S,
    wish: Arc<Wish>,
    is_closed: bool,
}

impl<S> Closable<S> {
    pub(super) fn new(socket: S) -> (Closable<S>, HangUp) {
        let hang_up = HangUp::default();
        let closable = Closable {
            socket,
            wish: Arc::clone(&hang_up.0),
            is_closed: false,
        };
        (closable, hang_up)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for Closable<S> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let polled = Pin::new(&mut self.socket).poll_read(context, into);
        if polled.is_ready() || self.is_closed {
            return polled;
        }
        // In this order, so that no wish is made in between.
        self.wish.reader.register(context.waker());
        if self.wish.is_made.load(Ordering::Acquire) {
            // A socket that cannot be closed is as good as closed.
            self.is_closed = Pin::new(&mut self.socket).poll_shutdown(context).is_ready();
        }
        polled
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Closable<S> {
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
