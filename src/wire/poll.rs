//! Replies that are asked for, and openings of conversations, compiled.

use std::time::Duration;

use indexmap::IndexMap;

use super::BrokenBody;
use super::extract::{Extracted, Extractor};
use super::request::{Rendered, RequestPlan};
use super::scope::Scope;
use super::template::{CompileError, Compiler, RenderError, Template};
use crate::scenario::{Opening, Poll};

/// A profile's way to ask for a reply, compiled.
#[derive(Debug)]
pub struct PollPlan {
    /// Reads the response to the message itself.
    pub accepted: Extractor,
    every: Vec<Duration>,
    /// The most times of asking for one message.
    pub most: u16,
    ask: RequestPlan,
    status: Extractor,
    waits_for_done: bool,
    fetch: Option<RequestPlan>,
    read: Extractor,
    only: Vec<Template>,
}

impl PollPlan {
    pub(super) fn compile(compiler: &Compiler, place: &str, poll: &Poll) -> Result<PollPlan, CompileError> {
        let key = |key: &str| format!("{place}.{key}");
        let only = poll.only.iter();
        let only = only.map(|(selector, value)| compiler.compile(&format!("{place}.only.{selector}"), value));
        Ok(PollPlan {
            accepted: Extractor::of_receipt(&key("accepted"), &poll.accepted, &[])?,
            every: poll.every.iter().map(|wait| wait.get()).collect(),
            most: poll.most,
            ask: RequestPlan::compile(compiler, &key("ask"), &poll.ask)?,
            status: Extractor::of_receipt(&key("status"), &poll.status, &poll.done)?,
            waits_for_done: !poll.done.is_empty(),
            fetch: match &poll.fetch {
                Some(fetch) => Some(RequestPlan::compile(compiler, &key("fetch"), fetch)?),
                None => None,
            },
            read: Extractor::compile_only(compiler, &key("read"), &poll.read, poll.only.keys())?,
            only: only.collect::<Result<_, _>>()?,
        })
    }

    /// How long to wait before asking, `asked` times after the message was accepted.
    pub fn wait_after(&self, asked: u16) -> Duration {
        let wait = self.every.get(usize::from(asked)).or(self.every.last());
        wait.copied().unwrap_or_default()
    }

    /// The request that asks.
    ///
    /// # Errors
    /// When a template fails, as one does that needs what was never captured.
    pub fn ask(&self, scope: &mut Scope) -> Result<Rendered, RenderError> {
        self.ask.render(scope)
    }

    /// The further request for a reply that is there, where the profile has one.
    ///
    /// # Errors
    /// When a template fails.
    pub fn fetch(&self, scope: &mut Scope) -> Result<Option<Rendered>, RenderError> {
        self.fetch.as_ref().map(|fetch| fetch.render(scope)).transpose()
    }

    /// What an answer tells beside the reply: an error, values to keep, whether the reply is there.
    ///
    /// # Errors
    /// When it is not what the profile declares.
    pub fn status(&self, body: &[u8], content_type: &str) -> Result<Extracted, BrokenBody> {
        self.status.read(body, content_type)
    }

    /// True when an answer says that the reply is there; without it, replies are told as they come.
    pub fn waits_for_done(&self) -> bool {
        self.waits_for_done
    }

    /// The replies in this body that are for the message of this scope.
    ///
    /// # Errors
    /// When it is not what the profile declares, or throng cannot say whose a reply is.
    pub fn replies(&self, scope: &Scope, body: &[u8], content_type: &str) -> Result<Extracted, BrokenBody> {
        let wanted = self.only.iter().map(|template| template.text(scope));
        let wanted: Result<Vec<Option<String>>, RenderError> = wanted.collect();
        let wanted = wanted.map_err(|error| BrokenBody(format!("not told apart from others: {error}")))?;
        let wanted = wanted.into_iter().map(|value| value.unwrap_or_default().into());
        self.read.read_only(body, content_type, &wanted.collect::<Vec<_>>())
    }
}

/// The request that opens a conversation, compiled.
#[derive(Debug)]
pub struct OpeningPlan {
    request: RequestPlan,
    /// Reads the response.
    pub read: Extractor,
}

impl OpeningPlan {
    pub(super) fn compile(compiler: &Compiler, opening: &Opening) -> Result<OpeningPlan, CompileError> {
        Ok(OpeningPlan {
            request: RequestPlan::compile(compiler, "opening.request", &opening.request)?,
            read: Extractor::of_receipt("opening.read", &opening.read, &[])?,
        })
    }

    /// The request.
    ///
    /// # Errors
    /// When a template fails.
    pub fn render(&self, scope: &mut Scope) -> Result<Rendered, RenderError> {
        self.request.render(scope)
    }
}

/// Stands for each value that a profile captures, so that its requests can be tried before anything was captured.
pub(super) fn samples<'a>(names: impl Iterator<Item = &'a String>) -> IndexMap<String, serde_json::Value> {
    names.map(|name| (name.clone(), "throng".into())).collect()
}
