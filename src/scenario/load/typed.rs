//! Nodes -> typed values, through serde. What a plain scalar means is decided by the type that wants it, so `007` stays
//! text where text is meant, and every error knows its path.

mod error;
mod left_out;
mod variant;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::mistake::MOST_SHOWN;
use super::node::{Content, Entry, Node};
use super::scalar::{Plain, is_null, resolve};
use crate::scenario::finding::Finding;
use crate::scenario::place::{Segment, Spot};
use error::Error;
use left_out::LeftOut;

/// The value that `node` holds, or every mistake in its structure and types.
pub(super) fn read<T: DeserializeOwned>(node: &Node, at: &Spot) -> Result<T, Vec<Finding>> {
    let (mut left_out, mut findings) = (LeftOut::default(), Vec::new());
    loop {
        let reader = Reader {
            node,
            left_out: &left_out,
        };
        let error = match T::deserialize(reader) {
            Ok(value) if findings.is_empty() => return Ok(value),
            Ok(_) => return Err(findings),
            Err(error) => error,
        };
        if !left_out.explains(&error) {
            findings.push(error.finding(at));
        }
        // Without what is wrong, the rest is read once more.
        let is_new = left_out.add(node, error.path());
        if !is_new || findings.len() > MOST_SHOWN {
            return Err(findings);
        }
    }
}

/// Reads one node.
#[derive(Clone, Copy)]
struct Reader<'a> {
    node: &'a Node,
    left_out: &'a LeftOut<'a>,
}

impl<'a> Reader<'a> {
    fn wants(self, wanted: &str) -> Error {
        Error::custom(format!("expected {wanted}, found {}", self.node.called()))
    }

    /// The text of a plain scalar.
    fn plain(self) -> Option<&'a str> {
        match &self.node.content {
            Content::Scalar(scalar) if scalar.is_plain => Some(&scalar.text),
            _ => None,
        }
    }

    fn number(self) -> Option<Plain<'a>> {
        self.plain().map(resolve)
    }

    fn text<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.node.content {
            Content::Scalar(scalar) if scalar.is_plain && is_null(&scalar.text) => Err(self.wants("text")),
            Content::Scalar(scalar) => visitor.visit_borrowed_str(&scalar.text),
            _ => Err(self.wants("text")),
        }
    }

    fn list<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.node.content {
            Content::List(items) => visitor.visit_seq(Items {
                items,
                left_out: self.left_out,
                next: 0,
            }),
            _ => Err(self.wants("a list")),
        }
    }

    fn map<V: Visitor<'a>>(self, wanted: &str, visitor: V) -> Result<V::Value, Error> {
        match &self.node.content {
            Content::Map(entries) => visitor.visit_map(Entries {
                entries,
                left_out: self.left_out,
                next: 0,
            }),
            _ => Err(self.wants(wanted)),
        }
    }
}

macro_rules! whole_numbers {
    ($($method:ident $type:ty => $visit:ident,)+) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            let number = match self.number() {
                Some(Plain::Unsigned(number)) => <$type>::try_from(number).ok(),
                Some(Plain::Signed(number)) => <$type>::try_from(number).ok(),
                _ => None,
            };
            match number {
                Some(number) => visitor.$visit(number),
                None => Err(self.wants(&format!("a whole number from {} to {}", <$type>::MIN, <$type>::MAX))),
            }
        })+
    };
}

impl<'de> Deserializer<'de> for Reader<'de> {
    type Error = Error;

    whole_numbers! {
        deserialize_u8 u8 => visit_u8,
        deserialize_u16 u16 => visit_u16,
        deserialize_u32 u32 => visit_u32,
        deserialize_u64 u64 => visit_u64,
        deserialize_i8 i8 => visit_i8,
        deserialize_i16 i16 => visit_i16,
        deserialize_i32 i32 => visit_i32,
        deserialize_i64 i64 => visit_i64,
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.node.content {
            Content::List(_) => self.list(visitor),
            Content::Map(_) => self.map("a map", visitor),
            Content::Scalar(scalar) if !scalar.is_plain => visitor.visit_borrowed_str(&scalar.text),
            Content::Scalar(scalar) => match resolve(&scalar.text) {
                Plain::Null => visitor.visit_unit(),
                Plain::Bool(value) => visitor.visit_bool(value),
                Plain::Unsigned(value) => visitor.visit_u64(value),
                Plain::Signed(value) => visitor.visit_i64(value),
                Plain::Float(value) => visitor.visit_f64(value),
                Plain::Text(value) => visitor.visit_borrowed_str(value),
            },
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.number() {
            Some(Plain::Bool(value)) => visitor.visit_bool(value),
            _ => Err(self.wants("`true` or `false`")),
        }
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.number() {
            Some(Plain::Float(value)) => visitor.visit_f64(value),
            Some(Plain::Unsigned(value)) => visitor.visit_f64(value as f64),
            Some(Plain::Signed(value)) => visitor.visit_f64(value as f64),
            _ => Err(self.wants("a number")),
        }
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.text(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.text(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.text(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.text(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.plain() {
            Some(text) if is_null(text) => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.list(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.list(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.map("a map", visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let wanted = format!("a map of {}", crate::scenario::suggest::listed(fields.iter().copied()));
        self.map(&wanted, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_enum(variant::Choice::of(self, variants)?)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { i128 u128 bytes byte_buf unit unit_struct tuple_struct }
}

/// The items of a list.
struct Items<'a> {
    items: &'a [Node],
    left_out: &'a LeftOut<'a>,
    next: usize,
}

impl<'a> SeqAccess<'a> for Items<'a> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let mut rest = self.items.iter().skip(self.next);
        let Some(skipped) = rest.position(|node| !self.left_out.has(node)) else {
            return Ok(None);
        };
        let place = self.next + skipped;
        self.next = place + 1;
        let (node, item) = (&self.items[place], Segment::Item(place));
        seed.deserialize(self.left_out.reader(node))
            .map(Some)
            .map_err(|error| error.under(item))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len() - self.next)
    }
}

/// The entries of a map.
struct Entries<'a> {
    entries: &'a [Entry],
    left_out: &'a LeftOut<'a>,
    next: usize,
}

impl<'a> MapAccess<'a> for Entries<'a> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'a>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let mut rest = self.entries.iter().skip(self.next);
        let Some(skipped) = rest.position(|entry| !self.left_out.has(&entry.node)) else {
            return Ok(None);
        };
        self.next += skipped;
        let entry = &self.entries[self.next];
        let key = BorrowedStrDeserializer::<Error>::new(&entry.key);
        seed.deserialize(key)
            .map(Some)
            .map_err(|error| error.of_key().under(Segment::Key(entry.key.clone())))
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let Some(entry) = self.entries.get(self.next) else {
            return Err(Error::custom("expected a key before its value"));
        };
        self.next += 1;
        seed.deserialize(self.left_out.reader(&entry.node))
            .map_err(|error| error.under(Segment::Key(entry.key.clone())))
    }
}
