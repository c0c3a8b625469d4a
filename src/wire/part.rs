//! What was read of a JSON text by its [`Outline`](super::outline::Outline).

use serde_json::Value;

/// What was wanted of a JSON text. Names are those of the outline, and few: looked for one by one.
#[derive(Debug, Clone, PartialEq)]
pub enum Part<'o> {
    /// All of it.
    Whole(Value),
    /// The wanted members.
    Members(Vec<(&'o str, Part<'o>)>),
    /// All items, with what was wanted of each.
    Items(Vec<Part<'o>>),
}

/// Of a value that was to have parts, and has none.
pub(super) const NOTHING: Part<'_> = Part::Whole(Value::Null);

/// A JSON value, or what was wanted of one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Json<'a> {
    /// All of it.
    Whole(&'a Value),
    /// Some of its members.
    Members(&'a [(&'a str, Part<'a>)]),
    /// Its items, some of each.
    Items(&'a [Part<'a>]),
}

impl<'a> From<&'a Value> for Json<'a> {
    fn from(value: &'a Value) -> Self {
        Json::Whole(value)
    }
}

impl<'a> From<&'a Part<'a>> for Json<'a> {
    fn from(part: &'a Part<'a>) -> Self {
        match part {
            Part::Whole(value) => Json::Whole(value),
            Part::Members(members) => Json::Members(members),
            Part::Items(items) => Json::Items(items),
        }
    }
}

impl<'a> Json<'a> {
    /// The value, where all of it is there.
    pub fn whole(self) -> Option<&'a Value> {
        match self {
            Json::Whole(value) => Some(value),
            Json::Members(_) | Json::Items(_) => None,
        }
    }

    /// The member with this name.
    pub(super) fn member(self, name: &str) -> Option<Json<'a>> {
        match self {
            Json::Whole(value) => value.as_object()?.get(name).map(Json::Whole),
            Json::Members(members) => {
                let named = members.iter().find(|(known, _)| *known == name);
                named.map(|(_, part)| part.into())
            }
            Json::Items(_) => None,
        }
    }

    /// The item at this place; of those below 0, the last is -1.
    pub(super) fn item(self, place: i64) -> Option<Json<'a>> {
        let count = match self {
            Json::Whole(value) => value.as_array()?.len(),
            Json::Items(items) => items.len(),
            Json::Members(_) => return None,
        };
        let from_start = usize::try_from(place).ok();
        let at = from_start.or_else(|| count.checked_sub(usize::try_from(place.unsigned_abs()).ok()?))?;
        match self {
            Json::Whole(value) => value.get(at).map(Json::Whole),
            Json::Items(items) => items.get(at).map(Json::from),
            Json::Members(_) => None,
        }
    }
}
