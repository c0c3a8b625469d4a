//! Where shards wait for each other: the run's clock starts when all of them are ready, so that getting ready, however
//! long it takes, makes nobody late.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::shard::lock;

/// From the last shard that is ready to the start: enough for all threads to wake.
const HEAD_START: Duration = Duration::from_millis(100);

/// A start that waits for a number of shards.
#[derive(Debug)]
pub(super) struct StartLine {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Clone, Copy)]
enum State {
    /// So many shards are not ready yet.
    Waiting(u64),
    Starting(Instant),
    CalledOff,
}

impl StartLine {
    pub(super) fn of(shards: u64) -> StartLine {
        StartLine {
            state: Mutex::new(State::Waiting(shards)),
            changed: Condvar::new(),
        }
    }

    /// One shard is ready. Gives the moment of the start once all are; absent when it was called off.
    pub(super) fn ready(&self) -> Option<Instant> {
        self.change(|state| match state {
            State::Waiting(0..=1) => State::Starting(Instant::now() + HEAD_START),
            State::Waiting(missing) => State::Waiting(missing - 1),
            decided => decided,
        });
        self.start()
    }

    /// A shard cannot get ready: nobody starts. Changes nothing once the start is set.
    pub(super) fn call_off(&self) {
        self.change(|state| match state {
            State::Waiting(_) => State::CalledOff,
            decided => decided,
        });
    }

    /// Waits for the moment of the start; absent when it was called off.
    pub(super) fn start(&self) -> Option<Instant> {
        let waiting = |state: &mut State| matches!(state, State::Waiting(_));
        let decided = self.changed.wait_while(lock(&self.state), waiting);
        match *decided.unwrap_or_else(PoisonError::into_inner) {
            State::Starting(start) => Some(start),
            State::Waiting(_) | State::CalledOff => None,
        }
    }

    fn change(&self, change: impl FnOnce(State) -> State) {
        let mut state = lock(&self.state);
        *state = change(*state);
        self.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::thread;

    use super::*;

    #[test]
    fn all_shards_start_at_the_same_moment_after_the_last_is_ready() {
        let line = &StartLine::of(3);
        let (last, wait) = channel::<()>();
        thread::scope(|scope| {
            let early: Vec<_> = (0..2).map(|_| scope.spawn(|| line.ready())).collect();
            let late = scope.spawn(move || {
                wait.recv().unwrap();
                let before = Instant::now();
                (before, line.ready())
            });
            last.send(()).unwrap();
            let (before, start) = late.join().unwrap();
            let start = start.unwrap();
            assert!(start >= before + HEAD_START);
            assert!(early.into_iter().all(|shard| shard.join().unwrap() == Some(start)));
            assert_eq!(line.start(), Some(start));
            line.call_off();
            assert_eq!(line.start(), Some(start), "what has started goes on");
        });
    }

    #[test]
    fn a_shard_that_cannot_get_ready_keeps_the_others_from_starting() {
        let line = StartLine::of(2);
        thread::scope(|scope| {
            let ready = scope.spawn(|| line.ready());
            line.call_off();
            assert_eq!(ready.join().unwrap(), None);
        });
        assert_eq!((line.ready(), line.start()), (None, None));
    }
}
