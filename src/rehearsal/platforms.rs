//! The platforms whose APIs throng serves during a rehearsal.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::contact::calls_in_words;
use super::interception;
use super::temporary::TemporaryFile;
use super::{Options, RehearsalError};
use crate::channel::{ChannelError, Interceptor, Office, Platform};
use crate::conversation::Language;
use crate::report;
use crate::scenario::Scenario;
use crate::verdict::InterceptedNumbers;

/// The platforms, served as long as this lives; none when every reply comes in a response.
pub(super) struct Platforms {
    platform: Option<Platform>,
    /// Takes in what bots call at the platforms' own hosts.
    interceptor: Option<Interceptor>,
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

    /// What was asked of the interceptor, for `run.json`; nothing without one.
    pub(super) fn intercepted(&self) -> Option<InterceptedNumbers> {
        self.interceptor
            .as_ref()
            .map(|interceptor| interception::numbers(interceptor.counts()))
    }

    /// Says what went wrong at the interceptor, where no report will.
    pub(super) fn tell_what_was_refused(&self, options: &Options) {
        let lines = self
            .intercepted()
            .map(|numbers| report::intercepted(&numbers, options.language));
        for line in lines.into_iter().flatten() {
            (options.announce)(&line);
        }
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
}
