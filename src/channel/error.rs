//! Why a channel cannot be used.

use std::net::{IpAddr, SocketAddr};

use super::secrets::Secrets;
use crate::network::EndpointError;
use crate::scenario::Channel;
use crate::wire::CompileError;

/// Why a channel cannot be used: we could not measure.
#[derive(Debug, thiserror::Error)]
pub enum ChannelError {
    /// A template, selector or header of the profile is not valid.
    #[error(
        "channel `{channel}`: profile `{profile}` cannot be used: {source}; correct this key (docs/CHANNELS.md has the rules)"
    )]
    Profile {
        /// The channel.
        channel: String,
        /// Its profile.
        profile: String,
        /// Where and why.
        source: CompileError,
    },
    /// The profile needs a setting that the scenario does not give.
    #[error("channel `{channel}`: setting `{setting}` is missing{}; give it under `channels.{channel}.settings`", described(.description))]
    MissingSetting {
        /// The channel.
        channel: String,
        /// The setting.
        setting: String,
        /// What the profile says about it.
        description: String,
    },
    /// A setting names an environment variable that is not set.
    #[error(
        "channel `{channel}`: setting `{setting}` needs the environment variable `{variable}`, which is not set; set it with `export {variable}=...`"
    )]
    MissingVariable {
        /// The channel.
        channel: String,
        /// The setting.
        setting: String,
        /// The variable.
        variable: String,
    },
    /// The target is no URL, or nobody said that messages may go there.
    #[error("channel `{channel}`: `target`: {source}")]
    Target {
        /// The channel.
        channel: String,
        /// What is wrong with it.
        source: EndpointError,
    },
    /// Connections were to leave from an address that this machine does not have.
    #[error(
        "channel `{channel}`: connections cannot leave from {address}: {reason}; name addresses of this machine under `channels.{channel}.source_addresses` (`ip addr` lists them)"
    )]
    SourceAddress {
        /// The channel.
        channel: String,
        /// The address.
        address: IpAddr,
        /// What the system says.
        reason: String,
    },
    /// There are no certificates to check a server's with.
    #[error(
        "channel `{channel}`: this machine has no root certificates for https ({reason}); install them (`apt install ca-certificates`) or name a file in SSL_CERT_FILE"
    )]
    NoRootCertificates {
        /// The channel.
        channel: String,
        /// What was found instead.
        reason: String,
    },
    /// The platform's API cannot be served.
    #[error(
        "the platform's API cannot be served on {address}: {reason}; name another address of this machine with `--serve` (`--serve 127.0.0.1:0` takes a free port)"
    )]
    Serve {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        reason: String,
    },
    /// Bots' calls cannot be intercepted.
    #[error(
        "calls cannot be intercepted on {address}: {reason}; `--intercept 127.0.0.1:8899` takes that port of this machine, and a channel must have a profile with `serve.hosts`"
    )]
    Intercept {
        /// The address.
        address: SocketAddr,
        /// What is in the way.
        reason: String,
    },
    /// The target of a telephone line is none.
    #[error("channel `{channel}`: `target`: {reason}")]
    Telephone {
        /// The channel.
        channel: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The program that makes calls is not there.
    #[error(
        "channel `{channel}`: `{program}`, which makes its calls, is not on this machine; install SIPp (`apt install sip-tester`, else https://sipp.sourceforge.net), or name it under `phone.program` in the profile"
    )]
    Program {
        /// The channel.
        channel: String,
        /// The program.
        program: String,
    },
    /// Nobody can be called at a telephone line's target.
    #[error("channel `{channel}`: no call to {line} can be made: {reason}; start the server, or correct `target`")]
    NobodyThere {
        /// The channel.
        channel: String,
        /// Where.
        line: String,
        /// What the system says.
        reason: String,
    },
    /// The handshake before the load failed.
    #[error(
        "channel `{channel}`: handshake with {url} failed: {reason}; check that the bot is up, and that its secrets equal `channels.{channel}.settings`"
    )]
    Handshake {
        /// The channel.
        channel: String,
        /// Where it went, without the query.
        url: String,
        /// What came back against what was expected.
        reason: String,
    },
}

impl ChannelError {
    /// No reply of the scenario comes by a call.
    pub(crate) fn nothing_to_intercept(address: SocketAddr) -> ChannelError {
        ChannelError::Intercept {
            address,
            reason: "no channel's bot replies by calls".to_owned(),
        }
    }

    /// A profile that cannot be compiled, told without its secrets.
    pub(super) fn profile(channel: &Channel, secrets: &Secrets, error: CompileError) -> ChannelError {
        ChannelError::Profile {
            channel: channel.name.clone(),
            profile: channel.profile.profile.clone(),
            source: CompileError {
                reason: secrets.all_words(&error.reason),
                ..error
            },
        }
    }
}

fn described(description: &str) -> String {
    match description.is_empty() {
        true => String::new(),
        false => format!(" ({description})"),
    }
}
