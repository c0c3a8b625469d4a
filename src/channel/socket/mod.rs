//! WebSockets that throng opens: one for each conversation, as customers' own browsers and apps have them.
//!
//! ```text
//!  exchange --Order--> talk (a task for each socket) --frames--> the bot
//!     ^                  |
//!     +---- Heard -------+---- a reply that nobody waits for --> the customer's listener
//! ```
//!
//! A socket is opened with its conversation's first message and closed when the customer hangs up. In between its task hears
//! all that comes, also while the customer thinks: pings are answered, and a reply that answers nothing goes to the
//! customer's listener, who counts it as unsolicited. What a parting means is in `parting`; in the middle of a text it
//! truncates the answer, whatever its reason.

mod answer;
mod counts;
mod dial;
mod exchange;
mod held;
mod limits;
mod parting;
mod pulse;
mod talk;
mod waiting;

pub use counts::{CustomerSocketCounts, CustomerSocketTally};

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use tokio::sync::{mpsc, watch};
use tokio::time::timeout_at;

use super::body::Patience;
use super::connection::Connector;
use super::delivery::Ear;
use super::line::facts;
use super::secrets::Secrets;
use super::{Ended, Finish, Listener, Outgoing, Signal};
use crate::scenario::{Limits, Reconnect};
use crate::wire::{Plan, Scope, SocketPlan};
use answer::Answer;
use dial::Unopened;
use exchange::Exchange;
use held::Held;
use talk::{Order, Saying, State, Talk};

pub(super) use dial::as_http;
pub(super) use limits::config;

/// Frames that wait for the exchange that they are for; when it is full, the bot waits.
const UNHEARD: usize = 32;

/// The sockets of one channel on one shard.
pub(super) struct Sockets {
    pub(super) plan: Plan,
    pub(super) limits: Limits,
    pub(super) connector: Connector,
    pub(super) secrets: Secrets,
    pub(super) counts: Arc<CustomerSocketCounts>,
    pub(super) seats: RefCell<HashMap<u64, Seat>>,
}

/// A customer whose conversation is open.
#[derive(Default)]
pub(super) struct Seat {
    listener: Option<Listener>,
    socket: Option<Held>,
    openings: u32,
}

impl Sockets {
    /// What comes for the customer although nobody waits for it goes to the first listener.
    pub(super) fn attend(&self, customer: u64, listener: impl Fn(super::Called) -> bool + Send + Sync + 'static) {
        let mut seats = self.seats.borrow_mut();
        let seat = seats.entry(customer).or_default();
        if seat.listener.is_none() {
            seat.listener = Some(Arc::new(listener));
        }
    }

    /// The customer has left.
    pub(super) fn hang_up(&self, customer: u64) {
        self.seats.borrow_mut().remove(&customer);
    }

    /// Sends one message on the conversation's socket and tells what comes for it. To be awaited where tasks stay on their
    /// thread.
    pub(super) async fn exchange(self: &Rc<Self>, message: &Outgoing, ear: &mut Ear<'_>) -> Finish {
        let patience = Patience::start(&self.limits, message.give_up_at);
        let ended = match self.said(message, patience, ear).await {
            Ok(mut exchange) => {
                let ended = exchange.listen(ear).await;
                if let Some(gaps) = exchange.answer.gaps() {
                    ear.hear(gaps);
                }
                ended
            }
            Err(ended) => ended,
        };
        Finish {
            deliveries: 1,
            ended: self.secrets.fit_to_show(ended),
            may_be_answered: false,
            polls: 0,
        }
    }

    /// Puts the message on its socket, which is opened for it if there is none.
    async fn said(
        self: &Rc<Self>,
        message: &Outgoing,
        patience: Patience,
        ear: &mut Ear<'_>,
    ) -> Result<Exchange<'_>, Ended> {
        let failure = |error: crate::wire::RenderError| Ended::failure(error.to_string());
        let mut held = self.held(message)?;
        let (by, _) = patience.for_head();
        let opened = timeout_at(by, held.opened()).await;
        let name = self.connector.endpoint().name();
        opened.unwrap_or_else(|_| Err(Ended::ConnectionLost(format!("no socket at {name} in time"))))?;
        let mut message = message.clone();
        for (name, value) in &*held.captured.borrow() {
            // Once they are told, the conversation has them, and newer ones than these.
            if !message.captured.contains_key(name) {
                message.captured.insert(name.clone(), value.clone());
                ear.hear(Signal::Captured {
                    name: name.clone(),
                    value: value.clone(),
                });
            }
        }
        let scope = self.plan.scope(&facts(&message, &message.captured)).map_err(failure)?;
        let frame = self.socket().message(&scope, message.id.place()).map_err(failure)?;
        let (hears, heard) = mpsc::channel(UNHEARD);
        let saying = Box::new(Saying {
            id: message.id,
            frame,
            hears,
        });
        if held.orders.send(Order::Say(saying)).is_err() {
            return Err(held.gone());
        }
        Ok(Exchange {
            socket: self.socket(),
            answer: Answer::of(self.plan.reply()),
            heard,
            held,
            patience,
            last_at: None,
            is_heard: false,
        })
    }

    fn socket(&self) -> &SocketPlan {
        self.plan.socket().expect("a line of sockets has a plan for them")
    }

    /// The conversation's socket: the one it has, or a new one on its way.
    fn held(self: &Rc<Self>, message: &Outgoing) -> Result<Held, Ended> {
        let mut seats = self.seats.borrow_mut();
        let seat = seats.entry(message.id.customer).or_default();
        let held = seat.socket.as_ref();
        match held.filter(|held| !held.is_gone()) {
            Some(held) => return Ok(held.clone()),
            None => {
                let may_open = match self.socket().reconnect {
                    Reconnect::Never => seat.openings < 1,
                    Reconnect::Once => seat.openings < 2,
                    Reconnect::Always => true,
                };
                if let Some(held) = held.filter(|_| !may_open) {
                    return Err(held.gone());
                }
            }
        }
        let scope = self.plan.scope(&facts(message, &message.captured));
        let scope = scope.map_err(|error| Ended::failure(error.to_string()))?;
        seat.openings += 1;
        let held = self.open(scope, seat.listener.clone(), seat.openings > 1);
        seat.socket = Some(held.clone());
        Ok(held)
    }

    /// Opens a socket, as a task of its own.
    fn open(self: &Rc<Self>, mut scope: Scope, listener: Option<Listener>, is_again: bool) -> Held {
        let (orders, ordered) = mpsc::unbounded_channel();
        let (state, watched) = watch::channel(State::Opening);
        let held = Held {
            orders,
            state: watched,
            captured: Rc::default(),
        };
        let (sockets, captured) = (Rc::clone(self), Rc::clone(&held.captured));
        tokio::task::spawn_local(async move {
            let plan = sockets.socket();
            let dialled = tokio::select! {
                dialled = Box::pin(dial::dial(plan, &sockets.connector, &mut scope)) => dialled,
                () = state.closed() => return,
            };
            let mut dialled = match dialled {
                Ok(dialled) => dialled,
                Err(Unopened(ended)) => {
                    state.send_replace(State::Gone(ended));
                    return;
                }
            };
            sockets.counts.opened(is_again);
            captured.borrow_mut().extend(std::mem::take(&mut dialled.captured));
            state.send_replace(State::Open);
            let talk = Talk {
                plan: &sockets.plan,
                socket_plan: plan,
                secrets: &sockets.secrets,
                counts: &sockets.counts,
                scope: plan.says_more().then_some(scope),
                listener,
            };
            talk.on(dialled, ordered, state).await;
        });
        held
    }
}
