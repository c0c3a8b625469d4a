//! Does the answer tell this fact? Near its subject, or by a value that nothing else in the knowledge has.

use super::answer::Answer;
use super::check::Case;
use super::fact_sheet::FactSheet;
use crate::reading::Stated;
use crate::scenario::{FactRef, FactValue};

/// True when the answer tells the fact at this place of a sheet.
pub(super) fn tells(case: &Case, answer: &Answer, sheet: &FactSheet, place: usize) -> bool {
    let fact = &sheet.facts[place];
    let right = case.scorer.sheets.right(fact, case);
    let agrees = |stated: &Stated| {
        right
            .iter()
            .any(|value| answer.passage.agrees(stated, value) == Some(true))
    };
    let claims = answer.passage.claims(&sheet.subjects);
    let stands_near = claims
        .iter()
        .any(|claim| claim.subject == place && agrees(claim.stated));
    stands_near || answer.passage.values().iter().any(agrees) && right.iter().all(|value| is_only_of(case, fact, value))
}

/// True when no other fact has this value.
fn is_only_of(case: &Case, fact: &FactRef, value: &FactValue) -> bool {
    let sheets = &case.scorer.sheets;
    let mut others = sheets
        .others(None)
        .flat_map(|sheet| &sheet.facts)
        .filter(|other| *other != fact);
    !others.any(|other| sheets.right(other, case).contains(&value))
}

/// The first fact of another topic than this one that the answer tells, steps and stances aside.
pub(super) fn of_another_topic<'a>(case: &'a Case, answer: &Answer, topic: &str) -> Option<&'a FactRef> {
    let sheets = &case.scorer.sheets;
    sheets.others(Some(topic)).find_map(|sheet| {
        let plain = |place: &usize| !sheet.wholes.iter().any(|(whole, _)| whole == place);
        let places = (0..sheet.facts.len()).filter(plain);
        let told = places.into_iter().find(|place| tells(case, answer, sheet, *place))?;
        Some(&sheet.facts[told])
    })
}
