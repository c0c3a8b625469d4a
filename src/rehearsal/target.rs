//! Where each channel's messages go: the built-in bot as a child process, or the URLs that the scenario names.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tokio::net::TcpStream;
use url::Url;

use super::{Options, RehearsalError};
use crate::channel::line_is_up;
use crate::demo_bot::{self, ChildBot};
use crate::scenario::{BuiltInBot, DEMO, Scenario, SipTarget, target_url};

/// Where each channel's messages go, and the built-in bot as long as this lives.
pub(super) struct Targets {
    /// One URL per channel, without a trailing slash.
    pub(super) urls: Vec<String>,
    bot: Option<ChildBot>,
}

impl Targets {
    /// Starts the built-in bot if a channel wants it, and names every channel's URL.
    pub(super) async fn prepare(
        scenario: &Scenario,
        executable: &Path,
        scenario_file: &Path,
        platform: Option<&str>,
    ) -> Result<Targets, RehearsalError> {
        let wants_bot = scenario.channels.iter().any(|channel| channel.target == DEMO);
        let bot = match wants_bot {
            true => Some(demo_bot::start(executable, scenario_file, platform).await?),
            false => None,
        };
        let urls = scenario
            .channels
            .iter()
            .map(|channel| match (&bot, channel.target.as_str()) {
                (Some(bot), DEMO) => {
                    let spoken = channel.profile.built_in_bot.as_ref();
                    format!("{}{}", bot.url, spoken.and_then(BuiltInBot::path).unwrap_or_default())
                }
                (_, url) => url.trim_end_matches('/').to_owned(),
            });
        Ok(Targets {
            urls: urls.collect(),
            bot,
        })
    }

    /// Tells the built-in bot, if there is one, that the load begins at `start`, so that its facts change when they do.
    pub(super) fn tell_of_the_load(&self, start: tokio::time::Instant) {
        let begins_in = start.saturating_duration_since(tokio::time::Instant::now());
        if let Some(bot) = &self.bot {
            // A bot that is gone is found out by everyone who writes to it.
            bot.tell_of_the_load(begins_in).ok();
        }
    }

    /// How the built-in bot ended, in words, if it did although nobody asked it to.
    pub(super) fn lost_bot(&mut self) -> Option<String> {
        let status = self.bot.as_mut()?.ended().ok()??;
        Some(format!(
            "the built-in bot ended before the run did ({status}): what failed from then on is not a bot's answer to load"
        ))
    }

    /// Waits until every target accepts connections, for at most `limit`.
    /// Those to which nothing is sent are not waited for.
    pub(super) async fn wait(&self, scenario: &Scenario, limit: Duration) -> Result<(), RehearsalError> {
        let deadline = Instant::now() + limit;
        let channels = scenario.channels.iter().zip(&self.urls);
        let sent_to = channels.filter(|(channel, _)| {
            let profile = &channel.profile;
            profile.send.is_some() || profile.socket.is_some() || profile.phone.is_some()
        });
        for (_, target) in sent_to {
            while let Err(source) = connect(target, limit).await {
                if Instant::now() >= deadline {
                    return Err(RehearsalError::NotUp {
                        target: target.clone(),
                        limit,
                        source,
                    });
                }
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
        }
        Ok(())
    }
}

/// Connects within `limit`: a host that swallows packets does not say no.
async fn connect(target: &str, limit: Duration) -> std::io::Result<()> {
    if SipTarget::is_meant(target) {
        let line = SipTarget::parse(target).map_err(std::io::Error::other)?;
        return line_is_up(&line).await;
    }
    let url = Url::parse(target).map_err(std::io::Error::other)?;
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
    let port = url.port_or_known_default().unwrap_or(80);
    let connecting = TcpStream::connect((host, port));
    let connected = tokio::time::timeout(limit, connecting).await;
    connected
        .unwrap_or_else(|_| Err(std::io::ErrorKind::TimedOut.into()))
        .map(drop)
}

/// Host and port of every target, or `demo`, each once.
pub(super) fn hosts(scenario: &Scenario) -> String {
    let mut hosts: Vec<String> = Vec::new();
    for channel in &scenario.channels {
        let host = match target_url(&channel.target) {
            Some(url) => {
                let port = url
                    .port_or_known_default()
                    .map(|port| format!(":{port}"))
                    .unwrap_or_default();
                format!("{}{port}", url.host_str().unwrap_or_default())
            }
            None => channel.target.clone(),
        };
        if !hosts.contains(&host) {
            hosts.push(host);
        }
    }
    hosts.join(", ")
}

/// The executable to run as the built-in bot: the one that was named, or this one.
pub(super) fn executable(options: &Options) -> std::io::Result<PathBuf> {
    options.executable.clone().map_or_else(std::env::current_exe, Ok)
}
