//! What waits for a slower thread: whoever hands something over never waits, and what waits never takes more memory than
//! was granted.
//!
//! ```text
//!  Inlet::offer(thing, bytes) --- at most `limit` bytes ---> Outlet::next
//!         | no room
//!         +--> the thing comes back: whoever offered it counts the loss
//! ```

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

/// How long the slower thread rests when nothing waits. Woken for each thing, it would cost the faster one a system call and
/// the machine two changes of thread for every message.
const REST: Duration = Duration::from_millis(10);

/// A way to another thread on which things that take at most `limit` bytes together may wait.
pub(crate) fn backlog<T>(limit: usize) -> (Inlet<T>, Outlet<T>) {
    let (sender, receiver) = channel();
    let waiting = Arc::new(AtomicUsize::new(0));
    let inlet = Inlet {
        sender,
        waiting: Arc::clone(&waiting),
        limit,
    };
    (inlet, Outlet { receiver, waiting })
}

/// Where things go in; each clone leads to the same backlog.
#[derive(Debug)]
pub(crate) struct Inlet<T> {
    sender: Sender<(usize, T)>,
    waiting: Arc<AtomicUsize>,
    limit: usize,
}

/// Where they come out, in the order in which each inlet took them.
#[derive(Debug)]
pub(crate) struct Outlet<T> {
    receiver: Receiver<(usize, T)>,
    waiting: Arc<AtomicUsize>,
}

impl<T> Inlet<T> {
    /// Hands over something that takes this many bytes, texts and all that it owns included.
    ///
    /// # Errors
    /// Gives it back when there is no room for it, or nobody at the other end.
    pub(crate) fn offer(&self, thing: T, bytes: usize) -> Result<(), T> {
        let before = self.waiting.fetch_add(bytes, Ordering::Relaxed);
        if before.saturating_add(bytes) > self.limit {
            self.waiting.fetch_sub(bytes, Ordering::Relaxed);
            return Err(thing);
        }
        self.hand_over(thing, bytes)
    }

    /// Hands over something that must not be lost. It takes no room, so it has to be small and rare.
    ///
    /// # Errors
    /// Gives it back when nobody is at the other end.
    pub(crate) fn insist(&self, thing: T) -> Result<(), T> {
        self.hand_over(thing, 0)
    }

    fn hand_over(&self, thing: T, bytes: usize) -> Result<(), T> {
        let gone = self.sender.send((bytes, thing));
        gone.map_err(|unsent| unsent.0.1)
    }
}

impl<T> Clone for Inlet<T> {
    fn clone(&self) -> Inlet<T> {
        Inlet {
            sender: self.sender.clone(),
            waiting: Arc::clone(&self.waiting),
            limit: self.limit,
        }
    }
}

impl<T> Outlet<T> {
    /// The next thing, once there is one; absent when all inlets are gone and nothing waits any more.
    pub(crate) fn next(&self) -> Option<T> {
        let taken = self.rested(REST).or_else(|| self.receiver.recv().ok())?;
        Some(self.take(taken))
    }

    /// The same, waiting no longer than `limit`.
    ///
    /// # Errors
    /// When nothing came in time, or all inlets are gone.
    pub(crate) fn next_within(&self, limit: Duration) -> Result<T, RecvTimeoutError> {
        let taken = match self.rested(limit) {
            Some(taken) => taken,
            None => self.receiver.recv_timeout(limit.saturating_sub(REST))?,
        };
        Ok(self.take(taken))
    }

    /// What waits already, or after a rest no longer than `limit`.
    fn rested(&self, limit: Duration) -> Option<(usize, T)> {
        self.receiver.try_recv().ok().or_else(|| {
            thread::sleep(REST.min(limit));
            self.receiver.try_recv().ok()
        })
    }

    fn take(&self, (bytes, thing): (usize, T)) -> T {
        self.waiting.fetch_sub(bytes, Ordering::Relaxed);
        thing
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_finds_no_room_comes_back_and_what_is_taken_makes_room() {
        let (inlet, outlet) = backlog(10);
        assert_eq!(inlet.offer('a', 6), Ok(()));
        assert_eq!(inlet.clone().offer('b', 5), Err('b'));
        assert_eq!(inlet.offer('c', 4), Ok(()));
        assert_eq!(inlet.offer('d', usize::MAX), Err('d'));
        assert_eq!(outlet.next(), Some('a'));
        assert_eq!(inlet.offer('e', 6), Ok(()));
        drop(inlet);
        assert_eq!(
            [outlet.next(), outlet.next(), outlet.next()],
            [Some('c'), Some('e'), None]
        );
    }

    #[test]
    fn what_must_not_be_lost_gets_in_however_full_it_is() {
        let (inlet, outlet) = backlog(1);
        assert_eq!(inlet.offer(1, 1), Ok(()));
        assert_eq!(inlet.offer(2, 1), Err(2));
        assert_eq!(inlet.insist(3), Ok(()));
        assert_eq!([outlet.next(), outlet.next()], [Some(1), Some(3)]);
        drop(outlet);
        assert_eq!((inlet.insist(4), inlet.offer(5, 1)), (Err(4), Err(5)));
    }

    proptest! {
        #[test]
        fn nothing_is_lost_unsaid_and_never_more_than_the_limit_waits(steps in prop::collection::vec(prop::option::of(0usize..9), 0..200)) {
            let (inlet, outlet) = backlog(20);
            let (mut waiting, mut refused, mut taken) = (0, 0, 0);
            for step in &steps {
                match step {
                    Some(bytes) => match inlet.offer(*bytes, *bytes) {
                        Ok(()) => waiting += bytes,
                        Err(_) => {
                            prop_assert!(waiting + bytes > 20);
                            refused += 1;
                        }
                    },
                    None => if let Ok(bytes) = outlet.next_within(Duration::ZERO) {
                        waiting -= bytes;
                        taken += 1;
                    },
                }
                prop_assert!(waiting <= 20);
            }
            drop(inlet);
            while outlet.next().is_some() {
                taken += 1;
            }
            prop_assert_eq!(taken + refused, steps.iter().flatten().count());
        }
    }
}
