//! A whole profile, compiled.

use std::sync::Arc;

use indexmap::IndexMap;

use super::extract::Extractor;
use super::frame::FramePlan;
use super::poll::{OpeningPlan, PollPlan, samples};
use super::request::{Rendered, RequestPlan};
use super::scope::{Facts, Scope};
use super::socket::SocketPlan;
use super::stream::StreamPlan;
use super::template::{CompileError, Compiler, RenderError, Template};
use super::updates::UpdatePlan;
use crate::scenario::{Handshake, Profile, ReplyRule, SocketStep};

/// A whole profile, compiled for one target and one set of settings.
#[derive(Debug)]
pub struct Plan {
    constants: Scope,
    vars: Vec<Var>,
    send: Option<RequestPlan>,
    update: Option<UpdatePlan>,
    /// What carries a message on a socket of a bot that dials in.
    frame: Option<FramePlan>,
    socket: Option<Box<SocketPlan>>,
    handshake: Option<HandshakePlan>,
    opening: Option<OpeningPlan>,
    reply: ReplyPlan,
    /// What openings and accepted messages capture.
    samples: IndexMap<String, serde_json::Value>,
}

#[derive(Debug)]
struct Var {
    name: String,
    template: Template,
    is_refreshed: bool,
}

/// Where the reply is found, compiled.
#[derive(Debug)]
pub enum ReplyPlan {
    /// In the response's body.
    Response(Arc<Extractor>),
    /// In the response's body, piece by piece.
    Stream(StreamPlan),
    /// In the answers to requests that are repeated.
    Poll(Box<PollPlan>),
    /// Nowhere in the response.
    Call,
}

/// The exchange before the load, compiled.
#[derive(Debug)]
pub struct HandshakePlan {
    request: RequestPlan,
    /// The status that must come back.
    pub status: u16,
    body: Option<Template>,
}

impl Plan {
    /// Compiles `profile` for these [constants](Scope::constants).
    ///
    /// # Errors
    /// The first key that is not valid.
    pub fn compile(profile: &Profile, constants: Scope) -> Result<Plan, CompileError> {
        let mut compiler = Compiler::new(constants.clone());
        let mut vars = Vec::with_capacity(profile.vars.len());
        for (name, source) in &profile.vars {
            vars.push(Var {
                template: compiler.compile(&format!("vars.{name}"), source)?,
                is_refreshed: profile.retry.refresh.contains(name),
                name: name.clone(),
            });
            compiler.learn(name);
        }
        if let Some(unknown) = profile
            .retry
            .refresh
            .iter()
            .find(|name| !profile.vars.contains_key(*name))
        {
            let reason = format!("`{unknown}` is not one of the profile's vars");
            return Err(CompileError::new("retry.refresh", reason));
        }
        let handshake = match &profile.handshake {
            Some(handshake) => Some(HandshakePlan::compile(&compiler, handshake)?),
            None => None,
        };
        Ok(Plan {
            send: match &profile.send {
                Some(send) => Some(RequestPlan::compile(&compiler, "send", send)?),
                None => None,
            },
            update: match &profile.mailbox {
                Some(mailbox) => Some(UpdatePlan::compile(&compiler, mailbox)?),
                None => None,
            },
            frame: match &profile.dial_in {
                Some(dial_in) => Some(FramePlan::compile(&compiler, "dial_in.message", &dial_in.message)?),
                None => None,
            },
            socket: match &profile.socket {
                Some(socket) => Some(Box::new(SocketPlan::compile(&compiler, socket)?)),
                None => None,
            },
            handshake,
            reply: match &profile.reply {
                ReplyRule::Response(rule) => {
                    ReplyPlan::Response(Arc::new(Extractor::compile(&compiler, "reply.response", rule)?))
                }
                ReplyRule::Stream(rule) => ReplyPlan::Stream(StreamPlan::compile("reply.stream", rule)?),
                ReplyRule::Poll(rule) => ReplyPlan::Poll(Box::new(PollPlan::compile(&compiler, "reply.poll", rule)?)),
                ReplyRule::Call => ReplyPlan::Call,
            },
            opening: match &profile.opening {
                Some(opening) => Some(OpeningPlan::compile(&compiler, opening)?),
                None => None,
            },
            samples: samples(captured_before(profile)),
            constants,
            vars,
        })
    }

    /// The scope of a message, with the profile's vars.
    ///
    /// # Errors
    /// When one of the vars fails.
    pub fn scope(&self, facts: &Facts<'_>) -> Result<Scope, RenderError> {
        let mut scope = self.constants.of(facts);
        for var in &self.vars {
            let value = var.template.value(&scope)?;
            scope.set_var(&var.name, value);
        }
        Ok(scope)
    }

    /// Makes anew, for a redelivery at `now_ms`, the vars that `retry.refresh` names.
    ///
    /// # Errors
    /// When one of them fails.
    pub fn refresh(&self, scope: &mut Scope, now_ms: u64) -> Result<(), RenderError> {
        scope.set_now(now_ms);
        for var in self.vars.iter().filter(|var| var.is_refreshed) {
            let value = var.template.value(scope)?;
            scope.set_var(&var.name, value);
        }
        Ok(())
    }

    /// True when something is sent to the bot: the message, or that there is one.
    pub fn sends(&self) -> bool {
        self.send.is_some()
    }

    /// The request that carries the message, or tells of it.
    ///
    /// # Errors
    /// When a template fails, or nothing is sent to this bot.
    pub fn render(&self, scope: &mut Scope) -> Result<Rendered, RenderError> {
        match &self.send {
            Some(send) => send.render(scope),
            None => Err(RenderError {
                place: "send".to_owned(),
                reason: "this profile sends nothing".to_owned(),
            }),
        }
    }

    /// How a message waits for a bot that asks for it, where it does.
    pub fn update(&self) -> Option<&UpdatePlan> {
        self.update.as_ref()
    }

    /// True when messages go to sockets that the bot opens.
    pub fn is_dialled(&self) -> bool {
        self.frame.is_some()
    }

    /// The frame that carries the message on a socket of a bot that dials in.
    ///
    /// # Errors
    /// When a template fails, or messages go elsewhere.
    pub fn frame(&self, scope: &Scope) -> Result<String, RenderError> {
        match &self.frame {
            Some(frame) => frame.render(scope),
            None => Err(RenderError {
                place: "dial_in".to_owned(),
                reason: "messages go elsewhere".to_owned(),
            }),
        }
    }

    /// The socket on which messages are sent, where each conversation has its own.
    pub fn socket(&self) -> Option<&SocketPlan> {
        self.socket.as_deref()
    }

    /// Where the reply is found.
    pub fn reply(&self) -> &ReplyPlan {
        &self.reply
    }

    /// The request that opens a conversation, if there is one.
    pub fn opening(&self) -> Option<&OpeningPlan> {
        self.opening.as_ref()
    }

    /// What stands for the values that are captured before the requests that need them.
    pub fn samples(&self) -> &IndexMap<String, serde_json::Value> {
        &self.samples
    }

    /// The exchange before the load, if there is one.
    pub fn handshake(&self) -> Option<&HandshakePlan> {
        self.handshake.as_ref()
    }
}

/// The names of the values that an opening, an accepted message or the opening of a socket brings.
fn captured_before(profile: &Profile) -> impl Iterator<Item = &String> {
    let opening = profile.opening.iter().map(|opening| &opening.read);
    let accepted = match &profile.reply {
        ReplyRule::Poll(poll) => Some(&poll.accepted),
        _ => None,
    };
    let receipts = opening.chain(accepted).flat_map(|receipt| receipt.capture.keys());
    let steps = profile.socket.iter().flat_map(|socket| &socket.on_connect);
    let awaited = steps.filter_map(|step| match step {
        SocketStep::Await(awaited) => Some(&awaited.capture),
        SocketStep::Say(_) => None,
    });
    receipts.chain(awaited.flat_map(|capture| capture.keys()))
}

impl HandshakePlan {
    fn compile(compiler: &Compiler, handshake: &Handshake) -> Result<HandshakePlan, CompileError> {
        Ok(HandshakePlan {
            request: RequestPlan::compile(compiler, "handshake.request", &handshake.request)?,
            status: handshake.expect.status,
            body: match &handshake.expect.body {
                Some(body) => Some(compiler.compile("handshake.expect.body", body)?),
                None => None,
            },
        })
    }

    /// Its request and the body that must come back.
    ///
    /// # Errors
    /// When a template fails.
    pub fn render(&self, scope: &mut Scope) -> Result<(Rendered, Option<String>), RenderError> {
        let body = match &self.body {
            Some(body) => body.text(scope)?,
            None => None,
        };
        Ok((self.request.render(scope)?, body))
    }
}

#[cfg(test)]
mod tests;
