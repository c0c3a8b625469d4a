//! `throng new channel`: a profile drafted from one captured exchange.

use std::fs;
use std::path::Path;

use throng::conversation::Language;
use throng::draft::{Captured, Draft, draft};

use super::args::NewChannelArguments;
use super::console::{print, tell, warn};
use super::exit_code::ExitCode;
use super::failure::Failure;

/// Longest file that is read: no exchange of a customer and a bot is longer.
const LONGEST: u64 = 4 << 20;

pub(crate) fn new_channel(arguments: &NewChannelArguments, language: Language) -> Result<ExitCode, Failure> {
    if let Some(out) = arguments.out.as_deref().filter(|out| out.exists()) {
        let message = format!("cannot write `{}`: it exists", out.display());
        return Err(Failure::new(ExitCode::Invalid, message).hint("name a file that does not exist yet"));
    }
    let (command, answer) = (read(&arguments.from_curl)?, read(&arguments.reply)?);
    let stem = arguments
        .out
        .as_ref()
        .and_then(|out| out.file_stem())
        .and_then(|stem| stem.to_str());
    let drafted = draft(&Captured {
        command: &command,
        answer: &answer,
        text: arguments.text.as_deref(),
        reply: arguments.answer.as_deref(),
        name: stem.unwrap_or("my-bot"),
    })
    .map_err(|error| Failure::from_error(ExitCode::Invalid, &error))?;
    match &arguments.out {
        None => print(&drafted.yaml)?,
        Some(out) => write(out, &drafted.yaml)?,
    }
    drafted.notes.iter().for_each(|note| warn(note, language));
    tell(&next(&drafted, arguments.out.as_deref(), language));
    Ok(ExitCode::Held)
}

fn read(path: &Path) -> Result<String, Failure> {
    let failed = |why: String| Failure::new(ExitCode::Invalid, format!("cannot read `{}`: {why}", path.display()));
    let length = fs::metadata(path).map_err(|error| failed(error.to_string()))?.len();
    if length > LONGEST {
        return Err(failed("it is longer than 4 MiB".to_owned()).hint("capture a single exchange"));
    }
    fs::read_to_string(path).map_err(|error| failed(error.to_string()))
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text)
        .map_err(|error| Failure::new(ExitCode::Invalid, format!("cannot write `{}`: {error}", path.display())))
}

/// How a scenario uses the draft.
fn next(drafted: &Draft, out: Option<&Path>, language: Language) -> String {
    let file = out.map_or_else(|| "my-bot.yaml".to_owned(), |out| out.display().to_string());
    let variables = drafted
        .secrets
        .iter()
        .map(|name| format!("{name}: \"${{{}}}\"", name.to_uppercase()));
    let settings = match drafted.secrets.is_empty() {
        true => String::new(),
        false => format!(", settings: {{{}}}", variables.collect::<Vec<_>>().join(", ")),
    };
    let line = format!(
        "  - web: {{profile: ./{file}, share: 100, target: \"{}\"{settings}}}",
        drafted.target
    );
    match language {
        Language::Zh => format!(
            "草稿（sketch）已完成，请逐项核对。在场景的 channels 下写：\n{line}\n然后用 throng check、throng talk 试一次对话"
        ),
        Language::En => format!(
            "a sketch, to be read line by line; under `channels` of a scenario:\n{line}\nthen `throng check`, and `throng talk` for one conversation"
        ),
    }
}
