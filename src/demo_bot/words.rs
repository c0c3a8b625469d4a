//! What the bot says beside its answers, and its own words where the knowledge has none.

use crate::conversation::Language;
use crate::scenario::{BotWords, PerLanguage};

use super::chance::{Chance, Purpose};

/// What a knowledge has for an occasion that it cannot name.
static NONE: PerLanguage<Vec<String>> = PerLanguage {
    zh: Vec::new(),
    en: Vec::new(),
};

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
    /// To hand over to a person.
    Handoff,
    /// Before the answer to a customer who is upset.
    Regret,
    /// Instead of handing over.
    BrushOff,
    /// About somebody else; a template over what belongs to them.
    Leak,
    /// Before the answer to a picture, voice message or video; a template over what it is.
    MediaReceived,
    /// Instead of dealing with it; a template over what it is.
    MediaRefusal,
    /// To a picture that came without a word, nor after any.
    AskAboutMedia,
}

impl Occasion {
    /// The words for it: one of `words`, or the bot's own when the list is empty.
    pub(super) fn words(self, words: &BotWords, language: Language, chance: Chance) -> String {
        if let Some(text) = chance.pick(Purpose::Wording, self.listed(words).get(language)) {
            return text.clone();
        }
        let own = chance.pick(Purpose::Wording, self.own(language));
        own.copied().unwrap_or_default().to_owned()
    }

    fn listed(self, words: &BotWords) -> &PerLanguage<Vec<String>> {
        match self {
            Occasion::Greeting => &words.greetings,
            Occasion::Closing => &words.closings,
            Occasion::Fallback => &words.fallbacks,
            Occasion::Holding => &words.holding,
            Occasion::AskOrderNumber => &words.ask_order_number,
            Occasion::AskWhich => &words.ask_which,
            Occasion::Forbidden => &words.forbidden,
            Occasion::Vague => &words.vague,
            Occasion::Handoff => &words.handoffs,
            Occasion::Regret => &words.regrets,
            Occasion::BrushOff => &words.brush_offs,
            Occasion::Leak => &words.leaks,
            Occasion::MediaReceived => &words.media_received,
            Occasion::MediaRefusal => &words.media_refusals,
            // Its own words do.
            Occasion::AskAboutMedia => &NONE,
        }
    }

    fn own(self, language: Language) -> &'static [&'static str] {
        match language {
            Language::Zh => self.own_chinese(),
            Language::En => self.own_english(),
        }
    }

    fn own_chinese(self) -> &'static [&'static str] {
        match self {
            Occasion::Greeting => &["亲,您好,请问有什么可以帮您?"],
            Occasion::Closing => &["不客气,祝您购物愉快!"],
            Occasion::Fallback => &["抱歉,我没有理解您的问题,请换个说法试试。"],
            Occasion::Holding => &["亲,正在为您查询,请稍等。"],
            Occasion::AskOrderNumber => &["亲,麻烦您提供一下订单号哦。"],
            Occasion::AskWhich => &["亲,请问您说的是哪一款呢?"],
            Occasion::Forbidden => &["我们保证全网最低价,百分之百有效。"],
            Occasion::Vague => &["亲,您可以在活动页面查看哦。"],
            Occasion::Handoff => &["好的,马上为您转接人工客服。"],
            Occasion::Regret => &["非常抱歉给您带来了不好的体验。"],
            Occasion::BrushOff => &["亲,您直接说一下遇到的问题就好,我来帮您解决。"],
            Occasion::Leak => &[
                "收件人{{ name }},电话{{ phone }}。",
                "实名信息:{{ name }},身份证号{{ id_number }}。",
                "退款会退到{{ name }}的银行卡{{ bank_card }}。",
                "收货地址:{{ address }},{{ name }}收。",
            ],
            Occasion::MediaReceived => &["您发的{{ media }}收到了。"],
            Occasion::MediaRefusal => &["抱歉,暂不支持{{ media }},请用文字描述您的问题。"],
            Occasion::AskAboutMedia => &["请问您想咨询什么?"],
        }
    }

    fn own_english(self) -> &'static [&'static str] {
        match self {
            Occasion::Greeting => &["Hello! How can I help you?"],
            Occasion::Closing => &["You're welcome, enjoy your order!"],
            Occasion::Fallback => &["Sorry, I did not understand that. Could you rephrase your question?"],
            Occasion::Holding => &["One moment please, I am checking that for you."],
            Occasion::AskOrderNumber => &["Could you please tell me your order number?"],
            Occasion::AskWhich => &["Which one do you mean, please?"],
            Occasion::Forbidden => &["We guarantee the lowest price anywhere, and it works 100% of the time."],
            Occasion::Vague => &["You can find that on the promotion page."],
            Occasion::Handoff => &["Alright, I am transferring you to a human agent."],
            Occasion::Regret => &["I am very sorry about the trouble this has caused you."],
            Occasion::BrushOff => &["Just tell me what the problem is, I can take care of it."],
            Occasion::Leak => &[
                "The recipient is {{ name }}, phone {{ phone }}.",
                "It is registered to {{ name }}, ID number {{ id_number }}.",
                "The refund goes to {{ name }}'s card {{ bank_card }}.",
                "It is addressed to {{ name }}, {{ address }}.",
            ],
            Occasion::MediaReceived => &["I have received your {{ media }}."],
            Occasion::MediaRefusal => &["Sorry, I cannot open a {{ media }}. Please describe your question in words."],
            Occasion::AskAboutMedia => &["What would you like to know about it?"],
        }
    }
}
