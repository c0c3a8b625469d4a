//! The customers of the closed workload, of whom only who they are is known beforehand, not when they come.

use std::sync::Arc;
use std::time::Duration;

use super::Arrival;
use super::arrivals::Lots;
use crate::scenario::Scenario;

/// Says who the customer with a number is: the same as in open traffic, a pure function of mix, seed and number.
pub struct Newcomers {
    scenario: Arc<Scenario>,
    lots: Lots,
}

impl Newcomers {
    /// Those of this scenario.
    pub fn new(scenario: &Arc<Scenario>) -> Newcomers {
        Newcomers {
            scenario: Arc::clone(scenario),
            lots: Lots::new(scenario),
        }
    }

    /// The customer with this number, who comes at `due_at`, from the run's start. Absent when the scenario has no
    /// customers at all.
    pub fn arrival(&self, customer: u64, due_at: Duration) -> Option<Arrival> {
        let phase = self.scenario.phase_at(due_at);
        Some(Arrival {
            customer,
            due_at,
            mix: self.lots.mix_of(customer, phase)?,
            phase,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::simulation::{arrivals, stage};

    #[test]
    fn a_customer_is_the_same_whether_planned_or_handed_over() {
        let cast = stage::cast(&json!({
            "traffic": {"arrivals": "even", "phases": [
                {"hold": {"name": "a", "for": "10s", "rate": "5/s"}}, {"hold": {"name": "b", "for": "10s", "rate": "5/s"}},
            ]},
            "personas": [stage::persona_zh(), stage::persona_zh()],
        }));
        let newcomers = Newcomers::new(&cast.scenario);
        for planned in arrivals(&cast.scenario) {
            assert_eq!(newcomers.arrival(planned.customer, planned.due_at), Some(planned));
        }
    }
}
