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
        earlier_topic: None,
        wants_person: false,
        is_upset: false,
        media: None,
    }
}

fn right(meaning: Meaning, language: Language) -> String {
    Phrasebook::new(&knowledge()).right(&understood(meaning, language), Chance::new(1, 1))
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
        Meaning::Courtesy,
        Meaning::WantsPerson,
        Meaning::Unknown,
        Meaning::Piece,
        Meaning::NeedsOrderNumber(DELIVERY),
        Meaning::Anything("hi".to_owned()),
    ] {
        let (zh, en) = (right(meaning.clone(), Language::Zh), right(meaning, Language::En));
        assert!(!zh.is_ascii() && en.is_ascii() && !en.is_empty(), "{zh} / {en}");
    }
}

#[test]
fn the_upset_hear_a_word_of_regret_before_their_answer() {
    let upset = |meaning| Understood {
        is_upset: true,
        ..understood(meaning, Language::En)
    };
    let phrasebook = Phrasebook::new(&knowledge());
    let right = |meaning| phrasebook.right(&upset(meaning), Chance::new(1, 1));
    let regret = "I am very sorry about the trouble this has caused you.";
    assert_eq!(
        right(Meaning::Question(COUPON)),
        format!("{regret} 50 yuan off at 300 yuan.")
    );
    assert!(right(Meaning::WantsPerson).starts_with(regret));
    assert!(!right(Meaning::Courtesy).contains(regret));
}
