//! Single conversations for people to read: no load, no run directory, every word as it happens.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::LocalSet;
use tokio::time::Instant;

use super::contact::{has_answered, make_contact, no_answer, open_lines, shake_hands};
use super::platforms::Platforms;
use super::played::Playwright;
use super::temporary::TemporaryFile;
use super::{Options, RehearsalError, Stops, await_bots, contact_control, target, unless_stopped, wirings};
use crate::channel::{Line, Wiring};
use crate::conversation::{Ending, Event, Language, Outcome, Turn};
use crate::engine::{self, Audience, Clock, Glimpse, Settings};
use crate::quality::{Memory, Scorer, TurnScore};
use crate::scenario::{self, Scenario};
use crate::simulation::{Arrival, Cast};

/// Nobody reads on for longer.
const LONGEST_TALK: Duration = Duration::from_secs(3_600);

/// Which conversations to hold, one after the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Cue {
    /// Places in [`Scenario::mix`].
    pub mixes: Vec<usize>,
    /// How many times faster the customers think and type.
    pub pace: f64,
    /// Whether every channel must answer a first contact before, as before a load; without, what happens is told as it is,
    /// and it is an error when the bot never answered at all.
    pub makes_contact: bool,
}

/// What happens in a conversation.
#[derive(Debug)]
pub enum Talk<'a> {
    /// A customer arrives.
    Begins {
        /// Who.
        persona: &'a str,
        /// What they want.
        goal: &'a str,
        /// Where.
        channel: &'a str,
        /// The language they write.
        language: Language,
    },
    /// Somebody said something.
    Said(Glimpse<'a>),
    /// A turn is closed and scored.
    Scored(&'a Turn, &'a TurnScore),
    /// The conversation is over.
    Ended(Ending),
}

/// Holds the conversations of `cue` and tells everything to `observer`.
///
/// # Errors
/// When a conversation could not be held, or no turn of any brought an answer. A bot that fails sometimes is data, not an error.
pub fn talk(
    mut scenario: Scenario,
    cue: &Cue,
    options: &Options,
    stops: &Stops,
    observer: &mut dyn FnMut(Talk<'_>),
) -> Result<(), RehearsalError> {
    let file = TemporaryFile::with(&scenario::to_yaml(&scenario), "yaml").map_err(RehearsalError::Runtime)?;
    scenario.file.pace = cue.pace;
    scenario.drain = LONGEST_TALK;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(RehearsalError::Runtime)?;
    let platforms = Platforms::open(&scenario, options)?;
    let _certificate = platforms.let_bots_in_for_a_while(options)?;
    runtime.block_on(async {
        let executable = target::executable(options).map_err(RehearsalError::Runtime)?;
        let preparing = target::Targets::prepare(&scenario, &executable, file.path(), platforms.url());
        let targets = unless_stopped(stops, preparing).await?;
        unless_stopped(stops, await_bots(&scenario, options, &targets, &platforms)).await?;
        let wirings = wirings(&targets.urls, &options.allowed_hosts, &platforms);
        let lines = reach(&scenario, &wirings, cue, options, stops).await?;
        let cast = Cast::new(Arc::new(scenario))?;
        let playwright = Playwright::start(&cast.scenario, &options.allowed_hosts)?;
        let scorer = Scorer::new(Arc::clone(&cast.scenario))?;
        let mut heard = Heard::default();
        for (customer, place) in (0_u64..).zip(&cue.mixes) {
            if stops.gently.is_cancelled() {
                break;
            }
            let mut listener = Listener {
                scenario: &cast.scenario,
                scorer: &scorer,
                memory: Memory::default(),
                heard: &mut heard,
                observer: &mut *observer,
            };
            begin(&cast.scenario, *place, &mut listener);
            let arrival = Arrival {
                customer,
                due_at: Duration::ZERO,
                mix: u16::try_from(*place).unwrap_or(0),
                phase: 0,
            };
            let start = Instant::now();
            targets.tell_of_the_load(start);
            let clock = Clock::starting_at(start);
            let (arrivals, mut control) = ([arrival].into_iter(), contact_control(stops));
            control.author = playwright.as_ref().map(|playwright| playwright.author.clone());
            let playing = engine::run(
                &cast,
                &lines,
                arrivals,
                clock,
                &control,
                Settings::default(),
                &mut listener,
            );
            LocalSet::new().run_until(playing).await?;
        }
        match cue.makes_contact || stops.gently.is_cancelled() {
            true => Ok(()),
            false => heard.anything(&cast.scenario, &wirings),
        }
    })
}

/// A line for each channel, once its bot is there as far as the cue wants to know.
async fn reach(
    scenario: &Scenario,
    wirings: &[Wiring],
    cue: &Cue,
    options: &Options,
    stops: &Stops,
) -> Result<Vec<Rc<Line>>, RehearsalError> {
    let lines = open_lines(scenario, wirings)?;
    let begun = async {
        match cue.makes_contact {
            true => make_contact(scenario, wirings, options, &contact_control(stops)).await,
            false => shake_hands(scenario, wirings, &lines).await,
        }
    };
    unless_stopped(stops, begun).await?;
    Ok(lines)
}

/// Whether the bot ever answered.
#[derive(Default)]
struct Heard {
    is_answered: bool,
    last: Option<Turn>,
}

impl Heard {
    fn take(&mut self, turn: Turn, scenario: &Scenario) {
        let channel = &scenario.channels[usize::from(turn.labels.channel)];
        // Who took the message and said nothing may go on to answer the next one.
        self.is_answered |= turn.outcome != Outcome::Empty && has_answered(&turn, channel);
        self.last = Some(turn);
    }

    /// An error where no turn was answered.
    fn anything(self, scenario: &Scenario, wirings: &[Wiring]) -> Result<(), RehearsalError> {
        match self.last {
            Some(turn) if !self.is_answered => {
                let channel = usize::from(turn.labels.channel);
                Err(no_answer(&scenario.channels[channel], &wirings[channel], Some(&turn)))
            }
            _ => Ok(()),
        }
    }
}

fn begin(scenario: &Scenario, place: usize, listener: &mut Listener<'_>) {
    let mix = scenario.mix[place];
    (listener.observer)(Talk::Begins {
        persona: &scenario.personas[usize::from(mix.persona)].persona,
        goal: &scenario.goals[usize::from(mix.goal)].goal,
        channel: &scenario.channels[usize::from(mix.channel)].name,
        language: scenario.personas[usize::from(mix.persona)].language,
    });
}

struct Listener<'a> {
    scenario: &'a Scenario,
    scorer: &'a Scorer,
    memory: Memory,
    heard: &'a mut Heard,
    observer: &'a mut dyn FnMut(Talk<'_>),
}

impl Audience for Listener<'_> {
    fn event(&mut self, event: Event) {
        match event {
            Event::TurnClosed(turn) => {
                let score = self.scorer.score(&turn, &mut self.memory);
                (self.observer)(Talk::Scored(&turn, &score));
                self.heard.take(*turn, self.scenario);
            }
            Event::Ended { ending, .. } => (self.observer)(Talk::Ended(ending)),
            _ => {}
        }
    }

    fn glimpse(&mut self, glimpse: Glimpse<'_>) {
        (self.observer)(Talk::Said(glimpse));
    }
}
