//! Does the answer state every fact that the question expects?

use super::answer::Answer;
use super::check::{Asked, Case, Check, Opinion};
use crate::conversation::{Language, Slot, order_numbers_in};
use crate::scenario::FactRef;

pub(super) const CHECK: Check = Check {
    name: "required_facts",
    is_gate: true,
    judge,
};

/// Fails with the facts that are not stated. Does not apply where nothing is expected, where the bot first asks for
/// the order number that it does not have yet, and where the customer came for a handoff and got it.
fn judge(case: &Case) -> Opinion {
    let Some(answer) = &case.answer else {
        return Opinion::DoesNotApply;
    };
    let asked = match case.step {
        Ok(Some(asked)) if !asked.ask.expects.is_empty() => asked,
        Ok(_) => return Opinion::DoesNotApply,
        Err(_) => return Opinion::CannotTell,
    };
    let mut missing = Vec::new();
    for fact in &asked.ask.expects {
        match is_stated(case, answer, fact) {
            Some(true) => {}
            Some(false) => missing.push(fact.to_string()),
            None => return Opinion::CannotTell,
        }
    }
    if missing.is_empty() {
        return Opinion::Pass;
    }
    let is_handed_over = case.accepts_handoff && answer.reading.handoff;
    if is_handed_over || asks_back(case, &asked, answer) {
        return Opinion::DoesNotApply;
    }
    Opinion::fail(format!("not stated: {}", missing.join(", ")))
}

/// Absent when the scenario does not say what is true.
fn is_stated(case: &Case, answer: &Answer, fact: &FactRef) -> Option<bool> {
    if *fact == FactRef::OrderNumber {
        return Some(holds_own_number(case, &answer.text));
    }
    let value = case.scorer.scenario.knowledge.fact(fact)?.value()?;
    Some(answer.passage.states(&value, case.language.unwrap_or(Language::Zh)))
}

/// True when the bot asks for the order number, rightly: the question concerns the order, and the customer has not
/// just given the number.
fn asks_back(case: &Case, asked: &Asked, answer: &Answer) -> bool {
    let was_given = case
        .turn
        .messages
        .iter()
        .any(|message| holds_own_number(case, &message.text));
    asked.ask.concerns_order && answer.reading.asks_for.contains(&Slot::OrderNumber) && !was_given
}

fn holds_own_number(case: &Case, text: &str) -> bool {
    let own = case
        .scorer
        .key
        .owner_of(&case.scorer.key.order_number(case.turn.customer));
    order_numbers_in(case.scorer.key, text)
        .into_iter()
        .any(|owner| Some(owner) == own)
}
