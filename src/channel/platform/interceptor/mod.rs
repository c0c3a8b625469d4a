//! A forward proxy for bots that have the platform's host written into their code: their calls to it come to throng instead.
//!
//! ```text
//!  the bot --CONNECT api.weixin.qq.com:443--> Interceptor --> does a channel serve that host?
//!                                               | no: 403; nothing is ever forwarded to the network
//!                                               v yes: 200, then TLS with a certificate of the run's Authority
//!  the bot --POST /cgi-bin/message/...-------> the Offices of that host, as if it had called the platform's address
//! ```
//!
//! One certificate per host that a profile names, made at the start: nothing that a bot asks for makes another. Connections
//! and their heads are bounded as those of the platform's server.

mod authority;
mod counts;
mod tunnel;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio_rustls::TlsAcceptor;

use super::office::Office;
use super::server::{Listening, Server};
use crate::channel::ChannelError;

use authority::Authority;

pub use counts::InterceptedCounts;

/// Where bots' calls are to be intercepted, and in whose name.
#[derive(Debug, Clone)]
pub struct Interception {
    /// An address of this machine; port 0 takes a free one.
    pub address: SocketAddr,
    /// Vouches for the hosts; the same for all runs that one bot is to live through.
    pub authority: Arc<Authority>,
}

impl Interception {
    /// On `address`, with an authority of its own.
    ///
    /// # Errors
    /// When the address is not loopback, or no key can be made.
    pub fn on(address: SocketAddr) -> Result<Interception, ChannelError> {
        let failed = |reason: String| ChannelError::Intercept { address, reason };
        if !address.ip().is_loopback() {
            return Err(failed("it is not an address of this machine alone".to_owned()));
        }
        Ok(Interception {
            address,
            authority: Arc::new(Authority::new().map_err(failed)?),
        })
    }
}

/// A running interceptor, which ends when this is dropped.
#[derive(Debug)]
pub struct Interceptor {
    url: String,
    certificate: String,
    switchboard: Arc<Switchboard>,
    _server: Server,
}

/// Which host leads where, and what came of it.
#[derive(Debug)]
struct Switchboard {
    doors: BTreeMap<String, Arc<Door>>,
    counts: Mutex<InterceptedCounts>,
}

/// The way to the offices of one host.
struct Door {
    acceptor: TlsAcceptor,
    offices: Arc<[Arc<Office>]>,
}

impl Interceptor {
    /// Listens, and leads each host's calls to the offices that serve it.
    ///
    /// # Errors
    /// When the address cannot be had, or no channel names a host.
    pub(super) fn open(interception: &Interception, offices: &[Arc<Office>]) -> Result<Interceptor, ChannelError> {
        let address = interception.address;
        let failed = |reason: String| ChannelError::Intercept { address, reason };
        let mut by_host: BTreeMap<&str, Vec<Arc<Office>>> = BTreeMap::new();
        for office in offices {
            for host in office.hosts() {
                by_host.entry(host).or_default().push(Arc::clone(office));
            }
        }
        if by_host.is_empty() {
            return Err(failed(
                "no channel's profile names hosts under `serve.hosts`".to_owned(),
            ));
        }
        let doors = by_host.into_iter().map(|(host, offices)| {
            let acceptor = interception.authority.acceptor(host)?;
            let offices = offices.into();
            Ok((host.to_owned(), Arc::new(Door { acceptor, offices })))
        });
        let switchboard = Arc::new(Switchboard {
            doors: doors.collect::<Result<_, String>>().map_err(failed)?,
            counts: Mutex::default(),
        });
        let listening = Listening::on(address).map_err(|error| failed(error.to_string()))?;
        let bound = listening.address().map_err(|error| failed(error.to_string()))?;
        let attending = Arc::clone(&switchboard);
        let server = listening.serve("interceptor", move |stream| {
            tunnel::attend(stream, Arc::clone(&attending))
        });
        Ok(Interceptor {
            url: format!("http://{bound}"),
            certificate: interception.authority.certificate(),
            switchboard,
            _server: server.map_err(|error| failed(error.to_string()))?,
        })
    }

    /// Where bots' proxy settings must lead.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The certificate that bots must trust, in PEM.
    pub fn certificate(&self) -> &str {
        &self.certificate
    }

    /// The hosts that throng plays.
    pub fn hosts(&self) -> impl Iterator<Item = &str> {
        self.switchboard.doors.keys().map(String::as_str)
    }

    /// Those of them at which several channels are served: of the channels that could take a call, the first does.
    pub fn shared_hosts(&self) -> impl Iterator<Item = &str> {
        let doors = self.switchboard.doors.iter();
        doors
            .filter(|(_, door)| door.offices.len() > 1)
            .map(|(host, _)| host.as_str())
    }

    /// What bots asked for since the start.
    pub fn counts(&self) -> InterceptedCounts {
        self.switchboard.lock().clone()
    }
}

impl Switchboard {
    fn door(&self, host: &str) -> Option<Arc<Door>> {
        self.doors.get(host).cloned()
    }

    fn count(&self, change: impl FnOnce(&mut InterceptedCounts)) {
        change(&mut self.lock());
    }

    fn lock(&self) -> MutexGuard<'_, InterceptedCounts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for Door {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Door to {} offices", self.offices.len())
    }
}
