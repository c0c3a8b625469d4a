//! What a bot says on its sockets, and what is said there beside messages.

use std::sync::atomic::Ordering;
use std::time::Duration;

use indexmap::IndexMap;
use serde_json::Value;
use tokio::time::Instant;

use super::replies::Reply;
use super::{Office, lock, of_no_message};
use crate::channel::platform::sockets::Acknowledged;
use crate::wire::{BotFramePlan, Facts, RenderError, Said};

impl Office {
    /// Takes a frame of the bot, and says what it is told in return.
    pub(in crate::channel::platform) async fn hear(&self, text: &str, at: Instant) -> Option<String> {
        let sockets = self.sockets.as_ref()?;
        let Ok(frame) = serde_json::from_str::<Value>(text) else {
            self.refuse_frame("unreadable_frame");
            return None;
        };
        let Some(said) = sockets.plan.read(&frame) else {
            self.refuse_frame("unknown_frame");
            return None;
        };
        let acknowledged = said.acknowledged(&frame);
        // Before the acknowledgement, so that the message is answered when it is known to be taken.
        if said.may_reply() {
            self.take_frames_reply(said, &frame, at, acknowledged.is_some()).await;
        }
        if let Some(id) = acknowledged {
            self.acknowledge(&id, said.error(&frame), at);
        }
        self.with_facts(|facts| sockets.plan.answer(said, &frame, facts))
    }

    async fn take_frames_reply(&self, said: &BotFramePlan, frame: &Value, at: Instant, is_acknowledgement: bool) {
        let text = said.text(frame);
        if text.is_none() && is_acknowledgement {
            return;
        }
        let reply = Reply {
            customer: said.customer(frame),
            message: said.message(frame),
            said: text.map(Said::words),
            at,
        };
        if let Err(refused) = self.take_reply(reply).await {
            self.count_refused(&refused);
        }
    }

    fn acknowledge(&self, id: &str, error: Option<String>, at: Instant) {
        let Some(message) = self.run.message_in(id) else {
            return self.refuse_frame("unknown_acknowledgement");
        };
        let error = error.map(|error| self.secrets.words(&error));
        let sockets = self.sockets.as_ref();
        if !sockets.is_some_and(|sockets| sockets.acknowledge(message, Acknowledged { at, error })) {
            self.refuse_frame("late_acknowledgement");
        }
    }

    /// Counts a frame that is not taken.
    pub(in crate::channel::platform) fn refuse_frame(&self, why: &str) {
        lock(&self.counts).refuse(why);
    }

    /// What is said first on a socket, when so many are open.
    pub(in crate::channel::platform) fn hello(&self, sockets: usize) -> Option<String> {
        let plan = &self.sockets.as_ref()?.plan;
        self.with_facts(|facts| plan.hello(facts, sockets))
    }

    /// The frame that asks whether the bot is there.
    pub(in crate::channel::platform) fn ping(&self) -> Option<String> {
        let plan = &self.sockets.as_ref()?.plan;
        self.with_facts(|facts| plan.ping(facts))
    }

    /// The frame that says that a socket will be closed.
    pub(in crate::channel::platform) fn refresh(&self) -> Option<String> {
        let plan = &self.sockets.as_ref()?.plan;
        self.with_facts(|facts| plan.refresh(facts))
    }

    /// True when the channel's bot dials in.
    pub fn is_dialled(&self) -> bool {
        self.sockets.is_some()
    }

    /// Waits until the bot has dialled in, at most so long; true if it has.
    pub async fn dialled_within(&self, limit: Duration) -> bool {
        match &self.sockets {
            Some(sockets) => sockets.wait_until_open(Instant::now() + limit).await,
            None => true,
        }
    }

    /// A frame of our own, which needs no message; a template that fails says nothing.
    fn with_facts(&self, made: impl FnOnce(&Facts<'_>) -> Result<Option<String>, RenderError>) -> Option<String> {
        let (captured, id) = (
            IndexMap::new(),
            self.number_as_id(self.calls.fetch_add(1, Ordering::Relaxed)),
        );
        match made(&of_no_message(id, &captured)) {
            Ok(frame) => frame,
            Err(_) => {
                self.refuse_frame("unreadable_frame");
                None
            }
        }
    }
}
