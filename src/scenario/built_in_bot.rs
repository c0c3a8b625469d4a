//! How the built-in bot speaks a profile, as data.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::suggest::{did_you_mean, listed};

/// How the built-in bot speaks a profile: the path that it serves, such as `/chat`, or what it does of its own accord:
/// `telegram-get-updates`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(into = "String", try_from = "String")]
#[schemars(with = "String")]
pub enum BuiltInBot {
    /// It serves this path, which begins with `/`.
    Serves(String),
    /// It asks the platform for its messages as Telegram's bots do, by `getUpdates`.
    TelegramGetUpdates,
}

/// What it does of its own accord, by the words that profiles use.
const OF_ITS_OWN_ACCORD: [(&str, BuiltInBot); 1] = [("telegram-get-updates", BuiltInBot::TelegramGetUpdates)];

impl BuiltInBot {
    /// The path that it serves; none when it comes by itself.
    pub fn path(&self) -> Option<&str> {
        match self {
            BuiltInBot::Serves(path) => Some(path),
            BuiltInBot::TelegramGetUpdates => None,
        }
    }
}

impl fmt::Display for BuiltInBot {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = OF_ITS_OWN_ACCORD.iter().find(|(_, bot)| bot == self);
        out.write_str(self.path().or(word.map(|(word, _)| *word)).unwrap_or_default())
    }
}

impl FromStr for BuiltInBot {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.starts_with('/') {
            return Ok(BuiltInBot::Serves(text.to_owned()));
        }
        let mut known = OF_ITS_OWN_ACCORD.into_iter();
        known
            .find(|(word, _)| *word == text)
            .map(|(_, bot)| bot)
            .ok_or_else(|| {
                let words = || OF_ITS_OWN_ACCORD.iter().map(|(word, _)| *word);
                let meant = did_you_mean(text, words()).map(|meant| format!(" ({meant})"));
                format!(
                    "expected a path such as `/chat` or one of {}, found `{text}`{}",
                    listed(words()),
                    meant.unwrap_or_default()
                )
            })
    }
}

impl TryFrom<String> for BuiltInBot {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<BuiltInBot> for String {
    fn from(bot: BuiltInBot) -> String {
        bot.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_served_and_a_word_is_what_it_does_by_itself() {
        for (text, path) in [("/chat", Some("/chat")), ("telegram-get-updates", None)] {
            let bot: BuiltInBot = text.parse().unwrap();
            assert_eq!((bot.path(), bot.to_string().as_str()), (path, text));
        }
    }

    #[test]
    fn other_words_are_told_with_those_that_are_known() {
        assert_eq!(
            "telegram-getupdates".parse::<BuiltInBot>().unwrap_err(),
            "expected a path such as `/chat` or one of `telegram-get-updates`, found `telegram-getupdates` \
             (did you mean `telegram-get-updates`?)"
        );
        assert_eq!(
            "chat".parse::<BuiltInBot>().unwrap_err(),
            "expected a path such as `/chat` or one of `telegram-get-updates`, found `chat`"
        );
    }
}
