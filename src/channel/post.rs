//! The way to a bot: requests on pooled connections, with the platform's redeliveries.

use bytes::Bytes;
use http::Request;
use http_body_util::Full;
use tokio_rustls::rustls::RootCertStore;

use super::afterwards::Afterwards;
use super::body::Patience;
use super::connection::Connector;
use super::delivery::{self, Delivered, Delivery, Ear, Fetched};
use super::pool::Pool;
use super::sources::Sources;
use super::{ChannelError, Ended, Finish, Outgoing, Wiring, now_ms, retry};
use crate::network::Endpoint;
use crate::scenario::{Channel, Limits, Retry};
use crate::wire::{Plan, RenderError, Rendered, Scope};

pub(super) struct Post {
    retry: Retry,
    limits: Limits,
    pool: Pool,
    afterwards: Option<Afterwards>,
}

impl Post {
    /// The way to the host of `url`.
    pub(super) fn open(
        channel: &Channel,
        url: &str,
        wiring: &Wiring,
        roots: impl FnOnce() -> Result<RootCertStore, String>,
    ) -> Result<Post, ChannelError> {
        let connector = connector(channel, url, wiring, roots)?;
        Ok(Post {
            retry: channel.profile.retry.clone(),
            limits: channel.profile.limits.clone(),
            pool: Pool::new(connector, channel.connection),
            afterwards: Afterwards::of(&channel.profile, &wiring.hang_ups),
        })
    }

    pub(super) fn connector(&self) -> &Connector {
        self.pool.connector()
    }

    /// Closes this customer's own connection, if they have one.
    pub(super) fn hang_up(&self, customer: u64) {
        self.pool.hang_up(customer);
    }

    /// Sends the profile's request for this message, with the platform's redeliveries.
    pub(super) async fn deliver(
        &self,
        plan: &Plan,
        message: &Outgoing,
        scope: &mut Scope,
        ear: &mut Ear<'_>,
    ) -> Finish {
        let finish = retry::deliveries(&self.retry, message.give_up_at, async |attempt, reason| {
            scope.set_retry(attempt - 1, reason);
            match self.request(plan, attempt, scope) {
                Err(delivered) => delivered,
                Ok(request) => self.delivery(message).deliver(request, plan.reply(), ear).await,
            }
        })
        .await;
        if let Some(afterwards) = &self.afterwards
            && finish.deliveries > 0
        {
            afterwards.delivered(finish.ended == Ended::Complete);
        }
        finish
    }

    /// The request of this attempt, which counts from 1.
    fn request(&self, plan: &Plan, attempt: u16, scope: &mut Scope) -> Result<Box<Request<Full<Bytes>>>, Delivered> {
        let refreshed = match attempt {
            1 => Ok(()),
            _ => plan.refresh(scope, now_ms()),
        };
        self.fit(refreshed.and_then(|()| plan.render(scope)))
    }

    /// What was rendered as it goes out.
    fn fit(&self, rendered: Result<Rendered, RenderError>) -> Result<Box<Request<Full<Bytes>>>, Delivered> {
        let rendered = rendered.map_err(|error| Delivered::with(Ended::failure(error.to_string())))?;
        delivery::request(self.connector().endpoint(), rendered)
            .map_err(|reason| Delivered::with(Ended::failure(reason)))
    }

    /// Makes a request of its own for this message and gives the whole body of the answer.
    pub(super) async fn fetch(
        &self,
        rendered: Result<Rendered, RenderError>,
        message: &Outgoing,
        ear: &mut Ear<'_>,
    ) -> Result<Fetched, Delivered> {
        let request = self.fit(rendered)?;
        self.delivery(message).fetch(request, ear).await
    }

    /// True when the profile's platform would try again after what ended so.
    pub(super) fn tries_again(&self, delivered: &Delivered) -> bool {
        delivered.again.is_some_and(|reason| self.retry.on.contains(&reason))
    }

    fn delivery(&self, message: &Outgoing) -> Delivery<'_> {
        Delivery {
            pool: &self.pool,
            customer: message.id.customer,
            patience: Patience::start(&self.limits, message.give_up_at),
            afterwards: self.afterwards.as_ref(),
        }
    }
}

/// What opens connections to the host of `url`, for this channel.
pub(super) fn connector(
    channel: &Channel,
    url: &str,
    wiring: &Wiring,
    roots: impl FnOnce() -> Result<RootCertStore, String>,
) -> Result<Connector, ChannelError> {
    let endpoint = Endpoint::allowed(url, &wiring.allowed_hosts).map_err(|source| ChannelError::Target {
        channel: channel.name.clone(),
        source,
    })?;
    let sources = sources(channel, &endpoint, wiring.loopback_sources)?;
    Connector::new(endpoint, sources, roots).map_err(|reason| ChannelError::NoRootCertificates {
        channel: channel.name.clone(),
        reason,
    })
}

/// Where the channel's connections leave from.
fn sources(channel: &Channel, endpoint: &Endpoint, loopback: u8) -> Result<Sources, ChannelError> {
    if channel.source_addresses.is_empty() && endpoint.is_here() && !endpoint.host.contains(':') {
        return Ok(Sources::loopback(loopback));
    }
    Sources::named(&channel.source_addresses).map_err(|(address, error)| ChannelError::SourceAddress {
        channel: channel.name.clone(),
        address,
        reason: error.to_string(),
    })
}
