//! What became of the deliveries on which a platform hung up.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::channel::{HangUpCounts, HangUpTally, Wiring};
use crate::scenario::Scenario;
use crate::verdict::HangUpNumbers;

/// The counts of every channel, from the moment at which the load begins.
pub(super) struct HangUps(Vec<(Arc<HangUpCounts>, HangUpTally)>);

impl HangUps {
    /// What is counted from now on.
    pub(super) fn of(wirings: &[Wiring]) -> HangUps {
        let counts = wirings.iter().map(|wiring| Arc::clone(&wiring.hang_ups));
        HangUps(counts.map(|counts| (Arc::clone(&counts), counts.tally())).collect())
    }

    /// What happened during the load, by channel; only channels whose platform waits so long and no longer for replies.
    pub(super) fn numbers(&self, scenario: &Scenario) -> BTreeMap<String, HangUpNumbers> {
        let channels = scenario.channels.iter().zip(&self.0);
        let numbers = channels.filter_map(|(channel, (counts, before))| {
            let tally = counts.tally().since(*before);
            let answers = tally.answered + tally.answered_after;
            let numbers = HangUpNumbers {
                hung_up: tally.hung_up,
                answered_after: tally.answered_after,
                unheard: tally.unheard,
                answers_per_message: (tally.messages > 0).then(|| answers as f64 / tally.messages as f64),
            };
            (tally.messages > 0).then(|| (channel.name.clone(), numbers))
        });
        numbers.collect()
    }

    /// What a reader should know: answers that the bot believes to have given.
    pub(super) fn warnings(&self, scenario: &Scenario) -> Vec<String> {
        let numbers = self.numbers(scenario).into_iter();
        let told = numbers.filter(|(_, numbers)| numbers.answered_after > 0);
        told.map(|(name, numbers)| {
            format!(
                "channel {name}: the platform hung up on {} deliveries, and to {} of them the bot replied all the same: nobody saw it",
                numbers.hung_up, numbers.answered_after
            )
        })
        .collect()
    }
}
