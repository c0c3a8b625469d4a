//! Can the channel show what the bot said? A reply may be longer than it takes, in more pieces than it lets through, or in
//! markup that the customer sees as such.
//!
//! Judged only where the profile or the scenario's channel says what it can show (`form`).

use super::check::{Case, Check, Opinion};
use super::evidence::{Evidence, Quote};
use crate::conversation::{Reply, ReplyKind, Turn};
use crate::reading::seen_as_written;
use crate::scenario::Form;

pub(super) const CHECK: Check = Check {
    name: "form",
    is_gate: false,
    judge,
};

fn judge(case: &Case) -> Opinion {
    let channel = case.scorer.scenario.channels.get(usize::from(case.turn.labels.channel));
    let Some(form) = channel.map(|channel| channel.form).filter(|form| !form.is_unknown()) else {
        return Opinion::DoesNotApply;
    };
    if case.answer.is_none() {
        return Opinion::DoesNotApply;
    }
    let trouble = whole_replies(case.turn).find_map(|(place, reply)| trouble(place, &reply.text, form));
    match trouble.or_else(|| too_many(case.turn, form)) {
        Some(evidence) => Opinion::Fail(evidence),
        None => Opinion::Pass,
    }
}

/// What the customer sees, holding replies too. That a reply broke off on the way is no matter of its form.
fn whole_replies(turn: &Turn) -> impl Iterator<Item = (u16, &Reply)> {
    let replies = (0..).zip(&turn.replies);
    replies.filter(|(_, reply)| reply.kind != ReplyKind::Truncated)
}

fn trouble(place: u16, text: &str, form: Form) -> Option<Box<Evidence>> {
    let at = |span| Some(Quote { reply: place, span });
    if let Some((evidence, fits)) = too_long(text, form) {
        return Some(evidence.at(at(fits..text.len())));
    }
    let (markup, span) = seen_as_written(text, form.shows?)?;
    let markup = markup.word();
    let evidence = Evidence::words(
        format!("顾客看到的是未经渲染的{}", markup.zh),
        format!("the customer sees {} as it is written", markup.en),
    );
    Some(evidence.at(at(span)))
}

/// Why a reply is too long, and how many of its bytes still fit.
fn too_long(text: &str, form: Form) -> Option<(Box<Evidence>, usize)> {
    if let Some(limit) = form.characters
        && let Some((fits, _)) = text.char_indices().nth(size(limit))
    {
        let length = text.chars().count();
        let evidence = Evidence::words(
            format!("{length} 个字符；渠道最多 {limit} 个"),
            format!("{length} characters; the channel takes {limit}"),
        );
        return Some((evidence, fits));
    }
    let limit = form.bytes.filter(|limit| text.len() > size(*limit))?;
    let length = text.len();
    let evidence = Evidence::words(
        format!("{length} 字节；渠道最多 {limit} 字节"),
        format!("{length} bytes; the channel takes {limit}"),
    );
    Some((evidence, text.floor_char_boundary(size(limit))))
}

/// More replies than the channel lets through for what the customer sent.
fn too_many(turn: &Turn, form: Form) -> Option<Box<Evidence>> {
    let limit = usize::from(form.messages?);
    let messages = turn.messages.len().max(1);
    let replies = whole_replies(turn).count();
    (replies > limit * messages).then(|| {
        let sent = if messages == 1 { "message" } else { "messages" };
        Evidence::words(
            format!("{messages} 条消息得到 {replies} 条回复；渠道对每条只放行 {limit} 条"),
            format!("{replies} replies to {messages} {sent}; the channel lets {limit} through for each"),
        )
    })
}

fn size(limit: u32) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests;
