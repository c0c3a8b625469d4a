//! A word of regret where it is needed, and no formula.

use std::sync::Arc;

use super::conversation::{SHOP, Talk, judge, message, words};
use super::{finding, mark};
use crate::conversation::{Language, MessageKind};
use crate::quality::{Memory, Scorer};

#[test]
fn a_word_of_regret_is_asked_for_only_where_it_is_needed() {
    let right = "满300减50";
    judge(
        "tone",
        "check-coupon",
        Language::Zh,
        &[
            (&[], (0, "满减怎么算", right), '.'),
            (&[], (0, "满减怎么算", "抱歉,满300减50"), '.'),
            (&[], (0, "你们太慢了!!满减怎么算", right), '-'),
            (&[], (0, "你们太慢了!!满减怎么算", "抱歉让您久等了,满300减50"), '+'),
            (&[], (0, "东西破了,优惠券能退吗", "理解您的心情,满300减50"), '+'),
            (
                &[(0, "满减怎么算", "亲,请稍等,正在为您查询~")],
                (1, "会员打几折", "95折"),
                '-',
            ),
            (
                &[(0, "满减怎么算", "亲,请稍等,正在为您查询~")],
                (1, "会员打几折", "久等了,95折"),
                '+',
            ),
            (&[(0, "满减怎么算", right)], (1, "会员打几折", "95折"), '.'),
        ],
    );
    judge(
        "tone",
        "check-coupon",
        Language::En,
        &[
            (
                &[],
                (0, "how does the coupon work?", "Over 300 yuan, 50 yuan off."),
                '.',
            ),
            (
                &[],
                (0, "This is unacceptable! the coupon?", "Over 300 yuan, 50 yuan off."),
                '-',
            ),
            (
                &[],
                (
                    0,
                    "This is unacceptable! the coupon?",
                    "Sorry about that. Over 300 yuan, 50 yuan off.",
                ),
                '+',
            ),
        ],
    );
    let mut talk = Talk::about("check-coupon", Language::Zh);
    let mut nudged = talk.turn(0, "满减怎么算", &[right]);
    nudged.messages.push(message("在吗", MessageKind::Nudge));
    let score = talk.score(&nudged);
    assert_eq!(
        words(&score, "tone"),
        "no word of regret or understanding, though the customer had to ask whether anybody is there"
    );
}

#[test]
fn who_comes_upset_is_met_with_understanding_once() {
    let mut scenario = (**SHOP).clone();
    for persona in &mut scenario.personas {
        persona.mood = crate::scenario::Mood::Upset;
    }
    let scorer = Scorer::new(Arc::new(scenario)).unwrap();
    let (mut talk, mut memory) = (Talk::about("check-coupon", Language::Zh), Memory::default());
    for (step, expected) in [(0, '-'), (1, '.')] {
        let turn = talk.turn(step, "满减怎么算", &["满300减50,会员95折"]);
        assert_eq!(mark(finding(&scorer.score(&turn, &mut memory), "tone")), expected);
    }
}

#[test]
fn the_same_apology_for_the_third_time_is_a_formula() {
    let mut talk = Talk::about("check-coupon", Language::Zh);
    let marks: String = (0..4)
        .map(|_| {
            mark(finding(
                &talk.hear(0, "满减怎么算", &["非常抱歉给您带来不便!满300减50"]),
                "tone",
            ))
        })
        .collect();
    assert_eq!(marks, "..--");
    let mut talk = Talk::about("check-coupon", Language::Zh);
    for apology in ["抱歉!满300减50", "不好意思哦。满300减50", "让您久等了,满300减50"] {
        assert_eq!(mark(finding(&talk.hear(0, "满减怎么算", &[apology]), "tone")), '.');
    }
}
