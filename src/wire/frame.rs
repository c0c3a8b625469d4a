//! Text frames to send, compiled.

use serde_json::Value;

use super::request::BodyPlan;
use super::scope::Scope;
use super::template::{CompileError, Compiler, RenderError};
use crate::scenario::SocketFrame;

/// A text frame to send, compiled.
#[derive(Debug)]
pub struct FramePlan {
    place: String,
    body: BodyPlan,
}

impl FramePlan {
    pub(super) fn compile(compiler: &Compiler, place: &str, frame: &SocketFrame) -> Result<FramePlan, CompileError> {
        let body = match (&frame.json, &frame.body) {
            (Some(json), None) => return FramePlan::json(compiler, &format!("{place}.json"), json),
            (None, Some(body)) => BodyPlan::Text(compiler.compile(&format!("{place}.body"), body)?),
            _ => return Err(CompileError::new(place, "expected one of `json` and `body`")),
        };
        Ok(FramePlan {
            place: place.to_owned(),
            body,
        })
    }

    /// A frame of JSON, which stands at `place`.
    pub(super) fn json(compiler: &Compiler, place: &str, json: &Value) -> Result<FramePlan, CompileError> {
        Ok(FramePlan {
            place: place.to_owned(),
            body: BodyPlan::compile_json(compiler, place, json)?,
        })
    }

    /// The frame.
    ///
    /// # Errors
    /// When a template fails.
    pub fn render(&self, scope: &Scope) -> Result<String, RenderError> {
        let bytes = self.body.render(scope)?;
        String::from_utf8(bytes).map_err(|error| RenderError {
            place: self.place.clone(),
            reason: error.to_string(),
        })
    }
}
