//! `throng bot`: the built-in bot alone.

use std::net::SocketAddr;

use serde_json::json;
use throng::conversation::Language;
use throng::demo_bot::{self, Bot, Telegram, TelegramMailbox, WeChatAccount};
use throng::scenario::{BotSettings, BuiltInBot, Channel, DEMO, Fault, FaultRates, LoadOptions, Scenario, Spread};
use tokio_util::sync::CancellationToken;

use super::args::BotArguments;
use super::check::invalid;
use super::console::{print, warn};
use super::exit_code::ExitCode;
use super::failure::Failure;

pub(crate) fn bot(arguments: &BotArguments, language: Language) -> Result<ExitCode, Failure> {
    let options = LoadOptions {
        sets: arguments.set.clone(),
        ..LoadOptions::default()
    };
    let scenario = throng::scenario::load(&arguments.scenario, &options).map_err(|error| invalid(&error))?;
    let settings = settings(&scenario.file.bot, arguments)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::from_error(ExitCode::Internal, &error))?;
    runtime.block_on(listen_and_serve(arguments, &scenario, &settings, language))
}

async fn listen_and_serve(
    arguments: &BotArguments,
    scenario: &Scenario,
    settings: &BotSettings,
    language: Language,
) -> Result<ExitCode, Failure> {
    let listener = demo_bot::listen(arguments.listen).map_err(|error| {
        Failure::new(
            ExitCode::Invalid,
            format!("cannot listen on {}: {error}", arguments.listen),
        )
        .hint("`--listen 127.0.0.1:0` takes a free port")
    })?;
    let address = listener
        .local_addr()
        .map_err(|error| Failure::from_error(ExitCode::Internal, &error))?;
    warn_when_open(address, language);
    print(&json!({"listening": format!("http://{address}")}).to_string())?;
    let bot = Bot::new(
        &scenario.knowledge,
        settings,
        scenario.file.seed,
        Some(scenario.run_key()),
    );
    let bot = bot.with_wechat(wechat_account(scenario));
    let bot = bot.with_telegram(Telegram {
        token: agreed(scenario, "/telegram", "bot_token").unwrap_or(Telegram::default().token),
        secret: agreed(scenario, "/telegram", "secret_token"),
    });
    let bot = at_the_platform(bot, scenario, arguments, language);
    let bot = match arguments.with_parent {
        true => bot.that_is_told_of_the_load(),
        false => bot,
    };
    let stop = CancellationToken::new();
    let stopper = stop.clone();
    let with_parent = arguments.with_parent;
    let clock = bot.load_clock();
    tokio::spawn(async move {
        if with_parent {
            demo_bot::obey_the_parent(clock).await;
        } else if tokio::signal::ctrl_c().await.is_err() {
            // Without signals there is nothing to wait for: the bot runs until it is killed.
            std::future::pending::<()>().await;
        }
        stopper.cancel();
    });
    demo_bot::serve(listener, bot, stop)
        .await
        .map_err(|error| Failure::from_error(ExitCode::Internal, &error))?;
    Ok(ExitCode::Held)
}

/// What the scenario's first WeChat channel agrees on with the bot.
fn wechat_account(scenario: &Scenario) -> WeChatAccount {
    let mut account = WeChatAccount::default();
    for (name, value) in [
        ("token", &mut account.token),
        ("aes_key", &mut account.aes_key),
        ("app_id", &mut account.app_id),
    ] {
        *value = agreed(scenario, "/wechat", name).unwrap_or_else(|| std::mem::take(value));
    }
    account
}

/// The same bot, which replies at the platform and asks for its messages there. A rehearsal's own bot leaves those channels
/// alone that another bot is to empty.
fn at_the_platform(bot: Bot, scenario: &Scenario, arguments: &BotArguments, language: Language) -> Bot {
    let is_asked = |channel: &&Channel| {
        let is_ours = !arguments.with_parent || channel.target == DEMO;
        is_ours && channel.profile.built_in_bot == Some(BuiltInBot::TelegramGetUpdates)
    };
    let mut asked = scenario.channels.iter().filter(is_asked);
    let Some(platform) = &arguments.platform else {
        if let Some(Channel { name, .. }) = asked.next() {
            let told = match language {
                Language::Zh => format!("渠道 {name} 的消息要由机器人去取，但没有 `--platform URL`：它不会去取"),
                Language::En => format!("nobody asks for the messages of channel {name}: that takes `--platform URL`"),
            };
            warn(&told, language);
        }
        return bot;
    };
    let mailbox = |channel: &Channel| TelegramMailbox {
        api: format!("{}{}", platform.trim_end_matches('/'), channel.api_path()),
        token: setting(channel, "bot_token").unwrap_or(Telegram::default().token),
    };
    bot.with_platform(platform).with_mailboxes(asked.map(mailbox).collect())
}

/// A setting of the scenario's first channel that the built-in bot speaks at `path`.
fn agreed(scenario: &Scenario, path: &str, name: &str) -> Option<String> {
    let speaks_there = |channel: &&Channel| {
        let spoken = channel.profile.built_in_bot.as_ref();
        spoken.and_then(BuiltInBot::path) == Some(path)
    };
    setting(scenario.channels.iter().find(speaks_there)?, name)
}

/// A setting of a channel, from the environment where it says so.
fn setting(channel: &Channel, name: &str) -> Option<String> {
    let text = channel.settings.get(name)?.as_str()?;
    match text.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')) {
        Some(variable) => std::env::var(variable).ok(),
        None => Some(text.to_owned()),
    }
}

fn warn_when_open(address: SocketAddr, language: Language) {
    if !address.ip().is_loopback() {
        warn(
            match language {
                Language::Zh => "内置机器人在本机之外也可访问，且不验证任何人的身份",
                Language::En => "the built-in bot listens beyond this machine and asks nobody for a password",
            },
            language,
        );
    }
}

fn settings(of_scenario: &BotSettings, arguments: &BotArguments) -> Result<BotSettings, Failure> {
    let mut settings = of_scenario.clone();
    if let Some(workers) = arguments.workers {
        settings.workers = workers.max(1);
    }
    if let Some(queue) = arguments.queue {
        settings.queue = queue;
    }
    if let Some(time) = arguments.service_time {
        settings.service_time = Spread::lognormal(time, 0.0);
    }
    if !arguments.fault.is_empty() {
        settings.faults = faults(&arguments.fault)?;
    }
    Ok(settings)
}

fn faults(wanted: &[(String, String)]) -> Result<FaultRates, Failure> {
    let mut rates = FaultRates::default();
    for (name, chance) in wanted {
        let fault: Fault = serde_json::from_value(json!(name)).map_err(|_| {
            let known: Vec<String> = Fault::ALL
                .iter()
                .map(|fault| json!(fault).as_str().unwrap_or_default().to_owned())
                .collect();
            Failure::new(ExitCode::Invalid, format!("there is no fault `{name}`"))
                .hint(format!("the faults are {}", known.join(", ")))
        })?;
        let chance: f64 = chance
            .parse()
            .ok()
            .filter(|chance| (0.0..=1.0).contains(chance))
            .ok_or_else(|| {
                Failure::new(
                    ExitCode::Invalid,
                    format!("--fault {name}: expected a chance from 0 to 1, found `{chance}`"),
                )
            })?;
        rates.0.insert(fault, chance);
    }
    Ok(rates)
}
