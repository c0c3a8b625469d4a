//! The task that holds one conversation's socket: says what is ordered, hears every frame, and hands it to the message that it
//! answers. It ends with the socket, or when the customer hangs up.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use tokio::sync::{mpsc, watch};
use tokio::time::{Instant, sleep_until, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{self, Message};

use super::answer::Answer;
use super::counts::CustomerSocketCounts;
use super::dial::Opened;
use super::parting;
use super::pulse::{Beat, Pulse};
use super::waiting::{Waiting, place};
use crate::channel::connection::Stream;
use crate::channel::read_clock::ReadClock;
use crate::channel::secrets::Secrets;
use crate::channel::{Called, Ended, Listener, Signal};
use crate::conversation::MessageId;
use crate::wire::{Note, Packet, Plan, Said, Scope, SocketPlan};

/// Nobody waits longer for a socket to be closed in good order.
const FAREWELL: Duration = Duration::from_secs(1);
/// Nobody waits longer for a bot to take in a frame.
const LONGEST_WRITE: Duration = Duration::from_secs(30);

/// How a conversation's socket is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum State {
    Opening,
    Open,
    /// It is no more, for this reason.
    Gone(Ended),
}

/// What the customer wants of the task.
pub(super) enum Order {
    /// Send a message. In a box, since a queue keeps room for many.
    Say(Box<Saying>),
    /// An answer is over: whatever was said up to this moment is answered by it.
    LetOff(Instant),
}

/// A message to be sent.
pub(super) struct Saying {
    pub(super) id: MessageId,
    pub(super) frame: String,
    pub(super) hears: mpsc::Sender<Heard>,
}

/// What a message's exchange hears.
pub(super) enum Heard {
    /// A frame, and what it says of itself.
    Frame { text: String, note: Note, at: Instant },
    /// An answer breaks the protocol.
    Broken(String, Instant),
    /// Another message's answer was this one's as well.
    LetOff,
    /// The socket is no more.
    Gone(Ended),
}

/// An open socket and all who listen to it.
pub(super) struct Talk<'a> {
    pub(super) plan: &'a Plan,
    pub(super) socket_plan: &'a SocketPlan,
    pub(super) secrets: &'a Secrets,
    pub(super) counts: &'a CustomerSocketCounts,
    /// What acknowledgements and pings see, where there are any.
    pub(super) scope: Option<Scope>,
    pub(super) listener: Option<Listener>,
}

impl Talk<'_> {
    /// Talks until the socket is no more or the customer hangs up.
    pub(super) async fn on(
        self,
        dialled: Opened,
        mut orders: mpsc::UnboundedReceiver<Order>,
        state: watch::Sender<State>,
    ) {
        // In boxes, since this task is held for as long as its customer thinks.
        let mut talking = Box::new(Talking {
            answer: Answer::of(self.plan.reply()),
            pulse: Pulse::start(self.socket_plan.ping.as_ref(), dialled.silence),
            socket: dialled.socket,
            read_clock: dialled.read_clock,
            waiting: Vec::new(),
            stray: None,
            talk: self,
        });
        let ended = loop {
            let beat_at = talking.pulse.next_at(talking.read_clock.last());
            let carried_on = tokio::select! {
                order = orders.recv() => match order {
                    Some(order) => talking.obey(order).await,
                    None => return Box::pin(talking.hang_up()).await,
                },
                frame = talking.socket.next() => talking.hear(frame).await,
                () = sleep_until(beat_at) => talking.beat().await,
            };
            if let Err(ended) = carried_on {
                break ended;
            }
        };
        Box::pin(talking.part(ended, &state)).await;
    }
}

struct Talking<'a> {
    talk: Talk<'a>,
    socket: Box<WebSocketStream<Stream>>,
    read_clock: ReadClock,
    pulse: Pulse,
    waiting: Vec<Waiting>,
    /// What comes although nobody waits for it.
    answer: Answer<'a>,
    /// The message that it names.
    stray: Option<String>,
}

impl Talking<'_> {
    async fn obey(&mut self, order: Order) -> Result<(), Ended> {
        match order {
            Order::Say(saying) => {
                self.waiting.retain(|one| !one.hears.is_closed());
                self.waiting.push(Waiting {
                    id: saying.id,
                    said_at: Instant::now(),
                    hears: saying.hears,
                });
                self.say(saying.frame).await
            }
            Order::LetOff(up_to) => {
                let (answered, waiting) = self.waiting.drain(..).partition(|one| one.said_at <= up_to);
                self.waiting = waiting;
                for one in Vec::from_iter::<Vec<Waiting>>(answered) {
                    one.hears.send(Heard::LetOff).await.unwrap_or_default();
                }
                Ok(())
            }
        }
    }

    async fn say(&mut self, text: String) -> Result<(), Ended> {
        self.send(Message::text(text)).await
    }

    async fn send(&mut self, message: Message) -> Result<(), Ended> {
        match timeout(LONGEST_WRITE, self.socket.send(message)).await {
            Ok(sent) => sent.map_err(|error| parting::broken(&error)),
            Err(_) => Err(Ended::ConnectionLost("the bot takes nothing in any more".to_owned())),
        }
    }

    async fn beat(&mut self) -> Result<(), Ended> {
        match self.pulse.beat(Instant::now(), self.read_clock.last()) {
            Beat::Wait => Ok(()),
            Beat::Lost(words) => Err(Ended::ConnectionLost(words)),
            Beat::Ask => {
                let ping = self.talk.socket_plan.ping.as_ref().and_then(|ping| ping.say.as_ref());
                let asked = ping.zip(self.talk.scope.as_ref());
                let asked = asked.map(|(ping, scope)| self.talk.socket_plan.say(ping, scope));
                match asked {
                    None => self.send(Message::Ping(Default::default())).await,
                    Some(Ok(frame)) => self.say(frame).await,
                    Some(Err(error)) => Err(Ended::failure(error.to_string())),
                }
            }
        }
    }

    /// Takes in one frame.
    async fn hear(&mut self, frame: Option<Result<Message, tungstenite::Error>>) -> Result<(), Ended> {
        let at = self.read_clock.last();
        let text = match frame {
            None => return Err(parting::closed(None)),
            Some(Err(error)) => return Err(parting::broken(&error)),
            Some(Ok(Message::Close(frame))) => return Err(parting::closed(frame.as_ref())),
            Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => return Ok(()),
            Some(Ok(Message::Binary(_))) => return self.broken("answer is a binary frame", at).await,
            Some(Ok(Message::Text(text))) => text,
        };
        let Some(framing) = self.talk.socket_plan.socket_io() else {
            return self.take(text.as_str(), at).await;
        };
        match framing.codec.read(text.as_str()) {
            Err(broken) => self.broken(&broken.to_string(), at).await,
            Ok(Packet::Closed) => Err(parting::closed(None)),
            Ok(Packet::Refused(words)) => Err(Ended::Refused(words)),
            Ok(Packet::Ping(pong)) => self.say(pong).await,
            Ok(Packet::Open(_) | Packet::Connected | Packet::Other) => Ok(()),
            Ok(Packet::Frame(frame, acknowledgement)) => {
                if let Some(acknowledgement) = acknowledgement {
                    self.say(acknowledgement).await?;
                }
                self.take(&frame, at).await
            }
        }
    }

    /// Takes in what the profile's selectors see.
    async fn take(&mut self, text: &str, at: Instant) -> Result<(), Ended> {
        let plan = self.talk.socket_plan;
        if let Some(scope) = &self.talk.scope {
            let said_in_return = plan.acknowledgements(text, scope);
            for frame in said_in_return.map_err(|error| Ended::failure(error.to_string()))? {
                self.say(frame).await?;
            }
        }
        let note = plan.note(text);
        match self.addressee(note.answers.as_deref()) {
            Some(hears) => {
                let text = text.to_owned();
                hears.send(Heard::Frame { text, note, at }).await.unwrap_or_default();
            }
            None => self.take_stray(text, note, at),
        }
        Ok(())
    }

    async fn broken(&mut self, words: &str, at: Instant) -> Result<(), Ended> {
        match self.addressee(None) {
            Some(hears) => hears
                .send(Heard::Broken(words.to_owned(), at))
                .await
                .unwrap_or_default(),
            None => self.talk.counts.unreadable(),
        }
        Ok(())
    }

    /// Who waits for a frame that names this message, or none: then it is for whoever waits longest.
    fn addressee(&mut self, named: Option<&str>) -> Option<mpsc::Sender<Heard>> {
        self.waiting.retain(|one| !one.hears.is_closed());
        let found = match named {
            Some(name) => self.waiting.iter().find(|one| one.is_named(name)),
            None => self.waiting.first(),
        };
        found.map(|one| one.hears.clone())
    }

    /// Takes in a frame that nobody waits for: a reply in it goes to the customer all the same, who may still be there.
    fn take_stray(&mut self, text: &str, note: Note, at: Instant) {
        if note.answers != self.stray {
            // What is left of another answer is none.
            self.answer = Answer::of(self.talk.plan.reply());
            self.stray.clone_from(&note.answers);
        }
        let mut replies = Vec::new();
        let mut tell = |signal| {
            if let Signal::Reply { text, media, .. } = signal {
                replies.push(Said { text, media });
            }
        };
        let taken = self.answer.take(text, at, &mut tell);
        let taken = match note.is_end {
            true => taken.and_then(|()| self.answer.end(at, &mut tell)),
            false => taken,
        };
        if taken.is_err() {
            self.talk.counts.unreadable();
        }
        if taken.is_err() || self.answer.is_whole() || note.is_end {
            self.answer = Answer::of(self.talk.plan.reply());
            self.stray = None;
        }
        for mut said in replies {
            self.talk.secrets.blot_out(&mut said.text);
            let called = Called::on_a_socket(place(note.answers.as_deref()), said, at);
            if let Some(listener) = &self.talk.listener {
                // Whoever has gone does not want it.
                let _is_there = listener(called);
            }
        }
    }

    /// The socket is no more: tells all who wait.
    async fn part(mut self, ended: Ended, state: &watch::Sender<State>) {
        self.waiting.retain(|one| !one.hears.is_closed());
        if self.waiting.is_empty() {
            self.talk.counts.closed_by_the_bot();
        }
        state.send_replace(State::Gone(ended.clone()));
        for one in self.waiting.drain(..) {
            one.hears.send(Heard::Gone(ended.clone())).await.unwrap_or_default();
        }
        self.close().await;
    }

    async fn hang_up(mut self) {
        if let Some(framing) = self.talk.socket_plan.socket_io() {
            // A bot that does not listen any more is left all the same.
            self.say(framing.codec.disconnect()).await.unwrap_or_default();
        }
        self.close().await;
    }

    /// Closes in good order, if the bot plays its part.
    async fn close(&mut self) {
        let closing = async {
            (*self.socket).close(None).await?;
            while let Some(frame) = self.socket.next().await {
                frame?;
            }
            Ok::<(), tungstenite::Error>(())
        };
        // However it ends, the socket is dropped.
        let _closed = timeout(FAREWELL, closing).await.is_ok();
    }
}
