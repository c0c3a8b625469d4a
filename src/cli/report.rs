//! `throng report`: shows a finished run again, in any format.

use std::path::{Path, PathBuf};

use throng::archive;
use throng::conversation::Language;
use throng::report::{self, Style};
use throng::verdict::Repeat;

use super::args::{ReportArguments, ReportFormat};
use super::console::{may_colour, print, width};
use super::exit_code::ExitCode;
use super::failure::Failure;

/// Where runs are looked for when none is named.
pub(super) const RESULTS: &str = "results";

/// A run that cannot be read is a mistake of the usage.
pub(super) fn invalid(error: archive::ArchiveError) -> Failure {
    let failure = Failure::from_error(ExitCode::Invalid, &error);
    match error.hint() {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}

pub(crate) fn report(arguments: &ReportArguments, language: Language) -> Result<ExitCode, Failure> {
    let folder = run_folder(arguments.run.as_deref())?;
    if let Some(repeat) = archive::read_repeat(&folder).map_err(invalid)? {
        print(&of_repeat(&repeat, &folder, arguments.format, language)?)?;
        return Ok(ExitCode::Held);
    }
    let run = archive::read_run(&folder).map_err(invalid)?;
    let evidence = archive::evidence(&folder).map_err(invalid)?;
    let internal = |error: report::ReportError| Failure::from_error(ExitCode::Internal, &error);
    let text = match arguments.format {
        ReportFormat::Terminal => report::terminal(&run, &evidence, language, style()),
        ReportFormat::Html => report::html(&run, &evidence, language).map_err(internal)?,
        ReportFormat::Json => {
            serde_json::to_string_pretty(&run).map_err(|error| Failure::from_error(ExitCode::Internal, &error))?
        }
        ReportFormat::Junit => String::from_utf8_lossy(&report::junit(&run, language).map_err(internal)?).into_owned(),
        ReportFormat::Markdown => report::markdown(&run, &evidence, language),
    };
    print(&text)?;
    Ok(ExitCode::Held)
}

/// The run directory that was named, else the newest.
pub(crate) fn run_folder(named: Option<&Path>) -> Result<PathBuf, Failure> {
    match named {
        Some(folder) => Ok(folder.to_owned()),
        None => archive::latest(Path::new(RESULTS)).map_err(invalid),
    }
}

fn style() -> Style {
    Style {
        colour: may_colour(),
        width: width(),
    }
}

/// What several runs say together. Pages and test reports are made of each run alone.
fn of_repeat(repeat: &Repeat, folder: &Path, format: ReportFormat, language: Language) -> Result<String, Failure> {
    match format {
        ReportFormat::Terminal => Ok(report::repeat_terminal(repeat, language, style())),
        ReportFormat::Markdown => Ok(report::repeat_markdown(repeat, language)),
        ReportFormat::Json => {
            serde_json::to_string_pretty(repeat).map_err(|error| Failure::from_error(ExitCode::Internal, &error))
        }
        ReportFormat::Html | ReportFormat::Junit => {
            let message = format!(
                "`{}` holds several runs; expected the format terminal, json or markdown",
                folder.display()
            );
            let hint = format!("name one of its runs, such as `{}`", folder.join("1").display());
            Err(Failure::new(ExitCode::Invalid, message).hint(hint))
        }
    }
}
