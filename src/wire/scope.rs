//! What templates see while one message is rendered.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use indexmap::IndexMap;
use minijinja::Value;
use minijinja::value::{Object, Serde};

use super::media::{Media, MediaSeen};
use crate::conversation::{MediaKind, MessageId};
use crate::scenario::RetryOn;

/// The context's own entry, which no template can name: it is not an identifier.
pub(super) const MOMENT: &str = "(moment)";

/// How much of the past is kept for `history()`: messages and replies.
const LONGEST_HISTORY: usize = 20;

/// Who said something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaker {
    /// The customer.
    Customer,
    /// The bot.
    Bot,
}

/// What a message brings to its templates.
#[derive(Debug, Clone)]
pub struct Facts<'a> {
    /// The message's id; draws of `digits()`, `uuid()` and `seq()` follow from it.
    pub id: MessageId,
    /// The customer as the bot sees them.
    pub customer_id: &'a str,
    /// The customer's name.
    pub customer_name: &'a str,
    /// What they write.
    pub text: &'a str,
    /// What they send beside words.
    pub media: Option<MediaKind>,
    /// Values captured from earlier replies.
    pub captured: &'a IndexMap<String, serde_json::Value>,
    /// What was said before, oldest first.
    pub history: &'a [(Speaker, String)],
    /// The time of sending: milliseconds since 1970-01-01 UTC.
    pub now_ms: u64,
}

/// What templates see: the target, the settings, one message and the vars made so far.
#[derive(Debug, Clone)]
pub struct Scope(Arc<Root>);

#[derive(Debug, Clone)]
struct Root {
    target: Value,
    settings: Value,
    platform: Value,
    retry: Retried,
    message: Option<Arc<Moment>>,
    /// Absent while nothing was captured.
    conversation: Option<Value>,
    vars: Vec<(String, Value)>,
    raw_body: Option<Value>,
}

impl Scope {
    /// What is the same for every message: `target` and `settings`.
    pub fn constants(target: &str, settings: &IndexMap<String, serde_json::Value>) -> Scope {
        Scope(Arc::new(Root {
            target: target.into(),
            settings: Serde(settings).into(),
            platform: Value::from(()),
            retry: Retried(0, None),
            message: None,
            conversation: None,
            vars: Vec::new(),
            raw_body: None,
        }))
    }

    /// The same with `platform`, the URL at which throng serves the platform's API.
    #[must_use]
    pub fn with_platform(mut self, url: &str) -> Scope {
        Arc::make_mut(&mut self.0).platform = url.into();
        self
    }

    /// The scope of one message: these constants and what the message brings.
    pub fn of(&self, facts: &Facts<'_>) -> Scope {
        Scope(Arc::new(Root {
            message: Some(Arc::new(Moment::of(facts, self.media_of(facts)))),
            conversation: (!facts.captured.is_empty()).then(|| Serde(facts.captured).into()),
            ..Root::clone(&self.0)
        }))
    }

    /// What a message is beside words, and where it is served.
    fn media_of(&self, facts: &Facts<'_>) -> Value {
        let media = facts.media.map(|kind| Media {
            kind,
            message: facts.id,
        });
        media.map_or(Value::from(()), |media| self.seen(media))
    }

    fn seen(&self, media: Media) -> Value {
        let platform = self.0.platform.as_str().unwrap_or_default();
        Value::from_object(MediaSeen::new(media, platform))
    }

    /// From here on templates see `media`, which a call asks for.
    pub(super) fn set_media(&mut self, media: Media) {
        let seen = self.seen(media);
        self.set_var("media", seen);
    }

    /// The time moves on, for a redelivery.
    pub fn set_now(&self, now_ms: u64) {
        if let Some(moment) = &self.0.message {
            moment.now_ms.store(now_ms, Ordering::Relaxed);
        }
    }

    /// What was captured meanwhile, instead of what the message brought.
    pub fn set_captured(&mut self, captured: &IndexMap<String, serde_json::Value>) {
        Arc::make_mut(&mut self.0).conversation = Some(Serde(captured.clone()).into());
    }

    /// This is a redelivery, the `number`th, for this reason.
    pub fn set_retry(&mut self, number: u16, reason: Option<RetryOn>) {
        Arc::make_mut(&mut self.0).retry = Retried(number, reason);
    }

    pub(super) fn set_var(&mut self, name: &str, value: Value) {
        let vars = &mut Arc::make_mut(&mut self.0).vars;
        match vars.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = value,
            None => vars.push((name.to_owned(), value)),
        }
    }

    pub(super) fn set_raw_body(&mut self, body: Option<&str>) {
        Arc::make_mut(&mut self.0).raw_body = body.map(Value::from);
    }

    /// What a template finds at `a.b`.
    ///
    /// # Errors
    /// When a value on the way there is undefined.
    pub(super) fn value_at(&self, path: &[String]) -> Result<Value, minijinja::Error> {
        let (first, rest) = path
            .split_first()
            .map_or(("", path), |(first, rest)| (first.as_str(), rest));
        let root = self.0.get_value_by_str(first).unwrap_or(Value::UNDEFINED);
        rest.iter().try_fold(root, |value, name| value.get_attr(name))
    }

    /// What a template finds at `a.b`, where that is one of the message's own texts: most of what profiles ask for, and had
    /// without the template engine.
    pub(super) fn text_at(&self, path: &[String]) -> Option<Cow<'_, str>> {
        match path {
            [part, name] => self.0.message.as_ref()?.text_at(part, name),
            _ => None,
        }
    }

    pub(super) fn to_value(&self) -> Value {
        Value::from_dyn_object(self.0.clone())
    }
}

impl Object for Root {
    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let message = self.message.as_ref();
        match key {
            "target" => Some(self.target.clone()),
            "settings" => Some(self.settings.clone()),
            "platform" => Some(self.platform.clone()),
            "retry" => Some(Value::from_object(self.retry)),
            "raw_body" => self.raw_body.clone(),
            "customer" => message.map(|moment| Part("customer", Arc::clone(moment)).into()),
            "message" => message.map(|moment| Part("message", Arc::clone(moment)).into()),
            "conversation" => message.map(|moment| {
                let nothing = || Part("conversation", Arc::clone(moment)).into();
                self.conversation.clone().unwrap_or_else(nothing)
            }),
            MOMENT => message.map(|moment| Value::from_dyn_object(Arc::clone(moment))),
            _ => self
                .vars
                .iter()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value.clone()),
        }
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }
}

/// The how manieth redelivery this is, and why.
#[derive(Debug, Clone, Copy)]
struct Retried(u16, Option<RetryOn>);

impl Object for Retried {
    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        match key {
            "number" => Some(self.0.into()),
            "reason" => Some(match self.1 {
                None => ().into(),
                Some(RetryOn::Timeout) => "timeout".into(),
                Some(RetryOn::Connection) => "connection".into(),
                Some(RetryOn::Status) => "status".into(),
            }),
            _ => None,
        }
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }
}

/// What a message has under one name. Its values are made when they are asked for: most profiles ask for few of them.
#[derive(Debug)]
struct Part(&'static str, Arc<Moment>);

impl From<Part> for Value {
    fn from(part: Part) -> Value {
        Value::from_object(part)
    }
}

impl Object for Part {
    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let Part(name, moment) = &**self;
        moment.value_at(name, key)
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }
}

/// One message, its time and its chance: what the functions of `functions.rs` draw from too, so that they need no clock and no
/// chance of their own.
#[derive(Debug)]
pub(super) struct Moment {
    pub(super) now_ms: AtomicU64,
    pub(super) id: MessageId,
    customer_id: String,
    customer_name: String,
    pub(super) text: String,
    media: Value,
    pub(super) history: Vec<(Speaker, String)>,
    draws: AtomicU64,
}

impl Moment {
    fn of(facts: &Facts<'_>, media: Value) -> Moment {
        Moment {
            now_ms: AtomicU64::new(facts.now_ms),
            id: facts.id,
            customer_id: facts.customer_id.to_owned(),
            customer_name: facts.customer_name.to_owned(),
            text: facts.text.to_owned(),
            media,
            history: facts.history[facts.history.len().saturating_sub(LONGEST_HISTORY)..].to_vec(),
            draws: AtomicU64::new(0),
        }
    }

    fn value_at(&self, part: &str, name: &str) -> Option<Value> {
        let number = match (part, name) {
            ("customer", "number") => self.id.customer,
            ("customer", "numeric_id") => self.id.run.numeric_id(self.id.customer),
            ("message", "number") => self.id.number(),
            ("message", "place") => self.id.place().into(),
            ("message", "media") => return Some(self.media.clone()),
            _ => return self.text_at(part, name).map(Value::from),
        };
        Some(number.into())
    }

    fn text_at(&self, part: &str, name: &str) -> Option<Cow<'_, str>> {
        Some(match (part, name) {
            ("customer", "id") => self.customer_id.as_str().into(),
            ("customer", "name") => self.customer_name.as_str().into(),
            ("message", "id") => self.id.to_string().into(),
            ("message", "text") => self.text.as_str().into(),
            _ => return None,
        })
    }

    /// How many draws were made before this one.
    pub(super) fn next_draw(&self) -> u64 {
        self.draws.fetch_add(1, Ordering::Relaxed)
    }
}

impl Object for Moment {}
