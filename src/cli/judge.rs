//! `throng judge`: a language model judges a sample of a finished run's answers.

use std::path::PathBuf;

use throng::conversation::Language;
use throng::judging::{self, JudgingError, Progress, Settings, Stop};
use throng::model::{Budget, Client, Key, Limits, ModelError, Price};
use throng::rehearsal::Stops;
use throng::report::{self, Style};
use throng::scenario::load_rubric;
use throng::verdict::judged::Judged;

use super::args::JudgeArguments;
use super::check::invalid;
use super::console::{may_colour, print, tell, width};
use super::exit_code::ExitCode;
use super::failure::Failure;
use super::report::run_folder;
use super::signals;

/// A line of progress each time so many more replies were heard.
const TELL_EACH: usize = 20;

pub(crate) fn judge(arguments: &JudgeArguments, language: Language) -> Result<ExitCode, Failure> {
    let folder = run_folder(arguments.run.as_deref())?;
    let settings = settings(arguments, folder)?;
    let client = client(arguments).map_err(|error| model_failed(&error))?;
    let stops = Stops::default();
    signals::listen(&stops, Box::new(tell), language)
        .map_err(|error| Failure::from_error(ExitCode::Internal, &error))?;
    let stop = Stop {
        gently: stops.gently.clone(),
        now: stops.now.clone(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::from_error(ExitCode::Internal, &error))?;
    let judged = runtime.block_on(judging::judge(&settings, &client, &stop, &|progress| {
        show(progress, language)
    }));
    let judged = judged.map_err(|error| failed(&error))?;
    print(&text(arguments, &judged, language)?)?;
    let written = settings.out.join("judge.json");
    tell(&match language {
        Language::Zh => format!("\n评审结果：{}", written.display()),
        Language::En => format!("\nwritten: {}", written.display()),
    });
    Ok(ExitCode::of_judged(&judged))
}

fn settings(arguments: &JudgeArguments, folder: PathBuf) -> Result<Settings, Failure> {
    let rubric = load_rubric(&arguments.rubric).map_err(|error| invalid(&error))?;
    let labelled = match &arguments.labelled {
        Some(reference) => judging::labelled(reference, &rubric).map_err(|error| failed(&error))?,
        None => Vec::new(),
    };
    Ok(Settings {
        out: arguments.out.clone().unwrap_or_else(|| folder.clone()),
        folder,
        rubric,
        labelled,
        per_stratum: arguments.sample,
        most_failures: arguments.failures,
        seed: arguments.seed,
        gates: arguments.gate.clone(),
        concurrency: arguments.concurrency,
    })
}

fn client(arguments: &JudgeArguments) -> Result<Client, ModelError> {
    let key = Key::from_environment(arguments.key_variable.as_deref(), |name| std::env::var(name).ok())?;
    let allowed: Vec<String> = arguments
        .allow_target
        .iter()
        .map(|host| host.trim().to_owned())
        .collect();
    let limits = Limits {
        tokens: arguments.budget_tokens,
        money: arguments.budget_money,
    };
    let price = Price {
        input_per_million: arguments.price_in,
        output_per_million: arguments.price_out,
    };
    let client = Client::new(&arguments.endpoint, &arguments.model, key, &allowed)?;
    Ok(client.with_budget(Budget::new(limits, price)))
}

fn show(progress: Progress, language: Language) {
    let Progress { done, of } = progress;
    if done % TELL_EACH == 0 || done == of {
        tell(&match language {
            Language::Zh => format!("已评审 {done}/{of}"),
            Language::En => format!("judged {done} of {of}"),
        });
    }
}

fn text(arguments: &JudgeArguments, judged: &Judged, language: Language) -> Result<String, Failure> {
    if arguments.json {
        let json = serde_json::to_string_pretty(judged);
        return json.map_err(|error| Failure::from_error(ExitCode::Internal, &error));
    }
    let style = Style {
        colour: may_colour(),
        width: width(),
    };
    Ok(report::judged(judged, language, style))
}

fn failed(error: &JudgingError) -> Failure {
    match error {
        JudgingError::Model(error) => model_failed(error),
        JudgingError::Archive(error) => {
            let failure = Failure::from_error(ExitCode::Invalid, error);
            match error.hint() {
                Some(hint) => failure.hint(hint),
                None => failure,
            }
        }
        JudgingError::NothingToJudge { .. } => {
            Failure::from_error(ExitCode::Invalid, error).hint("run the scenario again with `--set transcripts=sample`")
        }
        JudgingError::LabelledRow { .. } => Failure::from_error(ExitCode::Invalid, error)
            .hint("the columns are question, reply, criterion, label (pass or fail), language (zh or en)"),
        _ => Failure::from_error(ExitCode::Invalid, error),
    }
}

/// A model that cannot be asked: a mistake of ours, or a target that cannot be reached.
fn model_failed(error: &ModelError) -> Failure {
    let code = match error {
        ModelError::Endpoint(_)
        | ModelError::NoKey { .. }
        | ModelError::KeyNotForAHeader { .. }
        | ModelError::Budget(_) => ExitCode::Invalid,
        _ => ExitCode::Unreachable,
    };
    Failure::from_error(code, error)
}
