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
        return Opinion::Fail(evidence(wrong).at(wrong.quote.clone()));
    }
    match case.claims.iter().any(|claim| claim.state == ClaimState::Supported) {
        true => Opinion::Pass,
        false => Opinion::DoesNotApply,
    }
}

fn evidence(claim: &Claim) -> Box<Evidence> {
    let (fact, truth) = (
        claim.fact.as_deref().unwrap_or("?"),
        claim.truth.as_deref().unwrap_or("?"),
    );
    let in_chinese = match truth {
        Claim::HOLDS => "确实如此",
        Claim::DOES_NOT_HOLD => "并非如此",
        truth => truth,
    };
    let mut zh = format!("{fact}：说的是 {}，实际是 {in_chinese}", claim.said);
    let mut en = format!("{fact}: said {}, true {truth}", claim.said);
    if let ClaimState::Stale { ago, .. } = claim.state {
        let ago = ago.as_secs_f64();
        zh += &format!("（{ago:.1} 秒前已变更）");
        en += &format!(" (changed {ago:.1} s before)");
    }
    Evidence::words(zh, en)
}
