//! The key of an endpoint: from the environment, and into one header only.

use std::fmt;

use http::HeaderValue;

use super::ModelError;

/// Where a key is looked for when nobody names a variable, first to last.
const USUAL: [&str; 2] = ["THRONG_MODEL_KEY", "OPENAI_API_KEY"];

/// A key. It shows itself nowhere.
#[derive(Clone)]
pub struct Key {
    header: HeaderValue,
    secret: String,
}

impl Key {
    /// The key in the environment variable `named`, which must then be set; without a name in THRONG_MODEL_KEY, else
    /// OPENAI_API_KEY, else there is none: an endpoint on this machine often needs none.
    ///
    /// # Errors
    /// When the named variable is not set, or a key cannot stand in a header.
    pub fn from_environment(
        named: Option<&str>,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<Key>, ModelError> {
        let set = |name: &str| variable(name).map(|value| value.trim().to_owned());
        let filled = |name: &str| set(name).filter(|value| !value.is_empty());
        let (name, secret) = match named {
            Some(name) => match filled(name) {
                Some(secret) => (name, secret),
                None => {
                    return Err(ModelError::NoKey {
                        variable: name.to_owned(),
                    });
                }
            },
            None => match USUAL.into_iter().find_map(|name| Some((name, filled(name)?))) {
                Some(found) => found,
                None => return Ok(None),
            },
        };
        let mut header =
            HeaderValue::from_str(&format!("Bearer {secret}")).map_err(|_| ModelError::KeyNotForAHeader {
                variable: name.to_owned(),
            })?;
        header.set_sensitive(true);
        Ok(Some(Key { header, secret }))
    }

    pub(super) fn header(&self) -> HeaderValue {
        self.header.clone()
    }

    /// True when `text` holds the key, so that it must not be shown.
    pub(super) fn is_in(&self, text: &str) -> bool {
        text.contains(&self.secret)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Key(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(named: Option<&str>, set: &[(&str, &str)]) -> Result<Option<Key>, ModelError> {
        Key::from_environment(named, |name| {
            let hit = set.iter().find(|(known, _)| *known == name);
            hit.map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_key_is_that_of_the_named_variable_else_of_the_usual_ones() {
        let both = [
            ("OPENAI_API_KEY", "second"),
            ("THRONG_MODEL_KEY", " first\n"),
            ("MINE", "own"),
        ];
        assert!(found(None, &both).unwrap().unwrap().is_in("a first one"));
        assert!(found(None, &both[..1]).unwrap().unwrap().is_in("second"));
        assert!(found(Some("MINE"), &both).unwrap().unwrap().is_in("own"));
        assert!(found(None, &[("OPENAI_API_KEY", "  ")]).unwrap().is_none());
        let missing = found(Some("NOT_SET"), &both).unwrap_err().to_string();
        assert!(missing.contains("NOT_SET"), "{missing}");
    }

    #[test]
    fn a_key_shows_itself_nowhere() {
        let key = found(None, &[("OPENAI_API_KEY", "sk-geheim-1234")]).unwrap().unwrap();
        assert_eq!(format!("{key:?} {:?}", key.header()), "Key(***) Sensitive");
        let broken = found(None, &[("OPENAI_API_KEY", "sk-geheim\u{1}1234")]).unwrap_err();
        assert!(!format!("{broken} {broken:?}").contains("geheim"), "{broken:?}");
    }
}
