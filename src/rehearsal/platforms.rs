//! The platforms whose APIs throng serves during a rehearsal, and what the bot called there.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Options, RehearsalError};
use crate::channel::{Office, Platform, PlatformCounts};
use crate::scenario::Scenario;
use crate::verdict::PlatformNumbers;

/// The platforms, served as long as this lives; none when every reply comes in a response.
pub(super) struct Platforms {
    platform: Option<Platform>,
    /// By channel: what was called before the load.
    before: Vec<PlatformCounts>,
}

impl Platforms {
    /// Serves them, and says where.
    pub(super) fn open(scenario: &Scenario, options: &Options) -> Result<Platforms, RehearsalError> {
        let platform = Platform::open(scenario, options.serve).map_err(RehearsalError::Platform)?;
        if let Some(platform) = &platform {
            let offices = (0..scenario.channels.len()).filter_map(|channel| platform.office(channel));
            let urls: Vec<&str> = offices.map(|office| office.url()).collect();
            let has_api = scenario.channels.iter().any(|channel| channel.profile.serve.is_some());
            let what = match has_api {
                true => "the platform's API",
                false => "what customers send beside words",
            };
            (options.announce)(&format!(
                "{what} is served at {}; a bot that has several channels uses {}",
                platform.url(),
                urls.join(", ")
            ));
        }
        Ok(Platforms {
            platform,
            before: Vec::new(),
        })
    }

    /// Where all of them are served.
    pub(super) fn url(&self) -> Option<&str> {
        self.platform.as_ref().map(Platform::url)
    }

    /// The one of the channel with this place.
    pub(super) fn office(&self, channel: usize) -> Option<Arc<Office>> {
        self.platform.as_ref()?.office(channel).cloned()
    }

    /// What was called up to now is not the load's.
    pub(super) fn load_begins(&mut self) {
        let Some(platform) = &self.platform else { return };
        let count = |office: Option<&Arc<Office>>| office.map(|office| office.counts()).unwrap_or_default();
        self.before = platform.offices().map(count).collect();
    }

    /// What the bot called during the load, by channel.
    pub(super) fn numbers(&self, scenario: &Scenario) -> BTreeMap<String, PlatformNumbers> {
        let numbers = self.counts(scenario).map(|(name, counts)| {
            let numbers = PlatformNumbers {
                calls: counts.calls,
                replies: counts.replies,
                to_nobody: counts.to_nobody,
                without_text: counts.without_text,
                fetched: counts.fetched,
                uploads: counts.uploads,
                tokens: counts.tokens,
                asked: counts.asked,
                refused: counts.refused,
                unknown_routes: counts.unknown_routes,
            };
            (name.to_owned(), numbers)
        });
        numbers.collect()
    }

    /// What a reader should know: calls that went wrong, each kind in a sentence.
    pub(super) fn warnings(&self, scenario: &Scenario) -> Vec<String> {
        let faults = |name: &str| {
            let channel = scenario.channels.iter().find(|channel| channel.name == name);
            channel.map(|channel| &channel.platform_faults)
        };
        let mut warnings = Vec::new();
        for (name, counts) in self.counts(scenario) {
            for (error, count) in &counts.refused {
                let is_ours = faults(name).is_some_and(|faults| faults.contains_key(error));
                warnings.extend((!is_ours).then(|| refused(name, error, *count, &counts.unknown_routes)));
            }
            if counts.to_nobody > 0 {
                warnings.push(format!(
                    "channel {name}: {} replies came for customers who had left for good",
                    counts.to_nobody
                ));
            }
        }
        warnings
    }

    fn counts<'a>(&'a self, scenario: &'a Scenario) -> impl Iterator<Item = (&'a str, PlatformCounts)> {
        scenario.channels.iter().enumerate().filter_map(|(place, channel)| {
            let counts = self.platform.as_ref()?.office(place)?.counts();
            let before = self.before.get(place).cloned().unwrap_or_default();
            Some((channel.name.as_str(), counts.since(&before)))
        })
    }
}

fn refused(channel: &str, error: &str, count: u64, unknown_routes: &[String]) -> String {
    let what = match error {
        "unknown_route" => format!(
            "calls went to routes that the profile does not have ({})",
            unknown_routes.join(", ")
        ),
        "unknown_customer" => "replies were for nobody of this run".to_owned(),
        "unknown_media" => "calls asked for pictures, voice messages or videos that nobody of this run sent".to_owned(),
        "upload_too_large" => "uploads were larger than the platform takes, and were not taken".to_owned(),
        "unreadable" => "calls could not be read".to_owned(),
        "too_large" => "calls were too large".to_owned(),
        other => format!("calls were refused with `{other}`"),
    };
    format!("channel {channel}: {count} of the bot's {what}")
}
