//! `throng list`: what is built in.

use serde_json::json;
use throng::scenario::built_in::Kind;
use throng::scenario::describe;

use super::args::{ListArguments, Listed};
use super::console::print;
use super::exit_code::ExitCode;
use super::failure::Failure;

pub(crate) fn list(arguments: &ListArguments) -> Result<ExitCode, Failure> {
    let kind = match arguments.what {
        Listed::Personas => Kind::Persona,
        Listed::Channels => Kind::Profile,
        Listed::Scenarios => Kind::Scenario,
    };
    let described = describe(kind);
    let text = match arguments.json {
        true => {
            let items: Vec<_> = described
                .iter()
                .map(|item| {
                    let mut all = json!({"name": item.name, "description": item.description});
                    for (key, value) in &item.details {
                        all[*key] = json!(value);
                    }
                    all
                })
                .collect();
            format!("{:#}", json!(items))
        }
        false => {
            let widest = described.iter().map(|item| item.name.len()).max().unwrap_or(0);
            let lines = described.iter().map(|item| {
                let details: String = item
                    .details
                    .iter()
                    .map(|(key, value)| format!("\n{:widest$}    {key}: {value}", ""))
                    .collect();
                format!("{:widest$}  {}{details}", item.name, item.description)
            });
            lines.collect::<Vec<_>>().join("\n")
        }
    };
    print(&text)?;
    Ok(ExitCode::Held)
}
