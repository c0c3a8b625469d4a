//! What makes sense in a closed workload, and what only there.

use super::traffic::kind;
use crate::scenario::finding::Findings;
use crate::scenario::place::Spot;
use crate::scenario::{Environment, Phase, ScenarioFile, Span, Workload};

/// The most customers that a run may bring, those who come again after a step down counted again: goose prepares each of
/// them before the start.
const MOST_MEMBERS: u64 = 100_000;

/// A plan in goose's notation stands alone, and only in a closed workload. False: it cannot become phases.
pub(in crate::scenario) fn plan(file: &ScenarioFile, at: &Spot, findings: &mut Findings) -> bool {
    let before = findings.0.len();
    let at = at.key("traffic").key("plan");
    if file.traffic.plan.is_some() && file.workload == Workload::Open {
        let message = "expected `phases` in an open workload, found `plan`";
        findings
            .add_key(&at, message)
            .hint("a plan says how many customers there are at once: `workload: closed`");
    } else if file.traffic.plan.is_some() && !file.traffic.phases.is_empty() {
        findings.add_key(&at, "expected either `plan` or `phases`, found both");
    }
    findings.0.len() == before
}

pub(super) fn check(file: &ScenarioFile, at: &Spot, scale: f64, findings: &mut Findings) {
    match file.workload {
        Workload::Open => open(file, at, findings),
        Workload::Closed => {
            without_goose(at, findings);
            closed(file, at, scale, findings);
            members(file, at, findings);
        }
    }
}

fn spots<'a>(file: &'a ScenarioFile, at: &Spot) -> impl Iterator<Item = (&'a Phase, Spot)> {
    let at = at.key("traffic").key("phases");
    let phases = file.traffic.phases.iter().enumerate();
    phases.map(move |(place, phase)| (phase, at.item(place).key(kind(phase))))
}

fn is_of_closed(phase: &Phase) -> bool {
    matches!(phase, Phase::Keep(_) | Phase::Shift(_))
}

fn open(file: &ScenarioFile, at: &Spot, findings: &mut Findings) {
    let hint = "a number of customers who come back is a closed workload: `workload: closed`";
    if file.population.is_some() {
        let message = "expected no `population` in an open workload, whose traffic is a rate";
        findings.add_key(&at.key("population"), message).hint(hint);
    }
    for (phase, at) in spots(file, at).filter(|(phase, _)| is_of_closed(phase)) {
        let message = format!(
            "expected `hold`, `ramp`, `spike`, `burst` or `quiet` in an open workload, found `{}`",
            kind(phase)
        );
        findings.add_key(&at, message).hint(hint);
    }
}

fn without_goose(at: &Spot, findings: &mut Findings) {
    if !cfg!(feature = "closed") {
        let message = "expected `open`, found `closed`, which this throng was built without";
        findings
            .add(&at.key("workload"), message)
            .hint("build it with the feature `closed`, which is on by default: `cargo build --release`");
    }
}

/// There is no rate to say, to scale or to limit.
fn closed(file: &ScenarioFile, at: &Spot, scale: f64, findings: &mut Findings) {
    for (phase, at) in spots(file, at).filter(|(phase, _)| !is_of_closed(phase)) {
        let message = format!(
            "expected `keep` or `shift` in a closed workload, found `{}`",
            kind(phase)
        );
        findings
            .add_key(&at, message)
            .hint("customers come when others have left, so there is no rate to say");
    }
    if file.traffic.arrivals.is_some() {
        let message = "expected no `arrivals` in a closed workload: the next customer comes when one has left";
        findings.add_key(&at.key("traffic").key("arrivals"), message);
    }
    if scale != 1.0 {
        let message = format!("expected no --scale with a closed workload, which has no rates, found {scale}");
        findings
            .add(&at.key("workload"), message)
            .hint("change the number of customers instead: `--set population=200`");
    }
    if file.max_rate.is_some() {
        let message = "expected no `max_rate` in a closed workload, where the bot's pace makes the rate";
        findings
            .add_key(&at.key("max_rate"), message)
            .hint("`population` and `budget` bound it");
    }
    if file.environment == Environment::Production {
        let message = "expected an open workload for `production`, found a closed one, whose rate nothing bounds";
        findings.add(&at.key("environment"), message);
    }
}

fn members(file: &ScenarioFile, at: &Spot, findings: &mut Findings) {
    if file.population == Some(0) {
        findings.add(&at.key("population"), "expected at least one customer, found `0`");
    }
    let mut is_said = file.population != Some(0);
    for (phase, at) in spots(file, at) {
        let said = match phase {
            Phase::Keep(keep) => [(keep.population, "population"), (Some(0), "")],
            Phase::Shift(shift) => [(shift.to, "to"), (shift.from.or(Some(0)), "from")],
            _ => continue,
        };
        if file.population.is_none() && said[0].0.is_none() {
            let message = format!("expected `{}` or the scenario's `population`, found neither", said[0].1);
            findings.add_key(&at, message);
            is_said = false;
        }
        for (number, key) in said {
            if let (Some(number), Some(most)) = (number, file.population)
                && number > most
            {
                let message = format!("expected at most `population`, {most}, found `{number}`");
                findings.add(&at.key(key), message);
            }
        }
        if phase.length().subsec_nanos() != 0 {
            let message = format!(
                "expected whole seconds in a closed workload, found {}",
                Span::from(phase.length())
            );
            findings.add(&at.key("for"), message);
        }
    }
    if is_said {
        count(file, &at.key("traffic").key("phases"), findings);
    }
}

/// Somebody comes, and no more than can be carried.
fn count(file: &ScenarioFile, at: &Spot, findings: &mut Findings) {
    let (mut before, mut all) = (0_u64, 0_u64);
    for one in file.headcounts() {
        all = all.saturating_add(one.from.saturating_sub(before));
        all = all.saturating_add(one.to.saturating_sub(one.from));
        before = one.to;
    }
    let has_phases = file.traffic.phases.iter().any(is_of_closed);
    if has_phases && all == 0 {
        findings.add_key(at, "expected a phase with customers, found none that ever has one");
    }
    if all > MOST_MEMBERS {
        let message = format!("expected at most {MOST_MEMBERS} customers to come into a closed workload, found {all}");
        findings
            .add_key(at, message)
            .hint("open traffic has no such limit: a customer who has not come yet costs it nothing");
    }
}
