//! `throng audit`: the claims of a finished run that are false or must not be said.

use std::path::Path;

use throng::archive::{self, Wanted};
use throng::conversation::Language;
use throng::report::{self, Style};
use throng::scenario::{LoadOptions, load};

use super::args::{AuditArguments, AuditFormat};
use super::console::{may_colour, print, width};
use super::exit_code::ExitCode;
use super::failure::Failure;
use super::report::{invalid, run_folder};

pub(crate) fn audit(arguments: &AuditArguments, language: Language) -> Result<ExitCode, Failure> {
    let folder = run_folder(arguments.run.as_deref())?;
    let run = archive::read_run(&folder).map_err(invalid)?;
    if let Some(phase) = &arguments.phase {
        known("phase", phase, run.by_phase.keys().map(String::as_str))?;
    }
    if let Some(fact) = &arguments.fact {
        known_fact(&folder, fact)?;
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
        AuditFormat::Csv => {
            report::audit_csv(&audit.claims).map_err(|error| Failure::from_error(ExitCode::Internal, &error))?
        }
        AuditFormat::Json => {
            report::audit_json(&run, &audit).map_err(|error| Failure::from_error(ExitCode::Internal, &error))?
        }
    };
    print(&text)?;
    Ok(ExitCode::Held)
}

/// A fact of the run's scenario or one of its forbidden claims. A scenario that this version cannot read any longer does
/// not keep its claims from being listed.
fn known_fact(folder: &Path, fact: &str) -> Result<(), Failure> {
    let path = folder.join("scenario.yaml");
    let Ok(scenario) = load(&path.to_string_lossy(), &LoadOptions::default()) else {
        return Ok(());
    };
    let facts = scenario.knowledge.fact_names();
    let forbidden = scenario.knowledge.forbidden.iter().map(|claim| claim.name.as_str());
    known(
        "fact or forbidden claim",
        fact,
        facts.iter().map(String::as_str).chain(forbidden),
    )
}

fn known<'a>(what: &str, name: &str, mut all: impl Iterator<Item = &'a str> + Clone) -> Result<(), Failure> {
    let everything = all.clone();
    if all.any(|one| one == name) {
        return Ok(());
    }
    let listed: Vec<String> = everything.map(|one| format!("`{}`", report::plain(one))).collect();
    let message = format!("no {what} is called `{}`", report::plain(name));
    Err(Failure::new(ExitCode::Invalid, message).hint(format!("there are {}", listed.join(", "))))
}
