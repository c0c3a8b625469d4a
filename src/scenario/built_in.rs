//! The data built into the binary, so that `throng run singles-day` works anywhere.

/// What a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A scenario.
    Scenario,
    /// A persona.
    Persona,
    /// A file of goals.
    Goals,
    /// A channel profile.
    Profile,
    /// Knowledge.
    Knowledge,
    /// A rubric for a judge.
    Rubric,
}

impl Kind {
    /// Every one.
    pub const ALL: [Kind; 6] = [
        Kind::Scenario,
        Kind::Persona,
        Kind::Goals,
        Kind::Profile,
        Kind::Knowledge,
        Kind::Rubric,
    ];

    /// As messages and schemas call it.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Scenario => "scenario",
            Kind::Persona => "persona",
            Kind::Goals => "goals",
            Kind::Profile => "profile",
            Kind::Knowledge => "knowledge",
            Kind::Rubric => "rubric",
        }
    }

    /// The folder of the data, from the project's root.
    pub fn folder(self) -> &'static str {
        match self {
            Kind::Scenario => "scenarios",
            Kind::Persona => "personas",
            Kind::Goals => "personas/goals",
            Kind::Profile => "channels",
            Kind::Knowledge => "knowledge",
            Kind::Rubric => "rubrics",
        }
    }
}

/// A part and its text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub(super) kind: Kind,
    pub(super) name: &'static str,
    pub(super) text: &'static str,
}

macro_rules! parts {
    ($($kind:ident in $folder:literal: [$($name:literal),* $(,)?];)+) => {
        &[$($(Part {
            kind: Kind::$kind,
            name: $name,
            text: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/", $folder, "/", $name, ".yaml")),
        },)*)+]
    };
}

/// All parts. A test compares this list with the folders.
pub(super) const PARTS: &[Part] = parts! {
    Scenario in "scenarios": [
        "singles-day",
        "singles-day-prepared",
        "smoke",
        "closed-shop",
        "pictures-and-voice",
        "midnight-change",
    ];
    Persona in "personas": [
        "anxious-parent",
        "bargain-hunter",
        "careful-grandmother",
        "first-time-buyer",
        "gift-giver",
        "impatient-commuter",
        "night-shift-nurse",
        "overseas-student",
        "weekday-regular",
        "weekday-visitor",
    ];
    Goals in "personas/goals": [
        "beauty-shop",
    ];
    Profile in "channels": [
        "bot-framework",
        "chatwoot",
        "coze",
        "coze-polling",
        "dify-chat-stream",
        "dingtalk",
        "dingtalk-stream",
        "direct-line",
        "douyin-im",
        "fastgpt",
        "feishu",
        "generic-json",
        "generic-sse",
        "generic-websocket",
        "instagram",
        "line",
        "messenger",
        "openai-chat",
        "openai-chat-stream",
        "openai-responses-stream",
        "ragflow",
        "rasa-callback",
        "rasa-rest",
        "rasa-socketio",
        "signed-webhook",
        "sip-call-setup",
        "slack",
        "slack-socket-mode",
        "telegram",
        "telegram-get-updates",
        "twilio-sms",
        "twilio-voice",
        "wechat-mini-program",
        "wechat-official-account",
        "wechat-official-account-aes",
        "wechat-official-account-custom-send",
        "wechat-shop",
        "wecom-app",
        "wecom-customer-service",
        "whatsapp",
        "xiaohongshu-mini-program",
    ];
    Knowledge in "knowledge": [
        "beauty-shop",
    ];
    Rubric in "rubrics": [
        "default",
    ];
};

/// The CSV tables beside them, by the name that they are called by.
const TABLES: &[(&str, &str)] = &[(
    "beauty-shop-products.csv",
    include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/knowledge/beauty-shop-products.csv"
    )),
)];

/// All tables: the name that a knowledge calls each by, and its text.
pub fn tables() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLES.iter().copied()
}

/// The text of a table.
pub(super) fn table(name: &str) -> Option<&'static str> {
    TABLES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// The names of the parts of this kind.
pub fn names(kind: Kind) -> Vec<&'static str> {
    PARTS
        .iter()
        .filter(|part| part.kind == kind)
        .map(|part| part.name)
        .collect()
}

/// The text of a part.
pub fn text(kind: Kind, name: &str) -> Option<&'static str> {
    PARTS
        .iter()
        .find(|part| part.kind == kind && part.name == name)
        .map(|part| part.text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn every_table_is_built_in() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(Kind::Knowledge.folder());
        let names = std::fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap());
        let mut found: Vec<String> = names.filter(|name| name.ends_with(".csv")).collect();
        found.sort();
        let built_in: Vec<&str> = TABLES.iter().map(|(name, _)| *name).collect();
        assert_eq!(built_in, found, "list the tables of knowledge in `TABLES`");
    }

    #[test]
    fn every_data_file_is_built_in_and_no_other() {
        for kind in Kind::ALL {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(kind.folder());
            let files = std::fs::read_dir(folder).into_iter().flatten();
            let mut found: Vec<String> = files
                .filter_map(|file| {
                    file.unwrap()
                        .file_name()
                        .to_str()
                        .unwrap()
                        .strip_suffix(".yaml")
                        .map(str::to_owned)
                })
                .collect();
            let mut built_in = names(kind);
            found.sort();
            built_in.sort_unstable();
            assert_eq!(built_in, found, "list the files of {} in `PARTS`", kind.folder());
        }
    }
}
