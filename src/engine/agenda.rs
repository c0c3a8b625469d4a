//! What is to be done, and when: the near future in order, the far future in boxes.
//!
//! Most alarms are set for a moment that never matters, because the answer comes first: how long a customer is patient, how
//! long anybody listens. Such an alarm waits in a box with those of about the same moment. When that moment comes the box is
//! opened, and what nobody wants any more is thrown away unsorted. So a message costs the same however many conversations
//! are open, and nobody is woken for nothing.

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
    /// Nobody listens any longer to the turn with this number; its exchanges may say how they ended.
    StopListening(u16),
    /// The turn with this number is closed as it stands.
    Close(u16),
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

    /// The moment of what comes first: a task that is near, or the opening of a box, after which it is to be asked again. Of
    /// the boxes whose time has come at `now`, only what `is_wanted` says is kept.
    pub(super) fn next_at(&mut self, now: Duration, is_wanted: impl Fn(&Due) -> bool) -> Option<Duration> {
        while self.near.is_empty()
            && let Some(first) = self.far.first_entry()
        {
            let opens_at = opening(*first.key());
            if opens_at > now {
                return Some(opens_at);
            }
            let (number, boxed) = first.remove_entry();
            self.opened_until = number + 1;
            self.near.extend(boxed.into_iter().filter(&is_wanted).map(Reverse));
        }
        self.near.peek().map(|Reverse(due)| due.at)
    }

    /// Takes out the first of what is near.
    pub(super) fn pop(&mut self) -> Option<Due> {
        self.near.pop().map(|Reverse(due)| due)
    }
}

/// Sixteen numbers a second, of which fifteen are used: boxes of 67 ms, found without a division.
fn box_of(at: Duration) -> u64 {
    (at.as_secs() << 4) | u64::from(at.subsec_nanos() >> 26)
}

/// The first moment that belongs into the box.
fn opening(number: u64) -> Duration {
    Duration::new(number >> 4, u32::try_from(number & 0xf).unwrap_or(0) << 26)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Goes on to the moment of what comes first and takes it out.
    fn take(agenda: &mut Agenda, now: &mut Duration, is_wanted: impl Fn(&Due) -> bool) -> Option<Due> {
        while let Some(at) = agenda.next_at(*now, &is_wanted) {
            *now = at.max(*now);
            if agenda.near.peek().is_some_and(|Reverse(due)| due.at <= *now) {
                return agenda.pop();
            }
        }
        None
    }

    proptest! {
        #[test]
        fn tasks_come_in_the_order_of_their_moments_and_then_of_planning(
            delays in prop::collection::vec((0u64..5_000, any::<bool>()), 0..200),
        ) {
            let (mut agenda, mut now) = (Agenda::default(), Duration::ZERO);
            let mut waiting: Vec<(Duration, u64)> = Vec::new();
            for (customer, (delay, takes_one)) in (0..).zip(delays) {
                let at = now + Duration::from_millis(delay);
                agenda.plan(at, customer, Task::Send);
                waiting.push((at, customer));
                if takes_one {
                    waiting.sort_unstable();
                    let first = waiting.remove(0);
                    let taken = take(&mut agenda, &mut now, |_| true);
                    prop_assert_eq!(taken.map(|due| (due.at, due.customer)), Some(first));
                }
            }
            waiting.sort_unstable();
            let rest = std::iter::from_fn(|| take(&mut agenda, &mut now, |_| true));
            prop_assert_eq!(rest.map(|due| (due.at, due.customer)).collect::<Vec<_>>(), waiting);
        }
    }

    #[test]
    fn what_nobody_wants_when_its_box_is_opened_wakes_nobody() {
        let (mut agenda, mut now) = (Agenda::default(), Duration::ZERO);
        for (customer, second) in (0..).zip([5, 6, 7]) {
            agenda.plan(Duration::from_secs(second), customer, Task::Wake(1));
        }
        let taken = take(&mut agenda, &mut now, |due| due.customer == 1);
        assert_eq!(taken.map(|due| due.at), Some(Duration::from_secs(6)));
        assert!(take(&mut agenda, &mut now, |due| due.customer == 1).is_none());
    }
}
