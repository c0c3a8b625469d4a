//! Closes our side of a connection that another task holds.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Context;

use futures_util::task::AtomicWaker;

/// Hangs up on a connection. Shared with the task that reads from it, which does it.
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

    /// True when the reader, who is woken once that is wished, is to close our side.
    pub(super) fn is_wished(&self, context: &Context<'_>) -> bool {
        // In this order, so that no wish is made in between.
        self.0.reader.register(context.waker());
        self.0.is_made.load(Ordering::Acquire)
    }
}
