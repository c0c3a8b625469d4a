//! Does the bot ask for what the customer has told it already? By what is asked for, never by how it is put: that an answer looks
//! like an earlier one says nothing about how content customers are.

use super::check::{Case, Check, Opinion};
use super::evidence::Evidence;
use crate::conversation::{Reply, ReplyKind, Slot};
use crate::reading::asked_at;

pub(super) const CHECK: Check = Check {
    name: "repeated_question",
    is_gate: false,
    judge,
};

/// Fails at the first thing that is asked for and known; passes when all that is asked for is new.
fn judge(case: &Case) -> Opinion {
    let Some(answer) = &case.answer else {
        return Opinion::DoesNotApply;
    };
    if answer.reading.asks_for.is_empty() {
        return Opinion::DoesNotApply;
    }
    match answer.reading.asks_for.iter().find(|slot| is_known(case, **slot)) {
        Some(slot) => {
            let place = asked_at(answer.passage.text(), *slot).and_then(|place| answer.quote(&place));
            Opinion::Fail(Evidence::words(words(*slot)).at(place))
        }
        None => Opinion::Pass,
    }
}

/// Told in an earlier turn; or in this one, when the bot could have read it: a reply that came while the customer still wrote could not.
pub(super) fn is_known(case: &Case, slot: Slot) -> bool {
    let came_after = |reply: &Reply| {
        reply.kind == ReplyKind::Substantive && case.turn.sent_at.is_none_or(|sent| reply.complete_at >= sent)
    };
    // A turn may close after a later one in which more was told, so that the memory alone does not say it.
    case.turn.given.has(slot) && (case.memory.given.has(slot) || case.turn.replies.iter().any(came_after))
}

/// The evidence.
pub(super) fn words(slot: Slot) -> String {
    format!("asked for {}, which the customer has given", slot.word())
}
