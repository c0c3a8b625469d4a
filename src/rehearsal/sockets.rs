//! What happened to the sockets of a rehearsal beside its turns.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::channel::{CustomerSocketCounts, CustomerSocketTally, Wiring};
use crate::scenario::Scenario;
use crate::verdict::CustomerSocketNumbers;

/// The counts of every channel's sockets, from the moment at which the load begins.
pub(super) struct Sockets(Vec<(Arc<CustomerSocketCounts>, CustomerSocketTally)>);

impl Sockets {
    /// What is counted from now on.
    pub(super) fn of(wirings: &[Wiring]) -> Sockets {
        let counts = wirings.iter().map(|wiring| Arc::clone(&wiring.sockets));
        Sockets(counts.map(|counts| (Arc::clone(&counts), counts.tally())).collect())
    }

    /// What happened during the load, by channel; only channels that have sockets.
    pub(super) fn numbers(&self, scenario: &Scenario) -> BTreeMap<String, CustomerSocketNumbers> {
        let numbers = self.tallies(scenario).map(|(name, tally)| {
            let numbers = CustomerSocketNumbers {
                opened: tally.opened,
                reopened: tally.reopened,
                closed_by_the_bot: tally.closed_by_the_bot,
                unreadable: tally.unreadable,
            };
            (name.to_owned(), numbers)
        });
        numbers.collect()
    }

    /// What a reader should know: what befell sockets while no turn was there to tell it.
    pub(super) fn warnings(&self, scenario: &Scenario) -> Vec<String> {
        let mut warnings = Vec::new();
        for (name, tally) in self.tallies(scenario) {
            if tally.closed_by_the_bot > 0 {
                warnings.push(format!(
                    "channel {name}: {} sockets were closed by the bot while nothing was asked",
                    tally.closed_by_the_bot
                ));
            }
            if tally.unreadable > 0 {
                warnings.push(format!(
                    "channel {name}: {} frames that answered nothing could not be read",
                    tally.unreadable
                ));
            }
        }
        warnings
    }

    fn tallies<'a>(&'a self, scenario: &'a Scenario) -> impl Iterator<Item = (&'a str, CustomerSocketTally)> {
        let channels = scenario.channels.iter().zip(&self.0);
        let with_sockets = channels.filter(|(channel, _)| channel.profile.socket.is_some());
        with_sockets.map(|(channel, (counts, before))| (channel.name.as_str(), counts.tally().since(*before)))
    }
}
