//! Calls of the bot: which route takes one, and what comes of it.

use std::sync::atomic::Ordering;

use http::{HeaderMap, Method};
use indexmap::IndexMap;
use tokio::time::Instant;

use super::refusals::Refused;
use super::replies::Reply;
use super::{Office, lock, of_no_message};
use crate::channel::platform::sockets::Seat;
use crate::scenario::RouteKind;
use crate::wire::{Answered, Call, CallRequest, Media, RoutePlan, Scope};

/// A call's request, read and stamped.
pub(in crate::channel::platform) struct Incoming<'a> {
    pub(in crate::channel::platform) method: &'a Method,
    pub(in crate::channel::platform) path: &'a str,
    pub(in crate::channel::platform) query: &'a str,
    pub(in crate::channel::platform) headers: &'a HeaderMap,
    /// Absent when it is longer than this call may be; of an upload, empty.
    pub(in crate::channel::platform) body: Option<&'a [u8]>,
    /// The length of an upload, in bytes.
    pub(in crate::channel::platform) uploaded: Option<u64>,
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

impl Office {
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
        let is_too_large = incoming.body.is_none();
        let (call, is_broken) = match Call::read(request, held) {
            Ok(call) => (call, false),
            Err(_) => (Call::without_body(request), true),
        };
        let mut scope = self.scope(&call, number);
        let answered = match route {
            None if wanted.is_some() => Err(Refused::with("unknown_media")),
            None => {
                let shown = self.fit_to_show(own_path);
                lock(&self.counts).unknown_route(&format!("{} {shown}", incoming.method));
                Err(Refused::with("unknown_route"))
            }
            Some(route) if is_too_large && route.kind == RouteKind::Upload => Err(Refused::with("upload_too_large")),
            Some(_) if is_too_large => Err(Refused::with("too_large")),
            Some(route) if route.kind == RouteKind::Upload && incoming.uploaded == Some(0) => {
                Err(Refused::with("unreadable"))
            }
            Some(_) if is_broken => Err(Refused::with("unreadable")),
            Some(route) => self.take(route, &call, &mut scope, &incoming).await,
        };
        answered.unwrap_or_else(|refused| Reaction::Answer(self.refuse(&refused, &scope)))
    }

    fn scope(&self, call: &Call, number: u64) -> Scope {
        let (captured, id) = (IndexMap::new(), self.number_as_id(number));
        self.plan.scope(call, &of_no_message(id, &captured))
    }

    async fn take(
        &self,
        route: &RoutePlan,
        call: &Call,
        scope: &mut Scope,
        incoming: &Incoming<'_>,
    ) -> Result<Reaction, Refused> {
        if route.kind == RouteKind::Socket && !incoming.wants_socket {
            return Err(Refused::with("not_a_socket"));
        }
        let shown = route.shown(call, scope)?;
        if let Some(shown) = &shown {
            self.authorise(route.kind, shown, incoming.at)?;
        }
        let carried_out = self.carry_out(route, call, scope, incoming.at).await;
        if let (Err(Refused::Wanted(error)), Some(shown)) = (&carried_out, &shown) {
            self.end_token(shown, error);
        }
        carried_out
    }

    async fn carry_out(
        &self,
        route: &RoutePlan,
        call: &Call,
        scope: &mut Scope,
        at: Instant,
    ) -> Result<Reaction, Refused> {
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

