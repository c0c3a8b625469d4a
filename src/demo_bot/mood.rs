//! What the bot makes of a customer beside their question: whether they want a person, and whether they are upset. Plain
//! words of the bot's own, as a simple bot has them.

use crate::conversation::Language;

use super::small_talk::{lists, words_of};

const PERSON_ZH: &str = "人工 真人 活人 转客服 转接客服 找客服 叫客服 找个人 换个人 换人";
/// Taken out of a text first.
const NO_PERSON_ZH: &str = "人工智能 不用转人工 不用人工 不要人工 别转人工";
const PERSON_EN: &str = "human representative operator";
/// Said of a person after "talk to", "speak to", "get me" and the like.
const SOMEONE_EN: [&str; 9] = [
    "real person",
    "a person",
    "live agent",
    "an agent",
    "real agent",
    "speak to someone",
    "talk to someone",
    "speak with someone",
    "talk with someone",
];

const UPSET_ZH: &str =
    "投诉 差评 太差 气死 生气 失望 过分 离谱 垃圾 骗人 骗子 恶心 忍不了 受够 无语 坑人 不像话 火大 糟糕 差劲 气人";
const UPSET_EN: &str = "angry furious terrible awful unacceptable disappointed disappointing ridiculous disgusted disgusting \
    complaint complain worst outrageous upset scam horrible fuming joke livid frustrated frustrating";

/// True for "let me talk to a person".
pub(super) fn asks_for_a_person(text: &str, language: Language) -> bool {
    match language {
        Language::Zh => {
            let rest = NO_PERSON_ZH
                .split_whitespace()
                .fold(text.to_owned(), |rest, none| rest.replace(none, ""));
            PERSON_ZH.split_whitespace().any(|word| rest.contains(word))
        }
        Language::En => {
            let words = words_of(text);
            let text = words.join(" ");
            words.iter().any(|word| lists(PERSON_EN, word)) || SOMEONE_EN.iter().any(|phrase| text.contains(phrase))
        }
    }
}

/// True for words of anger and disappointment.
pub(super) fn is_upset(text: &str, language: Language) -> bool {
    match language {
        Language::Zh => UPSET_ZH.split_whitespace().any(|word| text.contains(word)),
        Language::En => words_of(text).iter().any(|word| lists(UPSET_EN, word)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_who_want_a_person_are_told_from_all_others() {
        for text in ["转人工", "我要找真人客服", "人工!", "能不能换个人跟我说"] {
            assert!(asks_for_a_person(text, Language::Zh), "{text}");
        }
        for text in ["你是人工智能吗", "不用转人工了", "客服在吗", "有人吗"] {
            assert!(!asks_for_a_person(text, Language::Zh), "{text}");
        }
        for text in [
            "I want to talk to a human",
            "Can I speak to a real person?",
            "representative please",
            "let me talk to an agent",
        ] {
            assert!(asks_for_a_person(text, Language::En), "{text}");
        }
        for text in ["anyone there?", "who delivers it", "is this for one person"] {
            assert!(!asks_for_a_person(text, Language::En), "{text}");
        }
    }

    #[test]
    fn the_upset_are_told_from_the_impatient() {
        for (text, language) in [
            ("太过分了,我要投诉", Language::Zh),
            ("等了一周,太让人失望了", Language::Zh),
            ("This is ridiculous.", Language::En),
            ("I am very disappointed with your shop", Language::En),
        ] {
            assert!(is_upset(text, language), "{text}");
        }
        for (text, language) in [
            ("怎么还不发货", Language::Zh),
            ("麻烦催一下,急用", Language::Zh),
            ("why hasn't my order shipped", Language::En),
            ("please be quick", Language::En),
        ] {
            assert!(!is_upset(text, language), "{text}");
        }
    }
}
