//! What the customer says goes out over the channel of the moment.

use std::time::Duration;

use indexmap::IndexMap;

use super::{Dialogue, Planned};
use crate::channel::{Outgoing, Speaker};
use crate::conversation::{Event, MediaKind, Message, MessageId, MessageKind, shown};
use crate::engine::Glimpse;
use crate::engine::open::Stage;
use crate::engine::sending::{self, customer_id};
use crate::scenario::ConversationState;
use crate::simulation::{Heard, Utterance};

/// What is sent along to a bot that keeps no memory of its own: at most this many messages and replies.
const HISTORY: usize = 20;

impl Dialogue {
    /// Sends the next planned message if it is due; a nudge that an answer made needless leaves its task behind.
    pub(super) fn send_next(&mut self, stage: &mut Stage<'_>, at: Duration) {
        if self.planned.front().is_none_or(|planned| planned.utterance.due_at > at) {
            return;
        }
        let Some(planned) = self.planned.pop_front() else {
            return;
        };
        let Some(index) = self.open_index(planned.turn) else {
            return;
        };
        let now = stage.clock.now();
        let fragment = u16::try_from(self.open[index].turn.messages.len() + 1).unwrap_or(u16::MAX);
        let run = stage.cast.scenario.run_key();
        let id = MessageId {
            run,
            customer: self.number,
            turn: planned.turn,
            fragment,
        };
        let Planned {
            kind,
            utterance: Utterance { text, media, due_at },
            ..
        } = planned;
        stage.audience.glimpse(Glimpse::Sent {
            kind,
            text: &shown(&text, media),
            at: now,
        });
        self.exchange(stage, id, (text.clone(), media), self.open[index].listen_until);
        let open = &mut self.open[index];
        open.handed_over(Message {
            id,
            kind,
            text,
            media,
            due_at,
            sent_at: now,
            deliveries: 0,
        });
        if matches!(kind, MessageKind::Nudge | MessageKind::Prompted) {
            self.ask(stage, Heard::Time, due_at);
        }
    }

    /// The channel has a message. With the last one of a turn the customer waits, unless an early fragment has brought the
    /// answer already.
    pub(super) fn take_begun(&mut self, stage: &mut Stage<'_>, turn: u16, fragment: u16, at: Duration) {
        let Some(index) = self.open_index(turn) else { return };
        if !self.open[index].begun(fragment, at) {
            return;
        }
        self.turn_is_sent(stage, index, at);
        if self.open[index].is_answered() {
            self.plan_to_hear(stage, turn);
        }
        self.ask(stage, Heard::Time, self.open[index].turn.due_at);
    }

    pub(super) fn turn_is_sent(&mut self, stage: &mut Stage<'_>, index: usize, sent_at: Duration) {
        self.tell_of_switch(stage, sent_at);
        let turn = &mut self.open[index].turn;
        turn.sent_at = Some(sent_at);
        stage.audience.event(Event::TurnSent {
            labels: turn.labels,
            due_at: turn.due_at,
            sent_at,
        });
    }

    fn exchange(
        &mut self,
        stage: &Stage<'_>,
        id: MessageId,
        (text, media): (String, Option<MediaKind>),
        listen_until: Duration,
    ) {
        let stay = self.stays.of_turn(id.turn);
        let is_here = stay == self.stays.here();
        let remembers = is_here && self.remembers(stage);
        let is_played = self.is_played(stage);
        let past = &self.history[self.history.len() - self.said_here..];
        let outgoing = Outgoing {
            id,
            customer_id: customer_id(&stage.cast.scenario, self.number, stay.identity),
            customer_name: self.customer.name(stage.cast),
            text: text.clone(),
            media,
            captured: if is_here {
                self.captured.clone()
            } else {
                IndexMap::new()
            },
            history: if remembers { past.to_vec() } else { Vec::new() },
            give_up_at: stage.clock.instant(listen_until),
        };
        if remembers || is_played {
            self.remember(Speaker::Customer, shown(&text, media).into_owned());
        }
        sending::send(stage, stay.channel, outgoing);
    }

    /// True when the bot keeps no memory of its own, so that what was said goes along with every message.
    pub(super) fn remembers(&self, stage: &Stage<'_>) -> bool {
        let channel = &stage.cast.scenario.channels[usize::from(self.stays.here().channel)];
        channel.profile.conversation == ConversationState::Client
    }

    pub(super) fn remember(&mut self, speaker: Speaker, text: String) {
        if self.history.len() == HISTORY {
            self.history.remove(0);
        }
        self.history.push((speaker, text));
        self.said_here = (self.said_here + 1).min(HISTORY);
    }
}
