//! The channels of one conversation: where each turn was sent, and as whom. Most customers stay on one.

use std::time::Duration;

use super::Dialogue;
use crate::conversation::{Ending, Event, Labels};
use crate::engine::open::Stage;
use crate::simulation::ChannelSwitch;

/// A time on one channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stay {
    pub(super) channel: u16,
    /// As whom the bot knows the customer here: as on the channel where they came, or as somebody who is only known on this one.
    pub(super) identity: Option<u16>,
    /// The first turn here.
    since: u16,
}

/// A switch whose first words are not handed over yet.
#[derive(Debug, Clone, Copy)]
struct Leaving {
    from: u16,
    ending: Ending,
}

/// All stays of a conversation, the present one apart.
#[derive(Debug)]
pub(super) struct Stays {
    here: Stay,
    before: Vec<Stay>,
    leaving: Option<Leaving>,
}

impl Stays {
    pub(super) fn begin(channel: u16) -> Stays {
        Stays {
            here: Stay {
                channel,
                identity: None,
                since: 0,
            },
            before: Vec::new(),
            leaving: None,
        }
    }

    pub(super) fn here(&self) -> Stay {
        self.here
    }

    /// Where a turn of this number was sent.
    pub(super) fn of_turn(&self, turn: u16) -> Stay {
        let all = std::iter::once(&self.here).chain(self.before.iter().rev());
        *all.into_iter().find(|stay| stay.since <= turn).unwrap_or(&self.here)
    }

    /// Every channel of the conversation, perhaps more than once.
    pub(super) fn channels(&self) -> impl Iterator<Item = u16> {
        self.before.iter().chain([&self.here]).map(|stay| stay.channel)
    }

    /// The ending of a conversation that ends now: a customer who was on their way elsewhere when our run ended had left.
    pub(super) fn ending_of(&mut self, ending: Ending) -> Ending {
        match self.leaving.take() {
            Some(leaving) if ending == Ending::CutShort => leaving.ending,
            _ => ending,
        }
    }

    /// Whoever comes back is known as before.
    fn go(&mut self, switch: &ChannelSwitch, since: u16) {
        let known = self.before.iter().chain([&self.here]);
        let known = known.into_iter().find(|stay| stay.channel == switch.to);
        let identity = match known {
            Some(stay) => stay.identity,
            None if switch.keeps_id => self.here.identity,
            None => Some(switch.to),
        };
        self.leaving = Some(Leaving {
            from: self.here.channel,
            ending: switch.ending,
        });
        let channel = switch.to;
        let next = Stay {
            channel,
            identity,
            since,
        };
        self.before.push(std::mem::replace(&mut self.here, next));
    }
}

impl Dialogue {
    /// The customer leaves this channel and opens a turn on another one. What comes for the turn that they leave is still heard
    /// and counts for it; they do not see it any more.
    pub(super) fn switch(&mut self, stage: &mut Stage<'_>, switch: ChannelSwitch, now: Duration) {
        self.take_leave(stage, switch.farewell.clone(), now);
        if let Some(index) = self.open_index(self.turns) {
            self.open[index].is_left = true;
        }
        self.stays.go(&switch, self.turns + 1);
        self.captured.clear();
        self.said_here = 0;
        self.open_turn(stage, switch.messages, switch.step);
        self.close_what_is_done(stage);
    }

    /// The customer is on the new channel once their first words there are.
    pub(super) fn tell_of_switch(&mut self, stage: &mut Stage<'_>, at: Duration) {
        if let Some(leaving) = self.stays.leaving.take() {
            stage.audience.event(Event::Switched {
                labels: Labels {
                    channel: leaving.from,
                    ..self.labels
                },
                to: self.stays.here.channel,
                at,
            });
        }
    }
}
