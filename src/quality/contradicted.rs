//! Does the answer claim something that is not true? The audit against hallucination, for typed values.
//!
//! A claim is a value near the words of a fact's subject ([`Passage::claims`](crate::reading::Passage::claims)); texts
//! and identifiers are not audited. What is claimed of no fact is unsupported and not judged.

use super::answer::Answer;
use super::check::{Asked, Case, Check, Opinion};
use super::evidence::Evidence;
use super::scorer::{Audited, Scorer};
use crate::reading::Claim;
use crate::scenario::FactValue;

pub(super) const CHECK: Check = Check {
    name: "contradicted",
    is_gate: true,
    judge,
};

/// Fails at the first claim of another value than the true one; passes when at least one claim is true.
fn judge(case: &Case) -> Opinion {
    let (Some(answer), Ok(Some(asked))) = (&case.answer, case.step) else {
        return Opinion::DoesNotApply;
    };
    let Some(rubric) = asked.rubric else {
        return Opinion::DoesNotApply;
    };
    let mut supported = false;
    for claim in answer.passage.claims(&rubric.subjects) {
        let fact = &rubric.facts[claim.subject];
        match answer.passage.agrees(claim.stated, &fact.value) {
            Some(true) => supported = true,
            Some(false) if !is_true_elsewhere(case.scorer, asked, answer, &claim) => {
                let span = &claim.stated.span;
                let said = &answer.passage.text()[span.clone()];
                let words = format!("{}: said {said}, true {}", fact.name, plain(fact));
                return Opinion::Fail(Evidence::words(words).at(answer.quote(span)));
            }
            Some(false) | None => {}
        }
    }
    if supported {
        Opinion::Pass
    } else {
        Opinion::DoesNotApply
    }
}

/// True when the value is what a fact of another topic says whose subject stands in the same clause: "spend 199 for a
/// gift" in an answer about a coupon speaks of the gift's threshold, not of the coupon's.
fn is_true_elsewhere(scorer: &Scorer, asked: Asked, answer: &Answer, claim: &Claim) -> bool {
    let others = scorer
        .rubrics
        .iter()
        .filter(|(topic, _)| Some(*topic) != asked.ask.about.as_ref());
    others
        .flat_map(|(_, rubric)| rubric.facts.iter().zip(&rubric.subjects))
        .any(|(fact, subject)| {
            answer.passage.agrees(claim.stated, &fact.value) == Some(true)
                && answer.passage.mentions_near(claim.stated, subject)
        })
}

/// The true value as evidence shows it.
fn plain(fact: &Audited) -> String {
    match &fact.value {
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
    }
}
