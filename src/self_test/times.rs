//! The bot's own times, ranked as throng ranks its own.

use std::time::Duration;

use crate::conversation::Outcome;
use crate::demo_bot::Record;
use crate::verdict::{Block, TimeNumbers};

use super::cell::{Compared, TimeError, Times};
use super::truth::outcome;

/// throng's times beside the bot's, of the last delivery of each message.
///
/// First text and reply times count from the moment that the plan gives, on the bot's clock: customer n of even arrivals
/// is due (n + 1/2)/rate after the start, and the start is where the earliest message of all would put it. So throng's
/// clock has no part in the truth, and a message that throng sent late makes the truth longer too. That needs customers
/// with one turn each; with more, only wire times are compared.
pub(super) fn compare(block: &Block, records: &[&Record], rate_per_s: f64) -> Times {
    let answered: Vec<&Record> = records.iter().copied().filter(|record| is_answer(record)).collect();
    let ranked = |times: Vec<f64>, of: usize| Ranked::new(times, of);
    let wire: Vec<f64> = answered.iter().map(|record| record.delay_ms).collect();
    let from_plan = Plan::of(records, rate_per_s);
    let reply = from_plan.map(|plan| {
        let times = answered
            .iter()
            .map(|record| plan.lag(record) + record.delay_ms)
            .collect();
        ranked(times, records.len())
    });
    // Broken replies have a first text too, of which the bot's record and ours mean different things.
    let first_text = from_plan.filter(|_| answered.len() == records.len()).map(|plan| {
        let times = answered
            .iter()
            .filter_map(|record| Some(plan.lag(record) + record.first_text_ms?));
        let times: Vec<f64> = times.collect();
        let of = times.len();
        ranked(times, of)
    });
    let wire_of = wire.len();
    Times {
        wire_time_ms: Some(error(&block.wire_time_ms, &ranked(wire, wire_of))),
        first_text_ms: first_text.map(|truth| error(&block.first_text_ms, &truth)),
        reply_time_ms: reply.map(|truth| error(&block.reply_time_ms, &truth)),
    }
}

/// True when an answer comes so near a deadline that a stall decides how it is counted.
pub(super) fn is_near_a_deadline(record: &Record, reply: Duration, grace: Duration, margin: Duration) -> bool {
    let ms = |duration: Duration| duration.as_secs_f64() * 1_000.0;
    let (deadline, end) = (ms(reply), ms(reply + grace));
    match outcome(record) {
        Outcome::Answered => record.delay_ms > deadline - ms(margin),
        Outcome::Late => record.delay_ms < deadline + ms(margin) || record.delay_ms > end - ms(margin),
        _ => false,
    }
}

fn is_answer(record: &Record) -> bool {
    matches!(outcome(record), Outcome::Answered | Outcome::Late)
}

/// When the plan wanted each customer, on the bot's clock.
#[derive(Debug, Clone, Copy)]
struct Plan {
    gap_ms: f64,
    start_ms: f64,
}

impl Plan {
    /// The plan behind these records; none where a customer had more than one turn, or there is no record.
    fn of(records: &[&Record], rate_per_s: f64) -> Option<Plan> {
        if records.iter().any(|record| record.turn != Some(1)) {
            return None;
        }
        let gap_ms = 1_000.0 / rate_per_s;
        let starts = records
            .iter()
            .filter_map(|record| Some(record.received_at_ms - due_after_start(record, gap_ms)?));
        let start_ms = starts.min_by(f64::total_cmp)?;
        Some(Plan { gap_ms, start_ms })
    }

    /// From the planned moment to the message's arrival at the bot, over that of the quickest message.
    fn lag(self, record: &Record) -> f64 {
        let due = due_after_start(record, self.gap_ms).unwrap_or_default();
        record.received_at_ms - self.start_ms - due
    }
}

fn due_after_start(record: &Record, gap_ms: f64) -> Option<f64> {
    Some((record.customer? as f64 + 0.5) * gap_ms)
}

/// Times in order, among a number of turns of which the others were never answered.
struct Ranked {
    times: Vec<f64>,
    of: usize,
}

impl Ranked {
    fn new(mut times: Vec<f64>, of: usize) -> Ranked {
        times.sort_by(f64::total_cmp);
        Ranked { times, of }
    }

    /// The smallest time that at least this part of all do not exceed.
    fn quantile(&self, quantile: f64) -> Option<f64> {
        let rank = (quantile * self.of as f64).ceil().max(1.0);
        self.times.get(rank as usize - 1).copied()
    }
}

fn error(reported: &TimeNumbers, truth: &Ranked) -> TimeError {
    TimeError {
        p50: compared(reported.p50, truth.quantile(0.5)),
        p99: compared(reported.p99, truth.quantile(0.99)),
    }
}

fn compared(reported: Option<f64>, truth: Option<f64>) -> Compared {
    Compared {
        reported,
        truth,
        error: reported.zip(truth).map(|(reported, truth)| reported - truth),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Fault;

    fn record(customer: u64, received_at_ms: f64, delay_ms: f64) -> Record {
        Record {
            customer: Some(customer),
            turn: Some(1),
            received_at_ms,
            delay_ms,
            first_text_ms: Some(delay_ms / 2.0),
            ..Record::default()
        }
    }

    #[test]
    fn a_message_that_was_sent_late_makes_the_true_reply_time_longer() {
        // 10 a second: due 50, 150 and 250 ms after a start at 1,000 ms; the second comes 40 ms late.
        let records = [
            record(0, 1_050.0, 20.0),
            record(1, 1_190.0, 20.0),
            record(2, 1_250.0, 20.0),
        ];
        let records: Vec<&Record> = records.iter().collect();
        let times = compare(&Block::default(), &records, 10.0);
        let truth = |time: Option<TimeError>| time.and_then(|time| time.p99.truth).map(f64::round);
        assert_eq!(truth(times.wire_time_ms), Some(20.0));
        assert_eq!(truth(times.reply_time_ms), Some(60.0));
        assert_eq!(truth(times.first_text_ms), Some(50.0));
    }

    #[test]
    fn unanswered_turns_rank_slower_than_any_answer() {
        let mut records = [record(0, 0.0, 20.0), record(1, 100.0, 20.0), record(2, 200.0, 20.0)];
        records[2].fault = Some(Fault::Silent);
        let records: Vec<&Record> = records.iter().collect();
        let times = compare(&Block::default(), &records, 10.0);
        let reply = times.reply_time_ms.unwrap();
        assert_eq!((reply.p50.truth, reply.p99.truth), (Some(20.0), None));
        assert!(times.first_text_ms.is_none());
    }

    #[test]
    fn later_turns_have_no_planned_moment() {
        let mut later = record(0, 0.0, 20.0);
        later.turn = Some(2);
        let times = compare(&Block::default(), &[&later], 10.0);
        assert!(times.wire_time_ms.is_some() && times.reply_time_ms.is_none());
    }

    #[test]
    fn an_answer_within_the_margin_of_a_deadline_is_near() {
        let second = Duration::from_secs(1);
        let is_near = |delay_ms, fault| {
            let told = Record {
                fault,
                ..record(0, 0.0, delay_ms)
            };
            is_near_a_deadline(&told, second, 2 * second, second / 2)
        };
        assert!(!is_near(400.0, None) && is_near(600.0, None));
        let slow = Some(Fault::Slow);
        assert!(is_near(1_400.0, slow) && !is_near(2_000.0, slow) && is_near(2_600.0, slow));
        assert!(!is_near(5_000.0, Some(Fault::Silent)));
    }
}
