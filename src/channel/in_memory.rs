//! Bots without a network, for benches and tests of the engine.

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use super::{Ended, Finish, Listener, Outgoing, Signal};

type Answer = Box<dyn FnMut(&Outgoing) -> (Duration, Vec<String>)>;
type Call = Box<dyn Fn(&Outgoing, Listener)>;

pub(super) enum InMemory {
    /// Answers by itself after a delay.
    Answering(RefCell<Answer>),
    /// Acknowledges, and calls its customers' listeners.
    Calling(Call, RefCell<HashMap<u64, Listener>>),
}

impl InMemory {
    pub(super) fn attend(&self, customer: u64, listener: Listener) {
        if let InMemory::Calling(_, listeners) = self {
            listeners.borrow_mut().entry(customer).or_insert(listener);
        }
    }

    pub(super) fn leave(&self, customer: u64) {
        if let InMemory::Calling(_, listeners) = self {
            listeners.borrow_mut().remove(&customer);
        }
    }

    pub(super) async fn exchange(&self, message: &Outgoing, mut heard: impl FnMut(Signal)) -> Finish {
        match self {
            InMemory::Answering(answer) => {
                let (delay, texts) = answer.borrow_mut()(message);
                answer_by_itself(message, delay, texts, heard).await
            }
            InMemory::Calling(call, listeners) => {
                heard(Signal::FirstEvent(Instant::now()));
                let listener = listeners.borrow().get(&message.id.customer).cloned();
                if let Some(listener) = listener {
                    call(message, listener);
                }
                Finish {
                    deliveries: 1,
                    ended: Ended::Empty,
                    may_be_answered: true,
                    polls: 0,
                }
            }
        }
    }
}

async fn answer_by_itself(
    message: &Outgoing,
    delay: Duration,
    texts: Vec<String>,
    mut heard: impl FnMut(Signal),
) -> Finish {
    let answer_at = Instant::now() + delay;
    if !delay.is_zero() {
        sleep_until(answer_at.min(message.give_up_at)).await;
    }
    let ended = if answer_at > message.give_up_at {
        Ended::Silent
    } else if texts.is_empty() {
        heard(Signal::FirstEvent(answer_at));
        Ended::Empty
    } else {
        heard(Signal::FirstEvent(answer_at));
        for text in texts {
            heard(Signal::Reply {
                text,
                media: None,
                first_text_at: answer_at,
                complete_at: answer_at,
            });
        }
        Ended::Complete
    };
    Finish {
        deliveries: 1,
        ended,
        may_be_answered: false,
        polls: 0,
    }
}
