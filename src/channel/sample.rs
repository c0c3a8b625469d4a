//! A message that no customer sends, to try a profile with.

use indexmap::IndexMap;
use serde_json::Value;

use super::now_ms;
use super::socket::as_http;
use crate::conversation::{MediaKind, MessageId, RunKey};
use crate::scenario::Carries;
use crate::wire::{CompileError, Facts, Plan, ReplyPlan};

/// Renders a sample message of each kind, so that what would fail for every message fails before the first; gives its URL, if it has one.
pub(super) fn trial(plan: &Plan, media: &Carries) -> Result<Option<String>, CompileError> {
    for kind in &media.kinds {
        with_sample(plan.samples(), Some(*kind), |facts| {
            let mut scope = plan.scope(facts)?;
            if let Some(update) = plan.update() {
                update.render(&mut scope, 1)?;
            }
            if let Some(socket) = plan.socket() {
                socket.message(&scope, 0)?;
            }
            match plan.sends() {
                true => plan.render(&mut scope).map(drop),
                false => Ok(()),
            }
        })?;
    }
    with_sample(plan.samples(), None, |facts| {
        let mut scope = plan.scope(facts)?;
        if let Some(update) = plan.update() {
            update.render(&mut scope, 1)?;
        }
        if let Some(socket) = plan.socket() {
            return Ok(Some(as_http(&socket.trial(&mut scope)?)));
        }
        if !plan.sends() {
            return Ok(None);
        }
        if let Some(handshake) = plan.handshake() {
            handshake.render(&mut scope)?;
        }
        if let Some(opening) = plan.opening() {
            opening.render(&mut scope)?;
        }
        if let ReplyPlan::Poll(poll) = plan.reply() {
            poll.ask(&mut scope)?;
            poll.fetch(&mut scope)?;
        }
        Ok(Some(plan.render(&mut scope)?.url))
    })
}

/// What `made` makes of a message that no customer sends.
pub(super) fn with_sample<T>(
    captured: &IndexMap<String, Value>,
    media: Option<MediaKind>,
    made: impl FnOnce(&Facts<'_>) -> T,
) -> T {
    made(&Facts {
        id: MessageId {
            run: RunKey::of_seed(0),
            customer: 0,
            turn: 0,
            fragment: 0,
        },
        customer_id: "throng-handshake",
        customer_name: "throng",
        text: "你好",
        media,
        captured,
        history: &[],
        now_ms: now_ms(),
    })
}
