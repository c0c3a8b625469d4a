//! One simulated person: when they speak, wait, nudge and leave. What an answer makes them do is in `reaction`.

mod reaction;
mod role;
mod switching;

use std::time::Duration;

use self::reaction::{Plan, Words};
use super::patience::Waiting;
use super::person::Person;
use super::phrases;
use super::seed::{Draws, Purpose, draws, moment};
use super::typing::{Pen, Start};
use super::{Arrival, Cast, Heard, Move, Utterance};
use crate::conversation::{Ending, Given, MessageKind};
use crate::scenario::Persona;

pub use role::{Misread, Role, Told, read as read_told};

/// One simulated person: a persona with a goal and facts of their own. Small: at most 1 KiB beyond its texts.
///
/// ```text
///            Say(turn 1)            Say(turn 2)
///  Arrived ----------> WaitUntil ---Answer----> WaitUntil --- ... ---> Leave
///                       |    ^
///                     Time  Say(nudge)
/// ```
///
/// After every `Say` the engine asks again with nothing but time: `next(Heard::Time, due_at of the last message)`, and
/// gets a `WaitUntil` or `Leave`.
///
/// The moment at which the customer leaves is fixed when a turn opens; whatever is heard from then on finds them gone.
#[derive(Debug, Clone)]
pub struct Customer {
    number: u64,
    /// Place in the scenario's personas.
    persona: u16,
    /// Place in the scenario's goals.
    goal: u16,
    /// Place of the channel on which they are.
    channel: u16,
    /// The switches that they made, a bit each.
    switched: u64,
    /// Turns opened so far.
    turn: u16,
    /// The agenda step at hand.
    step: u16,
    /// The wording in which that step was last put.
    variant: u32,
    /// How often its question was put again.
    repeats: u8,
    given: Given,
    /// They asked for a person in words.
    wants_person: bool,
    refused_handoff: bool,
    /// How often each branch was taken; empty for a goal without branches.
    branch_visits: Box<[u8]>,
    echo: Echo,
    /// For the answer to the open turn; absent before the first.
    waiting: Option<Waiting>,
    ended: Option<Ending>,
}

/// The bot's last answer, and how often in a row it gave the same.
#[derive(Debug, Clone, Copy, Default)]
struct Echo {
    fingerprint: u64,
    times: u8,
}

impl Customer {
    pub(super) fn new(cast: &Cast, arrival: &Arrival) -> Customer {
        let mix = &cast.scenario.mix[usize::from(arrival.mix)];
        Customer {
            number: arrival.customer,
            persona: mix.persona,
            goal: mix.goal,
            channel: mix.channel,
            switched: 0,
            turn: 0,
            step: 0,
            variant: 0,
            repeats: 0,
            given: Given::default(),
            wants_person: false,
            refused_handoff: false,
            branch_visits: vec![0; cast.goal(mix.goal).branches.len()].into(),
            echo: Echo::default(),
            waiting: None,
            ended: None,
        }
    }

    /// What the customer does on hearing this at the moment `now`, from the run's start.
    ///
    /// A customer who has not begun begins, whatever they hear; one who has left has left. An answer that comes before
    /// the open turn's first message is due cannot be meant for it and is not heard.
    pub fn next(&mut self, cast: &Cast, heard: Heard<'_>, now: Duration) -> Move {
        if let Some(ending) = self.ended {
            return Move::Leave { ending, farewell: None };
        }
        let pause = match heard {
            Heard::Prompt(text) => self.pause(cast, text),
            _ => Duration::ZERO,
        };
        let Some(waiting) = &mut self.waiting else {
            return self.open_turn(cast, &Words::Step { lead: None }, Start::Typed(now));
        };
        if waiting.is_over(now) {
            return self.give_up(cast, now);
        }
        match heard {
            Heard::Answer(text) if now >= waiting.opened_at => return self.react(cast, text, now),
            Heard::Holding if now >= waiting.opened_at => waiting.hold(now),
            Heard::Prompt(_) if now >= waiting.opened_at => {
                waiting.hold(now);
                waiting.prompt(now + pause);
            }
            Heard::Arrived | Heard::Answer(_) | Heard::Holding | Heard::Prompt(_) | Heard::Time => {}
        }
        if waiting.takes_prompt(now) {
            return self.as_prompted(cast, now);
        }
        if waiting.takes_nudge(now) {
            self.nudge(cast, now)
        } else {
            Move::WaitUntil(waiting.wakes_at())
        }
    }

    /// True when a model is to write what this customer says.
    pub fn is_played(&self, cast: &Cast) -> bool {
        let played = cast.scenario.file.played_by.as_ref();
        let is_call = cast.goal(self.goal).is_call();
        !is_call
            && played.is_some_and(|played| draws(self.seed(cast), self.number, 0, Purpose::Role).happens(played.share))
    }

    /// What a model that plays this customer needs to know.
    pub fn role(&self, cast: &Cast) -> Role {
        Role::of(self, cast)
    }

    /// What the customer does about an answer that was heard at `heard_at`, now that there was time until `now` to find words: those of
    /// `told`, else their own. Time that was spent on finding words is the customer's, never the bot's.
    pub fn resume(&mut self, cast: &Cast, answer: &str, told: Option<Told>, [heard_at, now]: [Duration; 2]) -> Move {
        if let Some(ending) = self.ended {
            return Move::Leave { ending, farewell: None };
        }
        self.echo.hear(answer);
        let plan = match told {
            Some(told) => self.plan_told(cast, told),
            None => self.plan(cast, answer, heard_at),
        };
        self.carry_out(cast, plan, [now, (heard_at + self.pause(cast, answer)).max(now)])
    }

    /// The customer's name, as channels show it.
    pub fn name(&self, cast: &Cast) -> String {
        self.person(cast).name()
    }

    /// What the customer has told the bot, on whatever channel, the turn at hand included.
    pub fn given(&self) -> Given {
        self.given
    }

    /// True when being handed to a person is what the customer came for, what they have asked for, or what the shop does with the
    /// question at hand.
    pub fn accepts_handoff(&self, cast: &Cast) -> bool {
        let goal = cast.goal(self.goal);
        goal.accepts_handoff || self.wants_person || cast.scenario.knowledge.wants_person(goal, self.step)
    }

    fn person(&self, cast: &Cast) -> Person {
        Person {
            seed: cast.scenario.file.seed,
            number: self.number,
            language: cast.persona(self.persona).language,
        }
    }

    /// This turn's chance for this purpose.
    fn draws(&self, cast: &Cast, purpose: Purpose) -> Draws {
        draws(cast.scenario.file.seed, self.number, self.turn, purpose)
    }

    fn open_turn(&mut self, cast: &Cast, words: &Words, start: Start) -> Move {
        self.turn = self.turn.saturating_add(1);
        let text = self.words(cast, words);
        let persona = cast.persona(self.persona);
        let pen = Pen {
            typing: &persona.typing,
            pace: cast.scenario.file.pace,
            draws: self.draws(cast, Purpose::Typing),
            captions: cast.takes_captions(self.channel),
        };
        let messages = pen.write(&text, start);
        if let Some((first, last)) = messages.first().zip(messages.last()) {
            let mut draws = self.draws(cast, Purpose::Patience);
            let waiting = Waiting::new(&persona.patience, first.due_at, last.due_at, &mut draws);
            self.waiting = Some(match cast.goal(self.goal).is_call() {
                true => waiting.without_nudges(),
                false => waiting,
            });
        }
        Move::Say {
            messages,
            kind: MessageKind::Utterance,
            step: self.step,
        }
    }

    fn nudge(&mut self, cast: &Cast, now: Duration) -> Move {
        let persona = cast.persona(self.persona);
        let mut draws = self.draws(cast, Purpose::Nudge);
        for _ in 0..self.waiting.map_or(0, |waiting| waiting.nudges_left()) {
            draws.unit();
        }
        Move::Say {
            messages: vec![Utterance {
                text: phrases::nudge(&persona.words, persona.language, &mut draws),
                media: None,
                due_at: now,
            }],
            kind: MessageKind::Nudge,
            step: self.step,
        }
    }

    /// Any text, for a bot that answers with the next message.
    fn as_prompted(&self, cast: &Cast, now: Duration) -> Move {
        Move::Say {
            messages: vec![Utterance {
                text: phrases::prompted(cast.persona(self.persona).language).to_owned(),
                media: None,
                due_at: now,
            }],
            kind: MessageKind::Prompted,
            step: self.step,
        }
    }

    fn give_up(&mut self, cast: &Cast, now: Duration) -> Move {
        let persona = cast.persona(self.persona);
        let mut draws = self.draws(cast, Purpose::Farewell);
        let is_silent = draws.happens(persona.patience.leaves_silently) || cast.goal(self.goal).is_call();
        let farewell = (!is_silent).then(|| phrases::farewell(&persona.words, persona.language, &mut draws));
        self.leave(cast, (Ending::GaveUp, farewell), now)
    }

    /// What the customer does when nobody listens any longer for the answer that they still wait for.
    pub fn wait_no_longer(&mut self, cast: &Cast, now: Duration) -> Move {
        match self.ended {
            Some(ending) => Move::Leave { ending, farewell: None },
            None => self.leave(cast, (Ending::GaveUp, None), now),
        }
    }

    /// Leaves for good, or goes on elsewhere.
    fn leave(&mut self, cast: &Cast, (ending, farewell): (Ending, Option<String>), now: Duration) -> Move {
        if let Some(place) = self.switch_after(cast, ending) {
            return self.switch(cast, place, (ending, farewell), now);
        }
        self.ended = Some(ending);
        Move::Leave { ending, farewell }
    }

    fn react(&mut self, cast: &Cast, answer: &str, now: Duration) -> Move {
        self.echo.hear(answer);
        let plan = self.plan(cast, answer, now);
        self.carry_out(cast, plan, [now, now + self.pause(cast, answer)])
    }

    /// Does what was planned; the first key is struck at `typing_at`.
    fn carry_out(&mut self, cast: &Cast, plan: Plan, [now, typing_at]: [Duration; 2]) -> Move {
        match plan {
            Plan::Leave { ending, farewell } => {
                let farewell = farewell.map(|branch| self.branch_text(cast, branch).words);
                self.leave(cast, (ending, farewell), now)
            }
            Plan::Say(words) => self.open_turn(cast, &words, Start::Typing(typing_at)),
        }
    }

    fn seed(&self, cast: &Cast) -> u64 {
        cast.scenario.file.seed
    }

    /// The chance of a model that plays the next turn.
    fn role_seed(&self, cast: &Cast) -> u64 {
        // Endpoints take whole numbers that a JSON number holds exactly.
        (self.draws(cast, Purpose::Role).unit() * 2_147_483_647.0) as u64
    }

    /// How long the customer reads the answer and thinks about it.
    fn pause(&self, cast: &Cast, answer: &str) -> Duration {
        let persona = cast.persona(self.persona);
        let think_time = self.draws(cast, Purpose::Thinking).spread(&persona.think);
        let pause = reading_time(persona, answer) + think_time;
        moment(pause.as_secs_f64() / cast.scenario.file.pace)
    }
}

/// What is longer than a minute's reading is skimmed in a minute: a bot cannot keep a customer by talking.
fn reading_time(persona: &Persona, answer: &str) -> Duration {
    let seconds = answer.chars().count() as f64 / persona.reads_chars_per_s;
    moment(seconds.min(60.0))
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
