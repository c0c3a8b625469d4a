//! What an answer makes a customer do.
//!
//! In this order: the goal's first branch that fits; what the bot asks for is given; what it did not understand is put
//! again; a handoff is accepted or refused once; otherwise the agenda goes on.

use std::time::Duration;

use super::super::branches::HeardAnswer;
use super::super::phrases;
use super::super::seed::{Draws, Purpose};
use super::super::wording::{Source, Text};
use super::{Cast, Customer, Echo, Told};
use crate::conversation::{Ending, Language, Mention, Slot};
use crate::reading::{Plea, Reading, fingerprint, normalise};
use crate::scenario::{Disclosure, Step, Then, Words as PersonaWords};

/// What a customer wants to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Plan {
    /// Opens a turn.
    Say(Words),
    /// Goes, perhaps with the words of this branch.
    Leave { ending: Ending, farewell: Option<usize> },
}

/// What a turn says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Words {
    /// The step at hand, perhaps behind the words of a branch.
    Step { lead: Option<usize> },
    /// The step at hand once more.
    StepAgain,
    /// The step at hand, which was put on another channel before.
    StepElsewhere,
    /// What the bot asked for.
    Give(Vec<Slot>),
    /// The words of a branch.
    Branch(usize),
    /// What a model wrote; `opens_step` when it is the first about the step at hand.
    Told { words: String, opens_step: bool },
}

/// The same answer this often in a row means that the bot goes round in circles.
const LOOP: u8 = 3;

impl Customer {
    /// What the customer does about this answer, the limits on turns and patience with loops included.
    pub(super) fn plan(&mut self, cast: &Cast, answer: &str, now: Duration) -> Plan {
        let plan = self.wish(cast, answer, now);
        self.within_limits(cast, plan)
    }

    /// What a model that plays the customer says, within the same limits.
    pub(super) fn plan_told(&mut self, cast: &Cast, told: Told) -> Plan {
        let plan = match told {
            Told::Done => leave(Ending::GoalMet),
            Told::GiveUp => leave(Ending::BotFailed),
            Told::Say { words, step } => {
                let opens_step = step.is_some_and(|step| step != self.step);
                self.step = step.unwrap_or(self.step);
                Plan::Say(Words::Told { words, opens_step })
            }
        };
        self.within_limits(cast, plan)
    }

    fn within_limits(&self, cast: &Cast, plan: Plan) -> Plan {
        let leaves_the_bot = matches!(
            plan,
            Plan::Leave {
                ending: Ending::HandedOff | Ending::BotFailed,
                ..
            }
        );
        if self.echo.times >= LOOP && !leaves_the_bot {
            return leave(Ending::Loop);
        }
        match plan {
            Plan::Say(_) if self.turn >= cast.goal(self.goal).max_turns => leave(Ending::MaxTurns),
            plan => plan,
        }
    }

    fn wish(&mut self, cast: &Cast, answer: &str, now: Duration) -> Plan {
        let reading = cast.reader.read(answer);
        if let Some(branch) = self.first_fit(cast, (answer, now), &reading) {
            return self.follow(cast, branch);
        }
        if !reading.asks_for.is_empty() {
            return self.give(cast, reading.asks_for);
        }
        if reading.fallback && self.wants_an_answer(cast) {
            return self.ask_again(cast);
        }
        if reading.handoff {
            return self.hear_handoff(cast);
        }
        self.advance(cast, None)
    }

    fn first_fit(&mut self, cast: &Cast, (text, now): (&str, Duration), reading: &Reading) -> Option<usize> {
        let goal = cast.goal(self.goal);
        let answer = HeardAnswer {
            text,
            reading,
            reader: &cast.reader,
            person: &self.person(cast),
            truths: &cast.truths,
            said_at: now,
        };
        let conditions = &cast.branches[usize::from(self.goal)];
        let branch = (0..goal.branches.len()).find(|place| {
            self.branch_visits[*place] < goal.branches[*place].max && conditions[*place].holds(&answer)
        })?;
        self.branch_visits[branch] += 1;
        Some(branch)
    }

    fn follow(&mut self, cast: &Cast, place: usize) -> Plan {
        let branch = &cast.goal(self.goal).branches[place];
        let words = branch.say.is_some().then_some(place);
        match (branch.then, words) {
            (Then::Stay, Some(branch)) => Plan::Say(Words::Branch(branch)),
            // With nothing to say of its own, the step stays open by being put again.
            (Then::Stay, None) => self.ask_again(cast),
            (Then::Next, lead) => self.advance(cast, lead),
            (Then::Done, farewell) => Plan::Leave {
                ending: Ending::GoalMet,
                farewell,
            },
            (Then::Leave, farewell) => Plan::Leave {
                ending: Ending::BotFailed,
                farewell,
            },
        }
    }

    /// A bot that asks only for what it has been given is answered as often as a question is put again.
    fn give(&mut self, cast: &Cast, slots: Vec<Slot>) -> Plan {
        let knows_all = slots.iter().all(|slot| self.given.has(*slot));
        if knows_all && !self.has_patience_to_repeat(cast) {
            return leave(Ending::BotFailed);
        }
        Plan::Say(Words::Give(slots))
    }

    /// A thank-you that the bot did not understand is not said again, nor a question that it does not have to know.
    fn wants_an_answer(&self, cast: &Cast) -> bool {
        let step = cast.goal(self.goal).agenda.get(usize::from(self.step));
        matches!(step, Some(Step::Ask(ask)) if !ask.is_out_of_scope())
    }

    fn ask_again(&mut self, cast: &Cast) -> Plan {
        if self.has_patience_to_repeat(cast) {
            Plan::Say(Words::StepAgain)
        } else {
            leave(Ending::BotFailed)
        }
    }

    fn has_patience_to_repeat(&mut self, cast: &Cast) -> bool {
        let has_patience = self.repeats < cast.persona(self.persona).patience.max_repeats;
        self.repeats = self.repeats.saturating_add(1);
        has_patience
    }

    /// A customer who wants the bot's answer says so once.
    fn hear_handoff(&mut self, cast: &Cast) -> Plan {
        if self.accepts_handoff(cast) {
            return leave(Ending::HandedOff);
        }
        if self.refused_handoff {
            return leave(Ending::BotFailed);
        }
        self.refused_handoff = true;
        Plan::Say(Words::StepAgain)
    }

    fn advance(&mut self, cast: &Cast, lead: Option<usize>) -> Plan {
        if usize::from(self.step) + 1 >= cast.goal(self.goal).agenda.len() {
            return Plan::Leave {
                ending: Ending::GoalMet,
                farewell: lead,
            };
        }
        self.step += 1;
        self.repeats = 0;
        Plan::Say(Words::Step { lead })
    }

    /// The words of a turn; what they tell the bot is remembered.
    pub(super) fn words(&mut self, cast: &Cast, words: &Words) -> Text {
        let text = match words {
            Words::Step { lead } => self.step_text(cast, *lead),
            Words::StepAgain => self.step_text_again(cast, phrases::again),
            Words::StepElsewhere => self.step_text_again(cast, phrases::elsewhere),
            Words::Give(slots) => self.given_text(cast, slots),
            Words::Branch(branch) => self.branch_text(cast, *branch),
            Words::Told { words, opens_step } => self.told_text(cast, words, *opens_step),
        };
        if self.person(cast).is_named_in(&text.words) {
            self.tell(Slot::OrderNumber);
        }
        let read = || Plea::of(&normalise(&text.words)).for_a_person;
        self.wants_person |= text.asks_for_person.unwrap_or_else(read);
        text
    }

    fn step_text(&mut self, cast: &Cast, lead: Option<usize>) -> Text {
        let person = self.person(cast);
        let source = Source::Step(self.step);
        let variants = cast.wordings.variants(self.goal, source, person.language);
        self.variant = self.draws(cast, Purpose::Wording).below(variants) as u32;
        let mut text = self.variant_text(cast, source, self.variant);
        if !text.verbatim && self.gives_number_up_front(cast) && !person.is_named_in(&text.words) {
            text.words = phrases::with_order_number(&text.words, &person);
        }
        if let Some(branch) = lead {
            let lead = self.branch_text(cast, branch);
            text.words = joined(&lead.words, &text.words, phrases::joint(person.language));
            text.media = text.media.or(lead.media);
            text.asks_for_person = None;
        }
        text
    }

    fn gives_number_up_front(&self, cast: &Cast) -> bool {
        let step = cast.goal(self.goal).agenda.get(usize::from(self.step));
        let concerns_order = matches!(step, Some(Step::Ask(ask)) if ask.concerns_order);
        let disclosure = cast.persona(self.persona).gives_order_number;
        concerns_order && disclosure == Disclosure::Upfront && !self.given.has(Slot::OrderNumber)
    }

    /// The question in other words, unless it is a row of a file: another row is another question.
    fn step_text_again(&mut self, cast: &Cast, lead: fn(&PersonaWords, Language, &mut Draws) -> String) -> Text {
        let persona = cast.persona(self.persona);
        let source = Source::Step(self.step);
        let mut draws = self.draws(cast, Purpose::Wording);
        let variants = cast.wordings.variants(self.goal, source, persona.language) as u32;
        let mut text = self.variant_text(cast, source, self.variant);
        if variants > 1 && !text.verbatim {
            let others = draws.below(variants as usize - 1) as u32;
            self.variant = (self.variant + 1 + others) % variants;
            text = self.variant_text(cast, source, self.variant);
        }
        let lead = lead(&persona.words, persona.language, &mut draws);
        // A picture alone is sent again without a word.
        if !text.words.is_empty() {
            text.words.insert_str(0, &lead);
            text.asks_for_person = None;
        }
        text
    }

    fn given_text(&mut self, cast: &Cast, slots: &[Slot]) -> Text {
        let person = self.person(cast);
        let mut draws = self.draws(cast, Purpose::Wording);
        let mut parts = Vec::with_capacity(slots.len());
        for slot in slots {
            parts.push(phrases::give(*slot, self.given.has(*slot), &person, &mut draws));
            self.tell(*slot);
        }
        Text {
            words: parts.join(phrases::joint(person.language)),
            ..Text::default()
        }
    }

    fn tell(&mut self, slot: Slot) {
        let (turn, channel) = (self.turn, self.channel);
        self.given.add(slot, Mention { turn, channel });
    }

    /// What goes along with a step goes along with the first words about it, whoever found them.
    fn told_text(&mut self, cast: &Cast, words: &str, opens_step: bool) -> Text {
        let person = self.person(cast);
        for slot in Slot::ALL {
            if person.fact(slot.word()).is_some_and(|fact| words.contains(&fact)) {
                self.tell(slot);
            }
        }
        let media = cast.wordings.media(self.goal, Source::Step(self.step));
        Text {
            words: words.to_owned(),
            media: media.filter(|_| opens_step),
            ..Text::default()
        }
    }

    pub(super) fn branch_text(&self, cast: &Cast, branch: usize) -> Text {
        let source = Source::Branch(branch);
        let language = cast.persona(self.persona).language;
        let variants = cast.wordings.variants(self.goal, source, language);
        let variant = self.draws(cast, Purpose::Wording).below(variants) as u32;
        self.variant_text(cast, source, variant)
    }

    /// `Cast::new` has seen to it that every step and branch has words in the languages of those who have the goal.
    fn variant_text(&self, cast: &Cast, source: Source, variant: u32) -> Text {
        let person = self.person(cast);
        let text = cast.wordings.say(self.goal, source, variant as usize, &person);
        text.unwrap_or_default()
    }
}

fn joined(first: &str, second: &str, joint: &str) -> String {
    match (first.is_empty(), second.is_empty()) {
        (false, false) => format!("{first}{joint}{second}"),
        _ => format!("{first}{second}"),
    }
}

fn leave(ending: Ending) -> Plan {
    Plan::Leave { ending, farewell: None }
}

impl Echo {
    pub(super) fn hear(&mut self, answer: &str) {
        if answer.is_empty() {
            // A picture: whether it is the same again, nobody here can see.
            self.times = 0;
            return;
        }
        let fingerprint = fingerprint(answer);
        let is_same = self.times > 0 && self.fingerprint == fingerprint;
        self.times = if is_same { self.times.saturating_add(1) } else { 1 };
        self.fingerprint = fingerprint;
    }
}
