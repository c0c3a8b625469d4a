//! A drafted profile tried on the exchange that it was drafted from: it must compile, render, and read the same reply.

use indexmap::IndexMap;
use serde_json::Value;

use super::{DraftError, reply};
use crate::conversation::{MessageId, RunKey};
use crate::scenario::Profile;
use crate::wire::{Facts, Plan, ReplyPlan, Scope};

/// Compiles `profile` with these secrets, renders a message, and reads the captured answer: `text` must be what it says.
pub(super) fn repeat(
    profile: &Value,
    target: &str,
    secrets: &IndexMap<String, Value>,
    text: &str,
    answer: &str,
) -> Result<(), DraftError> {
    let untrue = |error: &dyn std::fmt::Display| DraftError::Untrue(error.to_string());
    let profile: Profile = serde_json::from_value(profile.clone()).map_err(|error| untrue(&error))?;
    let mut settings: IndexMap<String, Value> = profile
        .settings
        .iter()
        .map(|(name, setting)| (name.clone(), setting.default.clone().unwrap_or_default()))
        .collect();
    settings.extend(secrets.clone());
    let constants = Scope::constants(target, &settings);
    let plan = Plan::compile(&profile, constants).map_err(|error| untrue(&error))?;
    let facts = Facts {
        id: MessageId {
            run: RunKey::of_seed(1),
            customer: 1,
            turn: 1,
            fragment: 1,
        },
        customer_id: "throng-1-1",
        customer_name: "Li",
        text: "?",
        media: None,
        captured: &IndexMap::new(),
        history: &[],
        now_ms: 0,
    };
    let mut scope = plan.scope(&facts).map_err(|error| untrue(&error))?;
    plan.render(&mut scope).map_err(|error| untrue(&error))?;
    let body = reply::without_head(answer.trim_start_matches('\u{feff}'));
    let said = match plan.reply() {
        ReplyPlan::Response(extractor) => {
            let read = extractor.read(body.as_bytes(), "").map_err(|error| untrue(&error))?;
            let texts: Vec<String> = read.replies.into_iter().map(|said| said.text).collect();
            texts.join("\n")
        }
        ReplyPlan::Stream(stream) => {
            let mut reader = stream.reader();
            reader.push(body.as_bytes()).map_err(|error| untrue(&error))?;
            reader.finish().map_err(|error| untrue(&error))?;
            reader.text().to_owned()
        }
        // A draft says where in its response the reply stands.
        ReplyPlan::Call | ReplyPlan::Poll(_) => String::new(),
    };
    match said.trim() == text.trim() {
        true => Ok(()),
        false => Err(DraftError::Untrue(format!(
            "expected the reply `{text}`, read `{said}`"
        ))),
    }
}
