//! Does the bot ask for what the customer has told it already? By what is asked for, never by how it is put: that an answer looks
//! like an earlier one says nothing about how content customers are.

use super::check::{Case, Check, Opinion};
use super::evidence::Evidence;
use crate::conversation::{Reply, ReplyKind, Slot};
use crate::scenario::PerLanguage;

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
            let place = answer.passage.asked_at(*slot).and_then(|place| answer.quote(&place));
            let PerLanguage { zh, en } = words(case, *slot);
            Opinion::Fail(Evidence::words(zh, en).at(place))
        }
        None => Opinion::Pass,
    }
}

/// Told in an earlier turn, on whatever channel; or in this one, when the bot could have read it: a reply that came while the customer still wrote could
/// not, nor one to an earlier message of a burst, which others follow.
pub(super) fn is_known(case: &Case, slot: Slot) -> bool {
    let came_after = |reply: &&Reply| case.turn.sent_at.is_none_or(|sent| reply.complete_at >= sent);
    let last = case
        .turn
        .replies
        .iter()
        .rfind(|reply| reply.kind == ReplyKind::Substantive);
    let still_asks = |reply: &Reply| {
        case.scorer
            .reader
            .passage(&reply.text, reply.complete_at)
            .asked_at(slot)
            .is_some()
    };
    case.turn
        .given
        .first(slot)
        .is_some_and(|told| told.turn < case.turn.number || last.filter(came_after).is_some_and(still_asks))
}

/// The evidence; with the place where it was told, if that was on another channel.
pub(super) fn words(case: &Case, slot: Slot) -> PerLanguage<String> {
    let elsewhere = case
        .turn
        .given
        .first(slot)
        .filter(|told| told.channel != case.turn.labels.channel);
    let told = elsewhere.and_then(|told| {
        let channel = case.scorer.scenario.channels.get(usize::from(told.channel))?;
        Some(PerLanguage {
            zh: format!("在 {} 上（第 {} 轮）", channel.name, told.turn),
            en: format!(" on {} (turn {})", channel.name, told.turn),
        })
    });
    let told = told.unwrap_or_default();
    PerLanguage {
        zh: format!("又问{}，而顾客已经{}给过", in_chinese(slot), told.zh),
        en: format!("asked for {}, which the customer has given{}", slot.word(), told.en),
    }
}

fn in_chinese(slot: Slot) -> &'static str {
    match slot {
        Slot::OrderNumber => "订单号",
        Slot::Phone => "电话",
        Slot::Address => "地址",
        Slot::Name => "姓名",
    }
}
