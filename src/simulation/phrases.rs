//! The small words that customers have of themselves, where persona and goal bring none.

use super::person::Person;
use super::seed::Draws;
use crate::conversation::{Language, Slot};
use crate::scenario::{PerLanguage, Words};

type Phrases = PerLanguage<&'static [&'static str]>;

const NUDGES: Phrases = PerLanguage {
    zh: &["在吗？", "人呢", "？？", "有人吗", "还在吗", "在不在"],
    en: &["hello?", "anyone there?", "still there?", "??"],
};

const FAREWELLS: Phrases = PerLanguage {
    zh: &["算了", "不问了", "等不了了", "没人理，走了", "太慢了，不买了"],
    en: &["never mind", "forget it", "too slow, bye", "I'll try elsewhere"],
};

const AGAIN: Phrases = PerLanguage {
    zh: &["我是问，", "再问一遍，", "我的意思是，", "就想问一下，"],
    en: &["I mean, ", "again: ", "what I asked is, ", "let me rephrase: "],
};

const ELSEWHERE: Phrases = PerLanguage {
    zh: &[
        "刚才在别的渠道问过了，",
        "换到这边再问一下，",
        "那边没解决，这边再问一遍，",
    ],
    en: &[
        "I asked elsewhere already: ",
        "trying here instead: ",
        "no luck over there, so: ",
    ],
};

const ORDER_NUMBER: Phrases = PerLanguage {
    zh: &["{}", "订单号{}", "单号是{}"],
    en: &["{}", "order number {}", "it's {}"],
};

const PHONE: Phrases = PerLanguage {
    zh: &["{}", "手机号{}", "电话{}"],
    en: &["{}", "my number is {}"],
};

const ADDRESS: Phrases = PerLanguage {
    zh: &["{}", "地址是{}"],
    en: &["{}", "it's {}"],
};

const NAME: Phrases = PerLanguage {
    zh: &["{}", "我叫{}", "收件人{}"],
    en: &["{}", "my name is {}"],
};

const GIVEN_BEFORE: Phrases = PerLanguage {
    zh: &["刚才发过了啊，", "不是给过你了吗，", "再发一遍，", "都说过了，"],
    en: &["I already sent it: ", "again, ", "as I said, ", "I gave you that: "],
};

/// "Are you there?"
pub(super) fn nudge(words: &Words, language: Language, draws: &mut Draws) -> String {
    own_or(&words.nudges, NUDGES, language, draws)
}

/// What a bot asked for that takes any text.
pub(super) fn prompted(language: Language) -> &'static str {
    match language {
        Language::Zh => "1",
        Language::En => "ok",
    }
}

/// A last word.
pub(super) fn farewell(words: &Words, language: Language, draws: &mut Draws) -> String {
    own_or(&words.farewells, FAREWELLS, language, draws)
}

/// What goes before a question that is put again.
pub(super) fn again(words: &Words, language: Language, draws: &mut Draws) -> String {
    own_or(&words.again, AGAIN, language, draws)
}

/// What goes before a question that was put on another channel before.
pub(super) fn elsewhere(words: &Words, language: Language, draws: &mut Draws) -> String {
    own_or(&words.elsewhere, ELSEWHERE, language, draws)
}

/// What the bot asked for; with a word of impatience when it has it already.
pub(super) fn give(slot: Slot, given_before: bool, person: &Person, draws: &mut Draws) -> String {
    let (phrases, value) = match slot {
        Slot::OrderNumber => (ORDER_NUMBER, person.order_number()),
        Slot::Phone => (PHONE, person.phone()),
        Slot::Address => (ADDRESS, person.address()),
        Slot::Name => (NAME, person.name()),
    };
    if given_before {
        return format!("{}{value}", one(GIVEN_BEFORE, person.language, draws));
    }
    one(phrases, person.language, draws).replace("{}", &value)
}

/// The order number as it is put behind a question.
pub(super) fn with_order_number(question: &str, person: &Person) -> String {
    let number = person.order_number();
    match person.language {
        Language::Zh if question.is_empty() => format!("订单号{number}"),
        Language::En if question.is_empty() => format!("Order number {number}"),
        Language::Zh => format!("{question} 订单号{number}"),
        Language::En if question.ends_with(['?', '.', '!']) => format!("{question} Order number {number}"),
        Language::En => format!("{question}, order number {number}"),
    }
}

/// What goes between two things said in one go.
pub(super) fn joint(language: Language) -> &'static str {
    match language {
        Language::Zh => "，",
        Language::En => ", ",
    }
}

fn own_or(own: &[String], phrases: Phrases, language: Language, draws: &mut Draws) -> String {
    match draws.pick(own) {
        Some(phrase) => phrase.clone(),
        None => one(phrases, language, draws).to_owned(),
    }
}

fn one(phrases: Phrases, language: Language, draws: &mut Draws) -> &'static str {
    draws.pick(phrases.get(language)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulation::seed::{Purpose, draws};

    fn person(language: Language) -> Person {
        Person {
            seed: 1,
            number: 3,
            language,
        }
    }

    #[test]
    fn what_is_asked_for_is_given_whole_the_first_time_and_again() {
        let slots = [Slot::OrderNumber, Slot::Phone, Slot::Address, Slot::Name];
        let facts = ["order_number", "phone", "address", "name"];
        for language in Language::ALL {
            for (slot, fact) in slots.into_iter().zip(facts) {
                let value = person(language).fact(fact).unwrap();
                for turn in 1..20 {
                    let mut draws = draws(1, 3, turn, Purpose::Wording);
                    assert!(give(slot, false, &person(language), &mut draws).ends_with(&value));
                    let again = give(slot, true, &person(language), &mut draws);
                    assert!(again.ends_with(&value) && again.len() > value.len(), "{again}");
                }
            }
        }
    }

    #[test]
    fn a_personas_own_words_go_before_those_of_its_language() {
        let own = Words {
            nudges: vec!["亲？".to_owned()],
            ..Words::default()
        };
        let mut draws = draws(1, 3, 1, Purpose::Wording);
        assert_eq!(nudge(&own, Language::Zh, &mut draws), "亲？");
        assert!(
            FAREWELLS
                .en
                .contains(&farewell(&own, Language::En, &mut draws).as_str())
        );
        assert!(AGAIN.zh.contains(&again(&own, Language::Zh, &mut draws).as_str()));
    }
}
