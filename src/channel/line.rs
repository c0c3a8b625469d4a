//! One channel, ready to talk.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use indexmap::IndexMap;
use tokio_rustls::rustls::RootCertStore;

use super::body::Patience;
use super::connection::Connector;
use super::delivery::{Delivered, Delivery, Ear};
use super::in_memory::InMemory;
use super::mailing::Mailing;
use super::pool::Pool;
use super::secrets::{self, Secrets};
use super::socket::{self, SocketCounts, Sockets};
use super::sources::Sources;
use super::{Called, ChannelError, Ended, Finish, Listener, Office, Outgoing, Signal, handshake, now_ms, retry};
use crate::conversation::{MessageId, RunKey};
use crate::network::{Endpoint, native_roots};
use crate::scenario::{Channel, Limits, Retry};
use crate::wire::{CompileError, Facts, Plan, Scope, ServePlan};

/// Stands for the platform's address where nothing is served.
const NOWHERE: &str = "http://127.0.0.1:1";

/// What a channel needs to know beside its profile.
#[derive(Debug, Clone)]
pub struct Wiring {
    /// The target's URL without a trailing slash.
    pub target: String,
    /// Hosts beside loopback to which messages may go; redirects are never followed.
    pub allowed_hosts: Vec<String>,
    /// Over so many loopback addresses connections to this machine are spread, unless the channel names its own; 0 leaves
    /// the choice to the system.
    pub loopback_sources: u8,
    /// The platform's API for this channel, where its profile has one. Without it nothing is served, and no reply by a call
    /// can come.
    pub office: Option<Arc<Office>>,
    /// What happens to this channel's sockets, where its profile has them.
    pub sockets: Arc<SocketCounts>,
}

/// One channel, ready to talk: profile compiled, connections pooled. Lives on one shard's thread.
pub struct Line(Kind);

enum Kind {
    Wire(Box<Wire>),
    Mailing(Box<Mailing>),
    Sockets(Rc<Sockets>),
    InMemory(InMemory),
}

/// A line to a bot.
struct Wire {
    name: String,
    plan: Plan,
    retry: Retry,
    limits: Limits,
    pool: Pool,
    secrets: Secrets,
    office: Option<Arc<Office>>,
}

impl Line {
    /// Compiles the channel's profile and prepares its connections. Sends nothing.
    ///
    /// # Errors
    /// When a template or selector does not compile, a required setting is missing, an environment variable is not set,
    /// or the target is not allowed.
    pub fn open(channel: &Channel, wiring: &Wiring) -> Result<Line, ChannelError> {
        Line::open_trusting(channel, wiring, native_roots)
    }

    /// The same, trusting these certificates.
    pub(super) fn open_trusting(
        channel: &Channel,
        wiring: &Wiring,
        roots: impl FnOnce() -> Result<RootCertStore, String>,
    ) -> Result<Line, ChannelError> {
        let (settings, secrets) = secrets::settings(channel, |name| std::env::var(name).ok())?;
        let target = wiring.target.trim_end_matches('/');
        let invalid = |error: CompileError| ChannelError::profile(channel, &secrets, error);
        let constants = Scope::constants(target, &settings);
        let constants = match (&channel.profile.serve, &wiring.office) {
            (None, _) => constants,
            (Some(_), Some(office)) => constants.with_platform(office.url()),
            (Some(serve), None) => {
                // Nobody serves it; what is wrong in it is found all the same.
                ServePlan::compile(serve, &settings, NOWHERE).map_err(invalid)?;
                constants.with_platform(NOWHERE)
            }
        };
        let plan = Plan::compile(&channel.profile, constants).map_err(invalid)?;
        let office = wiring.office.clone();
        if plan.update().is_some() {
            with_sample(|facts| plan.trial_update(facts)).map_err(|error| invalid(error.into()))?;
            return Ok(Line(Kind::Mailing(Box::new(Mailing { plan, secrets, office }))));
        }
        let url = trial(&plan).map_err(invalid)?;
        let endpoint = Endpoint::allowed(&url, &wiring.allowed_hosts).map_err(|source| ChannelError::Target {
            channel: channel.name.clone(),
            source,
        })?;
        let sources = sources(channel, &endpoint, wiring.loopback_sources)?;
        let connector =
            Connector::new(endpoint, sources, roots).map_err(|reason| ChannelError::NoRootCertificates {
                channel: channel.name.clone(),
                reason,
            })?;
        if plan.socket().is_some() {
            return Ok(Line(Kind::Sockets(Rc::new(Sockets {
                plan,
                limits: channel.profile.limits.clone(),
                connector,
                secrets,
                counts: Arc::clone(&wiring.sockets),
                seats: RefCell::default(),
            }))));
        }
        Ok(Line(Kind::Wire(Box::new(Wire {
            name: channel.name.clone(),
            plan,
            retry: channel.profile.retry.clone(),
            limits: channel.profile.limits.clone(),
            pool: Pool::new(connector, channel.connection),
            secrets,
            office,
        }))))
    }

    /// A line that answers by itself after `delay`, without a network: for benches and tests of the engine.
    pub fn in_memory(answer: impl FnMut(&Outgoing) -> (Duration, Vec<String>) + 'static) -> Line {
        Line(Kind::InMemory(InMemory::Answering(RefCell::new(Box::new(answer)))))
    }

    /// A line that acknowledges every message at once; `call` may reply to the customer's listener, now or later. Without a
    /// network: for benches and tests of the engine.
    pub fn in_memory_by_calls(call: impl Fn(&Outgoing, Listener) + 'static) -> Line {
        Line(Kind::InMemory(InMemory::Calling(Box::new(call), RefCell::default())))
    }

    /// Holds the profile's handshake, if it has one.
    ///
    /// # Errors
    /// When it fails, with what came back and what may be the cause.
    pub async fn shake_hands(&self) -> Result<(), ChannelError> {
        match &self.0 {
            Kind::Wire(wire) => wire.shake_hands().await,
            Kind::Mailing(_) | Kind::Sockets(_) | Kind::InMemory(_) => Ok(()),
        }
    }

    /// Sends one message, with the platform's redeliveries, and tells what comes back through `heard`. Dropped before
    /// its end, it closes its connection.
    pub async fn exchange(&self, message: Outgoing, mut heard: impl FnMut(Signal)) -> Finish {
        match &self.0 {
            Kind::Wire(wire) => wire.exchange(&message, &mut Ear::new(&mut heard, &wire.secrets)).await,
            Kind::Mailing(mailing) => {
                let ear = &mut Ear::new(&mut heard, &mailing.secrets);
                mailing.exchange(&message, ear).await
            }
            Kind::Sockets(sockets) => {
                let finish = sockets
                    .exchange(&message, &mut Ear::new(&mut heard, &sockets.secrets))
                    .await;
                Finish {
                    ended: sockets.secrets.fit_to_show(finish.ended),
                    ..finish
                }
            }
            Kind::InMemory(bot) => bot.exchange(&message, heard).await,
        }
    }

    /// The customer writes a message, and what comes for them by calls goes to `listener` until they hang up. The first
    /// listener stays; it tells whether anybody is there.
    pub fn attend(&self, customer: u64, listener: impl Fn(Called) -> bool + Send + Sync + 'static) {
        if let Some(office) = self.office() {
            office.attend(customer, listener);
        } else if let Kind::Sockets(sockets) = &self.0 {
            sockets.attend(customer, listener);
        } else if let Kind::InMemory(bot) = &self.0 {
            bot.attend(customer, Arc::new(listener));
        }
    }

    /// The customer has left: closes their connection, where each conversation has its own, and listens no more.
    pub fn hang_up(&self, customer: u64) {
        match &self.0 {
            Kind::Wire(wire) => wire.pool.hang_up(customer),
            Kind::Sockets(sockets) => sockets.hang_up(customer),
            Kind::Mailing(_) | Kind::InMemory(_) => {}
        }
        if let Some(office) = self.office() {
            office.leave(customer);
        } else if let Kind::InMemory(bot) = &self.0 {
            bot.leave(customer);
        }
    }

    fn office(&self) -> Option<&Office> {
        match &self.0 {
            Kind::Wire(wire) => wire.office.as_deref(),
            Kind::Mailing(mailing) => mailing.office.as_deref(),
            Kind::Sockets(_) | Kind::InMemory(_) => None,
        }
    }
}

impl Wire {
    async fn exchange(&self, message: &Outgoing, ear: &mut Ear<'_>) -> Finish {
        let mut scope = match self.plan.scope(&facts(message)) {
            Ok(scope) => scope,
            Err(error) => {
                return Finish::failure(self.secrets.words(&error.to_string()));
            }
        };
        let finish = retry::deliveries(&self.retry, message.give_up_at, async |attempt| {
            self.attempt(attempt, message, &mut scope, ear).await
        })
        .await;
        let leaves_room = matches!(finish.ended, Ended::Complete | Ended::Empty | Ended::Silent);
        Finish {
            ended: self.secrets.fit_to_show(finish.ended),
            may_be_answered: self.office.is_some() && leaves_room,
            ..finish
        }
    }

    async fn attempt(&self, attempt: u16, message: &Outgoing, scope: &mut Scope, ear: &mut Ear<'_>) -> Delivered {
        let refreshed = match attempt {
            1 => Ok(()),
            _ => self.plan.refresh(scope, now_ms()),
        };
        match refreshed.and_then(|()| self.plan.render(scope)) {
            Err(error) => Delivered::with(Ended::failure(error.to_string())),
            Ok(rendered) => {
                let delivery = Delivery {
                    pool: &self.pool,
                    customer: message.id.customer,
                    reply: self.plan.reply(),
                    patience: Patience::start(&self.limits, message.give_up_at),
                };
                delivery.deliver(rendered, ear).await
            }
        }
    }

    async fn shake_hands(&self) -> Result<(), ChannelError> {
        let Some(plan) = self.plan.handshake() else {
            return Ok(());
        };
        let failed = |(url, reason): (String, String)| ChannelError::Handshake {
            channel: self.name.clone(),
            url: self.secrets.words(&url),
            reason: self.secrets.words(&reason),
        };
        let scope = with_sample(|facts| self.plan.scope(facts));
        let mut scope = scope.map_err(|error| failed((String::new(), error.to_string())))?;
        handshake::shake(plan, self.pool.connector(), &mut scope)
            .await
            .map_err(failed)
    }
}

/// Where the channel's connections leave from.
fn sources(channel: &Channel, endpoint: &Endpoint, loopback: u8) -> Result<Sources, ChannelError> {
    if channel.source_addresses.is_empty() && endpoint.is_loopback && !endpoint.host.contains(':') {
        return Ok(Sources::loopback(loopback));
    }
    Sources::named(&channel.source_addresses).map_err(|(address, error)| ChannelError::SourceAddress {
        channel: channel.name.clone(),
        address,
        reason: error.to_string(),
    })
}

pub(super) fn facts(message: &Outgoing) -> Facts<'_> {
    Facts {
        id: message.id,
        customer_id: &message.customer_id,
        customer_name: &message.customer_name,
        text: &message.text,
        captured: &message.captured,
        history: &message.history,
        now_ms: now_ms(),
    }
}

/// Renders a sample message, so that what would fail for every message fails before the first; gives its URL.
fn trial(plan: &Plan) -> Result<String, CompileError> {
    with_sample(|facts| {
        let mut scope = plan.scope(facts)?;
        if let Some(handshake) = plan.handshake() {
            handshake.render(&mut scope)?;
        }
        match plan.socket() {
            None => Ok(plan.render(&mut scope)?.url),
            Some(socket) => Ok(socket::as_http(&socket.trial(&mut scope)?)),
        }
    })
}

/// What `made` makes of a message that no customer sends.
fn with_sample<T>(made: impl FnOnce(&Facts<'_>) -> T) -> T {
    made(&Facts {
        id: MessageId {
            run: RunKey::of_seed(0),
            customer: 0,
            turn: 0,
            fragment: 0,
        },
        customer_id: "throng-handshake",
        customer_name: "throng",
        text: "你好",
        captured: &IndexMap::new(),
        history: &[],
        now_ms: now_ms(),
    })
}
