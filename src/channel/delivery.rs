//! One delivery of a message: a request, and what comes of it.

use bytes::Bytes;
use http::header::{HOST, LOCATION};
use http::response::Parts;
use http::{Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::client::conn::TrySendError;
use indexmap::IndexMap;
use serde_json::Value;
use tokio::time::{Instant, timeout_at};

use super::afterwards::{Afterwards, Answering};
use super::body::{Body, Patience, RanOut, words};
use super::connection::ConnectError;
use super::pool::{Lease, Pool};
use super::secrets::Secrets;
use super::{Ended, Signal, response, stream};
use crate::network::Endpoint;
use crate::scenario::RetryOn;
use crate::wire::{Rendered, ReplyPlan};

/// What came of one delivery.
#[derive(Debug, PartialEq)]
pub(super) struct Delivered {
    pub(super) ended: Ended,
    /// Why a platform would deliver again.
    pub(super) again: Option<RetryOn>,
}

impl Delivered {
    /// An end that is final for every platform.
    pub(super) fn with(ended: Ended) -> Delivered {
        Delivered { ended, again: None }
    }

    pub(super) fn lost(reason: String) -> Delivered {
        Delivered {
            ended: Ended::ConnectionLost(reason),
            again: Some(RetryOn::Connection),
        }
    }

    pub(super) fn silent(ran_out: RanOut) -> Delivered {
        Delivered {
            ended: Ended::Silent,
            again: (ran_out == RanOut::Platform).then_some(RetryOn::Timeout),
        }
    }
}

impl From<ConnectError> for Delivered {
    fn from(error: ConnectError) -> Delivered {
        match error {
            ConnectError::Lost(reason) => Delivered::lost(reason),
            ConnectError::Hindered(by, words) => Delivered::with(Ended::Hindered { by, words }),
        }
    }
}

/// A read answer: what came of it, and whether its connection can carry another one.
pub(super) struct Read {
    pub(super) delivered: Delivered,
    pub(super) is_reusable: bool,
}

/// Passes signals on; the first sign of life only once, and replies without the secrets that a bot may repeat.
pub(super) struct Ear<'a> {
    heard: &'a mut dyn FnMut(Signal),
    secrets: &'a Secrets,
    /// Captured values, where the exchange itself goes on with them.
    kept: Option<IndexMap<String, Value>>,
    is_alive: bool,
}

impl<'a> Ear<'a> {
    pub(super) fn new(heard: &'a mut dyn FnMut(Signal), secrets: &'a Secrets) -> Ear<'a> {
        Ear {
            heard,
            secrets,
            kept: None,
            is_alive: false,
        }
    }

    /// From here on, captured values are kept for [`kept`](Ear::kept) too.
    pub(super) fn keep(&mut self) {
        self.kept = Some(IndexMap::new());
    }

    /// What was captured since.
    pub(super) fn kept(&mut self) -> IndexMap<String, Value> {
        self.kept.take().unwrap_or_default()
    }

    pub(super) fn hear(&mut self, mut signal: Signal) {
        match &mut signal {
            Signal::Reply { text, .. } => self.secrets.blot_out(text),
            Signal::Captured { name, value } => {
                if let Some(kept) = &mut self.kept {
                    kept.insert(name.clone(), value.clone());
                }
            }
            Signal::FirstEvent(_) | Signal::FirstText(_) | Signal::Gaps(_) => {}
        }
        (self.heard)(signal);
    }

    pub(super) fn sign_of_life(&mut self, at: Instant) {
        if !std::mem::replace(&mut self.is_alive, true) {
            self.hear(Signal::FirstEvent(at));
        }
    }
}

/// What a delivery needs beside its request.
pub(super) struct Delivery<'a> {
    pub(super) pool: &'a Pool,
    pub(super) customer: u64,
    pub(super) patience: Patience,
    /// Listens on once the platform has hung up.
    pub(super) afterwards: Option<&'a Afterwards>,
}

/// A response that has begun.
struct Begun<'a> {
    lease: Lease<'a>,
    head: Parts,
    body: Body,
}

/// A whole body, of a response with a 2xx.
pub(super) struct Fetched {
    pub(super) content_type: String,
    pub(super) body: Vec<u8>,
    pub(super) at: Instant,
}

impl<'a> Delivery<'a> {
    /// Sends the request and reads the answer.
    pub(super) async fn deliver(
        self,
        request: Box<Request<Full<Bytes>>>,
        reply: &ReplyPlan,
        ear: &mut Ear<'_>,
    ) -> Delivered {
        let after = self.afterwards.map(|afterwards| (afterwards, reply));
        let Begun { lease, head, body } = match self.begin(request, after, ear).await {
            Ok(begun) => begun,
            Err(delivered) => return delivered,
        };
        let read = match head.status.is_success() {
            true => read(&head, body, reply, ear).await,
            false => refused(&head, body).await,
        };
        if read.is_reusable {
            lease.give_back();
        }
        read.delivered
    }

    /// Sends the request and reads the whole body of the answer, for whoever wants to know what it says.
    pub(super) async fn fetch(
        self,
        request: Box<Request<Full<Bytes>>>,
        ear: &mut Ear<'_>,
    ) -> Result<Fetched, Delivered> {
        let Begun { lease, head, mut body } = self.begin(request, None, ear).await?;
        if !head.status.is_success() {
            let read = refused(&head, body).await;
            if read.is_reusable {
                lease.give_back();
            }
            return Err(read.delivered);
        }
        let bytes = response::whole(&mut body).await?;
        lease.give_back();
        Ok(Fetched {
            content_type: response::content_type(&head.headers).to_owned(),
            at: body.last_read_at(),
            body: bytes,
        })
    }

    /// Sends the request and waits for the response to begin.
    async fn begin(
        self,
        request: Box<Request<Full<Bytes>>>,
        after: Option<(&Afterwards, &ReplyPlan)>,
        ear: &mut Ear<'_>,
    ) -> Result<Begun<'a>, Delivered> {
        let (by, _) = self.patience.for_head();
        let mut lease = match timeout_at(by, self.pool.take(self.customer)).await {
            Err(_) => {
                let name = self.pool.connector().endpoint().name();
                return Err(Delivered::lost(format!("no connection to {name} in time")));
            }
            Ok(lease) => lease?,
        };
        let response = respond(&mut lease, request, &self.patience, after).await?;
        let read_clock = lease.read_clock();
        ear.sign_of_life(read_clock.last());
        let (head, incoming) = response.into_parts();
        Ok(Begun {
            body: Body::new(incoming, read_clock, self.patience),
            lease,
            head,
        })
    }
}

/// The request as hyper sends it.
pub(super) fn request(endpoint: &Endpoint, rendered: Rendered) -> Result<Box<Request<Full<Bytes>>>, String> {
    let path = endpoint.path_of(&rendered.url).ok_or_else(|| {
        let url = rendered.url.split('?').next().unwrap_or_default();
        format!("the profile's URL leads away from {}: {url}", endpoint.name())
    })?;
    let mut request = Request::new(Full::new(Bytes::from(rendered.body)));
    *request.method_mut() = rendered.method;
    *request.uri_mut() = path.into();
    *request.headers_mut() = rendered.headers;
    request
        .headers_mut()
        .entry(HOST)
        .or_insert_with(|| endpoint.host_header.clone());
    Ok(Box::new(request))
}

/// Sends `request` and waits for the response to begin. An idle connection that the bot closed before it took in our
/// request is our pool's doing, not the bot's failure, so a fresh one is taken.
///
/// The request is boxed, as most of what an exchange would otherwise take in memory, several times over.
async fn respond(
    lease: &mut Lease<'_>,
    mut request: Box<Request<Full<Bytes>>>,
    patience: &Patience,
    after: Option<(&Afterwards, &ReplyPlan)>,
) -> Result<Response<Incoming>, Delivered> {
    let (by, ran_out) = patience.for_head();
    loop {
        let answering = lease.sender().try_send_request(*request);
        let answered = match after {
            Some((afterwards, reply)) if ran_out == RanOut::Platform => {
                let mut answering: Answering<_> = Box::pin(answering);
                let answered = timeout_at(by, &mut answering).await;
                if answered.is_err() {
                    afterwards.hang_up(answering, lease.ours(), reply, patience.give_up_at());
                }
                answered
            }
            _ => timeout_at(by, answering).await,
        };
        match answered {
            Err(_) => return Err(Delivered::silent(ran_out)),
            Ok(Ok(response)) => return Ok(response),
            Ok(Err(failed)) => request = unsent(failed, lease.is_reused())?,
        }
        match timeout_at(by, lease.renew()).await {
            Err(_) => return Err(Delivered::silent(ran_out)),
            Ok(renewed) => renewed?,
        }
    }
}

/// The request back, if the bot cannot have seen it and it was an idle connection that failed.
fn unsent(
    mut failed: TrySendError<Request<Full<Bytes>>>,
    was_idle: bool,
) -> Result<Box<Request<Full<Bytes>>>, Delivered> {
    match failed.take_message() {
        Some(unsent) if was_idle => Ok(Box::new(unsent)),
        _ => Err(unanswered(&failed)),
    }
}

fn unanswered(failed: &TrySendError<Request<Full<Bytes>>>) -> Delivered {
    let error = failed.error();
    match error.is_parse() {
        true => Delivered {
            ended: Ended::HttpError(format!("answer is not HTTP: {error}")),
            again: Some(RetryOn::Connection),
        },
        false if error.is_incomplete_message() => Delivered::lost("closed with nothing said".to_owned()),
        false => Delivered::lost(words(error)),
    }
}

/// Reads the answer by the profile's rule.
async fn read(head: &Parts, body: Body, reply: &ReplyPlan, ear: &mut Ear<'_>) -> Read {
    match reply {
        ReplyPlan::Response(extractor) => response::read(extractor, &head.headers, body, ear).await,
        ReplyPlan::Poll(poll) => response::read(&poll.accepted, &head.headers, body, ear).await,
        ReplyPlan::Stream(plan) => stream::read(plan, body, ear).await,
        ReplyPlan::Call => Read {
            delivered: Delivered::with(Ended::Empty),
            is_reusable: body.drain().await,
        },
    }
}

/// An answer with another status than 2xx.
async fn refused(head: &Parts, body: Body) -> Read {
    let location = head.headers.get(LOCATION);
    let location = location.map(|location| String::from_utf8_lossy(location.as_bytes()));
    Read {
        delivered: Delivered {
            ended: failing(head.status, location.as_deref()),
            again: Some(RetryOn::Status),
        },
        is_reusable: body.drain().await,
    }
}

pub(super) fn failing(status: StatusCode, location: Option<&str>) -> Ended {
    let words = format!("HTTP {}", status.as_u16());
    match (status, location) {
        (StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE, _) => Ended::Refused(words),
        (_, Some(location)) if status.is_redirection() => {
            Ended::HttpError(format!("{words} to {location}: redirects are not followed"))
        }
        _ => Ended::HttpError(words),
    }
}
