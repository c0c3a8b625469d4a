//! Does the answer claim something that is not true? What it claims is found by the [audit](super::audit).

use super::check::{Case, Check, Opinion};
use super::claim::{Claim, ClaimState};
use super::evidence::Evidence;

pub(super) const CHECK: Check = Check {
    name: "contradicted",
    is_gate: true,
    judge,
};

/// Fails at the first claim that is not true; passes when at least one is.
fn judge(case: &Case) -> Opinion {
    if let Some(wrong) = case.claims.iter().find(|claim| claim.state.is_contradicted()) {
        return Opinion::Fail(Evidence::words(in_words(wrong)).at(wrong.quote.clone()));
    }
    match case.claims.iter().any(|claim| claim.state == ClaimState::Supported) {
        true => Opinion::Pass,
        false => Opinion::DoesNotApply,
    }
}

fn in_words(claim: &Claim) -> String {
    let (fact, truth) = (
        claim.fact.as_deref().unwrap_or("?"),
        claim.truth.as_deref().unwrap_or("?"),
    );
    let said = format!("{fact}: said {}, true {truth}", claim.said);
    match claim.state {
        ClaimState::Stale { ago, .. } => format!("{said} (changed {:.1} s before)", ago.as_secs_f64()),
        _ => said,
    }
}
