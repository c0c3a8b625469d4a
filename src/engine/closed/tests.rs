//! goose at work, without a network: members of a population who go through the turnstile.

use std::time::Duration;

use tokio::time::Instant;

use super::*;
use crate::engine::Entrance;
use crate::scenario::{LoadOptions, load};

fn scenario(workload: &str) -> Arc<Scenario> {
    let text = format!(
        "{{scenario: goose, channels: [{{web: {{profile: generic-json, share: 1}}}}],
          customers: [{{persona: bargain-hunter, goal: check-coupon, share: 1}}],
          knowledge: beauty-shop, goals: beauty-shop, {workload}}}"
    );
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("goose.yaml");
    std::fs::write(&path, text).unwrap();
    Arc::new(load(path.to_str().unwrap(), &LoadOptions::default()).unwrap_or_else(|error| panic!("{error}")))
}

/// Lets everybody in, each until `visits` were there in all, and tells how many were inside at once at the most.
fn let_in(mut entrance: Entrance, visits: u64, control: &Control) -> (u64, u64) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let (mut inside, mut most, mut all) = (Vec::new(), 0, 0);
    while entrance.is_open() {
        runtime.block_on(entrance.changed());
        while let Some(arrival) = entrance.next() {
            all += 1;
            inside.push(arrival.customer);
        }
        most = most.max(inside.len() as u64);
        if all >= visits {
            control.stop_starting.cancel();
        } else if inside.len() == 5 {
            inside.drain(..).for_each(|customer| entrance.gone(customer));
        }
    }
    (all, most)
}

fn rehearse(visits: u64) -> (u64, u64, Result<u64, RunError>) {
    let scenario = scenario("workload: closed, population: 5, traffic: {phases: [{keep: {name: stay, for: 1h}}]}");
    let clock = Clock::starting_at(Instant::now());
    let (turnstile, mut entrances) = Turnstile::new(&scenario, 1);
    let control = Control::default();
    std::thread::scope(|scope| {
        let populating = scope.spawn(|| populate(turnstile, &scenario, clock, &control));
        let (all, most) = let_in(entrances.pop().unwrap(), visits, &control);
        (all, most, populating.join().unwrap())
    })
}

#[test]
fn goose_brings_the_population_again_and_again_and_leaves_when_it_is_stopped() {
    // Twice in one process: a stop of the first must not be there in the second.
    for _ in 0..2 {
        let (all, most, handed_over) = rehearse(42);
        assert_eq!(handed_over.unwrap(), all);
        assert_eq!(most, 5);
        assert!(all >= 42, "{all}");
    }
}

#[test]
fn the_population_leaves_at_the_end_of_the_plan_though_its_conversations_go_on() {
    let scenario = scenario("workload: closed, population: 3, traffic: {phases: [{keep: {name: stay, for: 1s}}]}");
    let clock = Clock::starting_at(Instant::now());
    let (turnstile, entrances) = Turnstile::new(&scenario, 2);
    let handed_over = populate(turnstile, &scenario, clock, &Control::default()).unwrap();
    assert_eq!(handed_over, 3, "nobody was let out, so nobody came again");
    assert!(clock.now() >= Duration::from_secs(1));
    let let_in = entrances
        .into_iter()
        .map(|entrance| let_in(entrance, u64::MAX, &Control::default()).0);
    assert_eq!(let_in.sum::<u64>(), 3);
}

#[test]
fn an_open_scenario_never_runs_on_goose() {
    let scenario = scenario("traffic: {phases: [{hold: {name: calm, for: 1h, rate: 1/s}}]}");
    let clock = Clock::starting_at(Instant::now());
    let (turnstile, entrances) = Turnstile::new(&scenario, 1);
    let refused = populate(turnstile, &scenario, clock, &Control::default());
    assert!(matches!(refused, Err(RunError::OpenOnGoose)));
    let (all, _) = let_in(entrances.into_iter().next().unwrap(), 1, &Control::default());
    assert_eq!(all, 0);
}

#[test]
fn phases_are_written_in_gooses_notation_with_jumps_as_steps_of_no_time() {
    let headcount = |from, to, seconds| Headcount {
        from,
        to,
        length: Duration::from_secs(seconds),
    };
    for (headcounts, nobody, plan) in [
        (
            vec![
                headcount(0, 10, 30),
                headcount(10, 500, 120),
                headcount(500, 500, 300),
                headcount(500, 0, 30),
            ],
            0,
            "0,0s;10,30s;500,120s;500,300s;0,30s",
        ),
        (vec![headcount(7, 7, 60)], 0, "0,0s;7,0s;7,60s;0,0s"),
        (
            vec![headcount(5, 5, 1), headcount(20, 0, 9)],
            0,
            "0,0s;5,0s;5,1s;20,0s;0,9s",
        ),
        (vec![headcount(0, 0, 4), headcount(0, 3, 5)], 4, "0,0s;3,5s;0,0s"),
    ] {
        assert_eq!(notation(&headcounts), (Duration::from_secs(nobody), plan.to_owned()));
    }
}
