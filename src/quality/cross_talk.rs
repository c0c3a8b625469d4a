//! Does any reply carry another customer's order number? Over all replies, also those that only buy time or broke off.

use super::check::{Case, Check, Opinion};
use crate::conversation::{Reply, order_numbers_in};

pub(super) const CHECK: Check = Check {
    name: "cross_talk",
    is_gate: true,
    judge,
};

fn judge(case: &Case) -> Opinion {
    if case.turn.replies.is_empty() {
        return Opinion::DoesNotApply;
    }
    match case.turn.replies.iter().find_map(|reply| stranger_in(case, reply)) {
        Some(stranger) => Opinion::fail(format!("order number of customer {stranger}")),
        None => Opinion::Pass,
    }
}

/// How many replies of the turn carry another customer's order number.
pub(super) fn replies_about_others(case: &Case) -> u16 {
    let count = case
        .turn
        .replies
        .iter()
        .filter(|reply| stranger_in(case, reply).is_some())
        .count();
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// The first other customer whose order number stands in a reply.
fn stranger_in(case: &Case, reply: &Reply) -> Option<u64> {
    let key = case.scorer.key;
    // As order numbers hold it: they repeat after 10^9 customers.
    let own = key.owner_of(&key.order_number(case.turn.customer));
    order_numbers_in(key, &reply.text)
        .into_iter()
        .find(|owner| Some(*owner) != own)
}
