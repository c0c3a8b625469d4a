//! Does the answer state every fact that the question expects?

use super::answer::Answer;
use super::asked;
use super::check::{Asked, Case, Check, Opinion};
use super::claim::{Claim, ClaimState};
use crate::conversation::{Language, Slot, customer_in_order_numbers, order_numbers_in};
use crate::reading::Subject;
use crate::scenario::{FactRef, FactValue};

pub(super) const CHECK: Check = Check {
    name: "required_facts",
    is_gate: true,
    judge,
};

/// Fails with the facts that are not stated. Does not apply where nothing is expected, where the bot first asks for
/// the order number that it does not have yet, and where the customer came for a handoff and got it. Cannot tell where the bot shows a
/// picture, which may state what its words do not, or says yes or no in words that are not understood.
fn judge(case: &Case) -> Opinion {
    let shows_media = case.turn.shows_media();
    let Some(answer) = case.answer.as_ref() else {
        return unread(case, shows_media);
    };
    let asked = match case.step {
        Ok(Some(asked)) if !asked.ask.expects.is_empty() => asked,
        Ok(_) => return Opinion::DoesNotApply,
        Err(_) => return Opinion::CannotTell,
    };
    match are_all_stated(case) {
        Some(true) => return Opinion::Pass,
        Some(false) if !shows_media => {}
        _ => return Opinion::CannotTell,
    }
    let is_handed_over = case.accepts_handoff && answer.reading.handoff;
    if is_handed_over || asks_back(case, &asked, answer) {
        return Opinion::DoesNotApply;
    }
    let missing = stated(case).filter(|(_, is_stated)| *is_stated == Some(false));
    let missing: Vec<String> = missing.map(|(fact, _)| fact.name()).collect();
    Opinion::fail(
        format!("没有说到：{}", missing.join("、")),
        format!("not stated: {}", missing.join(", ")),
    )
}

/// A picture may state what is expected, and nobody here can see it.
fn unread(case: &Case, shows_media: bool) -> Opinion {
    let expects = matches!(&case.step, Ok(Some(asked)) if !asked.ask.expects.is_empty());
    match shows_media && expects {
        true => Opinion::CannotTell,
        false => Opinion::DoesNotApply,
    }
}

/// Each expected fact, and whether the answer states it; absent when the scenario does not say what is true.
pub(super) fn stated<'a>(case: &'a Case) -> impl Iterator<Item = (&'a FactRef, Option<bool>)> {
    let expected = match (&case.answer, case.step) {
        (Some(answer), Ok(Some(asked))) => Some((answer, &asked.ask.expects)),
        _ => None,
    };
    expected.into_iter().flat_map(|(answer, expects)| {
        let of_each = || expects.iter().map(|fact| is_stated(case, answer, fact)).collect();
        expects.iter().zip(case.stated.get_or_init(of_each).iter().copied())
    })
}

/// Whether the answer states all that the question expects; absent when nothing is expected, or it cannot be told of one and none is surely
/// missing.
pub(super) fn are_all_stated(case: &Case) -> Option<bool> {
    let of_each = || stated(case).map(|(_, is_stated)| is_stated);
    match of_each().any(|is_stated| is_stated == Some(false)) {
        true => Some(false),
        false => (of_each().next().is_some() && of_each().all(|is_stated| is_stated.is_some())).then_some(true),
    }
}

/// Absent when the scenario does not say what is true, or the answer may well say it in words that are not understood.
pub(super) fn is_stated(case: &Case, answer: &Answer, fact: &FactRef) -> Option<bool> {
    if *fact == FactRef::OrderNumber {
        return Some(holds_own_number(case, &answer.text));
    }
    let language = case.language.unwrap_or(Language::Zh);
    let states = |value: &FactValue| match value {
        FactValue::Holds { holds, subject } => {
            let subject = Subject::new(subject.zh.iter().chain(&subject.en));
            let stances = asked::stances(case, answer, fact, &subject);
            let is_told = stances.iter().any(|stance| stance.holds == *holds) || is_claimed(case, fact);
            let is_unread = stances.is_empty() && asked::may_tell(case, answer, fact, &subject);
            (!is_unread).then_some(is_told)
        }
        FactValue::Tiers(steps) => {
            let stated = asked::tiers(case, answer, fact, steps);
            Some(steps.iter().all(|step| stated.iter().any(|one| one.is(step))))
        }
        value => Some(answer.passage.states(value, language)),
    };
    let right = case.scorer.sheets.right(fact, case);
    let of_each: Vec<Option<bool>> = right.into_iter().map(states).collect();
    // Of several that are right one is enough.
    match of_each.contains(&Some(true)) {
        true => Some(true),
        false => (!of_each.is_empty() && !of_each.contains(&None)).then_some(false),
    }
}

/// True when the audit found the fact rightly told.
fn is_claimed(case: &Case, fact: &FactRef) -> bool {
    let rightly = |claim: &Claim| claim.state == ClaimState::Supported && claim.fact.as_deref() == Some(&fact.name());
    case.claims.iter().any(rightly)
}

/// True when the bot asks for the order number, rightly: the question concerns the order, and the customer has not
/// given the number.
fn asks_back(case: &Case, asked: &Asked, answer: &Answer) -> bool {
    let told = case.turn.given.first(Slot::OrderNumber);
    let was_given_before = told.is_some_and(|told| told.turn < case.turn.number);
    let was_given = was_given_before
        || case
            .turn
            .messages
            .iter()
            .any(|message| holds_own_number(case, &message.text));
    asked.ask.concerns_order && answer.reading.asks_for.contains(&Slot::OrderNumber) && !was_given
}

fn holds_own_number(case: &Case, text: &str) -> bool {
    let own = customer_in_order_numbers(case.turn.customer);
    order_numbers_in(case.scorer.key, text).contains(&own)
}
