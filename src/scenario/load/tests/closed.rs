//! The closed workload: what it needs, and what makes no sense in it.
#![cfg(feature = "closed")]

use std::time::Duration;

use insta::assert_snapshot;

use super::fixture::{SCENARIO, Shop, briefly, load, sets};
use crate::scenario::{LoadOptions, Scenario, to_yaml};

const PHASES: &str = "  phases:
    - shift: {name: warm, for: 5s, warm_up: true}
    - keep: {name: calm, for: 10s}
    - shift: {name: midnight, for: 10s, to: 0}
";

/// The small shop with a population of 50 and these lines for traffic.
fn closed(traffic: &str) -> String {
    let (start, end) = (
        SCENARIO.find("  phases:").unwrap(),
        SCENARIO.find("thresholds:").unwrap(),
    );
    let text = format!("{}{traffic}{}", &SCENARIO[..start], &SCENARIO[end..]);
    text.replace("scenario: small", "scenario: small\nworkload: closed\npopulation: 50")
}

fn small(text: &str) -> Shop {
    Shop::new().with("scenarios/s.yaml", text)
}

fn population(scenario: &Scenario, seconds: &[f64]) -> Vec<f64> {
    let at = |seconds: &f64| scenario.population_at(Duration::from_secs_f64(*seconds));
    seconds.iter().map(at).collect()
}

#[test]
fn a_population_comes_stays_and_leaves_as_its_phases_say() {
    let scenario = load(&closed(PHASES)).unwrap();
    assert_eq!(scenario.file.largest_population(), Some(50));
    assert_eq!(
        population(&scenario, &[0.0, 2.5, 5.0, 14.0, 20.0, 25.0]),
        [0.0, 25.0, 50.0, 50.0, 25.0, 0.0]
    );
}

#[test]
fn a_plan_in_gooses_notation_becomes_phases_that_can_be_named_and_written_again() {
    let text = closed("  plan: 10,5s;50,0;50,10s;0,10\n")
        .replace("phase=midnight", "phase=step-3")
        .replace("2x calm", "2x step-1");
    let scenario = load(&text).unwrap();
    assert_eq!(population(&scenario, &[2.5, 6.0, 20.0]), [5.0, 50.0, 25.0]);
    assert_eq!(scenario.phase_names(), ["step-1", "step-3", "step-4"]);
    let again = load(&to_yaml(&scenario)).unwrap();
    assert_eq!(again.file, scenario.file);
}

#[test]
fn what_belongs_to_open_traffic_makes_no_sense_in_a_closed_one() {
    let open_phases = "  arrivals: even\n".to_owned() + &PHASES.replace("keep: {", "hold: {rate: 1/s, ");
    assert_snapshot!(
        briefly(&closed(&open_phases).replace("workload: closed", "workload: closed\nmax_rate: 5/s\nenvironment: production")),
        @r#"
    3:1 max_rate: expected no `max_rate` in a closed workload, where the bot's pace makes the rate (`population` and `budget` bound it)
    4:14 environment: expected an open workload for `production`, found a closed one, whose rate nothing bounds
    16:3 traffic.arrivals: expected no `arrivals` in a closed workload: the next customer comes when one has left
    19:7 traffic.phases[1].hold: expected `keep` or `shift` in a closed workload, found `hold` (customers come when others have left, so there is no rate to say)
    "#
    );
    let doubled = LoadOptions {
        scale: 2.0,
        ..LoadOptions::default()
    };
    assert_snapshot!(small(&closed(PHASES)).briefly(&doubled), @r#"2:11 workload: expected no --scale with a closed workload, which has no rates, found 2 (change the number of customers instead: `--set population=200`)"#);
}

#[test]
fn a_population_that_is_nobody_or_too_many_is_told() {
    let mut told = Vec::new();
    for (from, to) in [
        ("population: 50", "population: 0"),
        ("population: 50\n", ""),
        ("to: 0", "to: 60, from: 70"),
        ("for: 10s}", "for: 1500ms}"),
        ("population: 50", "population: 100001"),
        (
            "5s, warm_up: true}\n    - keep: {",
            "5s, to: 0}\n    - keep: {population: 0, ",
        ),
    ] {
        let text = closed(PHASES);
        assert!(text.contains(from), "{from}");
        told.push(format!("{to:?}\n{}", briefly(&text.replacen(from, to, 1))));
    }
    assert_snapshot!(told.join("\n"), @r#"
    "population: 0"
    3:13 population: expected at least one customer, found `0`
    ""
    14:7 traffic.phases[0].shift: expected `to` or the scenario's `population`, found neither
    15:7 traffic.phases[1].keep: expected `population` or the scenario's `population`, found neither
    "to: 60, from: 70"
    17:45 traffic.phases[2].shift.to: expected at most `population`, 50, found `60`
    17:55 traffic.phases[2].shift.from: expected at most `population`, 50, found `70`
    "for: 1500ms}"
    16:31 traffic.phases[1].keep.for: expected whole seconds in a closed workload, found 1500ms
    "population: 100001"
    14:3 traffic.phases: expected at most 100000 customers to come into a closed workload, found 100001 (open traffic has no such limit: a customer who has not come yet costs it nothing)
    "5s, to: 0}\n    - keep: {population: 0, "
    14:3 traffic.phases: expected a phase with customers, found none that ever has one
    "#);
}

#[test]
fn a_plan_that_cannot_be_is_told_where_it_stands() {
    let mut told = Vec::new();
    for plan in [
        "  plan: 10,5parsecs\n",
        "  plan: 0,5s\n",
        "  plan: 60,5s;0,5s\n",
        &format!("  plan: 5,5s\n{PHASES}"),
    ] {
        let text = closed(plan).replace("phase=midnight, ", "").replace("2x calm", "3s");
        told.push(briefly(&text));
    }
    assert_snapshot!(told.join("\n\n"), @r#"
    14:9 traffic.plan: expected steps of population and time such as `10,30s;500,2m;0,30s`, found `10,5parsecs`

    13:1 traffic.phases: expected a phase with customers, found none that ever has one

    13:1 traffic.phases[0].shift.to: expected at most `population`, 50, found `60`

    14:3 traffic.plan: expected either `plan` or `phases`, found both
    "#);
}

#[test]
fn what_belongs_to_a_closed_workload_makes_no_sense_in_open_traffic() {
    let text = closed(PHASES).replace("workload: closed\n", "");
    assert_snapshot!(briefly(&text), @r#"
    2:1 population: expected no `population` in an open workload, whose traffic is a rate (a number of customers who come back is a closed workload: `workload: closed`)
    14:7 traffic.phases[0].shift: expected `hold`, `ramp`, `spike`, `burst` or `quiet` in an open workload, found `shift` (a number of customers who come back is a closed workload: `workload: closed`)
    15:7 traffic.phases[1].keep: expected `hold`, `ramp`, `spike`, `burst` or `quiet` in an open workload, found `keep` (a number of customers who come back is a closed workload: `workload: closed`)
    16:7 traffic.phases[2].shift: expected `hold`, `ramp`, `spike`, `burst` or `quiet` in an open workload, found `shift` (a number of customers who come back is a closed workload: `workload: closed`)
    "#);
    let plan = closed("  plan: 10,5s\n").replace("workload: closed\npopulation: 50\n", "");
    assert_snapshot!(briefly(&plan), @r#"12:3 traffic.plan: expected `phases` in an open workload, found `plan` (a plan says how many customers there are at once: `workload: closed`)"#);
    let set = sets(&["population=20"]);
    assert_snapshot!(small(SCENARIO).briefly(&set), @r#"--set:1:1 population: expected no `population` in an open workload, whose traffic is a rate (a number of customers who come back is a closed workload: `workload: closed`)"#);
}
