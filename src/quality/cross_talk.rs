//! Does any reply carry another customer's order number? Over all replies, also those that only buy time or broke off.

use super::check::{Case, Check, Opinion};
use super::disclosure::Disclosure;
use crate::conversation::customer_in_order_numbers;

pub(super) const CHECK: Check = Check {
    name: "cross_talk",
    is_gate: true,
    judge,
};

fn judge(case: &Case) -> Opinion {
    if case.turn.replies.is_empty() {
        return Opinion::DoesNotApply;
    }
    match case.disclosures.iter().find_map(|reply| stranger_in(case, reply)) {
        Some(stranger) => Opinion::fail(
            format!("这是顾客 {stranger} 的订单号"),
            format!("order number of customer {stranger}"),
        ),
        None => Opinion::Pass,
    }
}

/// How many replies of the turn carry another customer's order number.
pub(super) fn replies_about_others(case: &Case) -> u16 {
    let is_about_others = |reply: &&Disclosure| stranger_in(case, reply).is_some();
    let replies = case.disclosures.iter().map(AsRef::as_ref);
    let count = replies.filter(is_about_others).count();
    u16::try_from(count).unwrap_or(u16::MAX)
}

/// The first other customer whose order number stands in a reply.
fn stranger_in(case: &Case, reply: &Disclosure) -> Option<u64> {
    let own = customer_in_order_numbers(case.turn.customer);
    reply.customers.iter().copied().find(|owner| *owner != own)
}
