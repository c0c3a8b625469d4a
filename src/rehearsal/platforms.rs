//! The platforms whose APIs throng serves during a rehearsal, and what the bot called there.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::contact::calls_in_words;
use super::interception;
use super::temporary::TemporaryFile;
use super::{Options, RehearsalError};
use crate::channel::{ChannelError, InterceptedCounts, Interceptor, Office, Platform, PlatformCounts, SocketCounts};
use crate::conversation::Language;
use crate::scenario::Scenario;
use crate::verdict::{InterceptedNumbers, PlatformNumbers, SocketNumbers};

/// The platforms, served as long as this lives; none when every reply comes in a response.
pub(super) struct Platforms {
    platform: Option<Platform>,
    /// Takes in what bots call at the platforms' own hosts.
    interceptor: Option<Interceptor>,
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
            let (url, urls) = (platform.url(), urls.join(", "));
            (options.announce)(&match (options.language, has_api) {
                (Language::Zh, true) => format!("平台接口的地址：{url}；一个机器人接多个渠道时用 {urls}"),
                (Language::Zh, false) => {
                    format!("顾客发的图片、语音等在此提供：{url}；一个机器人接多个渠道时用 {urls}")
                }
                (Language::En, true) => {
                    format!("the platform's API is served at {url}; a bot that has several channels uses {urls}")
                }
                (Language::En, false) => {
                    format!(
                        "what customers send beside words is served at {url}; a bot that has several channels uses {urls}"
                    )
                }
            });
        }
        let interceptor = match (&options.intercept, &platform) {
            (None, _) => None,
            (Some(interception), Some(platform)) => Some(platform.intercept(interception)),
            (Some(interception), None) => Some(Err(ChannelError::nothing_to_intercept(interception.address))),
        };
        Ok(Platforms {
            platform,
            interceptor: interceptor.transpose().map_err(RehearsalError::Platform)?,
            before: Vec::new(),
        })
    }

    /// Says how a bot is started whose calls are to be intercepted, if any are; `write` puts the certificate into a file.
    pub(super) fn let_bots_in(
        &self,
        options: &Options,
        write: impl FnOnce(&str) -> Result<PathBuf, RehearsalError>,
    ) -> Result<(), RehearsalError> {
        let Some(interceptor) = &self.interceptor else {
            return Ok(());
        };
        let file = write(interceptor.certificate())?;
        (options.announce)(&interception::invitation(interceptor, &file, options.language));
        Ok(())
    }

    /// The same with a file that lasts as long as what is given back: where there is no run directory.
    pub(super) fn let_bots_in_for_a_while(&self, options: &Options) -> Result<Option<TemporaryFile>, RehearsalError> {
        let mut kept = None;
        self.let_bots_in(options, |certificate| {
            let file = TemporaryFile::with(certificate, "pem").map_err(RehearsalError::Runtime)?;
            let path = file.path().to_owned();
            kept = Some(file);
            Ok(path)
        })?;
        Ok(kept)
    }

    /// What was asked of the interceptor, if there is one.
    pub(super) fn intercepted(&self) -> Option<InterceptedCounts> {
        self.interceptor.as_ref().map(Interceptor::counts)
    }

    /// Says what went wrong at the interceptor, where no report will.
    pub(super) fn tell_what_was_refused(&self, options: &Options) {
        for warning in self.intercepted().iter().flat_map(interception::warnings) {
            (options.announce)(&warning);
        }
    }

    /// What was asked of it, for `run.json`.
    pub(super) fn intercepted_numbers(&self) -> Option<InterceptedNumbers> {
        self.intercepted().map(interception::numbers)
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
                fetched: counts.fetched,
                uploads: counts.uploads,
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
        let mut warnings: Vec<String> = self.intercepted().iter().flat_map(interception::warnings).collect();
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
        "unknown_media" => "calls asked for pictures, voice messages or videos that nobody of this run sent".to_owned(),
        "upload_too_large" => "uploads were larger than the platform takes, and were not taken".to_owned(),
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
