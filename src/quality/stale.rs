//! Is the answer to this question, and not to an earlier one of the conversation? Answers that come one question late do that.
//!
//! Judged only where it can be told: this question and an earlier one expect different facts. It fails when the answer lacks what this
//! question expects and states all that the earlier one does.

use super::answer::Answer;
use super::check::{Case, Check, Opinion};
use super::required_facts::{are_all_stated, is_stated};
use super::told::Told;
use crate::scenario::{Ask, FactRef, Step};

pub(super) const CHECK: Check = Check {
    name: "stale",
    is_gate: false,
    judge,
};

fn judge(case: &Case) -> Opinion {
    let (Some(answer), Ok(Some(asked)), Some(stated)) = (&case.answer, case.step, are_all_stated(case)) else {
        return Opinion::DoesNotApply;
    };
    let mut earlier = earlier_asks(case)
        .filter(|earlier| is_another(earlier, asked.ask))
        .peekable();
    if earlier.peek().is_none() {
        return Opinion::DoesNotApply;
    }
    if stated {
        return Opinion::Pass;
    }
    match earlier.find(|earlier| answers(case, answer, earlier)) {
        Some(earlier) => {
            let facts = listed(earlier);
            Opinion::fail(
                format!("答的是之前的问题：说了 {facts}"),
                format!("it answers the earlier question: states {facts}"),
            )
        }
        None => Opinion::Pass,
    }
}

fn earlier_asks<'a>(case: &Case<'a>) -> impl Iterator<Item = &'a Ask> {
    let steps = case.goal.map_or(&[][..], |goal| &goal.agenda);
    let before = &steps[..usize::from(case.turn.step).min(steps.len())];
    before.iter().filter_map(|step| match step {
        Step::Ask(ask) => Some(ask),
        Step::Say(_) | Step::Call => None,
    })
}

/// True when an answer to the one cannot be taken for an answer to the other.
fn is_another(earlier: &Ask, ask: &Ask) -> bool {
    let mut facts = knowledge_facts(earlier).peekable();
    facts.peek().is_some() && facts.all(|fact| !ask.expects.contains(fact))
}

fn knowledge_facts(ask: &Ask) -> impl Iterator<Item = &FactRef> {
    ask.expects.iter().filter(|fact| **fact != FactRef::OrderNumber)
}

/// True when the answer states all that the question expects, each plain value near the words of its subject or as nobody else has it.
fn answers(case: &Case, answer: &Answer, ask: &Ask) -> bool {
    let sheets = &case.scorer.sheets;
    let sheet = ask.about.as_ref().and_then(|topic| sheets.get(topic));
    let told = sheet.map(|sheet| (sheet, Told::of(case, answer, sheet)));
    knowledge_facts(ask).all(|fact| {
        let audited = told.as_ref().and_then(|(sheet, told)| {
            let place = sheet.facts.iter().position(|audited| audited == fact)?;
            let is_whole = sheet.wholes.iter().any(|(whole, _)| *whole == place);
            (!is_whole).then_some((told, place))
        });
        let Some((told, place)) = audited else {
            return is_stated(case, answer, fact) == Some(true);
        };
        told.tells(place)
    })
}

fn listed(ask: &Ask) -> String {
    let facts: Vec<String> = knowledge_facts(ask).map(FactRef::to_string).collect();
    facts.join(", ")
}
