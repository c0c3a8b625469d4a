//! Puts one message on its way, as a task of its own, whose news come back as notes.

use std::panic::AssertUnwindSafe;
use std::rc::Rc;

use futures_util::FutureExt;
use tokio::time::Instant;

use super::open::{Note, Stage, Told};
use crate::channel::{Called, Finish, Outgoing};
use crate::scenario::{Mark, Scenario};

/// Sends the message over the channel with this place. Every exchange is told to begin, when its turn has come among all
/// that this thread has to do, and to be over, also one that panics.
pub(super) fn send(stage: &Stage<'_>, channel: usize, outgoing: Outgoing) {
    let line = Rc::clone(&stage.lines[channel]);
    let notes = stage.notes.clone();
    let id = outgoing.id;
    line.attend(id.customer, listener(stage, id.customer));
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
    tokio::task::spawn_local(async move {
        tell(Told::Begun(Instant::now()));
        let exchange = line.exchange(outgoing, |signal| tell(Told::Signal(signal)));
        let finish = AssertUnwindSafe(exchange)
            .catch_unwind()
            .await
            .unwrap_or_else(|_panic| Finish::failure("throng failed internally on this exchange".to_owned()));
        tell(Told::Finish(finish));
    });
}

/// Takes replies that come by calls to this customer's dialogue.
fn listener(stage: &Stage<'_>, customer: u64) -> impl Fn(Called) -> bool + Send + Sync + 'static {
    let notes = stage.notes.clone();
    move |called| {
        let (turn, fragment) = called.answers.unwrap_or_default();
        let note = Note {
            customer,
            turn,
            fragment,
            told: Told::Called(called),
        };
        notes.send(note).is_ok()
    }
}

/// The customer as the bot sees them.
pub(super) fn customer_id(scenario: &Scenario, customer: u64) -> String {
    match scenario.file.mark {
        Mark::On => format!("throng-{}-{customer}", scenario.run_key()),
        Mark::Off => format!("c{}-{customer}", scenario.run_key()),
    }
}
