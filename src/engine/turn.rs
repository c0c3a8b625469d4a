//! A turn while it is open: gathers what comes for it and, at the end, says how it turned out.

use std::time::Duration;

use crate::channel::{Ended, Finish, Signal};
use crate::conversation::{MediaKind, Message, MessageKind, Outcome, Reply, ReplyKind, Trouble, Turn};
use crate::scenario::Deadline;

use super::Clock;

/// Replies of one turn that are taken; a bot that says more cannot make us work for all of it.
pub(super) const MOST_REPLIES: usize = 200;

/// The longest intent that is kept, in characters.
const LONGEST_INTENT: usize = 100;

/// Why a turn closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Close {
    /// Nothing more can come for it, or nobody listens any more.
    Over,
    /// Our run ends now, at this moment.
    CutAt(Duration),
}

/// An open turn.
#[derive(Debug)]
pub(super) struct OpenTurn {
    /// Filled while the turn is open; `outcome` and `answered_at` are set when it closes.
    pub(super) turn: Turn,
    /// Utterances that the channel does not have yet.
    pub(super) unsent: u16,
    /// Exchanges that go on.
    pub(super) in_flight: u16,
    /// A call to the platform may still bring a reply, although no exchange runs.
    pub(super) may_be_answered: bool,
    /// True once the customer has taken note of the answer.
    pub(super) is_heard: bool,
    /// The customer has gone on on another channel.
    pub(super) is_left: bool,
    /// After this it is late.
    pub(super) deadline_at: Duration,
    /// After this nobody listens.
    pub(super) listen_until: Duration,
    /// Something that it asks never left this machine.
    is_hindered: bool,
    first_answer_at: Option<Duration>,
    /// The worst that exchanges ended with, by the order of the outcomes.
    failure: Option<Outcome>,
}

impl OpenTurn {
    pub(super) fn new(turn: Turn, utterances: u16, deadline: Deadline) -> OpenTurn {
        let deadline_at = turn.due_at + deadline.reply.get();
        OpenTurn {
            turn,
            unsent: utterances,
            in_flight: 0,
            may_be_answered: false,
            is_heard: false,
            is_left: false,
            is_hindered: false,
            deadline_at,
            listen_until: deadline_at + deadline.grace.get(),
            first_answer_at: None,
            failure: None,
        }
    }

    /// A message is on its way to the channel.
    pub(super) fn handed_over(&mut self, message: Message) {
        self.in_flight += 1;
        self.turn.messages.push(message);
    }

    /// The channel has the message: from here on it is sent. True when that was the last of what the turn has to say.
    pub(super) fn begun(&mut self, fragment: u16, at: Duration) -> bool {
        let Some(message) = self.message(fragment) else {
            return false;
        };
        message.sent_at = at;
        message.deliveries = 1;
        if message.kind != MessageKind::Utterance {
            return false;
        }
        self.unsent = self.unsent.saturating_sub(1);
        self.unsent == 0
    }

    fn message(&mut self, fragment: u16) -> Option<&mut Message> {
        let mut messages = self.turn.messages.iter_mut();
        messages.find(|message| message.id.fragment == fragment)
    }

    /// True when nobody reads on.
    pub(super) fn is_full(&self) -> bool {
        self.turn.replies.len() >= MOST_REPLIES
    }

    /// True when the customer, if they still wait, has something to react to.
    pub(super) fn is_answered(&self) -> bool {
        self.first_answer_at.is_some() && self.unsent == 0
    }

    /// When the answer counts: never before the turn's last message was sent.
    pub(super) fn answered_at(&self) -> Option<Duration> {
        Some(self.first_answer_at?.max(self.turn.sent_at?))
    }

    pub(super) fn heard(
        &mut self,
        signal: Signal,
        kind: impl FnOnce(&str, Option<MediaKind>) -> ReplyKind,
        clock: Clock,
    ) {
        match signal {
            Signal::FirstEvent(at) => note_first(&mut self.turn.first_event_at, clock.since_start(at)),
            Signal::FirstText(at) => note_first(&mut self.turn.first_text_at, clock.since_start(at)),
            Signal::Gaps(gaps) => self.turn.chunk_gaps.extend(gaps),
            Signal::Reply {
                text,
                media,
                first_text_at,
                complete_at,
            } => {
                let kind = kind(&text, media);
                let (first_text_at, complete_at) = (clock.since_start(first_text_at), clock.since_start(complete_at));
                self.reply_came(Reply {
                    text,
                    kind,
                    first_text_at,
                    complete_at,
                });
            }
            Signal::Sent(_) | Signal::Captured { .. } => {}
        }
    }

    /// The bot says what it took its customer to want: a word or a number, the last one counts.
    pub(super) fn took_for(&mut self, intent: &serde_json::Value) {
        self.turn.intent = label(intent).or(self.turn.intent.take());
    }

    fn reply_came(&mut self, reply: Reply) {
        note_first(&mut self.turn.first_event_at, reply.first_text_at);
        note_first(&mut self.turn.first_text_at, reply.first_text_at);
        if matches!(reply.kind, ReplyKind::Substantive | ReplyKind::Media) {
            note_first(&mut self.first_answer_at, reply.complete_at);
        }
        if self
            .turn
            .replies
            .iter()
            .any(|earlier| earlier.text == reply.text && earlier.kind == reply.kind && reply.kind != ReplyKind::Media)
        {
            self.turn.duplicates = self.turn.duplicates.saturating_add(1);
        }
        self.turn.replies.push(reply);
    }

    /// Takes note of the end of one exchange. A farewell's failure is nobody's loss.
    pub(super) fn exchange_over(&mut self, fragment: u16, finish: Finish, clock: Clock) {
        self.in_flight = self.in_flight.saturating_sub(1);
        self.may_be_answered |= finish.may_be_answered;
        self.turn.polls += u32::from(finish.polls);
        let Some(message) = self.message(fragment) else {
            return;
        };
        message.deliveries = finish.deliveries;
        if message.kind == MessageKind::Farewell {
            return;
        }
        let was_asked = message.kind == MessageKind::Utterance;
        let (failure, trouble) = match finish.ended {
            Ended::Complete => return,
            Ended::Empty => (Outcome::Empty, None),
            Ended::Unread(what) => (Outcome::Empty, Some(what)),
            Ended::Truncated {
                text,
                first_text_at,
                at,
            } => {
                let (first_text_at, complete_at) = (clock.since_start(first_text_at), clock.since_start(at));
                // A body that broke off before any text could be read has nothing to show.
                if !text.is_empty() {
                    self.reply_came(Reply {
                        text,
                        kind: ReplyKind::Truncated,
                        first_text_at,
                        complete_at,
                    });
                }
                (Outcome::Truncated, Some("the reply broke off".to_owned()))
            }
            Ended::BotError(why) => (Outcome::BotError, Some(why)),
            Ended::Refused(why) => (Outcome::Refused, Some(why)),
            Ended::HttpError(why) => (Outcome::HttpError, Some(why)),
            Ended::ConnectionLost(why) => (Outcome::ConnectionLost, Some(why)),
            Ended::Silent => (Outcome::Silent, None),
            Ended::Hindered { words, .. } => {
                self.is_hindered |= was_asked;
                (Outcome::CutShort, Some(words))
            }
        };
        let worse = self.failure.is_none_or(|earlier| failure < earlier);
        if worse {
            self.failure = Some(failure);
            let words = trouble.as_deref().filter(|_| is_of_the_wire(failure));
            self.turn.failure = words.map(Trouble::of);
            self.turn.trouble = trouble.or(self.turn.trouble.take());
        }
    }

    /// How the turn turned out: the first outcome in the ledger's order that applies.
    pub(super) fn close(mut self, close: Close) -> Turn {
        self.turn.outcome = self.outcome(close);
        // What another delivery or message made good is no failure.
        self.turn.failure = self.turn.failure.filter(|_| self.failure == Some(self.turn.outcome));
        if matches!(self.turn.outcome, Outcome::Answered | Outcome::Late) {
            self.turn.answered_at = self.answered_at();
        }
        self.turn
    }

    fn outcome(&self, close: Close) -> Outcome {
        match self.answered_at() {
            Some(at) if at <= self.deadline_at => return Outcome::Answered,
            Some(at) if at <= self.listen_until => return Outcome::Late,
            _ => {}
        }
        // A bot that still had time is not to blame for what our end kept it from saying; a failure that it has
        // already shown stands.
        let had_time =
            matches!(close, Close::CutAt(at) if at < self.deadline_at) && (self.in_flight > 0 || self.may_be_answered);
        let holding = self.turn.replies.iter().any(|reply| reply.kind == ReplyKind::Holding);
        match self.failure {
            Some(failure) if failure < Outcome::PlaceholderOnly => failure,
            _ if had_time || self.is_hindered => Outcome::CutShort,
            _ if holding => Outcome::PlaceholderOnly,
            Some(failure) => failure,
            None if self.turn.sent_at.is_none() => Outcome::CutShort,
            None => Outcome::Silent,
        }
    }
}

/// True for failures of an exchange as such, which another one may make good.
fn is_of_the_wire(failure: Outcome) -> bool {
    matches!(failure, Outcome::Refused | Outcome::HttpError | Outcome::ConnectionLost)
}

fn note_first(slot: &mut Option<Duration>, at: Duration) {
    *slot = Some(slot.map_or(at, |earlier| earlier.min(at)));
}

/// An intent as it is kept; nothing for what is no label.
fn label(intent: &serde_json::Value) -> Option<String> {
    let label = match intent {
        serde_json::Value::String(label) => label.clone(),
        serde_json::Value::Number(label) => label.to_string(),
        _ => return None,
    };
    let label: String = label.trim().chars().take(LONGEST_INTENT).collect();
    (!label.is_empty()).then_some(label)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_bots_word_for_an_intent_is_kept_in_short() {
        assert_eq!(label(&json!(" ask_coupon ")).as_deref(), Some("ask_coupon"));
        assert_eq!(label(&json!(17)).as_deref(), Some("17"));
        assert_eq!(
            label(&json!("长".repeat(500))).map(|label| label.chars().count()),
            Some(LONGEST_INTENT)
        );
        for nothing in [json!(null), json!(""), json!({"name": "x"}), json!([]), json!(true)] {
            assert_eq!(label(&nothing), None, "{nothing}");
        }
    }
}
