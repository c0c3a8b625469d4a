//! Does the answer tell this fact? Near its subject, or by a value that nothing else in the knowledge has.

use super::answer::Answer;
use super::check::Case;
use super::rubric::Rubric;
use crate::reading::Stated;
use crate::scenario::{FactRef, FactValue};

/// True when the answer tells the fact at this place of a rubric.
pub(super) fn tells(case: &Case, answer: &Answer, rubric: &Rubric, place: usize) -> bool {
    let fact = &rubric.facts[place];
    let right = case.scorer.rubrics.right(fact, case);
    let agrees = |stated: &Stated| {
        right
            .iter()
            .any(|value| answer.passage.agrees(stated, value) == Some(true))
    };
    let claims = answer.passage.claims(&rubric.subjects);
    let stands_near = claims
        .iter()
        .any(|claim| claim.subject == place && agrees(claim.stated));
    stands_near || answer.passage.values().iter().any(agrees) && right.iter().all(|value| is_only_of(case, fact, value))
}

/// True when no other fact has this value.
fn is_only_of(case: &Case, fact: &FactRef, value: &FactValue) -> bool {
    let rubrics = &case.scorer.rubrics;
    let mut others = rubrics
        .others(None)
        .flat_map(|rubric| &rubric.facts)
        .filter(|other| *other != fact);
    !others.any(|other| rubrics.right(other, case).contains(&value))
}

/// The first fact of another topic than this one that the answer tells, steps and stances aside.
pub(super) fn of_another_topic<'a>(case: &'a Case, answer: &Answer, topic: &str) -> Option<&'a FactRef> {
    let rubrics = &case.scorer.rubrics;
    rubrics.others(Some(topic)).find_map(|rubric| {
        let plain = |place: &usize| !rubric.wholes.iter().any(|(whole, _)| whole == place);
        let places = (0..rubric.facts.len()).filter(plain);
        let told = places.into_iter().find(|place| tells(case, answer, rubric, *place))?;
        Some(&rubric.facts[told])
    })
}
