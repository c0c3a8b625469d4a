//! Thresholds as they are written in a scenario; `threshold` reads their grammar.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::Span;

/// What must hold.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ThresholdSettings {
    /// What a threshold counts as whose interval holds its bound.
    pub when_unsure: WhenUnsure,
    /// The thresholds.
    pub that: Vec<ThresholdEntry>,
}

/// What an unsure threshold counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WhenUnsure {
    /// A run must prove that it holds.
    #[default]
    Fail,
    /// A run must prove that it breaks (for short CI runs).
    Pass,
}

/// A threshold as it is written: text, or `{that: text, abort: true, after: 30s}`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ThresholdEntry {
    /// `metric[{key=value,...}]: stat op value`.
    pub that: String,
    /// Stop the run when it is broken.
    pub abort: bool,
    /// Judge only what comes after this time from the start.
    pub after: Span,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "AbortingThreshold")]
struct WrittenThreshold {
    /// `metric[{key=value,...}]: stat op value`.
    that: String,
    /// Stop the run when it is broken.
    #[serde(default)]
    abort: bool,
    /// Judge only what comes after this time from the start.
    #[serde(default)]
    after: Option<Span>,
}

impl<'de> Deserialize<'de> for ThresholdEntry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextOrMap;

        impl<'de> Visitor<'de> for TextOrMap {
            type Value = ThresholdEntry;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a threshold such as `missed: rate < 1%`")
            }

            fn visit_str<E: de::Error>(self, that: &str) -> Result<ThresholdEntry, E> {
                Ok(ThresholdEntry {
                    that: that.to_owned(),
                    abort: false,
                    after: Span::seconds(0.0),
                })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<ThresholdEntry, A::Error> {
                let written = WrittenThreshold::deserialize(MapAccessDeserializer::new(map))?;
                let after = written.after.unwrap_or(Span::seconds(0.0));
                Ok(ThresholdEntry {
                    that: written.that,
                    abort: written.abort,
                    after,
                })
            }
        }

        deserializer.deserialize_any(TextOrMap)
    }
}

impl JsonSchema for ThresholdEntry {
    fn schema_name() -> Cow<'static, str> {
        "Threshold".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let map = generator.subschema_for::<WrittenThreshold>();
        json_schema!({"anyOf": [{"type": "string", "description": "metric[{key=value,...}]: stat op value"}, map]})
    }
}
