//! `throng run`: the rehearsal.

use std::sync::Arc;

use throng::channel::Interception;
use throng::conversation::Language;
use throng::engine::keep_interrupts;
use throng::rehearsal::{self, Finished, Options, RehearsalError, Repetition, Stops};
use throng::report::{self, Style};
use throng::scenario::Workload;
use throng::simulation::Cast;

use super::args::{RunArguments, TargetArguments};
use super::check::{load, warn_of_shortages};
use super::console::{may_colour, print, tell, warn, width};
use super::exit_code::ExitCode;
use super::failure::Failure;
use super::live::Live;
use super::{repeat, signals};

pub(crate) fn run(arguments: &RunArguments, language: Language) -> Result<ExitCode, Failure> {
    let scenario = load(&arguments.scenario)?;
    if !arguments.quiet {
        let cast = Cast::new(Arc::new(scenario.clone()));
        warn_of_shortages(&cast.map_err(|error| failed(error.into()))?, language);
    }
    let stops = Stops::default();
    if scenario.file.workload == Workload::Closed {
        keep_interrupts();
    }
    let mut live = Live::new(arguments.quiet, arguments.no_tui, scenario.channels.len(), language);
    let listening = signals::listen(&stops, live.tell(), language);
    listening.map_err(|error| Failure::from_error(ExitCode::Internal, &error))?;
    let options = Options {
        out: arguments.out.clone(),
        announce: if arguments.quiet { |_| {} } else { tell },
        ..options(&arguments.target, language)?
    };
    if let Some(times) = arguments.repeat {
        let intercepts_anywhere = arguments.target.intercept.is_some_and(|address| address.port() == 0);
        if intercepts_anywhere {
            let message = "`--repeat` with `--intercept` needs a port, since the bot lives on from run to run";
            return Err(Failure::new(ExitCode::Invalid, message).hint("for example `--intercept 127.0.0.1:8899`"));
        }
        let repetition = Repetition {
            scenario: &scenario,
            times,
        };
        let repeated = rehearsal::repeat(repetition, &options, &stops, &mut |progress| {
            repeat::watch(&mut live, times, &progress, language);
        });
        live.clear();
        return repeat::show(arguments, repeated.map_err(failed)?, language);
    }
    let finished = rehearsal::rehearse(scenario, &options, &stops, &mut |snapshot| live.show(snapshot));
    live.clear();
    let finished = finished.map_err(failed)?;
    show(arguments, &finished, language)?;
    Ok(ExitCode::of(finished.run.verdict))
}

/// What all commands that talk to a target ask for.
pub(crate) fn options(target: &TargetArguments, language: Language) -> Result<Options, Failure> {
    let interception = target.intercept.map(Interception::on).transpose();
    Ok(Options {
        allowed_hosts: target.allow_target.iter().map(|host| host.trim().to_owned()).collect(),
        wait_for_target: target.wait_for_target.map(throng::scenario::Span::get),
        serve: target.serve,
        intercept: interception.map_err(|error| Failure::from_error(ExitCode::Invalid, &error))?,
        announce: tell,
        language,
        ..Options::default()
    })
}

/// A rehearsal that could not be held.
pub(crate) fn failed(error: RehearsalError) -> Failure {
    let code = match &error {
        error if error.is_unreachable() => ExitCode::Unreachable,
        error if error.is_invalid() => ExitCode::Invalid,
        RehearsalError::Interrupted => ExitCode::Interrupted,
        RehearsalError::BeyondMemory(_) => ExitCode::Saturated,
        _ => ExitCode::Internal,
    };
    let hint = error.hint();
    let failure = Failure::from_error(code, &error);
    match hint {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}

fn show(arguments: &RunArguments, finished: &Finished, language: Language) -> Result<(), Failure> {
    if arguments.json {
        let json = serde_json::to_string_pretty(&finished.run);
        print(&json.map_err(|error| Failure::from_error(ExitCode::Internal, &error))?)?;
    } else if !arguments.quiet {
        let style = Style {
            colour: may_colour(),
            width: width(),
        };
        print(&report::terminal(&finished.run, &finished.evidence, language, style))?;
    }
    for trouble in &finished.troubles {
        warn(trouble, language);
    }
    if !arguments.quiet {
        let folder = finished.folder.display();
        tell(&match language {
            Language::Zh => format!("\n报告：{folder}/report.html（其余文件在同一目录）"),
            Language::En => format!("\nreport: {folder}/report.html (the other files are beside it)"),
        });
    }
    Ok(())
}
