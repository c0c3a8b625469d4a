//! A channel whose bot dials in: each message goes to one of the sockets that the bot opened, and waits for its
//! acknowledgement.

use std::sync::Arc;

use super::body::{Patience, RanOut};
use super::delivery::{Delivered, Ear};
use super::line::facts;
use super::platform::{Acknowledged, Fate};
use super::secrets::Secrets;
use super::{Ended, Finish, Office, Outgoing, now_ms, retry};
use crate::scenario::{Limits, Retry};
use crate::wire::{Plan, RenderError, Scope};

pub(super) struct Dialled {
    pub(super) plan: Plan,
    pub(super) retry: Retry,
    pub(super) limits: Limits,
    pub(super) secrets: Secrets,
    pub(super) office: Option<Arc<Office>>,
}

impl Dialled {
    /// Delivers the message, and again as the platform does. A message that found no socket, or whose socket closed, has
    /// lost its connection; one that nobody acknowledged was met with silence.
    pub(super) async fn exchange(&self, message: &Outgoing, ear: &mut Ear<'_>) -> Finish {
        let sockets = self.office.as_ref().and_then(|office| office.sockets());
        let Some(sockets) = sockets else {
            return Finish::failure("nobody serves the platform's API".to_owned());
        };
        let mut scope = match self.plan.scope(&facts(message, &message.captured)) {
            Ok(scope) => scope,
            Err(error) => return Finish::failure(self.secrets.words(&error.to_string())),
        };
        let mut reached_a_socket = false;
        let finish = retry::deliveries(&self.retry, message.give_up_at, async |attempt, reason| {
            scope.set_retry(attempt - 1, reason);
            let frame = match self.frame(&mut scope, attempt) {
                Ok(frame) => frame,
                Err(error) => return Delivered::with(Ended::failure(self.secrets.words(&error.to_string()))),
            };
            let (by, ran_out) = Patience::start(&self.limits, message.give_up_at).for_head();
            let fate = sockets.deliver(message.id, frame, by).await;
            reached_a_socket |= fate != Fate::WithoutSocket;
            delivered(fate, ran_out, ear)
        })
        .await;
        Finish {
            may_be_answered: reached_a_socket && !matches!(finish.ended, Ended::Hindered { .. }),
            ..finish
        }
    }

    fn frame(&self, scope: &mut Scope, attempt: u16) -> Result<String, RenderError> {
        if attempt > 1 {
            self.plan.refresh(scope, now_ms())?;
        }
        self.plan.frame(scope)
    }
}

fn delivered(fate: Fate, ran_out: RanOut, ear: &mut Ear<'_>) -> Delivered {
    match fate {
        Fate::Acknowledged(Acknowledged { at, error }) => {
            ear.sign_of_life(at);
            Delivered::with(error.map_or(Ended::Empty, Ended::BotError))
        }
        Fate::WithoutSocket => Delivered::lost("no socket of the bot is open".to_owned()),
        Fate::CutOff => Delivered::lost("the socket closed before the message was acknowledged".to_owned()),
        Fate::Unacknowledged => Delivered::silent(ran_out),
    }
}
