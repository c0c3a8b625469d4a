//! The audit against hallucination: every claim of an answer beside what is true.
//!
//! ```text
//!  value near a fact's subject, step of a discount, stance --right value--> supported
//!                                        \--another one--> stale (was true before a change) or contradicted
//!  a value that no fact knows ------------------------------> unsupported: counted, never a failure
//!  what must never be said ---------------------------------> forbidden
//! ```
//!
//! Claims of the asked topic are judged; a value that is true of something else that the clause speaks of is supported by
//! that. Texts and identifiers are not audited.

mod short_answer;

use std::ops::Range;

use super::answer::Answer;
use super::asked;
use super::check::{Asked, Case};
use super::claim::{Claim, ClaimState};
use super::fact_sheet::FactSheet;
use crate::reading::{Force, Passage, Stated, StatedTier, Value};
use crate::scenario::{FactRef, FactValue};

/// So many claims of a turn are kept that are true or unsupported, and as many others.
const MOST: usize = 16;

/// The longest `said` and `truth`, in characters.
const LONGEST: usize = 80;

/// What is said, in one of the three shapes of a claim.
#[derive(Clone, Copy)]
enum Said<'a> {
    Value(&'a Stated),
    Tier(&'a StatedTier),
    Stance(bool),
}

impl Said<'_> {
    fn agrees(self, passage: &Passage, value: &FactValue) -> Option<bool> {
        match (self, value) {
            (Said::Tier(said), FactValue::Tiers(steps)) => Some(steps.iter().any(|step| said.is(step))),
            (Said::Stance(said), FactValue::Holds { holds, .. }) => Some(said == *holds),
            (Said::Value(said), _) => passage.agrees(said, value),
            _ => None,
        }
    }
}

/// The claims of one answer as they are found.
struct Audit<'a> {
    case: &'a Case<'a>,
    answer: &'a Answer<'a>,
    asked: Asked<'a>,
    claims: Vec<(Range<usize>, Claim)>,
    /// What was claimed about something, known or not.
    spoken_for: Vec<Range<usize>>,
}

/// All claims of the turn's answer, in its order; at most 16 that are supported or unsupported, 16 that are
/// false, and one that is forbidden.
pub(super) fn claims(case: &Case) -> Vec<Claim> {
    let Some(answer) = &case.answer else {
        return Vec::new();
    };
    let mut claims = match case.step {
        Ok(Some(asked)) => about(case, answer, asked),
        _ => Vec::new(),
    };
    claims.extend(forbidden(case, answer));
    claims.sort_by_key(|(span, _)| span.start);
    claims.into_iter().map(|(_, claim)| claim).collect()
}

fn about<'a>(case: &'a Case<'a>, answer: &'a Answer, asked: Asked<'a>) -> Vec<(Range<usize>, Claim)> {
    let Some(sheet) = asked.sheet else {
        return Vec::new();
    };
    let mut audit = Audit {
        case,
        answer,
        asked,
        claims: Vec::new(),
        spoken_for: Vec::new(),
    };
    audit.wholes(sheet);
    for claim in answer.claims(sheet).iter() {
        let stated = &answer.passage.values()[claim.value];
        if !audit.is_spoken_for(&stated.span) {
            audit.judge(&sheet.facts[claim.subject], Said::Value(stated), stated.span.clone());
        }
    }
    audit.short_answer(sheet);
    audit.by_manner(sheet);
    audit.values_of_no_fact();
    audit.claims
}

fn forbidden(case: &Case, answer: &Answer) -> Option<(Range<usize>, Claim)> {
    let (name, span) = answer.broken_ban(&case.scorer.bans)?;
    let (said, quote) = answer.as_written(span);
    let claim = Claim {
        fact: Some(name.clone()),
        said: cut(said),
        truth: None,
        state: ClaimState::Forbidden,
        quote,
    };
    Some((span.clone(), claim))
}

impl Audit<'_> {
    /// Steps of a discount and stances: claims that are more than one value near a word.
    fn wholes(&mut self, sheet: &FactSheet) {
        let passage = &self.answer.passage;
        for (place, subject) in &sheet.wholes {
            let fact = &sheet.facts[*place];
            match self.case.scorer.sheets.right(fact, self.case).first() {
                Some(FactValue::Tiers(right)) => {
                    let mut tiers = asked::tiers(self.case, self.answer, fact, right);
                    tiers.retain(|tier| {
                        let is_meant =
                            passage.mentions_near(&tier.span, subject) || self.is_left_to_the_question(fact, tier);
                        is_meant && !self.is_spoken_for(&tier.span)
                    });
                    // Steps in two lists stand in one another's way: each is judged, whatever the others come to.
                    for tier in &tiers {
                        self.judge(fact, Said::Tier(tier), tier.span.clone());
                    }
                }
                Some(FactValue::Holds { .. }) => {
                    for stance in asked::stances(self.case, self.answer, fact, subject) {
                        self.judge(fact, Said::Stance(stance.holds), stance.span);
                    }
                    // The seven days of 7天无理由 are its name.
                    self.spoken_for.extend(passage.mentions(subject));
                }
                _ => {}
            }
        }
    }

    /// A yes or no in words that are not understood, where the answer claims nothing else.
    fn by_manner(&mut self, sheet: &FactSheet) {
        if !self.claims.is_empty() {
            return;
        }
        let told = sheet.wholes.iter().find_map(|(place, subject)| {
            let fact = &sheet.facts[*place];
            asked::told_by_manner(self.case, self.answer, fact, subject).map(|holds| (fact, holds))
        });
        if let Some((fact, holds)) = told {
            self.judge(fact, Said::Stance(holds), 0..self.answer.passage.text().len());
        }
    }

    /// True for a step of the only steps that are asked for: an answer may leave its subject to the question (`a 40 yuan discount
    /// applies above 200 yuan`). What is true of other steps is about those.
    fn is_left_to_the_question(&self, fact: &FactRef, tier: &StatedTier) -> bool {
        let sheets = &self.case.scorer.sheets;
        let is_of_steps = |fact: &&FactRef| matches!(sheets.right(fact, self.case).first(), Some(FactValue::Tiers(_)));
        let mut expected = self.asked.ask.expects.iter().filter(is_of_steps);
        if expected.next() != Some(fact) || expected.next().is_some() {
            return false;
        }
        let agrees = |value: &FactValue| Said::Tier(tier).agrees(&self.answer.passage, value) == Some(true);
        let mut others = sheets
            .others(None)
            .flat_map(|sheet| &sheet.facts)
            .filter(|other| *other != fact);
        !others.any(|other| sheets.right(other, self.case).into_iter().any(agrees))
    }

    fn judge(&mut self, fact: &FactRef, said: Said, span: Range<usize>) {
        let right = self.case.scorer.sheets.right(fact, self.case);
        let passage = &self.answer.passage;
        let agreement = right.iter().filter_map(|value| said.agrees(passage, value));
        let state = match agreement.reduce(|one, other| one || other) {
            Some(true) => ClaimState::Supported,
            Some(false) => match self.true_elsewhere(fact, said, &span) {
                Some(other) => {
                    let truth = right.first().map(|value| plain(value));
                    return self.add(Some(&other), truth, ClaimState::Supported, span);
                }
                None => self.stale(fact, said).unwrap_or(ClaimState::Contradicted),
            },
            // A cap, a range that may mean either, or another type than the fact's.
            None if right.is_empty() => ClaimState::Unsupported,
            None => return,
        };
        let truth: Vec<String> = right.into_iter().map(plain).collect();
        let truth = (!truth.is_empty()).then(|| truth.join(" / "));
        self.add(Some(fact), truth, state, span);
    }

    /// The change after which the claim was no longer true, if it was before.
    fn stale(&self, fact: &FactRef, said: Said) -> Option<ClaimState> {
        let turn = self.case.turn;
        let answered_at = turn.answered_at.unwrap_or(turn.due_at);
        let past = self.case.scorer.sheets.truths.past(fact, turn.customer, turn.span().0);
        let was_true = past
            .into_iter()
            .find(|past| said.agrees(&self.answer.passage, past.value) == Some(true))?;
        Some(ClaimState::Stale {
            changed_at: was_true.until,
            ago: answered_at.saturating_sub(was_true.until),
        })
    }

    /// Something else that the answer speaks of and of which the claim is true: another row of the record that it names, or
    /// a fact of another topic or record whose subject stands in the same clause ("spend 199 for a gift" in an answer
    /// about a coupon speaks of the gift's threshold, not of the coupon's).
    fn true_elsewhere(&self, fact: &FactRef, said: Said, span: &Range<usize>) -> Option<FactRef> {
        let (sheets, passage) = (&self.case.scorer.sheets, &self.answer.passage);
        let agrees = |value: &&FactValue| said.agrees(passage, value) == Some(true);
        if sheets.of_named_rows(fact, self.answer, self.case).iter().any(agrees) {
            return Some(fact.clone());
        }
        let subjects = sheets
            .others(self.asked.ask.about.as_deref())
            .flat_map(|sheet| sheet.named());
        let is_meant = |(other, subject): &(&FactRef, &crate::reading::Subject)| {
            passage.mentions_near(span, subject) && sheets.spoken_of(other, self.answer, self.case).iter().any(agrees)
        };
        let (other, _) = subjects.filter(|_| !matches!(said, Said::Stance(_))).find(is_meant)?;
        Some(other.clone())
    }

    /// Typed values that are no claim about a fact of the topic and not true of any other.
    fn values_of_no_fact(&mut self) {
        let passage = &self.answer.passage;
        let sheets = &self.case.scorer.sheets;
        let is_plain = |stated: &&Stated| {
            stated.force == Force::Plain && stated.value != Value::Identifier && !passage.is_asked(&stated.span)
        };
        for stated in passage.values().iter().filter(is_plain).take(MOST) {
            if self.is_spoken_for(&stated.span) {
                continue;
            }
            let mut facts = sheets.others(None).flat_map(|sheet| &sheet.facts);
            let is_known = facts.any(|fact| {
                let right = sheets.right(fact, self.case);
                right.iter().any(|value| passage.agrees(stated, value) == Some(true))
            });
            if !is_known {
                self.add(None, None, ClaimState::Unsupported, stated.span.clone());
            }
        }
    }

    fn is_spoken_for(&self, span: &Range<usize>) -> bool {
        let overlaps = |other: &Range<usize>| other.start < span.end && span.start < other.end;
        self.spoken_for.iter().any(overlaps)
    }

    fn add(&mut self, fact: Option<&FactRef>, truth: Option<String>, state: ClaimState, span: Range<usize>) {
        self.spoken_for.push(span.clone());
        let is_wrong = state.is_contradicted();
        let alike = self
            .claims
            .iter()
            .filter(|(_, claim)| claim.state.is_contradicted() == is_wrong);
        if alike.count() >= MOST {
            return;
        }
        let (said, quote) = self.answer.as_written(&span);
        let claim = Claim {
            fact: fact.map(FactRef::name),
            said: cut(said),
            truth: truth.as_deref().map(cut),
            state,
            quote,
        };
        self.claims.push((span, claim));
    }
}

/// A value as evidence shows it.
fn plain(value: &FactValue) -> String {
    match value {
        FactValue::Money(amount) => amount.to_string(),
        FactValue::Percent(percent) => format!("{percent}%"),
        FactValue::Duration(length) => crate::scenario::Span::from(*length).to_string(),
        FactValue::Date(date) => date.to_string(),
        FactValue::Identifier(code) => code.clone(),
        FactValue::Text(wordings) => wordings
            .zh
            .iter()
            .chain(&wordings.en)
            .next()
            .cloned()
            .unwrap_or_default(),
        FactValue::Tiers(steps) => {
            let steps: Vec<String> = steps
                .iter()
                .map(|step| format!("{}-{}", step.spend, step.off))
                .collect();
            steps.join(", ")
        }
        FactValue::Holds { holds: true, .. } => Claim::HOLDS.to_owned(),
        FactValue::Holds { holds: false, .. } => Claim::DOES_NOT_HOLD.to_owned(),
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        None => text.to_owned(),
        Some(_) => text.chars().take(LONGEST - 1).chain(['…']).collect(),
    }
}

#[cfg(test)]
mod tests;
