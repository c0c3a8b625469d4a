//! What the bot makes of a text beside its topic: the language, whether it is a mere hello, whether it says something
//! whole, and the order number in it. Plain rules of the bot's own, as a simple bot has them.

use crate::conversation::Language;

const ORDER_DIGITS: usize = 19;

/// Said to open a conversation or to ask whether anybody is there, in the order in which they are taken out of a text.
const HELLO_ZH: &str = "有没有人 有人在吗 有人吗 人在吗 还在吗 在不在 在吗 在么 在嘛 人呢 你好 您好 哈喽 客服 老板 \
    回复一下 回一下 回复 快点 怎么不回 怎么没人 没人 理我 小姐姐 早上好 晚上好 麻烦 请问 一下 嗨 喂 亲 早 还 在 吗 呢 啊 呀 哦 了";

/// Hellos, of which an English one needs at least one.
const HELLO_EN: &str = "hello hi hey there anyone anybody someone morning afternoon evening waiting reply here";
/// Words that may stand beside them.
const BESIDE_HELLO_EN: &str = "is are you u still good please answer me i im i'm am support dear online yet";

/// Said by those who have what they wanted, in the order in which they are taken out of a text.
const COURTESY_ZH: &str = "谢谢 多谢 感谢 辛苦了 辛苦 麻烦了 知道了 明白了 明白 了解 收到 好的 好嘞 好得 好滴 好哒 尽快 抓紧 再见 拜拜 ok \
    可以 不错 再看看 看看 您 你 我 好 嗯 行 哦 噢 啦 啊 呀 哈 吧 了 那 就 先 这样 亲";
/// The same in English; one of these is needed.
const COURTESY_EN: &str =
    "thanks thank thx cheers ok okay great perfect good nice got understood alright bye sure cool fine appreciated";
/// Words that may stand beside them.
const BESIDE_COURTESY_EN: &str = "you so much very it that all right then a lot that's thats will do for the help your i see i'll wait hurry \
    please be quick now have day one ask my mum to call";

const QUESTION_ZH: &str = "吗 呢 怎么 什么 多少 几 哪 为啥 咋 如何";
const QUESTION_EN: &str = "how what when where why which who can could do does did is are will would should";

/// From this many characters (Chinese) or words (English) on, a text without a question counts as whole.
const WHOLE_ZH: usize = 12;
const WHOLE_EN: usize = 8;

/// The language of `text`: Chinese from one Han character for three Latin letters on; none without letters.
pub(super) fn language_of(text: &str) -> Option<Language> {
    let han = text.chars().filter(|character| is_han(*character)).count();
    let latin = text.chars().filter(char::is_ascii_alphabetic).count();
    match (han, latin) {
        (0, 0) => None,
        _ if han * 3 >= latin => Some(Language::Zh),
        _ => Some(Language::En),
    }
}

/// True for a greeting or a nudge, and for a text without any letters or digits ("??").
pub(super) fn is_hello(text: &str, language: Language) -> bool {
    match language {
        Language::Zh => {
            let bare: String = text.chars().filter(|character| character.is_alphanumeric()).collect();
            HELLO_ZH
                .split_whitespace()
                .fold(bare, |rest, hello| rest.replace(hello, ""))
                .is_empty()
        }
        Language::En => {
            let words = words_of(text);
            let is_needed = |word: &String| lists(HELLO_EN, word);
            words.iter().all(|word| is_needed(word) || lists(BESIDE_HELLO_EN, word))
                && (words.is_empty() || words.iter().any(is_needed))
        }
    }
}

/// True for thanks and the like: words that close a matter and ask nothing.
pub(super) fn is_courtesy(text: &str, language: Language) -> bool {
    match language {
        Language::Zh => {
            let bare: String = text
                .to_lowercase()
                .chars()
                .filter(|character| character.is_alphanumeric())
                .collect();
            let rest = COURTESY_ZH
                .split_whitespace()
                .fold(bare.clone(), |rest, word| rest.replace(word, ""));
            !bare.is_empty() && rest.is_empty()
        }
        Language::En => {
            let words = words_of(text);
            words.iter().any(|word| lists(COURTESY_EN, word))
                && words
                    .iter()
                    .all(|word| lists(COURTESY_EN, word) || lists(BESIDE_COURTESY_EN, word))
        }
    }
}

/// True when `text` looks like something to be answered by itself, not like a piece of a longer message: it asks, it
/// ends like a sentence, or it is long.
pub(super) fn is_whole(text: &str, language: Language) -> bool {
    let ends = text.trim_end().ends_with(['?', '？', '!', '！', '。', '.']);
    ends || match language {
        Language::Zh => {
            QUESTION_ZH.split_whitespace().any(|word| text.contains(word))
                || offers_both(text)
                || text.chars().filter(|character| character.is_alphanumeric()).count() >= WHOLE_ZH
        }
        Language::En => {
            let words = words_of(text);
            words.first().is_some_and(|word| lists(QUESTION_EN, word)) || words.len() >= WHOLE_EN
        }
    }
}

/// True for a question by a word and its denial: 要不要, 有没有.
fn offers_both(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    characters
        .windows(3)
        .any(|three| matches!(three[1], '不' | '没') && three[0] == three[2] && is_han(three[0]))
}

/// The first run of exactly 19 digits; full-width digits count, and single blanks or hyphens do not break a run.
pub(super) fn order_number_in(text: &str) -> Option<u64> {
    let mut digits = String::new();
    let mut gap = 0;
    for character in text.chars().chain(['\n']) {
        match (digit(character), character) {
            (Some(digit), _) => {
                digits.push(digit);
                gap = 0;
            }
            (None, ' ' | '-') if gap == 0 && !digits.is_empty() => gap = 1,
            _ if digits.len() == ORDER_DIGITS => return digits.parse().ok(),
            _ => {
                digits.clear();
                gap = 0;
            }
        }
    }
    None
}

fn digit(character: char) -> Option<char> {
    match character {
        '0'..='9' => Some(character),
        '０'..='９' => char::from_digit(u32::from(character) - u32::from('０'), 10),
        _ => None,
    }
}

/// True when `word` is one of `list`, whose words stand apart by blanks.
pub(super) fn lists(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|listed| listed == word)
}

/// The words of an English text, in lower case.
pub(super) fn words_of(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|character: char| !character.is_alphanumeric() && character != '\'')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_told_by_its_letters() {
        for (text, language) in [
            ("我的快递呢", Some(Language::Zh)),
            ("coupon怎么用", Some(Language::Zh)),
            ("Where is my 面膜?", Some(Language::En)),
            ("where is my parcel", Some(Language::En)),
            ("1234 ???", None),
            ("", None),
        ] {
            assert_eq!(language_of(text), language, "{text}");
        }
    }

    #[test]
    fn thanks_are_told_from_questions() {
        for text in [
            "谢谢",
            "嗯嗯谢谢",
            "行 谢谢",
            "好的",
            "好得，尽快啊",
            "OK，知道了",
            "好的谢谢亲",
        ] {
            assert!(is_courtesy(text, Language::Zh), "{text}");
        }
        for text in [
            "thanks!",
            "ok, got it",
            "Thank you so much",
            "great, thanks for your help",
        ] {
            assert!(is_courtesy(text, Language::En), "{text}");
        }
        for text in ["好的,那退货呢", "谢谢,多久到", "在吗", "??", "运费险"] {
            assert!(!is_courtesy(text, Language::Zh), "{text}");
        }
        for text in ["thanks, where is it", "you", "hello", "good coupon?"] {
            assert!(!is_courtesy(text, Language::En), "{text}");
        }
    }

    #[test]
    fn hellos_and_nudges_are_told_from_questions() {
        for text in ["在吗", "在吗？？", "你好,有人吗", "亲~", "客服在不在", "人呢", "???"] {
            assert!(is_hello(text, Language::Zh), "{text}");
        }
        for text in [
            "Hello?",
            "anyone there",
            "hi, are you still there??",
            "I'm waiting",
            "?",
        ] {
            assert!(is_hello(text, Language::En), "{text}");
        }
        for text in ["在吗,优惠券怎么用", "好的谢谢"] {
            assert!(!is_hello(text, Language::Zh), "{text}");
        }
        for text in ["is this real", "hello where is my order", "are you"] {
            assert!(!is_hello(text, Language::En), "{text}");
        }
    }

    #[test]
    fn whole_messages_are_told_from_pieces() {
        for (text, language, whole) in [
            ("我想问一下", Language::Zh, false),
            ("嗯嗯", Language::Zh, false),
            ("不客气不用", Language::Zh, false),
            ("你们卖火箭吗", Language::Zh, true),
            ("明天要不要带伞啊", Language::Zh, true),
            ("有没有货", Language::Zh, true),
            ("我要投诉。", Language::Zh, true),
            ("我对你们店铺的服务态度非常不满意", Language::Zh, true),
            ("ok thanks", Language::En, false),
            ("do you sell rockets", Language::En, true),
            ("i want to talk about the rocket you sold", Language::En, true),
        ] {
            assert_eq!(is_whole(text, language), whole, "{text}");
        }
    }

    #[test]
    fn order_numbers_are_found_whatever_their_digits_and_gaps() {
        let number: u64 = 4_821_300_000_001_712_345;
        let widened = |digit: char| char::from_u32(u32::from(digit) - u32::from('0') + u32::from('０'));
        let wide: String = number.to_string().chars().filter_map(widened).collect();
        for text in [
            "4821300000001712345",
            "订单号4821300000001712345,谢谢",
            "48213 000000017 12345",
            "48213-0000-0001-712345.",
            &wide,
            "my phone is 13800138000, order 4821300000001712345",
        ] {
            assert_eq!(order_number_in(text), Some(number), "{text}");
        }
        for text in [
            "13800138000",
            "48213000000017123456",
            "482130000000171234",
            "48213  00000001712345",
            "",
        ] {
            assert_eq!(order_number_in(text), None, "{text}");
        }
    }
}
