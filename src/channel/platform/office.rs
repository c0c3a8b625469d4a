//! One channel's platform: whose call it is, whether it is allowed, and what it is answered.

mod frames;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http::{HeaderMap, Method};
use indexmap::IndexMap;
use serde_json::Value;
use tokio::sync::Semaphore;
use tokio::time::Instant;

use super::counts::PlatformCounts;
use super::guests::{Admitted, Called, Guests};
use super::mailbox::{Mailbox, Slip};
use super::rules::Rules;
use super::sockets::{Seat, Sockets};
use super::tokens::Tokens;
use crate::channel::secrets::{self, Secrets};
use crate::channel::{ChannelError, now_ms};
use crate::conversation::{MessageId, RunKey};
use crate::scenario::{Channel, RouteKind, Scenario, Serve};
use crate::wire::{
    Answered, Call, CallRequest, DialInPlan, Facts, LONGEST_TEXT, Media, RenderError, RoutePlan, Said, Scope, ServePlan,
};

/// Parts of a path from this length on, in characters, are shown by their beginning.
const LONG_ENOUGH_FOR_A_SECRET: usize = 24;
/// Replies on their way to the shards; further calls wait.
const UNDER_WAY: usize = 1_024;

/// One channel's platform.
#[derive(Debug)]
pub struct Office {
    /// The path below which only this channel is served: `/telegram`.
    prefix: String,
    url: String,
    hosts: Vec<String>,
    plan: ServePlan,
    rules: Rules,
    run: RunKey,
    secrets: Secrets,
    guests: Guests,
    mailbox: Arc<Mailbox>,
    /// Where the bot dials in, if it does.
    sockets: Option<Arc<Sockets>>,
    tokens: Mutex<Tokens>,
    counts: Mutex<PlatformCounts>,
    calls: AtomicU64,
    room: Arc<Semaphore>,
}

/// A call's request, read and stamped.
pub(super) struct Incoming<'a> {
    pub(super) method: &'a Method,
    pub(super) path: &'a str,
    pub(super) query: &'a str,
    pub(super) headers: &'a HeaderMap,
    /// Absent when it is longer than this call may be; of an upload, empty.
    pub(super) body: Option<&'a [u8]>,
    /// The length of an upload, in bytes.
    pub(super) uploaded: Option<u64>,
    /// It asks to become a socket.
    pub(super) wants_socket: bool,
    pub(super) at: Instant,
}

/// What comes of a call.
pub(super) enum Reaction {
    /// It is answered.
    Answer(Answered),
    /// It becomes a socket.
    Socket(Seat),
}

/// A reply as it came, by a call or a frame.
struct Reply {
    /// The id of the customer whom it is for.
    customer: Option<String>,
    /// The id of the message that it answers.
    message: Option<String>,
    /// What it says or shows, unless that is nothing.
    said: Option<Said>,
    at: Instant,
}

/// Why a call is not taken: an error's name.
struct Refused(String);

impl Refused {
    fn with(name: &str) -> Refused {
        Refused(name.to_owned())
    }
}

impl From<RenderError> for Refused {
    /// A template that needs what the call does not have.
    fn from(_: RenderError) -> Refused {
        Refused::with("unreadable")
    }
}

impl Office {
    /// The office of `channel`; `url` is the server's.
    pub(super) fn open(
        channel: &Channel,
        serve: &Serve,
        scenario: &Scenario,
        url: &str,
    ) -> Result<Office, ChannelError> {
        let (settings, secrets) = secrets::settings(channel, |name| std::env::var(name).ok())?;
        let prefix = channel.api_path();
        let url = format!("{url}{prefix}");
        let plan = ServePlan::compile(serve, &settings, &url);
        let invalid = |source| ChannelError::profile(channel, &secrets, source);
        let plan = plan.map_err(invalid)?;
        let sockets = channel.profile.dial_in.as_ref().map(|dial_in| {
            let plan = DialInPlan::compile(dial_in, &settings, &url).map_err(invalid)?;
            Ok(Arc::new(Sockets::new(plan, dial_in.clone())))
        });
        let sockets = sockets.transpose()?;
        Ok(Office {
            prefix,
            url,
            hosts: serve.hosts.clone(),
            plan,
            rules: Rules::of(channel, serve, scenario.file.seed),
            run: scenario.run_key(),
            secrets,
            guests: Guests::default(),
            mailbox: Arc::new(Mailbox::of(channel.profile.mailbox.as_ref(), is_read_by_cursor(serve))),
            sockets,
            tokens: Mutex::default(),
            counts: Mutex::default(),
            calls: AtomicU64::default(),
            room: Arc::new(Semaphore::new(UNDER_WAY)),
        })
    }

    /// Where this channel's API is served, without a slash at the end.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The hosts at which the platform itself serves this API.
    pub fn hosts(&self) -> &[String] {
        &self.hosts
    }

    /// What was called so far.
    pub fn counts(&self) -> PlatformCounts {
        let sockets = self.sockets.as_ref().map(|sockets| *lock(&sockets.counts));
        PlatformCounts {
            sockets,
            ..lock(&self.counts).clone()
        }
    }

    /// Where the bot dials in, if it does.
    pub(in crate::channel) fn sockets(&self) -> Option<&Sockets> {
        self.sockets.as_deref()
    }

    /// The customer wrote a message, and `listener` takes what comes for them until they [`leave`](Office::leave).
    pub(in crate::channel) fn attend(&self, customer: u64, listener: impl Fn(Called) -> bool + Send + Sync + 'static) {
        self.guests.attend(customer, listener);
    }

    /// The customer's conversation is over.
    pub(in crate::channel) fn leave(&self, customer: u64) {
        self.guests.leave(customer);
    }

    /// Leaves a message for a bot that asks for it.
    pub(in crate::channel) fn post<E>(&self, update: impl FnOnce(u64) -> Result<Value, E>) -> Result<Slip, E> {
        self.mailbox.put(update)
    }

    /// True when replies may come by a call.
    pub(in crate::channel) fn takes_replies(&self) -> bool {
        self.plan.takes_replies()
    }

    /// True when one of its routes takes the call.
    pub(super) fn takes(&self, method: &Method, path: &str) -> bool {
        let path = self.own_path(path);
        wanted_media(method, path).is_some() || self.plan.route(method, path).is_some()
    }

    /// The longest upload in bytes, when the call is one.
    pub(super) fn largest_upload(&self, method: &Method, path: &str) -> Option<u64> {
        let (route, _) = self.plan.route(method, self.own_path(path))?;
        (route.kind == RouteKind::Upload).then_some(route.largest)
    }

    /// True when the path names this channel.
    pub(super) fn is_named_in(&self, path: &str) -> bool {
        self.own_path(path) != path
    }

    fn own_path<'a>(&self, path: &'a str) -> &'a str {
        match path.strip_prefix(self.prefix.as_str()) {
            Some("") => "/",
            Some(rest) if rest.starts_with('/') => rest,
            _ => path,
        }
    }

    /// Answers a call.
    pub(super) async fn answer(&self, incoming: Incoming<'_>) -> Reaction {
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
        answered.unwrap_or_else(|refused| Reaction::Answer(self.refuse(&refused.0, &scope)))
    }

    /// A path without its secrets: neither those of the channel, nor what looks like one, since a bot may come with its live token.
    fn fit_to_show(&self, path: &str) -> String {
        let path = self.secrets.words(&path.replace("%3A", ":").replace("%3a", ":"));
        let segments = path.split('/').map(|segment| match segment.chars().count() {
            0..LONG_ENOUGH_FOR_A_SECRET => segment.to_owned(),
            _ => segment.chars().take(3).chain("***".chars()).collect(),
        });
        segments.collect::<Vec<String>>().join("/")
    }

    fn scope(&self, call: &Call, number: u64) -> Scope {
        let (captured, id) = (IndexMap::new(), self.number_as_id(number));
        self.plan.scope(call, &of_no_message(id, &captured))
    }

    /// Chance in answers follows from the call's number.
    fn number_as_id(&self, number: u64) -> MessageId {
        MessageId {
            run: self.run,
            customer: number,
            turn: 0,
            fragment: 0,
        }
    }

    async fn take(
        &self,
        route: &RoutePlan,
        call: &Call,
        scope: &mut Scope,
        incoming: &Incoming<'_>,
    ) -> Result<Reaction, Refused> {
        let at = incoming.at;
        if route.kind == RouteKind::Socket && !incoming.wants_socket {
            return Err(Refused::with("not_a_socket"));
        }
        self.authorise(route, call, scope, at)?;
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

    fn authorise(&self, route: &RoutePlan, call: &Call, scope: &Scope, at: Instant) -> Result<(), Refused> {
        let Some(shown) = route.shown(call, scope)? else {
            return Ok(());
        };
        let is_right = match (&shown.wanted, &self.sockets) {
            (Some(wanted), _) => *wanted == shown.given,
            (None, Some(sockets)) if route.kind == RouteKind::Socket => {
                let lasts = sockets.rules.ticket_lasts.map(|span| span.get());
                lock(&sockets.tickets).take(&shown.given, lasts, at)
            }
            (None, _) => lock(&self.tokens).accepts(&shown.given, self.rules.token_lasts, at),
        };
        match is_right {
            true => Ok(()),
            false => Err(Refused::with(shown.error)),
        }
    }

    async fn take_reply(&self, reply: Reply) -> Result<(), Refused> {
        let (customer, answers) = self.whose(&reply).ok_or_else(|| Refused::with("unknown_customer"))?;
        let Reply { said, at, .. } = reply;
        let Some(mut said) = said else {
            lock(&self.counts).without_text += 1;
            return Ok(());
        };
        if said.text.len() > LONGEST_TEXT {
            return Err(Refused::with("too_large"));
        }
        self.secrets.blot_out(&mut said.text);
        let fault = |nth| self.rules.fault(customer, nth);
        let listener = match self.guests.admit(customer, self.rules.allowance, fault) {
            Admitted::Listening(listener) => listener,
            Admitted::Faulty(name) => return Err(Refused(name)),
            Admitted::TooMany => return Err(Refused::with(&self.rules.over_quota)),
            Admitted::Nobody => {
                lock(&self.counts).to_nobody += 1;
                return Ok(());
            }
        };
        // The semaphore is never closed.
        let Ok(room) = Arc::clone(&self.room).acquire_owned().await else {
            return Ok(());
        };
        let is_heard = listener(Called {
            answers,
            said,
            at,
            _room: Some(room),
        });
        let mut counts = lock(&self.counts);
        match is_heard {
            true => counts.replies += 1,
            false => counts.to_nobody += 1,
        }
        Ok(())
    }

    /// The customer of a reply, and turn and fragment of the message that it answers, if it tells.
    fn whose(&self, reply: &Reply) -> Option<(u64, Option<(u16, u16)>)> {
        let customer = reply.customer.as_ref().and_then(|id| self.run.customer_in(id));
        let message = reply.message.as_ref();
        let whole = message.and_then(|id| self.run.message_in(id));
        let customer = customer.or(whole.map(|message| message.customer))?;
        let answers = match whole {
            Some(message) => (message.customer == customer).then_some((message.turn, message.fragment)),
            // A place may stand behind a time, as in `1795219433.000257`.
            None => message.and_then(|id| MessageId::from_place(id.rsplit('.').next()?.parse().ok()?)),
        };
        Some((customer, answers))
    }

    /// What the platform says when it does not take a call.
    fn refuse(&self, name: &str, scope: &Scope) -> Answered {
        lock(&self.counts).refuse(name);
        let own = self.plan.error(name, scope).and_then(Result::ok);
        own.unwrap_or_else(|| Answered {
            status: match name {
                "unknown_route" | "unknown_customer" | "unknown_media" => 404,
                "too_large" | "upload_too_large" => 413,
                "not_a_socket" => 426,
                "too_many_sockets" => 429,
                _ => 400,
            },
            content_type: "text/plain; charset=utf-8",
            body: name.as_bytes().to_vec(),
        })
    }
}

/// What templates see where there is no customer's message.
fn of_no_message<'a>(id: MessageId, captured: &'a IndexMap<String, serde_json::Value>) -> Facts<'a> {
    Facts {
        id,
        customer_id: "",
        customer_name: "",
        text: "",
        media: None,
        captured,
        history: &[],
        now_ms: now_ms(),
    }
}

/// The id of the media that a call of throng's own route asks for: `GET /media/ID`, the same on every platform.
fn wanted_media<'a>(method: &Method, path: &'a str) -> Option<&'a str> {
    path.strip_prefix("/media/")
        .filter(|_| [Method::GET, Method::HEAD].contains(method))
}

fn is_read_by_cursor(serve: &Serve) -> bool {
    serve.routes.values().any(|route| route.cursor.is_some())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
