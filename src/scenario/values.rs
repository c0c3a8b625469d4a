//! The small values that scenario files are made of: spans of time, rates, spreads, texts by language.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize, Serializer};

use crate::conversation::Language;

/// A length of time with its unit: `500ms`, `30s`, `2m`, `1h 30m`, `7d`. A day is 24 hours; at most 10,000 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span(Duration);

impl Span {
    /// A span of this many seconds; negative and non-finite count as 0.
    pub fn seconds(seconds: f64) -> Span {
        Span(Duration::try_from_secs_f64(seconds).unwrap_or_default())
    }

    /// The duration.
    pub fn get(self) -> Duration {
        self.0
    }

    /// True for no time at all.
    pub(super) fn is_zero(&self) -> bool {
        self.0.is_zero()
    }
}

impl From<Duration> for Span {
    fn from(duration: Duration) -> Span {
        Span(duration)
    }
}

const UNITS: &[(&str, u64)] = &[
    ("ms", 1),
    ("s", 1_000),
    ("min", 60_000),
    ("m", 60_000),
    ("h", 3_600_000),
    ("d", 86_400_000),
];

impl FromStr for Span {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = || format!("expected a length of time such as `30s`, `2m` or `500ms`, found `{text}`");
        let mut rest = text.trim();
        let mut milliseconds = 0.0;
        if rest.is_empty() {
            return Err(wanted());
        }
        while !rest.is_empty() {
            let digits = rest
                .find(|c: char| !c.is_ascii_digit() && c != '.')
                .ok_or_else(|| format!("expected a unit after `{rest}` (ms, s, m, h or d), found `{text}`"))?;
            let number: f64 = rest[..digits].parse().map_err(|_| wanted())?;
            let after = rest[digits..].trim_start();
            let letters = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
            let unit = UNITS.iter().find(|(name, _)| *name == &after[..letters]);
            let (_, size) = unit.ok_or_else(|| match &after[..letters] {
                "M" => format!(
                    "expected a unit of time, found `M` in `{text}` (`m` is minutes, `M` is a million in rates)"
                ),
                _ => wanted(),
            })?;
            milliseconds += number * *size as f64;
            rest = after[letters..].trim_start();
        }
        if milliseconds > 864_000_000_000.0 {
            return Err(format!("expected at most 10000d, found `{text}`"));
        }
        Ok(Span::seconds(milliseconds / 1_000.0))
    }
}

impl fmt::Display for Span {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let milliseconds = self.0.as_secs_f64() * 1_000.0;
        let units = [("d", 86_400_000.0), ("h", 3_600_000.0), ("m", 60_000.0), ("s", 1_000.0)];
        match units
            .iter()
            .find(|(_, size)| milliseconds >= *size && milliseconds % size == 0.0)
        {
            Some((name, size)) => write!(out, "{}{name}", milliseconds / size),
            None => write!(out, "{milliseconds}ms"),
        }
    }
}

/// Conversations per time: `350/s`, `9k/min`, `3M/day`. At least 0, at most 10 million a second.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Rate(f64);

impl Rate {
    /// A rate of this many a second.
    pub fn per_second(rate: f64) -> Rate {
        Rate(rate)
    }

    /// How many a second.
    pub fn get(self) -> f64 {
        self.0
    }
}

impl FromStr for Rate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = || format!("expected a rate such as `350/s`, `9k/min` or `3M/day`, found `{text}`");
        let (count, unit) = text.split_once('/').ok_or_else(wanted)?;
        let count = count.trim();
        let (number, factor) = match count.as_bytes().last() {
            Some(b'k') => (&count[..count.len() - 1], 1e3),
            Some(b'M') => (&count[..count.len() - 1], 1e6),
            Some(b'm') => {
                return Err(format!(
                    "expected a rate, found `{text}` (`m` is minutes; a million is `M`: `{}/{unit}`)",
                    count.replace('m', "M")
                ));
            }
            _ => (count, 1.0),
        };
        let number: f64 = number.trim().parse().map_err(|_| wanted())?;
        let seconds = match unit.trim() {
            "s" => 1.0,
            "min" | "m" => 60.0,
            "h" => 3_600.0,
            "day" | "d" => 86_400.0,
            _ => return Err(wanted()),
        };
        let rate = number * factor / seconds;
        if !(0.0..=1e7).contains(&rate) {
            return Err(format!("expected a rate from 0 to 10M/s, found `{text}`"));
        }
        Ok(Rate(rate))
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/s", self.0)
    }
}

macro_rules! text_value {
    ($name:ident, $title:literal, $pattern:literal) => {
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(de::Error::custom)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                $title.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({"type": "string", "pattern": $pattern})
            }
        }
    };
}

text_value!(Span, "Span", r"^\s*([0-9.]+\s*(ms|s|m|min|h|d)\s*)+$");
text_value!(Rate, "Rate", r"^\s*[0-9.]+\s*[kM]?\s*/\s*(s|min|m|h|day|d)\s*$");

/// A time that differs from case to case: lognormal with this median, `sigma` the standard deviation of its logarithm
/// (0: always the median). What the median of waiting times means to people, the mean of a heavy tail does not.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spread {
    /// Half of the cases are shorter.
    pub median: Span,
    /// 0 to 3.
    #[serde(default)]
    pub sigma: f64,
}

impl Spread {
    /// Lognormal with this median.
    pub fn lognormal(median: Span, sigma: f64) -> Spread {
        Spread { median, sigma }
    }
}

/// One value for each language.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PerLanguage<T: Default> {
    /// In Chinese.
    pub zh: T,
    /// In English.
    pub en: T,
}

impl<T: Default> PerLanguage<T> {
    /// True when nothing was set in either language.
    pub fn is_default(&self) -> bool
    where
        T: PartialEq,
    {
        self.zh == T::default() && self.en == T::default()
    }

    /// The value for this language.
    pub fn get(&self, language: Language) -> &T {
        match language {
            Language::Zh => &self.zh,
            Language::En => &self.en,
        }
    }
}

/// A list item that is a map with a single key, its name: `- web: {...}`.
#[derive(Debug, Clone, PartialEq)]
pub struct Named<T> {
    /// The key.
    pub name: String,
    /// The value.
    pub value: T,
}

impl<T: Serialize> Serialize for Named<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(&self.name, &self.value)?;
        map.end()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Named<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneEntry<T>(std::marker::PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for OneEntry<T> {
            type Value = Named<T>;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a map with a single key, the name")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let (name, value) = map.next_entry()?.ok_or_else(|| de::Error::invalid_length(0, &self))?;
                match map.next_key::<String>()? {
                    None => Ok(Named { name, value }),
                    Some(second) => Err(de::Error::custom(format!(
                        "expected a single key, found `{second}` beside `{name}`"
                    ))),
                }
            }
        }

        deserializer.deserialize_map(OneEntry(std::marker::PhantomData))
    }
}

impl<T: JsonSchema> JsonSchema for Named<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("Named{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        json_schema!({"type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": value})
    }
}

/// A date and time with its offset: `2026-11-10T23:50+08:00`. Without one it is no moment.
pub(super) fn zoned(text: &str) -> Option<jiff::Zoned> {
    let pieces = jiff::fmt::temporal::Pieces::parse(text).ok()?;
    let offset = match pieces.offset()? {
        jiff::fmt::temporal::PiecesOffset::Zulu => jiff::tz::Offset::UTC,
        jiff::fmt::temporal::PiecesOffset::Numeric(numeric) => numeric.offset(),
        _ => return None,
    };
    pieces
        .date()
        .to_datetime(pieces.time()?)
        .to_zoned(jiff::tz::TimeZone::fixed(offset))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_read_with_their_unit_and_print_in_the_largest_that_fits() {
        for (text, seconds) in [
            ("500ms", 0.5),
            ("30s", 30.0),
            ("2m", 120.0),
            ("1h 30m", 5_400.0),
            ("1.5s", 1.5),
            ("7d", 604_800.0),
        ] {
            let span: Span = text.parse().unwrap();
            assert_eq!(span.get().as_secs_f64(), seconds, "{text}");
            assert_eq!(span.to_string().parse::<Span>().unwrap(), span, "{text}");
        }
        assert_eq!(Span::seconds(5_400.0).to_string(), "90m");
        for wrong in ["", "30", "s", "2M", "3 parsecs", "-5s", "1e9d"] {
            assert!(wrong.parse::<Span>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn rates_read_thousands_and_millions_and_warn_of_the_small_m() {
        for (text, per_second) in [
            ("350/s", 350.0),
            ("9k/min", 150.0),
            ("3M/day", 34.722_222),
            ("0/s", 0.0),
        ] {
            let rate: Rate = text.parse().unwrap();
            assert!((rate.get() - per_second).abs() < 1e-5, "{text}");
        }
        assert!("2m/day".parse::<Rate>().unwrap_err().contains("`2M/day`"));
        for wrong in ["350", "-3/s", "x/s", "3/fortnight", "1e9/s"] {
            assert!(wrong.parse::<Rate>().is_err(), "{wrong}");
        }
    }
}
