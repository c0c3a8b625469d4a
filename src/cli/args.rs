//! What can be typed.

mod judge;
mod new;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use throng::conversation::Language;

pub(crate) use judge::JudgeArguments;
pub(crate) use new::{New, NewArguments, NewChannelArguments};

/// Rehearses a sales peak against a customer-service bot: latency, dropped replies and answer quality, under load.
#[derive(Debug, Parser)]
#[command(name = "throng", version = throng::VERSION, max_term_width = 100, disable_help_subcommand = true)]
#[command(after_help = "Start with `throng run singles-day`: it needs no account, no network and no second program.")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Language of what throng says: zh or en [default: from LC_ALL or LANG].
    #[arg(long, global = true, value_name = "LANG")]
    pub(crate) lang: Option<Language>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Rehearse: send the scenario's traffic and report.
    Run(RunArguments),
    /// Validate a scenario whole; sends nothing without `--connect`.
    Check(CheckArguments),
    /// Draw the traffic and say what to expect of it; sends nothing.
    Plan(PlanArguments),
    /// Hold every goal's conversation once per language, one after the other, and show each check with its evidence.
    Try(TryArguments),
    /// Hold one conversation and print it as it happens.
    Talk(TalkArguments),
    /// Run the built-in bot alone.
    Bot(BotArguments),
    /// Show a finished run again.
    Report(ReportArguments),
    /// List what the bot said in a finished run that is false or must not be said.
    Audit(AuditArguments),
    /// Have a language model judge a sample of a finished run's answers.
    Judge(JudgeArguments),
    /// Print a JSON Schema, for editors.
    Schema(SchemaArguments),
    /// Write a set of files to start from.
    New(NewArguments),
    /// List what is built in.
    List(ListArguments),
    /// Measure throng's own errors against the built-in bot's truth, and this machine's limits.
    SelfTest(SelfTestArguments),
}

/// A scenario and what to change in it.
#[derive(Debug, Args)]
pub(crate) struct ScenarioArguments {
    /// A scenario file, or the name of a built-in scenario.
    pub(crate) scenario: String,
    /// The endpoint under test, for all channels.
    #[arg(long, value_name = "URL")]
    pub(crate) target: Option<String>,
    /// The endpoint of one channel.
    #[arg(long, value_name = "NAME=URL", value_parser = name_and_value)]
    pub(crate) channel_target: Vec<(String, String)>,
    /// Where all chance comes from.
    #[arg(long, value_name = "NUMBER", value_parser = seed, allow_negative_numbers = true)]
    pub(crate) seed: Option<u64>,
    /// Factor on all rates.
    #[arg(long, value_name = "X", default_value_t = 1.0, allow_negative_numbers = true)]
    pub(crate) scale: f64,
    /// Change a value: a path in the file and a YAML value, as in `traffic.phases.midnight.peak=500/s`.
    #[arg(long, value_name = "PATH=VALUE")]
    pub(crate) set: Vec<String>,
}

/// What talking to a target needs.
#[derive(Debug, Args)]
pub(crate) struct TargetArguments {
    /// Allow messages to this host; loopback is always allowed.
    #[arg(long, value_name = "HOST", env = "THRONG_ALLOW_TARGETS", value_delimiter = ',')]
    pub(crate) allow_target: Vec<String>,
    /// Wait this long for the target to accept connections.
    #[arg(long, value_name = "TIME")]
    pub(crate) wait_for_target: Option<throng::scenario::Span>,
    /// Where the platform's API is served, for bots that reply by calling it; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    pub(crate) serve: std::net::SocketAddr,
    /// For bots that have the platform's host written into their code: a proxy on this address of this machine (port 0
    /// takes a free one) through which their calls come to throng. Prints how to start such a bot.
    #[arg(long, value_name = "ADDRESS", num_args = 0..=1, default_missing_value = "127.0.0.1:0")]
    pub(crate) intercept: Option<std::net::SocketAddr>,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArguments {
    #[command(flatten)]
    pub(crate) scenario: ScenarioArguments,
    /// Then hold every channel's handshake, send one message on each, and say what is wrong.
    #[arg(long)]
    pub(crate) connect: bool,
    /// Print what was found on each channel as JSON (`throng schema check`).
    #[arg(long, requires = "connect")]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) target: TargetArguments,
}

#[derive(Debug, Args)]
pub(crate) struct RunArguments {
    #[command(flatten)]
    pub(crate) scenario: ScenarioArguments,
    #[command(flatten)]
    pub(crate) target: TargetArguments,
    /// The run directory; must be absent or empty [default: results/SCENARIO-TIME].
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Print lines instead of a live picture.
    #[arg(long)]
    pub(crate) no_tui: bool,
    /// Print nothing but errors; the exit code tells.
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// Print run.json (of several runs repeat.json) instead of the summary.
    #[arg(long)]
    pub(crate) json: bool,
    /// Hold this many runs, 2 to 20, each with the next seed, and say how far they lie apart.
    #[arg(long, value_name = "TIMES", value_parser = clap::value_parser!(u32).range(2..=20))]
    pub(crate) repeat: Option<u32>,
}

#[derive(Debug, Args)]
pub(crate) struct PlanArguments {
    #[command(flatten)]
    pub(crate) scenario: ScenarioArguments,
    /// Print the numbers as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct TryArguments {
    #[command(flatten)]
    pub(crate) scenario: ScenarioArguments,
    #[command(flatten)]
    pub(crate) target: TargetArguments,
    /// Only customers of this channel [default: for each goal the first that it comes with].
    #[arg(long, value_name = "NAME")]
    pub(crate) channel: Option<String>,
    /// Only this goal.
    #[arg(long, value_name = "NAME")]
    pub(crate) goal: Option<String>,
    /// Print what was said and found as JSON (`throng schema try`).
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct TalkArguments {
    #[command(flatten)]
    pub(crate) scenario: ScenarioArguments,
    #[command(flatten)]
    pub(crate) target: TargetArguments,
    /// The channel to talk on [default: the first].
    #[arg(long, value_name = "NAME")]
    pub(crate) channel: Option<String>,
    /// The persona who talks [default: the first that fits].
    #[arg(long, value_name = "NAME")]
    pub(crate) persona: Option<String>,
    /// The goal they have [default: the first that fits].
    #[arg(long, value_name = "NAME")]
    pub(crate) goal: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct BotArguments {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    pub(crate) listen: std::net::SocketAddr,
    /// Whose knowledge, capacity and faults to use: a scenario file or the name of a built-in.
    #[arg(long, default_value = "singles-day")]
    pub(crate) scenario: String,
    /// Change a value of the scenario, as in `bot.workers=8`.
    #[arg(long, value_name = "PATH=VALUE")]
    pub(crate) set: Vec<String>,
    /// Messages worked on at once.
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..), allow_negative_numbers = true)]
    pub(crate) workers: Option<u32>,
    /// Messages that may wait for a worker.
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    pub(crate) queue: Option<u32>,
    /// How long a message takes, always.
    #[arg(long, value_name = "TIME")]
    pub(crate) service_time: Option<throng::scenario::Span>,
    /// A fault and its chance per message, as in `wrong_value=0.02`; replaces the scenario's.
    #[arg(long, value_name = "FAULT=CHANCE", value_parser = name_and_value)]
    pub(crate) fault: Vec<(String, String)>,
    /// Where the platform's API is (plain http), as throng prints it. Protocols that reply by calls reply there; channels whose bot
    /// asks for its messages (`telegram-get-updates`) are asked there.
    #[arg(long, value_name = "URL", value_parser = plain_http)]
    pub(crate) platform: Option<String>,
    /// Stop when standard input closes.
    #[arg(long, hide = true)]
    pub(crate) with_parent: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ReportArguments {
    /// A run directory, or that of a run with `--repeat` [default: the newest run under results/].
    pub(crate) run: Option<PathBuf>,
    /// What to print.
    #[arg(long, value_enum, default_value_t = ReportFormat::Terminal)]
    pub(crate) format: ReportFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    Terminal,
    Html,
    Json,
    Junit,
    Markdown,
}

#[derive(Debug, Args)]
pub(crate) struct AuditArguments {
    /// A run directory [default: the newest under results/].
    pub(crate) run: Option<PathBuf>,
    /// What to print.
    #[arg(long, value_enum, default_value_t = AuditFormat::Text)]
    pub(crate) format: AuditFormat,
    /// Only claims in turns that were due in this phase.
    #[arg(long, value_name = "NAME")]
    pub(crate) phase: Option<String>,
    /// Only claims about this fact, or the forbidden claim of this name.
    #[arg(long, value_name = "TOPIC.FACT")]
    pub(crate) fact: Option<String>,
    /// List values of which the scenario says nothing too; they are no failures.
    #[arg(long)]
    pub(crate) unsupported: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AuditFormat {
    Text,
    Csv,
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct SchemaArguments {
    /// scenario, persona, goals, profile, knowledge, rubric, run, repeat, try, check, audit, judge or self-test.
    pub(crate) name: String,
}

#[derive(Debug, Args)]
pub(crate) struct ListArguments {
    /// What to list.
    #[arg(value_enum)]
    pub(crate) what: Listed,
    /// Print as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct SelfTestArguments {
    /// The small matrix: 25 seconds instead of four minutes.
    #[arg(long)]
    pub(crate) quick: bool,
    /// Climb to this many new conversations a second, or to this machine's limit.
    #[arg(long, value_name = "NUMBER", default_value_t = 4_000, conflicts_with = "quick",
          value_parser = clap::value_parser!(u32).range(1..=50_000))]
    pub(crate) rate: u32,
    /// Keep the run of every cell in this folder; must be absent or empty.
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
    /// Print the figures as JSON (`throng schema self-test`).
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Listed {
    Personas,
    Channels,
    Scenarios,
}

fn plain_http(text: &str) -> Result<String, String> {
    let authority = text.strip_prefix("http://").unwrap_or_default();
    match authority.starts_with('/') || authority.is_empty() {
        true => Err(format!(
            "expected a URL such as `http://127.0.0.1:8081`, found `{text}`"
        )),
        false => Ok(text.to_owned()),
    }
}

fn seed(text: &str) -> Result<u64, String> {
    let most = u64::MAX;
    let wanted = |_| format!("expected a whole number from 0 to {most}, found `{text}`");
    text.parse().map_err(wanted)
}

fn name_and_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() && !value.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err(format!("expected NAME=VALUE, found `{text}`")),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Arguments::command().debug_assert();
    }
}
