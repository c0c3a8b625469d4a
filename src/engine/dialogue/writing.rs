//! Customers whom a model plays: their answer goes to the author first, and what is written comes back as a note.
//!
//! While words are found the customer is thinking: alarms of the turn that was answered mean nothing any more, and what
//! is said next is due when it was found, so the time that it took is nobody's reply time.

use std::time::Duration;

use super::Dialogue;
use crate::engine::author::Unwritten;
use crate::engine::open::{Note, Stage, Told};
use crate::simulation::{Heard, read_told};

/// Words that are being found.
#[derive(Debug)]
pub(super) struct Writing {
    /// The turn that was answered.
    turn: u16,
    answer: String,
    heard_at: Duration,
}

impl Dialogue {
    /// True when a model plays this customer.
    pub(super) fn is_played(&self, stage: &Stage<'_>) -> bool {
        stage.control.author.is_some() && self.customer.is_played(stage.cast)
    }

    /// Brings an answer to the customer.
    pub(super) fn bring(&mut self, stage: &mut Stage<'_>, answer: String, at: Duration) {
        let author = stage
            .control
            .author
            .as_ref()
            .filter(|_| self.customer.is_played(stage.cast));
        let Some(author) = author else {
            return self.ask(stage, Heard::Answer(&answer), at);
        };
        // The customer has the answer: whatever they would have done without one is off.
        self.waits = self.waits.wrapping_add(1);
        let words = author.ask(self.customer.role(stage.cast), &self.history);
        let (customer, turn, notes) = (self.number, self.turns, stage.notes.clone());
        tokio::task::spawn_local(async move {
            let written = words.await.unwrap_or(Err(Unwritten::Unreachable));
            let note = Note {
                customer,
                turn,
                fragment: 0,
                told: Told::Written(written),
            };
            // The inbox is gone only when the run is over, and then nobody wants to know.
            let _gone = notes.send(note).is_err();
        });
        self.writing = Some(Box::new(Writing {
            turn,
            answer,
            heard_at: at,
        }));
    }

    /// What the author wrote, or why nothing.
    pub(super) fn take_written(&mut self, stage: &mut Stage<'_>, turn: u16, written: Result<String, Unwritten>) {
        let steps = stage.cast.scenario.goals[usize::from(self.mix.goal)].agenda.len();
        let told = written.and_then(|text| read_told(&text, steps).map_err(|_| Unwritten::Malformed));
        if let Some(author) = &stage.control.author {
            author.note(told.as_ref().map(drop).map_err(|why| *why));
        }
        let Some(writing) = self.writing.take_if(|writing| writing.turn == turn) else {
            return;
        };
        if self.left.is_some() {
            return;
        }
        let now = stage.clock.now();
        let moments = [writing.heard_at, now];
        let next = self.customer.resume(stage.cast, &writing.answer, told.ok(), moments);
        self.carry_out(stage, next, now);
    }
}
