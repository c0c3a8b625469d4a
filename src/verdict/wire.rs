//! What `run.json` tells of the wire beside the turns: questions that failed there, calls at the platforms, sockets, hang-ups.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// All of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WireNumbers {
    /// Questions that the bot turned away or that broke on the wire, by channel.
    pub failures: BTreeMap<String, Vec<FailureNumbers>>,
    /// What the bot called at the platforms, by channel.
    pub platforms: BTreeMap<String, PlatformNumbers>,
    /// What was asked of the interceptor, if there was one.
    pub intercepted: Option<InterceptedNumbers>,
    /// What happened to customers' sockets beside the turns, by channel.
    pub sockets: BTreeMap<String, CustomerSocketNumbers>,
    /// What became of deliveries on which a platform hung up, by channel.
    pub hang_ups: BTreeMap<String, HangUpNumbers>,
}

/// Questions of one channel that failed in the same way. With all of its ways they are its turns that are `refused`, `http_error` or
/// `connection_lost`, warm-up left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct FailureNumbers {
    /// The status that the bot answered; `null` where none came, or not as the reason.
    pub status: Option<u16>,
    /// What it points to, a word of `throng check --connect --json`; `null` on telephone lines.
    pub finding: Option<String>,
    /// How many.
    pub turns: u64,
}

/// What the bot called at one platform's API during the load.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct PlatformNumbers {
    /// All calls.
    pub calls: u64,
    /// Replies that were handed to their customers.
    pub replies: u64,
    /// Replies to customers who had left for good.
    pub to_nobody: u64,
    /// Calls that bring replies but had neither text nor anything else to show.
    pub without_text: u64,
    /// How often what customers sent beside words was fetched.
    pub fetched: u64,
    /// Pictures, voice messages and videos that were uploaded.
    pub uploads: u64,
    /// Tokens that were given out.
    pub tokens: u64,
    /// Calls that asked for messages.
    pub asked: u64,
    /// Calls and frames that were refused for what the bot did, by the error that they were answered; `expired_token` are those
    /// that showed a token of this run which had expired, whatever the platform says then.
    pub refused: BTreeMap<String, u64>,
    /// Calls that were refused because the channel's `platform_faults` wanted it, by the error; none of `refused`.
    #[serde(default)]
    pub faults: BTreeMap<String, u64>,
    /// Some of the calls that no route takes.
    pub unknown_routes: Vec<String>,
    /// The sockets of a bot that dials in; null for others.
    pub sockets: Option<SocketNumbers>,
}

/// The sockets of a bot that dials in, and what became of the messages on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct SocketNumbers {
    /// Sockets that the bot opened.
    pub opened: u64,
    /// Sockets that ended before the platform wanted it.
    pub lost: u64,
    /// Deliveries that the bot acknowledged.
    pub acknowledged: u64,
    /// Deliveries that it did not acknowledge in time.
    pub unacknowledged: u64,
    /// Deliveries that found no open socket.
    pub without_socket: u64,
    /// Deliveries whose socket closed before they were acknowledged.
    pub cut_off: u64,
}

/// What the bot asked of the interceptor, from its start on: a host that nobody plays may be asked for before the load.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct InterceptedNumbers {
    /// Tunnels to hosts that throng played, by host.
    pub tunnels: BTreeMap<String, u64>,
    /// Tunnels to hosts that no channel serves, by host: refused, and nothing went out. At most 100 are told apart.
    pub refused: BTreeMap<String, u64>,
    /// Tunnels to any further hosts, refused.
    pub refused_others: u64,
    /// Requests other than CONNECT, refused.
    pub not_connect: u64,
    /// Tunnels that the bot left because it did not trust the certificate.
    pub untrusted: u64,
    /// Tunnels in which no TLS came to be for other reasons.
    pub broken: u64,
}

/// What happened to the sockets of one channel's customers during the load.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct CustomerSocketNumbers {
    /// Sockets that were opened, those that were opened again included.
    pub opened: u64,
    /// Sockets of a conversation that had one before.
    pub reopened: u64,
    /// Sockets that the bot closed, or that broke, while no message waited for an answer. What a message waited for ended
    /// with its turn's outcome.
    pub closed_by_the_bot: u64,
    /// Frames that could not be read while no message waited for an answer.
    pub unreadable: u64,
}

/// Deliveries on a channel whose platform hangs up on a bot that takes too long.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct HangUpNumbers {
    /// Deliveries on which the platform hung up before anything of an answer came.
    pub hung_up: u64,
    /// Of these, those to which the bot replied all the same, while the turn was listened to: no customer saw it, though the bot
    /// believes that it answered.
    pub answered_after: u64,
    /// Of these, those that were not listened to any longer: too many were at once.
    pub unheard: u64,
    /// Replies that the bot gave, in time or after the platform had hung up, by messages; `null` without messages. Above 1 the
    /// bot did its work several times for one message.
    pub answers_per_message: Option<f64>,
}
