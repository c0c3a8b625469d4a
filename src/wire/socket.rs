//! A profile's socket, compiled: what opens it, what is said on it, and whose answer a frame is.

use std::time::Duration;

use http::header::{HeaderValue, SEC_WEBSOCKET_PROTOCOL};
use serde_json::Value;

use super::BrokenBody;
use super::document::Document;
use super::frame::FramePlan;
use super::marks::Captures;
use super::request::{Rendered, RequestPlan};
use super::scope::Scope;
use super::selector::Selector;
use super::socket_io::SocketIoCodec;
use super::template::{CompileError, Compiler, RenderError, Template};
use crate::scenario::{Format, FrameMark, Reconnect, Request, Socket, SocketFraming, SocketStep};

/// A profile's socket, compiled.
#[derive(Debug)]
pub struct SocketPlan {
    opening: RequestPlan,
    protocols: Vec<Template>,
    socket_io: Option<SocketIoPlan>,
    /// What is said and awaited before the first message.
    pub steps: Vec<StepPlan>,
    message: FramePlan,
    answers: Option<Selector>,
    heard: Vec<Mark>,
    end: Vec<Mark>,
    acknowledge: Vec<(Mark, FramePlan)>,
    /// Asks now and then whether the bot is still there.
    pub ping: Option<PingPlan>,
    /// How long further replies join an answer.
    pub settle: Duration,
    /// What a message does that finds the socket closed.
    pub reconnect: Reconnect,
}

/// One step of opening a socket, compiled.
#[derive(Debug)]
pub enum StepPlan {
    /// Sends a frame.
    Say(FramePlan),
    /// Waits for a frame.
    Await(AwaitPlan),
}

/// A frame that must come, compiled.
#[derive(Debug)]
pub struct AwaitPlan {
    mark: Mark,
    captures: Captures,
}

/// How the bot is asked whether it is still there, compiled.
#[derive(Debug)]
pub struct PingPlan {
    /// How often.
    pub every: Duration,
    /// By when anything must come.
    pub within: Duration,
    /// What asks; without it, WebSocket's own ping.
    pub say: Option<FramePlan>,
}

/// The framing of Socket.IO, compiled.
#[derive(Debug)]
pub struct SocketIoPlan {
    /// Reads and writes packets.
    pub codec: SocketIoCodec,
    auth: Option<FramePlan>,
    asks: bool,
}

/// What a frame says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Note {
    /// The message that it answers, as it names it.
    pub answers: Option<String>,
    /// It only says that the bot has the message.
    pub is_heard: bool,
    /// Nothing more comes for the message.
    pub is_end: bool,
}

#[derive(Debug)]
struct Mark {
    when: Selector,
    is: Option<Value>,
}

impl Mark {
    fn compile(place: &str, when: &str, is: Option<&Value>) -> Result<Mark, CompileError> {
        Ok(Mark {
            when: Selector::compile(&format!("{place}.when"), when, Format::Json)?,
            is: is.cloned(),
        })
    }

    fn holds(&self, frame: &Value) -> bool {
        self.when
            .all(&Document::Json(frame.into()))
            .iter()
            .any(|found| match &self.is {
                Some(wanted) => found.equals(wanted),
                None => found.is_something(),
            })
    }
}

impl SocketPlan {
    pub(super) fn compile(compiler: &Compiler, socket: &Socket) -> Result<SocketPlan, CompileError> {
        let marks = |key: &str, marks: &[FrameMark]| {
            let marks = marks.iter().enumerate();
            let compiled =
                marks.map(|(at, mark)| Mark::compile(&format!("socket.{key}[{at}]"), &mark.when, mark.is.as_ref()));
            compiled.collect::<Result<Vec<Mark>, _>>()
        };
        let protocols = socket.protocols.iter().enumerate();
        let protocols = protocols.map(|(at, one)| compiler.compile(&format!("socket.protocols[{at}]"), one));
        Ok(SocketPlan {
            opening: RequestPlan::compile(compiler, "socket", &opening(socket))?,
            protocols: protocols.collect::<Result<_, _>>()?,
            socket_io: match &socket.framing {
                SocketFraming::Text => None,
                SocketFraming::SocketIo(framing) => Some(SocketIoPlan {
                    codec: SocketIoCodec::new(&framing.namespace),
                    auth: match &framing.auth {
                        Some(auth) => Some(FramePlan::json(compiler, "socket.framing.socket_io.auth", auth)?),
                        None => None,
                    },
                    asks: framing.ask_acknowledgement,
                }),
            },
            steps: steps(compiler, &socket.on_connect)?,
            message: FramePlan::compile(compiler, "socket.message", &socket.message)?,
            answers: match &socket.answers {
                Some(answers) => Some(Selector::compile("socket.answers", answers, Format::Json)?),
                None => None,
            },
            heard: marks("heard", &socket.heard)?,
            end: marks("end", &socket.end)?,
            acknowledge: acknowledge(compiler, socket)?,
            ping: match &socket.ping {
                Some(ping) => Some(PingPlan {
                    every: ping.every.get(),
                    within: ping.within.get(),
                    say: match &ping.say {
                        Some(say) => Some(FramePlan::compile(compiler, "socket.ping.say", say)?),
                        None => None,
                    },
                }),
                None => None,
            },
            settle: socket.settle.get(),
            reconnect: socket.reconnect,
        })
    }

    /// The request that opens the socket, but for what WebSocket itself adds.
    ///
    /// # Errors
    /// When a template fails.
    pub fn opening(&self, scope: &mut Scope) -> Result<Rendered, RenderError> {
        let mut rendered = self.opening.render(scope)?;
        let mut protocols = Vec::new();
        for protocol in &self.protocols {
            protocols.extend(protocol.text(scope)?);
        }
        if !protocols.is_empty() {
            let offered = HeaderValue::from_str(&protocols.join(", ")).map_err(|_| RenderError {
                place: "socket.protocols".to_owned(),
                reason: "expected names without line breaks".to_owned(),
            })?;
            rendered.headers.insert(SEC_WEBSOCKET_PROTOCOL, offered);
        }
        Ok(rendered)
    }

    /// Renders all that opens a socket, and a message, so that what would fail for all fails before the first; gives the URL.
    ///
    /// # Errors
    /// When a template fails.
    pub fn trial(&self, scope: &mut Scope) -> Result<String, RenderError> {
        let url = self.opening(scope)?.url;
        for step in &self.steps {
            if let StepPlan::Say(frame) = step {
                frame.render(scope)?;
            }
        }
        if let Some(framing) = &self.socket_io {
            framing.connect(scope)?;
        }
        self.message(scope, 0)?;
        Ok(url)
    }

    /// Socket.IO's framing, if it has it.
    pub fn socket_io(&self) -> Option<&SocketIoPlan> {
        self.socket_io.as_ref()
    }

    /// The frame that carries a message with this place in its conversation.
    ///
    /// # Errors
    /// When a template fails.
    pub fn message(&self, scope: &Scope, place: u32) -> Result<String, RenderError> {
        let text = self.message.render(scope)?;
        Ok(match &self.socket_io {
            Some(framing) => framing.codec.event(&text, framing.asks.then_some(place)),
            None => text,
        })
    }

    /// A frame of the profile's, as the framing has it.
    ///
    /// # Errors
    /// When a template fails.
    pub fn say(&self, frame: &FramePlan, scope: &Scope) -> Result<String, RenderError> {
        let text = frame.render(scope)?;
        Ok(match &self.socket_io {
            Some(framing) => framing.codec.event(&text, None),
            None => text,
        })
    }

    /// True when frames name the messages that they answer.
    pub fn names_messages(&self) -> bool {
        self.answers.is_some()
    }

    /// True when the end of an answer is marked.
    pub fn marks_ends(&self) -> bool {
        !self.end.is_empty()
    }

    /// True when something is said beside messages once the socket is open: acknowledgements and pings.
    pub fn says_more(&self) -> bool {
        !self.acknowledge.is_empty() || self.ping.as_ref().is_some_and(|ping| ping.say.is_some())
    }

    /// What a frame says of itself; nothing if it is no JSON, or nobody asks.
    pub fn note(&self, frame: &str) -> Note {
        let asks = self.answers.is_some() || !self.heard.is_empty() || !self.end.is_empty();
        let json = asks.then(|| serde_json::from_str::<Value>(frame).ok()).flatten();
        let Some(json) = json else {
            return Note::default();
        };
        let is = |marks: &[Mark]| marks.iter().any(|mark| mark.holds(&json));
        let answers = self.answers.as_ref().and_then(|answers| answers.first_json(&json));
        Note {
            answers: answers.and_then(|found| Document::Json(found.into()).text()),
            is_heard: is(&self.heard),
            is_end: is(&self.end),
        }
    }

    /// What is said in return to a frame.
    ///
    /// # Errors
    /// When a template fails, as one does that needs what the frame does not have.
    pub fn acknowledgements(&self, frame: &str, scope: &Scope) -> Result<Vec<String>, RenderError> {
        let json = match self.acknowledge.is_empty() {
            true => None,
            false => serde_json::from_str::<Value>(frame).ok(),
        };
        let Some(json) = json else { return Ok(Vec::new()) };
        let mut scope = scope.clone();
        scope.set_var("frame", minijinja::value::Serde(&json).into());
        let marked = self.acknowledge.iter().filter(|(mark, _)| mark.holds(&json));
        marked.map(|(_, say)| self.say(say, &scope)).collect()
    }
}

impl SocketIoPlan {
    /// The packet that asks for the namespace.
    ///
    /// # Errors
    /// When a template fails.
    pub fn connect(&self, scope: &Scope) -> Result<String, RenderError> {
        let auth = self.auth.as_ref().map(|auth| auth.render(scope)).transpose()?;
        Ok(self.codec.connect(auth.as_deref()))
    }
}

impl AwaitPlan {
    /// The values to keep, if this is the frame; nothing if it is another.
    ///
    /// # Errors
    /// When one is longer than any conversation may keep.
    pub fn take(&self, frame: &str) -> Result<Option<Vec<(String, Value)>>, BrokenBody> {
        let json = serde_json::from_str::<Value>(frame).ok();
        let Some(json) = json.filter(|json| self.mark.holds(json)) else {
            return Ok(None);
        };
        self.captures.find(&Document::Json((&json).into())).map(Some)
    }
}

fn opening(socket: &Socket) -> Request {
    Request {
        method: "GET".to_owned(),
        url: socket.url.clone(),
        query: socket.query.clone(),
        headers: socket.headers.clone(),
        json: None,
        form: None,
        body: None,
        sign: None,
    }
}

fn steps(compiler: &Compiler, steps: &[SocketStep]) -> Result<Vec<StepPlan>, CompileError> {
    let compile = |(at, step): (usize, &SocketStep)| {
        let place = format!("socket.on_connect[{at}]");
        Ok(match step {
            SocketStep::Say(frame) => StepPlan::Say(FramePlan::compile(compiler, &format!("{place}.say"), frame)?),
            SocketStep::Await(awaited) => {
                let place = format!("{place}.await");
                StepPlan::Await(AwaitPlan {
                    mark: Mark::compile(&place, &awaited.when, awaited.is.as_ref())?,
                    captures: Captures::compile(&place, &awaited.capture, Format::Json)?,
                })
            }
        })
    };
    steps.iter().enumerate().map(compile).collect()
}

fn acknowledge(compiler: &Compiler, socket: &Socket) -> Result<Vec<(Mark, FramePlan)>, CompileError> {
    let mut compiler = compiler.clone();
    compiler.learn("frame");
    let compile = |(at, one): (usize, &crate::scenario::Acknowledge)| {
        let place = format!("socket.acknowledge[{at}]");
        Ok((
            Mark::compile(&place, &one.when, one.is.as_ref())?,
            FramePlan::compile(&compiler, &format!("{place}.say"), &one.say)?,
        ))
    };
    socket.acknowledge.iter().enumerate().map(compile).collect()
}
