//! One conversation: carries a customer's moves out and takes what is heard to the customer.
//!
//! ```text
//!  Utterance* --send--> [OpenTurn] --Answer--> customer --Say--> next turn
//!                           |  ^                   |
//!                         Wake Nudge             Leave --> listens on until every turn is closed --> Ended
//! ```
//!
//! Several turns may be open: the customer goes on as soon as an answer is there, while exchanges of the same turn that
//! still run may add to it until they end or nobody listens any longer.

mod hearing;
mod saying;
mod stays;
mod writing;

use std::collections::VecDeque;
use std::time::Duration;

use indexmap::IndexMap;
use serde_json::Value;

use super::agenda::Task;
use super::open::{LAST_WORDS, Note, Stage, Told};
use super::turn::{Close, OpenTurn};
use crate::channel::Speaker;
use crate::conversation::{Ending, Event, Labels, MessageKind, Outcome, Turn};
use crate::scenario::{Mix, Scenario};
use crate::simulation::{Arrival, Customer, Heard, Move, Utterance};
use stays::Stays;

/// A message that waits for its moment.
#[derive(Debug)]
struct Planned {
    turn: u16,
    kind: MessageKind,
    utterance: Utterance,
}

pub(super) struct Dialogue {
    number: u64,
    customer: Customer,
    mix: Mix,
    labels: Labels,
    stays: Stays,
    started_at: Duration,
    planned: VecDeque<Planned>,
    open: Vec<OpenTurn>,
    turns: u16,
    /// Counts the customer's waits, so that an alarm set for an earlier one is known as stale.
    waits: u32,
    left: Option<Ending>,
    captured: IndexMap<String, Value>,
    history: Vec<(Speaker, String)>,
    /// How much of it was said on the channel at hand: another one's bot is not told.
    said_here: usize,
    /// A turn whose answer the bot promised for the next message.
    promised: Option<u16>,
    /// Words that a model is finding for the customer.
    writing: Option<Box<writing::Writing>>,
}

impl Dialogue {
    /// The customer arrives and says their first words.
    pub(super) fn begin(stage: &mut Stage<'_>, arrival: &Arrival) -> Box<Dialogue> {
        let mix = stage.cast.scenario.mix[usize::from(arrival.mix)];
        let labels = stage.cast.scenario.labels(arrival.phase, &mix);
        stage.control.opened();
        stage.audience.event(Event::Started {
            customer: arrival.customer,
            labels,
            at: stage.clock.now().max(arrival.due_at),
        });
        let mut dialogue = Box::new(Dialogue {
            number: arrival.customer,
            customer: stage.cast.customer(arrival),
            mix,
            labels,
            stays: Stays::begin(mix.channel),
            started_at: arrival.due_at,
            planned: VecDeque::new(),
            open: Vec::new(),
            turns: 0,
            waits: 0,
            left: None,
            captured: IndexMap::new(),
            history: Vec::new(),
            said_here: 0,
            promised: None,
            writing: None,
        });
        dialogue.ask(stage, Heard::Arrived, arrival.due_at);
        dialogue
    }

    /// True unless what came meanwhile has made the task pointless.
    pub(super) fn awaits(&self, task: Task) -> bool {
        match task {
            Task::Send => true,
            Task::Wake(wait) => wait == self.waits && self.left.is_none(),
            Task::Hear(turn) | Task::StopListening(turn) | Task::Close(turn) => self.open_index(turn).is_some(),
        }
    }

    pub(super) fn do_task(&mut self, stage: &mut Stage<'_>, task: Task, at: Duration) {
        if !self.awaits(task) {
            return;
        }
        match task {
            Task::Send => self.send_next(stage, at),
            Task::Wake(_) => self.ask(stage, Heard::Time, at),
            Task::Hear(turn) => self.hear(stage, turn, at),
            // From now on, not from when it was due: a machine that slept until here woke late, and for exchanges as well.
            Task::StopListening(turn) => stage.plan(stage.clock.now() + LAST_WORDS, self.number, Task::Close(turn)),
            Task::Close(turn) => self.close_as_it_stands(stage, turn, at),
        }
    }

    pub(super) fn take(&mut self, stage: &mut Stage<'_>, note: Note) {
        match note.told {
            Told::Begun(at) => self.take_begun(stage, note.turn, note.fragment, stage.clock.since_start(at)),
            Told::Signal(signal) => self.take_from_exchange(stage, note.turn, note.fragment, signal),
            Told::Called(channel, called) => self.take_called(stage, channel, called),
            Told::Finish(finish) => self.take_finish(stage, note.turn, note.fragment, finish),
            Told::Written(written) => self.take_written(stage, note.turn, written),
        }
    }

    /// True, and told as an event, once the customer is gone and every turn is closed.
    pub(super) fn is_over(&mut self, stage: &mut Stage<'_>) -> bool {
        let Some(ending) = self.left.filter(|_| self.open.is_empty() && self.planned.is_empty()) else {
            return false;
        };
        for channel in self.stays.channels() {
            stage.lines[usize::from(channel)].hang_up(self.number);
        }
        stage.audience.event(Event::Ended {
            customer: self.number,
            labels: self.labels,
            ending,
            started_at: self.started_at,
            at: stage.clock.now(),
            turns: self.turns,
        });
        true
    }

    /// Nothing more is to start: a turn that was not begun and could not get its outcome any more is not begun.
    pub(super) fn withdraw(&mut self, stage: &mut Stage<'_>) {
        let is_too_late =
            |open: &mut OpenTurn| open.turn.messages.is_empty() && open.listen_until > stage.last_listen_at;
        if self.left.is_none() && self.open.pop_if(is_too_late).is_some() {
            self.turns -= 1;
            self.leave(stage, Ending::CutShort, None, stage.clock.now());
        }
    }

    /// Our run ends: closes every turn as it stands.
    pub(super) fn cut(&mut self, stage: &mut Stage<'_>) {
        let now = stage.clock.now();
        self.planned.clear();
        let ending = self.stays.ending_of(Ending::CutShort);
        self.left.get_or_insert(ending);
        for open in std::mem::take(&mut self.open) {
            self.close(stage, open, Close::CutAt(now));
        }
        self.is_over(stage);
    }

    // ---- the customer's side

    fn ask(&mut self, stage: &mut Stage<'_>, heard: Heard<'_>, now: Duration) {
        self.waits = self.waits.wrapping_add(1);
        let next = self.customer.next(stage.cast, heard, now);
        self.carry_out(stage, next, now);
    }

    fn carry_out(&mut self, stage: &mut Stage<'_>, next: Move, now: Duration) {
        match next {
            Move::Say {
                messages,
                kind: MessageKind::Utterance,
                step,
            } => self.open_turn(stage, messages, step),
            Move::Say { messages, kind, .. } => self.say(stage, self.turns, kind, messages),
            Move::Switch(switch) => self.switch(stage, *switch, now),
            Move::WaitUntil(moment) => stage.plan(moment, self.number, Task::Wake(self.waits)),
            Move::Leave { ending, farewell } => self.leave(stage, ending, farewell, now),
        }
    }

    fn open_turn(&mut self, stage: &mut Stage<'_>, messages: Vec<Utterance>, step: u16) {
        let scenario = &stage.cast.scenario;
        let Some(due_at) = messages.last().map(|last| last.due_at) else {
            return self.leave(stage, Ending::GoalMet, None, stage.clock.now());
        };
        let deadline = scenario.channels[usize::from(self.stays.here().channel)].deadline;
        let turn = self.blank_turn(scenario, step, due_at, stage.control.open_conversations());
        let open = OpenTurn::new(turn, u16::try_from(messages.len()).unwrap_or(u16::MAX), deadline);
        let is_first = self.turns == 0;
        let is_one_too_many = stage.settings.max_turns.is_some_and(|most| self.turns >= most);
        let comes_too_late = !is_first && open.listen_until > stage.last_listen_at;
        if is_one_too_many || comes_too_late || !stage.control.take_turn() {
            return self.leave(stage, Ending::CutShort, None, due_at);
        }
        self.turns += 1;
        stage.plan(open.listen_until, self.number, Task::StopListening(self.turns));
        // Room for more than is open would be most of what a thinking conversation takes.
        self.open.reserve_exact(1);
        self.open.push(open);
        self.say(stage, self.turns, MessageKind::Utterance, messages);
    }

    fn blank_turn(&self, scenario: &Scenario, step: u16, due_at: Duration, open_conversations: u32) -> Turn {
        Turn {
            customer: self.number,
            number: self.turns + 1,
            labels: Labels {
                channel: self.stays.here().channel,
                ..scenario.labels(scenario.phase_at(due_at), &self.mix)
            },
            step,
            given: self.customer.given(),
            messages: Vec::new(),
            replies: Vec::new(),
            due_at,
            sent_at: None,
            first_event_at: None,
            first_text_at: None,
            answered_at: None,
            polls: 0,
            chunk_gaps: Vec::new(),
            outcome: Outcome::CutShort,
            duplicates: 0,
            intent: None,
            trouble: None,
            open_conversations,
        }
    }

    fn say(&mut self, stage: &mut Stage<'_>, turn: u16, kind: MessageKind, messages: Vec<Utterance>) {
        self.planned.reserve_exact(messages.len());
        for utterance in messages {
            stage.plan(utterance.due_at, self.number, Task::Send);
            self.planned.push_back(Planned { turn, kind, utterance });
        }
    }

    fn leave(&mut self, stage: &mut Stage<'_>, ending: Ending, farewell: Option<String>, now: Duration) {
        self.left = Some(self.stays.ending_of(ending));
        self.take_leave(stage, farewell, now);
        self.close_what_is_done(stage);
    }

    /// What was still to be said in the open turn is not said any more, but for a last word.
    fn take_leave(&mut self, stage: &mut Stage<'_>, farewell: Option<String>, now: Duration) {
        self.planned.clear();
        if let Some(text) = farewell.filter(|_| self.open_index(self.turns).is_some()) {
            self.say(
                stage,
                self.turns,
                MessageKind::Farewell,
                vec![Utterance {
                    text,
                    media: None,
                    due_at: now,
                }],
            );
        }
    }

    // ---- closing

    /// Closes every turn for which nothing more can come: no exchange runs, no call may bring a reply, and the customer has
    /// gone on or left.
    fn close_what_is_done(&mut self, stage: &mut Stage<'_>) {
        let waiting = |planned: &VecDeque<Planned>, turn| planned.iter().any(|message| message.turn == turn);
        let mut index = 0;
        while index < self.open.len() {
            let open = &self.open[index];
            let nobody_waits = (self.left.is_some() || open.is_left) && !open.may_be_answered;
            let is_done =
                open.in_flight == 0 && !waiting(&self.planned, open.turn.number) && (open.is_heard || nobody_waits);
            if is_done {
                let open = self.open.remove(index);
                self.close(stage, open, Close::Over);
            } else {
                index += 1;
            }
        }
    }

    fn close(&mut self, stage: &mut Stage<'_>, open: OpenTurn, close: Close) {
        let was_sent = open.turn.sent_at.is_some();
        let turn = open.close(close);
        if was_sent {
            stage.audience.event(Event::TurnClosed(Box::new(turn)));
        } else {
            // Nobody was asked anything: a customer who was cut off in the middle of a burst has no turn to count.
            self.turns -= 1;
        }
    }

    fn open_index(&self, turn: u16) -> Option<usize> {
        self.open.iter().position(|open| open.turn.number == turn)
    }
}
