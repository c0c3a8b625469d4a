//! Does the answer claim something that is not true? The audit against hallucination, for typed values.
//!
//! A claim is a value near the words of a fact's subject ([`Passage::claims`](crate::reading::Passage::claims)); texts
//! and identifiers are not audited. What is claimed of no fact is unsupported and not judged.

use super::answer::Answer;
use super::check::{Asked, Case, Check, Opinion};
use super::evidence::Evidence;
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
    let rubrics = &case.scorer.rubrics;
    let mut supported = false;
    for claim in answer.passage.claims(&rubric.subjects) {
        let fact = &rubric.facts[claim.subject];
        let right = rubrics.right(fact, case);
        match agreement(answer, &claim, &right) {
            Some(true) => supported = true,
            Some(false) if !is_true_elsewhere(case, asked, answer, &claim) => {
                let span = &claim.stated.span;
                let said = &answer.passage.text()[span.clone()];
                let right: Vec<String> = right.into_iter().map(plain).collect();
                let words = format!("{fact}: said {said}, true {}", right.join(" or "));
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

/// Whether the claim agrees with one of the right values; `None` when it can be compared with none.
fn agreement(answer: &Answer, claim: &Claim, right: &[&FactValue]) -> Option<bool> {
    let agrees = right
        .iter()
        .filter_map(|value| answer.passage.agrees(claim.stated, value));
    agrees.reduce(|one, other| one || other)
}

/// True when the value belongs to something else that the answer speaks of: another row of the record that it names, or a
/// fact of another topic or record whose subject stands in the same clause ("spend 199 for a gift" in an answer about a
/// coupon speaks of the gift's threshold, not of the coupon's).
fn is_true_elsewhere(case: &Case, asked: Asked, answer: &Answer, claim: &Claim) -> bool {
    let rubrics = &case.scorer.rubrics;
    let agrees = |value: &&FactValue| answer.passage.agrees(claim.stated, value) == Some(true);
    let fact = asked.rubric.map(|rubric| &rubric.facts[claim.subject]);
    let of_named_row = fact.is_some_and(|fact| rubrics.of_named_rows(fact, answer, case).iter().any(agrees));
    let others = rubrics.others(asked.ask.about.as_deref());
    of_named_row
        || others
            .flat_map(|rubric| rubric.facts.iter().zip(&rubric.subjects))
            .any(|(fact, subject)| {
                rubrics.spoken_of(fact, answer, case).iter().any(agrees)
                    && answer.passage.mentions_near(claim.stated, subject)
            })
}

/// The true value as evidence shows it.
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
    }
}
