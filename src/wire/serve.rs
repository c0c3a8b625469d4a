//! The platform's API, compiled: which route a call takes, what is read from it, and what it is answered.

use http::Method;
use indexmap::IndexMap;
use serde_json::Value;

use super::call::Call;
use super::document::Document;
use super::media::Media;
use super::path::PathPlan;
use super::request::BodyPlan;
use super::said::{Said, Showing};
use super::scope::{Facts, Scope};
use super::selector::Selector;
use super::template::{CompileError, Compiler, RenderError, Template};
use super::updates::{Asked, Handed, UpdatesPlan};
use crate::scenario::{Answer, Authorise, Format, Route, RouteKind, Serve};

/// The platform's API, compiled for one set of settings.
#[derive(Debug)]
pub struct ServePlan {
    constants: Scope,
    routes: Vec<RoutePlan>,
    errors: IndexMap<String, AnswerPlan>,
}

/// Something that the bot can call, compiled.
#[derive(Debug)]
pub struct RoutePlan {
    /// Its name in the profile.
    pub name: String,
    /// What it is for.
    pub kind: RouteKind,
    method: Option<Method>,
    path: PathPlan,
    authorise: Option<AuthorisePlan>,
    customer: Option<Selector>,
    message: Option<Selector>,
    text: Option<Selector>,
    text_in_json: Option<Selector>,
    shows: Showing,
    media: Option<Selector>,
    /// The longest upload, in bytes; of a reply, 0 where none comes with it.
    pub largest: u64,
    updates: UpdatesPlan,
    answer: AnswerPlan,
    /// Its answer is what it hands out.
    hands_out_bytes: bool,
}

#[derive(Debug)]
struct AuthorisePlan {
    given: Selector,
    is: Option<Template>,
    error: String,
    expired: Option<String>,
}

/// What a caller must show, and what they are told otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown<'a> {
    /// What they showed; empty when it is nothing.
    pub given: String,
    /// What it must be; without it, a token that was given out.
    pub wanted: Option<String>,
    /// The error otherwise.
    pub error: &'a str,
    /// The error of a token that was given out and has expired, where it is another.
    pub expired: Option<&'a str>,
}

/// A response to a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The status.
    pub status: u16,
    /// What the body is.
    pub content_type: &'static str,
    /// The body.
    pub body: Vec<u8>,
}

impl Answered {
    /// The media itself.
    pub fn bytes_of(media: Media) -> Answered {
        Answered {
            status: 200,
            content_type: media.mime(),
            body: media.bytes(),
        }
    }
}

#[derive(Debug)]
struct AnswerPlan {
    status: u16,
    body: BodyPlan,
}

impl ServePlan {
    /// Compiles `serve`; its templates see `settings` and `platform`, where the API is served.
    ///
    /// # Errors
    /// The first key that is not valid.
    pub fn compile(
        serve: &Serve,
        settings: &IndexMap<String, Value>,
        platform: &str,
    ) -> Result<ServePlan, CompileError> {
        let constants = Scope::constants("", settings).with_platform(platform);
        let mut compiler = Compiler::of_calls(constants.clone());
        let mut errors = IndexMap::new();
        for (name, error) in &serve.errors {
            let place = format!("serve.errors.{name}");
            errors.insert(name.clone(), AnswerPlan::compile(&compiler, &place, error)?);
        }
        compiler.learn("token");
        compiler.learn("ticket");
        compiler.learn("media");
        Handed::NAMES.iter().for_each(|name| compiler.learn(name));
        let routes = serve.routes.iter();
        let routes = routes.map(|(name, route)| RoutePlan::compile(&compiler, name, route));
        Ok(ServePlan {
            routes: routes.collect::<Result<_, _>>()?,
            constants,
            errors,
        })
    }

    /// The first route that takes a call, with what its path holds.
    pub fn route(&self, method: &Method, path: &str) -> Option<(&RoutePlan, Vec<(String, String)>)> {
        self.routes.iter().find_map(|route| {
            let takes = route.method.as_ref().is_none_or(|wanted| wanted == method);
            Some((route, takes.then(|| route.path.held(path))??))
        })
    }

    /// True when replies may come by a call.
    pub fn takes_replies(&self) -> bool {
        self.routes.iter().any(|route| route.kind == RouteKind::Reply)
    }

    /// What templates see of a call; chance and time follow from `facts`.
    pub fn scope(&self, call: &Call, facts: &Facts<'_>) -> Scope {
        let mut scope = self.constants.of(facts);
        scope.set_var("call", call.value());
        scope
    }

    /// The profile's error of this name, if it has one.
    ///
    /// # Errors
    /// When a template fails.
    pub fn error(&self, name: &str, scope: &Scope) -> Option<Result<Answered, RenderError>> {
        self.errors.get(name).map(|error| error.render(scope))
    }
}

impl RoutePlan {
    fn compile(compiler: &Compiler, name: &str, route: &Route) -> Result<RoutePlan, CompileError> {
        let place = format!("serve.routes.{name}");
        let (method, path) = route.call.split_once(' ').unwrap_or(("*", &route.call));
        let method = match method {
            "*" => None,
            name => Some(
                Method::from_bytes(name.as_bytes())
                    .map_err(|_| CompileError::new(&format!("{place}.call"), format!("`{name}` is no method")))?,
            ),
        };
        let selector = |key: &str, source: &Option<String>| match source {
            Some(source) => Selector::compile(&format!("{place}.{key}"), source, Format::Json).map(Some),
            None => Ok(None),
        };
        Ok(RoutePlan {
            name: name.to_owned(),
            kind: route.is,
            method,
            path: PathPlan::compile(&format!("{place}.call"), path)?,
            authorise: match &route.authorise {
                Some(authorise) => Some(AuthorisePlan::compile(compiler, &place, authorise)?),
                None => None,
            },
            customer: selector("customer", &route.customer)?,
            message: selector("message", &route.message)?,
            text: selector("text", &route.text)?,
            text_in_json: selector("text_in_json", &route.text_in_json)?,
            shows: Showing::compile(&format!("{place}.shows"), &route.shows, Format::Json)?,
            media: selector("media", &route.media)?,
            largest: route.largest.unwrap_or_default(),
            updates: UpdatesPlan::compile(&place, route)?,
            answer: AnswerPlan::compile(compiler, &format!("{place}.answer"), &route.answer)?,
            hands_out_bytes: route.is == RouteKind::Media && route.answer.is_bodiless(),
        })
    }

    /// What the caller must show, if anything.
    ///
    /// # Errors
    /// When a template fails.
    pub fn shown(&self, call: &Call, scope: &Scope) -> Result<Option<Shown<'_>>, RenderError> {
        let Some(authorise) = &self.authorise else {
            return Ok(None);
        };
        let given = first_text(Some(&authorise.given), &call.0).unwrap_or_default();
        let wanted = authorise.is.as_ref();
        let wanted = wanted.map(|wanted| wanted.text(scope)).transpose()?;
        Ok(Some(Shown {
            given: given.strip_prefix("Bearer ").unwrap_or(&given).to_owned(),
            wanted: wanted.flatten(),
            error: &authorise.error,
            expired: authorise.expired.as_deref(),
        }))
    }

    /// The id of the customer whom a reply is for.
    pub fn customer(&self, call: &Call) -> Option<String> {
        first_text(self.customer.as_ref(), &call.0)
    }

    /// The id of the message that a reply answers.
    pub fn message(&self, call: &Call) -> Option<String> {
        first_text(self.message.as_ref(), &call.0)
    }

    /// What a reply says or shows, unless that is nothing.
    pub fn said(&self, call: &Call) -> Option<Said> {
        let text = self.text.as_ref();
        let text = text.and_then(|text| visible_text(text, self.text_in_json.as_ref(), &call.0));
        self.shows.reply(text, &Document::Json((&call.0).into()))
    }

    /// The id of the media that is wanted.
    pub fn media(&self, call: &Call) -> Option<String> {
        first_text(self.media.as_ref(), &call.0)
    }

    /// True when it is answered with the bytes of what it hands out.
    pub fn hands_out_bytes(&self) -> bool {
        self.hands_out_bytes
    }

    /// What a bot that asks for its messages wants.
    pub fn asked(&self, call: &Call) -> Asked {
        self.updates.asked(call)
    }

    /// What it is answered.
    ///
    /// # Errors
    /// When a template fails, as one does that needs what the call does not have.
    pub fn answer(&self, scope: &Scope) -> Result<Answered, RenderError> {
        self.answer.render(scope)
    }

    /// What it is answered, with a token that was just given out.
    ///
    /// # Errors
    /// When a template fails.
    pub fn answer_with_token(&self, scope: &mut Scope, token: &str) -> Result<Answered, RenderError> {
        scope.set_var("token", token.into());
        self.answer.render(scope)
    }

    /// What it is answered of media that is wanted.
    ///
    /// # Errors
    /// When a template fails.
    pub fn answer_with_media(&self, scope: &mut Scope, media: Media) -> Result<Answered, RenderError> {
        if self.hands_out_bytes {
            return Ok(Answered::bytes_of(media));
        }
        scope.set_media(media);
        self.answer.render(scope)
    }

    /// What an upload is answered, which is called `id` from here on.
    ///
    /// # Errors
    /// When a template fails.
    pub fn answer_with_upload(&self, scope: &mut Scope, id: &str) -> Result<Answered, RenderError> {
        scope.set_var("media", minijinja::Value::from_pairs([("id", id)]));
        self.answer.render(scope)
    }

    /// What it is answered, with a ticket that was just given out.
    ///
    /// # Errors
    /// When a template fails.
    pub fn answer_with_ticket(&self, scope: &mut Scope, ticket: &str) -> Result<Answered, RenderError> {
        scope.set_var("ticket", ticket.into());
        self.answer.render(scope)
    }

    /// What it is answered, with what customers wrote.
    ///
    /// # Errors
    /// When a template fails.
    pub fn answer_with_updates(&self, scope: &mut Scope, handed: &Handed) -> Result<Answered, RenderError> {
        handed.show(scope);
        self.answer.render(scope)
    }
}

impl AuthorisePlan {
    fn compile(compiler: &Compiler, place: &str, authorise: &Authorise) -> Result<AuthorisePlan, CompileError> {
        let place = format!("{place}.authorise");
        Ok(AuthorisePlan {
            given: Selector::compile(&format!("{place}.given"), &authorise.given, Format::Json)?,
            is: match &authorise.is {
                Some(is) => Some(compiler.compile(&format!("{place}.is"), is)?),
                None => None,
            },
            error: authorise.error.clone(),
            expired: authorise.expired.clone(),
        })
    }
}

impl AnswerPlan {
    fn compile(compiler: &Compiler, place: &str, answer: &Answer) -> Result<AnswerPlan, CompileError> {
        Ok(AnswerPlan {
            status: answer.status,
            body: BodyPlan::compile_answer(compiler, place, answer)?,
        })
    }

    fn render(&self, scope: &Scope) -> Result<Answered, RenderError> {
        Ok(Answered {
            status: self.status,
            content_type: self.body.content_type().unwrap_or("text/plain; charset=utf-8"),
            body: self.body.render(scope)?,
        })
    }
}

pub(super) fn first_text(selector: Option<&Selector>, json: &Value) -> Option<String> {
    let found = selector?.all_json(json);
    found.into_iter().find_map(|value| Document::Json(value.into()).text())
}

/// The visible text that `text` selects, or `inner` in the JSON that this is; nothing when it is blank.
pub(super) fn visible_text(text: &Selector, inner: Option<&Selector>, json: &Value) -> Option<String> {
    let text = joined(text, json);
    let text = match inner {
        None => text,
        Some(inner) => joined(inner, &serde_json::from_str(&text).ok()?),
    };
    (!text.trim().is_empty()).then_some(text)
}

fn joined(selector: &Selector, json: &Value) -> String {
    let found = selector.all_json(json).into_iter();
    found.filter_map(|value| Document::Json(value.into()).text()).collect()
}

#[cfg(test)]
mod tests;
