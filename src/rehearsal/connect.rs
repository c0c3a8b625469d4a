//! `throng check --connect`: every channel's handshake and one signed message, and what is wrong in words. No load, no run
//! directory.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::contact::{arrivals, channels_in_use, first_turns, hurried, open_lines};
use super::diagnosis::{Diagnosis, Patient};
use super::platforms::Platforms;
use super::temporary::TemporaryFile;
use super::{Options, RehearsalError, Stops, await_bots, contact_control, target, unless_stopped, wirings};
use crate::channel::{ChannelError, Wiring};
use crate::conversation::{Language, Turn};
use crate::scenario::{self, Scenario};
use crate::simulation::Cast;

/// Holds the handshake of every channel in use, and sends one customer's first message on each. A budget is not touched.
///
/// # Errors
/// When a channel cannot be used at all. A failing bot is a diagnosis, not an error.
pub fn connect(scenario: &Scenario, options: &Options, stops: &Stops) -> Result<Vec<Diagnosis>, RehearsalError> {
    let file = TemporaryFile::with(&scenario::to_yaml(scenario), "yaml").map_err(RehearsalError::Runtime)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(RehearsalError::Runtime)?;
    let platforms = Platforms::open(scenario, options)?;
    let _certificate = platforms.let_bots_in_for_a_while(options)?;
    let examined = runtime.block_on(unless_stopped(stops, async {
        let executable = target::executable(options).map_err(RehearsalError::Runtime)?;
        let targets = target::Targets::prepare(scenario, &executable, file.path(), platforms.url()).await?;
        let wirings = wirings(&targets.urls, &options.allowed_hosts, &platforms);
        // Whether hosts are allowed and secrets are there is known before anybody is waited for.
        open_lines(scenario, &wirings)?;
        await_bots(scenario, options, &targets, &platforms).await?;
        examine(scenario, &wirings, stops, options.intercept.is_some()).await
    }));
    platforms.tell_what_was_refused(options);
    examined
}

async fn examine(
    scenario: &Scenario,
    wirings: &[Wiring],
    stops: &Stops,
    is_intercepted: bool,
) -> Result<Vec<Diagnosis>, RehearsalError> {
    let lines = open_lines(scenario, wirings)?;
    let patient = |place: usize| Patient {
        channel: &scenario.channels[place],
        target: &wirings[place].target,
        office: wirings[place].office.as_deref(),
        is_intercepted,
    };
    let mut found: Vec<(usize, Diagnosis)> = Vec::new();
    let mut ready = Vec::new();
    for place in channels_in_use(scenario) {
        match lines[place].shake_hands().await {
            Ok(()) => ready.push(place),
            Err(ChannelError::Handshake { reason, .. } | ChannelError::NobodyThere { reason, .. }) => {
                found.push((place, patient(place).after_handshake(&reason)))
            }
            Err(source) => {
                let channel = scenario.channels[place].name.clone();
                return Err(RehearsalError::Channel { channel, source });
            }
        }
    }
    let cast = Cast::new(Arc::new(hurried(scenario)))?;
    let turns = first_turns(&cast, &lines, arrivals(scenario, &ready, 0), &contact_control(stops)).await?;
    found.extend(ready.into_iter().map(|place| {
        let is_its = |turn: &&Turn| usize::from(turn.labels.channel) == place;
        (place, patient(place).after_turn(turns.iter().find(is_its)))
    }));
    found.sort_by_key(|(place, _)| *place);
    Ok(found.into_iter().map(|(_, diagnosis)| diagnosis).collect())
}

/// What `throng check --connect --json` prints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Connections {
    /// `throng.check/1`.
    pub schema: String,
    /// The scenario's name.
    pub scenario: String,
    /// Every channel in use, in the scenario's order.
    pub channels: Vec<Connection>,
}

/// How one channel was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Connection {
    /// Its name.
    pub channel: String,
    /// Its profile.
    pub profile: String,
    /// Where its messages go.
    pub target: String,
    /// True when it can be rehearsed.
    pub is_usable: bool,
    /// What was found, as a word: `works`, `no_connection`, `unauthorised`, `replies_go_past_throng`, ...
    pub finding: String,
    /// Where, in words.
    pub place: String,
    /// What is so, in words.
    pub cause: String,
    /// What mends it, in words; `null` where nothing is to be mended.
    pub remedy: Option<String>,
}

impl Connections {
    /// The diagnoses of a scenario in the words of a language.
    pub fn of(scenario: &str, diagnoses: &[Diagnosis], language: Language) -> Connections {
        let channels = diagnoses.iter().map(|diagnosis| Connection {
            channel: diagnosis.channel.clone(),
            profile: diagnosis.profile.clone(),
            target: diagnosis.target.clone(),
            is_usable: diagnosis.finding.is_usable(),
            finding: diagnosis.finding.word().to_owned(),
            place: diagnosis.place_in_words(language),
            cause: diagnosis.cause(language),
            remedy: diagnosis.remedy(language),
        });
        Connections {
            schema: "throng.check/1".to_owned(),
            scenario: scenario.to_owned(),
            channels: channels.collect(),
        }
    }

    /// True when every channel can be rehearsed.
    pub fn are_usable(&self) -> bool {
        self.channels.iter().all(|channel| channel.is_usable)
    }
}

/// The JSON Schema of what `throng check --connect --json` prints.
pub fn connections_schema() -> serde_json::Value {
    let settings = schemars::generate::SchemaSettings::default().for_serialize();
    settings
        .into_generator()
        .into_root_schema_for::<Connections>()
        .to_value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_schema_is_that_of_the_types() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schemas/check.schema.json");
        let current = format!("{:#}\n", connections_schema());
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            std::fs::write(&path, &current).unwrap();
        }
        let published = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert!(
            published == current,
            "run the tests with UPDATE_SCHEMAS=1 and commit docs/schemas"
        );
    }
}
