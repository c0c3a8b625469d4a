//! What customers met with between channels and platforms.

use super::super::words::{Words, fill};
use super::super::{format, parts};
use crate::verdict::{Run, SwitchNumbers};

/// So many ways from channel to channel are named; of more, the count.
const NAMED: usize = 5;

/// How many customers went on on another channel, and from where to where.
pub(super) fn switched(run: &Run, words: &Words) -> Option<String> {
    let switches = &run.totals.switches;
    let count: u64 = switches.iter().map(|switch| switch.count).sum();
    if count == 0 {
        return None;
    }
    let one = |switch: &SwitchNumbers| format!("{} {}", way(switch), format::count(switch.count));
    let mut ways: Vec<String> = switches.iter().take(NAMED).map(one).collect();
    if switches.len() > NAMED {
        ways.push(format!("… +{}", switches.len() - NAMED));
    }
    Some(fill(
        words.switched,
        &[
            ("count", &format::count(count)),
            ("ways", &ways.join(words.list_separator)),
        ],
    ))
}

/// From where to where.
pub(in crate::report) fn way(switch: &SwitchNumbers) -> String {
    format!(
        "{} → {}",
        parts::short_name(&switch.from),
        parts::short_name(&switch.to)
    )
}
