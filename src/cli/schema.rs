//! `throng schema`: JSON Schemas, for editors and for those who read `run.json`.

use super::args::SchemaArguments;
use super::console::print;
use super::exit_code::ExitCode;
use super::failure::Failure;

const NAMES: &str =
    "scenario, persona, goals, profile, knowledge, rubric, run, repeat, try, check, audit, judge, self-test";

pub(crate) fn schema(arguments: &SchemaArguments) -> Result<ExitCode, Failure> {
    let schema = match arguments.name.as_str() {
        "run" => Some(throng::verdict::run_schema()),
        "audit" => Some(throng::report::audit_schema()),
        "judge" => Some(throng::verdict::judged::judged_schema()),
        "repeat" => Some(throng::verdict::repeat_schema()),
        "check" => Some(throng::rehearsal::connections_schema()),
        "try" => Some(throng::verdict::trial_schema()),
        "self-test" => Some(throng::self_test::schema()),
        name => throng::scenario::schema(name),
    };
    let schema = schema.ok_or_else(|| {
        let message = format!("there is no schema `{}`", arguments.name);
        Failure::new(ExitCode::Invalid, message).hint(format!("the schemas are {NAMES}"))
    })?;
    print(&format!("{schema:#}"))?;
    Ok(ExitCode::Held)
}
