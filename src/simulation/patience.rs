//! How a customer waits for the answer to a turn.

use std::time::Duration;

use super::seed::Draws;
use crate::scenario::Patience;

/// So often in a turn a customer does as a bot asks that answers with the next message.
const MOST_PROMPTS: u8 = 5;

/// The waiting for one turn's answer. All times count from when the turn's last message was due; nothing that the bot
/// sends while it has no answer moves the moment at which the customer leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Waiting {
    /// When the turn's first message was due: what comes before it cannot be the answer.
    pub(super) opened_at: Duration,
    nudge_every: Duration,
    nudge_at: Duration,
    nudges_left: u8,
    leave_at: Duration,
    was_held: bool,
    prompted_at: Option<Duration>,
    prompts_left: u8,
}

impl Waiting {
    /// A wait for the answer to a turn whose messages are due from `opened_at` to `due_at`.
    pub(super) fn new(patience: &Patience, opened_at: Duration, due_at: Duration, draws: &mut Draws) -> Waiting {
        let nudge_every = draws.spread(&patience.nudge_after);
        Waiting {
            opened_at,
            nudge_every,
            nudge_at: due_at + nudge_every,
            nudges_left: patience.max_nudges,
            leave_at: due_at + draws.spread(&patience.leave_after),
            was_held: false,
            prompted_at: None,
            prompts_left: MOST_PROMPTS,
        }
    }

    /// The same of somebody who hears it ring and can say nothing.
    pub(super) fn without_nudges(self) -> Waiting {
        Waiting { nudges_left: 0, ..self }
    }

    /// When the customer next does something, if nothing comes.
    pub(super) fn wakes_at(&self) -> Duration {
        let nudge_at = (self.nudges_left > 0).then_some(self.nudge_at);
        let moments = [nudge_at, self.prompted_at];
        moments.into_iter().flatten().fold(self.leave_at, Duration::min)
    }

    /// Nudges that are still to come in this turn.
    pub(super) fn nudges_left(&self) -> u8 {
        self.nudges_left
    }

    /// True when patience has run out.
    pub(super) fn is_over(&self, now: Duration) -> bool {
        now >= self.leave_at
    }

    /// True when it is time for a nudge, which it then takes.
    pub(super) fn takes_nudge(&mut self, now: Duration) -> bool {
        let is_due = self.nudges_left > 0 && now >= self.nudge_at;
        if is_due {
            self.nudges_left -= 1;
            self.nudge_at += self.nudge_every;
        }
        is_due
    }

    /// The bot promised its answer for the next message, which the customer has read by `at`.
    pub(super) fn prompt(&mut self, at: Duration) {
        if self.prompts_left > 0 && self.prompted_at.is_none() {
            self.prompts_left -= 1;
            self.prompted_at = Some(at);
        }
    }

    /// True when it is time for what the bot asked for, which is then sent.
    pub(super) fn takes_prompt(&mut self, now: Duration) -> bool {
        let is_due = self.prompted_at.is_some_and(|at| now >= at);
        if is_due {
            self.prompted_at = None;
            // Whoever has just written does not nudge.
            self.nudge_at = self.nudge_at.max(now + self.nudge_every);
        }
        is_due
    }

    /// The bot asked for a moment: the first time in a turn, the next nudge waits as long again from now.
    pub(super) fn hold(&mut self, now: Duration) {
        if !self.was_held {
            self.was_held = true;
            self.nudge_at = self.nudge_at.max(now + self.nudge_every);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Span, Spread};
    use crate::simulation::seed::{Purpose, draws};

    const fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    fn waiting(nudge_after: f64, max_nudges: u8, leave_after: f64) -> Waiting {
        let patience = Patience {
            nudge_after: Spread::lognormal(Span::seconds(nudge_after), 0.0),
            max_nudges,
            leave_after: Spread::lognormal(Span::seconds(leave_after), 0.0),
            ..Patience::default()
        };
        Waiting::new(
            &patience,
            seconds(5),
            seconds(10),
            &mut draws(1, 1, 1, Purpose::Patience),
        )
    }

    /// The moments at which the customer nudges, and the one at which they leave.
    fn played(mut waiting: Waiting) -> (Vec<u64>, u64) {
        let mut nudges = Vec::new();
        loop {
            let now = waiting.wakes_at();
            if waiting.is_over(now) {
                return (nudges, now.as_secs());
            }
            assert!(waiting.takes_nudge(now));
            nudges.push(now.as_secs());
        }
    }

    #[test]
    fn nudges_come_at_even_intervals_until_patience_runs_out() {
        assert_eq!(played(waiting(20.0, 2, 100.0)), (vec![30, 50], 110));
        assert_eq!(
            played(waiting(20.0, 9, 60.0)),
            (vec![30, 50], 70),
            "leaving goes before a nudge"
        );
        assert_eq!(played(waiting(20.0, 0, 60.0)), (vec![], 70));
        assert_eq!(played(waiting(60.0, 3, 30.0)), (vec![], 40));
    }

    #[test]
    fn who_hears_it_ring_says_nothing() {
        assert_eq!(played(waiting(20.0, 2, 100.0).without_nudges()), (vec![], 110));
    }

    #[test]
    fn a_holding_reply_delays_the_next_nudge_once_and_leaving_never() {
        let mut held = waiting(20.0, 2, 100.0);
        held.hold(seconds(25));
        held.hold(seconds(40));
        assert_eq!(played(held), (vec![45, 65], 110));
    }

    #[test]
    fn a_promise_is_taken_up_once_it_is_read_and_five_times_at_most() {
        let mut prompted = waiting(20.0, 2, 100.0);
        prompted.prompt(seconds(14));
        prompted.prompt(seconds(12));
        assert_eq!(prompted.wakes_at(), seconds(14));
        assert!(!prompted.takes_prompt(seconds(13)));
        assert!(prompted.takes_prompt(seconds(14)) && !prompted.takes_prompt(seconds(14)));
        assert_eq!(played(prompted), (vec![34, 54], 110), "no nudge right after it");
        for at in 20..30 {
            prompted.prompt(seconds(at));
            assert_eq!(prompted.takes_prompt(seconds(at)), at < 24, "{at}");
        }
    }
}
