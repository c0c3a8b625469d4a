//! Did the bot understand what the customer wanted?
//!
//! Where the bot tells what it took them to want (a value captured as `intent`), its label must be the question's. Otherwise the
//! answer shows it: one that states what is expected understood; one that is clearly about another topic, by the scenario's own
//! wordings, did not. Close calls are not judged, nor is what asks back, hands over or gives up: other checks do that.

use super::answer::Answer;
use super::check::{Asked, Case, Check, Opinion};
use super::evidence::Evidence;
use super::intents::Understood;
use super::required_facts::are_all_stated;

pub(super) const CHECK: Check = Check {
    name: "intent",
    is_gate: false,
    judge,
};

fn judge(case: &Case) -> Opinion {
    let Some(answer) = &case.answer else {
        return Opinion::DoesNotApply;
    };
    if case.turn.intent.is_none() && says_nothing_of_itself(answer) && !is_out_of_scope(case) {
        return Opinion::DoesNotApply;
    }
    match understood(case) {
        Some(understood) if understood.wanted == understood.found => Opinion::Pass,
        Some(understood) => Opinion::Fail(evidence(case, understood)),
        None => match case.step {
            Ok(Some(asked)) if wanted(case, asked).is_some() => Opinion::CannotTell,
            _ => Opinion::DoesNotApply,
        },
    }
}

/// What was wanted and what was found; absent when there is nothing to compare or it cannot be told.
pub(super) fn understood(case: &Case) -> Option<Understood> {
    let (Some(answer), Ok(Some(asked))) = (&case.answer, case.step) else {
        return None;
    };
    *case.understood.get_or_init(|| {
        let wanted = wanted(case, asked)?;
        let found = found(case, answer, wanted)?;
        Some(Understood { wanted, found })
    })
}

/// What the customer wanted, by the label of the question or else its topic; absent where neither has a name.
pub(super) fn wanted_by(case: &Case) -> Option<u16> {
    let Ok(Some(asked)) = case.step else {
        return None;
    };
    let label = asked.ask.intent.as_deref().or(asked.ask.about.as_deref());
    case.scorer.intents.place(label?)
}

/// What the question is called: by the bot, when it tells; by the knowledge, when it does not.
fn wanted(case: &Case, asked: Asked) -> Option<u16> {
    let intents = &case.scorer.intents;
    let (label, topic) = (asked.ask.intent.as_deref(), asked.ask.about.as_deref());
    if case.turn.intent.is_some() || is_out_of_scope(case) {
        return intents.place(label.or(topic)?);
    }
    intents.place(topic?)
}

fn found(case: &Case, answer: &Answer, wanted: u16) -> Option<u16> {
    let intents = &case.scorer.intents;
    if let Some(label) = &case.turn.intent {
        return Some(intents.place_or_other(label));
    }
    if answer.reading.fallback || answer.reading.handoff {
        return Some(intents.out_of_scope());
    }
    if !answer.reading.asks_for.is_empty() {
        return None;
    }
    if are_all_stated(case) == Some(true) {
        return Some(wanted);
    }
    let nearest = case.scorer.exemplars.nearest_of(answer.passage.text())?;
    nearest.is_clear().then_some(nearest.class)
}

/// True when the question is one that no bot of the shop has to know.
pub(super) fn is_out_of_scope(case: &Case) -> bool {
    matches!(case.step, Ok(Some(asked)) if asked.ask.is_out_of_scope())
}

/// What only asks back, hands over or gives up shows nothing of what was understood.
fn says_nothing_of_itself(answer: &Answer) -> bool {
    answer.reading.fallback || answer.reading.handoff || !answer.reading.asks_for.is_empty()
}

fn evidence(case: &Case, understood: Understood) -> Box<Evidence> {
    let name = |place: u16| {
        case.scorer
            .intents
            .names()
            .get(usize::from(place))
            .map_or("?", String::as_str)
    };
    let wanted = name(understood.wanted);
    match &case.turn.intent {
        Some(label) => Evidence::words(
            format!("机器人说是 {label}，顾客问的是 {wanted}"),
            format!("the bot says {label}, the customer asked about {wanted}"),
        ),
        None => {
            let found = name(understood.found);
            Evidence::words(
                format!("答的是 {found}，顾客问的是 {wanted}"),
                format!("the answer is about {found}, the customer asked about {wanted}"),
            )
        }
    }
}
