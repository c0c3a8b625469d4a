//! Does the answer deal with the picture, voice message or video that the customer sent?
//!
//! It fails when the bot says that it cannot, asks for words instead, asks for what was just sent, or asks what is wanted as though nothing
//! had come. It passes when the answer speaks of what was sent, or states what was asked. Whether it saw what is there to see, no
//! rule can tell.

use super::check::{Case, Check, Opinion};
use super::evidence::Evidence;
use super::required_facts::are_all_stated;
use crate::conversation::{Message, MessageKind};
use crate::reading::{asks_for_media_at, asks_what_is_wanted_at, speaks_of_media};

pub(super) const CHECK: Check = Check {
    name: "media",
    is_gate: false,
    judge,
};

fn judge(case: &Case) -> Opinion {
    let Some(answer) = case
        .answer
        .as_ref()
        .filter(|_| sent(case).any(|message| message.media.is_some()))
    else {
        return Opinion::DoesNotApply;
    };
    let text = answer.passage.text();
    if let Some(place) = answer.passage.refuses_media_at() {
        let evidence = Evidence::words("没有接收顾客发来的内容", "it does not take what the customer sent");
        return Opinion::Fail(evidence.at(answer.quote(&place)));
    }
    if let Some(place) = asks_for_media_at(text) {
        let evidence = Evidence::words("索要顾客刚刚发来的内容", "it asks for what the customer just sent");
        return Opinion::Fail(evidence.at(answer.quote(&place)));
    }
    if speaks_of_media(text) || are_all_stated(case) == Some(true) {
        return Opinion::Pass;
    }
    let is_wordless = sent(case).all(|message| message.text.is_empty());
    if let Some(place) = asks_what_is_wanted_at(text).filter(|_| is_wordless) {
        let evidence = Evidence::words(
            "像什么都没收到一样询问顾客需要什么",
            "it asks what is wanted as though nothing had come",
        );
        return Opinion::Fail(evidence.at(answer.quote(&place)));
    }
    if answer.reading.fallback {
        return Opinion::fail(
            format!("没有看懂顾客发来的内容：{}", answer.text),
            format!("it did not understand what the customer sent: {}", answer.text),
        );
    }
    Opinion::CannotTell
}

/// What the customer sent, nudges and last words apart.
fn sent<'a>(case: &Case<'a>) -> impl Iterator<Item = &'a Message> {
    let messages = case.turn.messages.iter();
    messages.filter(|message| message.kind == MessageKind::Utterance)
}

#[cfg(test)]
mod tests;
