//! One channel's platform: whose call it is, whether it is allowed, and what it is answered.

mod access;
mod calls;
mod frames;
mod refusals;
mod replies;

use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http::Method;
use indexmap::IndexMap;
use serde_json::Value;
use tokio::sync::Semaphore;

use super::counts::PlatformCounts;
use super::guests::{Called, Guests};
use super::mailbox::{Mailbox, Slip};
use super::rules::Rules;
use super::sockets::Sockets;
use super::tokens::Tokens;
use crate::channel::secrets::{self, Secrets};
use crate::channel::{ChannelError, now_ms};
use crate::conversation::{MessageId, RunKey};
use crate::scenario::{Channel, Scenario, Serve};
use crate::wire::{DialInPlan, Facts, ServePlan};
use calls::wanted_media;
pub(super) use calls::{Incoming, Intake, Reaction};

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

    /// Chance in answers follows from the call's number.
    fn number_as_id(&self, number: u64) -> MessageId {
        MessageId {
            run: self.run,
            customer: number,
            turn: 0,
            fragment: 0,
        }
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

fn is_read_by_cursor(serve: &Serve) -> bool {
    serve.routes.values().any(|route| route.cursor.is_some())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
