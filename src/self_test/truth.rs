//! How each turn must have turned out, by what the built-in bot says that it did.
//!
//! Good for customers who send one message a turn and outlast the deadlines, and for faults that lie far from any deadline.

use std::collections::BTreeMap;

use crate::conversation::Outcome;
use crate::demo_bot::{Protocol, Record, Truth};
use crate::rehearsal::is_first_contact;
use crate::scenario::Fault;

/// The last delivery of each message of the run itself, without those of the first contact.
pub fn last_deliveries(truth: &Truth) -> Vec<&Record> {
    let of_the_run = truth
        .turns
        .iter()
        .filter(|record| record.customer.is_some_and(|customer| !is_first_contact(customer)));
    let by_message: BTreeMap<_, _> = of_the_run.map(|record| (record.id.as_deref(), record)).collect();
    by_message.into_values().collect()
}

/// What the fault that was done to a message must have become in the ledger.
pub fn outcome(record: &Record) -> Outcome {
    let is_asked_for = record.protocol.is_some_and(Protocol::asks_for_messages);
    match record.fault {
        // The bot has taken the message and tells nobody what became of it.
        Some(Fault::Refused | Fault::HttpError | Fault::ConnectionLost | Fault::Silent) if is_asked_for => {
            Outcome::Empty
        }
        Some(Fault::Refused) => Outcome::Refused,
        Some(Fault::HttpError) => Outcome::HttpError,
        // WeChat has no words for an error: the platform sees a status.
        Some(Fault::BotError) if record.protocol == Some(Protocol::WeChat) => Outcome::HttpError,
        Some(Fault::BotError) => Outcome::BotError,
        Some(Fault::ConnectionLost) => Outcome::ConnectionLost,
        Some(Fault::Truncated) => Outcome::Truncated,
        Some(Fault::Empty) => Outcome::Empty,
        Some(Fault::Silent) => Outcome::Silent,
        // A transfer notice buys time for those who came for the bot's answer.
        Some(Fault::Placeholder | Fault::PrematureHandoff) => Outcome::PlaceholderOnly,
        Some(Fault::Slow) => Outcome::Late,
        // Wrong, but answers.
        Some(
            Fault::Fallback
            | Fault::WrongValue
            | Fault::WrongPolarity
            | Fault::Forbidden
            | Fault::WrongLanguage
            | Fault::CrossTalk
            | Fault::Duplicate
            | Fault::MissingFact
            | Fault::PersonalData
            | Fault::RepeatedQuestion
            | Fault::MissedHandoff
            | Fault::Cold
            | Fault::Stale
            | Fault::CutOff
            | Fault::OffTopic
            | Fault::BadForm
            | Fault::MediaIgnored
            | Fault::WrongIntent,
        )
        | None => Outcome::Answered,
    }
}

/// How many turns of each outcome there must be; outcomes without a turn are left out.
pub fn outcomes(truth: &Truth) -> BTreeMap<Outcome, u64> {
    let mut counts = BTreeMap::new();
    for record in last_deliveries(truth) {
        *counts.entry(outcome(record)).or_default() += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(id: &str, customer: u64, fault: Option<Fault>) -> Record {
        Record {
            id: Some(id.to_owned()),
            customer: Some(customer),
            fault,
            ..Record::default()
        }
    }

    #[test]
    fn a_message_counts_once_by_its_last_delivery_and_first_contacts_do_not() {
        let truth = Truth {
            turns: vec![
                record("1-1-1-1", 1, Some(Fault::HttpError)),
                record("1-2-1-1", 2, Some(Fault::Slow)),
                record("1-1-1-1", 1, None),
                record("1-999999999-1-1", 999_999_999, Some(Fault::Silent)),
            ],
            ..Truth::default()
        };
        let counts = outcomes(&truth);
        assert_eq!(counts, BTreeMap::from([(Outcome::Answered, 1), (Outcome::Late, 1)]));
    }

    #[test]
    fn an_error_in_words_is_a_status_where_the_protocol_has_no_words() {
        let mut told = record("1", 1, Some(Fault::BotError));
        assert_eq!(outcome(&told), Outcome::BotError);
        told.protocol = Some(Protocol::WeChat);
        assert_eq!(outcome(&told), Outcome::HttpError);
    }
}
