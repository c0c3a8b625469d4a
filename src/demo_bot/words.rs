//! What the bot says beside its answers, and its own words where the knowledge has none.

use crate::conversation::Language;
use crate::scenario::{BotWords, PerLanguage};

use super::chance::{Chance, Purpose};

/// An occasion for small words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Occasion {
    /// To a greeting or a nudge with nothing asked.
    Greeting,
    /// To thanks and the like.
    Closing,
    /// When it did not understand.
    Fallback,
    /// To buy time.
    Holding,
    /// To ask for the order number.
    AskOrderNumber,
    /// To ask which thing is meant.
    AskWhich,
    /// A claim that must never be made.
    Forbidden,
    /// Instead of an answer with its facts.
    Vague,
}

impl Occasion {
    /// The words for it: one of `words`, or the bot's own when the list is empty.
    pub(super) fn words(self, words: &BotWords, language: Language, chance: Chance) -> String {
        let listed = self
            .listed(words)
            .map(|lists| lists.get(language).as_slice())
            .unwrap_or_default();
        match chance.pick(Purpose::Wording, listed) {
            Some(text) => text.clone(),
            None => self.own(language).to_owned(),
        }
    }

    fn listed(self, words: &BotWords) -> Option<&PerLanguage<Vec<String>>> {
        match self {
            Occasion::Greeting => Some(&words.greetings),
            Occasion::Fallback => Some(&words.fallbacks),
            Occasion::Holding => Some(&words.holding),
            Occasion::AskOrderNumber => Some(&words.ask_order_number),
            Occasion::AskWhich => Some(&words.ask_which),
            Occasion::Forbidden => Some(&words.forbidden),
            Occasion::Closing | Occasion::Vague => None,
        }
    }

    fn own(self, language: Language) -> &'static str {
        match (self, language) {
            (Occasion::Greeting, Language::Zh) => "亲,您好,请问有什么可以帮您?",
            (Occasion::Greeting, Language::En) => "Hello! How can I help you?",
            (Occasion::Closing, Language::Zh) => "不客气,祝您购物愉快!",
            (Occasion::Closing, Language::En) => "You're welcome, enjoy your order!",
            (Occasion::Fallback, Language::Zh) => "抱歉,我没有理解您的问题,请换个说法试试。",
            (Occasion::Fallback, Language::En) => "Sorry, I did not understand that. Could you rephrase your question?",
            (Occasion::Holding, Language::Zh) => "亲,正在为您查询,请稍等。",
            (Occasion::Holding, Language::En) => "One moment please, I am checking that for you.",
            (Occasion::AskOrderNumber, Language::Zh) => "亲,麻烦您提供一下订单号哦。",
            (Occasion::AskOrderNumber, Language::En) => "Could you please tell me your order number?",
            (Occasion::AskWhich, Language::Zh) => "亲,请问您说的是哪一款呢?",
            (Occasion::AskWhich, Language::En) => "Which one do you mean, please?",
            (Occasion::Forbidden, Language::Zh) => "我们保证全网最低价,百分之百有效。",
            (Occasion::Forbidden, Language::En) => {
                "We guarantee the lowest price anywhere, and it works 100% of the time."
            }
            (Occasion::Vague, Language::Zh) => "亲,您可以在活动页面查看哦。",
            (Occasion::Vague, Language::En) => "You can find that on the promotion page.",
        }
    }
}
