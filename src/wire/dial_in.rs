//! The sockets of a bot that dials in, compiled: what is said on them, and what the bot's frames say.

use indexmap::IndexMap;
use serde_json::Value;

use super::document::Document;
use super::frame::FramePlan;
use super::marks::ErrorMarks;
use super::scope::{Facts, Scope};
use super::selector::Selector;
use super::serve::{first_text, visible_text};
use super::template::{CompileError, Compiler, RenderError};
use crate::scenario::{BotFrame, DialIn, Format, SocketFrame};

/// What is said on the sockets beside customers' messages, and how the bot's frames are read.
#[derive(Debug)]
pub struct DialInPlan {
    constants: Scope,
    hello: Option<FramePlan>,
    ping: Option<FramePlan>,
    refresh: Option<FramePlan>,
    frames: Vec<BotFramePlan>,
}

/// Something that the bot may say, compiled.
#[derive(Debug)]
pub struct BotFramePlan {
    conditions: Vec<(Selector, Value)>,
    acknowledges: Option<Selector>,
    errors: ErrorMarks,
    customer: Option<Selector>,
    message: Option<Selector>,
    text: Option<Selector>,
    text_in_json: Option<Selector>,
    answer: Option<FramePlan>,
}

impl DialInPlan {
    /// Compiles `dial_in`; its templates see `settings` and `platform`.
    ///
    /// # Errors
    /// The first key that is not valid.
    pub fn compile(
        dial_in: &DialIn,
        settings: &IndexMap<String, Value>,
        platform: &str,
    ) -> Result<DialInPlan, CompileError> {
        let constants = Scope::constants("", settings).with_platform(platform);
        let compiler = Compiler::of_sockets(constants.clone());
        let said = |key: &str, frame: Option<&SocketFrame>| {
            frame
                .map(|frame| FramePlan::compile(&compiler, &format!("dial_in.{key}"), frame))
                .transpose()
        };
        let mut greeting = compiler.clone();
        greeting.learn("sockets");
        let hello = dial_in.hello.as_ref();
        let frames = dial_in.frames.iter();
        let frames = frames.map(|(name, frame)| BotFramePlan::compile(&compiler, name, frame));
        Ok(DialInPlan {
            hello: hello
                .map(|hello| FramePlan::compile(&greeting, "dial_in.hello", hello))
                .transpose()?,
            ping: said("ping.say", dial_in.ping.as_ref().and_then(|ping| ping.say.as_ref()))?,
            refresh: said("refresh.say", dial_in.refresh.as_ref().map(|refresh| &refresh.say))?,
            frames: frames.collect::<Result<_, _>>()?,
            constants,
        })
    }

    /// What is said first on a socket, if anything, when so many are open.
    ///
    /// # Errors
    /// When a template fails.
    pub fn hello(&self, facts: &Facts<'_>, sockets: usize) -> Result<Option<String>, RenderError> {
        let mut scope = self.constants.of(facts);
        scope.set_var("sockets", sockets.into());
        self.hello.as_ref().map(|hello| hello.render(&scope)).transpose()
    }

    /// The frame that asks whether the bot is there; none where WebSocket's own ping does.
    ///
    /// # Errors
    /// When a template fails.
    pub fn ping(&self, facts: &Facts<'_>) -> Result<Option<String>, RenderError> {
        let scope = self.constants.of(facts);
        self.ping.as_ref().map(|ping| ping.render(&scope)).transpose()
    }

    /// The frame that says that a socket will be closed, if there is one.
    ///
    /// # Errors
    /// When a template fails.
    pub fn refresh(&self, facts: &Facts<'_>) -> Result<Option<String>, RenderError> {
        let scope = self.constants.of(facts);
        self.refresh.as_ref().map(|refresh| refresh.render(&scope)).transpose()
    }

    /// What the bot says with this frame, if it is anything that the profile knows.
    pub fn read(&self, frame: &Value) -> Option<&BotFramePlan> {
        self.frames.iter().find(|known| known.applies(frame))
    }

    /// What is said in return to a frame that `said` took.
    ///
    /// # Errors
    /// When a template fails, as one does that needs what the frame does not have.
    pub fn answer(&self, said: &BotFramePlan, frame: &Value, facts: &Facts<'_>) -> Result<Option<String>, RenderError> {
        let mut scope = self.constants.of(facts);
        scope.set_var("frame", minijinja::value::Serde(frame).into());
        said.answer.as_ref().map(|answer| answer.render(&scope)).transpose()
    }
}

impl BotFramePlan {
    fn compile(compiler: &Compiler, name: &str, frame: &BotFrame) -> Result<BotFramePlan, CompileError> {
        let place = format!("dial_in.frames.{name}");
        let select = |key: &str, source: &str| Selector::compile(&format!("{place}.{key}"), source, Format::Json);
        let selector =
            |key: &str, source: &Option<String>| source.as_ref().map(|source| select(key, source)).transpose();
        let condition = |(source, value): (&String, &Value)| Ok((select("where", source)?, value.clone()));
        let mut answering = compiler.clone();
        answering.learn("frame");
        let answer = frame.answer.as_ref();
        Ok(BotFramePlan {
            conditions: frame
                .conditions
                .iter()
                .map(condition)
                .collect::<Result<_, CompileError>>()?,
            acknowledges: selector("acknowledges", &frame.acknowledges)?,
            errors: ErrorMarks::compile(&place, &frame.error, Format::Json)?,
            customer: selector("customer", &frame.customer)?,
            message: selector("message", &frame.message)?,
            text: selector("text", &frame.text)?,
            text_in_json: selector("text_in_json", &frame.text_in_json)?,
            answer: answer
                .map(|answer| FramePlan::compile(&answering, &format!("{place}.answer"), answer))
                .transpose()?,
        })
    }

    fn applies(&self, frame: &Value) -> bool {
        let holds = |(selector, value): &(Selector, Value)| selector.first_json(frame) == Some(value);
        let has_id = self.acknowledges.is_none() || self.acknowledged(frame).is_some();
        has_id && self.conditions.iter().all(holds)
    }

    /// The id of the message that the bot has.
    pub fn acknowledged(&self, frame: &Value) -> Option<String> {
        first_text(self.acknowledges.as_ref(), frame)
    }

    /// Why the bot failed, if its acknowledgement says that it did.
    pub fn error(&self, frame: &Value) -> Option<String> {
        self.errors.find(&Document::Json(frame.into()))
    }

    /// True when such a frame may bring a reply.
    pub fn may_reply(&self) -> bool {
        self.text.is_some()
    }

    /// The id of the customer whom a reply is for.
    pub fn customer(&self, frame: &Value) -> Option<String> {
        first_text(self.customer.as_ref(), frame)
    }

    /// The id of the message that a reply answers.
    pub fn message(&self, frame: &Value) -> Option<String> {
        first_text(self.message.as_ref().or(self.acknowledges.as_ref()), frame)
    }

    /// The visible text of a reply, unless it is blank.
    pub fn text(&self, frame: &Value) -> Option<String> {
        visible_text(self.text.as_ref()?, self.text_in_json.as_ref(), frame)
    }
}
