//! The shipped data, as a user would load it.

#![allow(dead_code, reason = "each user of it needs a part")]

use std::fs;
use std::path::PathBuf;

use serde::de::DeserializeOwned;
use throng::scenario::{LoadOptions, Scenario};

/// A shipped file, by its path from the project's root.
pub(crate) fn file<T: DeserializeOwned>(path: &str) -> T {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A shipped scenario.
pub(crate) fn scenario(name: &str) -> Scenario {
    throng::scenario::load(name, &LoadOptions::default()).unwrap_or_else(|error| panic!("{error}"))
}
