//! One channel, ready to talk.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use indexmap::IndexMap;
use tokio_rustls::rustls::RootCertStore;

use super::delivery::Ear;
use super::dialled::Dialled;
use super::in_memory::InMemory;
use super::openings::Openings;
use super::phone::Telephone;
use super::platform::Slip;
use super::polling::Polling;
use super::post::{self, Post};
use super::sample::{trial, with_sample};
use super::secrets::{self, Secrets};
use super::socket::{CustomerSocketCounts, Sockets};
use super::{
    Called, ChannelError, Ended, Finish, HangUpCounts, Listener, Office, Outgoing, Signal, handshake, mailing, now_ms,
};
use crate::network::native_roots;
use crate::scenario::Channel;
use crate::wire::{CompileError, DialInPlan, Facts, Plan, ReplyPlan, Scope, ServePlan};

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
    pub sockets: Arc<CustomerSocketCounts>,
    /// What becomes of deliveries on which the platform hangs up.
    pub hang_ups: Arc<HangUpCounts>,
}

/// One channel, ready to talk: profile compiled, connections pooled. Lives on one shard's thread.
pub struct Line(Kind);

enum Kind {
    Wire(Box<Wire>),
    Dialled(Box<Dialled>),
    Telephone(Box<Telephone>),
    Sockets(Rc<Sockets>),
    InMemory(InMemory),
}

/// A line to a bot.
struct Wire {
    name: String,
    plan: Plan,
    secrets: Secrets,
    office: Option<Arc<Office>>,
    /// Absent where nothing is sent: the bot asks for its messages.
    post: Option<Post>,
    openings: Openings,
}

/// What was captured from the bot's answers, by name.
type Captured = IndexMap<String, serde_json::Value>;

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
        if let Some(phone) = &channel.profile.phone {
            let telephone = Telephone::open(channel, phone, wiring, (&settings, secrets))?;
            return Ok(Line(Kind::Telephone(Box::new(telephone))));
        }
        let constants = Scope::constants(target, &settings);
        let constants = match (&channel.profile.serve, &wiring.office) {
            (None, None) => constants,
            (_, Some(office)) => constants.with_platform(office.url()),
            (Some(serve), None) => {
                // Nobody serves it; what is wrong in it is found all the same.
                ServePlan::compile(serve, &settings, NOWHERE).map_err(invalid)?;
                if let Some(dial_in) = &channel.profile.dial_in {
                    DialInPlan::compile(dial_in, &settings, NOWHERE).map_err(invalid)?;
                }
                constants.with_platform(NOWHERE)
            }
        };
        let plan = Plan::compile(&channel.profile, constants).map_err(invalid)?;
        if plan.is_dialled() {
            with_sample(plan.samples(), None, |facts| plan.frame(&plan.scope(facts)?))
                .map_err(|error| invalid(error.into()))?;
            return Ok(Line(Kind::Dialled(Box::new(Dialled {
                plan,
                retry: channel.profile.retry.clone(),
                limits: channel.profile.limits.clone(),
                secrets,
                office: wiring.office.clone(),
            }))));
        }
        let url = trial(&plan, &channel.profile.media).map_err(invalid)?;
        if plan.socket().is_some()
            && let Some(url) = &url
        {
            return Ok(Line(Kind::Sockets(Rc::new(Sockets {
                plan,
                limits: channel.profile.limits.clone(),
                connector: post::connector(channel, url, wiring, roots)?,
                secrets,
                counts: Arc::clone(&wiring.sockets),
                seats: RefCell::default(),
            }))));
        }
        let post = url.map(|url| Post::open(channel, &url, wiring, roots)).transpose()?;
        Ok(Line(Kind::Wire(Box::new(Wire {
            name: channel.name.clone(),
            plan,
            secrets,
            office: wiring.office.clone(),
            post,
            openings: Openings::default(),
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

    /// Holds the profile's handshake, if it has one; on a telephone line, looks whether a call can be made.
    ///
    /// # Errors
    /// When it fails, with what came back and what may be the cause.
    pub async fn shake_hands(&self) -> Result<(), ChannelError> {
        match &self.0 {
            Kind::Wire(wire) => wire.shake_hands().await,
            Kind::Telephone(telephone) => telephone.try_out().await,
            Kind::Dialled(_) | Kind::Sockets(_) | Kind::InMemory(_) => Ok(()),
        }
    }

    /// Sends one message, with the platform's redeliveries, and tells what comes back through `heard`. Dropped before
    /// its end, it closes its connection.
    pub async fn exchange(&self, message: Outgoing, mut heard: impl FnMut(Signal)) -> Finish {
        match &self.0 {
            Kind::Wire(wire) => wire.exchange(&message, &mut Ear::new(&mut heard, &wire.secrets)).await,
            Kind::Dialled(dialled) => {
                let ear = &mut Ear::new(&mut heard, &dialled.secrets);
                dialled.exchange(&message, ear).await
            }
            Kind::Telephone(telephone) => {
                let ear = &mut Ear::new(&mut heard, telephone.secrets());
                telephone.exchange(&message, ear).await
            }
            Kind::Sockets(sockets) => {
                let ear = &mut Ear::new(&mut heard, &sockets.secrets);
                sockets.exchange(&message, ear).await
            }
            Kind::InMemory(bot) => bot.exchange(&message, heard).await,
        }
    }

    /// True when an exchange tells by itself when its message left ([`Signal::Sent`]): another program sends it.
    pub fn tells_when_sent(&self) -> bool {
        matches!(self.0, Kind::Telephone(_))
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
            Kind::Wire(wire) => {
                wire.openings.forget(customer);
                wire.post.iter().for_each(|post| post.hang_up(customer));
            }
            Kind::Sockets(sockets) => sockets.hang_up(customer),
            Kind::Dialled(_) | Kind::Telephone(_) | Kind::InMemory(_) => {}
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
            Kind::Dialled(dialled) => dialled.office.as_deref(),
            Kind::Telephone(_) | Kind::Sockets(_) | Kind::InMemory(_) => None,
        }
    }
}

impl Wire {
    async fn exchange(&self, message: &Outgoing, ear: &mut Ear<'_>) -> Finish {
        let finish = match self.scope(message, ear).await {
            Ok(scope) => self.carry(message, scope, ear).await,
            Err(ended) => Finish {
                deliveries: u16::from(!matches!(ended, Ended::Hindered { .. })),
                ended,
                may_be_answered: false,
                polls: 0,
            },
        };
        Finish {
            ended: self.secrets.fit_to_show(finish.ended),
            ..finish
        }
    }

    /// What the templates of this message see, and what was captured for it; opens its conversation first, where the profile
    /// wants that.
    async fn scope<'a>(&self, message: &'a Outgoing, ear: &mut Ear<'_>) -> Result<(Scope, Cow<'a, Captured>), Ended> {
        let scope_with = |captured: &Captured| {
            let scope = self.plan.scope(&facts(message, captured));
            scope.map_err(|error| Ended::failure(error.to_string()))
        };
        let (Some(plan), Some(post)) = (self.plan.opening(), &self.post) else {
            return Ok((scope_with(&message.captured)?, Cow::Borrowed(&message.captured)));
        };
        let before = || scope_with(&Captured::new());
        // Apart, as all that is rare: what it takes would be room in every exchange.
        let opened = Box::pin(self.openings.opened(plan, post, message, before, ear));
        let mut captured = opened.await?;
        captured.extend(message.captured.clone());
        Ok((scope_with(&captured)?, Cow::Owned(captured)))
    }

    async fn carry(
        &self,
        message: &Outgoing,
        (mut scope, captured): (Scope, Cow<'_, Captured>),
        ear: &mut Ear<'_>,
    ) -> Finish {
        let slip = match self.left_in_mailbox(&mut scope) {
            Ok(slip) => slip,
            Err(words) => return Finish::failure(words),
        };
        let Some(post) = &self.post else {
            return match slip {
                Some(slip) => Box::pin(mailing::wait(slip, None, message, ear)).await,
                None => Finish::failure("the profile sends nothing".to_owned()),
            };
        };
        if let ReplyPlan::Poll(poll) = self.plan.reply() {
            let polling = Polling::of(post, poll, message, captured.into_owned());
            return Box::pin(polling.exchange(&self.plan, &mut scope, ear)).await;
        }
        let takes_replies = self.office.as_ref().is_some_and(|office| office.takes_replies());
        let mut finish = post.deliver(&self.plan, message, &mut scope, ear).await;
        if takes_replies && matches!(finish.ended, Ended::Unread(_)) {
            finish.ended = Ended::Empty; // Who replies by calls may acknowledge as they please.
        }
        if let Some(slip) = slip {
            return Box::pin(mailing::wait(slip, Some(finish), message, ear)).await;
        }
        let leaves_room = matches!(finish.ended, Ended::Complete | Ended::Empty | Ended::Silent);
        Finish {
            may_be_answered: takes_replies && leaves_room,
            ..finish
        }
    }

    /// Leaves the message where the bot asks for it, if that is how this one works.
    fn left_in_mailbox(&self, scope: &mut Scope) -> Result<Option<Slip>, String> {
        let Some(update) = self.plan.update() else {
            return Ok(None);
        };
        let office = self.office.as_ref().ok_or("nobody serves the platform's API")?;
        let slip = office.post(|number| update.render(scope, number));
        slip.map(Some).map_err(|error| error.to_string())
    }

    async fn shake_hands(&self) -> Result<(), ChannelError> {
        let (Some(plan), Some(post)) = (self.plan.handshake(), &self.post) else {
            return Ok(());
        };
        let failed = |(url, reason): (String, String)| ChannelError::Handshake {
            channel: self.name.clone(),
            url: self.secrets.words(&url),
            reason: self.secrets.words(&reason),
        };
        let scope = with_sample(self.plan.samples(), None, |facts| self.plan.scope(facts));
        let mut scope = scope.map_err(|error| failed((String::new(), error.to_string())))?;
        handshake::shake(plan, post.connector(), &mut scope)
            .await
            .map_err(failed)
    }
}

pub(super) fn facts<'a>(message: &'a Outgoing, captured: &'a Captured) -> Facts<'a> {
    Facts {
        id: message.id,
        customer_id: &message.customer_id,
        customer_name: &message.customer_name,
        text: &message.text,
        media: message.media,
        captured,
        history: &message.history,
        now_ms: now_ms(),
    }
}
