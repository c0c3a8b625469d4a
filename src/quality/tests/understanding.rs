//! Intent and off-topic alarm, by tables.

use std::sync::Arc;

use super::conversation::{SCORER, SHOP, Talk, judge};
use super::{answered, finding, mark};
use crate::conversation::{Language, ReplyKind};
use crate::quality::{Memory, Scorer};

#[test]
fn what_the_customer_wanted_shows_in_the_answer() {
    judge(
        "intent",
        "check-coupon",
        Language::Zh,
        &[
            (&[], (0, "满减怎么算", "满300减50"), '+'),
            (&[], (0, "满减怎么算", "领优惠券就能满减哦"), '+'),
            (&[], (0, "满减怎么算", "您的包裹由顺丰速运配送,请在物流页查看快递"), '-'),
            (&[], (0, "满减怎么算", "好的,请问还有别的吗"), '.'),
            (&[], (0, "满减怎么算", "抱歉,没太明白您的意思"), '.'),
            (&[], (0, "满减怎么算", "请提供一下您的订单号"), '.'),
        ],
    );
    judge(
        "intent",
        "check-coupon",
        Language::En,
        &[
            (&[], (0, "the coupon?", "Spend 300 yuan and get 50 yuan off."), '+'),
            (
                &[],
                (0, "the coupon?", "You have 7 days to return unopened items."),
                '-',
            ),
            (&[], (0, "the coupon?", "Of course!"), '.'),
        ],
    );
}

#[test]
fn a_bot_that_tells_its_intent_is_taken_at_its_word() {
    let mut scenario = (**SHOP).clone();
    let goal = scenario
        .goals
        .iter()
        .position(|goal| goal.goal == "check-coupon")
        .unwrap();
    let crate::scenario::Step::Ask(ask) = &mut scenario.goals[goal].agenda[0] else {
        panic!("the goal asks first");
    };
    ask.intent = Some("ask_coupon".to_owned());
    let scorer = Scorer::new(Arc::new(scenario)).unwrap();
    for (label, step, expected) in [
        ("ask_coupon", 0, '+'),
        ("ask_delivery", 0, '-'),
        ("coupon", 0, '-'),
        ("member", 1, '+'),
        ("nonsense", 1, '-'),
    ] {
        let mut turn = Talk::about("check-coupon", Language::Zh).turn(step, "?", &["满300减50,会员95折"]);
        turn.intent = Some(label.to_owned());
        let score = scorer.score(&turn, &mut Memory::default());
        assert_eq!(mark(finding(&score, "intent")), expected, "{label}: {score:?}");
    }
}

#[test]
fn what_no_bot_has_to_know_is_best_left_alone() {
    let mut scenario = (**SHOP).clone();
    scenario.goals.push(
        serde_json::from_value(serde_json::json!({"goal": "weather", "agenda": [
            {"ask": {"say": {"zh": ["今天天气怎么样"]}, "intent": "out_of_scope"}}
        ]}))
        .unwrap(),
    );
    let goal = u16::try_from(scenario.goals.len() - 1).unwrap();
    let scorer = Scorer::new(Arc::new(scenario)).unwrap();
    for (heard, expected) in [
        ("抱歉,这个问题我暂时无法回答", '+'),
        ("满300元减50元,领取优惠券就可以用啦", '-'),
        ("今天晴", '.'),
    ] {
        let turn = answered(goal, 0, heard);
        assert_eq!(turn.replies[0].kind, ReplyKind::Substantive);
        let score = scorer.score(&turn, &mut Memory::default());
        assert_eq!(mark(finding(&score, "intent")), expected, "{heard}: {score:?}");
        assert_eq!(mark(finding(&score, "fallback")), '.', "{heard}: {score:?}");
    }
}

#[test]
fn only_what_is_clearly_off_topic_raises_the_alarm() {
    judge(
        "relevance",
        "check-coupon",
        Language::Zh,
        &[
            (&[], (0, "满减怎么算", "满300减50"), '+'),
            (&[], (0, "满减怎么算", "亲,满300元立减60元,领取优惠券就可以用啦"), '+'),
            (&[], (0, "满减怎么算", "您的包裹正在仓库打包,请放心"), '-'),
            (&[], (0, "满减怎么算", "亲,请问您的肤质是干皮还是油皮"), '-'),
            (&[], (0, "满减怎么算", "抱歉,没太明白您的意思"), '.'),
        ],
    );
    judge(
        "relevance",
        "chase-delivery",
        Language::Zh,
        &[(&[], (2, "好的", "不客气"), '.')],
    );
    let alarms = SCORER.alarms.len(&SCORER.scenario.knowledge);
    assert!(alarms >= 9, "{alarms} of 18");
    let mut scenario = (**SHOP).clone();
    scenario.knowledge.topics["coupon"].answers.zh.truncate(1);
    let scorer = Scorer::new(Arc::new(scenario)).unwrap();
    let turn = Talk::about("check-coupon", Language::Zh).turn(0, "满减怎么算", &["您的包裹正在仓库打包"]);
    let score = scorer.score(&turn, &mut Memory::default());
    assert_eq!(mark(finding(&score, "relevance")), '.', "one reference is none");
}

#[test]
fn answers_to_other_questions_are_not_taken_for_understanding() {
    let topics = &SHOP.knowledge.topics;
    let goals = [
        ("check-coupon", "coupon"),
        ("return-policy", "returns"),
        ("presale-balance", "presale"),
        ("ask-invoice", "invoice"),
    ];
    let (mut judged, mut all) = (0, 0);
    for (goal, own) in goals {
        for language in Language::ALL {
            for (other, topic) in topics.iter().filter(|(name, _)| *name != own) {
                for text in topic.answers.get(language) {
                    let text = crate::quality::intents::bare(text);
                    let score = Talk::about(goal, language).hear(0, "?", &[&text]);
                    let found = mark(finding(&score, "intent"));
                    assert_ne!(found, '+', "{other} to {own}: {text} {score:?}");
                    all += 1;
                    judged += i32::from(found == '-');
                }
            }
        }
    }
    assert!(judged * 10 >= all * 7, "{judged} of {all}");
}
