//! What a bot that asks for its messages wants and gets.

use serde_json::Value;

use super::call::Call;
use super::request::BodyPlan;
use super::scope::Scope;
use super::selector::Selector;
use super::serve::first_text;
use super::template::{CompileError, Compiler, RenderError};
use crate::scenario::{Format, Mailbox, Route};

/// What a bot that asks for its messages wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Asked {
    /// Where it stands.
    pub from: Position,
    /// The most at once.
    pub limit: Option<u64>,
    /// How long it waits for the first, in seconds.
    pub wait_s: Option<u64>,
}

/// Where a bot stands in its mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Position {
    /// At the beginning of all that is there.
    #[default]
    Start,
    /// It has taken those below, which need not be kept for it.
    Taken(u64),
    /// It has read up to this one, and may read it again.
    Read(u64),
}

/// What such a bot gets.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Handed {
    /// The messages, as the profile's `mailbox.update` makes them.
    pub updates: Vec<Value>,
    /// The number of the last of them; without any, where the bot stood before.
    pub cursor: u64,
    /// True when others wait that were too many for once.
    pub has_more: bool,
}

impl Handed {
    /// The names under which templates see it.
    pub(super) const NAMES: [&str; 3] = ["updates", "cursor", "has_more"];

    pub(super) fn show(&self, scope: &mut Scope) {
        let values = [
            minijinja::value::Serde(&self.updates).into(),
            self.cursor.to_string().into(),
            self.has_more.into(),
        ];
        for (name, value) in Handed::NAMES.into_iter().zip(values) {
            scope.set_var(name, value);
        }
    }
}

/// Where a call says what it wants, compiled.
#[derive(Debug)]
pub(super) struct UpdatesPlan {
    offset: Option<Selector>,
    cursor: Option<Selector>,
    limit: Option<Selector>,
    wait: Option<Selector>,
}

impl UpdatesPlan {
    pub(super) fn compile(place: &str, route: &Route) -> Result<UpdatesPlan, CompileError> {
        let selector = |key: &str, source: &Option<String>| match source {
            Some(source) => Selector::compile(&format!("{place}.{key}"), source, Format::Json).map(Some),
            None => Ok(None),
        };
        Ok(UpdatesPlan {
            offset: selector("offset", &route.offset)?,
            cursor: selector("cursor", &route.cursor)?,
            limit: selector("limit", &route.limit)?,
            wait: selector("wait", &route.wait)?,
        })
    }

    /// What is no number, or one below 0, says nothing.
    pub(super) fn asked(&self, call: &Call) -> Asked {
        let count = |selector: &Option<Selector>| first_text(selector.as_ref(), &call.0)?.parse::<u64>().ok();
        let from = match (count(&self.offset), count(&self.cursor)) {
            (Some(offset), _) => Position::Taken(offset),
            (None, Some(cursor)) => Position::Read(cursor),
            (None, None) => Position::Start,
        };
        Asked {
            from,
            limit: count(&self.limit),
            wait_s: count(&self.wait),
        }
    }
}

/// A customer's message as a bot that asks for it gets it, compiled.
#[derive(Debug)]
pub struct UpdatePlan(BodyPlan);

impl UpdatePlan {
    pub(super) fn compile(compiler: &Compiler, mailbox: &Mailbox) -> Result<UpdatePlan, CompileError> {
        let mut compiler = compiler.clone();
        compiler.learn("update");
        BodyPlan::compile_json(&compiler, "mailbox.update", &mailbox.update).map(UpdatePlan)
    }

    /// The message of this scope as the update with this number.
    ///
    /// # Errors
    /// When a template fails.
    pub fn render(&self, scope: &mut Scope, number: u64) -> Result<Value, RenderError> {
        scope.set_var("update", number.into());
        let bytes = self.0.render(scope)?;
        serde_json::from_slice(&bytes).map_err(|error| RenderError {
            place: "mailbox.update".to_owned(),
            reason: error.to_string(),
        })
    }
}
