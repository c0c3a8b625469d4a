//! Externally tagged variants: `fallback`, or a map with a single key, `says: ...`.

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, EnumAccess, Error as _, VariantAccess, Visitor};

use super::error::Error;
use super::{Content, Entry, Reader, Segment, is_null};
use crate::scenario::suggest::listed;

/// A variant's name, and its content if it was written as a map.
pub(super) struct Choice<'a> {
    name: &'a str,
    content: Option<Reader<'a>>,
}

impl<'a> Choice<'a> {
    /// The variant that this node names.
    pub(super) fn of(reader: Reader<'a>, variants: &'static [&'static str]) -> Result<Choice<'a>, Error> {
        let wanted = || format!("one of {}", listed(variants.iter().copied()));
        match &reader.node.content {
            Content::Scalar(scalar) if scalar.is_plain && is_null(&scalar.text) => Err(reader.wants(&wanted())),
            Content::Scalar(scalar) => Ok(Choice {
                name: &scalar.text,
                content: None,
            }),
            Content::Map(entries) => {
                let entries = entries.iter().filter(|entry| !reader.left_out.has(&entry.node));
                Choice::of_entries(reader, &entries.collect::<Vec<_>>(), &wanted())
            }
            Content::List(_) => Err(reader.wants(&wanted())),
        }
    }

    fn of_entries(reader: Reader<'a>, entries: &[&'a Entry], wanted: &str) -> Result<Choice<'a>, Error> {
        match entries {
            [entry] => Ok(Choice {
                name: &entry.key,
                content: Some(reader.left_out.reader(&entry.node)),
            }),
            [] => Err(Error::custom(format!("expected {wanted} as single key, found none"))),
            more => {
                let keys = listed(more.iter().map(|entry| entry.key.as_str()));
                let error = Error::custom(format!("expected {wanted} as single key, found {keys}"));
                Err(error.with_hint("what belongs to it is indented below it"))
            }
        }
    }

    fn wants_content(&self) -> Error {
        Error::custom(format!("expected `{0}:` with its values, found `{0}` alone", self.name))
    }

    fn under(self, error: Error) -> Error {
        error.under(Segment::Key(self.name.to_owned()))
    }
}

impl<'a> EnumAccess<'a> for Choice<'a> {
    type Error = Error;
    type Variant = Choice<'a>;

    fn variant_seed<V: DeserializeSeed<'a>>(self, seed: V) -> Result<(V::Value, Choice<'a>), Error> {
        let is_key = self.content.is_some();
        match seed.deserialize(BorrowedStrDeserializer::<Error>::new(self.name)) {
            Ok(variant) => Ok((variant, self)),
            Err(error) if is_key => Err(self.under(error.of_key())),
            Err(error) => Err(error),
        }
    }
}

impl<'a> VariantAccess<'a> for Choice<'a> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        match self.content {
            None => Ok(()),
            Some(reader) if reader.node.text().is_some_and(is_null) => Ok(()),
            Some(reader) => {
                let error = Error::custom(format!(
                    "expected `{}` alone, found {} with it",
                    self.name,
                    reader.node.called()
                ));
                Err(self.under(error))
            }
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'a>>(self, seed: T) -> Result<T::Value, Error> {
        let content = self.content.ok_or_else(|| self.wants_content())?;
        seed.deserialize(content).map_err(|error| self.under(error))
    }

    fn tuple_variant<V: Visitor<'a>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        let content = self.content.ok_or_else(|| self.wants_content())?;
        content.list(visitor).map_err(|error| self.under(error))
    }

    fn struct_variant<V: Visitor<'a>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        let content = self.content.ok_or_else(|| self.wants_content())?;
        content.map("a map", visitor).map_err(|error| self.under(error))
    }
}
