//! A whole profile, compiled.

use super::extract::Extractor;
use super::request::{Rendered, RequestPlan};
use super::scope::{Facts, Scope};
use super::serve::UpdatePlan;
use super::socket::SocketPlan;
use super::stream::StreamPlan;
use super::template::{CompileError, Compiler, RenderError, Template};
use crate::scenario::{Handshake, Profile, ReplyRule};

/// A whole profile, compiled for one target and one set of settings.
#[derive(Debug)]
pub struct Plan {
    constants: Scope,
    vars: Vec<Var>,
    send: SendPlan,
    handshake: Option<HandshakePlan>,
    reply: ReplyPlan,
}

#[derive(Debug)]
struct Var {
    name: String,
    template: Template,
    is_refreshed: bool,
}

/// How a message leaves, compiled.
#[derive(Debug)]
enum SendPlan {
    Request(Box<RequestPlan>),
    Mailbox(UpdatePlan),
    Socket(Box<SocketPlan>),
}

/// Where the reply is found, compiled.
#[derive(Debug)]
pub enum ReplyPlan {
    /// In the response's body.
    Response(Extractor),
    /// In the response's body, piece by piece.
    Stream(StreamPlan),
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
            send: SendPlan::compile(&compiler, profile)?,
            handshake,
            reply: match &profile.reply {
                ReplyRule::Response(rule) => {
                    ReplyPlan::Response(Extractor::compile(&compiler, "reply.response", rule)?)
                }
                ReplyRule::Stream(rule) => ReplyPlan::Stream(StreamPlan::compile("reply.stream", rule)?),
                ReplyRule::Call => ReplyPlan::Call,
            },
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

    /// The request that carries the message.
    ///
    /// # Errors
    /// When a template fails, or messages do not leave as requests.
    pub fn render(&self, scope: &mut Scope) -> Result<Rendered, RenderError> {
        match &self.send {
            SendPlan::Request(request) => request.render(scope),
            SendPlan::Mailbox(_) | SendPlan::Socket(_) => Err(RenderError {
                place: "send".to_owned(),
                reason: "messages do not leave as requests".to_owned(),
            }),
        }
    }

    /// How a message waits for a bot that asks for it, where it does.
    pub fn update(&self) -> Option<&UpdatePlan> {
        match &self.send {
            SendPlan::Mailbox(update) => Some(update),
            SendPlan::Request(_) | SendPlan::Socket(_) => None,
        }
    }

    /// The socket on which messages are sent, where they are.
    pub fn socket(&self) -> Option<&SocketPlan> {
        match &self.send {
            SendPlan::Socket(socket) => Some(socket),
            SendPlan::Request(_) | SendPlan::Mailbox(_) => None,
        }
    }

    /// Puts a sample message into the form in which it waits, so that what would fail for all fails before the first.
    ///
    /// # Errors
    /// When a template fails.
    pub fn trial_update(&self, facts: &Facts<'_>) -> Result<(), RenderError> {
        let mut scope = self.scope(facts)?;
        self.update()
            .map_or(Ok(()), |update| update.render(&mut scope, 1).map(drop))
    }

    /// Where the reply is found.
    pub fn reply(&self) -> &ReplyPlan {
        &self.reply
    }

    /// The exchange before the load, if there is one.
    pub fn handshake(&self) -> Option<&HandshakePlan> {
        self.handshake.as_ref()
    }
}

impl SendPlan {
    fn compile(compiler: &Compiler, profile: &Profile) -> Result<SendPlan, CompileError> {
        match (&profile.send, &profile.mailbox, &profile.socket) {
            (Some(send), None, None) => Ok(SendPlan::Request(Box::new(RequestPlan::compile(
                compiler, "send", send,
            )?))),
            (None, Some(mailbox), None) => UpdatePlan::compile(compiler, mailbox).map(SendPlan::Mailbox),
            (None, None, Some(socket)) => {
                SocketPlan::compile(compiler, socket).map(|socket| SendPlan::Socket(Box::new(socket)))
            }
            _ => Err(CompileError::new(
                "send",
                "expected one of `send`, `mailbox` and `socket`",
            )),
        }
    }
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
