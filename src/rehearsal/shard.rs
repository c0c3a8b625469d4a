//! One shard: a thread that plays its part of the customers and records what happens into numbers of its own.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::runtime::{Builder, LocalOptions};

use super::contact::open_lines;
use super::scoring::Work;
use super::start_line::StartLine;
use super::{RehearsalError, rest};
use crate::archive::EndedConversation;
use crate::backlog::Inlet;
use crate::channel::Wiring;
use crate::conversation::{Event, Turn};
use crate::engine::{self, Arrivals, Audience, Clock, Control, Settings};
use crate::metrics::Batched;
use crate::simulation::Cast;

/// How many shards this machine carries: one below four cores, else half the cores, so that the bot beside it and the
/// scoring have room.
pub(super) fn shard_count() -> u64 {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    if cores < 4 { 1 } else { cores as u64 / 2 }
}

/// Tasks that get their turn between two looks at the clock and the network: enough for all that a batch of arrivals has
/// begun, few enough for a look within some tenths of a millisecond.
const POLLS: u32 = 128;

/// What a shard writes down until it is gathered, once a second.
pub(super) struct Page {
    pub(super) metrics: Batched,
    /// Closed turns that the scoring thread had no room for, without their texts.
    pub(super) unscored: Vec<Turn>,
    /// Ends of conversations that it had no room for.
    pub(super) missed_endings: Vec<EndedConversation>,
}

/// Where a shard's events go: its own page, and closed turns on to the scoring thread.
#[derive(Clone)]
pub(super) struct Sink {
    pub(super) page: Arc<Mutex<Page>>,
    pub(super) scoring: Inlet<Work>,
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
        // Measuring goes before scoring: a full backlog costs a score, never a delay. The archive misses what is lost.
        let bytes = work.bytes();
        match self.scoring.offer(work, bytes) {
            Err(Work::Turn(turn)) => lock(&self.page).unscored.push(turn.without_texts()),
            Err(Work::Ended(ended)) => lock(&self.page).missed_endings.push(ended),
            Ok(()) | Err(Work::Seconds(_)) => {}
        }
    }
}

/// Gets ready, waits for the others, and plays the shard's customers to the end of the run.
pub(super) fn play(
    arrivals: Arrivals,
    cast: &Cast,
    wirings: &[Wiring],
    start_line: &StartLine,
    control: &Control,
    mut sink: Sink,
) -> Result<(), RehearsalError> {
    let runtime = Builder::new_current_thread()
        .event_interval(POLLS)
        .on_thread_park(rest::before_park)
        .on_thread_unpark(rest::after_unpark)
        .enable_all()
        .build_local(LocalOptions::default());
    let runtime = runtime.map_err(RehearsalError::Runtime)?;
    let lines = runtime.block_on(async { open_lines(&cast.scenario, wirings) })?;
    let Some(start) = start_line.ready() else {
        // Another shard could not get ready, and tells why.
        return Ok(());
    };
    let clock = Clock::starting_at(start);
    runtime.spawn_local(keep_the_timers_awake());
    runtime.block_on(engine::run(
        cast,
        &lines,
        arrivals,
        clock,
        control,
        Settings::default(),
        &mut sink,
    ))?;
    Ok(())
}

/// tokio wakes its own thread, with a system call, for each timer that is to go off before all others: without this one, that
/// would be the first of every lull.
async fn keep_the_timers_awake() {
    let mut beat = tokio::time::interval(Duration::from_secs(1));
    loop {
        beat.tick().await;
    }
}

/// Carries a part of the load out; when it fails or panics, the others do not start or stop at once, since their numbers
/// alone are no run.
pub(super) fn all_or_none<T>(
    control: &Control,
    start_line: &StartLine,
    play: impl FnOnce() -> Result<T, RehearsalError>,
) -> Result<T, RehearsalError> {
    let panicked = RehearsalError::Panicked("a thread of the load panicked");
    let played = catch_unwind(AssertUnwindSafe(play)).unwrap_or(Err(panicked));
    if played.is_err() {
        start_line.call_off();
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
    use std::time::Duration;

    use super::*;
    use crate::backlog::backlog;
    use crate::conversation::{Ending, Given, Labels, Outcome, Reply, ReplyKind, Slice};
    use crate::metrics::Metrics;

    fn closed_turn() -> Turn {
        let reply = Reply {
            text: "亲,明天发货".to_owned(),
            kind: ReplyKind::Substantive,
            first_text_at: Duration::ZERO,
            complete_at: Duration::ZERO,
        };
        Turn {
            customer: 1,
            number: 1,
            labels: Labels::default(),
            step: 0,
            given: Given::default(),
            messages: Vec::new(),
            replies: vec![reply],
            due_at: Duration::ZERO,
            sent_at: Some(Duration::ZERO),
            first_event_at: None,
            first_text_at: None,
            answered_at: Some(Duration::ZERO),
            polls: 0,
            chunk_gaps: Vec::new(),
            outcome: Outcome::Answered,
            duplicates: 0,
            intent: None,
            trouble: None,
            failure: None,
            open_conversations: 1,
        }
    }

    #[test]
    fn what_scoring_has_no_room_for_is_on_the_page_turn_by_turn_and_end_by_end() {
        let ended = Event::Ended {
            customer: 1,
            labels: Labels::default(),
            ending: Ending::GoalMet,
            started_at: Duration::ZERO,
            at: Duration::ZERO,
            turns: 1,
        };
        // Room for nothing, for the turn alone, and for both.
        let turn = Work::Turn(Box::new(closed_turn())).bytes();
        for (room, unscored, missed_endings) in [(0, 1, 1), (turn, 0, 1), (2 * turn, 0, 0)] {
            let (scoring, _work) = backlog(room);
            let page = Page {
                metrics: Batched::new(Metrics::new(&[Slice::ALL])),
                unscored: Vec::new(),
                missed_endings: Vec::new(),
            };
            let mut sink = Sink {
                page: Arc::new(Mutex::new(page)),
                scoring,
            };
            sink.event(Event::TurnClosed(Box::new(closed_turn())));
            sink.event(ended.clone());
            let mut page = lock(&sink.page);
            assert_eq!(
                (page.unscored.len(), page.missed_endings.len()),
                (unscored, missed_endings),
                "room for {room} bytes"
            );
            assert!(page.unscored.iter().all(|turn| turn.replies.is_empty()));
            assert_eq!(page.metrics.settled().ledger(0).closed(), 1, "measured in any case");
        }
    }

    #[test]
    fn a_shard_that_panics_stops_the_others_and_is_an_error() {
        let control = Control::default();
        let start_line = StartLine::of(2);
        assert!(all_or_none(&control, &start_line, || Ok(())).is_ok());
        assert!(!control.stop_now.is_cancelled());
        let failed = all_or_none::<()>(&control, &start_line, || panic!("a shard went wrong"));
        assert!(matches!(failed, Err(RehearsalError::Panicked(_))));
        assert!(control.stop_now.is_cancelled());
        assert_eq!(start_line.ready(), None, "nobody starts");
    }
}
