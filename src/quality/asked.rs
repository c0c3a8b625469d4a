//! What an answer says to the question that it answers: what holds and steps of a discount may be left to it.

use crate::conversation::MessageKind;
use crate::reading::{Stance, StatedTier, Subject, asks_plainly, normalise};
use crate::scenario::{FactRef, FactValue, Tier};

use super::answer::Answer;
use super::check::Case;

/// What the answer says of whether the fact with this subject holds. Only an answer to a question for this fact, and no other like it, may
/// leave its subject to the question.
pub(super) fn stances(case: &Case, answer: &Answer, fact: &FactRef, subject: &Subject) -> Vec<Stance> {
    match is_alone_asked_for(case, fact, is_holding) {
        true => answer.passage.stances_to_who_asks(subject, is_put_plainly(case)),
        false => answer.passage.stances(subject),
    }
}

/// True when the answer may well say whether the fact with this subject holds, in words that are not understood: it is asked for that alone,
/// and tells nothing else that the shop knows.
pub(super) fn may_tell(case: &Case, answer: &Answer, fact: &FactRef, subject: &Subject) -> bool {
    case.claims.is_empty() && is_alone_asked_for(case, fact, is_holding) && answer.passage.may_tell_who_asks(subject)
}

/// What the answer says of whether the fact with this subject holds in words that are not understood, to a plain question for that alone, where
/// its manner leaves no doubt.
pub(super) fn told_by_manner(case: &Case, answer: &Answer, fact: &FactRef, subject: &Subject) -> Option<bool> {
    let is_asked = is_alone_asked_for(case, fact, is_holding) && is_put_plainly(case);
    is_asked.then(|| answer.passage.tells_by_manner(subject)).flatten()
}

/// The steps that the answer states, where these are the right ones.
pub(super) fn tiers(case: &Case, answer: &Answer, fact: &FactRef, right: &[Tier]) -> Vec<StatedTier> {
    match is_alone_asked_for(case, fact, |value| matches!(value, FactValue::Tiers(_))) {
        true => answer.passage.tiers_to_who_asks(right),
        false => answer.passage.tiers().to_vec(),
    }
}

fn is_holding(value: &FactValue) -> bool {
    matches!(value, FactValue::Holds { .. })
}

/// True where the question expects this fact and no other whose value is of this kind.
fn is_alone_asked_for(case: &Case, fact: &FactRef, is_alike: impl Fn(&FactValue) -> bool) -> bool {
    let Ok(Some(asked)) = case.step else {
        return false;
    };
    let right = |fact: &FactRef| case.scorer.sheets.right(fact, case).first().copied();
    let mut expected = asked
        .ask
        .expects
        .iter()
        .filter(|fact| right(fact).is_some_and(&is_alike));
    expected.next() == Some(fact) && expected.next().is_none()
}

/// True where a bare yes says that it is so: the question denies nothing, and limits nothing.
fn is_put_plainly(case: &Case) -> bool {
    let messages = case.turn.messages.iter();
    let mut said = messages.filter(|message| message.kind == MessageKind::Utterance);
    said.all(|message| asks_plainly(&normalise(&message.text)))
}
