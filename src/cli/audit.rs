//! `throng audit`: the claims of a finished run that are false or must not be said.

use throng::archive::{self, Wanted};
use throng::conversation::Language;
use throng::report::{self, Style};

use super::args::{AuditArguments, AuditFormat};
use super::console::{may_colour, print, width};
use super::exit_code::ExitCode;
use super::failure::Failure;
use super::report::{invalid, run_folder};

pub(crate) fn audit(arguments: &AuditArguments, language: Language) -> Result<ExitCode, Failure> {
    let folder = run_folder(arguments.run.as_deref())?;
    let run = archive::read_run(&folder).map_err(invalid)?;
    if let Some(phase) = arguments
        .phase
        .as_ref()
        .filter(|phase| !run.by_phase.contains_key(*phase))
    {
        let phases: Vec<String> = run
            .by_phase
            .keys()
            .map(|phase| format!("`{}`", report::plain(phase)))
            .collect();
        let failure = Failure::new(
            ExitCode::Invalid,
            format!("no phase is called `{}`", report::plain(phase)),
        );
        return Err(failure.hint(format!("there are {}", phases.join(", "))));
    }
    let wanted = Wanted {
        phase: arguments.phase.clone(),
        fact: arguments.fact.clone(),
        unsupported: arguments.unsupported,
    };
    let audit = archive::audit(&folder, &wanted).map_err(invalid)?;
    let text = match arguments.format {
        AuditFormat::Text => {
            let style = Style {
                colour: may_colour(),
                width: width(),
            };
            report::audit_text(&run, &audit, language, style)
        }
        AuditFormat::Csv => report::audit_csv(&audit.claims),
        AuditFormat::Json => {
            report::audit_json(&run, &audit).map_err(|error| Failure::from_error(ExitCode::Internal, &error))?
        }
    };
    print(&text)?;
    Ok(ExitCode::Held)
}
