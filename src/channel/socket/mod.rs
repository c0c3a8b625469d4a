//! Sockets that throng dials: one for each conversation, as customers' own browsers and apps have them.
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
mod limits;
mod parting;
mod pulse;
mod talk;

pub use counts::{SocketCounts, SocketTally};

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use indexmap::IndexMap;
use serde_json::Value;
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, timeout_at};

use super::body::Patience;
use super::connection::Connector;
use super::delivery::Ear;
use super::line::facts;
use super::secrets::Secrets;
use super::{Ended, Finish, Listener, Outgoing, Signal};
use crate::scenario::{Limits, Reconnect};
use crate::wire::{Plan, Scope, SocketPlan};
use answer::Answer;
use dial::Undialled;
use talk::{Heard, Order, Saying, State, Talk};

pub(super) use dial::as_http;

/// Frames that wait for the exchange that they are for; when it is full, the bot waits.
const UNHEARD: usize = 32;

/// The sockets of one channel on one shard.
pub(super) struct Sockets {
    pub(super) plan: Plan,
    pub(super) limits: Limits,
    pub(super) connector: Connector,
    pub(super) secrets: Secrets,
    pub(super) counts: Arc<SocketCounts>,
    pub(super) seats: RefCell<HashMap<u64, Seat>>,
}

/// A customer whose conversation is open.
#[derive(Default)]
pub(super) struct Seat {
    listener: Option<Listener>,
    socket: Option<Held>,
    openings: u32,
}

/// A conversation's socket, closed when this is dropped.
#[derive(Clone)]
struct Held {
    orders: mpsc::UnboundedSender<Order>,
    state: watch::Receiver<State>,
    /// What was captured while it was opened.
    captured: Rc<RefCell<IndexMap<String, Value>>>,
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
            ended,
            may_be_answered: false,
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
        let scope = self.plan.scope(&facts(&message)).map_err(failure)?;
        let frame = self.socket().message(&scope, message.id.place()).map_err(failure)?;
        let (hears, heard) = mpsc::channel(UNHEARD);
        let saying = Saying {
            id: message.id,
            frame,
            hears,
        };
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
        let scope = self.plan.scope(&facts(message));
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
                Err(Undialled(ended)) => {
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

impl Held {
    /// Waits until it is open.
    async fn opened(&mut self) -> Result<(), Ended> {
        let state = self.state.wait_for(|state| *state != State::Opening).await;
        match state.as_deref() {
            Ok(State::Gone(ended)) => Err(ended.clone()),
            Ok(_) => Ok(()),
            Err(_) => Err(Ended::ConnectionLost("the socket's task is gone".to_owned())),
        }
    }

    fn is_gone(&self) -> bool {
        matches!(*self.state.borrow(), State::Gone(_)) || self.orders.is_closed()
    }

    /// What it means for a message that this socket is no more.
    fn gone(&self) -> Ended {
        match &*self.state.borrow() {
            State::Gone(Ended::ConnectionLost(words) | Ended::Refused(words) | Ended::HttpError(words)) => {
                Ended::ConnectionLost(format!("the socket was closed before: {words}"))
            }
            _ => Ended::ConnectionLost("the socket was closed before".to_owned()),
        }
    }
}

/// A message on its way, and what comes for it.
struct Exchange<'a> {
    socket: &'a SocketPlan,
    answer: Answer<'a>,
    heard: mpsc::Receiver<Heard>,
    held: Held,
    patience: Patience,
    /// When the last frame for it came.
    last_at: Option<Instant>,
    /// The bot said that it has the message.
    is_heard: bool,
}

impl Exchange<'_> {
    /// Listens until the answer is over, or nobody waits for it any more.
    async fn listen(&mut self, ear: &mut Ear<'_>) -> Ended {
        loop {
            let (by, why) = self.until();
            match timeout_at(by, self.heard.recv()).await {
                Err(_) => return self.ran_out(why),
                Ok(None) => {
                    return self
                        .answer
                        .over(Ended::ConnectionLost("the socket's task is gone".to_owned()));
                }
                Ok(Some(Heard::Gone(ended))) => return self.answer.over(ended),
                Ok(Some(Heard::LetOff)) => return self.answer.over(Ended::Empty),
                Ok(Some(Heard::Broken(words, at))) => {
                    ear.sign_of_life(at);
                    return self.answer.over(Ended::HttpError(words));
                }
                Ok(Some(Heard::Frame { text, note, at })) => {
                    ear.sign_of_life(at);
                    self.last_at = Some(at);
                    self.is_heard |= note.is_heard;
                    let tell = &mut |signal| ear.hear(signal);
                    let taken = self.answer.take(&text, at, tell);
                    if let Err(ended) = taken {
                        return ended;
                    }
                    if note.is_end {
                        let ended = self.answer.end(at, tell).err();
                        return ended.unwrap_or_else(|| self.over(Ended::Empty));
                    }
                }
            }
        }
    }

    /// Until when it listens, and why no longer.
    fn until(&self) -> (Instant, Why) {
        let (by, _) = match self.last_at {
            None => self.patience.for_head(),
            Some(last_at) => self.patience.for_more(last_at),
        };
        let settles = self
            .last_at
            .filter(|_| self.answer.is_whole() && !self.socket.marks_ends());
        match settles.map(|last_at| last_at + self.socket.settle) {
            Some(settled_at) if settled_at <= by => (settled_at, Why::Settled),
            _ => (by, Why::RanOut),
        }
    }

    fn ran_out(&mut self, why: Why) -> Ended {
        match why {
            Why::Settled => self.over(Ended::Empty),
            Why::RanOut if self.is_heard => self.answer.over(Ended::Empty),
            Why::RanOut => self.answer.over(Ended::Silent),
        }
    }

    /// The answer is over. Unless frames name their messages, it answers all that was said before it.
    fn over(&mut self, without_text: Ended) -> Ended {
        if !self.socket.names_messages() {
            let up_to = self.last_at.unwrap_or_else(Instant::now);
            self.held.orders.send(Order::LetOff(up_to)).unwrap_or_default();
        }
        self.answer.over(without_text)
    }
}

/// Why an exchange listens no longer.
enum Why {
    /// The answer has had time to become whole.
    Settled,
    /// Its time is over.
    RanOut,
}
