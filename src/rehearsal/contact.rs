//! The first contact: one conversation per channel before the load, so that a wrong address or secret is told in words
//! and not as a run full of failures.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::LocalSet;
use tokio::time::Instant;

use super::RehearsalError;
use super::diagnosis::Patient;
use crate::channel::{ChannelError, Line, Office, Wiring};
use crate::conversation::{Event, Language, Outcome, Turn};
use crate::engine::{self, Clock, Control, Settings, Timer};
use crate::scenario::{Channel, Mix, Scenario};
use crate::simulation::{Arrival, Cast};

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

/// Holds every channel's handshake, then one turn with one customer per channel.
pub(super) async fn make_contact(
    scenario: &Scenario,
    wirings: &[Wiring],
    control: &Control,
) -> Result<(), RehearsalError> {
    let lines = open_lines(scenario, wirings)?;
    shake_hands(scenario, wirings, &lines).await?;
    let cast = Cast::new(Arc::new(hurried(scenario)))?;
    let mut silent = channels_in_use(scenario);
    for attempt in 0..TRIES {
        let arrivals = arrivals(&cast.scenario, &silent, attempt);
        let turns = first_turns(&cast, &lines, arrivals, control).await?;
        silent.retain(|channel| {
            let says_by_calls = scenario.channels[*channel].profile.serve.is_some();
            !turns
                .iter()
                .any(|turn| usize::from(turn.labels.channel) == *channel && has_answered(turn, says_by_calls))
        });
        let last = silent.first().and_then(|channel| {
            turns
                .into_iter()
                .find(|turn| usize::from(turn.labels.channel) == *channel)
        });
        match (silent.first(), last) {
            (None, _) => return Ok(()),
            (Some(channel), turn) if attempt + 1 == TRIES => {
                return Err(no_answer(scenario, *channel, &wirings[*channel], turn));
            }
            _ => {}
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

/// A channel works when the bot says anything, however late or empty; what that is worth is for the run to tell. A bot that
/// says it by calls and makes none may be calling elsewhere.
pub(super) fn has_answered(turn: &Turn, says_by_calls: bool) -> bool {
    match turn.outcome {
        Outcome::Answered | Outcome::Late | Outcome::PlaceholderOnly => true,
        Outcome::Empty => !says_by_calls,
        _ => false,
    }
}

pub(super) fn no_answer(scenario: &Scenario, channel: usize, wiring: &Wiring, turn: Option<Turn>) -> RehearsalError {
    let outcome = turn.as_ref().map_or(Outcome::Silent, |turn| turn.outcome);
    let patient = patient(&scenario.channels[channel], wiring);
    RehearsalError::NoAnswer {
        remedy: patient.after_turn(turn.as_ref()).remedy(Language::En),
        channel: scenario.channels[channel].name.clone(),
        target: wiring.target.clone(),
        outcome,
        trouble: turn
            .and_then(|turn| turn.trouble)
            .unwrap_or_else(|| match &wiring.office {
                Some(office) => calls_in_words(office),
                None if scenario.channels[channel].profile.phone.is_some() => "nobody picked up in time".to_owned(),
                None => in_words(outcome).to_owned(),
            }),
    }
}

/// What a bot that was to reply by calls called instead.
pub(super) fn calls_in_words(office: &Office) -> String {
    let counts = office.counts();
    let refused: Vec<String> = counts
        .refused
        .iter()
        .chain(&counts.faults)
        .map(|(error, count)| format!("`{error}` ({count} times)"))
        .collect();
    let url = office.url();
    match (counts.calls, refused.is_empty()) {
        (0, _) => format!("it called nothing at {url}: is that the base URL of the platform's API in its settings?"),
        (calls, true) => format!("it made {calls} calls at {url}, but none that brings a reply"),
        (calls, false) => format!(
            "it made {calls} calls at {url}, and was refused with {}{}",
            refused.join(", "),
            match counts.unknown_routes.is_empty() {
                true => String::new(),
                false => format!(" ({})", counts.unknown_routes.join(", ")),
            }
        ),
    }
}

fn in_words(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Silent => "it said nothing until the deadline",
        Outcome::Truncated => "the reply broke off",
        Outcome::CutShort => "this machine could not send the message",
        _ => "it gave no usable reply",
    }
}
