//! `throng try`: every goal once in each language it comes in, each check with its evidence.

use throng::conversation::Language;
use throng::rehearsal::{self, Cue, Stops, Talk};
use throng::report::{self, Style};
use throng::scenario::{Mix, Scenario};
use throng::verdict::{Trial, TriedConversation};

use super::args::TryArguments;
use super::check::load;
use super::console::{may_colour, print, tell, width};
use super::exit_code::ExitCode;
use super::failure::Failure;
use super::run::{failed, options};
use super::talk::{self, no_such_customer};
use super::{signals, talk::Printer};

/// Customers think and type at least this many times faster: nobody waits for the thoughts of a test.
const PACE: f64 = 20.0;

pub(crate) fn try_goals(arguments: &TryArguments, language: Language) -> Result<ExitCode, Failure> {
    let mut scenario = load(&arguments.scenario)?;
    let mixes = pick(&scenario, arguments);
    if mixes.is_empty() {
        return Err(no_such_customer(&scenario));
    }
    let mut trial = Trial::of(&scenario);
    let planned = mixes.len();
    // Only the channels of these customers are talked to.
    scenario.mix = mixes;
    scenario.phase_shares.clear();
    let cue = Cue {
        mixes: (0..planned).collect(),
        pace: scenario.file.pace.max(PACE),
        makes_contact: true,
    };
    let stops = Stops::default();
    let listening = signals::listen(&stops, Box::new(tell), language);
    listening.map_err(|error| Failure::from_error(ExitCode::Internal, &error))?;
    let mut printer = Printer::new(language, arguments.json);
    let held = rehearsal::talk(
        scenario,
        &cue,
        &options(&arguments.target, language)?,
        &stops,
        &mut |talk| {
            note(&mut trial, &talk);
            printer.show(&talk);
        },
    );
    held.map_err(failed)?;
    printer.finish()?;
    trial.judge(planned);
    print(&match arguments.json {
        true => {
            let json = serde_json::to_string_pretty(&trial);
            json.map_err(|error| Failure::from_error(ExitCode::Internal, &error))?
        }
        false => {
            let style = Style {
                colour: may_colour(),
                width: width(),
            };
            report::trial_terminal(&trial, language, style)
        }
    })?;
    Ok(ExitCode::of_trial(trial.verdict))
}

/// Of the customers that are asked for, the first with each goal and language.
fn pick(scenario: &Scenario, arguments: &TryArguments) -> Vec<Mix> {
    let persona_language = |mix: &Mix| scenario.personas[usize::from(mix.persona)].language;
    let mut seen = Vec::new();
    let mut picked = Vec::new();
    for mix in &scenario.mix {
        let is_asked = talk::agrees(&arguments.channel, &scenario.channels[usize::from(mix.channel)].name)
            && talk::agrees(&arguments.goal, &scenario.goals[usize::from(mix.goal)].goal);
        let kind = (mix.goal, persona_language(mix));
        if is_asked && mix.share > 0.0 && !seen.contains(&kind) {
            seen.push(kind);
            picked.push(*mix);
        }
    }
    picked
}

fn note(trial: &mut Trial, talk: &Talk<'_>) {
    match talk {
        Talk::Begins {
            persona,
            goal,
            channel,
            language,
        } => trial.begin(TriedConversation {
            goal: (*goal).to_owned(),
            persona: (*persona).to_owned(),
            language: *language,
            channel: (*channel).to_owned(),
            ending: None,
            turns: Vec::new(),
        }),
        Talk::Said(_) => {}
        Talk::Scored(turn, score) => trial.add(turn, score),
        Talk::Ended(ending) => trial.end(*ending),
    }
}
