//! What templates see while one message is rendered.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use indexmap::IndexMap;
use minijinja::Value;
use minijinja::value::{Object, Serde};

use crate::conversation::MessageId;
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
    retry: Value,
    message: Option<Words>,
    vars: Vec<(String, Value)>,
    raw_body: Option<Value>,
}

#[derive(Debug, Clone)]
struct Words {
    customer: Value,
    message: Value,
    conversation: Value,
    moment: Value,
}

impl Scope {
    /// What is the same for every message: `target` and `settings`.
    pub fn constants(target: &str, settings: &IndexMap<String, serde_json::Value>) -> Scope {
        Scope(Arc::new(Root {
            target: target.into(),
            settings: Serde(settings).into(),
            platform: Value::from(()),
            retry: retry(0, None),
            message: None,
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
        let conversation = match facts.captured.is_empty() {
            true => Value::from_object(Record(&[], Vec::new())),
            false => Serde(facts.captured).into(),
        };
        let words = Words {
            customer: Value::from_object(Record(
                &["id", "name", "number", "numeric_id"],
                vec![
                    facts.customer_id.into(),
                    facts.customer_name.into(),
                    facts.id.customer.into(),
                    facts.id.run.numeric_id(facts.id.customer).into(),
                ],
            )),
            message: Value::from_object(Record(
                &["id", "number", "place", "text"],
                vec![
                    facts.id.to_string().into(),
                    facts.id.number().into(),
                    facts.id.place().into(),
                    facts.text.into(),
                ],
            )),
            conversation,
            moment: Value::from_object(Moment::of(facts)),
        };
        Scope(Arc::new(Root {
            message: Some(words),
            ..Root::clone(&self.0)
        }))
    }

    /// The time moves on, for a redelivery.
    pub fn set_now(&mut self, now_ms: u64) {
        if let Some(words) = &Arc::make_mut(&mut self.0).message
            && let Some(moment) = words.moment.downcast_object_ref::<Moment>()
        {
            moment.now_ms.store(now_ms, Ordering::Relaxed);
        }
    }

    /// This is a redelivery, the `number`th, for this reason.
    pub fn set_retry(&mut self, number: u16, reason: Option<RetryOn>) {
        Arc::make_mut(&mut self.0).retry = retry(number, reason);
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

    pub(super) fn to_value(&self) -> Value {
        Value::from_dyn_object(self.0.clone())
    }
}

impl Object for Root {
    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let words = self.message.as_ref();
        match key {
            "target" => Some(self.target.clone()),
            "settings" => Some(self.settings.clone()),
            "platform" => Some(self.platform.clone()),
            "retry" => Some(self.retry.clone()),
            "raw_body" => self.raw_body.clone(),
            "customer" => words.map(|words| words.customer.clone()),
            "message" => words.map(|words| words.message.clone()),
            "conversation" => words.map(|words| words.conversation.clone()),
            MOMENT => words.map(|words| words.moment.clone()),
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

fn retry(number: u16, reason: Option<RetryOn>) -> Value {
    let reason = reason.map(|reason| match reason {
        RetryOn::Timeout => "timeout",
        RetryOn::Connection => "connection",
        RetryOn::Status => "status",
    });
    Value::from_object(Record(&["number", "reason"], vec![number.into(), reason.into()]))
}

/// A few named values.
#[derive(Debug)]
struct Record(&'static [&'static str], Vec<Value>);

impl Object for Record {
    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let place = self.0.iter().position(|name| *name == key)?;
        self.1.get(place).cloned()
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }
}

/// What the functions of `functions.rs` draw from, so that they need no clock and no chance of their own.
#[derive(Debug)]
pub(super) struct Moment {
    pub(super) now_ms: AtomicU64,
    pub(super) id: MessageId,
    pub(super) text: String,
    pub(super) history: Vec<(Speaker, String)>,
    draws: AtomicU64,
}

impl Moment {
    fn of(facts: &Facts<'_>) -> Moment {
        Moment {
            now_ms: AtomicU64::new(facts.now_ms),
            id: facts.id,
            text: facts.text.to_owned(),
            history: facts.history[facts.history.len().saturating_sub(LONGEST_HISTORY)..].to_vec(),
            draws: AtomicU64::new(0),
        }
    }

    /// How many draws were made before this one.
    pub(super) fn next_draw(&self) -> u64 {
        self.draws.fetch_add(1, Ordering::Relaxed)
    }
}

impl Object for Moment {}
