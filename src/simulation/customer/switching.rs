//! How a customer who got nowhere on one channel goes on on another.

use std::time::Duration;

use super::super::seed::{Draws, Purpose, draws};
use super::super::typing::Start;
use super::reaction::Words;
use super::{Cast, Customer, Echo};
use crate::conversation::Ending;
use crate::simulation::{ChannelSwitch, Move};

impl Customer {
    /// The switch that this customer makes instead of leaving for good: the first that fits decides, by chance.
    pub(super) fn switch_after(&self, cast: &Cast, ending: Ending) -> Option<usize> {
        if self.turn >= cast.goal(self.goal).max_turns {
            return None;
        }
        let mut switches = cast.scenario.switches.iter().enumerate();
        let (place, switch) = switches.find(|(place, switch)| {
            switch.from == self.channel
                && switch.when.contains(&ending)
                && switch.is_for(self.persona, self.goal)
                && self.switched & (1 << place) == 0
        })?;
        self.draws_of(cast, place).happens(switch.share).then_some(place)
    }

    /// Opens a turn on the other channel with the step at hand, in words that tell where it was asked before. What was given
    /// stays given: the customer takes the shop for one.
    pub(super) fn switch(
        &mut self,
        cast: &Cast,
        place: usize,
        (ending, farewell): (Ending, Option<String>),
        now: Duration,
    ) -> Move {
        let switch = &cast.scenario.switches[place];
        let mut draws = self.draws_of(cast, place);
        draws.unit();
        let after = draws.spread(&switch.after).div_f64(cast.scenario.file.pace);
        self.switched |= 1 << place;
        self.channel = switch.to;
        (self.repeats, self.echo, self.refused_handoff) = (0, Echo::default(), false);
        match self.open_turn(cast, &Words::StepElsewhere, Start::Typing(now + after)) {
            Move::Say { messages, step, .. } => Move::Switch(Box::new(ChannelSwitch {
                ending,
                farewell,
                to: switch.to,
                keeps_id: switch.keeps_id,
                messages,
                step,
            })),
            other => other,
        }
    }

    /// The chance that this switch has with this customer, whichever turn they leave in: first whether, then how long.
    fn draws_of(&self, cast: &Cast, place: usize) -> Draws {
        draws(self.seed(cast), self.number, place as u16, Purpose::Switch)
    }
}
