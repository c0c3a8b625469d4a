//! `throng check`: the whole validation; sends nothing without `--connect`.

use throng::conversation::Language;
use throng::scenario::{self, Channel, DEMO, LoadError, LoadOptions, Scenario};
use throng::simulation::Cast;

use super::args::{CheckArguments, ScenarioArguments};
use super::connect::connect;
use super::console::{print, warn};
use super::exit_code::ExitCode;
use super::failure::Failure;

/// Loads a scenario with the changes that the command line asks for.
pub(crate) fn load(arguments: &ScenarioArguments) -> Result<Scenario, Failure> {
    let options = LoadOptions {
        sets: arguments.set.clone(),
        scale: arguments.scale,
        seed: arguments.seed,
        target: arguments.target.clone(),
        channel_targets: arguments.channel_target.clone(),
    };
    scenario::load(&arguments.scenario, &options).map_err(|error| invalid(&error))
}

/// A scenario that cannot be used.
pub(crate) fn invalid(error: &LoadError) -> Failure {
    let failure = Failure::from_error(ExitCode::Invalid, error);
    match error.hint() {
        Some(hint) => failure.hint(hint),
        None => failure,
    }
}

pub(crate) fn check(arguments: &CheckArguments, language: Language) -> Result<ExitCode, Failure> {
    let asks_to_connect = arguments.target.intercept.is_some() || arguments.target.wait_for_target.is_some();
    if asks_to_connect && !arguments.connect {
        let message =
            "`--intercept` and `--wait-for-target` are for talking to a bot, and `throng check` sends nothing";
        return Err(
            Failure::new(ExitCode::Invalid, message).hint("add `--connect` to have it send one message per channel")
        );
    }
    let scenario = load(&arguments.scenario)?;
    let cast =
        Cast::new(std::sync::Arc::new(scenario)).map_err(|error| Failure::from_error(ExitCode::Invalid, &error))?;
    let scenario = &cast.scenario;
    throng::rehearsal::check_channels(scenario).map_err(|error| Failure::from_error(ExitCode::Invalid, &error))?;
    warn_of_shortages(&cast, language);
    warn_of_live_secrets(scenario, language);
    if arguments.connect {
        return connect(scenario, arguments, language);
    }
    print(&match language {
        Language::Zh => in_chinese(scenario),
        Language::En => in_english(scenario),
    })?;
    Ok(ExitCode::Held)
}

fn in_english(scenario: &Scenario) -> String {
    let closed = scenario.file.largest_population().map_or_else(String::new, |most| {
        format!(
            "closed workload of {}, ",
            counted(usize::try_from(most).unwrap_or(usize::MAX), "customer")
        )
    });
    format!(
        "{} is valid: {closed}{}, {}, {}, {} over {:.0} s, {}; nothing was sent",
        scenario.file.scenario,
        counted(scenario.channels.len(), "channel"),
        counted(scenario.personas.len(), "persona"),
        counted(scenario.goals.len(), "goal"),
        counted(scenario.file.traffic.phases.len(), "phase"),
        scenario.traffic_length().as_secs_f64(),
        counted(scenario.thresholds.len(), "threshold"),
    )
}

fn in_chinese(scenario: &Scenario) -> String {
    let closed = scenario
        .file
        .largest_population()
        .map_or_else(String::new, |most| format!("闭环负载（最多同时 {most} 位客户），"));
    format!(
        "{} 有效：{closed}{} 个渠道、{} 种客户画像、{} 种诉求、{} 个阶段（共 {:.0} 秒）、{} 项阈值；没有发送任何消息",
        scenario.file.scenario,
        scenario.channels.len(),
        scenario.personas.len(),
        scenario.goals.len(),
        scenario.file.traffic.phases.len(),
        scenario.traffic_length().as_secs_f64(),
        scenario.thresholds.len(),
    )
}

/// Says what this machine has too little of to carry the load.
pub(crate) fn warn_of_shortages(cast: &Cast, language: Language) {
    for shortage in throng::rehearsal::shortages(cast) {
        warn(&shortage.in_words(language), language);
    }
}

/// Says what a bot that is not throng's own may do with production secrets.
fn warn_of_live_secrets(scenario: &Scenario, language: Language) {
    let real = scenario.channels.iter().filter(|channel| channel.target != DEMO);
    let (lines, bots): (Vec<_>, Vec<_>) = real.partition(|channel| channel.profile.phone.is_some());
    if !lines.is_empty() {
        warn_of_real_calls(&named(&lines), language);
    }
    if bots.is_empty() {
        return;
    }
    let names = named(&bots);
    warn(
        &match language {
            Language::Zh => format!(
                "渠道 {names} 指向 throng 以外的机器人：如果它持有生产环境的密钥，可能使线上的 access token 失效，或者真的退款、发券、发消息、建工单；\
                 请给它测试用的密钥（docs/CHANNELS.md）"
            ),
            Language::En => format!(
                "{names} leads to a bot that is not throng's own: with production secrets it may invalidate the live access token, or issue real \
                 refunds, coupons, messages or tickets; give it test ones (docs/CHANNELS.md)"
            ),
        },
        language,
    );
}

/// Says what calls to a telephone line may do.
fn warn_of_real_calls(names: &str, language: Language) {
    warn(
        &match language {
            Language::Zh => format!(
                "渠道 {names} 的每通呼叫都是真实的：可能打到真人的话机上，也可能产生话费；请呼叫测试线路（docs/CHANNELS.md）"
            ),
            Language::En => format!(
                "every call on {names} is a real one: it may ring at real people's desks, or cost money; call a line for tests (docs/CHANNELS.md)"
            ),
        },
        language,
    );
}

fn named(channels: &[&Channel]) -> String {
    let names: Vec<&str> = channels.iter().map(|channel| channel.name.as_str()).collect();
    names.join(", ")
}

/// `1 phase`, `2 phases`.
fn counted(number: usize, word: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {word}{ending}")
}
