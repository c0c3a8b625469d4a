//! One templated string of a profile, compiled.

mod kind;

use std::borrow::Cow;

use minijinja::{ErrorKind, Value};

use self::kind::Kind;
use super::functions::FUNCTIONS;
use super::scope::Scope;

/// A profile that cannot be used: where, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {reason}")]
pub struct CompileError {
    /// The key: `send.query.signature`.
    pub place: String,
    /// Why.
    pub reason: String,
}

impl CompileError {
    pub(super) fn new(place: &str, reason: impl Into<String>) -> CompileError {
        CompileError {
            place: place.to_owned(),
            reason: reason.into(),
        }
    }
}

/// A message that could not be rendered: where, and why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {reason}")]
pub struct RenderError {
    /// The key: `send.query.signature`.
    pub place: String,
    /// Why.
    pub reason: String,
}

impl From<RenderError> for CompileError {
    fn from(error: RenderError) -> CompileError {
        CompileError {
            place: error.place,
            reason: error.reason,
        }
    }
}

/// Compiles templates: knows which names they may use, and puts in at once what never changes.
#[derive(Debug, Clone)]
pub struct Compiler {
    constants: Scope,
    names: Vec<String>,
}

impl Compiler {
    /// A compiler for templates that see `constants` and the parts of a message.
    pub fn new(constants: Scope) -> Compiler {
        let names = [
            "target",
            "settings",
            "platform",
            "retry",
            "customer",
            "message",
            "conversation",
        ];
        Compiler {
            constants,
            names: names.map(str::to_owned).to_vec(),
        }
    }

    /// A compiler for templates that see `constants` alone, before anybody calls.
    pub(super) fn of_lines(constants: Scope) -> Compiler {
        Compiler {
            constants,
            names: ["target", "settings"].map(str::to_owned).to_vec(),
        }
    }

    /// A compiler for templates that see `constants` and a call of the bot.
    pub(super) fn of_calls(constants: Scope) -> Compiler {
        Compiler {
            constants,
            names: ["settings", "platform", "call"].map(str::to_owned).to_vec(),
        }
    }

    /// A compiler for what is said on sockets beside messages.
    pub(super) fn of_sockets(constants: Scope) -> Compiler {
        Compiler {
            constants,
            names: ["settings", "platform"].map(str::to_owned).to_vec(),
        }
    }

    /// From here on, templates may also use `name`.
    pub fn learn(&mut self, name: &str) {
        self.names.push(name.to_owned());
    }

    /// A compiler for what is made of a body, `body`, without a message at hand.
    pub(super) fn of_bodies(&self) -> Compiler {
        Compiler {
            constants: self.constants.clone(),
            names: ["target", "settings", "body"].map(str::to_owned).to_vec(),
        }
    }

    /// What is the same for every message.
    pub(super) fn constants(&self) -> &Scope {
        &self.constants
    }

    /// Compiles `source`, which stands at `place`.
    ///
    /// # Errors
    /// When it is not valid Jinja, uses an unknown name, or needs a setting that is not there.
    pub fn compile(&self, place: &str, source: &str) -> Result<Template, CompileError> {
        let template = Template {
            place: place.to_owned(),
            source: source.to_owned(),
            kind: Kind::parse(place, source)?,
        };
        let names = template.kind.names();
        if let Some(unknown) = names.iter().find(|name| !self.knows(name)) {
            return Err(CompileError::new(place, self.unknown_name(unknown)));
        }
        match names
            .iter()
            .all(|name| matches!(name.as_str(), "target" | "settings" | "platform"))
        {
            true => template.fixed(&self.constants),
            false => Ok(template),
        }
    }

    fn knows(&self, name: &str) -> bool {
        FUNCTIONS.contains(&name) || self.names.iter().any(|known| known == name)
    }

    fn unknown_name(&self, name: &str) -> String {
        format!(
            "unknown name `{name}` (values: {}; functions: {})",
            self.names.join(", "),
            FUNCTIONS.join(", ")
        )
    }
}

/// A templated string, compiled once and rendered for each message.
#[derive(Debug)]
pub struct Template {
    place: String,
    source: String,
    kind: Kind,
}

/// What a template gives for one message.
pub(super) enum Made<'a> {
    /// One of the message's own texts.
    Text(Cow<'a, str>),
    /// Anything else.
    Value(Value),
}

impl Made<'_> {
    pub(super) fn is_none(&self) -> bool {
        matches!(self, Made::Value(value) if value.is_none())
    }
}

impl Template {
    /// The same template with its only value put in.
    fn fixed(self, constants: &Scope) -> Result<Template, CompileError> {
        let value = self.value(constants)?;
        Ok(Template {
            kind: Kind::Fixed(value),
            ..self
        })
    }

    /// The value for this scope, in its own type.
    ///
    /// # Errors
    /// When something it needs is not there, or a function refuses.
    pub(super) fn value(&self, scope: &Scope) -> Result<Value, RenderError> {
        match self.kind.value(scope) {
            Ok(value) if value.is_undefined() => Err(self.undefined()),
            Ok(value) => Ok(value),
            Err(error) if error.kind() == ErrorKind::UndefinedError => Err(self.undefined()),
            Err(error) => Err(self.error(reason(&error))),
        }
    }

    /// The text for this scope; nothing when the value is `none`.
    ///
    /// # Errors
    /// When something it needs is not there, or a function refuses.
    pub fn text(&self, scope: &Scope) -> Result<Option<String>, RenderError> {
        Ok(match self.made(scope)? {
            Made::Text(text) => Some(text.into_owned()),
            made if made.is_none() => None,
            Made::Value(value) => Some(match value.as_str() {
                Some(text) => text.to_owned(),
                None => value.to_string(),
            }),
        })
    }

    /// What this scope makes of it.
    ///
    /// # Errors
    /// When something it needs is not there, or a function refuses.
    pub(super) fn made<'a>(&self, scope: &'a Scope) -> Result<Made<'a>, RenderError> {
        let text = match &self.kind {
            Kind::Path(path) => scope.text_at(path),
            _ => None,
        };
        match text {
            Some(text) => Ok(Made::Text(text)),
            None => self.value(scope).map(Made::Value),
        }
    }

    /// The value, when it is the same for every message.
    pub(super) fn constant(&self) -> Option<&Value> {
        match &self.kind {
            Kind::Fixed(value) => Some(value),
            _ => None,
        }
    }

    pub(super) fn place(&self) -> &str {
        &self.place
    }

    fn undefined(&self) -> RenderError {
        self.error(format!("undefined value in `{}`", self.source))
    }

    pub(super) fn error(&self, reason: String) -> RenderError {
        RenderError {
            place: self.place.clone(),
            reason,
        }
    }
}

/// minijinja's reason in one line, without the values at hand: they may be secrets.
fn reason(error: &minijinja::Error) -> String {
    let kind = error.kind().to_string();
    let what: Cow<'_, str> = match error.detail() {
        // What a function of ours refuses needs no word from minijinja before it.
        Some(detail) if error.kind() == ErrorKind::InvalidOperation => detail.into(),
        Some(detail) => format!("{kind}: {detail}").into(),
        None => kind.into(),
    };
    match error.line() {
        Some(line) if line > 1 => format!("{what} (line {line} of the template)"),
        _ => what.into_owned(),
    }
}
