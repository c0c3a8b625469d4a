//! An answer that leaves its subject to the question.

use super::super::fact_sheet::FactSheet;
use super::{Audit, Said};
use crate::reading::{Force, Stated, Value};
use crate::scenario::FactRef;

impl Audit<'_> {
    /// An answer that leaves its subject to the question ("not bad, 250 yuan"): the only value of the only fact that is expected. A
    /// length of time is one only where the answer holds no other value, since much takes time; and what is true of another fact is
    /// about that one.
    pub(super) fn short_answer(&mut self, sheet: &FactSheet) {
        let is_plain = |fact: &&FactRef| {
            let place = sheet.facts.iter().position(|one| one == *fact);
            place.is_some_and(|place| !sheet.wholes.iter().any(|(whole, _)| *whole == place))
        };
        let mut expected = self.asked.ask.expects.iter().filter(is_plain);
        let (Some(fact), None) = (expected.next(), expected.next()) else {
            return;
        };
        let passage = &self.answer.passage;
        let right = self.case.scorer.sheets.right(fact, self.case);
        let is_comparable = |stated: &&Stated| {
            let is_paid = stated.force != Force::Former;
            is_paid && right.iter().any(|value| passage.agrees(stated, value).is_some())
        };
        let is_value = |stated: &&Stated| stated.value != Value::Identifier;
        let alike: Vec<&Stated> = match passage.values().iter().filter(is_comparable).collect::<Vec<_>>() {
            none if none.is_empty() && self.answers() => passage.bare_amounts().iter().filter(is_comparable).collect(),
            some => some,
        };
        let [stated] = alike[..] else {
            return;
        };
        let is_time = matches!(stated.value, Value::Duration(_) | Value::Day(_) | Value::Date { .. });
        let is_lone = passage.values().iter().filter(is_value).count() == 1;
        let says = stated.force == Force::Plain && !passage.is_asked(&stated.span);
        if says && (is_lone || !is_time) && !self.is_spoken_for(&stated.span) && !self.is_of_another(fact, stated) {
            self.judge(fact, Said::Value(stated), stated.span.clone());
        }
    }

    /// True for an answer that neither asks back nor hands over nor gives up: only there is a bare number what was asked for.
    fn answers(&self) -> bool {
        let reading = &self.answer.reading;
        !reading.fallback && !reading.handoff && reading.asks_for.is_empty()
    }

    /// True when the value is true of another fact of the knowledge.
    fn is_of_another(&self, fact: &FactRef, stated: &Stated) -> bool {
        let (sheets, passage) = (&self.case.scorer.sheets, &self.answer.passage);
        let facts = sheets.others(None).flat_map(|sheet| &sheet.facts);
        let mut right = facts
            .filter(|other| *other != fact)
            .flat_map(|other| sheets.right(other, self.case));
        right.any(|value| passage.agrees(stated, value) == Some(true))
    }
}
