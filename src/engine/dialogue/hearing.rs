//! What comes from the bot: taken into the turn it belongs to, and to the customer once it answers.

use std::time::Duration;

use super::Dialogue;
use crate::channel::{Called, Ended, Finish, Signal, Speaker};
use crate::conversation::{Ending, Event, Labels, MediaKind, MessageKind, ReplyKind};
use crate::engine::agenda::Task;
use crate::engine::open::Stage;
use crate::engine::turn::Close;
use crate::engine::{Glimpse, SETTLE};
use crate::simulation::Heard;

/// The captured value by which a bot tells what it took its customer to want.
const INTENT: &str = "intent";

impl Dialogue {
    /// What an exchange brings is for the turn of its message, but for an answer that was promised for the next message: that is the
    /// earlier turn's, and no answer to this one.
    pub(super) fn take_from_exchange(&mut self, stage: &mut Stage<'_>, turn: u16, fragment: u16, signal: Signal) {
        match self.keeps_promise(stage, turn, &signal) {
            Some(earlier) => self.take_answer_to(stage, (earlier, 0), signal),
            None => self.take_signal(stage, turn, fragment, signal),
        }
    }

    /// The earlier turn for which this reply was promised, if it is one that was.
    fn keeps_promise(&mut self, stage: &Stage<'_>, turn: u16, signal: &Signal) -> Option<u16> {
        let promised = self.promised?;
        let Signal::Reply { text, media, .. } = signal else {
            return None;
        };
        let channel = self.stays.of_turn(turn).channel;
        if media.is_none() && stage.cast.reader.kind(text, channel) == ReplyKind::Holding {
            return None;
        }
        self.promised = None;
        (promised < turn && self.stays.of_turn(promised).channel == channel).then_some(promised)
    }

    fn take_signal(&mut self, stage: &mut Stage<'_>, turn: u16, fragment: u16, signal: Signal) {
        if let Signal::Captured { name, value } = signal {
            if name == INTENT
                && let Some(index) = self.open_index(turn)
            {
                self.open[index].took_for(&value);
            }
            if self.is_here(turn) {
                self.captured.insert(name, value);
            }
            return;
        }
        let channel = self.stays.of_turn(turn).channel;
        let Some(index) = self.open_index(turn) else {
            if matches!(signal, Signal::Reply { .. }) {
                stage.audience.event(Event::Unsolicited {
                    labels: Labels { channel, ..self.labels },
                    at: stage.clock.now(),
                });
            }
            return;
        };
        let open = &mut self.open[index];
        if open.is_full() && matches!(signal, Signal::Reply { .. }) {
            return;
        }
        let said_goodbye = open
            .turn
            .messages
            .iter()
            .any(|message| message.id.fragment == fragment && message.kind == MessageKind::Farewell);
        let cast = stage.cast;
        let accepts_handoff = self.customer.accepts_handoff(cast);
        let kind = |text: &str, media: Option<MediaKind>| match media {
            // What comes for a last word answers nothing that was asked.
            _ if said_goodbye => ReplyKind::Holding,
            Some(_) => ReplyKind::Media,
            None => cast.reader.kind_for(text, channel, accepts_handoff),
        };
        let replies = open.turn.replies.len();
        open.heard(signal, kind, stage.clock);
        if let Some(reply) = open.turn.replies.get(replies) {
            stage.audience.glimpse(Glimpse::Came {
                kind: reply.kind,
                text: &reply.text,
                at: reply.complete_at,
            });
            if reply.kind == ReplyKind::Holding
                && !said_goodbye
                && self.left.is_none()
                && turn == self.turns
                && open.unsent == 0
            {
                let (at, text) = (reply.complete_at, reply.text.clone());
                let prompts = cast.reader.prompts(&text);
                if prompts {
                    self.promised = Some(turn);
                }
                let heard = if prompts { Heard::Prompt(&text) } else { Heard::Holding };
                self.ask(stage, heard, at);
            }
        }
    }

    pub(super) fn take_finish(&mut self, stage: &mut Stage<'_>, turn: u16, fragment: u16, finish: Finish) {
        let is_hindered = match finish.ended {
            Ended::Hindered { by, .. } => {
                stage.hindered(self.stays.of_turn(turn).channel, by);
                true
            }
            _ => false,
        };
        let Some(index) = self.open_index(turn) else { return };
        let open = &mut self.open[index];
        let may_be_answered = finish.may_be_answered;
        open.exchange_over(fragment, finish, stage.clock);
        if is_hindered {
            return self.give_in(stage, turn);
        }
        if open.is_answered() && !open.is_heard {
            if open.in_flight == 0 && !may_be_answered {
                let at = open.answered_at().unwrap_or_default();
                return self.hear(stage, turn, at);
            }
            self.plan_to_hear(stage, turn);
        }
        self.close_what_is_done(stage);
    }

    /// A reply that came by a call: it joins the turn that it answers, or else the one that has waited longest, and an answered
    /// turn only when no other is open. The customer goes on when the answer has had time to be whole.
    pub(super) fn take_called(&mut self, stage: &mut Stage<'_>, channel: u16, called: Called) {
        let (turn, fragment) = called.answers.unwrap_or_else(|| {
            let mut here = self.open.iter().filter(|open| open.turn.labels.channel == channel);
            let waiting = here.clone().find(|open| !open.is_answered());
            let open = waiting.or(here.next_back());
            (open.map_or(0, |open| open.turn.number), 0)
        });
        let reply = Signal::Reply {
            text: called.said.text,
            media: called.said.media,
            first_text_at: called.at,
            complete_at: called.at,
        };
        self.take_answer_to(stage, (turn, fragment), reply);
    }

    /// A reply that came otherwise than with the exchange of what it answers.
    fn take_answer_to(&mut self, stage: &mut Stage<'_>, (turn, fragment): (u16, u16), reply: Signal) {
        let was_answered = self.open_index(turn).is_none_or(|index| self.open[index].is_answered());
        self.take_signal(stage, turn, fragment, reply);
        if !was_answered
            && self
                .open_index(turn)
                .is_some_and(|index| self.open[index].is_answered())
        {
            self.plan_to_hear(stage, turn);
        }
    }

    /// The customer takes note of the answer once the rest of a burst has had time to come.
    pub(super) fn plan_to_hear(&self, stage: &mut Stage<'_>, turn: u16) {
        let channel = self.stays.of_turn(turn).channel;
        let profile = &stage.cast.scenario.channels[usize::from(channel)].profile;
        let settle = profile.serve.as_ref().map_or(SETTLE, |serve| serve.settle.get());
        stage.plan(stage.clock.now() + settle, self.number, Task::Hear(turn));
    }

    /// A message never left this machine. What its customer would do without an answer is no longer the bot's doing, so
    /// they leave.
    fn give_in(&mut self, stage: &mut Stage<'_>, turn: u16) {
        match self.left {
            None if self.is_here(turn) => self.leave(stage, Ending::CutShort, None, stage.clock.now()),
            _ => self.close_what_is_done(stage),
        }
    }

    /// The customer takes note of all that answered the turn so far.
    pub(super) fn hear(&mut self, stage: &mut Stage<'_>, turn: u16, at: Duration) {
        let Some(index) = self.open_index(turn) else { return };
        let open = &mut self.open[index];
        if open.is_heard || !open.is_answered() {
            return;
        }
        open.is_heard = true;
        let (answer, shown) = (open.turn.answer_text(), open.turn.answer_shown());
        if self.is_here(turn) && (self.remembers(stage) || self.is_played(stage)) {
            self.remember(Speaker::Bot, shown);
        }
        if self.left.is_none() && turn == self.turns {
            self.planned.clear();
            self.bring(stage, answer, at);
        }
        self.close_what_is_done(stage);
    }

    pub(super) fn close_as_it_stands(&mut self, stage: &mut Stage<'_>, turn: u16, at: Duration) {
        // An answer that others of its burst were still waited for is taken note of now.
        self.hear(stage, turn, at);
        let Some(index) = self.open_index(turn) else { return };
        if self.open[index].turn.sent_at.is_none() {
            // We are so late that the whole time of listening went by; that is told as our lag, and nobody disappears.
            self.turn_is_sent(stage, index, stage.clock.now());
        }
        let open = self.open.remove(index);
        let still_waits = !open.is_heard && turn == self.turns && self.left.is_none();
        self.close(stage, open, Close::Over);
        if still_waits {
            let next = self.customer.wait_no_longer(stage.cast, at);
            self.carry_out(stage, next, at);
        }
    }

    /// True for a turn on the channel at hand.
    fn is_here(&self, turn: u16) -> bool {
        self.stays.of_turn(turn) == self.stays.here()
    }
}
