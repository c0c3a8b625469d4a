//! The load: shards play, turns are scored, and once a second the numbers are gathered, shown and judged.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, Scope, ScopedJoinHandle};
use std::time::Duration;

use tokio::time::Instant;

use super::book::Book;
use super::customers::{Customers, planned};
use super::guard::TransportGuard;
use super::scoring::{Work, score_all};
use super::shard::{Sink, all_or_none, play, shard_count};
use super::start_line::StartLine;
use super::watch::Snapshot;
use super::{RehearsalError, Stage};
use crate::archive::{ArchiveError, ArchiveWriter, Kept, RunFolder, Settings};
use crate::backlog::{Inlet, backlog};
use crate::engine::{self, Arrivals, Clock, Turnstile};
use crate::quality::Scorer;
use crate::scenario::Budget;
use crate::simulation::Cast;
use crate::verdict::Stop;

/// What closed turns that wait for their score may take: some 100,000 turns of usual length. Unit: bytes.
const SCORING_BACKLOG: usize = 128 << 20;
/// How often `run.json` is written while the run goes on, in seconds.
const WRITE_EVERY: u64 = 5;

/// What a load gave.
pub(super) struct Measured {
    pub(super) book: Book,
    pub(super) kept: Result<Kept, ArchiveError>,
}

pub(super) fn carry_out(
    cast: &Cast,
    stage: &Stage,
    folder: &RunFolder,
    resolved: String,
    watch: &mut dyn FnMut(&Snapshot),
) -> Result<Measured, RehearsalError> {
    let scenario = &cast.scenario;
    let scorer = Scorer::new(Arc::clone(scenario))?;
    // Counting what is planned takes its time, and is done before anybody is ready.
    let planned = planned(scenario);
    let keeping = Settings {
        expected: planned,
        ..Settings::of(scenario)
    };
    let archive = ArchiveWriter::start(folder, &keeping)?;
    let count = shard_count();
    let (scoring, work) = backlog(SCORING_BACKLOG);
    let mut book = Book::open(scenario, resolved, count, planned, folder)?;
    let start_line = StartLine::of(count);
    let customers = Customers::of(scenario, count);
    let result = thread::scope(|scope| {
        let (over, load_over) = channel();
        let tallies = Arc::clone(&book.tallies);
        let (scorer, archive, start_line) = (&scorer, &archive, &start_line);
        let scored = scope.spawn(move || {
            score_all(&work, scorer, &tallies, archive, &stage.stops.now);
            Ok(())
        });
        let load = Load {
            cast,
            stage,
            start_line,
            over,
        };
        let crew = load.muster(scope, customers, book.sinks(&scoring), scored);
        if let Some(start) = start_line.start() {
            let clock = Clock::starting_at(start);
            stage.targets.tell_of_the_load(start);
            book.begin(jiff::Timestamp::now() + start.saturating_duration_since(Instant::now()));
            let conductor = Conductor {
                book: &mut book,
                stage,
                clock,
                scoring,
                archive,
                guard: TransportGuard::default(),
            };
            conductor.conduct(&load_over, watch);
        } else {
            drop(scoring);
        }
        crew.join()
    });
    book.close();
    match result {
        Ok(handed_over) => book.planned = handed_over.or(book.planned),
        Err(error) => {
            book.write_so_far(&stage.control, archive.overflow());
            // What was kept until then is not lost; that it could be would say less than why the load failed.
            let _is_whole = archive.finish(book.last_seconds()).is_ok();
            return Err(error);
        }
    }
    let kept = archive.finish(book.last_seconds());
    Ok(Measured { book, kept })
}

/// What the threads of a load share.
struct Load<'a> {
    cast: &'a Cast,
    stage: &'a Stage,
    start_line: &'a StartLine,
    /// Gone once all threads are over, also when one panics: each drops its own with its closure.
    over: Sender<()>,
}

type Thread<'scope, T> = ScopedJoinHandle<'scope, Result<T, RehearsalError>>;

impl<'a> Load<'a> {
    /// Starts everybody who plays.
    fn muster<'scope>(
        self,
        scope: &'scope Scope<'scope, 'a>,
        customers: Customers,
        sinks: Vec<Sink>,
        scored: Thread<'scope, ()>,
    ) -> Crew<'scope> {
        let shards = customers.shards.into_iter().zip(sinks);
        Crew {
            players: shards
                .map(|(arrivals, sink)| self.play(scope, arrivals, sink))
                .collect(),
            population: customers.turnstile.map(|turnstile| self.populate(scope, turnstile)),
            scored,
        }
    }

    fn play<'scope>(&self, scope: &'scope Scope<'scope, 'a>, arrivals: Arrivals, sink: Sink) -> Thread<'scope, ()> {
        let (cast, stage, start_line, over) = (self.cast, self.stage, self.start_line, self.over.clone());
        scope.spawn(move || {
            let _told_when_dropped = over;
            all_or_none(&stage.control, start_line, || {
                play(arrivals, cast, &stage.wirings, start_line, &stage.control, sink)
            })
        })
    }

    fn populate<'scope>(&self, scope: &'scope Scope<'scope, 'a>, turnstile: Turnstile) -> Thread<'scope, u64> {
        let (cast, stage, start_line, over) = (self.cast, self.stage, self.start_line, self.over.clone());
        scope.spawn(move || {
            let _told_when_dropped = over;
            all_or_none(&stage.control, start_line, || match start_line.start() {
                Some(start) => {
                    let clock = Clock::starting_at(start);
                    Ok(engine::populate(turnstile, &cast.scenario, clock, &stage.control)?)
                }
                None => Ok(0),
            })
        })
    }
}

/// All threads of a load.
struct Crew<'scope> {
    players: Vec<Thread<'scope, ()>>,
    population: Option<Thread<'scope, u64>>,
    scored: Thread<'scope, ()>,
}

impl Crew<'_> {
    /// How many conversations a population handed over, when all are over.
    ///
    /// All are joined before any is complained of: the panic of one that was not would be the scope's own, and cost the run.
    fn join(self) -> Result<Option<u64>, RehearsalError> {
        let played: Vec<_> = self.players.into_iter().map(joined).collect();
        let (populated, scored) = (self.population.map(joined).transpose(), joined(self.scored));
        played.into_iter().chain([scored]).collect::<Result<(), _>>()?;
        populated
    }
}

fn joined<T>(thread: Thread<'_, T>) -> Result<T, RehearsalError> {
    let panicked = Err(RehearsalError::Panicked("a thread of the load panicked"));
    thread.join().unwrap_or(panicked)
}

/// Watches over a load, once a second.
struct Conductor<'a> {
    book: &'a mut Book,
    stage: &'a Stage,
    clock: Clock,
    scoring: Inlet<Work>,
    archive: &'a ArchiveWriter,
    guard: TransportGuard,
}

impl Conductor<'_> {
    /// Returns when all threads of the load are over.
    fn conduct(mut self, load_over: &Receiver<()>, watch: &mut dyn FnMut(&Snapshot)) {
        for tick in 1.. {
            let next = Duration::from_secs(tick);
            let wait = next.saturating_sub(self.clock.now());
            let is_over = matches!(load_over.recv_timeout(wait), Err(RecvTimeoutError::Disconnected));
            self.archive.miss_endings(self.book.gather(self.clock.now()));
            self.hand_out_seconds();
            if is_over {
                self.note_the_users_stop();
                return self.note_a_spent_budget();
            }
            watch(&self.book.snapshot(self.stage.control.open_conversations()));
            self.stop_if_needed();
            if tick % WRITE_EVERY == 0 {
                self.book.played_by = self.stage.played_by();
                self.book.write_so_far(&self.stage.control, self.archive.overflow());
            }
        }
    }

    fn stop_if_needed(&mut self) {
        let control = &self.stage.control;
        if control.stop_starting.is_cancelled() {
            return self.note_the_users_stop();
        }
        if control.is_budget_spent() {
            self.note_a_spent_budget();
            return control.stop_starting.cancel();
        }
        if let Some(reason) = self.reason_to_stop() {
            self.book.stop(reason);
            self.stage.control.stop_starting.cancel();
        }
    }

    /// Seconds go the way of their turns, so that these are scored when the seconds come.
    fn hand_out_seconds(&mut self) {
        let seconds = self.book.complete_seconds();
        if !seconds.is_empty() && self.scoring.insist(Work::Seconds(seconds)).is_err() {
            self.book
                .warn("the series by second has a gap, because scoring ended too soon");
        }
    }

    fn note_a_spent_budget(&mut self) {
        if let Some(Budget::Turns(turns)) = self.book.scenario.file.budget
            && self.stage.control.is_budget_spent()
        {
            self.book
                .stop(Stop::Interrupted(format!("the budget of {turns} turns is spent")));
        }
    }

    fn note_the_users_stop(&mut self) {
        let stops = &self.stage.stops;
        if stops.gently.is_cancelled() || stops.now.is_cancelled() {
            self.book.stop(Stop::Interrupted("interrupted by the user".to_owned()));
        }
    }

    fn reason_to_stop(&mut self) -> Option<Stop> {
        let is_tripped = self.guard.is_tripped(self.stage.control.transport());
        if is_tripped && self.book.is_guarded() {
            let reason =
                "more than half of the messages failed in transport for 20 s (`guard: off` goes on regardless)";
            return Some(Stop::Interrupted(reason.to_owned()));
        }
        self.book.broken_abort()
    }
}
