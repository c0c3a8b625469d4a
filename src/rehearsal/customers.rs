//! Who brings the customers to the shards: the traffic, or a population of which each comes back.

use std::sync::Arc;

use crate::engine::{Arrivals, Turnstile};
use crate::scenario::{Scenario, Workload};
use crate::simulation::arrivals;

/// How many conversations the traffic and seed give; only an open workload tells beforehand.
pub(super) fn planned(scenario: &Scenario) -> Option<u64> {
    match scenario.file.workload {
        Workload::Open => Some(arrivals(scenario).count() as u64),
        Workload::Closed => None,
    }
}

/// The customers of a run.
pub(super) struct Customers {
    /// By shard: the customers whose number modulo the count of shards is the shard's place.
    pub(super) shards: Vec<Arrivals>,
    /// Where the population of a closed workload goes in.
    pub(super) turnstile: Option<Turnstile>,
}

impl Customers {
    pub(super) fn of(scenario: &Arc<Scenario>, shards: u64) -> Customers {
        match scenario.file.workload {
            Workload::Open => {
                let part = |shard| {
                    arrivals(scenario)
                        .filter(move |arrival| arrival.customer % shards == shard)
                        .into()
                };
                Customers {
                    shards: (0..shards).map(part).collect(),
                    turnstile: None,
                }
            }
            Workload::Closed => {
                let (turnstile, entrances) = Turnstile::new(scenario, shards);
                Customers {
                    shards: entrances.into_iter().map(Arrivals::from).collect(),
                    turnstile: Some(turnstile),
                }
            }
        }
    }
}
