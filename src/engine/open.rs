//! Plays a shard: conversations start when their customers are due, however slow the bot is.

use std::io;
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::Instant;

use super::agenda::{Agenda, Task};
use super::arrivals::Arrivals;
use super::author::Unwritten;
use super::dialogue::Dialogue;
use super::pacer::Pacer;
use super::{Audience, Clock, Control, Settings};
use crate::channel::{Called, Finish, Line, Signal};
use crate::conversation::{ByNumber, Event, Hindrance, NotSent};
use crate::simulation::{Arrival, Cast};

/// A conversation that is this late is not started: it would be a different experiment.
const TOO_LATE: Duration = Duration::from_secs(10);

/// For so long after a message found no descriptor, port or memory nobody new is started on its channel: they would only be
/// cut short, and trying costs time that those who are connected need. The next one tries anew.
pub(super) const WANT_LASTS: Duration = Duration::from_millis(100);

/// Customers are let in this much before they are due, so that a crowd takes one waking and not one for each. Nobody can tell:
/// what they say is sent when it is due.
const AHEAD: Duration = Duration::from_millis(1);

/// So much is done in one go before what it put on its way gets the thread: a generator that is overrun still sends,
/// hears and can be stopped.
const BATCH: usize = 16;

/// Exchanges give up when nobody listens any longer; for so much longer they may tell how they ended.
pub(super) const LAST_WORDS: Duration = Duration::from_millis(20);
/// An idle machine was seen to wake 25 ms late.
const LATE_LAST_WORDS: Duration = Duration::from_millis(100);

/// Why a run could not be carried out.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The system's timer failed.
    #[error("the timer of this machine failed")]
    Timer(#[source] io::Error),
    /// No runtime could be had for the closed workload.
    #[error("this machine gave no runtime for the closed workload")]
    Runtime(#[source] io::Error),
    /// An open scenario was to run on goose.
    #[error("an open workload cannot run on goose, which has no arrival rate")]
    OpenOnGoose,
    /// A closed scenario in a throng without goose.
    #[error("this throng was built without the closed workload (cargo feature `closed`)")]
    WithoutGoose,
    /// goose refused the plan, or failed.
    #[error("goose could not run the closed workload: {0}")]
    Goose(String),
}

/// What an exchange tells.
pub(super) enum Told {
    /// The channel has the message.
    Begun(Instant),
    Signal(Signal),
    Finish(Finish),
    /// A reply that came by a call to the platform of the channel with this place.
    Called(u16, Called),
    /// The author's words for the customer, or why there are none.
    Written(Result<String, Unwritten>),
}

pub(super) struct Note {
    pub(super) customer: u64,
    pub(super) turn: u16,
    pub(super) fragment: u16,
    pub(super) told: Told,
}

/// All that a dialogue needs from its surroundings.
pub(super) struct Stage<'a> {
    pub(super) cast: &'a Cast,
    pub(super) lines: &'a [Rc<Line>],
    pub(super) clock: Clock,
    pub(super) control: &'a Control,
    pub(super) settings: Settings,
    pub(super) audience: &'a mut dyn Audience,
    pub(super) notes: UnboundedSender<Note>,
    /// A turn that is due later than this could not get its outcome before the run's end, so it is not begun.
    pub(super) last_listen_at: Duration,
    agenda: Agenda,
    /// By channel: until then this machine is taken to lack what its messages need.
    wanting_until: Vec<Duration>,
}

impl Stage<'_> {
    /// Takes note that a message on this channel never left.
    pub(super) fn hindered(&mut self, channel: u16, by: Hindrance) {
        self.control.hindered(by);
        if by.is_want() {
            self.wanting_until[usize::from(channel)] = self.clock.now() + WANT_LASTS;
        }
    }

    pub(super) fn plan(&mut self, at: Duration, customer: u64, task: Task) {
        self.agenda.plan(at, customer, task);
    }
}

/// Plays all of `arrivals` and returns when their conversations are over.
///
/// One line per channel of the scenario, in its order. To be awaited where tasks stay on their thread: on a `LocalRuntime`, or
/// in a `LocalSet`. Every arrival is started or told as [`Event::NotSent`]; every sent turn is closed.
///
/// # Errors
/// [`RunError::Timer`] when the system's timer fails. A failing bot is data, not an error.
pub async fn run(
    cast: &Cast,
    lines: &[Rc<Line>],
    arrivals: impl Into<Arrivals>,
    clock: Clock,
    control: &Control,
    settings: Settings,
    audience: &mut dyn Audience,
) -> Result<(), RunError> {
    let (notes, inbox) = unbounded_channel();
    let stage = Stage {
        cast,
        lines,
        clock,
        control,
        settings,
        audience,
        notes,
        last_listen_at: cast.scenario.traffic_length() + cast.scenario.drain,
        agenda: Agenda::default(),
        wanting_until: vec![Duration::ZERO; lines.len()],
    };
    let play = Play {
        stage,
        dialogues: ByNumber::default(),
        arrivals: arrivals.into(),
        inbox,
        is_stopping: false,
    };
    play.until_over().await
}

struct Play<'a> {
    stage: Stage<'a>,
    dialogues: ByNumber<u64, Box<Dialogue>>,
    arrivals: Arrivals,
    inbox: UnboundedReceiver<Note>,
    is_stopping: bool,
}

impl Play<'_> {
    async fn until_over(mut self) -> Result<(), RunError> {
        let pacer = Pacer::new(self.stage.settings.timer).map_err(RunError::Timer)?;
        let (stop_starting, stop_now) = (
            self.stage.control.stop_starting.clone(),
            self.stage.control.stop_now.clone(),
        );
        // Made once: a token keeps a list of those who wait for it.
        let mut stopped_now = pin!(stop_now.cancelled());
        let mut stopped_starting = pin!(stop_starting.cancelled());
        loop {
            self.do_what_is_due();
            self.read_notes();
            let Some(next) = self.next_due() else { break };
            let moment = self.stage.clock.instant(next);
            tokio::select! {
                biased;
                () = &mut stopped_now => break,
                waited = pacer.wait_until(moment) => waited.map_err(RunError::Timer)?,
                () = &mut stopped_starting, if !self.is_stopping => self.stop_starting(),
                Some(note) = self.inbox.recv() => self.take(note),
                () = self.arrivals.changed(), if self.arrivals.may_bring_more() => {}
            }
            if self.stage.clock.now() >= self.end() {
                break;
            }
        }
        self.cut_what_is_open();
        Ok(())
    }

    /// The end of the drain, last words on a machine that woke late for them included.
    fn end(&self) -> Duration {
        self.stage.last_listen_at + LATE_LAST_WORDS
    }

    /// The moment of the next thing to do; absent when all is over. While conversations are open or may come, that is at
    /// the latest the end of the drain.
    fn next_due(&mut self) -> Option<Duration> {
        let arrival = self.arrivals.next_due();
        let task = self.next_task(self.stage.clock.now());
        let goes_on = !self.dialogues.is_empty() || self.arrivals.may_bring_more();
        let end = goes_on.then_some(self.end());
        [arrival, task.filter(|_| end.is_some()), end]
            .into_iter()
            .flatten()
            .min()
    }

    /// The moment of the next task that still means something.
    fn next_task(&mut self, now: Duration) -> Option<Duration> {
        let dialogues = &self.dialogues;
        self.stage.agenda.next_at(now, |due| {
            let dialogue = dialogues.get(&due.customer);
            dialogue.is_some_and(|dialogue| dialogue.awaits(due.task))
        })
    }

    /// Does what is due, at most a batch of it.
    fn do_what_is_due(&mut self) {
        for _ in 0..BATCH {
            let now = self.stage.clock.now();
            let arrival = self.arrivals.next_due().filter(|at| *at <= now + AHEAD);
            let task = self.next_task(now).filter(|at| *at <= now);
            match (arrival, task) {
                (None, None) => return,
                (Some(arrival), task) if task.is_none_or(|task| arrival < task) => self.arrive(now),
                _ => self.do_task(),
            }
        }
    }

    fn arrive(&mut self, now: Duration) {
        let Some(arrival) = self.arrivals.next() else { return };
        if self.is_stopping {
            self.not_sent(&arrival, NotSent::Stopped);
        } else if self.stage.control.is_budget_spent() {
            self.not_sent(&arrival, NotSent::Stopped);
            self.stop_starting();
        } else if now.saturating_sub(arrival.due_at) > TOO_LATE {
            self.not_sent(&arrival, NotSent::TooLate);
        } else if now < self.wanting_until(&arrival) {
            self.not_sent(&arrival, NotSent::NoResources);
        } else {
            let mut dialogue = Dialogue::begin(&mut self.stage, &arrival);
            if dialogue.is_over(&mut self.stage) {
                self.stage.control.closed();
                self.arrivals.gone(arrival.customer);
            } else {
                self.dialogues.insert(arrival.customer, dialogue);
            }
        }
    }

    fn wanting_until(&self, arrival: &Arrival) -> Duration {
        let mix = &self.stage.cast.scenario.mix[usize::from(arrival.mix)];
        self.stage.wanting_until[usize::from(mix.channel)]
    }

    fn not_sent(&mut self, arrival: &Arrival, reason: NotSent) {
        self.arrivals.refused(arrival.customer);
        let scenario = &self.stage.cast.scenario;
        let labels = scenario.labels(arrival.phase, &scenario.mix[usize::from(arrival.mix)]);
        self.stage.audience.event(Event::NotSent { labels, reason });
    }

    fn do_task(&mut self) {
        let Some(due) = self.stage.agenda.pop() else { return };
        self.with(due.customer, |dialogue, stage| {
            dialogue.do_task(stage, due.task, due.at)
        });
    }

    /// Does this with a customer's dialogue, unless that is over, and forgets it once it is.
    fn with(&mut self, customer: u64, carry_on: impl FnOnce(&mut Dialogue, &mut Stage<'_>)) {
        let Some(dialogue) = self.dialogues.get_mut(&customer) else {
            return;
        };
        carry_on(dialogue, &mut self.stage);
        if dialogue.is_over(&mut self.stage) {
            self.dialogues.remove(&customer);
            self.stage.control.closed();
            self.arrivals.gone(customer);
        }
    }

    fn read_notes(&mut self) {
        while let Ok(note) = self.inbox.try_recv() {
            self.take(note);
        }
    }

    fn take(&mut self, note: Note) {
        self.stage.control.note(&note.told);
        self.with(note.customer, |dialogue, stage| dialogue.take(stage, note));
    }

    /// Nothing starts from here on; what is open may go on for as long as the drain.
    fn stop_starting(&mut self) {
        self.turn_away();
        let drained_at = self.stage.clock.now() + self.stage.cast.scenario.drain;
        self.stage.last_listen_at = self.stage.last_listen_at.min(drained_at);
        if self.stage.control.is_budget_spent() {
            // The turns that spent it may be had.
            return;
        }
        for customer in self.open_customers() {
            self.with(customer, Dialogue::withdraw);
        }
    }

    /// Whoever is still to come is not sent.
    fn turn_away(&mut self) {
        self.is_stopping = true;
        self.arrivals.close();
        while let Some(arrival) = self.arrivals.next() {
            self.not_sent(&arrival, NotSent::Stopped);
        }
    }

    fn open_customers(&self) -> Vec<u64> {
        let mut open: Vec<u64> = self.dialogues.keys().copied().collect();
        open.sort_unstable();
        open
    }

    fn cut_what_is_open(&mut self) {
        self.turn_away();
        self.read_notes();
        for customer in self.open_customers() {
            if let Some(mut dialogue) = self.dialogues.remove(&customer) {
                dialogue.cut(&mut self.stage);
                self.stage.control.closed();
            }
        }
    }
}
