//! The kinds of templates, told apart once, so that most are rendered without the template engine.

use minijinja::{Environment, Expression, Value};

use super::super::functions::ENVIRONMENT;
use super::super::scope::Scope;
use super::{CompileError, reason};

#[derive(Debug)]
pub(super) enum Kind {
    /// The same for every message.
    Fixed(Value),
    /// A single `{{ a.b }}`: most of what profiles hold, and found without the template engine.
    Path(Box<[String]>),
    /// Any other single `{{ ... }}`, which keeps its type.
    Expression(Expression<'static, 'static>),
    /// `{{ ... if a.b else none }}`: what most messages lack, and then not worth the template engine.
    Given(Box<[String]>, Expression<'static, 'static>),
    /// Text with `{{ ... }}` or `{% ... %}` in it; an environment is a few counted pointers.
    Text(Box<Environment<'static>>),
}

/// The name of the only template in an environment of its own.
const ONLY: &str = "template";

impl Kind {
    pub(super) fn parse(place: &str, source: &str) -> Result<Kind, CompileError> {
        if !["{{", "{%", "{#"].iter().any(|mark| source.contains(mark)) {
            return Ok(Kind::Fixed(source.into()));
        }
        if let Some(expression) = single_expression(source) {
            return Ok(match (path(source), condition(source)) {
                (Some(path), _) => Kind::Path(path),
                (None, Some(path)) => Kind::Given(path, expression),
                (None, None) => Kind::Expression(expression),
            });
        }
        let mut environment = ENVIRONMENT.clone();
        environment
            .add_template_owned(ONLY, source.to_owned())
            .map_err(|error| CompileError::new(place, reason(&error)))?;
        Ok(Kind::Text(Box::new(environment)))
    }

    pub(super) fn names(&self) -> Vec<String> {
        let names = match self {
            Kind::Fixed(_) => return Vec::new(),
            Kind::Path(path) => return path[..1].to_vec(),
            Kind::Expression(expression) | Kind::Given(_, expression) => expression.undeclared_variables(false),
            Kind::Text(environment) => match environment.get_template(ONLY) {
                Ok(template) => template.undeclared_variables(false),
                Err(_) => return Vec::new(),
            },
        };
        let mut names: Vec<String> = names.into_iter().collect();
        names.sort_unstable();
        names
    }

    /// Its value for this scope, in its own type.
    pub(super) fn value(&self, scope: &Scope) -> Result<Value, minijinja::Error> {
        match self {
            Kind::Fixed(value) => Ok(value.clone()),
            Kind::Path(path) => scope.value_at(path),
            Kind::Given(path, _) if is_lacking(scope, path) => Ok(Value::from(())),
            Kind::Expression(expression) | Kind::Given(_, expression) => expression.eval(scope.to_value()),
            Kind::Text(environment) => {
                let rendered = environment.get_template(ONLY)?.render(scope.to_value());
                rendered.map(Value::from)
            }
        }
    }
}

/// The expression that `source` is, if it is one and nothing else. `{{ a }}{{ b }}` is not: ` a }}{{ b ` does not parse.
fn single_expression(source: &str) -> Option<Expression<'static, 'static>> {
    let inner = source.strip_prefix("{{")?.strip_suffix("}}")?;
    let trims_space = inner.starts_with(['-', '+']) || inner.ends_with(['-', '+']);
    if trims_space {
        return None;
    }
    ENVIRONMENT.compile_expression_owned(inner.to_owned()).ok()
}

/// The names in `{{ a.b }}`, at least two: a single one may be a constant such as `none`.
fn path(source: &str) -> Option<Box<[String]>> {
    names(source.strip_prefix("{{")?.strip_suffix("}}")?)
}

/// The names of `a.b` in `{{ ... if a.b else none }}`, where that is the only condition.
fn condition(source: &str) -> Option<Box<[String]>> {
    let inner = source.strip_prefix("{{")?.strip_suffix("}}")?.trim();
    let (made, path) = inner.strip_suffix(" else none")?.rsplit_once(" if ")?;
    names(path).filter(|_| ![" if ", " else "].iter().any(|word| made.contains(word)))
}

/// Names with dots between them, at least two.
fn names(written: &str) -> Option<Box<[String]>> {
    let is_name = |name: &str| {
        let follows = |c: char| c.is_ascii_alphanumeric() || c == '_';
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') && name.chars().all(follows)
    };
    let names: Box<[String]> = written.trim().split('.').map(str::to_owned).collect();
    (names.len() > 1 && names.iter().all(|name| is_name(name))).then_some(names)
}

/// True for what is there and counts as false; of what is not there the engine says what is wrong.
fn is_lacking(scope: &Scope, path: &[String]) -> bool {
    let found = scope.value_at(path);
    found.is_ok_and(|value| !value.is_undefined() && !value.is_true())
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_lacking_is_known_without_the_engine_and_nothing_else_is() {
        let settings = IndexMap::from([("key".to_owned(), json!("secret")), ("none".to_owned(), json!(null))]);
        let scope = Scope::constants("http://bot", &settings);
        for (source, is_given, value) in [
            (
                "{{ {'k': settings.key} if settings.key else none }}",
                true,
                Some("{'k': 'secret'}"),
            ),
            ("{{ settings.key if settings.none else none }}", true, Some("None")),
            (
                "{{ 1 if settings.key else 2 if settings.none else none }}",
                false,
                Some("1"),
            ),
            ("{{ 1 if settings.none else 2 }}", false, Some("2")),
            ("{{ ' if ' if settings.key else none }}", false, Some(" if ")),
            ("{{ 1 if settings.key.length else none }}", true, None),
        ] {
            let kind = Kind::parse("send.json", source).unwrap();
            assert_eq!(matches!(kind, Kind::Given(..)), is_given, "{source}");
            let made = kind.value(&scope).ok().filter(|value| !value.is_undefined());
            assert_eq!(made.map(|value| value.to_string()).as_deref(), value, "{source}");
        }
    }
}
