//! The first contact: one conversation per channel before the load, so that a wrong address or secret is told in words
//! and not as a run full of failures.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::LocalSet;
use tokio::time::Instant;

use super::diagnosis::Patient;
use super::{Options, RehearsalError};
use crate::channel::{ChannelError, Line, Wiring};
use crate::conversation::{Event, Language, Outcome, Turn};
use crate::engine::{self, Clock, Control, Settings, Timer};
use crate::scenario::{Channel, Mix, Scenario};
use crate::simulation::{Arrival, Cast};

mod words;

pub(super) use words::calls_in_words;

/// Customers of the first contact count down from here, so that no customer of the run shares their number.
const FIRST_CUSTOMER: u64 = 999_999_999;
/// First contacts keep to the numbers from here on.
const LOWEST_CUSTOMER: u64 = 999_000_000;
/// A bot that fails now and then may still be rehearsed: it must answer one of so many customers.
const TRIES: usize = 3;
/// Nobody waits for the thoughts of a customer who only tests the line.
const PACE: f64 = 1_000.0;
/// They have said what they have to say after this time at the latest.
const TYPING: Duration = Duration::from_secs(5);

/// True for the number of a customer who only tested the line and is in none of a run's figures.
pub fn is_first_contact(customer: u64) -> bool {
    (LOWEST_CUSTOMER..=FIRST_CUSTOMER).contains(&customer)
}

/// One line per channel, on this thread.
pub(super) fn open_lines(scenario: &Scenario, wirings: &[Wiring]) -> Result<Vec<Rc<Line>>, RehearsalError> {
    let lines = scenario.channels.iter().zip(wirings).map(|(channel, wiring)| {
        let line = Line::open(channel, wiring);
        line.map(Rc::new).map_err(|source| RehearsalError::Channel {
            channel: channel.name.clone(),
            source,
        })
    });
    lines.collect()
}

/// Holds the handshake of every channel that has one and is used.
pub(super) async fn shake_hands(
    scenario: &Scenario,
    wirings: &[Wiring],
    lines: &[Rc<Line>],
) -> Result<(), RehearsalError> {
    for place in channels_in_use(scenario) {
        if let Err(source) = lines[place].shake_hands().await {
            return Err(no_handshake(&scenario.channels[place], &wirings[place], source));
        }
    }
    Ok(())
}

fn no_handshake(channel: &Channel, wiring: &Wiring, source: ChannelError) -> RehearsalError {
    let name = channel.name.clone();
    let (ChannelError::Handshake { reason, .. } | ChannelError::NobodyThere { reason, .. }) = &source else {
        return RehearsalError::Channel { channel: name, source };
    };
    let found = patient(channel, wiring).after_handshake(reason);
    RehearsalError::Handshake {
        channel: name,
        place: found.place_in_words(Language::En),
        cause: found.cause(Language::En),
        remedy: found.remedy(Language::En),
    }
}

/// A channel whose bot no interceptor leads here.
fn patient<'a>(channel: &'a Channel, wiring: &'a Wiring) -> Patient<'a> {
    Patient {
        channel,
        target: &wiring.target,
        office: wiring.office.as_deref(),
        is_intercepted: false,
    }
}

/// Holds every channel's handshake, then one turn with one customer per channel, and says what it is at: the deadline may be long.
pub(super) async fn make_contact(
    scenario: &Scenario,
    wirings: &[Wiring],
    options: &Options,
    control: &Control,
) -> Result<(), RehearsalError> {
    let lines = open_lines(scenario, wirings)?;
    let cast = Cast::new(Arc::new(hurried(scenario)))?;
    let mut silent = channels_in_use(scenario);
    if let Some(told) = words::beginning(&cast.scenario, &silent, options.language) {
        (options.announce)(&told);
    }
    shake_hands(scenario, wirings, &lines).await?;
    for attempt in 1..=TRIES {
        let arrivals = arrivals(&cast.scenario, &silent, attempt - 1);
        let turns = first_turns(&cast, &lines, arrivals, control).await?;
        let its_turn = |channel: usize| turns.iter().find(|turn| usize::from(turn.labels.channel) == channel);
        silent.retain(|channel| {
            let turn = its_turn(*channel);
            let channel = &scenario.channels[*channel];
            let has_answered = turn.is_some_and(|turn| has_answered(turn, channel));
            if has_answered && turn.is_some_and(|turn| turn.outcome == Outcome::Empty) {
                (options.announce)(&words::said_nothing(channel, options.language));
            }
            !has_answered
        });
        let Some(channel) = silent.first().copied() else {
            return Ok(());
        };
        if attempt == TRIES {
            return Err(no_answer(
                &scenario.channels[channel],
                &wirings[channel],
                its_turn(channel),
            ));
        }
        for channel in &silent {
            let channel = (&scenario.channels[*channel], its_turn(*channel));
            (options.announce)(&words::again(channel, attempt + 1, options.language));
        }
    }
    Ok(())
}

/// The same scenario for customers who only test the line: nobody waits for their thoughts, and a short run's end does not
/// cut a slow bot's answer off.
pub(super) fn hurried(scenario: &Scenario) -> Scenario {
    let deadlines = scenario.channels.iter().map(|channel| channel.deadline);
    let listens = deadlines
        .map(|deadline| deadline.reply.get() + deadline.grace.get())
        .max();
    let mut quick = scenario.clone();
    quick.file.pace = PACE;
    quick.drain = listens.unwrap_or_default() + TYPING;
    // Somebody writes on every channel, also where nobody begins, and stays there.
    for switch in std::mem::take(&mut quick.switches) {
        if let Some(first) = quick
            .mix
            .first()
            .copied()
            .filter(|_| !begins_on(&quick, usize::from(switch.to)))
        {
            quick.mix.push(Mix {
                channel: switch.to,
                share: 0.0,
                ..first
            });
        }
    }
    quick
}

/// The places of the channels that customers use: not those whose share is 0, unless somebody switches to them.
pub(super) fn channels_in_use(scenario: &Scenario) -> Vec<usize> {
    let channels = 0..scenario.channels.len();
    let is_switched_to = |channel: usize| {
        let mut switches = scenario.switches.iter();
        switches.any(|switch| usize::from(switch.to) == channel && switch.share > 0.0)
    };
    channels
        .filter(|channel| begins_on(scenario, *channel) || is_switched_to(*channel))
        .collect()
}

fn begins_on(scenario: &Scenario, channel: usize) -> bool {
    scenario.mix.iter().any(|mix| usize::from(mix.channel) == channel)
}

pub(super) fn arrivals(scenario: &Scenario, channels: &[usize], attempt: usize) -> Vec<Arrival> {
    let customers = channels.iter().enumerate().filter_map(|(position, channel)| {
        let mix = scenario
            .mix
            .iter()
            .position(|mix| usize::from(mix.channel) == *channel)?;
        let number = (attempt * channels.len().max(scenario.channels.len()) + position) as u64;
        let customer = FIRST_CUSTOMER - number;
        Some(Arrival {
            customer,
            due_at: Duration::ZERO,
            mix: u16::try_from(mix).ok()?,
            phase: 0,
        })
    });
    customers.collect()
}

pub(super) async fn first_turns(
    cast: &Cast,
    lines: &[Rc<Line>],
    arrivals: Vec<Arrival>,
    control: &Control,
) -> Result<Vec<Turn>, RehearsalError> {
    let mut turns = Vec::new();
    let mut keep = |event: Event| {
        if let Event::TurnClosed(turn) = event {
            turns.push(*turn);
        }
    };
    let settings = Settings {
        timer: Timer::Fine,
        max_turns: Some(1),
    };
    let clock = Clock::starting_at(Instant::now());
    let playing = engine::run(cast, lines, arrivals.into_iter(), clock, control, settings, &mut keep);
    LocalSet::new().run_until(playing).await?;
    Ok(turns)
}

/// A channel works when the bot says anything, however late, or acknowledges as the profile says; what that is worth is for the run
/// to tell. A bot that says it by calls and makes none may be calling elsewhere, and one that says it where nobody reads would have a
/// run full of nothing.
pub(super) fn has_answered(turn: &Turn, channel: &Channel) -> bool {
    match turn.outcome {
        Outcome::Answered | Outcome::Late | Outcome::PlaceholderOnly => true,
        Outcome::Empty => channel.profile.serve.is_none() && turn.trouble.is_none(),
        _ => false,
    }
}

pub(super) fn no_answer(channel: &Channel, wiring: &Wiring, turn: Option<&Turn>) -> RehearsalError {
    RehearsalError::NoAnswer {
        remedy: patient(channel, wiring).after_turn(turn).remedy(Language::En),
        channel: channel.name.clone(),
        target: wiring.target.clone(),
        outcome: turn.map_or(Outcome::Silent, |turn| turn.outcome),
        trouble: words::trouble(channel, wiring.office.as_deref(), turn),
    }
}
