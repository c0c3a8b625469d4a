//! A channel whose bot asks for its messages: each waits in the platform's mailbox until the bot has it.

use std::sync::Arc;

use tokio::time::timeout_at;

use super::delivery::Ear;
use super::line::facts;
use super::secrets::Secrets;
use super::{Ended, Finish, Office, Outgoing};
use crate::wire::{Plan, RenderError};

pub(super) struct Mailing {
    pub(super) plan: Plan,
    pub(super) secrets: Secrets,
    pub(super) office: Option<Arc<Office>>,
}

impl Mailing {
    /// Leaves the message in the mailbox until the bot says that it has it, or nobody listens any more. A message that the
    /// bot never asked for ends as silence, without a delivery.
    pub(super) async fn exchange(&self, message: &Outgoing, ear: &mut Ear<'_>) -> Finish {
        let (Some(office), Some(update)) = (&self.office, self.plan.update()) else {
            return Finish::failure("nobody serves the platform's API".to_owned());
        };
        let made = self.plan.scope(&facts(message));
        let posted = made.and_then(|mut scope| office.post(|number| update.render(&mut scope, number)));
        let mut slip = match posted {
            Ok(slip) => slip,
            Err(error) => return Finish::failure(self.words(&error)),
        };
        let confirmed = async {
            loop {
                let fate = slip.fate();
                if let Some(at) = fate.first_at {
                    ear.sign_of_life(at);
                }
                if fate.is_confirmed {
                    return;
                }
                slip.changed().await;
            }
        };
        // Unconfirmed to the end: what was handed out tells.
        timeout_at(message.give_up_at, confirmed).await.unwrap_or_default();
        let handed_out = slip.fate().handed_out;
        Finish {
            deliveries: handed_out,
            ended: if handed_out == 0 { Ended::Silent } else { Ended::Empty },
            may_be_answered: true,
        }
    }

    fn words(&self, error: &RenderError) -> String {
        self.secrets.words(&error.to_string())
    }
}
