//! Questions that the bot turned away or that broke on the wire, by channel, with what each way to fail points to.

use std::collections::BTreeMap;

use super::diagnosis;
use crate::verdict::{FailureNumbers, Measured};

/// The numbers of all channels that have some, what failed most first.
pub(super) fn numbers(measured: &Measured<'_>) -> BTreeMap<String, Vec<FailureNumbers>> {
    let channels = measured.scenario.channels.iter().zip(&measured.slices.channels);
    let by_name = channels.filter_map(|(channel, place)| {
        let failures = measured.metrics.ledger(*place).failures.iter();
        let mut numbers: Vec<FailureNumbers> = failures
            .map(|(trouble, turns)| FailureNumbers {
                status: trouble.status(),
                finding: diagnosis::in_load(channel, *trouble).map(|finding| finding.word().to_owned()),
                turns: *turns,
            })
            .collect();
        numbers.sort_by_key(|failure| std::cmp::Reverse(failure.turns));
        (!numbers.is_empty()).then(|| (channel.name.clone(), numbers))
    });
    by_name.collect()
}
