//! `throng check --connect`: each channel's handshake and one message, a line for each.

use throng::conversation::Language;
use throng::rehearsal::{self, Connection, Connections, Stops};
use throng::scenario::{Scenario, is_loopback};

use super::args::CheckArguments;
use super::console::{print, tell, warn};
use super::exit_code::ExitCode;
use super::failure::Failure;
use super::run::{failed, options};
use super::signals;

pub(crate) fn connect(
    scenario: &Scenario,
    arguments: &CheckArguments,
    language: Language,
) -> Result<ExitCode, Failure> {
    let options = options(&arguments.target, language)?;
    warn_of_messages(scenario, language);
    let stops = Stops::default();
    let listening = signals::listen(&stops, Box::new(tell), language);
    listening.map_err(|error| Failure::from_error(ExitCode::Internal, &error))?;
    let diagnoses = rehearsal::connect(scenario, &options, &stops).map_err(failed)?;
    let connections = Connections::of(&scenario.file.scenario, &diagnoses, language);
    print(&match arguments.json {
        true => {
            let json = serde_json::to_string_pretty(&connections);
            json.map_err(|error| Failure::from_error(ExitCode::Internal, &error))?
        }
        false => page(&connections, language),
    })?;
    Ok(match connections.are_usable() {
        true => ExitCode::Held,
        false => ExitCode::Unreachable,
    })
}

/// Says before anything leaves this machine that it will, and what that may do.
fn warn_of_messages(scenario: &Scenario, language: Language) {
    for channel in scenario.channels.iter().filter(|channel| !is_loopback(&channel.target)) {
        let (name, target) = (&channel.name, &channel.target);
        warn(
            &match language {
                Language::Zh => format!("渠道 {name}：现在向 {target} 发送一条消息，机器人会像对待真实客户一样处理它"),
                Language::En => format!(
                    "channel {name}: one message now goes to {target}, whose bot may act on it as on a real customer's"
                ),
            },
            language,
        );
    }
}

fn page(connections: &Connections, language: Language) -> String {
    let lines = connections.channels.iter().map(|channel| line(channel, language));
    lines.collect::<Vec<String>>().join("\n")
}

fn line(channel: &Connection, language: Language) -> String {
    let Connection {
        channel: name,
        place,
        cause,
        ..
    } = channel;
    let (mark, colon, arrow) = match (language, channel.is_usable) {
        (Language::Zh, true) => ("可用", "：", "处理："),
        (Language::Zh, false) => ("失败", "：", "处理："),
        (Language::En, true) => ("ok", ": ", "remedy: "),
        (Language::En, false) => ("failed", ": ", "remedy: "),
    };
    let remedy = channel.remedy.as_ref();
    let remedy = remedy.map_or_else(String::new, |remedy| format!("\n  {arrow}{remedy}"));
    format!("{name}{colon}{mark}{colon}{place}{colon}{cause}{remedy}")
}
