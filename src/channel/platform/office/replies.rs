//! Replies of the bot: whose each is, and whether it gets through to them.

use std::sync::Arc;

use tokio::time::Instant;

use super::refusals::Refused;
use super::{Office, lock};
use crate::channel::platform::guests::{Admitted, Called};
use crate::conversation::MessageId;
use crate::wire::{LONGEST_TEXT, Said};

/// A reply as it came, by a call or a frame.
pub(super) struct Reply {
    /// The id of the customer whom it is for.
    pub(super) customer: Option<String>,
    /// The id of the message that it answers.
    pub(super) message: Option<String>,
    /// What it says or shows, unless that is nothing.
    pub(super) said: Option<Said>,
    pub(super) at: Instant,
}

impl Office {
    pub(super) async fn take_reply(&self, reply: Reply) -> Result<(), Refused> {
        let (customer, answers) = self.whose(&reply).ok_or_else(|| Refused::with("unknown_customer"))?;
        let Reply { said, at, .. } = reply;
        let Some(mut said) = said else {
            lock(&self.counts).without_text += 1;
            return Ok(());
        };
        if said.text.len() > LONGEST_TEXT {
            return Err(Refused::with("too_large"));
        }
        self.secrets.blot_out(&mut said.text);
        let fault = |nth| self.rules.fault(customer, nth);
        let listener = match self.guests.admit(customer, self.rules.allowance, fault) {
            Admitted::Listening(listener) => listener,
            Admitted::Faulty(error) => return Err(Refused::Wanted(error)),
            Admitted::TooMany => return Err(Refused::with(&self.rules.over_quota)),
            Admitted::Nobody => {
                lock(&self.counts).to_nobody += 1;
                return Ok(());
            }
        };
        // The semaphore is never closed.
        let Ok(room) = Arc::clone(&self.room).acquire_owned().await else {
            return Ok(());
        };
        let is_heard = listener(Called {
            answers,
            said,
            at,
            _room: Some(room),
        });
        let mut counts = lock(&self.counts);
        match is_heard {
            true => counts.replies += 1,
            false => counts.to_nobody += 1,
        }
        Ok(())
    }

    /// The customer of a reply, and turn and fragment of the message that it answers, if it tells.
    fn whose(&self, reply: &Reply) -> Option<(u64, Option<(u16, u16)>)> {
        let customer = reply.customer.as_ref().and_then(|id| self.run.customer_in(id));
        let message = reply.message.as_ref();
        let whole = message.and_then(|id| self.run.message_in(id));
        let customer = customer.or(whole.map(|message| message.customer))?;
        let answers = match whole {
            Some(message) => (message.customer == customer).then_some((message.turn, message.fragment)),
            // A place may stand behind a time, as in `1795219433.000257`.
            None => message.and_then(|id| MessageId::from_place(id.rsplit('.').next()?.parse().ok()?)),
        };
        Some((customer, answers))
    }
}
