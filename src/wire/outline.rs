//! Which parts of a JSON text anybody will ask for, so that the others are checked and skipped but never built: of a
//! stream's piece, a few letters are wanted and all the rest is wrapping.

use std::fmt;

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Deserializer;
use serde_json::de::Read;

use super::part::{NOTHING, Part};

/// What is wanted of a JSON value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Outline {
    /// All of it.
    Whole,
    /// Some of its members or items; nothing if it has neither.
    Parts {
        /// The wanted members, by name.
        members: Vec<(String, Outline)>,
        /// What is wanted of each item. All items are there, so that places stay what they are.
        items: Option<Box<Outline>>,
    },
}

impl Default for Outline {
    /// Nothing.
    fn default() -> Self {
        Outline::Parts {
            members: Vec::new(),
            items: None,
        }
    }
}

impl Outline {
    /// Wants the member with this name; what is wanted of it is to be said of what comes back. Nothing if it is wanted whole
    /// already.
    pub(super) fn member(&mut self, name: &str) -> Option<&mut Outline> {
        let Outline::Parts { members, .. } = self else {
            return None;
        };
        let place = members.iter().position(|(known, _)| known == name).unwrap_or_else(|| {
            members.push((name.to_owned(), Outline::default()));
            members.len() - 1
        });
        members.get_mut(place).map(|(_, outline)| outline)
    }

    /// Wants the items; what is wanted of each is to be said of what comes back. Nothing if they are wanted whole already.
    pub(super) fn item(&mut self) -> Option<&mut Outline> {
        match self {
            Outline::Whole => None,
            Outline::Parts { items, .. } => Some(items.get_or_insert_default()),
        }
    }

    /// Reads what is wanted of a JSON text; the rest is left out, and a value of which nothing is wanted is null or empty.
    pub(super) fn read<'de>(&self, mut text: Deserializer<impl Read<'de>>) -> serde_json::Result<Part<'_>> {
        let part = self.deserialize(&mut text)?;
        text.end()?;
        Ok(part)
    }
}

impl<'de, 'o> DeserializeSeed<'de> for &'o Outline {
    type Value = Part<'o>;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Part<'o>, D::Error> {
        match self {
            Outline::Whole => serde::Deserialize::deserialize(deserializer).map(Part::Whole),
            Outline::Parts { members, items } => deserializer.deserialize_any(Wanted {
                members,
                items: items.as_deref(),
            }),
        }
    }
}

/// Takes in the wanted parts of one value.
struct Wanted<'o> {
    members: &'o [(String, Outline)],
    items: Option<&'o Outline>,
}

impl<'de, 'o> Visitor<'de> for Wanted<'o> {
    type Value = Part<'o>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Part<'o>, A::Error> {
        let mut parts: Vec<(&str, Part<'_>)> = Vec::new();
        while let Some(member) = map.next_key_seed(MemberSeed(self.members))? {
            let Some((name, outline)) = member else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let part = map.next_value_seed(outline)?;
            // Of members that come twice the last one counts, as everywhere.
            parts.retain(|(known, _)| known != name);
            parts.push((name, part));
        }
        Ok(Part::Members(parts))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Part<'o>, A::Error> {
        let mut parts = Vec::new();
        match self.items {
            Some(outline) => {
                while let Some(item) = items.next_element_seed(outline)? {
                    parts.push(item);
                }
            }
            None => while items.next_element::<IgnoredAny>()?.is_some() {},
        }
        Ok(Part::Items(parts))
    }

    fn visit_unit<E>(self) -> Result<Part<'o>, E> {
        Ok(NOTHING)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Part<'o>, E> {
        Ok(NOTHING)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Part<'o>, E> {
        Ok(NOTHING)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Part<'o>, E> {
        Ok(NOTHING)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Part<'o>, E> {
        Ok(NOTHING)
    }

    fn visit_str<E>(self, _: &str) -> Result<Part<'o>, E> {
        Ok(NOTHING)
    }
}

/// Reads a member's name: which of those that are wanted it is, if any.
struct MemberSeed<'o>(&'o [(String, Outline)]);

impl<'de, 'o> DeserializeSeed<'de> for MemberSeed<'o> {
    type Value = Option<&'o (String, Outline)>;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'o> Visitor<'_> for MemberSeed<'o> {
    type Value = Option<&'o (String, Outline)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(self.0.iter().find(|(known, _)| known == name))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::scenario::Format;
    use crate::wire::Selector;
    use crate::wire::document::Document;

    fn outline(selectors: &[&str]) -> Outline {
        let mut outline = Outline::default();
        for source in selectors {
            let selector = Selector::compile("reply.text", source, Format::Json).unwrap();
            selector.want(&mut outline);
        }
        outline
    }

    fn read(selectors: &[&str], text: &str) -> Value {
        value(&outline(selectors).read(Deserializer::from_str(text)).unwrap())
    }

    fn value(part: &Part<'_>) -> Value {
        match part {
            Part::Whole(value) => value.clone(),
            Part::Members(members) => {
                let members = members.iter().map(|(name, part)| ((*name).to_owned(), value(part)));
                members.collect()
            }
            Part::Items(items) => items.iter().map(value).collect(),
        }
    }

    #[test]
    fn what_nobody_asks_for_is_not_built() {
        let piece = r#"{"id": "c-1", "choices": [{"index": 0, "delta": {"role": "a", "content": "hi"}}, 7], "usage": {"n": [1]}}"#;
        let content = "$.choices[0].delta.content";
        assert_eq!(
            read(&[content, "$.error", "$.error.message"], piece),
            json!({"choices": [{"delta": {"content": "hi"}}, null]})
        );
        assert_eq!(
            read(&[content, "$.choices[*].index"], piece)["choices"][0]["delta"]["role"],
            "a"
        );
        assert_eq!(read(&["$.usage"], piece), json!({"usage": {"n": [1]}}));
        assert_eq!(read(&["$..n"], piece), serde_json::from_str::<Value>(piece).unwrap());
        assert_eq!(read(&["$.a"], "[[1], {}]"), json!([]));
        assert_eq!(read(&["$.a"], r#"{"a": 1, "a": 2}"#), json!({"a": 2}));
    }

    #[test]
    fn what_is_no_json_is_an_error_also_where_nobody_looks() {
        for text in ["", "{", "{\"b\": }", "{\"b\": [1}", "{} {}", "{\"b\": tru}", "{b: 1}"] {
            assert!(outline(&["$.a"]).read(Deserializer::from_str(text)).is_err(), "{text}");
        }
        let deep = "[".repeat(100_000);
        assert!(outline(&["$.a"]).read(Deserializer::from_str(&deep)).is_err());
        let deep = format!("{{\"a\": {deep}");
        assert!(outline(&["$.a"]).read(Deserializer::from_str(&deep)).is_err());
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i8>().prop_map(Value::from),
            "[a\"\\\\您]{0,2}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 4, |inner| {
            let name = prop::sample::select(vec!["a", "b", "c", "d e"]).prop_map(str::to_owned);
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::vec((name, inner), 0..4).prop_map(|members| members.into_iter().collect()),
            ]
        })
    }

    fn any_selector() -> impl Strategy<Value = String> {
        let step = prop::sample::select(vec![".a", ".b", "['d e']", "[0]", "[-1]", "[*]", ".*", "..a", "[?@.a]"]);
        prop::collection::vec(step, 0..4).prop_map(|steps| format!("${}", steps.concat()))
    }

    proptest! {
        #[test]
        fn every_selector_finds_in_its_outline_what_it_finds_in_the_whole(
            json in any_json(),
            sources in prop::collection::vec(any_selector(), 1..4),
        ) {
            let selectors: Vec<Selector> = sources
                .iter()
                .map(|source| Selector::compile("reply.text", source, Format::Json).unwrap())
                .collect();
            let mut outline = Outline::default();
            selectors.iter().for_each(|selector| selector.want(&mut outline));
            let part = outline.read(Deserializer::from_str(&json.to_string())).unwrap();
            for selector in &selectors {
                let (of_part, of_all) = (Document::Json((&part).into()), Document::Json((&json).into()));
                prop_assert_eq!(selector.all(&of_part), selector.all(&of_all));
                prop_assert_eq!(selector.first_json(&part), selector.first_json(&json));
            }
        }
    }
}
