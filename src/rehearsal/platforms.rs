//! The platforms whose APIs throng serves during a rehearsal, and what the bot called there.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use super::contact::calls_in_words;
use super::{Options, RehearsalError};
use crate::channel::{Office, Platform, PlatformCounts, SocketCounts};
use crate::scenario::Scenario;
use crate::verdict::{PlatformNumbers, SocketNumbers};

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
            (options.announce)(&format!(
                "the platform's API is served at {}; a bot that has several channels uses {}",
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

    /// Waits until the bot of every channel has dialled in that is to, for at most `limit` each.
    ///
    /// # Errors
    /// When one has not.
    pub(super) async fn await_bots(
        &self,
        scenario: &Scenario,
        limit: Duration,
        say: fn(&str),
    ) -> Result<(), RehearsalError> {
        for (place, channel) in scenario.channels.iter().enumerate() {
            let is_used = scenario.mix.iter().any(|mix| usize::from(mix.channel) == place);
            let Some(office) = self.office(place).filter(|office| is_used && office.is_dialled()) else {
                continue;
            };
            if office.dialled_within(Duration::ZERO).await {
                continue;
            }
            say(&format!("channel {}: waiting for the bot to dial in", channel.name));
            if !office.dialled_within(limit).await {
                return Err(RehearsalError::NotDialledIn {
                    channel: channel.name.clone(),
                    limit,
                    heard: calls_in_words(&office),
                });
            }
        }
        Ok(())
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
                tokens: counts.tokens,
                asked: counts.asked,
                refused: counts.refused,
                unknown_routes: counts.unknown_routes,
                sockets: counts.sockets.map(numbers_of),
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
            warnings.extend(counts.sockets.iter().flat_map(|sockets| of_sockets(name, sockets)));
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

fn numbers_of(counts: SocketCounts) -> SocketNumbers {
    SocketNumbers {
        opened: counts.opened,
        lost: counts.lost,
        acknowledged: counts.acknowledged,
        unacknowledged: counts.unacknowledged,
        without_socket: counts.without_socket,
        cut_off: counts.cut_off,
    }
}

/// What went wrong with the sockets of a bot that dials in, each kind in a sentence.
fn of_sockets(channel: &str, counts: &SocketCounts) -> Vec<String> {
    let kinds = [
        (
            counts.lost,
            "of the bot's sockets ended before the platform closed them",
        ),
        (
            counts.cut_off,
            "deliveries lost their socket before the bot had acknowledged them",
        ),
        (counts.without_socket, "deliveries found no open socket of the bot"),
        (counts.unacknowledged, "deliveries were not acknowledged in time"),
    ];
    let found = kinds.into_iter().filter(|(count, _)| *count > 0);
    found
        .map(|(count, what)| format!("channel {channel}: {count} {what}"))
        .collect()
}

fn refused(channel: &str, error: &str, count: u64, unknown_routes: &[String]) -> String {
    let what = match error {
        "unknown_route" => format!(
            "calls went to routes that the profile does not have ({})",
            unknown_routes.join(", ")
        ),
        "unknown_customer" => "replies were for nobody of this run".to_owned(),
        "unreadable" => "calls could not be read".to_owned(),
        "too_large" => "calls were too large".to_owned(),
        "unreadable_frame" => "frames could not be read: they are not JSON in text".to_owned(),
        "unknown_frame" => "frames are none that the profile knows".to_owned(),
        "frame_too_large" => "frames were too large, and closed their sockets".to_owned(),
        "unknown_acknowledgement" => "acknowledgements were for messages that nobody sent".to_owned(),
        "late_acknowledgement" => "acknowledgements came when nobody waited for them any more".to_owned(),
        "not_a_socket" => "calls to open a socket asked for none".to_owned(),
        "too_many_sockets" => "sockets were refused: it had as many as the platform allows".to_owned(),
        other => format!("calls were refused with `{other}`"),
    };
    format!("channel {channel}: {count} of the bot's {what}")
}
