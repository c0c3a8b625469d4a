//! Is the customer handed to a person when it is wanted, only then, and with what they have said?
//!
//! It is wanted when the goal accepts it, the customer asks for a person in words, or the shop's policy is to hand such questions over.
//! A bot that has visibly failed the customer before (no answer in time, or none that it knew), or says that it cannot help, may hand
//! over unasked.

use super::answer::Answer;
use super::check::{Case, Check, Opinion};
use super::evidence::Evidence;
use super::repeated_question::{is_known, words};
use super::required_facts::are_all_stated;
use crate::conversation::ReplyKind;
use crate::reading::tells_how_to_reach_a_person;
use crate::scenario::PerLanguage;

pub(super) const CHECK: Check = Check {
    name: "handoff",
    is_gate: false,
    judge,
};

fn judge(case: &Case) -> Opinion {
    if is_handed_over(case) {
        return judge_handoff(case);
    }
    let Some(answer) = &case.answer else {
        return Opinion::DoesNotApply;
    };
    let why = if case.plea.for_a_person {
        PerLanguage {
            zh: "顾客要求转人工",
            en: "the customer asked for a person",
        }
    } else if case.needs_person {
        PerLanguage {
            zh: "这类问题本店要转给人工",
            en: "the shop hands this question to a person",
        }
    } else {
        return Opinion::DoesNotApply;
    };
    if tells_how_to_reach_a_person(answer.passage.text()) {
        return Opinion::Pass;
    }
    Opinion::fail(
        format!("该转未转：{}，回复既没说何时也没说怎样找到人工", why.zh),
        format!(
            "missed: {}, and the answer says neither when nor how one is reached",
            why.en
        ),
    )
}

fn judge_handoff(case: &Case) -> Opinion {
    let asked_again = case.answer.as_ref().and_then(|answer| again(case, answer));
    if let Some(evidence) = asked_again {
        return Opinion::Fail(evidence);
    }
    let is_wanted = case.accepts_handoff || case.needs_person;
    let gives_up = case.answer.as_ref().is_some_and(|answer| answer.reading.fallback);
    if is_wanted || gives_up || case.memory.has_failed || are_all_stated(case) == Some(true) {
        return Opinion::Pass;
    }
    Opinion::fail(
        "过早转接：没有人要找人工，机器人此前也没有失败过",
        "premature: nobody asked for a person, and the bot had not failed before",
    )
}

/// A handoff that asks for what was said does not carry it.
fn again(case: &Case, answer: &Answer) -> Option<Box<Evidence>> {
    let known = answer.reading.asks_for.iter().find(|slot| is_known(case, **slot))?;
    let PerLanguage { zh, en } = words(case, *known);
    Some(Evidence::words(
        format!("转接时没有带上顾客说过的内容：{zh}"),
        format!("handed over without what was said: {en}"),
    ))
}

/// In the answer, or in a notice that only buys time.
pub(super) fn is_handed_over(case: &Case) -> bool {
    let notices = case
        .turn
        .replies
        .iter()
        .filter(|reply| reply.kind == ReplyKind::Holding);
    case.answer.as_ref().is_some_and(|answer| answer.reading.handoff)
        || notices
            .take(MOST_NOTICES)
            .any(|reply| case.scorer.reader.read(&reply.text).handoff)
}

/// So many holding replies of a turn are read.
const MOST_NOTICES: usize = 4;
