use super::*;
use crate::demo_bot::tests::{ORDER, OTHER_ORDER, knowledge};
use crate::demo_bot::things::Rows;

const DELIVERY: usize = 0;
const COUPON: usize = 1;
const CARRIER: usize = 2;

fn understood(meaning: Meaning, language: Language) -> Understood {
    Understood {
        meaning,
        language,
        order_number: Some(ORDER),
        strangers_number: Some(OTHER_ORDER),
        rows: Rows::new(),
        knows_as_of: Duration::ZERO,
    }
}

fn right(meaning: Meaning, language: Language) -> String {
    Phrasebook::new(&knowledge()).right(&understood(meaning, language), Chance::new(1, 1))
}

fn spoiled(meaning: Meaning, language: Language, fault: Fault) -> Option<String> {
    Phrasebook::new(&knowledge()).spoiled(&understood(meaning, language), fault, Chance::new(1, 1))
}

#[test]
fn right_answers_hold_the_facts() {
    for (topic, zh, en) in [
        (
            DELIVERY,
            format!("订单{ORDER}会在48小时内发出。"),
            format!("Order {ORDER} leaves within 48 hours."),
        ),
        (
            COUPON,
            "花店满300元减50元。".to_owned(),
            "50 yuan off at 300 yuan.".to_owned(),
        ),
        (
            CARRIER,
            "我们用SF-EXPRESS。".to_owned(),
            "We ship with SF-EXPRESS.".to_owned(),
        ),
    ] {
        assert_eq!(right(Meaning::Question(topic), Language::Zh), zh);
        assert_eq!(right(Meaning::Question(topic), Language::En), en);
    }
}

#[test]
fn a_wrong_value_stands_where_the_right_one_would() {
    let wrong = |topic, language| spoiled(Meaning::Question(topic), language, Fault::WrongValue);
    assert_eq!(
        wrong(DELIVERY, Language::Zh).unwrap(),
        format!("订单{ORDER}会在72小时内发出。")
    );
    let coupon = wrong(COUPON, Language::Zh).unwrap();
    assert!(
        ["花店满450元减50元。", "花店满300元减75元。"].contains(&coupon.as_str()),
        "{coupon}"
    );
    assert_eq!(wrong(CARRIER, Language::Zh), None);
}

#[test]
fn each_fault_of_content_spoils_a_question() {
    for (fault, text) in [
        (Fault::Placeholder, "One moment please, I am checking that for you."),
        (
            Fault::Fallback,
            "Sorry, I did not understand that. Could you rephrase your question?",
        ),
        (
            Fault::Forbidden,
            "50 yuan off at 300 yuan. We guarantee the lowest price anywhere, and it works 100% of the time.",
        ),
        (Fault::WrongLanguage, "花店满300元减50元。"),
        (Fault::MissingFact, "You can find that on the promotion page."),
        (
            Fault::CrossTalk,
            "50 yuan off at 300 yuan. Your order 4821300000009954321 has been taken care of.",
        ),
    ] {
        let answer = spoiled(Meaning::Question(COUPON), Language::En, fault);
        assert_eq!(answer.as_deref(), Some(text), "{fault:?}");
    }
}

#[test]
fn cross_talk_puts_the_strangers_number_into_the_answer() {
    let answer = spoiled(Meaning::Question(DELIVERY), Language::Zh, Fault::CrossTalk).unwrap();
    assert_eq!(answer, format!("订单{OTHER_ORDER}会在48小时内发出。"));
    let nobody_else = Understood {
        strangers_number: None,
        ..understood(Meaning::Question(DELIVERY), Language::Zh)
    };
    let phrasebook = Phrasebook::new(&knowledge());
    assert_eq!(
        phrasebook.spoiled(&nobody_else, Fault::CrossTalk, Chance::new(1, 1)),
        None
    );
}

#[test]
fn what_holds_no_facts_cannot_lose_them() {
    for fault in [Fault::WrongValue, Fault::MissingFact, Fault::CrossTalk] {
        for meaning in [Meaning::Hello, Meaning::NeedsOrderNumber(DELIVERY), Meaning::Unknown] {
            assert_eq!(
                spoiled(meaning.clone(), Language::Zh, fault),
                None,
                "{fault:?} of {meaning:?}"
            );
        }
    }
    for fault in Fault::ALL {
        assert_eq!(spoiled(Meaning::Piece, Language::Zh, fault), None, "{fault:?}");
    }
}

#[test]
fn the_knowledges_own_words_come_before_the_bots() {
    let mut knowledge = knowledge();
    knowledge.bot.fallbacks.zh = vec!["没听懂".to_owned()];
    let phrasebook = Phrasebook::new(&knowledge);
    let text = |language| phrasebook.right(&understood(Meaning::Unknown, language), Chance::new(1, 1));
    assert_eq!(text(Language::Zh), "没听懂");
    assert!(text(Language::En).starts_with("Sorry"));
}

#[test]
fn every_occasion_has_words_in_every_language() {
    for meaning in [
        Meaning::Hello,
        Meaning::Nudge,
        Meaning::Unknown,
        Meaning::Piece,
        Meaning::NeedsOrderNumber(DELIVERY),
        Meaning::Anything("hi".to_owned()),
    ] {
        let (zh, en) = (right(meaning.clone(), Language::Zh), right(meaning, Language::En));
        assert!(!zh.is_ascii() && en.is_ascii() && !en.is_empty(), "{zh} / {en}");
    }
}
