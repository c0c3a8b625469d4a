//! One shard: a thread that plays its part of the customers and records what happens into numbers of its own.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{SyncSender, TrySendError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::RehearsalError;
use super::contact::open_lines;
use super::scoring::Work;
use crate::archive::EndedConversation;
use crate::channel::Wiring;
use crate::conversation::{Event, Turn};
use crate::engine::{self, Arrivals, Audience, Clock, Control, Settings};
use crate::metrics::Metrics;
use crate::simulation::Cast;

/// How many shards this machine carries: one below four cores, else half the cores, so that the bot beside it and the
/// scoring have room.
pub(super) fn shard_count() -> u64 {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    if cores < 4 { 1 } else { cores as u64 / 2 }
}

/// What a shard writes down until it is gathered, once a second.
pub(super) struct Page {
    pub(super) metrics: Metrics,
    /// Closed turns that the scoring thread had no room for.
    pub(super) unscored: Vec<Turn>,
}

/// Where a shard's events go: its own page, and closed turns on to the scoring thread.
#[derive(Clone)]
pub(super) struct Sink {
    pub(super) page: Arc<Mutex<Page>>,
    pub(super) scoring: SyncSender<Work>,
}

impl Audience for Sink {
    fn event(&mut self, event: Event) {
        lock(&self.page).metrics.record(&event);
        let work = match event {
            Event::TurnClosed(turn) => Work::Turn(turn),
            Event::Ended {
                customer,
                labels,
                ending,
                started_at,
                at,
                turns,
            } => Work::Ended(EndedConversation {
                customer,
                labels,
                ending,
                started_at,
                at,
                turns,
            }),
            _ => return,
        };
        // Measuring goes before scoring: a full queue costs a score, never a delay. The archive misses what is lost.
        if let Err(TrySendError::Full(Work::Turn(turn)) | TrySendError::Disconnected(Work::Turn(turn))) =
            self.scoring.try_send(work)
        {
            lock(&self.page).unscored.push(*turn);
        }
    }
}

/// Plays the shard's customers to the end of the run.
pub(super) fn play(
    arrivals: Arrivals,
    cast: &Cast,
    wirings: &[Wiring],
    clock: Clock,
    control: &Control,
    mut sink: Sink,
) -> Result<(), RehearsalError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(RehearsalError::Runtime)?;
    runtime.block_on(async {
        let lines = open_lines(&cast.scenario, wirings)?;
        engine::run(cast, &lines, arrivals, clock, control, Settings::default(), &mut sink).await?;
        Ok(())
    })
}

/// Carries a part of the load out; when it fails or panics, the others stop at once, since their numbers alone are no run.
pub(super) fn all_or_none<T>(
    control: &Control,
    play: impl FnOnce() -> Result<T, RehearsalError>,
) -> Result<T, RehearsalError> {
    let panicked = RehearsalError::Panicked("a thread of the load panicked");
    let played = catch_unwind(AssertUnwindSafe(play)).unwrap_or(Err(panicked));
    if played.is_err() {
        control.stop_now.cancel();
    }
    played
}

/// Locks, also after a panic elsewhere: the numbers of a failed thread are still numbers.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shard_that_panics_stops_the_others_and_is_an_error() {
        let control = Control::default();
        assert!(all_or_none(&control, || Ok(())).is_ok());
        assert!(!control.stop_now.is_cancelled());
        let failed = all_or_none::<()>(&control, || panic!("a shard went wrong"));
        assert!(matches!(failed, Err(RehearsalError::Panicked(_))));
        assert!(control.stop_now.is_cancelled());
    }
}
