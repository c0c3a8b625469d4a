//! What can be typed behind `throng new`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(crate) struct NewArguments {
    /// A folder that does not exist yet, or an empty one.
    #[arg(required = true)]
    pub(crate) dir: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) what: Option<New>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum New {
    /// Draft a channel profile from one captured exchange.
    Channel(NewChannelArguments),
}

#[derive(Debug, Args)]
pub(crate) struct NewChannelArguments {
    /// A file with the curl command of a request that carried a customer's message: "Copy as cURL (bash)" in a browser.
    #[arg(long, value_name = "FILE")]
    pub(crate) from_curl: PathBuf,
    /// A file with the answer to it: JSON, XML, server-sent events, lines of JSON, or text.
    #[arg(long, value_name = "FILE")]
    pub(crate) reply: PathBuf,
    /// What the customer wrote, where it is not to be guessed.
    #[arg(long)]
    pub(crate) text: Option<String>,
    /// What the bot said, where it is not to be guessed.
    #[arg(long, value_name = "TEXT")]
    pub(crate) answer: Option<String>,
    /// The file to write, which must not exist; its name is the profile's. Without it, the draft is printed.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}
