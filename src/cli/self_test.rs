//! `throng self-test`: how far throng's own figures are off on this machine, and what limits it here.

mod page;
mod table;
mod words;

use throng::conversation::Language;
use throng::rehearsal::Stops;
use throng::self_test::{self, Progress, SelfTest, SelfTestError, Settings};

use super::args::SelfTestArguments;
use super::check::invalid;
use super::console::{may_colour, page_width, print, tell};
use super::exit_code::ExitCode;
use super::failure::Failure;
use super::run::failed;
use super::signals;
use words::Words;

pub(crate) fn self_test(arguments: &SelfTestArguments, language: Language) -> Result<ExitCode, Failure> {
    let stops = Stops::default();
    signals::listen(&stops, Box::new(tell), language)
        .map_err(|error| Failure::from_error(ExitCode::Internal, &error))?;
    let settings = Settings {
        matrix: match arguments.quick {
            true => self_test::quick(),
            false => self_test::full(f64::from(arguments.rate)),
        },
        out: arguments.out.clone(),
        executable: None,
    };
    let words = Words(language);
    let found = self_test::run(&settings, &stops, &mut |progress| report_progress(progress, words));
    let found = found.map_err(not_held)?;
    print(&text(arguments, &found, words)?)?;
    Ok(ExitCode::of_self_test(found.verdict))
}

fn text(arguments: &SelfTestArguments, found: &SelfTest, words: Words) -> Result<String, Failure> {
    if arguments.json {
        let json = serde_json::to_string_pretty(found);
        return json.map_err(|error| Failure::from_error(ExitCode::Internal, &error));
    }
    Ok(page::page(found, words, page_width(), may_colour()))
}

/// A line when a cell has ended.
fn report_progress(progress: Progress<'_>, words: Words) {
    let line = words.cell_line(progress.cell);
    tell(&format!("[{}/{}] {line}", progress.number, progress.of));
}

fn not_held(error: SelfTestError) -> Failure {
    match error {
        SelfTestError::Rehearsal { source, .. } => failed(*source),
        SelfTestError::Scenario { source, .. } => invalid(&source),
        SelfTestError::Interrupted => Failure::from_error(ExitCode::Interrupted, &error),
        SelfTestError::NotEmpty { .. } => Failure::from_error(ExitCode::Invalid, &error)
            .hint("name a folder that is absent or empty with `--out`, or leave it out"),
        SelfTestError::Write { .. } => Failure::from_error(ExitCode::Invalid, &error)
            .hint("`--out DIR` names another folder; without it, TMPDIR says where temporary files go"),
        _ => Failure::from_error(ExitCode::Internal, &error),
    }
}
