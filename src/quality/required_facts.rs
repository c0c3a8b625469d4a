//! Does the answer state every fact that the question expects?

use super::answer::Answer;
use super::asked;
use super::check::{Asked, Case, Check, Opinion};
use crate::conversation::{Language, Slot, customer_in_order_numbers, order_numbers_in};
use crate::reading::Subject;
use crate::scenario::{FactRef, FactValue, Tier};

pub(super) const CHECK: Check = Check {
    name: "required_facts",
    is_gate: true,
    judge,
};

/// Fails with the facts that are not stated. Does not apply where nothing is expected, where the bot first asks for
/// the order number that it does not have yet, and where the customer came for a handoff and got it. Cannot tell where the bot shows a
/// picture, which may state what its words do not.
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

/// Whether the answer states all that the question expects; absent when nothing is expected, or it cannot be told.
pub(super) fn are_all_stated(case: &Case) -> Option<bool> {
    let mut of_each = stated(case).map(|(_, is_stated)| is_stated);
    let first = of_each.next()??;
    of_each.try_fold(first, |all, is_stated| Some(all & is_stated?))
}

/// Absent when the scenario does not say what is true.
pub(super) fn is_stated(case: &Case, answer: &Answer, fact: &FactRef) -> Option<bool> {
    if *fact == FactRef::OrderNumber {
        return Some(holds_own_number(case, &answer.text));
    }
    let right = case.scorer.sheets.right(fact, case);
    let language = case.language.unwrap_or(Language::Zh);
    let states = |value: &FactValue| match value {
        FactValue::Holds { holds, subject } => {
            let subject = Subject::new(subject.zh.iter().chain(&subject.en));
            let stances = asked::stances(case, answer, fact, &subject);
            stances.iter().any(|stance| stance.holds == *holds)
        }
        FactValue::Tiers(steps) => {
            let stated = asked::tiers(case, answer, fact);
            let is_stated = |step: &Tier| stated.iter().any(|one| one.spend == step.spend && one.off == step.off);
            steps.iter().all(is_stated)
        }
        value => answer.passage.states(value, language),
    };
    let is_right = right.iter().any(|value| states(value));
    (!right.is_empty()).then_some(is_right)
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
