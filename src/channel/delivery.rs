//! One delivery of a message: a request, and what comes of it.

use bytes::Bytes;
use http::header::{HOST, LOCATION};
use http::response::Parts;
use http::{Request, Response, StatusCode};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::client::conn::TrySendError;
use tokio::time::{Instant, timeout_at};

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

    fn lost(reason: String) -> Delivered {
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
    is_alive: bool,
}

impl<'a> Ear<'a> {
    pub(super) fn new(heard: &'a mut dyn FnMut(Signal), secrets: &'a Secrets) -> Ear<'a> {
        Ear {
            heard,
            secrets,
            is_alive: false,
        }
    }

    pub(super) fn hear(&mut self, mut signal: Signal) {
        if let Signal::Reply { text, .. } = &mut signal {
            self.secrets.blot_out(text);
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
    pub(super) reply: &'a ReplyPlan,
    pub(super) patience: Patience,
}

impl Delivery<'_> {
    /// Sends the request and reads the answer.
    pub(super) async fn deliver(self, rendered: Rendered, ear: &mut Ear<'_>) -> Delivered {
        let endpoint = self.pool.connector().endpoint();
        let request = match request(endpoint, rendered) {
            Ok(request) => request,
            Err(reason) => return Delivered::with(Ended::failure(reason)),
        };
        let (by, _) = self.patience.for_head();
        let lease = match timeout_at(by, self.pool.take(self.customer)).await {
            Err(_) => return Delivered::lost(format!("no connection to {} in time", endpoint.name())),
            Ok(Err(error)) => return error.into(),
            Ok(Ok(lease)) => lease,
        };
        let (lease, response) = match respond(lease, request, &self.patience).await {
            Ok(answered) => answered,
            Err(delivered) => return delivered,
        };
        let read_clock = lease.read_clock();
        ear.sign_of_life(read_clock.last());
        let (head, incoming) = response.into_parts();
        let body = Body::new(incoming, read_clock, self.patience);
        let read = read(&head, body, self.reply, ear).await;
        if read.is_reusable {
            lease.give_back();
        }
        read.delivered
    }
}

/// The request as hyper sends it.
pub(super) fn request(endpoint: &Endpoint, rendered: Rendered) -> Result<Request<Full<Bytes>>, String> {
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
    Ok(request)
}

/// Sends `request` and waits for the response to begin. An idle connection that the bot closed before it took in our
/// request is our pool's doing, not the bot's failure, so a fresh one is taken.
async fn respond<'a>(
    mut lease: Lease<'a>,
    mut request: Request<Full<Bytes>>,
    patience: &Patience,
) -> Result<(Lease<'a>, Response<Incoming>), Delivered> {
    let (by, ran_out) = patience.for_head();
    loop {
        let mut failed = match timeout_at(by, lease.sender().try_send_request(request)).await {
            Err(_) => return Err(Delivered::silent(ran_out)),
            Ok(Ok(response)) => return Ok((lease, response)),
            Ok(Err(failed)) => failed,
        };
        match failed.take_message() {
            Some(unsent) if lease.is_reused() => request = unsent,
            _ => return Err(unanswered(&failed)),
        }
        match timeout_at(by, lease.renewed()).await {
            Err(_) => return Err(Delivered::silent(ran_out)),
            Ok(renewed) => lease = renewed?,
        }
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

/// Reads the answer: by its status, then by the profile's rule.
async fn read(head: &Parts, body: Body, reply: &ReplyPlan, ear: &mut Ear<'_>) -> Read {
    if !head.status.is_success() {
        let location = head.headers.get(LOCATION);
        let location = location.map(|location| String::from_utf8_lossy(location.as_bytes()));
        return Read {
            delivered: Delivered {
                ended: failing(head.status, location.as_deref()),
                again: Some(RetryOn::Status),
            },
            is_reusable: body.drain().await,
        };
    }
    match reply {
        ReplyPlan::Response(extractor) => response::read(extractor, &head.headers, body, ear).await,
        ReplyPlan::Stream(plan) => stream::read(plan, body, ear).await,
        ReplyPlan::Call => Read {
            delivered: Delivered::with(Ended::Empty),
            is_reusable: body.drain().await,
        },
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
