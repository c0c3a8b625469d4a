//! The books of a run: numbers gathered from the shards, the timeline, what aborts, and `run.json` while the run goes on.

mod snapshot;

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::intervals::Intervals;
use super::scoring::{Tallies, Work};
use super::shard::{Page, Sink, lock};
use super::{RehearsalError, failures, target};
use crate::archive::{self, RunFolder};
use crate::backlog::Inlet;
use crate::engine::Control;
use crate::metrics::{Batched, Metrics, SecondCounts};
use crate::quality::Tasks;
use crate::scenario::{Guard, Mark, Scenario};
use crate::verdict::{self, Measured, RunFacts, Second, Slices, Stop};

/// A second is complete this long after nobody listens to its turns any more.
const SECOND_SLACK: Duration = Duration::from_secs(2);

/// The books of a run.
pub(super) struct Book {
    pub(super) scenario: Arc<Scenario>,
    pub(super) slices: Slices,
    pub(super) pages: Vec<Arc<Mutex<Page>>>,
    pub(super) tallies: Arc<Mutex<Tallies>>,
    pub(super) whole: Metrics,
    /// What aborting thresholds look at: numbers that begin at their `after`.
    later: Vec<(Duration, Metrics)>,
    spare: Batched,
    intervals: Intervals,
    folder: RunFolder,
    started_at: jiff::Timestamp,
    resolved: String,
    at: Duration,
    /// Processor time that this process had used before: several runs may share one.
    cpu_before_s: Option<f64>,
    /// In a closed workload known only at the end.
    pub(super) planned: Option<u64>,
    /// Seconds before this one were handed out.
    complete_before: u32,
    stop: Option<Stop>,
    last: (u64, u64),
    warnings: Vec<String>,
    /// The model that plays customers, as it stands.
    pub(super) played_by: Option<verdict::PlayedNumbers>,
    /// What happened on the wire beside the turns; known at the end.
    pub(super) wire: verdict::WireNumbers,
}

impl Book {
    pub(super) fn open(
        scenario: &Arc<Scenario>,
        resolved: String,
        shards: u64,
        planned: Option<u64>,
        folder: &RunFolder,
    ) -> Result<Book, RehearsalError> {
        let slices = Slices::of(scenario);
        let log = folder.path().join("latency.hlog");
        let intervals = Intervals::create(&log, scenario, &slices).map_err(RehearsalError::Log)?;
        let later = verdict::abort_times(&scenario.thresholds);
        let empty_page = || Page {
            metrics: Batched::new(slices.metrics()),
            unscored: Vec::new(),
            missed_endings: Vec::new(),
        };
        Ok(Book {
            pages: (0..shards).map(|_| Arc::new(Mutex::new(empty_page()))).collect(),
            tallies: Arc::new(Mutex::new(Tallies {
                whole: slices.comparing_tally(scenario),
                later: later.iter().map(|after| (*after, slices.tally())).collect(),
                tasks: Tasks::default(),
                unscored: 0,
            })),
            whole: slices.metrics(),
            later: later.into_iter().map(|after| (after, slices.metrics())).collect(),
            spare: Batched::new(slices.metrics()),
            intervals,
            folder: folder.clone(),
            started_at: jiff::Timestamp::now(),
            resolved,
            at: Duration::ZERO,
            cpu_before_s: archive::cpu_s(),
            planned,
            complete_before: 0,
            stop: None,
            last: (0, 0),
            warnings: standing_warnings(scenario),
            played_by: None,
            wire: verdict::WireNumbers::default(),
            slices,
            scenario: Arc::clone(scenario),
        })
    }

    /// The run's clock starts at this moment.
    pub(super) fn begin(&mut self, started_at: jiff::Timestamp) {
        self.started_at = started_at;
        let begun = self.intervals.begin(started_at.into());
        self.note_log(begun);
    }

    /// Where each shard's events go.
    pub(super) fn sinks(&self, scoring: &Inlet<Work>) -> Vec<Sink> {
        let sink = |page: &Arc<Mutex<Page>>| Sink {
            page: Arc::clone(page),
            scoring: scoring.clone(),
        };
        self.pages.iter().map(sink).collect()
    }

    /// Takes every shard's numbers and leaves it an empty page. Gives how many ends of conversations were lost on their
    /// way to the archive.
    pub(super) fn gather(&mut self, now: Duration) -> u64 {
        let mut missed_endings = 0;
        let before = std::mem::replace(&mut self.at, now);
        for page in &self.pages {
            // Adding up takes its time, and is done when the shard has its page back.
            let (unscored, ends) = {
                let mut page = lock(page);
                std::mem::swap(&mut page.metrics, &mut self.spare);
                (
                    std::mem::take(&mut page.unscored),
                    std::mem::take(&mut page.missed_endings),
                )
            };
            for turn in unscored {
                lock(&self.tallies).record(&turn, None);
            }
            for ended in &ends {
                lock(&self.tallies).end(ended);
            }
            missed_endings += ends.len() as u64;
            let gathered = self.spare.settled();
            self.whole.merge(gathered);
            self.intervals.add(gathered);
            for (after, metrics) in &mut self.later {
                // Not the second in which that moment lies: most of it came before.
                if before >= *after {
                    metrics.merge(gathered);
                }
            }
            gathered.clear();
        }
        let logged = self.intervals.write_if_over(now);
        self.note_log(logged);
        missed_endings
    }

    /// The seconds that nobody listens to any more.
    pub(super) fn complete_seconds(&mut self) -> Vec<SecondCounts> {
        let listens = self
            .scenario
            .channels
            .iter()
            .map(|channel| channel.deadline.reply.get() + channel.deadline.grace.get());
        let horizon = listens.max().unwrap_or_default() + SECOND_SLACK;
        let complete = self.at.saturating_sub(horizon).as_secs();
        self.seconds_before(u32::try_from(complete).unwrap_or(u32::MAX))
    }

    /// All that is left of the timeline, once every turn is scored.
    pub(super) fn last_seconds(&mut self) -> Vec<Second> {
        let counts = self.seconds_before(u32::MAX);
        lock(&self.tallies).finish_seconds(&counts)
    }

    fn seconds_before(&mut self, before: u32) -> Vec<SecondCounts> {
        let mut counts = self.whole.take_seconds(before);
        let all = counts.len();
        // A part must not stand for the whole second that was handed out already.
        counts.retain(|counts| counts.second >= self.complete_before);
        if counts.len() < all {
            self.warn("some turns were closed so late that the series by second lacks them; the totals have them");
        }
        self.complete_before = self.complete_before.max(before);
        counts
    }

    pub(super) fn is_guarded(&self) -> bool {
        self.scenario.file.guard == Guard::On
    }

    /// Remembers why the run stops. The first reason stands: what a threshold has proved, an impatient user does not undo
    /// while open conversations end, and the other way round. Another one is a warning.
    pub(super) fn stop(&mut self, stop: Stop) {
        match &self.stop {
            None => self.stop = Some(stop),
            Some(first) if *first == stop => {}
            Some(_) => self.warn(&format!("while the last conversations ended: {}", stop.in_words())),
        }
    }

    /// Something that a reader should know before believing the numbers; said once.
    pub(super) fn warn(&mut self, warning: &str) {
        if !self.warnings.iter().any(|known| known == warning) {
            self.warnings.push(warning.to_owned());
        }
    }

    /// The aborting threshold that is broken, if one is.
    pub(super) fn broken_abort(&self) -> Option<Stop> {
        let tallies = lock(&self.tallies);
        self.later
            .iter()
            .zip(&tallies.later)
            .find_map(|((after, metrics), (_, tally))| {
                let measured = Measured {
                    scenario: &self.scenario,
                    slices: &self.slices,
                    metrics,
                    tally,
                };
                verdict::aborting(&measured, *after).map(|broken| Stop::Aborted(broken.that))
            })
    }

    /// Writes `run.json` as it stands. A disk that is full now may have room at the end, so this only warns.
    pub(super) fn write_so_far(&mut self, control: &Control, archive_overflow: u64) {
        let stop = Stop::Unfinished("the run goes on, or ended without a last word".to_owned());
        let written = self
            .run(control, Some(stop), archive_overflow)
            .map(|run| self.folder.write_run_so_far(&run));
        if !matches!(written, Ok(Ok(()))) {
            self.warn("run.json could not be written while the run went on");
        }
    }

    /// Closes the books.
    pub(super) fn close(&mut self) {
        let closed = self.intervals.close(self.at);
        self.note_log(closed);
    }

    /// A log that cannot be written costs the log.
    fn note_log(&mut self, written: io::Result<()>) {
        if written.is_err() {
            self.warn("latency.hlog could not be written whole");
        }
    }

    /// Processor time since the books were opened.
    fn cpu(&self) -> Option<Duration> {
        let used = archive::cpu_s()? - self.cpu_before_s?;
        Some(Duration::from_secs_f64(used.max(0.0)))
    }

    /// The run's numbers as they stand.
    pub(super) fn run(
        &self,
        control: &Control,
        stop: Option<Stop>,
        archive_overflow: u64,
    ) -> Result<verdict::Run, verdict::Imbalance> {
        let tallies = lock(&self.tallies);
        let measured = Measured {
            scenario: &self.scenario,
            slices: &self.slices,
            metrics: &self.whole,
            tally: &tallies.whole,
        };
        let facts = RunFacts {
            started_at: self.started_at,
            duration: self.at,
            stopped: stop.or_else(|| self.stop.clone()),
            planned: self.planned,
            cpu: self.cpu(),
            peak_rss_bytes: archive::peak_rss_bytes(),
            peak_open_conversations: u64::from(control.peak_open_conversations()),
            hindered_messages: control.hindered_messages(),
            scoring_overflow: tallies.unscored,
            archive_overflow,
            warnings: self.warnings.clone(),
            tasks: tallies.tasks.counts().clone(),
            played_by: self.played_by.clone(),
            wire: verdict::WireNumbers {
                failures: failures::numbers(&measured),
                ..self.wire.clone()
            },
            provenance: archive::provenance(&self.scenario, &self.resolved, target::hosts(&self.scenario)),
        };
        verdict::summarise(&measured, facts)
    }
}

/// What a reader should know of any run of this scenario.
fn standing_warnings(scenario: &Scenario) -> Vec<String> {
    match scenario.file.mark {
        Mark::On => Vec::new(),
        Mark::Off => vec![
            "customer ids carried no mark (`mark: off`), so the bot's team cannot tell them from real ones".to_owned(),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::EndedConversation;
    use crate::conversation::{Ending, Labels};
    use crate::scenario;
    use crate::verdict::Verdict;

    fn book(folder: &std::path::Path) -> Book {
        let scenario = scenario::load("smoke", &Default::default()).unwrap();
        let folder = RunFolder::create(Some(folder), "smoke", &jiff::Zoned::now()).unwrap();
        let resolved = scenario::to_yaml(&scenario);
        Book::open(&Arc::new(scenario), resolved, 1, Some(0), &folder).unwrap()
    }

    #[test]
    fn the_first_reason_to_stop_stands_and_another_is_a_warning() {
        let aborted = || Stop::Aborted("dropped: rate < 20%".to_owned());
        let interrupted = || Stop::Interrupted("interrupted by the user".to_owned());
        for (first, second, verdict) in [
            (aborted(), interrupted(), Verdict::NoData),
            (interrupted(), aborted(), Verdict::Interrupted),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let mut book = book(folder.path());
            for reason in [first.clone(), first.clone(), second.clone(), second.clone()] {
                book.stop(reason);
            }
            let run = book.run(&Control::default(), None, 0).unwrap();
            assert_eq!(run.stopped, Some(first.in_words()));
            let told = format!("while the last conversations ended: {}", second.in_words());
            assert_eq!(run.generator.warnings, [told]);
            assert_eq!(run.verdict, verdict);
        }
    }

    #[test]
    fn ends_that_got_lost_are_gathered_once() {
        let folder = tempfile::tempdir().unwrap();
        let mut book = book(folder.path());
        let ended = |customer| EndedConversation {
            customer,
            labels: Labels::default(),
            ending: Ending::GaveUp,
            started_at: Duration::ZERO,
            at: Duration::ZERO,
            turns: 0,
        };
        lock(&book.pages[0]).missed_endings = (0..3).map(ended).collect();
        assert_eq!(book.gather(Duration::from_secs(1)), 3);
        assert_eq!(book.gather(Duration::from_secs(2)), 0);
        let conversations: u64 = lock(&book.tallies)
            .tasks
            .counts()
            .values()
            .map(|counts| counts.conversations)
            .sum();
        assert_eq!(conversations, 3, "the archive misses them, the tasks do not");
    }
}
