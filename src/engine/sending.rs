//! Puts one message on its way, as a task of its own, whose news come back as notes.

use std::cell::Cell;
use std::panic::AssertUnwindSafe;
use std::rc::Rc;

use futures_util::FutureExt;
use tokio::time::Instant;

use super::open::{Note, Stage, Told};
use crate::channel::{Called, Finish, Outgoing, Signal};
use crate::scenario::{Mark, Scenario};

/// Sends the message over the channel with this place. Every exchange is told to begin, when its turn has come among all
/// that this thread has to do, or when another program has sent it; and to be over, also one that panics.
pub(super) fn send(stage: &Stage<'_>, channel: u16, outgoing: Outgoing) {
    let line = Rc::clone(&stage.lines[usize::from(channel)]);
    let notes = stage.notes.clone();
    let id = outgoing.id;
    line.attend(id.customer, listener(stage, id.customer, channel));
    let tell = move |told| {
        // The inbox is gone only when the run is over, and then nobody wants to know.
        let _gone = notes
            .send(Note {
                customer: id.customer,
                turn: id.turn,
                fragment: id.fragment,
                told,
            })
            .is_err();
    };
    // Boxed: the runtime moves a task several times, and this one is some KiB.
    tokio::task::spawn_local(Box::pin(async move {
        let is_begun = Cell::new(false);
        let begin = |at| {
            if !is_begun.replace(true) {
                tell(Told::Begun(at));
            }
        };
        if !line.tells_when_sent() {
            begin(Instant::now());
        }
        let exchange = line.exchange(outgoing, |signal| match signal {
            Signal::Sent(at) => begin(at),
            signal => tell(Told::Signal(signal)),
        });
        let finish = AssertUnwindSafe(exchange)
            .catch_unwind()
            .await
            .unwrap_or_else(|_panic| Finish::failure("throng failed internally on this exchange".to_owned()));
        begin(Instant::now());
        tell(Told::Finish(finish));
    }));
}

/// Takes replies that come by calls to this customer's dialogue.
fn listener(stage: &Stage<'_>, customer: u64, channel: u16) -> impl Fn(Called) -> bool + Send + Sync + 'static {
    let notes = stage.notes.clone();
    move |called| {
        let (turn, fragment) = called.answers.unwrap_or_default();
        let note = Note {
            customer,
            turn,
            fragment,
            told: Told::Called(channel, called),
        };
        notes.send(note).is_ok()
    }
}

/// The customer as the bot sees them: by one id on the channel where they came, by another as somebody who is only known on
/// the channel with the place `known_on`, counted from 1.
pub(super) fn customer_id(scenario: &Scenario, customer: u64, known_on: Option<u16>) -> String {
    let key = scenario.run_key();
    match (scenario.file.mark, known_on.map(|place| u32::from(place) + 1)) {
        (Mark::On, None) => format!("throng-{key}-{customer}"),
        (Mark::On, Some(place)) => format!("throng-on{place}-{key}-{customer}"),
        (Mark::Off, None) => format!("c{key}-{customer}"),
        (Mark::Off, Some(place)) => format!("c{place}-{key}-{customer}"),
    }
}
