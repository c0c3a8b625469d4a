//! Whether the bot is still there: asks now and then, and knows when it was silent for too long.

use std::time::Duration;

use tokio::time::Instant;

use crate::wire::PingPlan;

/// Further away than any run is long.
const NEVER: Duration = Duration::from_secs(365 * 24 * 3_600);

/// What is to be done when a [`Pulse`] rings.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Beat {
    /// Nothing yet.
    Wait,
    /// The bot is to be asked.
    Ask,
    /// It is not there any more.
    Lost(String),
}

#[derive(Debug)]
pub(super) struct Pulse {
    every: Duration,
    within: Duration,
    /// The longest silence that the bot itself announced.
    silence: Duration,
    next_ask_at: Instant,
    asked_at: Option<Instant>,
}

impl Pulse {
    pub(super) fn start(ping: Option<&PingPlan>, silence: Option<Duration>) -> Pulse {
        let every = ping.map_or(NEVER, |ping| ping.every);
        Pulse {
            every,
            within: ping.map_or(NEVER, |ping| ping.within),
            silence: silence.unwrap_or(NEVER).min(NEVER),
            next_ask_at: Instant::now() + every,
            asked_at: None,
        }
    }

    /// When it rings next, if the last word of the bot came at `last_read_at`.
    pub(super) fn next_at(&self, last_read_at: Instant) -> Instant {
        let asked = self.asked_at.filter(|asked_at| *asked_at > last_read_at);
        let answer_by = asked.map(|asked_at| asked_at + self.within);
        let word_by = last_read_at + self.silence;
        answer_by
            .into_iter()
            .chain([self.next_ask_at, word_by])
            .min()
            .unwrap_or(word_by)
    }

    pub(super) fn beat(&mut self, now: Instant, last_read_at: Instant) -> Beat {
        let asked = self.asked_at.filter(|asked_at| *asked_at > last_read_at);
        if asked.is_some_and(|asked_at| now >= asked_at + self.within) {
            return Beat::Lost(format!("no answer to a ping within {} s", self.within.as_secs_f64()));
        }
        if now >= last_read_at + self.silence {
            return Beat::Lost(format!("no ping of the bot within {} s", self.silence.as_secs_f64()));
        }
        if now < self.next_ask_at {
            return Beat::Wait;
        }
        self.next_ask_at = now + self.every;
        // A question that is still open is not asked again: its own time runs.
        self.asked_at = Some(asked.unwrap_or(now));
        Beat::Ask
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(count: u64) -> Duration {
        Duration::from_secs(count)
    }

    fn asking(every: u64, within: u64) -> PingPlan {
        PingPlan {
            every: seconds(every),
            within: seconds(within),
            say: None,
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_bot_that_answers_is_asked_again_and_again() {
        let start = Instant::now();
        let mut pulse = Pulse::start(Some(&asking(10, 3)), None);
        for round in 1..5 {
            let asked_at = start + seconds(10 * round);
            assert_eq!(pulse.next_at(asked_at - seconds(9)), asked_at);
            assert_eq!(pulse.beat(asked_at, asked_at - seconds(9)), Beat::Ask);
            let answered_at = asked_at + seconds(1);
            assert_eq!(pulse.next_at(asked_at - seconds(9)), asked_at + seconds(3));
            assert_eq!(pulse.beat(asked_at + seconds(3), answered_at), Beat::Wait);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_bot_that_does_not_answer_is_lost() {
        let start = Instant::now();
        let mut pulse = Pulse::start(Some(&asking(1, 3)), None);
        assert_eq!(pulse.beat(start + seconds(1), start), Beat::Ask);
        assert_eq!(
            pulse.beat(start + seconds(2), start),
            Beat::Ask,
            "asked at its time, whatever is still open"
        );
        assert_eq!(
            pulse.beat(start + seconds(4), start),
            Beat::Lost("no answer to a ping within 3 s".to_owned())
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_bot_that_announced_pings_and_sends_none_is_lost() {
        let start = Instant::now();
        let mut pulse = Pulse::start(None, Some(seconds(45)));
        assert_eq!(pulse.next_at(start), start + seconds(45));
        assert_eq!(pulse.beat(start + seconds(45), start + seconds(25)), Beat::Wait);
        assert_eq!(
            pulse.beat(start + seconds(70), start + seconds(25)),
            Beat::Lost("no ping of the bot within 45 s".to_owned())
        );
        assert!(Pulse::start(None, None).next_at(start) > start + seconds(1_000_000));
    }
}
