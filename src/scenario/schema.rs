//! The JSON Schemas of the files that users write, derived from their types. `docs/schemas/` holds them for editors.

use schemars::{JsonSchema, schema_for};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{Goal, Knowledge, Persona, Profile, Rubric, ScenarioFile};

/// A file of goals.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GoalsFile {
    /// The goals.
    pub goals: Vec<Goal>,
}

/// The dialect that schemars writes.
const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The names that [`schema`] knows, each with what its files are called.
pub const SCHEMAS: [(&str, &str); 6] = [
    ("scenario", "throng scenario: one rehearsal"),
    ("persona", "throng persona: a kind of customer"),
    ("goals", "throng goals: what customers want"),
    ("profile", "throng channel profile: how a channel speaks on the wire"),
    ("knowledge", "throng knowledge: what is true in the shop"),
    (
        "rubric",
        "throng rubric: what a language model is asked about an answer",
    ),
];

/// The JSON Schema (draft 2020-12) of the files of this kind: `scenario`, `persona`, `goals`, `profile`, `knowledge`, `rubric`.
pub fn schema(name: &str) -> Option<Value> {
    let (_, title) = SCHEMAS.iter().find(|(known, _)| *known == name)?;
    let schema = match name {
        "scenario" => schema_for!(ScenarioFile),
        "persona" => schema_for!(Persona),
        "goals" => schema_for!(GoalsFile),
        "profile" => schema_for!(Profile),
        "knowledge" => schema_for!(Knowledge),
        _ => schema_for!(Rubric),
    };
    // What the file is comes first, for people who open it.
    let mut titled = Map::from_iter([("$schema".to_owned(), json!(DRAFT)), ("title".to_owned(), json!(title))]);
    if let Value::Object(of_types) = schema.to_value() {
        for (key, value) in of_types {
            titled.entry(key).or_insert(value);
        }
    }
    Some(Value::Object(titled))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn the_published_schemas_are_those_of_the_types() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schemas");
        for (name, _) in SCHEMAS {
            let path = folder.join(format!("{name}.schema.json"));
            let current = format!("{:#}\n", schema(name).unwrap());
            if std::env::var_os("UPDATE_SCHEMAS").is_some() {
                std::fs::create_dir_all(&folder).unwrap();
                std::fs::write(&path, &current).unwrap();
            }
            let published = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
            assert!(
                published == current,
                "{name}: run the tests with UPDATE_SCHEMAS=1 and commit docs/schemas"
            );
        }
    }

    #[test]
    fn every_schema_has_a_title_and_closes_its_keys() {
        for (name, title) in SCHEMAS {
            let schema = schema(name).unwrap();
            assert_eq!(schema["title"], title);
            assert_eq!(schema["additionalProperties"], false, "{name}");
        }
        assert_eq!(schema("run"), None);
    }
}
