//! Calls of the bot: which route takes one, and what comes of it.

use std::sync::atomic::Ordering;

use http::header::CONTENT_TYPE;
use http::request::Parts;
use http::{HeaderMap, Method};
use indexmap::IndexMap;
use tokio::time::Instant;

use super::refusals::Refused;
use super::replies::Reply;
use super::{Office, lock, of_no_message};
use crate::channel::platform::sockets::Seat;
use crate::scenario::RouteKind;
use crate::wire::{Answered, Call, CallRequest, FileSieve, Media, RoutePlan, Scope};

/// How a call's body is read.
pub(in crate::channel::platform) enum Intake {
    /// Whole.
    Whole,
    /// It is counted and forgotten, up to so many bytes.
    Upload(u64),
    /// Its files are, and the rest is kept.
    Files(u64, FileSieve),
}

/// A call's request, read and stamped.
pub(in crate::channel::platform) struct Incoming<'a> {
    pub(in crate::channel::platform) method: &'a Method,
    pub(in crate::channel::platform) path: &'a str,
    pub(in crate::channel::platform) query: &'a str,
    pub(in crate::channel::platform) headers: &'a HeaderMap,
    /// Of an upload, empty; else the error of one that is longer than this call may be.
    pub(in crate::channel::platform) body: Result<&'a [u8], &'static str>,
    /// The length of what was read, in bytes.
    pub(in crate::channel::platform) length: u64,
    /// It asks to become a socket.
    pub(in crate::channel::platform) wants_socket: bool,
    pub(in crate::channel::platform) at: Instant,
}

/// What comes of a call.
pub(in crate::channel::platform) enum Reaction {
    /// It is answered.
    Answer(Answered),
    /// It becomes a socket.
    Socket(Seat),
}

/// A call at the route that takes it.
struct Visit<'a> {
    route: &'a RoutePlan,
    call: &'a Call,
    /// The how manieth call of all it is.
    number: u64,
    at: Instant,
    wants_socket: bool,
}

impl Office {
    /// How the body of a call is read, of which `longest` bytes may be kept.
    pub(in crate::channel::platform) fn intake(&self, head: &Parts, longest: usize) -> Intake {
        let route = self.plan.route(&head.method, self.own_path(head.uri.path()));
        let Some((route, _)) = route.filter(|(route, _)| route.largest > 0) else {
            return Intake::Whole;
        };
        if route.kind == RouteKind::Upload {
            return Intake::Upload(route.largest);
        }
        let kind = head.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        match kind.and_then(|kind| FileSieve::of(kind, longest)) {
            Some(sieve) => Intake::Files(route.largest, sieve),
            None => Intake::Whole,
        }
    }

    /// Answers a call.
    pub(in crate::channel::platform) async fn answer(&self, incoming: Incoming<'_>) -> Reaction {
        lock(&self.counts).calls += 1;
        let number = self.calls.fetch_add(1, Ordering::Relaxed);
        let own_path = self.own_path(incoming.path);
        let wanted = wanted_media(incoming.method, own_path);
        if let Some(media) = wanted.and_then(|id| Media::named(id, self.run)) {
            lock(&self.counts).fetched += 1;
            return Reaction::Answer(Answered::bytes_of(media));
        }
        let (route, held) = match self.plan.route(incoming.method, own_path) {
            Some((route, held)) => (Some(route), held),
            None => (None, Vec::new()),
        };
        let request = CallRequest {
            method: incoming.method,
            query: incoming.query,
            headers: incoming.headers,
            body: incoming.body.unwrap_or_default(),
        };
        let (call, is_broken) = match Call::read(request, held) {
            Ok(call) => (call, false),
            Err(_) => (Call::without_body(request), true),
        };
        let mut scope = self.scope(&call, number);
        let answered = match (route, incoming.body) {
            (None, _) if wanted.is_some() => Err(Refused::with("unknown_media")),
            (None, _) => {
                let shown = self.fit_to_show(own_path);
                lock(&self.counts).unknown_route(&format!("{} {shown}", incoming.method));
                Err(Refused::with("unknown_route"))
            }
            (Some(_), Err(too_large)) => Err(Refused::with(too_large)),
            (Some(route), _) if route.kind == RouteKind::Upload && incoming.length == 0 => {
                Err(Refused::with("unreadable"))
            }
            (Some(_), _) if is_broken => Err(Refused::with("unreadable")),
            (Some(route), _) => {
                let visit = Visit {
                    route,
                    call: &call,
                    number,
                    at: incoming.at,
                    wants_socket: incoming.wants_socket,
                };
                self.take(&visit, &mut scope).await
            }
        };
        answered.unwrap_or_else(|refused| Reaction::Answer(self.refuse(&refused, &scope)))
    }

    fn scope(&self, call: &Call, number: u64) -> Scope {
        let (captured, id) = (IndexMap::new(), self.number_as_id(number));
        self.plan.scope(call, &of_no_message(id, &captured))
    }

    async fn take(&self, visit: &Visit<'_>, scope: &mut Scope) -> Result<Reaction, Refused> {
        let route = visit.route;
        if route.kind == RouteKind::Socket && !visit.wants_socket {
            return Err(Refused::with("not_a_socket"));
        }
        let shown = route.shown(visit.call, scope)?;
        if let Some(shown) = &shown {
            self.authorise(route.kind, shown, visit.at)?;
        }
        let carried_out = match self.rules.route_fault(&route.name, visit.number) {
            Some(error) => Err(Refused::Wanted(error)),
            None => self.carry_out(visit, scope).await,
        };
        if let (Err(Refused::Wanted(error)), Some(shown)) = (&carried_out, &shown) {
            self.end_token(shown, error);
        }
        carried_out
    }

    async fn carry_out(&self, visit: &Visit<'_>, scope: &mut Scope) -> Result<Reaction, Refused> {
        let Visit { route, call, at, .. } = *visit;
        let answered = match (route.kind, &self.sockets) {
            (RouteKind::Other, _) | (RouteKind::Ticket | RouteKind::Socket, None) => route.answer(scope)?,
            (RouteKind::Reply, _) => {
                // First, so that nothing is handed over that is then answered with an error.
                let answered = route.answer(scope)?;
                self.take_reply(Reply {
                    customer: route.customer(call),
                    message: route.message(call),
                    said: route.said(call),
                    at,
                })
                .await?;
                answered
            }
            (RouteKind::Token, _) => {
                let token = lock(&self.tokens).give(format_args!("token-{}", self.run), at);
                lock(&self.counts).tokens += 1;
                route.answer_with_token(scope, &token)?
            }
            (RouteKind::Media, _) => {
                let id = route.media(call).unwrap_or_default();
                let media = Media::named(&id, self.run).ok_or_else(|| Refused::with("unknown_media"))?;
                lock(&self.counts).fetched += u64::from(route.hands_out_bytes());
                route.answer_with_media(scope, media)?
            }
            (RouteKind::Upload, _) => {
                let number = {
                    let mut counts = lock(&self.counts);
                    counts.uploads += 1;
                    counts.uploads
                };
                route.answer_with_upload(scope, &format!("upload-{}-{number}", self.run))?
            }
            (RouteKind::Updates, _) => {
                lock(&self.counts).asked += 1;
                let handed = self.mailbox.ask(route.asked(call)).await;
                route.answer_with_updates(scope, &handed)?
            }
            (RouteKind::Ticket, Some(sockets)) => {
                let ticket = lock(&sockets.tickets).give(format_args!("ticket-{}", self.run), at);
                route.answer_with_ticket(scope, &ticket)?
            }
            (RouteKind::Socket, Some(sockets)) => {
                let seat = sockets.seat().ok_or_else(|| Refused::with("too_many_sockets"))?;
                return Ok(Reaction::Socket(seat));
            }
        };
        Ok(Reaction::Answer(answered))
    }
}

/// The id of the media that a call of throng's own route asks for: `GET /media/ID`, the same on every platform.
pub(super) fn wanted_media<'a>(method: &Method, path: &'a str) -> Option<&'a str> {
    path.strip_prefix("/media/")
        .filter(|_| [Method::GET, Method::HEAD].contains(method))
}
