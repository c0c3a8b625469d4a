//! Does the answer tell this fact? Near its subject, or by a value that nothing else in the knowledge has.

use std::sync::Arc;

use super::answer::Answer;
use super::check::Case;
use super::fact_sheet::FactSheet;
use crate::reading::{Claim, Force, Stated};
use crate::scenario::{FactRef, FactValue};

/// What an answer tells of the facts of one sheet.
pub(super) struct Told<'a> {
    case: &'a Case<'a>,
    answer: &'a Answer<'a>,
    sheet: &'a FactSheet,
    /// The values that stand near the words of a fact.
    claims: Arc<[Claim]>,
}

impl<'a> Told<'a> {
    pub(super) fn of(case: &'a Case<'a>, answer: &'a Answer, sheet: &'a FactSheet) -> Told<'a> {
        Told {
            case,
            answer,
            sheet,
            claims: answer.claims(sheet),
        }
    }

    /// True when the answer tells the fact at this place of the sheet.
    pub(super) fn tells(&self, place: usize) -> bool {
        let (case, passage) = (self.case, &self.answer.passage);
        let fact = &self.sheet.facts[place];
        let right = case.scorer.sheets.right(fact, case);
        let agrees = |stated: &Stated| right.iter().any(|value| passage.agrees(stated, value) == Some(true));
        let is_paid = |stated: &&Stated| stated.force != Force::Former;
        let mut near = self.claims.iter().filter(|claim| claim.subject == place);
        near.any(|claim| agrees(&passage.values()[claim.value]))
            || passage
                .values()
                .iter()
                .filter(is_paid)
                .chain(passage.bare_amounts())
                .any(agrees)
                && right.iter().all(|value| is_only_of(case, fact, value))
    }
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
pub(super) fn of_another_topic<'a>(case: &'a Case<'a>, answer: &'a Answer, topic: &str) -> Option<&'a FactRef> {
    if answer.passage.values().is_empty() && answer.passage.bare_amounts().is_empty() {
        return None;
    }
    case.scorer.sheets.others(Some(topic)).find_map(|sheet| {
        let told = Told::of(case, answer, sheet);
        let plain = |place: &usize| !sheet.wholes.iter().any(|(whole, _)| whole == place);
        let mut places = (0..sheet.facts.len()).filter(plain);
        places.find(|place| told.tells(*place)).map(|place| &sheet.facts[place])
    })
}
