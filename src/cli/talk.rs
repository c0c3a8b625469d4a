//! `throng talk` and `throng try`: single conversations, printed as they happen.

use std::time::Duration;

use throng::conversation::{MessageKind, ReplyKind, Turn};
use throng::engine::Glimpse;
use throng::quality::{Finding, TurnScore};
use throng::rehearsal::{self, Cue, Stops, Talk};
use throng::scenario::{Metric, Scenario};

use super::args::{TalkArguments, TryArguments};
use super::check::load;
use super::console::{print, tell};
use super::exit_code::ExitCode;
use super::failure::Failure;
use super::run::{failed, options};
use super::signals;

pub(crate) fn talk(arguments: &TalkArguments) -> Result<ExitCode, Failure> {
    let scenario = load(&arguments.scenario)?;
    let place = pick(&scenario, arguments)?;
    let cue = Cue {
        mixes: vec![place],
        pace: scenario.file.pace,
    };
    hold(scenario, cue, &options(&arguments.target))
}

/// Every goal once, on every channel that it comes with first; customers do not keep the tester waiting for their thoughts.
pub(crate) fn try_goals(arguments: &TryArguments) -> Result<ExitCode, Failure> {
    let scenario = load(&arguments.scenario)?;
    let mut goals = Vec::new();
    let mut mixes = Vec::new();
    for (place, mix) in scenario.mix.iter().enumerate() {
        if mix.share > 0.0 && !goals.contains(&mix.goal) {
            goals.push(mix.goal);
            mixes.push(place);
        }
    }
    let cue = Cue {
        mixes,
        pace: scenario.file.pace.max(20.0),
    };
    hold(scenario, cue, &options(&arguments.target))
}

fn pick(scenario: &Scenario, arguments: &TalkArguments) -> Result<usize, Failure> {
    let agrees = |wanted: &Option<String>, name: &str| wanted.as_deref().is_none_or(|wanted| wanted == name);
    let found = scenario.mix.iter().position(|mix| {
        agrees(&arguments.channel, &scenario.channels[usize::from(mix.channel)].name)
            && agrees(&arguments.persona, &scenario.personas[usize::from(mix.persona)].persona)
            && agrees(&arguments.goal, &scenario.goals[usize::from(mix.goal)].goal)
    });
    found.ok_or_else(|| {
        let kinds: Vec<String> = scenario
            .mix
            .iter()
            .map(|mix| {
                let goal = &scenario.goals[usize::from(mix.goal)].goal;
                let persona = &scenario.personas[usize::from(mix.persona)].persona;
                format!(
                    "{persona} / {goal} / {}",
                    scenario.channels[usize::from(mix.channel)].name
                )
            })
            .collect();
        Failure::new(ExitCode::Invalid, "no customer of the scenario is like that")
            .hint(format!("persona / goal / channel are:\n  {}", kinds.join("\n  ")))
    })
}

fn hold(scenario: Scenario, cue: Cue, options: &rehearsal::Options) -> Result<ExitCode, Failure> {
    let stops = Stops::default();
    signals::listen(&stops, Box::new(tell)).map_err(|error| Failure::from_error(ExitCode::Internal, &error))?;
    let mut broken_pipe = None;
    let mut say = |text: String| {
        if broken_pipe.is_none() {
            broken_pipe = print(&text).err();
        }
    };
    rehearsal::talk(scenario, &cue, options, &stops, &mut |talk| match talk {
        Talk::Begins { persona, goal, channel } => say(format!("--- {persona} wants {goal} on {channel}")),
        Talk::Said(glimpse) => say(line(glimpse)),
        Talk::Scored(turn, score) => say(scored(turn, score)),
        Talk::Ended(ending) => say(format!("--- {}\n", ending.word())),
    })
    .map_err(failed)?;
    match broken_pipe {
        Some(failure) => Err(failure),
        None => Ok(ExitCode::Held),
    }
}

fn line(glimpse: Glimpse<'_>) -> String {
    let (who, note, text, at) = match glimpse {
        Glimpse::Sent { kind, text, at } => {
            let note = match kind {
                MessageKind::Utterance => "",
                MessageKind::Nudge => " (nudge)",
                MessageKind::Farewell => " (farewell)",
            };
            ("customer", note, text, at)
        }
        Glimpse::Came { kind, text, at } => {
            let note = match kind {
                ReplyKind::Substantive => "",
                ReplyKind::Holding => " (holding)",
                ReplyKind::Truncated => " (truncated)",
            };
            ("bot", note, text, at)
        }
    };
    format!("{:>8.2} s  {who}{note}: {}", at.as_secs_f64(), printable(text))
}

fn scored(turn: &Turn, score: &TurnScore) -> String {
    let time = turn.reply_time().map_or_else(
        || "never".to_owned(),
        |time: Duration| format!("{:.0} ms", time.as_secs_f64() * 1_000.0),
    );
    let mut text = format!("            turn {}: {}, {time}", turn.number, turn.outcome.word());
    if let Some(trouble) = &turn.trouble {
        text += &format!(" ({})", printable(trouble));
    }
    for (check, finding) in Metric::CHECKS.iter().zip(&score.findings) {
        match finding {
            Finding::Pass => text += &format!("\n              {check}: pass"),
            Finding::Fail(evidence) => {
                text += &format!("\n              {check}: FAIL, {}", printable(&evidence.words))
            }
            Finding::Unscored => {}
        }
    }
    text
}

/// Text of a bot, fit for a terminal: no control characters, no changes of direction.
fn printable(text: &str) -> String {
    throng::report::plain(text)
}
