//! Plays the platforms: serves the APIs that bots call to reply, to get tokens, and to ask for their messages.
//!
//! ```text
//!                     Server (a thread of its own, one address for all channels)
//!  the bot --call-->    | finds the Office whose route takes the call; the call is stamped when it was read
//!                       v
//!                     Office (one a channel): token, quota, faults, whose reply it is
//!                       |-- Called --> the customer's shard (whoever `attend`s to them)
//!                       |-- answer --> the bot
//!                       |-- Mailbox: messages that the bot asks for
//!                       +-- Sockets: those that the bot opened, to which messages go; each has a task on this thread
//! ```
//!
//! A bot that has the platform's host written into its code comes through the [`Interceptor`] to the same offices.
//!
//! Whatever a bot sends is bounded: connections, sockets, heads, bodies and frames by the server, replies under way to the shards by the
//! office, which lets the bot's calls wait and loses none.

mod counts;
mod guests;
mod interceptor;
mod mailbox;
mod office;
mod rules;
mod server;
mod socket;
mod sockets;
mod tokens;

use std::net::SocketAddr;
use std::sync::Arc;

pub use counts::{PlatformCounts, SocketCounts};
pub use guests::{Called, Listener};
pub use interceptor::{InterceptedCounts, Interception, Interceptor};
pub(super) use mailbox::Slip;
pub use office::Office;
pub(super) use sockets::{Acknowledged, Fate};

use server::{Listening, Server};

use super::ChannelError;
use crate::scenario::{Scenario, Serve};

/// The platforms of a scenario, served until this is dropped.
#[derive(Debug)]
pub struct Platform {
    url: String,
    offices: Vec<Option<Arc<Office>>>,
    _server: Server,
}

impl Platform {
    /// Listens on `address` (port 0: any free one) and serves the API of every channel that has one, and what customers send beside words;
    /// nothing if there is neither.
    ///
    /// # Errors
    /// When the address cannot be had, or a channel's `serve` is not valid.
    pub fn open(scenario: &Scenario, address: SocketAddr) -> Result<Option<Platform>, ChannelError> {
        let of_media_alone = Serve::of_media_alone();
        let serves: Vec<Option<&Serve>> = (0..)
            .zip(&scenario.channels)
            .map(|(place, channel)| {
                let own = channel.profile.serve.as_ref();
                own.or_else(|| scenario.brings_media_to(place).then_some(&of_media_alone))
            })
            .collect();
        if serves.iter().all(Option::is_none) {
            return Ok(None);
        }
        let failed = |reason: std::io::Error| ChannelError::Serve {
            address,
            reason: reason.to_string(),
        };
        let listening = Listening::on(address).map_err(failed)?;
        let url = format!("http://{}", listening.address().map_err(failed)?);
        let offices = scenario.channels.iter().zip(serves).map(|(channel, serve)| {
            let open = |serve| Office::open(channel, serve, scenario, &url).map(Arc::new);
            serve.map(open).transpose()
        });
        let offices: Vec<Option<Arc<Office>>> = offices.collect::<Result<_, _>>()?;
        let served: Arc<[Arc<Office>]> = offices.iter().flatten().map(Arc::clone).collect();
        let server = listening.serve("platform", move |stream| server::talk(stream, Arc::clone(&served)));
        let server = server.map_err(failed)?;
        Ok(Some(Platform {
            url,
            offices,
            _server: server,
        }))
    }

    /// Where all of it is served, without a slash at the end. Below `/CHANNEL` only that channel's API is.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Every channel's office, in the scenario's order.
    pub fn offices(&self) -> impl Iterator<Item = Option<&Arc<Office>>> {
        self.offices.iter().map(Option::as_ref)
    }

    /// The office of the channel with this place, if it has one.
    pub fn office(&self, channel: usize) -> Option<&Arc<Office>> {
        self.offices.get(channel)?.as_ref()
    }

    /// Takes in the calls that bots make to the platforms' own hosts.
    ///
    /// # Errors
    /// When the address cannot be had, or no channel's profile names a host.
    pub fn intercept(&self, interception: &Interception) -> Result<Interceptor, ChannelError> {
        let offices: Vec<Arc<Office>> = self.offices.iter().flatten().map(Arc::clone).collect();
        Interceptor::open(interception, &offices)
    }
}
