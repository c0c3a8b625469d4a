//! Diagnoses in words, in both languages.

use super::{Diagnosis, Finding, Place, line};
use crate::conversation::Language;

pub(super) fn place(diagnosis: &Diagnosis, language: Language) -> String {
    let target = &diagnosis.target;
    let api = diagnosis.about.api.as_deref().unwrap_or_default();
    match (language, diagnosis.place) {
        (Language::En, _) if diagnosis.about.is_line => format!("the call to {target}"),
        (Language::Zh, _) if diagnosis.about.is_line => format!("对 {target} 的呼叫"),
        (Language::En, Place::Handshake) => format!("the handshake with {target}"),
        (Language::En, Place::Message) => format!("the message to {target}"),
        (Language::En, Place::Calls) => format!("the bot's calls to {api}"),
        (Language::Zh, Place::Handshake) => format!("与 {target} 的接入校验"),
        (Language::Zh, Place::Message) => format!("发往 {target} 的消息"),
        (Language::Zh, Place::Calls) => format!("机器人对 {api} 的调用"),
    }
}

pub(super) fn cause(diagnosis: &Diagnosis, language: Language) -> String {
    let words = match diagnosis.about.is_line {
        true => line::words(diagnosis.finding, language)[0],
        false => diagnosis.finding.cause(language),
    };
    match (diagnosis.observed.as_str(), language) {
        ("", _) => words.to_owned(),
        (observed, Language::En) => format!("{words} ({observed})"),
        (observed, Language::Zh) => format!("{words}（{observed}）"),
    }
}

pub(super) fn remedy(diagnosis: &Diagnosis, language: Language) -> Option<String> {
    let words = match diagnosis.about.is_line {
        true => line::words(diagnosis.finding, language)[1],
        false => diagnosis.finding.remedy(language),
    };
    if words.is_empty() {
        return None;
    }
    let words = words
        .replace("{address}", &format!("`channels.{}.target`", diagnosis.channel))
        .replace("{profile}", &format!("`{}`", diagnosis.profile))
        .replace("{secrets}", &secrets(diagnosis, language))
        .replace("{lead_back}", &lead_back(diagnosis, language))
        .replace("{by_calls}", &by_calls(diagnosis, language));
    let may_hang = matches!(
        diagnosis.finding,
        Finding::Silent | Finding::BotFailed | Finding::Closed
    );
    Some(match (diagnosis.about.calls_nothing && may_hang, language) {
        (false, _) => words,
        (true, Language::En) => {
            format!(
                "{words}; if it failed on a call to the platform: {}",
                lead_back(diagnosis, language)
            )
        }
        (true, Language::Zh) => format!(
            "{words}；如果它是在调用平台接口时出错：{}",
            lead_back(diagnosis, language)
        ),
    })
}

/// How calls that go past throng are led to it.
fn lead_back(diagnosis: &Diagnosis, language: Language) -> String {
    let about = &diagnosis.about;
    let api = about.api.as_deref().unwrap_or_default();
    let base = match language {
        Language::En => {
            format!("set the base URL of the platform's API in the bot to {api} (`--serve` fixes the port)")
        }
        Language::Zh => format!("把机器人里平台接口的地址改为 {api}（`--serve` 可固定端口）"),
    };
    let hosts = about.hosts.join(", ");
    match (about.hosts.is_empty(), about.is_intercepted, language) {
        (true, ..) => base,
        (false, false, Language::En) => format!("{base}; if it has {hosts} in its code, use `--intercept`"),
        (false, false, Language::Zh) => format!("{base}；如果代码里写死了 {hosts}，请用 `--intercept`"),
        (false, true, Language::En) => {
            format!("{base}, or start it with the environment lines that `--intercept` printed")
        }
        (false, true, Language::Zh) => format!("{base}，或用 `--intercept` 打印的环境变量启动它"),
    }
}

/// Which profile is for a bot that replies by calls, where this one's replies come in the response.
fn by_calls(diagnosis: &Diagnosis, language: Language) -> String {
    let beside = diagnosis.profile.starts_with("wechat-official-account");
    let profile = match (beside, language) {
        (true, Language::En) => "take the profile `wechat-official-account-custom-send`",
        (false, Language::En) => "take or write a profile for that (docs/CHANNELS.md)",
        (true, Language::Zh) => "请换用渠道协议 `wechat-official-account-custom-send`",
        (false, Language::Zh) => "请换用或编写相应的渠道协议（docs/CHANNELS.md）",
    };
    match language {
        Language::En => {
            format!("if the bot replies by calls to a platform or a callback, replies go past throng: {profile}")
        }
        Language::Zh => format!("如果机器人靠调用平台接口或回调来回复，则回复没有经过 throng：{profile}"),
    }
}

/// The settings that must be the bot's own.
fn secrets(diagnosis: &Diagnosis, language: Language) -> String {
    let names = diagnosis.about.secrets.iter();
    let keys: Vec<String> = names
        .map(|name| format!("`channels.{}.settings.{name}`", diagnosis.channel))
        .collect();
    match (keys.is_empty(), language) {
        (true, Language::En) => "the profile's settings".to_owned(),
        (true, Language::Zh) => "渠道协议的各项设置".to_owned(),
        (false, Language::En) => keys.join(" and "),
        (false, Language::Zh) => keys.join("、"),
    }
}
