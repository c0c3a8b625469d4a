//! `throng list`: what is built in.

use serde_json::json;
use throng::conversation::Language;
use throng::scenario::built_in::Kind;
use throng::scenario::{Described, describe};

use super::args::{ListArguments, Listed};
use super::console::print;
use super::exit_code::ExitCode;
use super::failure::Failure;

pub(crate) fn list(arguments: &ListArguments, language: Language) -> Result<ExitCode, Failure> {
    let kind = match arguments.what {
        Listed::Personas => Kind::Persona,
        Listed::Channels => Kind::Profile,
        Listed::Scenarios => Kind::Scenario,
    };
    let described = describe(kind);
    let text = match arguments.json {
        true => {
            let items: Vec<_> = described
                .iter()
                .map(|item| {
                    let mut all = json!({"name": item.name, "description": item.description});
                    for (key, value) in &item.details {
                        all[*key] = json!(value);
                    }
                    all
                })
                .collect();
            format!("{:#}", json!(items))
        }
        false => in_words(&described, language),
    };
    print(&text)?;
    Ok(ExitCode::Held)
}

/// One paragraph each: name and description, and below it what else is known.
fn in_words(described: &[Described], language: Language) -> String {
    let widest = described.iter().map(|item| item.name.len()).max().unwrap_or(0);
    let lines = described.iter().map(|item| {
        let details: String = item
            .details
            .iter()
            .map(|(key, value)| format!("\n{:widest$}    {}", "", detail(key, value, language)))
            .collect();
        format!("{:widest$}  {}{details}", item.name, item.description)
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A key of the file with its value, as people say them; descriptions and addresses stay as the file has them.
fn detail(key: &str, value: &str, language: Language) -> String {
    match (language, key, value) {
        (Language::En, "proven", "proven") => "state: proven, accepted by software that others wrote".to_owned(),
        (Language::En, "proven", "documented") => {
            "state: documented, written from the vendor's documentation".to_owned()
        }
        (Language::En, "proven", "sketch") => "state: sketch, a start".to_owned(),
        (Language::Zh, "proven", "proven") => "状态：已验证（与别人写的软件实测通过）".to_owned(),
        (Language::Zh, "proven", "documented") => "状态：依文档（照厂商文档写成）".to_owned(),
        (Language::Zh, "proven", "sketch") => "状态：草稿".to_owned(),
        (Language::Zh, "target", _) => format!("目标 URL：{value}"),
        (Language::Zh, "language", "zh") => "语言：中文".to_owned(),
        (Language::Zh, "language", "en") => "语言：英文".to_owned(),
        (Language::Zh, "media", _) => {
            let kinds = value.split(", ").map(|kind| match kind {
                "image" => "图片",
                "voice" => "语音",
                "video" => "视频",
                other => other,
            });
            format!("媒体：{}", kinds.collect::<Vec<_>>().join("、"))
        }
        _ => format!("{key}: {value}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_of_a_part_is_told_in_both_languages() {
        for (key, value, english, chinese) in [
            ("language", "en", "language: en", "语言：英文"),
            ("media", "image, voice", "media: image, voice", "媒体：图片、语音"),
            ("proven", "sketch", "state: sketch, a start", "状态：草稿"),
        ] {
            assert_eq!(detail(key, value, Language::En), english);
            assert_eq!(detail(key, value, Language::Zh), chinese);
        }
    }
}
