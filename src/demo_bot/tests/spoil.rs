use std::time::Duration;

use super::*;
use crate::conversation::MediaKind;
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

fn spoiled(meaning: Meaning, language: Language, fault: Fault) -> Option<String> {
    Phrasebook::new(&knowledge()).spoiled(&understood(meaning, language), fault, Chance::new(1, 1))
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
fn what_holds_is_denied_in_words_of_the_knowledge_or_plainly() {
    let mut knowledge = knowledge();
    let fact = serde_json::json!({"holds": true, "subject": {"zh": ["叠加"], "en": ["stacking"]}});
    let coupon = &mut knowledge.topics[COUPON];
    coupon
        .facts
        .insert("stacks".to_owned(), serde_json::from_value(fact).unwrap());
    coupon.answers.en = vec!["Yes, {{ stacks }}.".to_owned()];
    coupon.wrong_answers.zh = vec!["{{ shop }}的券不能叠加".to_owned()];
    let book = Phrasebook::new(&knowledge);
    let says = |topic, language, fault| {
        book.spoiled(
            &understood(Meaning::Question(topic), language),
            fault,
            Chance::new(1, 1),
        )
    };
    let opposite = |topic, language| says(topic, language, Fault::WrongPolarity);
    assert_eq!(opposite(COUPON, Language::Zh).as_deref(), Some("花店的券不能叠加"));
    assert_eq!(
        opposite(COUPON, Language::En).as_deref(),
        Some("Yes, we do not offer stacking.")
    );
    assert_eq!(opposite(DELIVERY, Language::En), None);
    // A wrong value is another fault, and what does not hold is none.
    assert_eq!(says(COUPON, Language::En, Fault::WrongValue), None);
    knowledge.topics[COUPON].facts.shift_remove("stacks");
    let book = Phrasebook::new(&knowledge);
    let wrong = book.spoiled(
        &understood(Meaning::Question(COUPON), Language::Zh),
        Fault::WrongValue,
        Chance::new(1, 1),
    );
    assert_eq!(wrong.as_deref(), Some("花店的券不能叠加"));
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
fn what_is_no_question_has_no_answer_to_be_spoiled() {
    for fault in [
        Fault::WrongValue,
        Fault::WrongPolarity,
        Fault::MissingFact,
        Fault::CrossTalk,
        Fault::RepeatedQuestion,
        Fault::PrematureHandoff,
        Fault::MissedHandoff,
        Fault::Cold,
        Fault::Stale,
        Fault::CutOff,
        Fault::OffTopic,
        Fault::BadForm,
    ] {
        for meaning in [Meaning::Hello, Meaning::NeedsOrderNumber(DELIVERY), Meaning::Unknown] {
            assert_eq!(
                spoiled(meaning.clone(), Language::Zh, fault),
                None,
                "{fault:?} of {meaning:?}"
            );
        }
    }
    assert_eq!(
        spoiled(Meaning::Unknown, Language::Zh, Fault::Fallback),
        None,
        "it is right to say so"
    );
    for fault in Fault::ALL {
        assert_eq!(spoiled(Meaning::Piece, Language::Zh, fault), None, "{fault:?}");
    }
}

/// What a bot with `fault` says to a customer who is as `change` makes them.
fn spoiled_for(change: Understood, fault: Fault) -> Option<String> {
    Phrasebook::new(&knowledge()).spoiled(&change, fault, Chance::new(1, 1))
}

#[test]
fn a_bot_asks_again_only_for_what_it_has() {
    let asked = spoiled(Meaning::Question(DELIVERY), Language::En, Fault::RepeatedQuestion);
    assert_eq!(asked.as_deref(), Some("Could you please tell me your order number?"));
    let not_given = Understood {
        order_number: None,
        ..understood(Meaning::Question(DELIVERY), Language::En)
    };
    assert_eq!(spoiled_for(not_given, Fault::RepeatedQuestion), None);
    let needless = spoiled(Meaning::Question(COUPON), Language::En, Fault::RepeatedQuestion);
    assert_eq!(needless, None);
}

#[test]
fn a_handoff_is_premature_until_asked_for_and_missed_only_then() {
    let question = || understood(Meaning::Question(COUPON), Language::En);
    let handoff = spoiled_for(question(), Fault::PrematureHandoff).unwrap();
    assert!(handoff.contains("human agent"), "{handoff}");
    let wanted = Understood {
        wants_person: true,
        ..question()
    };
    assert_eq!(spoiled_for(wanted, Fault::PrematureHandoff), None);
    let brushed_off = spoiled(Meaning::WantsPerson, Language::En, Fault::MissedHandoff).unwrap();
    assert!(
        !brushed_off.contains("human") && brushed_off.is_ascii(),
        "{brushed_off}"
    );
}

#[test]
fn only_the_upset_can_be_treated_coldly() {
    let upset = Understood {
        is_upset: true,
        ..understood(Meaning::Question(COUPON), Language::En)
    };
    assert_eq!(
        spoiled_for(upset, Fault::Cold).as_deref(),
        Some("50 yuan off at 300 yuan.")
    );
}

#[test]
fn a_stale_answer_is_about_what_was_asked_before() {
    let asked_twice = Understood {
        earlier_topic: Some(CARRIER),
        ..understood(Meaning::Question(COUPON), Language::En)
    };
    assert_eq!(
        spoiled_for(asked_twice.clone(), Fault::Stale).as_deref(),
        Some("We ship with SF-EXPRESS.")
    );
    // Of three topics, one was asked now, one before, and one needs the order number.
    assert_eq!(spoiled_for(asked_twice, Fault::OffTopic), None);
    let off_topic = spoiled(Meaning::Question(COUPON), Language::En, Fault::OffTopic);
    assert_eq!(off_topic.as_deref(), Some("We ship with SF-EXPRESS."));
}

#[test]
fn personal_data_of_strangers_stands_beside_the_right_answer() {
    for language in Language::ALL {
        let leaks: std::collections::BTreeSet<String> = (0..100)
            .map(|message| {
                let understood = understood(Meaning::Question(COUPON), language);
                let phrasebook = Phrasebook::new(&knowledge());
                phrasebook
                    .spoiled(&understood, Fault::PersonalData, Chance::new(1, message))
                    .unwrap()
            })
            .collect();
        assert!(leaks.len() > 90, "{leaks:?}");
        assert!(
            leaks.iter().all(|leak| leak.contains("50") && !leak.contains("{{")),
            "{leaks:?}"
        );
    }
}

#[test]
fn what_came_with_the_words_is_received_or_refused() {
    let book = Phrasebook::new(&knowledge());
    let asked = |media| Understood {
        media,
        ..understood(Meaning::Question(COUPON), Language::En)
    };
    let (chance, video) = (Chance::new(1, 1), Some(MediaKind::Video));
    assert_eq!(
        book.right(&asked(video), chance),
        "I have received your video. 50 yuan off at 300 yuan."
    );
    assert_eq!(
        book.spoiled(&asked(video), Fault::MediaIgnored, chance).unwrap(),
        "Sorry, I cannot open a video. Please describe your question in words."
    );
    assert_eq!(book.spoiled(&asked(None), Fault::MediaIgnored, chance), None);
    let shown = understood(Meaning::Media, Language::Zh);
    let shown = Understood {
        media: Some(MediaKind::Image),
        ..shown
    };
    assert_eq!(book.right(&shown, chance), "您发的图片收到了。请问您想咨询什么?");
}
