//! Does the bot say the same twice: in one turn, or to another question?
//!
//! The same answer to two questions is no fault where it states what each of them expects. Fallbacks, handoffs and questions of the
//! bot are the matter of their own checks.

use super::check::{Case, Check, Opinion};
use super::evidence::{Evidence, Quote};
use super::required_facts::are_all_stated;
use crate::conversation::ReplyKind;
use crate::reading::fingerprint;
use crate::scenario::{Goal, Step};

pub(super) const CHECK: Check = Check {
    name: "duplicate",
    is_gate: false,
    judge,
};

fn judge(case: &Case) -> Opinion {
    let Some(answer) = &case.answer else {
        return Opinion::DoesNotApply;
    };
    if let Some(place) = said_twice(case) {
        return Opinion::Fail(
            Evidence::words("同一轮里重复了同一条回复", "the same reply twice in one turn").at(Some(place)),
        );
    }
    let reading = &answer.reading;
    if reading.fallback || reading.handoff || !reading.asks_for.is_empty() {
        return Opinion::DoesNotApply;
    }
    let Some(earlier) = case.memory.answers.step_of_same(answer.fingerprint(), case.turn.step) else {
        return Opinion::Pass;
    };
    match (are_all_stated(case), topics(case, earlier)) {
        (Some(true), _) => Opinion::Pass,
        (Some(false), _) => Opinion::fail(
            format!("与第 {} 步的回答一模一样", earlier + 1),
            format!("the same answer as to step {}", earlier + 1),
        ),
        (None, Some((topic, before))) if topic != before => Opinion::fail(
            format!("问 {topic} 与问 {before} 得到同样的回答"),
            format!("the same answer to {topic} as to {before}"),
        ),
        (None, _) => Opinion::CannotTell,
    }
}

/// The second of two substantive replies that say the same. A bot that answers each message of a burst may say the same to each.
fn said_twice(case: &Case) -> Option<Quote> {
    if case.turn.replies.len() <= case.turn.messages.len() {
        return None;
    }
    let substantive = (0..)
        .zip(&case.turn.replies)
        .filter(|(_, reply)| reply.kind == ReplyKind::Substantive);
    if substantive.clone().count() < 2 {
        return None;
    }
    let mut said = Vec::new();
    for (place, reply) in substantive {
        let this = fingerprint(&reply.text);
        if said.contains(&this) {
            return Some(Quote {
                reply: place,
                span: 0..reply.text.len(),
            });
        }
        said.push(this);
    }
    None
}

/// What this question and that of an earlier step are about, when both are about something.
fn topics<'a>(case: &Case<'a>, earlier: u16) -> Option<(&'a str, &'a str)> {
    let goal = case.goal?;
    Some((topic(goal, case.turn.step)?, topic(goal, earlier)?))
}

fn topic(goal: &Goal, step: u16) -> Option<&str> {
    match goal.agenda.get(usize::from(step))? {
        Step::Ask(ask) => ask.about.as_deref(),
        Step::Say(_) | Step::Call => None,
    }
}
