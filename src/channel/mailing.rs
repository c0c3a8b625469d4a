//! A message whose bot asks for it: it waits in the platform's mailbox until the bot has it.

use tokio::time::timeout_at;

use super::delivery::Ear;
use super::platform::Slip;
use super::{Ended, Finish, Outgoing};

/// Waits until the bot has the message, or nobody listens any more. `told` is how telling the bot that something waits ended, where
/// the platform does so. A bot that could not be told and never asked ends as that failed; one that never asked, as silence.
pub(super) async fn wait(mut slip: Slip, told: Option<Finish>, message: &Outgoing, ear: &mut Ear<'_>) -> Finish {
    let failed = told.as_ref().map(|told| &told.ended);
    let has_failed = failed.is_some_and(|ended| !matches!(ended, Ended::Complete | Ended::Empty | Ended::Silent));
    if !has_failed {
        let taken = slip.taken(|at| ear.sign_of_life(at));
        // Not taken to the end: what was handed out tells.
        timeout_at(message.give_up_at, taken).await.unwrap_or_default();
    }
    let handed_out = slip.fate().handed_out;
    Finish {
        deliveries: handed_out.max(told.as_ref().map_or(0, |told| told.deliveries)),
        ended: match told {
            Some(told) if has_failed => told.ended,
            _ if handed_out > 0 => Ended::Empty,
            _ => Ended::Silent,
        },
        may_be_answered: handed_out > 0 || !has_failed,
        polls: 0,
    }
}
