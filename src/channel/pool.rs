//! Who shares a connection.

use std::cell::RefCell;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use bytes::Bytes;
use http_body_util::Full;
use hyper::client::conn::http1::SendRequest;

use super::afterwards::Ours;
use super::connection::{ConnectError, Connection, Connector};
use super::read_clock::ReadClock;
use crate::scenario;

/// Most connections that wait in the pool; more are closed after use.
const MOST_IDLE: usize = 1_024;

/// The connections of one channel on one shard.
pub(super) struct Pool {
    connector: Connector,
    sharing: Sharing,
}

enum Sharing {
    /// The last one used is the next one used, so that those beyond need grow old and are closed by the bot.
    Pooled(RefCell<Vec<Connection>>),
    /// By customer number; nothing while it carries an exchange.
    PerConversation(RefCell<HashMap<u64, Option<Connection>>>),
}

impl Pool {
    pub(super) fn new(connector: Connector, sharing: scenario::Connection) -> Pool {
        Pool {
            connector,
            sharing: match sharing {
                scenario::Connection::Pooled => Sharing::Pooled(RefCell::default()),
                scenario::Connection::PerConversation => Sharing::PerConversation(RefCell::default()),
            },
        }
    }

    pub(super) fn connector(&self) -> &Connector {
        &self.connector
    }

    /// A connection for this customer: an idle one, or a new one.
    pub(super) async fn take(&self, customer: u64) -> Result<Lease<'_>, ConnectError> {
        let claim = self.claim(customer);
        while let Some(mut idle) = self.idle(customer) {
            if idle.sender.ready().await.is_ok() {
                idle.is_reused = true;
                return Ok(Lease {
                    claim,
                    connection: idle,
                });
            }
        }
        // Apart, since it is rare and takes more room than all the rest of an exchange.
        let connection = Box::pin(self.connector.connect()).await?;
        Ok(Lease { claim, connection })
    }

    /// Closes this customer's own connection, if they have one: they have left.
    pub(super) fn hang_up(&self, customer: u64) {
        if let Sharing::PerConversation(own) = &self.sharing {
            own.borrow_mut().remove(&customer);
        }
    }

    fn idle(&self, customer: u64) -> Option<Connection> {
        match &self.sharing {
            Sharing::Pooled(idle) => idle.borrow_mut().pop(),
            Sharing::PerConversation(own) => own.borrow_mut().get_mut(&customer)?.take(),
        }
    }

    /// Registers the customer's connection as in use. A second message while the first is on its way gets a
    /// connection of its own that is closed after it, as HTTP/1 carries one exchange at a time.
    fn claim(&self, customer: u64) -> Claim<'_> {
        let is_extra = match &self.sharing {
            Sharing::Pooled(_) => false,
            Sharing::PerConversation(own) => match own.borrow_mut().entry(customer) {
                Entry::Occupied(entry) => entry.get().is_none(),
                Entry::Vacant(entry) => {
                    entry.insert(None);
                    false
                }
            },
        };
        Claim {
            pool: self,
            customer,
            is_extra,
        }
    }
}

/// A customer's place in the pool while their connection is in use; freed when dropped.
struct Claim<'a> {
    pool: &'a Pool,
    customer: u64,
    is_extra: bool,
}

impl Drop for Claim<'_> {
    fn drop(&mut self) {
        if let Sharing::PerConversation(own) = &self.pool.sharing
            && !self.is_extra
        {
            let mut own = own.borrow_mut();
            if own.get(&self.customer).is_some_and(Option::is_none) {
                own.remove(&self.customer);
            }
        }
    }
}

/// A connection in use. Dropped, it is closed; only `give_back` keeps it.
pub(super) struct Lease<'a> {
    claim: Claim<'a>,
    connection: Connection,
}

impl Lease<'_> {
    pub(super) fn sender(&mut self) -> &mut SendRequest<Full<Bytes>> {
        &mut self.connection.sender
    }

    pub(super) fn read_clock(&self) -> ReadClock {
        self.connection.read_clock.clone()
    }

    /// What is needed to listen on once we have hung up.
    pub(super) fn ours(&self) -> Ours {
        Ours {
            hang_up: self.connection.hang_up.clone(),
            read_clock: self.read_clock(),
        }
    }

    /// True when it carried an exchange before.
    pub(super) fn is_reused(&self) -> bool {
        self.connection.is_reused
    }

    /// Takes a fresh connection in the place of this one.
    pub(super) async fn renew(&mut self) -> Result<(), ConnectError> {
        self.connection = Box::pin(self.claim.pool.connector.connect()).await?;
        Ok(())
    }

    /// Keeps the connection for the next exchange.
    pub(super) fn give_back(self) {
        let Lease { claim, connection } = self;
        if connection.sender.is_closed() {
            return;
        }
        match &claim.pool.sharing {
            Sharing::Pooled(idle) if idle.borrow().len() < MOST_IDLE => idle.borrow_mut().push(connection),
            Sharing::Pooled(_) => {}
            // A customer who has left meanwhile has no entry any more.
            Sharing::PerConversation(own) if !claim.is_extra => {
                own.borrow_mut()
                    .entry(claim.customer)
                    .and_modify(|slot| *slot = Some(connection));
            }
            Sharing::PerConversation(_) => {}
        }
    }
}
