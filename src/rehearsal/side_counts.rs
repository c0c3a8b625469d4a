//! What happened beside the turns while the load was on: at the platforms' APIs, on customers' sockets, on deliveries on which a
//! platform hung up.

use std::collections::BTreeMap;

use crate::channel::{CustomerSocketTally, HangUpTally, PlatformCounts, SocketCounts, Wiring};
use crate::scenario::{Channel, Scenario};
use crate::verdict::{CustomerSocketNumbers, HangUpNumbers, PlatformNumbers, SocketNumbers, WireNumbers};

/// The counts of every channel, from the moment at which the load begins: what was counted before is the first contact's.
pub(super) struct SideCounts(Vec<Counted>);

/// One channel's counts, and what they were when the load began.
struct Counted {
    wiring: Wiring,
    platform: Option<PlatformCounts>,
    sockets: CustomerSocketTally,
    hang_ups: HangUpTally,
}

impl SideCounts {
    /// What is counted from now on.
    pub(super) fn of(wirings: &[Wiring]) -> SideCounts {
        let counted = wirings.iter().map(|wiring| Counted {
            platform: wiring.office.as_ref().map(|office| office.counts()),
            sockets: wiring.sockets.tally(),
            hang_ups: wiring.hang_ups.tally(),
            wiring: wiring.clone(),
        });
        SideCounts(counted.collect())
    }

    /// What was counted since, by channel; each count only of channels that can have it.
    pub(super) fn numbers(&self, scenario: &Scenario) -> WireNumbers {
        let channels = || scenario.channels.iter().zip(&self.0);
        WireNumbers {
            platforms: by_name(channels(), |counted, _| counted.platform()),
            sockets: by_name(channels(), Counted::sockets),
            hang_ups: by_name(channels(), |counted, _| counted.hang_ups()),
            ..WireNumbers::default()
        }
    }
}

fn by_name<'a, T>(
    channels: impl Iterator<Item = (&'a Channel, &'a Counted)>,
    numbers: impl Fn(&Counted, &Channel) -> Option<T>,
) -> BTreeMap<String, T> {
    let numbers = channels.filter_map(|(channel, counted)| Some((channel.name.clone(), numbers(counted, channel)?)));
    numbers.collect()
}

impl Counted {
    fn platform(&self) -> Option<PlatformNumbers> {
        let counts = self.wiring.office.as_ref()?.counts();
        let counts = counts.since(self.platform.as_ref()?);
        Some(PlatformNumbers {
            calls: counts.calls,
            replies: counts.replies,
            to_nobody: counts.to_nobody,
            without_text: counts.without_text,
            fetched: counts.fetched,
            uploads: counts.uploads,
            tokens: counts.tokens,
            asked: counts.asked,
            refused: counts.refused,
            faults: counts.faults,
            unknown_routes: counts.unknown_routes,
            sockets: counts.sockets.map(numbers_of),
        })
    }

    fn sockets(&self, channel: &Channel) -> Option<CustomerSocketNumbers> {
        channel.profile.socket.as_ref()?;
        let tally = self.wiring.sockets.tally().since(self.sockets);
        Some(CustomerSocketNumbers {
            opened: tally.opened,
            reopened: tally.reopened,
            closed_by_the_bot: tally.closed_by_the_bot,
            unreadable: tally.unreadable,
        })
    }

    fn hang_ups(&self) -> Option<HangUpNumbers> {
        let tally = self.wiring.hang_ups.tally().since(self.hang_ups);
        let answers = tally.answered + tally.answered_after;
        (tally.messages > 0).then(|| HangUpNumbers {
            hung_up: tally.hung_up,
            answered_after: tally.answered_after,
            unheard: tally.unheard,
            answers_per_message: Some(answers as f64 / tally.messages as f64),
        })
    }
}

fn numbers_of(counts: SocketCounts) -> SocketNumbers {
    SocketNumbers {
        opened: counts.opened,
        lost: counts.lost,
        acknowledged: counts.acknowledged,
        unacknowledged: counts.unacknowledged,
        without_socket: counts.without_socket,
        cut_off: counts.cut_off,
    }
}
