//! Paths with names in them: `/bot{token}/sendMessage`.

use url::form_urlencoded;

use super::template::CompileError;

/// A path, compiled: segments between slashes, each with at most one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PathPlan(Vec<Segment>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Segment {
    before: String,
    /// Absent when the segment is `before` and nothing else.
    name: Option<String>,
    after: String,
}

impl PathPlan {
    /// Compiles `path`, which stands at `place`.
    ///
    /// # Errors
    /// When braces do not match, or a segment has two names.
    pub(super) fn compile(place: &str, path: &str) -> Result<PathPlan, CompileError> {
        let segments = path.split('/').skip(1).map(|segment| {
            Segment::parse(segment)
                .ok_or_else(|| CompileError::new(place, format!("expected at most one `{{name}}` in `{segment}`")))
        });
        segments.collect::<Result<_, _>>().map(PathPlan)
    }

    /// What stands at the names, decoded; nothing when `path` is another one. A slash at its end makes no difference.
    pub(super) fn held(&self, path: &str) -> Option<Vec<(String, String)>> {
        let is_open = self
            .0
            .last()
            .is_some_and(|last| last.before.is_empty() && last.name.is_none());
        let wanted = if is_open {
            &self.0[..self.0.len() - 1]
        } else {
            &self.0[..]
        };
        let inner = path.trim_start_matches('/').trim_end_matches('/');
        let found: Vec<&str> = match inner {
            "" => Vec::new(),
            _ => inner.split('/').collect(),
        };
        if found.len() != wanted.len() {
            return None;
        }
        let mut held = Vec::new();
        for (segment, text) in wanted.iter().zip(found) {
            held.extend(segment.held(text)?);
        }
        Some(held)
    }
}

impl Segment {
    fn parse(text: &str) -> Option<Segment> {
        let Some((before, rest)) = text.split_once('{') else {
            return (!text.contains('}')).then(|| Segment {
                before: text.to_owned(),
                name: None,
                after: String::new(),
            });
        };
        let (name, after) = rest.split_once('}')?;
        let is_name = !name.is_empty() && name.chars().all(|one| one.is_ascii_alphanumeric() || one == '_');
        (is_name && !after.contains(['{', '}'])).then(|| Segment {
            before: before.to_owned(),
            name: Some(name.to_owned()),
            after: after.to_owned(),
        })
    }

    /// The name and what stands there, if `text` fits at all.
    fn held(&self, text: &str) -> Option<Option<(String, String)>> {
        let text = decoded(text);
        match &self.name {
            None => (text == self.before).then_some(None),
            Some(name) => {
                let held = text
                    .strip_prefix(self.before.as_str())?
                    .strip_suffix(self.after.as_str())?;
                (!held.is_empty()).then(|| Some((name.clone(), held.to_owned())))
            }
        }
    }
}

/// Without percent-encoding. A plus is a plus in a path.
fn decoded(text: &str) -> String {
    let query = format!("x={}", text.replace('+', "%2B").replace('&', "%26"));
    let decoded = form_urlencoded::parse(query.as_bytes()).next();
    decoded.map(|(_, text)| text.into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_for_parts_of_segments() {
        let path = PathPlan::compile("p", "/bot{token}/sendMessage").unwrap();
        let token = |held: &str| Some(vec![("token".to_owned(), held.to_owned())]);
        assert_eq!(path.held("/bot123456:TEST/sendMessage"), token("123456:TEST"));
        assert_eq!(path.held("/bot123456%3ATEST/sendMessage/"), token("123456:TEST"));
        assert_eq!(path.held("/bot1+2&3/sendMessage"), token("1+2&3"));
        for other in [
            "/bot/sendMessage",
            "/bot1/getMe",
            "/bot1/sendMessage/x",
            "/",
            "",
            "/sendMessage",
        ] {
            assert_eq!(path.held(other), None, "{other}");
        }
        let plain = PathPlan::compile("p", "/im/send/msg/").unwrap();
        assert_eq!(
            (plain.held("/im/send/msg"), plain.held("/im/send/msg/")),
            (Some(vec![]), Some(vec![]))
        );
        let root = PathPlan::compile("p", "/").unwrap();
        assert_eq!((root.held("/"), root.held("")), (Some(vec![]), Some(vec![])));
        assert_eq!(root.held("/messages"), None, "of a longer path");
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for path in ["/a{b", "/a}b", "/{a}{b}", "/{}", "/{a b}"] {
            assert!(PathPlan::compile("p", path).is_err(), "{path}");
        }
    }
}
