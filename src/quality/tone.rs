//! Is there a word of regret or understanding where one is needed, and not the same one again and again?
//!
//! It is needed when the customer was made to wait, is upset or has lost something. Elsewhere its presence is no merit (real agents say
//! it in 2.5 % of their messages) and its absence no fault, so nothing is judged there but over-use.

use super::check::{Case, Check, Opinion};
use super::evidence::Evidence;
use crate::conversation::{MessageKind, ReplyKind};
use crate::reading::{fingerprint, normalise, regret_at, sentence};
use crate::scenario::{Mood, PerLanguage};

pub(super) const CHECK: Check = Check {
    name: "tone",
    is_gate: false,
    judge,
};

/// The same apology so often in one conversation is a formula.
const TOO_OFTEN: u8 = 3;

fn judge(case: &Case) -> Opinion {
    let Some(answer) = &case.answer else {
        return Opinion::DoesNotApply;
    };
    if let Some(apology) = apology(case)
        && case.memory.apologies.times(apology) + 1 >= TOO_OFTEN
    {
        let place = answer.regret().and_then(|place| answer.quote(place));
        return Opinion::Fail(Evidence::words("同一句道歉说了第三遍", "the same apology for the third time").at(place));
    }
    let Some(need) = need(case) else {
        return Opinion::DoesNotApply;
    };
    if answer.regret().is_some() || says_so_while_they_wait(case) {
        return Opinion::Pass;
    }
    Opinion::fail(
        format!("{}，却没有一句歉意或体谅", need.zh),
        format!("no word of regret or understanding, though {}", need.en),
    )
}

/// What tells one apology of the answer from another: the whole sentence.
pub(super) fn apology(case: &Case) -> Option<u32> {
    let answer = case.answer.as_ref()?;
    let (text, place) = (answer.passage.text(), answer.regret()?);
    Some(fingerprint(&text[sentence(text, place)]) as u32)
}

fn says_so_while_they_wait(case: &Case) -> bool {
    let notices = case
        .turn
        .replies
        .iter()
        .filter(|reply| reply.kind == ReplyKind::Holding);
    notices
        .take(MOST_NOTICES)
        .any(|reply| regret_at(&normalise(&reply.text)).is_some())
}

/// So many holding replies of a turn are read.
const MOST_NOTICES: usize = 4;

/// Why a word of regret is needed.
fn need(case: &Case) -> Option<PerLanguage<&'static str>> {
    let because = |zh, en| Some(PerLanguage { zh, en });
    let mut messages = case.turn.messages.iter();
    if messages.any(|message| message.kind == MessageKind::Nudge) {
        return because("顾客催问有没有人在", "the customer had to ask whether anybody is there");
    }
    if case.memory.was_missed {
        return because("上一个问题没有及时答复", "the question before was not answered in time");
    }
    if case.plea.of_trouble {
        return because("顾客在生气或受了损失", "the customer is upset or has lost something");
    }
    match case.mood == Mood::Upset && case.turn.number == 1 {
        true => because("顾客来时就带着情绪", "the customer came upset"),
        false => None,
    }
}
