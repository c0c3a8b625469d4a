//! What is to be done, and when: the near future in order, the far future in boxes.
//!
//! Most alarms are set for a moment that never matters, because the answer comes first: how long a customer is patient, how
//! long anybody listens. Such an alarm waits in a box with those of about the same moment, and is sorted in only when the
//! box is opened. So a message costs the same however many conversations are open.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::time::Duration;

/// Something to be done at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Task {
    /// The customer's next planned message.
    Send,
    /// The customer waited long enough; valid only for this generation of their waiting.
    Wake(u32),
    /// The customer takes note of what has come for the turn with this number.
    Hear(u16),
    /// Nobody listens any longer to the turn with this number.
    StopListening(u16),
}

/// A task of a customer, and its moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Due {
    pub(super) at: Duration,
    /// Keeps tasks of the same moment in the order in which they were planned.
    order: u64,
    pub(super) customer: u64,
    pub(super) task: Task,
}

/// All that is to be done.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    near: BinaryHeap<Reverse<Due>>,
    /// By the number of the box; each later than all that is near.
    far: BTreeMap<u64, Vec<Due>>,
    /// What belongs into a box before this one is near.
    opened_until: u64,
    planned: u64,
}

impl Agenda {
    pub(super) fn plan(&mut self, at: Duration, customer: u64, task: Task) {
        self.planned += 1;
        let due = Due {
            at,
            order: self.planned,
            customer,
            task,
        };
        match box_of(at) {
            opened if opened < self.opened_until => self.near.push(Reverse(due)),
            closed => self.far.entry(closed).or_default().push(due),
        }
    }

    /// The moment of what comes first.
    pub(super) fn next_at(&mut self) -> Option<Duration> {
        self.open_a_box();
        self.near.peek().map(|Reverse(due)| due.at)
    }

    /// Takes out what comes first.
    pub(super) fn pop(&mut self) -> Option<Due> {
        self.open_a_box();
        self.near.pop().map(|Reverse(due)| due)
    }

    /// With nothing near, the first box is opened.
    fn open_a_box(&mut self) {
        if self.near.is_empty()
            && let Some((number, boxed)) = self.far.pop_first()
        {
            self.opened_until = number + 1;
            self.near.extend(boxed.into_iter().map(Reverse));
        }
    }
}

/// Sixteen numbers a second, of which fifteen are used: boxes of 67 ms, found without a division.
fn box_of(at: Duration) -> u64 {
    (at.as_secs() << 4) | u64::from(at.subsec_nanos() >> 26)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn tasks_come_in_the_order_of_their_moments_and_then_of_planning(
            moments in prop::collection::vec((0u64..5_000, any::<bool>()), 0..200),
        ) {
            let mut agenda = Agenda::default();
            let mut waiting: Vec<(Duration, u64)> = Vec::new();
            for (customer, (at, takes_one)) in (0..).zip(moments) {
                let at = Duration::from_millis(at);
                agenda.plan(at, customer, Task::Send);
                waiting.push((at, customer));
                if takes_one {
                    waiting.sort_unstable();
                    let first = waiting.remove(0);
                    prop_assert_eq!(agenda.next_at(), Some(first.0));
                    prop_assert_eq!(agenda.pop().map(|due| (due.at, due.customer)), Some(first));
                }
            }
            waiting.sort_unstable();
            let rest: Vec<_> = std::iter::from_fn(|| agenda.pop()).map(|due| (due.at, due.customer)).collect();
            prop_assert_eq!(rest, waiting);
        }
    }
}
