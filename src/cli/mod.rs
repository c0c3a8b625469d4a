//! The command line: one file per command. The library does not know it.

mod args;
mod audit;
mod bot;
mod check;
mod connect;
mod console;
mod exit_code;
mod failure;
mod judge;
mod list;
mod live;
mod new;
mod new_channel;
mod plan;
mod repeat;
mod report;
mod run;
mod schema;
mod self_test;
mod signals;
mod talk;
mod try_goals;

use std::process::ExitCode as ProcessCode;

use clap::Parser;
use clap::error::ErrorKind;

use args::{Arguments, Command};
use console::{language, print, tell};
use exit_code::ExitCode;
use failure::Failure;

/// Parses, runs, prints the error; the exit code says how it went.
pub(crate) fn main() -> ProcessCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    match dispatch(arguments) {
        Ok(code) => code.into(),
        Err(failure) => {
            tell(&failure.to_string());
            failure.code().into()
        }
    }
}

fn dispatch(arguments: Arguments) -> Result<ExitCode, Failure> {
    let language = language(arguments.lang);
    match arguments.command {
        Command::Run(arguments) => run::run(&arguments, language),
        Command::Check(arguments) => check::check(&arguments, language),
        Command::Plan(arguments) => plan::plan(&arguments, language),
        Command::Try(arguments) => try_goals::try_goals(&arguments, language),
        Command::Talk(arguments) => talk::talk(&arguments, language),
        Command::Bot(arguments) => bot::bot(&arguments, language),
        Command::Report(arguments) => report::report(&arguments, language),
        Command::Audit(arguments) => audit::audit(&arguments, language),
        Command::Judge(arguments) => judge::judge(&arguments, language),
        Command::Schema(arguments) => schema::schema(&arguments),
        Command::New(arguments) => new::new(&arguments, language),
        Command::List(arguments) => list::list(&arguments, language),
        Command::SelfTest(arguments) => self_test::self_test(&arguments, language),
    }
}

/// Help and version are data; a mistake in the usage is exit 104, as for a scenario.
fn usage(error: &clap::Error) -> ProcessCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => match print(&error.to_string()) {
            Ok(()) => ExitCode::Held.into(),
            Err(failure) => failure.code().into(),
        },
        _ => {
            tell(error.to_string().trim_end());
            ExitCode::Invalid.into()
        }
    }
}
